/* problem_follow.c — 回执: one matter as its reporter sees it by the receipt code, without an
 * account and without personal data; and the reporter's own data deleted. */
#include "rooms/people/people.h"
#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_screen.h"
#include "rooms/problem/problem_sum.h"

static Err code_find(Cx *cx, Str code, char digits[13], int64_t *id)
{
    Str kind;
    int64_t town;
    if (!town_code_sound(code, digits)
        || town_code_find(cx, str(arena_printf(&cx->mem, "%s", digits)), &kind, &town, id) != OK
        || !str_eq(kind, S("problem")))
        return fail(cx, ERR_NOT_FOUND, "code", T("没有这个回执号，请对一对十二位数字"));
    cx->town_id = town;
    return OK;
}

/* In public a place is the name in the place list or the grid, never what was typed. */
static Str public_where(Cx *cx, const Case *p)
{
    return case_where(cx, p->unit, p->place, (Str){0});
}

static Str public_handler(Cx *cx, const Case *p)
{
    struct holder h = {.person = p->handler.v, .name = people_name(cx, p->handler.v)};
    h.post = post_named(p->handler_post.v.at, p->handler_post.v.len);
    return duty_title(cx, &h, true);
}

static Err whose_turn(Cx *cx, const Case *p, Str *to)
{
    struct holders at;
    *to = (Str){0};
    if (str_eq(p->turn, S("handler")))
        return *to = public_handler(cx, p), OK;
    enum post post = post_named(p->turn.at, p->turn.len);
    if (post == POST_NONE)
        return OK;
    TRY(duty_holders(cx, p->unit, HAS(post), &at));
    *to = at.n ? duty_title(cx, &at.at[0], true) : say(cx, posts[post].label);
    return OK;
}

/* 已上报 → 已受理 → 已办理 → 待您确认 or 已结案. */
static void four_steps(const Case *p, struct problem_follow *to)
{
    int s = machine_state(&problem_machine, p->state);
    bool closed = s == CLOSED;
    to->steps[0] = (struct problem_step_shown){T("已上报"), p->reported_at, s == REPORTED};
    to->steps[1] = (struct problem_step_shown){T("已受理"), p->filed_at.v,
        s == FILED || s == DISPATCHED || s == HANDLING || s == SUSPENDED};
    to->steps[2] = (struct problem_step_shown){T("已办理"), p->handled_at.v, false};
    to->steps[3] = (struct problem_step_shown){
        closed ? T("已结案") : T("待您确认"), p->closed_at.v, s == HANDLED || closed};
}

static bool has_verb(const struct problem_verbs *v, const char *verb)
{
    for (size_t i = 0; i < v->n; i++)
        if (!strcmp(v->at[i].button.verb, verb))
            return true;
    return false;
}

static int64_t reopen_until(Cx *cx, const Case *p)
{
    const int64_t day = 86400000;
    if (!p->closed_at.set)
        return 0;
    int64_t last = p->closed_at.v + town_setting(cx, "reopen_close_days", 45) * day;
    int64_t told = p->told_at.set ? p->told_at.v + town_setting(cx, "reopen_days", 15) * day : last;
    return told < last ? told : last;
}

static Err suspended_plan(Cx *cx, const Case *p, struct problem_follow *to)
{
    struct sql_problem_trail_pauses_rows rows;
    if (!str_eq(p->state, S("suspended")))
        return OK;
    TRY(sql_problem_trail_pauses(
        cx, &(struct sql_problem_trail_pauses){.problem = p->id, .limit = 200}, &rows));
    if (rows.n) {
        to->plan = rows.at[rows.n - 1].plan;
        to->review_on = rows.at[rows.n - 1].review_on.v;
    }
    return OK;
}

/* The pictures of residents and of the work, not those of the verification; to one who follows
 * another's report their own ones and those of the work. */
static Err photos_shown(Cx *cx, const Case *p, struct problem_follow *to)
{
    struct attachments all, own = {0};
    size_t n = 0;
    TRY(attachment_of(cx, p->id, &all));
    if (to->follows)
        TRY(attachment_of(cx, to->own, &own));
    struct attachment *at = NEW_ARRAY(&cx->mem, all.n + own.n + 1, struct attachment);
    for (size_t i = 0; i < own.n; i++)
        at[n++] = own.at[i];
    for (size_t i = 0; i < all.n; i++)
        if (to->follows ? str_eq(all.at[i].kind, S("after")) : !str_eq(all.at[i].kind, S("check")))
            at[n++] = all.at[i];
    to->photos = (struct attachments){at, n};
    return OK;
}

static Err reporter_part(Cx *cx, const Case *p, struct problem_follow *to)
{
    struct sql_problem_trail_reporter_row r;
    TRY(sql_problem_trail_reporter(
        cx, &(struct sql_problem_trail_reporter){.problem = to->own}, &r));
    TRY(reporter_tail(cx, &r, &to->phone_tail));
    to->answer = to->follows ? r.answer.v : p->answer.v;
    to->evaluation = to->follows ? r.evaluation.v : p->evaluation.v;
    return OK;
}

static Str reason_said(Cx *cx, const Case *p)
{
    for (const struct problem_reason *r = problem_reasons("reject"); r->code; r++)
        if (p->outcome.set && str_eq(p->outcome.v, str(r->code)))
            return say(cx, r->label);
    for (const struct problem_reason *r = problem_reasons("suspend_ask"); r->code; r++)
        if (p->outcome.set && str_eq(p->outcome.v, str(r->code)))
            return say(cx, r->label);
    return p->outcome.v;
}

static Err fill(Cx *cx, const Case *p, struct problem_follow *to)
{
    struct category c;
    int s = machine_state(&problem_machine, p->state);
    TRY(category_find(cx, p->category, &c));
    to->where = public_where(cx, p);
    to->title = join(cx, to->where, category_shown(cx, &c), " ");
    to->state = (enum problem_state)s;
    to->state_code = problem_states[s].code;
    to->state_label = problem_states[s].label;
    four_steps(p, to);
    TRY(whose_turn(cx, p, &to->turn));
    TRY(clock_view(cx, p, false, &to->clock));
    to->promise_at = p->due_at.set ? p->due_at.v : 0;
    to->promise = to->clock.limit;
    if (!to->promise_at && (s == REPORTED || s == FILED))
        to->promise = limit_say(cx, c.limit);
    to->photo_before = p->photo_before.v;
    to->photo_after = p->photo_after.v;
    to->result = p->result.v;
    to->outcome = reason_said(cx, p);
    to->outcome_text = p->outcome_text.v;
    to->n_neighbours = p->n_merged;
    to->reopen_until = reopen_until(cx, p);
    TRY(photos_shown(cx, p, to));
    TRY(suspended_plan(cx, p, to));
    TRY(events_view(
        cx, p, to->follows ? READS_AS_FOLLOWER : READS_NO_PERSONS, &to->events, &to->last_hash));
    TRY(verbs_view(cx, p, IS_REPORTER, &to->verbs));
    to->can_answer = has_verb(&to->verbs, "answer");
    to->can_reopen = has_verb(&to->verbs, "reopen");
    to->can_evaluate = has_verb(&to->verbs, "evaluate");
    return OK;
}

/* Beyond a limit of the day: told plainly, or they report it again and again. */
static Err waits_for_office(Cx *cx, const Case *p, Str *why)
{
    struct screen_state s;
    TRY(screen_state(cx, p->id, &s));
    *why = machine_state(&problem_machine, p->state) == REPORTED ? s.why : (Str){0};
    return OK;
}

Err problem_follow(Cx *cx, Str code, struct problem_follow *to)
{
    char digits[13];
    Case p;
    int64_t own, me = cx->me.person;
    *to = (struct problem_follow){0};
    TRY(code_find(cx, code, digits, &own));
    to->code = str(arena_printf(&cx->mem, "%s", digits));
    to->code_shown = str(arena_printf(&cx->mem, "%.4s %.4s %.4s", digits, digits + 4, digits + 8));
    TRY(case_any(cx, own, &p));
    to->body = p.body; /* who holds the code wrote it */
    TRY(waits_for_office(cx, &p, &to->waits));
    TRY(case_root(cx, own, &p));
    to->follows = p.id != own;
    to->id = p.id;
    to->own = own;
    TRY(reporter_part(cx, &p, to));
    cx->me.person = 0; /* the code speaks, not who may be signed in */
    Err e = fill(cx, &p, to);
    cx->me.person = me;
    return e;
}

/* Homes and what stands before them: each picture is cleared by hand (domain: §2 In public). */
static bool shows_homes(Str category)
{
    return str_eq(category, S("6111")) || str_eq(category, S("6102"))
           || str_eq(category, S("6203"));
}

Err problem_shown(Cx *cx, int64_t id, struct problem_shown *to)
{
    Case p;
    struct category c;
    struct attachments all;
    TRY(case_any(cx, id, &p));
    TRY(category_find(cx, p.category, &c));
    TRY(attachment_of(cx, id, &all));
    int s = machine_state(&problem_machine, p.state);
    *to = (struct problem_shown){.where = public_where(cx, &p),
        .title = category_shown(cx, &c),
        .body = p.body_public ? p.body : (Str){0},
        .state_code = problem_states[s].code,
        .state_label = problem_states[s].label,
        .reported_at = p.reported_at,
        .n_others = p.n_merged};
    bool looked_at = p.filed_at.set && !shows_homes(p.category);
    for (size_t i = 0; i < all.n && !to->photo; i++)
        if (str_eq(all.at[i].kind, S("before")) && (all.at[i].cleared || looked_at))
            to->photo = all.at[i].id;
    return OK;
}

static Err forget_step(Cx *cx, void *arg)
{
    int64_t id = *(const int64_t *)arg;
    Case p;
    TRY(case_any(cx, id, &p));
    Err e = sql_problem_trail_reporter_erase(
        cx, &(struct sql_problem_trail_reporter_erase){.problem = id});
    if (e == ERR_CONFLICT)
        return OK; /* nothing was left, or it is gone already */
    TRY(e);
    return event_add(
        cx, &(struct event){
                .verb = "forget", .unit = p.village, .object = id, .from = p.state, .to = p.state});
}

Err problem_forget_reporter(Cx *cx, Str code)
{
    char digits[13];
    int64_t id, me = cx->me.person;
    TRY(code_find(cx, code, digits, &id));
    cx->me.person = 0;
    Err e = db_transaction(cx, forget_step, &id);
    cx->me.person = me;
    return e;
}
