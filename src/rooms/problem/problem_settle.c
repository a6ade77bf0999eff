/* problem_settle.c — 问题台账: after a verb, whose turn it is, until when, and what is watched. */
#include "rooms/campaign/campaign.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/roster/roster.h"
#include "rooms/town/town.h"

/* Open problems have not ended: far ahead of any period. */
static const int64_t NOT_ENDED = INT64_C(253402300800000);

struct sql_problem_move case_move(const Case *p)
{
    return (struct sql_problem_move){
        .was = p->version,
        .id = p->id,
        .unit = p->unit,
        .village = p->village,
        .number = p->number,
        .category = p->category,
        .category_version = p->category_version,
        .focus = p->focus,
        .place = p->place,
        .place_text = p->place_text,
        .body = p->body,
        .body_public = p->body_public,
        .severity = p->severity,
        .difficulty = p->difficulty,
        .office_only = p->office_only,
        .reachable = p->reachable,
        .drawn = p->drawn,
        .state = p->state,
        .live = p->live,
        .turn = p->turn,
        .handler = p->handler,
        .handler_post = p->handler_post,
        .handler_name = p->handler_name,
        .due_village = p->due_village,
        .chain = p->chain,
        .filed_at = p->filed_at,
        .dispatched_at = p->dispatched_at,
        .accepted_at = p->accepted_at,
        .handled_at = p->handled_at,
        .closed_at = p->closed_at,
        .told_at = p->told_at,
        .ended_at = p->ended_at,
        .start_at = p->start_at,
        .limit_n = p->limit_n,
        .limit_unit = p->limit_unit,
        .due_at = p->due_at,
        .first_due_at = p->first_due_at,
        .next_at = p->next_at,
        .guard_at = p->guard_at,
        .guarded_at = p->guarded_at,
        .work_ms = p->work_ms,
        .work_order = p->work_order,
        .ranked_on = p->ranked_on,
        .n_extensions = p->n_extensions,
        .n_suspensions = p->n_suspensions,
        .n_returns = p->n_returns,
        .n_reopens = p->n_reopens,
        .n_rejects = p->n_rejects,
        .n_merged = p->n_merged,
        .rework = p->rework,
        .master = p->master,
        .merged_at = p->merged_at,
        .ask = p->ask,
        .asked_by = p->asked_by,
        .ask_post = p->ask_post,
        .result = p->result,
        .photo_before = p->photo_before,
        .photo_after = p->photo_after,
        .verifier = p->verifier,
        .evaluation = p->evaluation,
        .answer = p->answer,
        .outcome = p->outcome,
        .outcome_text = p->outcome_text,
    };
}

int64_t step_due(Cx *cx, const struct calendar *cal, enum clock_step step, bool urgent)
{
    static const struct {
        const char *setting;
        int64_t n;
        enum limit_unit unit;
    } limits[] = {
        [STEP_FILE] = {"file_hours",     2, LIMIT_HOURS},
        [STEP_DISPATCH] = {"dispatch_hours", 2, LIMIT_HOURS},
        [STEP_ACCEPT] = {"accept_hours",   2, LIMIT_HOURS},
        [STEP_VERIFY] = {"verify_days",    1, LIMIT_DAYS },
        [STEP_TELL] = {"tell_days",      3, LIMIT_DAYS },
    };
    /* An urgent matter is filed, dispatched and accepted by who is on duty, at night too. */
    if (urgent && step <= STEP_ACCEPT)
        return cx->now + 3600 * 1000;
    int64_t n = town_setting(cx, limits[step].setting, limits[step].n);
    return limit_due(cal, cx->now, (struct time_limit){n, limits[step].unit});
}

Err turn_post(Cx *cx, int64_t unit, int level, Str *post)
{
    struct holders at;
    TRY(duty_level(cx, unit, level, &at));
    *post = at.n ? str(posts[at.at[0].post].code) : S("office");
    return OK;
}

Err case_rank(Cx *cx, const Case *p, const struct calendar *cal)
{
    struct work_facts f = {p->severity, p->difficulty, p->filed_at.v, p->n_merged,
        p->due_at.set && p->due_at.v <= cx->now, p->from_resident};
    return sql_problem_rank_set(cx, &(struct sql_problem_rank_set){.id = p->id,
                                        .version = p->version,
                                        .work_order = work_order(cal, cx->now, &f, NULL),
                                        .ranked_on = day_of(cx->now)});
}

Err case_turn(Cx *cx, const Case *p, int level)
{
    struct sql_problem_move to = case_move(p);
    TRY(turn_post(cx, p->unit, level, &to.turn));
    return str_eq(to.turn, p->turn) ? OK : sql_problem_move(cx, &to);
}

static Err watch(Cx *cx, int64_t id, Str kind, int64_t at, int64_t rung)
{
    return sql_problem_trail_watch(
        cx, &(struct sql_problem_trail_watch){.problem = id, .kind = kind, .at = at, .rung = rung});
}

static Err unwatch(Cx *cx, int64_t id, Str kind)
{
    return sql_problem_trail_unwatch(
        cx, &(struct sql_problem_trail_unwatch){.problem = id, .kind = kind});
}

Err watch_limit(Cx *cx, const struct calendar *cal, int64_t id, int64_t start, int64_t due,
    struct time_limit limit)
{
    int rung = clock_next_rung(cal, start, due, limit, cx->now, RUNG_REMINDER);
    if (rung == N_RUNGS)
        return unwatch(cx, id, S("due"));
    return watch(cx, id, S("due"), clock_rung_at(cal, start, due, limit, rung), rung);
}

/* Whose move is next; the level of a village that is vacant passes it up. */
static Err whose_turn(Cx *cx, struct acting *a, enum problem_state now)
{
    struct sql_problem_move *to = &a->to;
    int64_t returns = town_setting(cx, "return_max", 2);
    bool for_office = to->office_only || to->n_returns > returns;
    to->turn = S("");
    switch (now) {
    case REPORTED:
    case FILED:
        if (for_office || (now == REPORTED && to->n_rejects))
            return to->turn = S("office"), OK;
        return turn_post(cx, to->unit, 2, &to->turn);
    case DISPATCHED:
    case HANDLING: to->turn = S("handler"); return OK;
    case HANDLED: {
        /* a secretary may check a light matter, unless it is their own work */
        bool own = to->handler_post.set && str_eq(to->handler_post.v, S("secretary"));
        if (to->office_only)
            return to->turn = S("office"), OK;
        return turn_post(cx, to->unit, to->severity == 1 && !own ? 2 : 3, &to->turn);
    }
    default: return OK;
    }
}

/* Nobody files, dispatches, accepts, verifies or tells in time: that too is watched.  -1: no step
 * is awaited. */
static int step_awaited(const struct acting *a, enum problem_state now)
{
    static const int step_of[N_STATES] = {
        [REPORTED] = STEP_FILE + 1,
        [FILED] = STEP_DISPATCH + 1,
        [DISPATCHED] = STEP_ACCEPT + 1,
        [HANDLED] = STEP_VERIFY + 1,
        [CLOSED] = STEP_TELL + 1,
    };
    bool told = now == CLOSED && (!a->to.reachable || a->to.told_at.set);
    return told ? -1 : step_of[now] - 1;
}

static Err forget_watch(Cx *cx, const struct acting *a, Str kind)
{
    return a->fresh ? OK : unwatch(cx, a->p.id, kind);
}

static Err watch_step(Cx *cx, struct acting *a, enum problem_state now)
{
    if (step_awaited(a, now) < 0)
        return forget_watch(cx, a, S("step"));
    return watch(cx, a->p.id, S("step"), a->step_at, 0);
}

static Err watch_clock(Cx *cx, struct acting *a, enum problem_state now)
{
    struct sql_problem_move *to = &a->to;
    bool runs = (now == DISPATCHED || now == HANDLING) && to->due_at.set;
    if (!runs)
        TRY(forget_watch(cx, a, S("due")));
    else if (a->new_clock)
        TRY(watch_limit(cx, a->cal, a->p.id, to->start_at.v, to->due_at.v,
            (struct time_limit){to->limit_n.v, (enum limit_unit)to->limit_unit.v.at[0]}));
    bool guards = runs && to->guard_at.set && !to->guarded_at.set;
    if (!guards)
        return a->p.guard_at.set ? unwatch(cx, a->p.id, S("guard")) : OK;
    return a->new_clock ? watch(cx, a->p.id, S("guard"), to->guard_at.v, RUNG_DUE) : OK;
}

/* Name and phone go a year after the end, 90 days after a report that led nowhere (domain §13). */
static Err erase_later(Cx *cx, const struct acting *a, enum problem_state now)
{
    bool live = a->to.live, was_live = a->p.live;
    int64_t days = now == REJECTED || now == WITHDRAWN ? 90 : 365;
    if (live && was_live)
        return OK;
    return sql_problem_trail_reporter_ends(
        cx, &(struct sql_problem_trail_reporter_ends){
                .problem = a->p.id, .erase_at = {cx->now + days * INT64_C(86400000), !live}
    });
}

/* What has climbed stands until the matter moves; one that is late stays late in other hands. */
static Err climb_over(Cx *cx, const struct acting *a, enum problem_state now)
{
    bool works = now == DISPATCHED || now == HANDLING;
    if (a->fresh || (works && !a->new_clock && case_overdue(&a->p, cx->now)))
        return OK;
    return climb_end(cx, a->p.id);
}

/* An urgent matter waits for nobody's working hours: who is on duty is told to file and dispatch.
 */
static Err tell_duty(Cx *cx, const struct acting *a, const Case *told, enum problem_state now)
{
    struct holders at;
    if (a->category.limit.unit != LIMIT_URGENT || now > FILED || told->office_only)
        return OK;
    TRY(roster_now(cx, told->unit, 0, &at));
    for (size_t i = 0; i < at.n; i++)
        TRY(tell(cx, at.at[i].person, told, T("急事，请值班的一小时内立案派遣"),
            arena_printf(&cx->mem, "duty %d", now)));
    return OK;
}

/* Whoever has the next move is told, unless they just made this one. */
static Err tell_turn(Cx *cx, const struct acting *a, enum problem_state now)
{
    struct holders at;
    enum post post = post_named(a->to.turn.at, a->to.turn.len);
    Case told = a->p;
    told.unit = a->to.unit;
    told.category = a->to.category;
    TRY(tell_duty(cx, a, &told, now));
    if (post == POST_NONE || (str_eq(a->to.turn, a->p.turn) && str_eq(a->to.state, a->p.state)))
        return OK;
    TRY(duty_holders(cx, told.unit, HAS(post) & OFFICE_POSTS ? OFFICE_POSTS : HAS(post), &at));
    for (size_t i = 0; i < at.n; i++)
        TRY(tell(cx, at.at[i].person, &told,
            now == REPORTED ? T("有新的上报待立案")
            : now == FILED  ? T("等您派遣")
                            : T("等您核查"),
            NULL));
    return OK;
}

static enum problem_state state_of(const struct acting *a)
{
    return (enum problem_state)machine_state(&problem_machine, a->to.state);
}

static bool has_moved(const struct acting *a)
{
    return !str_eq(a->to.state, a->p.state) || a->new_clock;
}

static void rank(Cx *cx, struct acting *a, enum problem_state now)
{
    struct sql_problem_move *to = &a->to;
    bool overdue =
        to->due_at.set && to->due_at.v < cx->now && (now == DISPATCHED || now == HANDLING);
    struct work_facts f = {
        .severity = to->severity,
        .difficulty = to->difficulty,
        .filed_at = to->filed_at.v,
        .n_merged = to->n_merged,
        .overdue = overdue,
        .from_resident = a->p.from_resident,
    };
    to->work_order = work_order(a->cal, cx->now, &f, NULL);
    to->ranked_on = day_of(cx->now);
}

Err case_plan(Cx *cx, struct acting *a)
{
    struct sql_problem_move *to = &a->to;
    enum problem_state now = state_of(a);
    to->live = state_live(now);
    if (has_moved(a)) {
        int step = step_awaited(a, now);
        bool urgent = a->category.limit.unit == LIMIT_URGENT;
        TRY(whose_turn(cx, a, now));
        a->step_at = step < 0 ? cx->now : step_due(cx, a->cal, (enum clock_step)step, urgent);
        if (now == DISPATCHED || now == HANDLING)
            to->next_at = to->due_at.v;
        else if (now != SUSPENDED)
            to->next_at = a->step_at;
        to->ended_at = to->live                                   ? NOT_ENDED
                       : to->due_at.set && to->due_at.v > cx->now ? to->due_at.v
                                                                  : cx->now;
    }
    rank(cx, a, now);
    return OK;
}

Err case_hang(Cx *cx, struct acting *a)
{
    enum problem_state now = state_of(a);
    TRY(campaign_mark(cx, &(struct campaign_record){a->p.id, a->to.unit, a->to.place.v,
                              a->p.reported_at, a->to.category}));
    if (!has_moved(a))
        return a->to.guarded_at.set && !a->p.guarded_at.set ? unwatch(cx, a->p.id, S("guard")) : OK;
    TRY(watch_step(cx, a, now));
    TRY(watch_clock(cx, a, now));
    TRY(erase_later(cx, a, now));
    TRY(climb_over(cx, a, now));
    return tell_turn(cx, a, now);
}

Err case_settle(Cx *cx, struct acting *a)
{
    TRY(case_plan(cx, a));
    return case_hang(cx, a);
}
