/* town_calendar.c — 日历: what the State Council's notice makes of single days.  Each year is
 * written whole, as a version that begins on a day; deadlines are reckoned by the version in force
 * when they are reckoned, and a year without a notice is said to be so. */
#include "gen/sql_town.h"
#include "rooms/town/town_impl.h"
#include "store/db.h"
#include "store/log.h"

enum { YEARS_MAX = 100, VERSIONS_MAX = 200, MARKS_MAX = 120, ALL_MARKS = 10000 };

static const char *const mark_kinds[] = {
    [DAY_REST] = "rest",
    [DAY_HOLIDAY] = "holiday",
    [DAY_WORK] = "work",
    [DAY_MAKEUP] = "makeup",
};

static bool mark_kind(Str s, enum day_kind *kind)
{
    for (int k = 0; k < 4; k++)
        if (str_eq(str(mark_kinds[k]), s)) {
            *kind = (enum day_kind)k;
            return true;
        }
    return false;
}

Err town_calendar(Cx *cx, const struct calendar **to)
{
    struct sql_town_calendar_now_rows rows;
    struct sql_town_calendar_now in = {.today = town_today(cx), .limit = ALL_MARKS};
    TRY(sql_town_calendar_now(cx, &in, &rows));
    struct calendar *c = NEW(&cx->mem, struct calendar);
    struct day_mark *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct day_mark);
    int64_t *years = NEW_ARRAY(&cx->mem, rows.n + 1, int64_t);
    for (size_t i = 0; i < rows.n; i++) {
        if (!day_parse(rows.at[i].day, &at[i].day) || !mark_kind(rows.at[i].kind, &at[i].kind))
            return fail_log(cx, ERR_INTERNAL, "calendar: bad day %.*s", (int)rows.at[i].day.len,
                rows.at[i].day.at);
        if (!c->n_years || years[c->n_years - 1] != rows.at[i].year)
            years[c->n_years++] = rows.at[i].year;
    }
    c->at = at;
    c->n = rows.n;
    c->years = years;
    *to = c;
    return OK;
}

Err town_calendar_list(Cx *cx, const struct calendar_year **to, size_t *n)
{
    struct sql_town_calendar_years in = {.today = town_today(cx), .limit = YEARS_MAX};
    struct sql_town_calendar_years_rows rows;
    TRY(sql_town_calendar_years(cx, &in, &rows));
    struct calendar_year *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct calendar_year);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct calendar_year){.year = rows.at[i].year,
            .version = rows.at[i].version,
            .by = rows.at[i].by,
            .at = rows.at[i].at,
            .from_on = rows.at[i].from_on,
            .source = rows.at[i].source};
    *to = at;
    *n = rows.n;
    return OK;
}

Err town_calendar_history(Cx *cx, int64_t year, const struct calendar_year **to, size_t *n)
{
    struct sql_town_calendar_versions in = {.year = year, .limit = VERSIONS_MAX};
    struct sql_town_calendar_versions_rows rows;
    TRY(sql_town_calendar_versions(cx, &in, &rows));
    struct calendar_year *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct calendar_year);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct calendar_year){.year = year,
            .version = rows.at[i].version,
            .by = rows.at[i].by,
            .at = rows.at[i].at,
            .from_on = rows.at[i].from_on,
            .source = rows.at[i].source};
    *to = at;
    *n = rows.n;
    return OK;
}

Err town_calendar_marks(
    Cx *cx, int64_t year, int64_t version, const struct day_named **to, size_t *n)
{
    struct sql_town_calendar_days in = {.year = year, .version = version, .limit = MARKS_MAX};
    struct sql_town_calendar_days_rows rows;
    TRY(sql_town_calendar_days(cx, &in, &rows));
    struct day_named *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct day_named);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct day_named){rows.at[i].day, rows.at[i].kind, rows.at[i].name};
    *to = at;
    *n = rows.n;
    return OK;
}

static Err check_mark(Cx *cx, const struct year_new *in, size_t i)
{
    const struct day_named *d = &in->at[i];
    enum day_kind kind;
    int64_t number, y, m, day;
    if (!day_parse(d->day, &number))
        return fail_say(
            cx, ERR_INVALID, "days", say_s(cx, T("“{s}”不是日期，应写成 2026-06-12"), d->day));
    day_civil(number, &y, &m, &day);
    if (y != in->year)
        return fail_say(
            cx, ERR_INVALID, "days", say_sn(cx, T("{s} 不在 {n} 年内"), d->day, in->year));
    if (!mark_kind(d->kind, &kind))
        return fail_say(cx, ERR_INVALID, "days",
            say_s(cx, T("{s}：类型应为 rest、holiday、work 或 makeup"), d->day));
    if (str_n_chars(d->name) > 20)
        return fail_say(cx, ERR_INVALID, "days", say_s(cx, T("{s}：名称最多 20 字"), d->day));
    for (size_t k = 0; k < i; k++)
        if (str_eq(in->at[k].day, d->day))
            return fail_say(cx, ERR_INVALID, "days", say_s(cx, T("{s} 写了两次"), d->day));
    return OK;
}

static Err check_year(Cx *cx, const struct year_new *in)
{
    if (in->year < 2000 || in->year > 2099)
        return fail(cx, ERR_INVALID, "year", T("年份应为 2000–2099"));
    if (!in->source.len || str_n_chars(in->source) > 80)
        return fail(cx, ERR_INVALID, "source", T("请写明依据的通知，最多 80 字"));
    if (!in->n)
        return fail(cx, ERR_INVALID, "days", T("一年至少要有一天：请照通知逐日填写"));
    if (in->n > MARKS_MAX)
        return fail(cx, ERR_INVALID, "days", T("一年最多 120 天"));
    for (size_t i = 0; i < in->n; i++)
        TRY(check_mark(cx, in, i));
    return OK;
}

static bool same_marks(const struct day_named *was, size_t n, const struct year_new *in)
{
    if (n != in->n)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool found = false;
        for (size_t k = 0; k < n && !found; k++)
            found = str_eq(was[i].day, in->at[k].day) && str_eq(was[i].kind, in->at[k].kind)
                    && str_eq(was[i].name, in->at[k].name);
        if (!found)
            return false;
    }
    return true;
}

static Err write_year(Cx *cx, const struct year_new *in, int64_t version, Str from_on)
{
    TRY(sql_town_calendar_year_add(
        cx, &(struct sql_town_calendar_year_add){
                .year = in->year, .version = version, .from_on = from_on, .source = in->source}));
    for (size_t i = 0; i < in->n; i++)
        TRY(sql_town_calendar_day_add(cx, &(struct sql_town_calendar_day_add){.year = in->year,
                                              .version = version,
                                              .day = in->at[i].day,
                                              .kind = in->at[i].kind,
                                              .name = in->at[i].name}));
    return event_add(cx, &(struct event){.verb = "calendar_set",
                             .unit = cx->town_id * 1000000,
                             .to = str(arena_printf(
                                 &cx->mem, "%lld v%lld", (long long)in->year, (long long)version)),
                             .said = in->source});
}

static Err calendar_put_in(Cx *cx, const struct year_new *in, enum put *put)
{
    const struct calendar_year *versions;
    const struct day_named *was = NULL;
    size_t n, n_was = 0;
    Str from_on;
    TRY(town_may_edit(cx));
    TRY(check_year(cx, in));
    TRY(town_from_on(cx, in->from_on, &from_on));
    TRY(town_calendar_history(cx, in->year, &versions, &n));
    int64_t newest = n ? versions[0].version : 0;
    if (n)
        TRY(town_calendar_marks(cx, in->year, newest, &was, &n_was));
    if (n && str_eq(versions[0].source, in->source) && same_marks(was, n_was, in)) {
        *put = PUT_SAME;
        return OK;
    }
    if (in->version != FOR_IMPORTS && in->version != newest)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚改过，请看新的内容再改"));
    *put = n ? PUT_CHANGED : PUT_ADDED;
    return write_year(cx, in, newest + 1, from_on);
}

struct calendar_put_step {
    const struct year_new *in;
    enum put *put;
};

static Err calendar_put_step(Cx *cx, void *arg)
{
    const struct calendar_put_step *s = arg;
    return calendar_put_in(cx, s->in, s->put);
}

Err town_calendar_put(Cx *cx, const struct year_new *in, enum put *put)
{
    struct calendar_put_step s = {in, put};
    return db_transaction(cx, calendar_put_step, &s);
}

/* --- day by day, from a table file --- */

static int64_t year_of(Str day)
{
    int64_t number, y = 0, m, d;
    if (day_parse(day, &number))
        day_civil(number, &y, &m, &d);
    return y;
}

Err town_calendar_day_check(Cx *cx, const struct day_named *day, Str source)
{
    struct year_new one = {.year = year_of(day->day), .source = source, .at = day, .n = 1};
    return one.year ? check_year(cx, &one) : check_mark(cx, &one, 0);
}

static Err add_day(Cx *cx, int64_t year, int64_t version, const struct day_named *d)
{
    TRY(sql_town_calendar_day_add(cx,
        &(struct sql_town_calendar_day_add){
            .year = year, .version = version, .day = d->day, .kind = d->kind, .name = d->name}));
    return event_add(cx, &(struct event){.verb = "calendar_day",
                             .unit = cx->town_id * 1000000,
                             .to = str(arena_printf(&cx->mem, "%.*s %.*s", (int)d->day.len,
                                 d->day.at, (int)d->kind.len, d->kind.at)),
                             .said = d->name});
}

Err town_calendar_day_put(
    Cx *cx, const struct day_named *day, Str source, Str from_on, enum put *put)
{
    const struct calendar_year *versions;
    const struct day_named *was = NULL;
    size_t n, n_was = 0, m = 0;
    Str from;
    TRY(town_may_edit(cx));
    TRY(town_calendar_day_check(cx, day, source));
    TRY(town_from_on(cx, from_on, &from));
    int64_t year = year_of(day->day);
    TRY(town_calendar_history(cx, year, &versions, &n));
    bool joins = n && str_eq(versions[0].source, source);
    if (joins)
        TRY(town_calendar_marks(cx, year, versions[0].version, &was, &n_was));
    struct day_named *at = NEW_ARRAY(&cx->mem, n_was + 1, struct day_named);
    *put = PUT_ADDED;
    for (size_t i = 0; i < n_was; i++) {
        if (!str_eq(was[i].day, day->day)) {
            at[m++] = was[i];
            continue;
        }
        *put = PUT_CHANGED;
        if (str_eq(was[i].kind, day->kind) && str_eq(was[i].name, day->name))
            *put = PUT_SAME;
    }
    if (*put == PUT_SAME)
        return OK;
    if (*put == PUT_ADDED && joins && versions[0].at == cx->now) /* this very import began it */
        return add_day(cx, year, versions[0].version, day);
    at[m++] = *day;
    struct year_new y = {.year = year, .source = source, .at = at, .n = m};
    return write_year(cx, &y, n ? versions[0].version + 1 : 1, from);
}
