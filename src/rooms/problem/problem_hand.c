/* problem_hand.c — 承办: who can be given a problem, who held it and how late they were. */
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"
#include "rooms/town/town.h"

enum { HOLDERS_MAX = 100, MOVED_MAX = 100 };

/* What is with the office alone is never given to a post of that village. */
static uint32_t may_handle(const Case *p)
{
    return p->office_only ? (HANDLERS & ~(uint32_t)VILLAGE_POSTS) | OFFICE_POSTS
                          : HANDLERS | OFFICE_POSTS;
}

Err village_holders(Cx *cx, int64_t unit, uint32_t set, struct holders *to)
{
    struct holders near, all;
    int64_t village = town_village_of(unit);
    TRY(duty_holders(cx, unit, set, &near));
    TRY(duty_all_holders(cx, set, &all));
    struct holder *at = NEW_ARRAY(&cx->mem, near.n + all.n, struct holder);
    size_t n = near.n;
    if (n)
        memcpy(at, near.at, n * sizeof *at);
    for (size_t i = 0; i < all.n && village; i++) {
        bool there = town_village_of(all.at[i].unit) != village;
        for (size_t k = 0; k < near.n && !there; k++)
            there = at[k].person == all.at[i].person && at[k].post == all.at[i].post
                    && at[k].place == all.at[i].place;
        if (!there)
            at[n++] = all.at[i];
    }
    *to = (struct holders){at, n};
    return OK;
}

/* Who keeps that very place comes first; who keeps another place is not asked. */
static Err handlers_of(Cx *cx, const Case *p, struct holders *to)
{
    struct holders all;
    int64_t place = p->place.set ? p->place.v : 0;
    size_t n = 0;
    TRY(village_holders(cx, p->unit, may_handle(p), &all));
    struct holder *at = NEW_ARRAY(&cx->mem, all.n + 1, struct holder);
    for (int here = 1; here >= 0; here--)
        for (size_t i = 0; i < all.n; i++)
            if (all.at[i].place == (here ? place : 0) && (!here || place))
                at[n++] = all.at[i];
    *to = (struct holders){at, n};
    return OK;
}

Err handler_find(Cx *cx, const Case *p, int64_t person, struct holder *to)
{
    struct holders at;
    TRY(handlers_of(cx, p, &at));
    for (size_t i = 0; i < at.n; i++)
        if (at.at[i].person == person)
            return *to = at.at[i], OK;
    return fail(cx, ERR_INVALID, "handler",
        p->office_only ? T("这件事不转本村，请派给部门或办公室的人")
                       : T("这个人在这里没有能承办的岗位，请另选一位"));
}

/* The village answers for a deadline only if the holder is of the village or its contractor. */
static int64_t answers_for(const struct holder *h)
{
    return HAS(h->post) & (VILLAGE_POSTS | HAS(POST_CONTRACTOR)) ? town_village_of(h->unit) : 0;
}

Err handler_set(Cx *cx, struct acting *a, const struct holder *h)
{
    struct sql_problem_trail_holders_rows rows;
    struct sql_problem_move *to = &a->to;
    TRY(sql_problem_trail_holders(
        cx, &(struct sql_problem_trail_holders){.problem = a->p.id, .limit = HOLDERS_MAX}, &rows));
    Str name = duty_title_kept(cx, h);
    to->handler = some_i64(h->person);
    to->handler_post = some_str(str(posts[h->post].code));
    to->handler_name = some_str(name);
    if (!a->p.due_at.set || cx->now <= a->p.due_at.v || a->new_clock)
        to->due_village = answers_for(h);
    return sql_problem_trail_holder_new(cx, &(struct sql_problem_trail_holder_new){
                                                .problem = a->p.id,
                                                .no = rows.n ? rows.at[rows.n - 1].no + 1 : 1,
                                                .person = h->person,
                                                .post = str(posts[h->post].code),
                                                .unit = h->unit,
                                                .name = name,
                                            });
}

Err holder_end(Cx *cx, const struct acting *a, bool worked)
{
    struct sql_problem_trail_holders_rows rows;
    TRY(sql_problem_trail_holders(
        cx, &(struct sql_problem_trail_holders){.problem = a->p.id, .limit = HOLDERS_MAX}, &rows));
    if (!rows.n || rows.at[rows.n - 1].to_at.set)
        return OK;
    const struct sql_problem_trail_holders_row *h = &rows.at[rows.n - 1];
    int64_t late = 0, from = h->from_at;
    if (a->p.due_at.set && a->p.limit_unit.set && cx->now > a->p.due_at.v)
        late = clock_between(
            a->cal, case_limit(&a->p).unit, from > a->p.due_at.v ? from : a->p.due_at.v, cx->now);
    return sql_problem_trail_holder_end(
        cx, &(struct sql_problem_trail_holder_end){.problem = a->p.id,
                .no = h->no,
                .late_ms = late,
                .worked = worked || h->worked || a->p.accepted_at.set});
}

Err holder_worked(Cx *cx, int64_t id, int64_t person, bool *ret)
{
    struct sql_problem_trail_holders_rows rows;
    TRY(sql_problem_trail_holders(
        cx, &(struct sql_problem_trail_holders){.problem = id, .limit = HOLDERS_MAX}, &rows));
    *ret = false;
    for (size_t i = 0; i < rows.n; i++)
        *ret |= rows.at[i].person == person && rows.at[i].worked;
    return OK;
}

Err problem_handlers(Cx *cx, int64_t id, struct problem_options *to)
{
    Case p;
    struct holders at;
    TRY(case_open(cx, id, &p));
    TRY(handlers_of(cx, &p, &at));
    struct problem_option *o = NEW_ARRAY(&cx->mem, at.n, struct problem_option);
    size_t n = 0;
    for (size_t i = 0; i < at.n; i++) {
        Str value = str(arena_printf(&cx->mem, "%lld", (long long)at.at[i].person));
        bool there = false;
        for (size_t k = 0; k < n; k++)
            there |= str_eq(o[k].value, value);
        if (!there)
            o[n++] = (struct problem_option){value, duty_title(cx, &at.at[i], false)};
    }
    *to = (struct problem_options){o, n};
    return OK;
}

/* ---- hand-over: open work moves with the post; the due time does not */

struct moving {
    int64_t from, to, unit;
    enum post post;
};

static Err move_one(Cx *cx, int64_t id, const struct moving *m)
{
    struct problem_fields nothing = {0};
    struct acting a = {.id = id, .in = &nothing};
    struct holder h = {.person = m->to, .post = m->post, .unit = m->unit};
    struct holders at;
    TRY(case_any(cx, id, &a.p));
    TRY(town_calendar(cx, &a.cal));
    TRY(village_holders(cx, a.p.unit, HAS(m->post), &at));
    for (size_t i = 0; i < at.n; i++)
        if (at.at[i].person == m->to)
            h = at.at[i];
    a.to = case_move(&a.p);
    TRY(holder_end(cx, &a, str_eq(a.p.state, S("handled"))));
    TRY(handler_set(cx, &a, &h));
    TRY(sql_problem_move(cx, &a.to));
    TRY(event_add(cx, &(struct event){
                          .verb = "handover",
                          .unit = a.p.village,
                          .object = id,
                          .from = a.p.state,
                          .to = a.p.state,
                          .said = a.to.handler_name.v,
                      }));
    return tell(cx, m->to, &a.p, T("随岗位交接到您手上"), NULL);
}

/* In the hand-over's transaction, all of them. */
static Err move_open(Cx *cx, int64_t from_person, int64_t to_person, int64_t unit, enum post post)
{
    struct moving m = {from_person, to_person, unit, post};
    struct unit u;
    struct sql_problem_held_rows rows;
    TRY(town_unit(cx, unit, &u));
    do { /* who was moved is not found again */
        TRY(sql_problem_held(cx,
            &(struct sql_problem_held){.person = from_person,
                .post = str(posts[post].code),
                .unit_lo = u.lo,
                .unit_hi = u.hi,
                .limit = MOVED_MAX},
            &rows));
        for (size_t i = 0; i < rows.n; i++)
            TRY(move_one(cx, rows.at[i].id, &m));
    } while (rows.n == MOVED_MAX);
    return OK;
}

static Err list_open(
    Cx *cx, int64_t person, int64_t unit, enum post post, struct handover_lines *to)
{
    struct unit u;
    struct sql_problem_held_rows rows;
    TRY(town_unit(cx, unit, &u));
    TRY(sql_problem_held(cx,
        &(struct sql_problem_held){.person = person,
            .post = str(posts[post].code),
            .unit_lo = u.lo,
            .unit_hi = u.hi,
            .limit = MOVED_MAX},
        &rows));
    struct handover_line *at = NEW_ARRAY(&cx->mem, rows.n, struct handover_line);
    for (size_t i = 0; i < rows.n; i++) {
        Case p;
        struct category c;
        TRY(case_any(cx, rows.at[i].id, &p));
        TRY(category_find(cx, p.category, &c));
        Str title = case_title(cx, &p, &c);
        if (p.ask.set) /* what was asked goes on waiting for its answer, with the new holder */
            title = joined_of(cx, title, S(" "), say(cx, ask_label(p.ask.v)));
        at[i] = (struct handover_line){
            .text = str(arena_printf(&cx->mem, "%.*s %.*s", (int)p.number.v.len, p.number.v.at,
                (int)title.len, title.at)),
            .path = str(arena_printf(&cx->mem, "/problems/%lld", (long long)p.id)),
        };
    }
    *to = (struct handover_lines){at, rows.n};
    return OK;
}

const struct handover_hook problem_handover = {
    .what = "problem", .move = move_open, .list = list_open};
