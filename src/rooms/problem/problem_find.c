/* problem_find.c — 问题台账: one case, who sees it, what somebody is to it. */
#include "rooms/problem/problem_inner.h"
#include "rooms/roster/roster.h"
#include "rooms/town/town.h"

Err case_any(Cx *cx, int64_t id, Case *to)
{
    return sql_problem_case(cx, &(struct sql_problem_case){.id = id}, to);
}

Err problem_seen(Cx *cx, int64_t id)
{
    struct sql_problem_sees_row seen;
    struct sql_problem_mine_row mine;
    Err e = sql_problem_sees(cx, &(struct sql_problem_sees){.id = id}, &seen);
    if (e != ERR_NOT_FOUND || !cx->me.person)
        return e;
    /* the cadre of one grid is given a matter of the whole village */
    e = sql_problem_mine(cx, &(struct sql_problem_mine){.id = id}, &mine);
    if (e != ERR_NOT_FOUND)
        return e;
    Case p;
    bool on_duty;
    TRY(case_any(cx, id, &p));
    TRY(case_on_duty(cx, &p, &on_duty));
    return on_duty ? OK : ERR_NOT_FOUND;
}

/* Who is on duty files and dispatches an urgent matter (domain §2, Duty roster). */
Err case_on_duty(Cx *cx, const Case *p, bool *on_duty)
{
    struct category c;
    *on_duty = false;
    if (p->office_only || !cx->me.person || machine_state(&problem_machine, p->state) > DISPATCHED)
        return OK;
    TRY(category_find(cx, p->category, &c));
    return c.limit.unit == LIMIT_URGENT ? roster_me(cx, p->unit, on_duty) : OK;
}

Err case_open(Cx *cx, int64_t id, Case *to)
{
    TRY(problem_seen(cx, id));
    return case_any(cx, id, to);
}

Err case_root(Cx *cx, int64_t id, Case *to)
{
    TRY(case_any(cx, id, to));
    while (str_eq(to->state, S("merged")) && to->master.set)
        TRY(case_any(cx, to->master.v, to));
    return OK;
}

Err case_branch(Cx *cx, int64_t id, struct case_ids *to)
{
    int64_t *at = NEW_ARRAY(&cx->mem, BRANCH_MAX, int64_t);
    size_t n = 1;
    at[0] = id;
    for (size_t i = 0; i < n && n < BRANCH_MAX; i++) {
        struct sql_problem_merged_rows rows;
        TRY(sql_problem_merged(cx,
            &(struct sql_problem_merged){.master = at[i], .limit = (int64_t)(BRANCH_MAX - n)},
            &rows));
        for (size_t k = 0; k < rows.n; k++)
            at[n++] = rows.at[k].id;
    }
    *to = (struct case_ids){at, n};
    return OK;
}

Err case_posts(Cx *cx, const Case *p, uint32_t *to)
{
    uint32_t have = 0;
    *to = 0;
    if (!cx->me.person)
        return OK;
    TRY(duty_posts_at(cx, p->unit, p->place.set ? p->place.v : 0, &have));
    if (p->office_only)
        have &= OFFICE_POSTS | HAS(POST_COMMANDER);
    if (p->handler.set && p->handler.v == cx->me.person)
        have |= IS_HANDLER;
    bool on_duty;
    TRY(case_on_duty(cx, p, &on_duty));
    if (on_duty && machine_state(&problem_machine, p->state) <= FILED)
        have |= HAS(POST_SECRETARY); /* a dispatcher for this shift */
    *to = have;
    return OK;
}

struct standing case_standing(const Cx *cx, const Case *p, uint32_t have)
{
    return (struct standing){
        .state = machine_state(&problem_machine, p->state),
        .posts = have,
        .ask = p->ask.set ? p->ask.v : (Str){0},
        .asked_by = p->asked_by.v,
        .me = cx->me.person,
    };
}

struct time_limit case_limit(const Case *p)
{
    if (!p->limit_n.set || !p->limit_unit.set)
        return (struct time_limit){0};
    return (struct time_limit){p->limit_n.v, (enum limit_unit)p->limit_unit.v.at[0]};
}

bool case_overdue(const Case *p, int64_t now)
{
    return p->due_at.set && p->due_at.v < now
           && (str_eq(p->state, S("dispatched")) || str_eq(p->state, S("handling")));
}

Str case_where(Cx *cx, int64_t unit, OptI64 place, Str place_text)
{
    struct place known;
    if (place_text.len)
        return place_text;
    if (place.set && town_place(cx, place.v, &known) == OK)
        return known.name;
    memset(&cx->why, 0, sizeof cx->why);
    return town_unit_name(cx, unit);
}

Str case_title(Cx *cx, const Case *p, const struct category *c)
{
    Str where = case_where(cx, p->unit, p->place, p->place_text);
    return joined_of(cx, where, S(" "), c->name);
}

Err problem_n_open(Cx *cx, int64_t unit, int64_t *n)
{
    struct unit u;
    struct sql_problem_open_in_row row;
    TRY(town_unit(cx, unit, &u));
    TRY(sql_problem_open_in(cx, &(struct sql_problem_open_in){.lo = u.lo, .hi = u.hi}, &row));
    *n = row.n;
    return OK;
}
