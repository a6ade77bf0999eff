/* problem_due.c — 逐级提醒: what the clock does by itself (domain §2, Overdue climbs by itself).
 *
 * One watch, one transaction: its rung moves on, the event and the notices are written together.
 * Two runners cannot both tell: the rung that was read stands in the guarded update. */
#include "rooms/problem/problem_due.h"

#include "rooms/climb/climb.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/town/town.h"

enum { BATCH = 200, RANK_BATCH = 200 };
static const int64_t HOUR_MS = 3600 * 1000;

typedef struct sql_problem_trail_due_row Watch;

static Err move_on(Cx *cx, const Watch *w, int64_t rung, int64_t at)
{
    return sql_problem_trail_climb(
        cx, &(struct sql_problem_trail_climb){
                .problem = w->problem, .kind = w->kind, .was = w->rung, .rung = rung, .at = at});
}

static Err end_watch(Cx *cx, const Watch *w)
{
    return sql_problem_trail_climbed(
        cx, &(struct sql_problem_trail_climbed){
                .problem = w->problem, .kind = w->kind, .was = w->rung});
}

static Err note(Cx *cx, const Case *p, const char *verb, Str said)
{
    return event_add(cx, &(struct event){.verb = verb,
                             .unit = p->village,
                             .object = p->id,
                             .from = p->state,
                             .to = p->state,
                             .said = said});
}

/* The same rung of a clock that was set anew is told anew: due_at stands in the key. */
static const char *rung_key(Cx *cx, const char *kind, int64_t rung, int64_t at)
{
    return arena_printf(&cx->mem, "%s %lld %lld", kind, (long long)rung, (long long)at);
}

/* A rung of the limit: the reminder to the handler, then level by level. */
static Err due_rung(Cx *cx, const Watch *w, const Case *p, const struct calendar *cal)
{
    struct time_limit limit = case_limit(p);
    const char *key = rung_key(cx, "due", w->rung, p->due_at.v);
    bool works = str_eq(p->state, S("dispatched")) || str_eq(p->state, S("handling"));
    if (!works || !p->due_at.set || w->rung >= N_RUNGS)
        return end_watch(cx, w);
    int next = (int)w->rung + 1;
    if (next < N_RUNGS)
        TRY(move_on(cx, w, next, clock_rung_at(cal, p->start_at.v, p->due_at.v, limit, next)));
    else
        TRY(end_watch(cx, w));
    if (w->rung == RUNG_REMINDER) {
        TRY(note(cx, p, "remind", (Str){0}));
        return tell(cx, p->handler.v, p, T("时限只剩四分之一"), key);
    }
    TRY(note(cx, p, "climb", climb_level_name(rung_level((int)w->rung))));
    if (w->rung == RUNG_DUE)
        TRY(tell(cx, p->handler.v, p, T("已到期，请马上办"), key));
    if (w->rung == RUNG_DUE)
        TRY(case_rank(cx, p, cal)); /* overdue counts in the order of work at once */
    return tell_level(cx, p, rung_level((int)w->rung), T("超期没有办完"), key);
}

/* A guard that was not put up climbs like an urgent limit. */
static Err guard_rung(Cx *cx, const Watch *w, const Case *p)
{
    static const int64_t hours[N_RUNGS] = {
        [RUNG_L3] = 1, [RUNG_L4] = 2, [RUNG_L5] = 4, [RUNG_L6] = 8};
    const char *key = rung_key(cx, "guard", w->rung, p->guard_at.v);
    if (p->guarded_at.set || !p->guard_at.set || !p->live || w->rung >= N_RUNGS)
        return end_watch(cx, w);
    int next = (int)w->rung + 1;
    if (next < N_RUNGS)
        TRY(move_on(cx, w, next, p->guard_at.v + hours[next] * HOUR_MS));
    else
        TRY(end_watch(cx, w));
    TRY(note(cx, p, "climb", climb_level_name(rung_level((int)w->rung))));
    if (w->rung == RUNG_DUE)
        TRY(tell(cx, p->handler.v, p, T("还没有围挡，请马上围挡"), key));
    return tell_level(cx, p, rung_level((int)w->rung), T("还没有围挡"), key);
}

/* Nobody files, dispatches, accepts, verifies or tells: the next level up is told, then one more a
 * working day, the office last. */
static Err step_rung(Cx *cx, const Watch *w, const Case *p, const struct calendar *cal)
{
    static const int first[N_STATES] = {
        [REPORTED] = 3, [FILED] = 3, [DISPATCHED] = 2, [HANDLED] = 4, [CLOSED] = 5};
    int state = machine_state(&problem_machine, p->state);
    if (!first[state])
        return end_watch(cx, w);
    int level = first[state] + (int)w->rung;
    if (p->office_only || level > 5)
        level = 5;
    const char *key = rung_key(cx, problem_states[state].code, w->rung, p->next_at);
    if (level < 5)
        TRY(move_on(cx, w, w->rung + 1, work_days_after(cal, cx->now, 1)));
    else
        TRY(end_watch(cx, w));
    TRY(note(cx, p, "climb", climb_level_name(level)));
    if (state == REPORTED || state == FILED)
        TRY(case_turn(cx, p, level)); /* it is theirs to do as well from now on */
    return tell_level(cx, p, level,
        state == REPORTED     ? T("超时没有立案")
        : state == FILED      ? T("立案后超时没有派遣")
        : state == DISPATCHED ? T("派遣后超时没有接单")
        : state == HANDLED    ? T("反馈后超时没有核查")
                              : T("结案后还没有告知上报人"),
        key);
}

struct watching {
    const Watch *w;
};

static Err watch_step(Cx *cx, void *arg)
{
    const Watch *w = ((const struct watching *)arg)->w;
    const struct calendar *cal;
    struct sql_problem_trail_watch_of_row now;
    Case p;
    Err e = sql_problem_trail_watch_of(
        cx, &(struct sql_problem_trail_watch_of){.problem = w->problem, .kind = w->kind}, &now);
    if (e == ERR_NOT_FOUND || (e == OK && (now.at > cx->now || now.rung != w->rung)))
        return OK; /* moved meanwhile, or another runner got here first */
    TRY(e);
    TRY(case_any(cx, w->problem, &p));
    TRY(town_calendar(cx, &cal));
    if (str_eq(w->kind, S("due")))
        return due_rung(cx, w, &p, cal);
    if (str_eq(w->kind, S("guard")))
        return guard_rung(cx, w, &p);
    if (str_eq(w->kind, S("step")))
        return step_rung(cx, w, &p, cal);
    if (!str_eq(p.state, S("suspended")))
        return end_watch(cx, w);
    return act_by_rule(cx, p.id, S("resume"), &(struct problem_fields){0});
}

Err problem_watch_job(Cx *cx)
{
    struct sql_problem_trail_due_rows due;
    for (int round = 0; round < N_RUNGS; round++) { /* after a standstill: rung after rung */
        TRY(sql_problem_trail_due(cx, &(struct sql_problem_trail_due){.limit = BATCH}, &due));
        for (size_t i = 0; i < due.n; i++)
            TRY(db_transaction(cx, watch_step, &(struct watching){&due.at[i]}));
        if (!due.n)
            break;
    }
    return OK;
}

/* ---- the order of work moves with the days */

static Err rank_step(Cx *cx, void *arg)
{
    const struct sql_problem_unranked_rows *rows = arg;
    const struct calendar *cal;
    TRY(town_calendar(cx, &cal));
    for (size_t i = 0; i < rows->n; i++) {
        const struct sql_problem_unranked_row *r = &rows->at[i];
        bool works = str_eq(r->state, S("dispatched")) || str_eq(r->state, S("handling"));
        struct work_facts f = {r->severity, r->difficulty, r->filed_at.v, r->n_merged,
            works && r->due_at.set && r->due_at.v < cx->now, r->from_resident};
        TRY(sql_problem_rank_set(cx, &(struct sql_problem_rank_set){.id = r->id,
                                         .version = r->version,
                                         .work_order = work_order(cal, cx->now, &f, NULL),
                                         .ranked_on = day_of(cx->now)}));
    }
    return OK;
}

Err problem_rank_job(Cx *cx)
{
    for (int round = 0; round < 1000; round++) {
        struct sql_problem_unranked_rows rows;
        TRY(sql_problem_unranked(cx,
            &(struct sql_problem_unranked){.today = day_of(cx->now), .limit = RANK_BATCH}, &rows));
        if (!rows.n)
            return OK;
        TRY(db_transaction(cx, rank_step, &rows));
    }
    return OK;
}

/* ---- a year after the end the reporter's key is destroyed */

static const int64_t LOOK_AGAIN_MS = INT64_C(30) * 86400000;

static Err erase_step(Cx *cx, void *arg)
{
    int64_t id = *(const int64_t *)arg;
    Case p;
    TRY(case_root(cx, id, &p));
    if (p.id != id && p.live) /* who follows waits for that one's answer */
        return sql_problem_trail_reporter_ends(
            cx, &(struct sql_problem_trail_reporter_ends){
                    .problem = id, .erase_at = some_i64(cx->now + LOOK_AGAIN_MS)});
    Err e = sql_problem_trail_reporter_erase(
        cx, &(struct sql_problem_trail_reporter_erase){.problem = id});
    if (e == ERR_CONFLICT)
        return sql_problem_trail_reporter_ends(
            cx, &(struct sql_problem_trail_reporter_ends){.problem = id});
    TRY(e);
    TRY(case_any(cx, id, &p));
    return note(cx, &p, "forget", (Str){0});
}

Err problem_erase_job(Cx *cx)
{
    struct sql_problem_trail_erasable_rows rows;
    TRY(sql_problem_trail_erasable(
        cx, &(struct sql_problem_trail_erasable){.limit = BATCH}, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(db_transaction(cx, erase_step, &rows.at[i].problem));
    return OK;
}

/* ---- after a month nobody's position is known any more (domain: §13 retention) */

static Err position_step(Cx *cx, void *arg)
{
    const struct sql_problem_positions_rows *rows = arg;
    for (size_t i = 0; i < rows->n; i++)
        TRY(sql_problem_position_forget(
            cx, &(struct sql_problem_position_forget){.id = rows->at[i].id}));
    return OK;
}

Err problem_position_job(Cx *cx)
{
    struct sql_problem_positions_rows rows;
    int64_t days = town_setting(cx, "position_days", 30);
    TRY(sql_problem_positions(cx,
        &(struct sql_problem_positions){.before = cx->now - days * 86400000, .limit = BATCH},
        &rows));
    return rows.n ? db_transaction(cx, position_step, &rows) : OK;
}
