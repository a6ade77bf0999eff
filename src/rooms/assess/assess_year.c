/* assess_year.c — 年终述职: a village's year written from the rows, edited once by its secretary.
 */
#include "base/day.h"
#include "base/html.h"
#include "base/utf8.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_fair.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"
#include "rooms/duty/duty.h"
#include "rooms/promise/promise.h"
#include "rooms/town/town.h"
#include "store/log.h"

enum { ROUNDS = 60, ITEMS = 200, BODY_CHARS = 6000, YEAR_FIRST = 2020, YEAR_LAST = 2099 };

struct lost_item {
    Str code, name;
    int64_t n, lost;
};
struct year {
    int64_t unit, year;
    Str from, to;    /* its months */
    Str first, last; /* its days */
    struct lost_item item[RECKON_ITEMS];
    size_t n_items;
    int64_t n_places, lost, n_appeals, n_granted;
};

static void line(Out *o, Str s)
{
    out_raw(o, s.at, s.len);
    out_raw(o, "\n", 1);
}

/* ---- months and flags */
static Err months(Cx *cx, const struct year *y, Out *o)
{
    struct sql_assess_fair_months_rows r;
    int64_t red = 0, black = 0, sum = 0;
    TRY(sql_assess_fair_months(cx,
        &(struct sql_assess_fair_months){
            .unit = y->unit, .from_month = y->from, .to_month = y->to, .limit = ROUNDS},
        &r));
    line(o, say(cx, T("一、考核")));
    for (size_t i = 0; i < r.n; i++) {
        bool is_red = str_eq(r.at[i].flag, S("red")), is_black = str_eq(r.at[i].flag, S("black"));
        Str head = say_sn(
            cx, T("{s}：组内第 {n} 名，"), assess_month_text(cx, r.at[i].month), r.at[i].place);
        Str points = say_s(cx,
            is_red     ? T("{s} 分，红旗。")
            : is_black ? T("{s} 分，黑旗。")
                       : T("{s} 分。"),
            assess_points(cx, r.at[i].score));
        out_raw(o, head.at, head.len);
        line(o, points);
        red += is_red, black += is_black, sum += r.at[i].score;
    }
    if (!r.n) {
        line(o, say(cx, T("这一年还没有公布过的月份。")));
        return OK;
    }
    line(o, say_n(cx, T("公布了 {n} 个月。"), (int64_t)r.n));
    line(o, say_s(cx, T("平均 {s} 分。"), assess_points(cx, half_up(sum, (int64_t)r.n))));
    line(o, say_n(cx, T("红旗 {n} 面。"), red));
    line(o, say_n(cx, T("黑旗 {n} 面。"), black));
    return OK;
}

/* ---- points lost, appeals */
static void put_lost(struct year *y, const struct score_item *it, int64_t n)
{
    size_t i = 0;
    while (i < y->n_items && !str_eq(y->item[i].code, it->is.code))
        i++;
    if (i == RECKON_ITEMS)
        return;
    if (i == y->n_items)
        y->item[y->n_items++] = (struct lost_item){.code = it->is.code};
    y->item[i].name = it->name; /* the newest table's word */
    y->item[i].n += n;
    y->item[i].lost += n * it->is.per;
    y->n_places += n;
    y->lost += n * it->is.per;
}

static Err round_of(Cx *cx, struct year *y, int64_t round, int64_t table)
{
    struct assess_table t;
    struct sql_assess_fair_lost_rows r;
    struct sql_assess_appeals_rows a;
    TRY(assess_table_get(cx, table, &t));
    TRY(sql_assess_fair_lost(
        cx, &(struct sql_assess_fair_lost){.unit = y->unit, .round = round, .limit = ITEMS}, &r));
    for (size_t i = 0; i < r.n; i++) {
        int no = score_table_item(&t.t, r.at[i].item);
        if (no >= 0 && r.at[i].n)
            put_lost(y, &t.t.item[no], r.at[i].n);
    }
    TRY(sql_assess_appeals(
        cx, &(struct sql_assess_appeals){.round = round, .limit = APPEALS_MAX}, &a));
    for (size_t i = 0; i < a.n; i++) {
        bool done = a.at[i].unit == y->unit && !str_eq(a.at[i].state, S("open"));
        y->n_appeals += a.at[i].unit == y->unit;
        y->n_granted += done && !str_eq(a.at[i].state, S("upheld"));
    }
    return OK;
}

static Err lost(Cx *cx, struct year *y, Out *o)
{
    struct sql_assess_fair_rounds_rows r;
    TRY(sql_assess_fair_rounds(cx,
        &(struct sql_assess_fair_rounds){.from_month = y->from, .to_month = y->to, .limit = ROUNDS},
        &r));
    for (size_t i = 0; i < r.n; i++)
        if (r.at[i].published_at.set)
            TRY(round_of(cx, y, r.at[i].id, r.at[i].score_table));
    line(o, S(""));
    line(o, say(cx, T("二、检查扣分")));
    if (!y->n_items)
        line(o, say(cx, T("全年检查没有扣分。")));
    for (size_t i = 0; i < y->n_items; i++) {
        Str name = say_sn(cx, T("{s}：{n} 处，"), y->item[i].name, y->item[i].n);
        out_raw(o, name.at, name.len);
        line(o, say_s(cx, T("各次合计 {s} 分。"), assess_points(cx, y->item[i].lost)));
    }
    line(o, S(""));
    line(o, say(cx, T("三、申诉")));
    if (!y->n_appeals)
        line(o, say(cx, T("全年没有申诉。")));
    else {
        line(o, say_n(cx, T("申诉 {n} 处。"), y->n_appeals));
        line(o, say_n(cx, T("改了分的 {n} 处。"), y->n_granted));
    }
    return OK;
}

/* ---- promises due in the year */
static Err promised(Cx *cx, const struct year *y, Out *o)
{
    struct promises p;
    struct promise_score n = {0};
    TRY(promise_due(cx, y->unit, y->first, y->last, &p));
    for (size_t i = 0; i < p.n; i++)
        promise_count(cx, &p.at[i], &n);
    line(o, S(""));
    line(o, say(cx, T("四、承诺")));
    line(o, say_n(cx, T("今年到期的承诺 {n} 条。"), n.n_due));
    line(o, say_n(cx, T("其中确认做到 {n} 条。"), n.n_confirmed));
    return OK;
}

/* ---- what other rooms have to say, and what only the secretary can */
enum { PARTS = 4 };
static const struct year_part *parts[PARTS];
static size_t n_parts;

void assess_year_part(const struct year_part *part)
{
    for (size_t i = 0; i < n_parts; i++)
        if (parts[i] == part)
            return;
    if (n_parts < PARTS)
        parts[n_parts++] = part;
}

static Err others(Cx *cx, const struct year *y, Out *o)
{
    static const Text numbered[PARTS + 1] = {
        T("五、{s}"), T("六、{s}"), T("七、{s}"), T("八、{s}"), T("九、{s}")};
    for (size_t i = 0; i < n_parts; i++) {
        Str text;
        line(o, S(""));
        line(o, say_s(cx, numbered[i], say(cx, parts[i]->heading)));
        TRY(parts[i]->write(cx, y->unit, y->first, y->last, &text));
        out_raw(o, text.at, text.len);
    }
    line(o, S(""));
    line(o, say_s(cx, numbered[n_parts], say(cx, T("做了什么，还差什么，明年怎么办"))));
    return OK;
}

static Err draft(Cx *cx, int64_t unit, int64_t no, Str *to)
{
    struct year *y = NEW(&cx->mem, struct year);
    Out o = {.mem = &cx->mem};
    *y = (struct year){.unit = unit,
        .year = no,
        .from = str(arena_printf(&cx->mem, "%lld-01", (long long)no)),
        .to = str(arena_printf(&cx->mem, "%lld-12", (long long)no)),
        .first = str(arena_printf(&cx->mem, "%lld-01-01", (long long)no)),
        .last = str(arena_printf(&cx->mem, "%lld-12-31", (long long)no))};
    line(&o, say_sn(cx, T("{s} {n} 年述职"), town_unit_name(cx, unit), no));
    line(&o, S(""));
    TRY(months(cx, y, &o));
    TRY(lost(cx, y, &o));
    TRY(promised(cx, y, &o));
    TRY(others(cx, y, &o));
    *to = (Str){o.at, o.len};
    return OK;
}

/* ---- who, and once */
Err assess_year_mine(Cx *cx, int64_t unit, bool *mine)
{
    uint32_t over = 0;
    TRY(duty_posts_over(cx, unit, &over));
    *mine = (cx->me.posts & OFFICE_POSTS) || (over & HAS(POST_SECRETARY));
    return OK;
}

static Err known(Cx *cx, int64_t unit, int64_t year)
{
    struct unit u;
    bool mine;
    if (year < YEAR_FIRST || year > YEAR_LAST || town_village_of(unit) != unit)
        return ERR_NOT_FOUND;
    TRY(town_unit(cx, unit, &u));
    TRY(assess_year_mine(cx, unit, &mine));
    return mine ? OK : fail(cx, ERR_FORBIDDEN, NULL, T("述职由本村书记写，领导小组办公室看得到"));
}

Err assess_year(Cx *cx, int64_t unit, int64_t year, struct year_report *to)
{
    struct sql_assess_fair_report_row row;
    *to = (struct year_report){.unit = unit, .year = year};
    TRY(known(cx, unit, year));
    Err e = sql_assess_fair_report(
        cx, &(struct sql_assess_fair_report){.unit = unit, .year = year}, &row);
    if (e == ERR_NOT_FOUND) {
        Lang reader = cx->lang;
        cx->lang = LANG_ZH; /* one text, kept, whoever looks first */
        e = draft(cx, unit, year, &to->drafted);
        cx->lang = reader;
        TRY(e);
        to->body = to->drafted;
        return OK;
    }
    TRY(e);
    to->drafted = row.drafted, to->body = row.body;
    to->edited_by = row.edited_by, to->edited_at = row.edited_at;
    return OK;
}

struct editing {
    int64_t unit, year;
    Str drafted, body;
};

static Err edit_step(Cx *cx, void *arg)
{
    struct editing *e = arg;
    Err wrote = sql_assess_fair_report_add(
        cx, &(struct sql_assess_fair_report_add){
                .unit = e->unit, .year = e->year, .drafted = e->drafted, .body = e->body});
    if (wrote == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "body", T("这份述职已经改过一次，不能再改"));
    TRY(wrote);
    return event_add(
        cx, &(struct event){.verb = "year_report", .unit = e->unit, .object = e->unit});
}

Err assess_year_edit(Cx *cx, int64_t unit, int64_t year, Str body)
{
    struct year_report now;
    TRY(assess_year(cx, unit, year, &now));
    if (now.edited_at)
        return fail(cx, ERR_CONFLICT, "body", T("这份述职已经改过一次，不能再改"));
    if (!body.len || str_n_chars(body) > BODY_CHARS)
        return fail(cx, ERR_INVALID, "body", T("述职要有内容，最多 6000 个字"));
    struct editing e = {unit, year, now.drafted, body};
    return db_transaction(cx, edit_step, &e);
}
