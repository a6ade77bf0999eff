/* problem.c — 问题台账: doing a verb. */
#include "rooms/notice/notice.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"
#include "rooms/town/town.h"

Err photos_add(Cx *cx, int64_t id, int64_t unit, const char *kind, Str hashes, int64_t *last)
{
    *last = 0;
    for (size_t i = 0, end; i < hashes.len; i = end + 1) {
        for (end = i; end < hashes.len && hashes.at[end] != ',';)
            end++;
        if (end > i)
            TRY(attachment_add(cx, id, unit, kind, (Str){hashes.at + i, end - i}, last));
    }
    return OK;
}

/* What the verb needs is there, what it does not name is not. */
static Err has_needed(Cx *cx, const struct step *s, const struct problem_fields *in)
{
    for (const struct field *f = problem_form; f->name; f++) {
        struct value v = field_get(f, in);
        bool there = v.set && !((f->keeps & KEEPS_STR) && !str_trim(v.s).len);
        if (step_names(s->needs, f->name) && !there)
            return fail_say(cx, ERR_INVALID, f->name, say_s(cx, T("请填写{s}"), say(cx, f->label)));
        if (there && !step_names(s->needs, f->name) && !step_names(s->may, f->name))
            return fail(cx, ERR_INVALID, f->name, T("这一步不用填这一项"));
        if (there && (f->keeps & KEEPS_STR) && f->type != FIELD_IMAGES && f->max
            && (int64_t)str_n_chars(v.s) > f->max)
            return fail_say(cx, ERR_INVALID, f->name,
                say_sn(cx, T("{s}最多 {n} 个字"), say(cx, f->label), f->max));
    }
    const struct problem_reason *r = in->reason.set ? problem_reasons(s->verb) : NULL;
    while (r && r->code && !str_eq(in->reason.v, str(r->code)))
        r++;
    return !in->reason.set || (r && r->code)
               ? OK
               : fail(cx, ERR_INVALID, "reason", T("请从列出的原因里选一个"));
}

/* The ask's row: opened, granted, refused, or dropped by a move. */
static Err keep_ask(Cx *cx, struct acting *a)
{
    const struct step *s = a->step;
    struct sql_problem_trail_asks_rows asks;
    if (s->ask == NO_ASK && (!a->p.ask.set || str_eq(a->p.state, a->to.state)))
        return OK;
    TRY(sql_problem_trail_asks(
        cx, &(struct sql_problem_trail_asks){.problem = a->p.id, .limit = 200}, &asks));
    int64_t last = asks.n ? asks.at[asks.n - 1].no : 0;
    if (s->ask == ASKS) {
        a->to.ask = some_str(str(s->about));
        a->to.asked_by = some_i64(cx->me.person);
        return sql_problem_trail_ask_new(cx, &(struct sql_problem_trail_ask_new){
                                                 .problem = a->p.id,
                                                 .no = last + 1,
                                                 .about = str(s->about),
                                                 .reason = a->in->reason.v,
                                                 .text = a->in->text.v,
                                                 .plan = a->in->plan.v,
                                                 .until_at = a->in->until,
                                                 .review_on = a->in->review_on,
                                             });
    }
    if (case_overdue(&a->p, cx->now))
        TRY(climb_answered(cx, a->p.id, ask_key(cx, last)));
    else
        TRY(climb_end(cx, a->p.id));
    a->to.ask = a->to.ask_post = (OptStr){0};
    a->to.asked_by = (OptI64){0};
    Str decision = s->ask == GRANTS    ? S("granted")
                   : s->ask == REFUSES ? S("refused")
                                       : S("dropped");
    return sql_problem_trail_ask_decide(
        cx, &(struct sql_problem_trail_ask_decide){
                .problem = a->p.id, .no = last, .decision = decision});
}

/* The log says by which post: the highest of those that may do the verb, a handler's own; kept as
 * it is where no post is in question. */
static void act_as(Cx *cx, const struct acting *a)
{
    uint32_t may = a->posts & a->step->who & STAFF_POSTS;
    if (!may && a->step->who & IS_HANDLER && a->p.handler_post.set)
        may = HAS(post_named(a->p.handler_post.v.at, a->p.handler_post.v.len)) & STAFF_POSTS;
    if (cx->me.person && may & cx->me.posts) /* not one lent for a shift on duty */
        may &= cx->me.posts;
    else if (cx->me.posts)
        return;
    if (cx->me.person && may)
        cx->me.post = __builtin_ctz(may);
}

/* A denial is an event of its own, written by the doors after the rollback. */
Err act_on(Cx *cx, struct acting *a)
{
    struct standing at = case_standing(cx, &a->p, a->posts);
    TRY(step_for(cx, &problem_machine, &at, a->verb, &a->step));
    if (a->in->version.set && a->in->version.v != a->p.version)
        return fail(cx, ERR_CONFLICT, "version", T("这件事刚有人动过，请刷新看看再办"));
    TRY(town_calendar(cx, &a->cal));
    TRY(rule_may(cx, a, a->step));
    TRY(has_needed(cx, a->step, a->in));

    a->to = case_move(&a->p);
    a->said = a->in->text.v;
    if (a->step->to != SAME)
        a->to.state = state_code((enum problem_state)a->step->to);
    TRY(category_find(cx, a->p.category, &a->category));
    if (a->step->rule)
        TRY(a->step->rule(cx, a));
    TRY(keep_ask(cx, a));
    TRY(case_settle(cx, a));
    TRY(sql_problem_move(cx, &a->to));
    act_as(cx, a);
    return event_add(
        cx, &(struct event){
                .verb = a->follower ? arena_printf(&cx->mem, FOLLOWER "%s", a->step->verb)
                                    : a->step->verb,
                .unit = a->to.village,
                .object = a->p.id,
                .from = a->p.state,
                .to = a->to.state,
                .said = a->said,
            });
}

static void key_sum(const struct acting *a, unsigned char sum[SUM_BYTES])
{
    Sum s;
    sum_begin(&s);
    sum_i64(&s, a->id);
    sum_str(&s, a->verb);
    for (const struct field *f = problem_form; f->name; f++) {
        struct value v = field_get(f, a->in);
        if (f->keeps & KEEPS_STR)
            sum_opt_str(&s, (OptStr){v.s, v.set});
        else
            sum_opt_i64(&s, (OptI64){v.i, v.set});
    }
    sum_end(&s, sum);
}

/* The same form again changes nothing and is answered like the first. */
static Err once(Cx *cx, struct acting *a, bool *again)
{
    unsigned char sum[SUM_BYTES];
    int64_t object;
    *again = false;
    if (!a->in->key.set || !a->in->key.v.len)
        return OK;
    key_sum(a, sum);
    Err e = submit_seen(cx, a->in->key.v, sum, &object);
    *again = e == OK;
    if (e != ERR_NOT_FOUND)
        return e;
    return submit_keep(cx, a->in->key.v, sum, a->id);
}

static Err act_step(Cx *cx, void *arg)
{
    struct acting *a = arg, fresh = {.id = a->id, .verb = a->verb, .in = a->in};
    bool again;
    *a = fresh;
    TRY(case_open(cx, a->id, &a->p));
    TRY(once(cx, a, &again));
    if (again)
        return OK;
    TRY(case_posts(cx, &a->p, &a->posts));
    return act_on(cx, a);
}

Err problem_act(Cx *cx, int64_t id, Str verb, const struct problem_fields *in)
{
    struct acting a = {.id = id, .verb = verb, .in = in};
    return db_transaction(cx, act_step, &a);
}

/* Who was merged follows the master: what they say stands there. */
static Err by_code_step(Cx *cx, void *arg)
{
    struct acting *a = arg;
    struct acting fresh = {.id = a->own, .own = a->own, .verb = a->verb, .in = a->in};
    bool again;
    *a = fresh;
    a->by_code = true;
    TRY(case_root(cx, a->own, &a->p));
    a->follower = a->p.id != a->own;
    a->id = a->p.id;
    TRY(once(cx, a, &again));
    if (again)
        return OK;
    a->posts = IS_REPORTER;
    return act_on(cx, a);
}

Err problem_act_by_code(Cx *cx, Str code, Str verb, const struct problem_fields *in)
{
    char digits[13];
    Str kind;
    int64_t town, id, me = cx->me.person;
    if (!town_code_sound(code, digits))
        return fail(cx, ERR_NOT_FOUND, "code", T("没有这个回执号，请对一对十二位数字"));
    TRY(town_code_find(cx, str(arena_printf(&cx->mem, "%s", digits)), &kind, &town, &id));
    if (!str_eq(kind, S("problem")))
        return fail(cx, ERR_NOT_FOUND, "code", T("没有这个回执号，请对一对十二位数字"));
    cx->town_id = town;
    cx->me.person = 0; /* the code speaks, not the person who may be signed in */
    struct acting a = {.own = id, .verb = verb, .in = in};
    Err e = db_transaction(cx, by_code_step, &a);
    cx->me.person = me;
    return e;
}

Err act_by_rule(Cx *cx, int64_t id, Str verb, const struct problem_fields *in)
{
    int64_t me = cx->me.person;
    int post = cx->me.post;
    struct acting a = {.id = id, .verb = verb, .in = in, .posts = IS_RULE};
    cx->me.person = 0;
    cx->me.post = 0;
    Err e = case_any(cx, id, &a.p);
    if (e == OK)
        e = act_on(cx, &a);
    cx->me.person = me;
    cx->me.post = post;
    return e;
}

struct telling {
    int64_t id;
    const char *how;
};

static Err told_step(Cx *cx, void *arg)
{
    const struct telling *t = arg;
    Case p;
    TRY(case_any(cx, t->id, &p));
    if (p.told_at.set || !str_eq(p.state, S("closed")))
        return OK;
    struct sql_problem_move to = case_move(&p);
    to.told_at = some_i64(cx->now);
    TRY(sql_problem_move(cx, &to));
    TRY(sql_problem_trail_reporter_told(
        cx, &(struct sql_problem_trail_reporter_told){.problem = p.id}));
    TRY(sql_problem_trail_unwatch(
        cx, &(struct sql_problem_trail_unwatch){.problem = p.id, .kind = S("step")}));
    return event_add(cx, &(struct event){
                             .verb = "told",
                             .unit = p.village,
                             .object = p.id,
                             .from = p.state,
                             .to = p.state,
                             .said = str(t->how),
                         });
}

Err problem_told(Cx *cx, int64_t id, const char *how)
{
    struct telling t = {id, how};
    return db_transaction(cx, told_step, &t);
}

/* ---- notices of this room */

Err tell(Cx *cx, int64_t person, const Case *p, Text what, const char *key)
{
    if (!person || person == cx->me.person)
        return OK;
    struct category c;
    TRY(category_find(cx, p->category, &c));
    return notice_add(
        cx, &(struct notice){
                .to = person,
                .say = what,
                .about = case_title(cx, p, &c),
                .object = p->id,
                .path = str(arena_printf(&cx->mem, "/problems/%lld", (long long)p->id)),
                .key = key,
            });
}

Err tell_level(Cx *cx, const Case *p, int level, Text what, const char *key)
{
    struct category c;
    TRY(category_find(cx, p->category, &c));
    return climb_tell(
        cx, &(struct climb){
                .object = p->id,
                .unit = p->unit,
                .level = p->office_only && level < 5 ? 5 : level,
                .say = what,
                .about = case_title(cx, p, &c),
                .path = str(arena_printf(&cx->mem, "/problems/%lld", (long long)p->id)),
                .key = key,
                .urgent = c.limit.unit == LIMIT_URGENT && !p->office_only,
            });
}

const char *ask_key(Cx *cx, int64_t no)
{
    return arena_printf(&cx->mem, "ask %lld", (long long)no);
}
