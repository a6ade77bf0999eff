/* assess_inspect.c — 检查表: who has which, started, done, waived. */
#include "rooms/assess/assess_inspect.h"

#include "base/day.h"
#include "base/utf8.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"
#include "store/log.h"

enum { MINE_MAX = 200, REASON_MAX = 200 };

Err assess_sheets_mine(Cx *cx, struct assess_sheets *to)
{
    struct sql_assess_inspect_mine_rows r;
    TRY(sql_assess_inspect_mine(cx, &(struct sql_assess_inspect_mine){.limit = MINE_MAX}, &r));
    struct assess_sheet *at = NEW_ARRAY(&cx->mem, r.n + 1, struct assess_sheet);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct assess_sheet){.id = r.at[i].id,
            .round = r.at[i].round,
            .unit = r.at[i].unit,
            .inspector = cx->me.person,
            .week = r.at[i].week,
            .state = r.at[i].state,
            .planned_on = r.at[i].planned_on};
    *to = (struct assess_sheets){at, r.n};
    return OK;
}

Err assess_sheet_get(Cx *cx, int64_t id, struct assess_sheet *to)
{
    struct sql_assess_inspect_sheet_find_row r;
    TRY(sql_assess_inspect_sheet_find(cx, &(struct sql_assess_inspect_sheet_find){.id = id}, &r));
    *to = (struct assess_sheet){.id = r.id,
        .round = r.round,
        .unit = r.unit,
        .inspector = r.inspector,
        .version = r.version,
        .week = r.week,
        .state = r.state,
        .planned_on = r.planned_on};
    return OK;
}

Err assess_sheets_of(Cx *cx, int64_t round, struct assess_sheets *to)
{
    struct sql_assess_inspect_sheets_of_rows r;
    TRY(sql_assess_inspect_sheets_of(
        cx, &(struct sql_assess_inspect_sheets_of){.round = round, .limit = SHEETS_MAX}, &r));
    struct assess_sheet *at = NEW_ARRAY(&cx->mem, r.n + 1, struct assess_sheet);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct assess_sheet){.id = r.at[i].id,
            .round = round,
            .unit = r.at[i].unit,
            .inspector = r.at[i].inspector,
            .week = r.at[i].week,
            .state = r.at[i].state,
            .planned_on = r.at[i].planned_on};
    *to = (struct assess_sheets){at, r.n};
    return OK;
}

/* Whose own village it is does not inspect it. */
Err assess_not_own(Cx *cx, int64_t unit, int64_t person)
{
    struct holders h;
    TRY(duty_holders(cx, unit, STAFF_POSTS, &h));
    for (size_t i = 0; i < h.n; i++)
        if (h.at[i].person == person && town_village_of(h.at[i].unit) == unit)
            return fail(cx, ERR_FORBIDDEN, "inspector", T("不能检查自己任职的村（社区）"));
    return OK;
}

struct naming {
    int64_t round, unit, inspector, id;
    Str week, planned_on;
};

static Err name_step(Cx *cx, void *arg)
{
    struct naming *n = arg;
    struct assess_round r;
    TRY(assess_round_get(cx, n->round, &r));
    if (!str_eq(r.state, S("open")))
        return fail(cx, ERR_CONFLICT, "state", T("现在的状态不能这样办，请刷新看看"));
    TRY(assess_not_own(cx, n->unit, n->inspector));
    n->id = new_id(cx);
    Err e = sql_assess_inspect_sheet_add(cx, &(struct sql_assess_inspect_sheet_add){.id = n->id,
                                                 .round = n->round,
                                                 .week = n->week,
                                                 .unit = n->unit,
                                                 .inspector = n->inspector,
                                                 .planned_on = n->planned_on});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "inspector", T("这位检查员这一周已经有这张表"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = "sheet_name", .unit = n->unit, .object = n->id});
}

Err assess_sheet_name(
    Cx *cx, int64_t round, Str week, int64_t unit, int64_t inspector, Str planned_on, int64_t *id)
{
    struct naming n = {round, unit, inspector, 0, week, planned_on};
    int64_t day;
    if (!day_parse(planned_on, &day))
        return fail(cx, ERR_INVALID, "planned_on", T("日期应写成 2026-06-12 这样"));
    TRY(db_transaction(cx, name_step, &n));
    *id = n.id;
    return OK;
}

/* ---- start, done, waive */
struct moving {
    int64_t id;
    Str reason;
    bool done;
};

static Err move_step(Cx *cx, void *arg)
{
    const struct moving *m = arg;
    struct assess_sheet s;
    TRY(assess_sheet_get(cx, m->id, &s));
    if (s.inspector != cx->me.person)
        return ERR_NOT_FOUND; /* another's plan is not told */
    TRY(assess_not_own(cx, s.unit, cx->me.person));
    Err e = m->done ? sql_assess_inspect_done(cx, &(struct sql_assess_inspect_done){.id = m->id})
                    : sql_assess_inspect_start(cx, &(struct sql_assess_inspect_start){.id = m->id});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "state", T("现在的状态不能这样办，请刷新看看"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = m->done ? "sheet_done" : "sheet_start",
                             .unit = s.unit,
                             .object = m->id,
                             .from = s.state,
                             .to = m->done ? S("done") : S("started")});
}

Err assess_sheet_start(Cx *cx, int64_t id)
{
    return db_transaction(cx, move_step, &(struct moving){.id = id});
}

Err assess_sheet_done(Cx *cx, int64_t id)
{
    return db_transaction(cx, move_step, &(struct moving){.id = id, .done = true});
}

static Err waive_step(Cx *cx, void *arg)
{
    const struct moving *m = arg;
    struct assess_sheet s;
    TRY(assess_sheet_get(cx, m->id, &s));
    Err e = sql_assess_inspect_waive(
        cx, &(struct sql_assess_inspect_waive){.id = m->id, .reason = m->reason});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "state", T("现在的状态不能这样办，请刷新看看"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = "sheet_waive",
                             .unit = s.unit,
                             .object = m->id,
                             .from = s.state,
                             .to = S("waived"),
                             .said = m->reason});
}

Err assess_sheet_waive(Cx *cx, int64_t id, Str reason)
{
    struct moving m = {.id = id, .reason = str_trim(reason)};
    if (!(cx->me.posts & OFFICE_POSTS))
        return fail(cx, ERR_FORBIDDEN, "reason", T("免查由领导小组办公室决定"));
    if (!m.reason.len || str_n_chars(m.reason) > REASON_MAX)
        return fail(cx, ERR_INVALID, "reason", T("请写明免查原因，最多 200 个字"));
    return db_transaction(cx, waive_step, &m);
}
