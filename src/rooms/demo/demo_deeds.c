/* demo_deeds.c — reads deeds.csv, orders it, and does it in slices. */
#include "base/csv.h"
#include "base/day.h"
#include "rooms/demo/demo_deed.h"
#include "rooms/town/town.h"
#include "store/db.h"

#include <stdlib.h>

enum { COLUMNS = 6, SLICE = 32, LINES_MAX = 20000, HOUR_MS = 3600 * 1000 };

static Err wrong(Cx *cx, size_t line, const char *what)
{
    return fail_say(
        cx, ERR_INVALID, "deeds.csv", str(arena_printf(&cx->mem, "%zu: %s", line, what)));
}

/* That many working days before today.  0 is today, or the next day of work where today is none;
 * fewer are those after it. */
static int64_t day_before(const struct calendar *cal, int64_t today, int64_t days)
{
    int64_t day = today, step = days > 0 ? -1 : 1;
    while (days <= 0 && !day_works(cal, day))
        day++;
    for (int64_t left = days > 0 ? days : -days; left > 0;)
        if (day_works(cal, day += step))
            left--;
    return day;
}

static bool read_time(Str s, int64_t *minutes)
{
    if (s.len != 5 || s.at[2] != ':')
        return false;
    *minutes = ((s.at[0] - '0') * 10 + s.at[1] - '0') * 60 + (s.at[3] - '0') * 10 + s.at[4] - '0';
    return *minutes >= 0 && *minutes < 24 * 60;
}

static bool read_days(Str s, int64_t *days)
{
    size_t i = s.len > 0 && s.at[0] == '-';
    bool good = s.len > i && s.len < 6;
    for (*days = 0; good && i < s.len; i++) {
        good = s.at[i] >= '0' && s.at[i] <= '9';
        *days = *days * 10 + (s.at[i] - '0');
    }
    if (s.len && s.at[0] == '-')
        *days = -*days;
    return good;
}

Err demo_moment(Cx *cx, const struct demo_cast *cast, Str said, int64_t *ret)
{
    int64_t days, minutes;
    if (said.len < 7 || !read_days((Str){said.at, said.len - 6}, &days)
        || !read_time((Str){said.at + said.len - 5, 5}, &minutes))
        return fail_log(cx, ERR_INVALID, "no moment: %.*s", (int)said.len, said.at);
    *ret = day_start(day_before(cast->cal, cast->today, days)) + minutes * 60000;
    return OK;
}

static Err read_deed(
    Cx *cx, const struct calendar *cal, const struct csv *csv, struct deed *ret, bool *due)
{
    int64_t minutes, days;
    if (csv->n != COLUMNS || !read_time(csv->cells[1], &minutes) || !read_days(csv->cells[0], &days)
        || days < 0)
        return wrong(cx, csv->line, "days_ago,time,login,verb,object,fields");
    int64_t day = day_before(cal, day_of(cx->now), days);
    *ret = (struct deed){.at = day_start(day) + minutes * 60000,
        .line = csv->line,
        .login = csv->cells[2],
        .verb = csv->cells[3],
        .object = csv->cells[4],
        .fields = csv->cells[5]};
    *due = ret->at <= cx->now;
    return OK;
}

static int by_time(const void *a, const void *b)
{
    const struct deed *x = a, *y = b;
    return x->at != y->at ? (x->at > y->at) - (x->at < y->at)
                          : (x->line > y->line) - (x->line < y->line);
}

static Err read_deeds(Cx *cx, Str bytes, const struct calendar *cal, struct deed **ret, size_t *n)
{
    struct csv csv;
    Text why = csv_open(bytes, &csv);
    struct deed *at = NEW_ARRAY(&cx->mem, LINES_MAX, struct deed);
    bool due = false, head = true;
    if (why.zh)
        return fail(cx, ERR_INVALID, "deeds.csv", why);
    for (*n = 0; csv_next(cx, &csv, &why) && *n < LINES_MAX; head = false)
        if (!head) {
            TRY(read_deed(cx, cal, &csv, &at[*n], &due));
            *n += due;
        }
    if (why.zh)
        return fail(cx, ERR_INVALID, "deeds.csv", why);
    qsort(at, *n, sizeof *at, by_time);
    *ret = at;
    return OK;
}

struct slice {
    const struct deed *at;
    size_t n;
    struct demo_cast *cast;
};

static Err do_one(Cx *cx, const struct deed *d, struct demo_cast *cast)
{
    const char *door = cx->door;
    cx->door = "web";
    Err e = demo_deed_do(cx, d, cast);
    cx->door = door;
    if (e != OK) {
        Str said = cx->why.say;
        (void)wrong(cx, d->line,
            arena_printf(&cx->mem, "%.*s %.*s: %s %.*s (%d)", (int)d->verb.len, d->verb.at,
                (int)d->object.len, d->object.at, cx->why.field ? cx->why.field : "", (int)said.len,
                said.at, (int)e));
    }
    return e;
}

/* The clock strikes at each new hour.  May run twice: what it leaves in the cast is written anew.
 */
static Err slice_step(Cx *cx, void *arg)
{
    const struct slice *s = arg;
    for (size_t i = 0; i < s->n; i++) {
        cx->now = s->at[i].at;
        if (i == 0 || s->at[i].at / HOUR_MS != s->at[i - 1].at / HOUR_MS)
            TRY(demo_clock_tick(cx));
        TRY(do_one(cx, &s->at[i], s->cast));
    }
    return OK;
}

/* What came before the last two days is no news any more. */
static Err replay(Cx *cx, const struct deed *deeds, size_t n, struct demo_cast *cast)
{
    int64_t news = day_start(day_before(cast->cal, cast->today, 2));
    bool read = false;
    for (size_t i = 0, k; i < n; i += k) {
        struct slice s = {.at = deeds + i, .cast = cast};
        for (k = 1; i + k < n && k < SLICE && day_of(deeds[i + k].at) == day_of(deeds[i].at);)
            k++;
        s.n = k;
        cx->now = deeds[i].at;
        if (!read && deeds[i].at >= news) {
            read = true;
            TRY(db_transaction(cx, demo_inboxes_read, cast));
        }
        TRY(db_transaction(cx, slice_step, &s));
    }
    return OK;
}

Err demo_deeds(Cx *cx, Str csv, int64_t *ret)
{
    const int64_t now = cx->now;
    struct demo_cast cast = {.today = day_of(cx->now)};
    struct deed *deeds = NULL;
    size_t n = 0;
    TRY(town_calendar(cx, &cast.cal));
    TRY(read_deeds(cx, csv, cast.cal, &deeds, &n));
    TRY(demo_cast_read(cx, deeds, n, &cast));
    Err e = replay(cx, deeds, n, &cast);
    cx->now = now;
    memset(&cx->me, 0, sizeof cx->me);
    if (e == OK)
        e = demo_clock_end(cx);
    *ret = (int64_t)n;
    return e;
}
