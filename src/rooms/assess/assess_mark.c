/* assess_mark.c — 加分、扣罚、取消红旗资格: facts with their paper, confirmed by another person. */
#include "base/day.h"
#include "base/utf8.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "store/log.h"

enum { SAID_MAX = 200, PAPER_MAX = 40 };

struct marking {
    const struct assess_mark_new *in;
    int64_t id, version;
    Str reason;
};

/* The first and last day of the quarter a day lies in. */
static void quarter_of(Cx *cx, int64_t day, Str *first, Str *last)
{
    int64_t y, m, d;
    day_civil(day, &y, &m, &d);
    m -= (m - 1) % 3;
    *first = day_text(cx, day_number(y, m, 1));
    *last = day_text(cx, (m == 10 ? day_number(y + 1, 1, 1) : day_number(y, m + 3, 1)) - 1);
}

/* 承办观摩 by v2 (extras on the month): once a quarter and unit (domain: §4).  By v1 each counts.
 * id: the row itself, if it is already there. */
static Err once_a_quarter(
    Cx *cx, const struct assess_table *t, int64_t unit, Str item, Str on, int64_t id)
{
    struct sql_assess_mark_other_row other;
    struct sql_assess_mark_other in = {.unit = unit, .item = item, .id = id};
    int64_t day;
    if (!t->t.rules.extras_on_month || !str_eq(item, S("E1")) || !day_parse(on, &day))
        return OK;
    quarter_of(cx, day, &in.from_day, &in.to_day);
    Err e = sql_assess_mark_other(cx, &in, &other);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    return fail_say(cx, ERR_INVALID, "item",
        say_s(cx, T("承办观摩每季只加一次分：这个村本季度 {s} 已经记了一次，记错的请先作废"),
            other.day));
}

/* Bonus and penalty items of the table in force that day; V2 and V3 are no points. */
static Err item_fits(Cx *cx, const struct assess_mark_new *in)
{
    struct assess_table t;
    if (str_eq(in->item, S("V2")) || str_eq(in->item, S("V3")))
        return OK;
    Err e = assess_table_on(cx, in->day, &t);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "day", T("这一天还没有已公布的评分表"));
    TRY(e);
    int no = score_table_item(&t.t, in->item);
    if (no < 0 || t.t.item[no].is.kind < ITEM_BONUS)
        return fail(cx, ERR_INVALID, "item", T("请选加分项、扣罚项或取消红旗资格的情形"));
    return once_a_quarter(cx, &t, in->unit, in->item, in->day, 0);
}

static Err add_step(Cx *cx, void *arg)
{
    struct marking *m = arg;
    TRY(item_fits(cx, m->in));
    m->id = new_id(cx);
    TRY(sql_assess_mark_add(cx, &(struct sql_assess_mark_add){.id = m->id,
                                    .unit = m->in->unit,
                                    .item = m->in->item,
                                    .day = m->in->day,
                                    .paper_no = m->in->paper_no,
                                    .said = m->in->said,
                                    .zero_items = m->in->zero_items}));
    return event_add(cx, &(struct event){.verb = "assess_mark",
                             .unit = m->in->unit,
                             .object = m->id,
                             .to = m->in->item,
                             .said = m->in->said});
}

Err assess_mark_add(Cx *cx, const struct assess_mark_new *in, int64_t *id)
{
    struct marking m = {.in = in};
    int64_t day;
    if (!in->unit)
        return fail(cx, ERR_INVALID, "unit", T("请选村（社区）"));
    if (!day_parse(in->day, &day) || day > day_of(cx->now))
        return fail(cx, ERR_INVALID, "day", T("日期应是今天或以前的一天，如 2026-06-12"));
    if (!in->said.len || str_n_chars(in->said) > SAID_MAX)
        return fail(cx, ERR_INVALID, "said", T("请写明事由，最多 200 个字"));
    if (in->paper_no.set && str_n_chars(in->paper_no.v) > PAPER_MAX)
        return fail(cx, ERR_INVALID, "paper_no", T("文号过长，最多 40 个字"));
    TRY(db_transaction(cx, add_step, &m));
    *id = m.id;
    return OK;
}

/* Two of one quarter may stand from before the rule was asked: neither counts until one is void. */
static Err still_once(Cx *cx, int64_t id)
{
    struct sql_assess_mark_find_row row;
    struct assess_table t;
    TRY(sql_assess_mark_find(cx, &(struct sql_assess_mark_find){.id = id}, &row));
    Err e = assess_table_on(cx, row.day, &t);
    if (e == ERR_NOT_FOUND)
        return OK; /* only V2 and V3 stand without a table */
    TRY(e);
    return once_a_quarter(cx, &t, row.unit, row.item, row.day, id);
}

static Err confirm_step(Cx *cx, void *arg)
{
    const struct marking *m = arg;
    TRY(still_once(cx, m->id));
    Err e = sql_assess_mark_confirm(
        cx, &(struct sql_assess_mark_confirm){.id = m->id, .version = m->version});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "version",
            T("这一条已经确认或作废，或者是您自己填的：要另一位来确认"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = "assess_mark_confirm", .object = m->id});
}

Err assess_mark_confirm(Cx *cx, int64_t id, int64_t version)
{
    struct marking m = {.id = id, .version = version};
    return db_transaction(cx, confirm_step, &m);
}

static Err void_step(Cx *cx, void *arg)
{
    const struct marking *m = arg;
    TRY(sql_assess_mark_void(cx,
        &(struct sql_assess_mark_void){.id = m->id, .version = m->version, .reason = m->reason}));
    return event_add(
        cx, &(struct event){.verb = "assess_mark_void", .object = m->id, .said = m->reason});
}

Err assess_mark_void(Cx *cx, int64_t id, int64_t version, Str reason)
{
    struct marking m = {.id = id, .version = version, .reason = str_trim(reason)};
    if (!m.reason.len || str_n_chars(m.reason) > SAID_MAX)
        return fail(cx, ERR_INVALID, "reason", T("请写明作废原因，最多 200 个字"));
    return db_transaction(cx, void_step, &m);
}
