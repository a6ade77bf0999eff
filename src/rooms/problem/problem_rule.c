/* problem_rule.c — 问题台账: from the report to the handler: file, reject, merge, transfer,
 * recategorise, dispatch, return, reassign. */
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"
#include "rooms/town/town.h"

enum { PAUSES_MAX = 200 };

/* GX-2026-000123: without gaps, by the year of filing. */
static Err give_number(Cx *cx, struct acting *a)
{
    struct sql_problem_move *to = &a->to;
    struct town_info town;
    Str today = day_text(cx, day_of(cx->now));
    int64_t n;
    to->filed_at = some_i64(cx->now);
    if (to->number.set)
        return OK;
    TRY(town_info(cx, &town));
    const char *series =
        arena_printf(&cx->mem, "%.*s-%.4s", (int)town.abbr.len, town.abbr.at, today.at);
    TRY(new_number(cx, str(series), &n));
    to->number = some_str(str(arena_printf(&cx->mem, "%s-%06lld", series, (long long)n)));
    return OK;
}

/* Its place, where it was not known or wrong: only who dispatches there too moves it there. */
static Err move_place(Cx *cx, struct acting *a)
{
    struct sql_problem_move *to = &a->to;
    uint32_t there;
    struct unit u;
    if (a->in->place.set) {
        struct place place;
        if (town_place(cx, a->in->place.v, &place) != OK)
            return fail(cx, ERR_INVALID, "place", T("没有这个地点，请从列表里选"));
        to->place = a->in->place;
        to->unit = place.unit;
    }
    if (a->in->unit.set) {
        to->unit = a->in->unit.v;
        if (to->unit != a->p.unit && !a->in->place.set)
            to->place = (OptI64){0};
    }
    if (to->unit == a->p.unit)
        return OK;
    if (town_of(to->unit) != cx->town_id || town_unit(cx, to->unit, &u) != OK)
        return fail(cx, ERR_INVALID, "unit", T("请选本镇的村或网格"));
    to->village = town_village_of(to->unit);
    TRY(duty_posts_over(cx, to->unit, &there));
    if (!(there & DISPATCHERS) && !(a->posts & IS_RULE))
        return fail(cx, ERR_INVALID, "unit", T("那里不归您派遣，请交办公室立案"));
    return OK;
}

static Err set_category(Cx *cx, struct acting *a, Str code, const char *field)
{
    struct sql_problem_move *to = &a->to;
    if (category_of_tile(cx, code, &a->category) != OK)
        return fail(cx, ERR_INVALID, field, T("没有这个类别，请从列表里选"));
    to->category = a->category.code;
    to->category_version = a->category.version;
    to->focus = a->category.focus;
    to->severity = a->category.severity;
    to->difficulty = a->category.difficulty;
    if (a->category.hidden)
        to->office_only = 1;
    return OK;
}

Err rule_file(Cx *cx, void *arg)
{
    struct acting *a = arg;
    TRY(move_place(cx, a));
    if (!a->to.village)
        return fail(cx, ERR_INVALID, "unit", T("请先选定是哪个村"));
    if (a->in->category.set)
        TRY(set_category(cx, a, a->in->category.v, "category"));
    if (a->in->severity.set)
        a->to.severity = a->in->severity.v;
    return give_number(cx, a);
}

Err rule_reject(Cx *cx, void *arg)
{
    struct acting *a = arg;
    (void)cx;
    a->to.n_rejects++;
    a->to.outcome = a->in->reason;
    a->to.outcome_text = a->in->text;
    return OK;
}

Err rule_ask_again(Cx *cx, void *arg)
{
    struct acting *a = arg;
    (void)cx;
    a->to.outcome = a->to.outcome_text = (OptStr){0};
    return OK;
}

/* One above it: so many more or fewer below; who is merged itself is only counted. */
static Err counted_above(Cx *cx, const struct acting *a, const Case *above, int64_t by)
{
    struct acting m = {.id = above->id, .p = *above, .cal = a->cal};
    m.to = case_move(above);
    m.to.n_merged += by;
    if (!str_eq(above->state, S("merged")))
        TRY(case_settle(cx, &m));
    TRY(sql_problem_move(cx, &m.to));
    return event_add(cx, &(struct event){
                             .verb = by > 0 ? "merge" : "unmerge",
                             .unit = above->village,
                             .object = above->id,
                             .from = above->state,
                             .to = above->state,
                             .said = a->p.number.set ? a->p.number.v
                                     : a->p.body.len ? a->p.body
                                                     : a->p.place_text,
                         });
}

/* A merged matter takes along what was merged into it: all above it count the whole branch. */
static Err branch_moves(Cx *cx, const struct acting *a, int64_t master, int64_t by)
{
    Case above;
    for (int64_t at = master; at; at = str_eq(above.state, S("merged")) ? above.master.v : 0) {
        TRY(case_any(cx, at, &above));
        TRY(counted_above(cx, a, &above, by * (1 + a->p.n_merged)));
    }
    return OK;
}

Err rule_merge(Cx *cx, void *arg)
{
    struct acting *a = arg;
    Case master;
    bool by_rule = a->step->who & IS_RULE;
    Err e =
        by_rule ? case_any(cx, a->in->master.v, &master) : case_open(cx, a->in->master.v, &master);
    if (a->in->master.v == a->p.id || e != OK)
        return fail(cx, ERR_INVALID, "master", T("没有这一件，请从疑似重复里选"));
    if (!master.live)
        return fail(cx, ERR_INVALID, "master", T("那一件已经办结，不能并进去"));
    a->to.master = a->in->master;
    a->to.merged_at = some_i64(cx->now);
    return branch_moves(cx, a, master.id, 1);
}

Err rule_unmerge(Cx *cx, void *arg)
{
    struct acting *a = arg;
    a->to.state = a->p.number.set ? S("filed") : S("reported");
    a->to.master = a->to.merged_at = (OptI64){0};
    return branch_moves(cx, a, a->p.master.v, -1);
}

static void nobody_holds(struct acting *a)
{
    a->to.handler = (OptI64){0};
    a->to.handler_post = a->to.handler_name = (OptStr){0};
    a->to.accepted_at = (OptI64){0};
}

Err rule_transfer(Cx *cx, void *arg)
{
    struct acting *a = arg;
    TRY(holder_end(cx, a, false));
    nobody_holds(a);
    a->to.outcome = some_str(S("transfer"));
    a->to.outcome_text = some_str(str(arena_printf(&cx->mem, "%.*s %.*s", (int)a->in->body.v.len,
        a->in->body.v.at, (int)a->in->paper_no.v.len, a->in->paper_no.v.at)));
    a->said = a->to.outcome_text.v;
    return OK;
}

Err rule_take_back(Cx *cx, void *arg)
{
    struct acting *a = arg;
    a->to.outcome = a->to.outcome_text = (OptStr){0};
    a->to.start_at = a->to.due_at = (OptI64){0}; /* its clock begins with the next dispatch */
    return give_number(cx, a);
}

/* Time that was given since the start: suspensions and verifications that failed. */
static Err time_given(Cx *cx, const struct acting *a, enum limit_unit unit, int64_t *ms)
{
    struct sql_problem_trail_pauses_rows rows;
    TRY(sql_problem_trail_pauses(
        cx, &(struct sql_problem_trail_pauses){.problem = a->p.id, .limit = PAUSES_MAX}, &rows));
    *ms = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.at[i].to_at.set && rows.at[i].from_at >= a->p.start_at.v
            && !str_eq(rows.at[i].kind, S("extend")))
            *ms += clock_between(a->cal, unit, rows.at[i].from_at, rows.at[i].to_at.v);
    return OK;
}

/* The category's limit from start; the hotline's due where that is earlier. */
static void set_clock(struct acting *a, int64_t start, struct time_limit limit, int64_t given)
{
    struct sql_problem_move *to = &a->to;
    int64_t due = clock_anew(a->cal, start, limit, given);
    if (a->p.ext_due.set && a->p.ext_due.v < due && a->p.ext_due.v > start)
        due = a->p.ext_due.v;
    to->start_at = some_i64(start);
    to->due_at = some_i64(due);
    to->limit_n = some_i64(limit.n);
    to->limit_unit = some_str(limit.unit == LIMIT_HOURS  ? S("h")
                              : limit.unit == LIMIT_DAYS ? S("d")
                                                         : S("u"));
    a->new_clock = true;
}

Err rule_recategorise(Cx *cx, void *arg)
{
    struct acting *a = arg;
    TRY(set_category(cx, a, a->in->category.v, "category"));
    if (str_eq(a->category.code, a->p.category))
        return fail(cx, ERR_INVALID, "category", T("就是现在的类别"));
    a->said = str(arena_printf(&cx->mem, "%.*s %.*s：%.*s", (int)a->category.code.len,
        a->category.code.at, (int)a->category.name.len, a->category.name.at, (int)a->in->text.v.len,
        a->in->text.v.at));
    if (!a->p.due_at.set)
        return OK;
    struct time_limit limit = a->p.n_reopens ? limit_half(a->category.limit) : a->category.limit;
    int64_t given;
    TRY(time_given(cx, a, limit.unit, &given));
    set_clock(a, a->p.start_at.v, limit, given);
    return OK;
}

/* The limit's words: 3 个工作日. */
static Str limit_words(Cx *cx, struct time_limit limit)
{
    return say_n(cx,
        limit.unit == LIMIT_HOURS  ? T("{n} 个工作时")
        : limit.unit == LIMIT_DAYS ? T("{n} 个工作日")
                                   : T("{n} 小时（昼夜计算）"),
        limit.n);
}

static Err give_to(Cx *cx, struct acting *a)
{
    struct holder h;
    struct chain chain;
    TRY(handler_find(cx, &a->p, a->in->handler.v, &h));
    TRY(handler_set(cx, a, &h));
    TRY(duty_chain(cx, a->p.unit, a->p.place.v, &chain));
    a->to.chain = some_str(duty_chain_text(cx, &chain));
    Str name = a->to.handler_name.v, due = day_time_text(cx, a->to.due_at.v);
    Str words = limit_words(
        cx, (struct time_limit){a->to.limit_n.v, (enum limit_unit)a->to.limit_unit.v.at[0]});
    a->said = str(arena_printf(&cx->mem, "%.*s，%.*s，%.*s%s%.*s", (int)name.len, name.at,
        (int)words.len, words.at, (int)due.len, due.at, a->in->text.v.len ? "。" : "",
        (int)a->in->text.v.len, a->in->text.v.at));
    return tell(cx, h.person, &a->p, T("派给您办"), NULL);
}

/* The limit runs from the first dispatch; a case that was returned keeps its due time. */
Err rule_dispatch(Cx *cx, void *arg)
{
    struct acting *a = arg;
    if (!a->p.due_at.set) {
        set_clock(a, cx->now, a->category.limit, 0);
        a->to.dispatched_at = some_i64(cx->now);
        a->to.category_version = a->category.version;
        if (a->category.guard_u)
            a->to.guard_at = some_i64(cx->now + a->category.guard_u * 3600 * 1000);
    }
    a->new_clock = true;
    return give_to(cx, a);
}

Err rule_accept(Cx *cx, void *arg)
{
    ((struct acting *)arg)->to.accepted_at = some_i64(cx->now);
    return OK;
}

Err rule_return(Cx *cx, void *arg)
{
    struct acting *a = arg;
    TRY(holder_end(cx, a, false));
    nobody_holds(a);
    a->to.n_returns++;
    for (const struct problem_reason *r = problem_reasons("return"); r->code; r++)
        if (str_eq(a->in->reason.v, str(r->code)))
            a->said = str(arena_printf(&cx->mem, "%s%s%.*s", r->label.zh,
                a->in->text.v.len ? "：" : "", (int)a->in->text.v.len, a->in->text.v.at));
    return OK;
}

static Err to_another(Cx *cx, struct acting *a)
{
    if (a->p.handler.set && a->p.handler.v == a->in->handler.v)
        return fail(cx, ERR_INVALID, "handler", T("现在就在这个人手上，请另选一位"));
    TRY(holder_end(cx, a, false));
    a->to.accepted_at = (OptI64){0};
    return give_to(cx, a);
}

/* Leave or hand-over: due_at stays. */
Err rule_reassign(Cx *cx, void *arg)
{
    return to_another(cx, arg);
}

/* The dispatcher erred: the limit begins anew, and the first due time stays to be seen. */
Err rule_redispatch(Cx *cx, void *arg)
{
    struct acting *a = arg;
    if (!a->p.first_due_at.set)
        a->to.first_due_at = a->p.due_at;
    set_clock(a, cx->now, case_limit(&a->p), 0);
    return to_another(cx, a);
}
