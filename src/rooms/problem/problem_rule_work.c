/* problem_rule_work.c — 问题台账: from the handler to the end: guard, extend, suspend, void, feed
 * back, verify, answer, reopen, evaluate, urge, comment. */
#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"
#include "rooms/town/town.h"

enum { ROWS_MAX = 200 };

static Err pauses_of(Cx *cx, int64_t id, struct sql_problem_trail_pauses_rows *rows)
{
    return sql_problem_trail_pauses(
        cx, &(struct sql_problem_trail_pauses){.problem = id, .limit = ROWS_MAX}, rows);
}

/* The clock was stopped or moved: one row, so that the deadline's sum can be shown. */
static Err keep_pause(Cx *cx, const struct acting *a, struct sql_problem_trail_pause_new row)
{
    struct sql_problem_trail_pauses_rows rows;
    TRY(pauses_of(cx, a->p.id, &rows));
    row.problem = a->p.id;
    row.no = rows.n ? rows.at[rows.n - 1].no + 1 : 1;
    return sql_problem_trail_pause_new(cx, &row);
}

static Err open_ask(Cx *cx, const struct acting *a, struct sql_problem_trail_asks_row *ask)
{
    struct sql_problem_trail_asks_rows rows;
    TRY(sql_problem_trail_asks(
        cx, &(struct sql_problem_trail_asks){.problem = a->p.id, .limit = ROWS_MAX}, &rows));
    if (!rows.n || rows.at[rows.n - 1].decision.set)
        return fail_log(cx, ERR_INTERNAL, "problem %lld: no open ask", (long long)a->p.id);
    *ask = rows.at[rows.n - 1];
    return OK;
}

/* Whom the ask is for, who is told. */
static Err ask_of(Cx *cx, struct acting *a, enum post post, Text what)
{
    struct sql_problem_trail_asks_rows rows;
    a->to.ask_post = some_str(str(posts[post].code));
    TRY(sql_problem_trail_asks(
        cx, &(struct sql_problem_trail_asks){.problem = a->p.id, .limit = ROWS_MAX}, &rows));
    return tell_level(
        cx, &a->p, posts[post].level, what, ask_key(cx, rows.n ? rows.at[rows.n - 1].no + 1 : 1));
}

static enum limit_unit unit_of(const struct acting *a)
{
    return case_limit(&a->p).unit;
}

Err rule_guarded(Cx *cx, void *arg)
{
    struct acting *a = arg;
    int64_t last;
    a->to.guarded_at = some_i64(cx->now);
    return photos_add(cx, a->p.id, a->p.unit, "add", a->in->photo.v, &last);
}

Err rule_extend_ask(Cx *cx, void *arg)
{
    struct acting *a = arg;
    if (!clock_may_extend(a->cal, a->p.due_at.v, case_limit(&a->p), a->in->until.v))
        return fail(cx, ERR_INVALID, "until", T("要晚于现在的期限，最多再加一个时限"));
    return ask_of(cx, a, a->p.n_extensions ? POST_LEAD : POST_DEPT, T("申请延期，等您批"));
}

/* What was granted is public with the reason it was asked for, and what who granted it adds. */
static void says_why(Cx *cx, struct acting *a, Str why)
{
    a->said = join(cx, why, a->in->text.v, "；");
}

Err rule_extend_grant(Cx *cx, void *arg)
{
    struct acting *a = arg;
    struct sql_problem_trail_asks_row ask;
    TRY(open_ask(cx, a, &ask));
    TRY(keep_pause(cx, a,
        (struct sql_problem_trail_pause_new){
            .kind = S("extend"),
            .from_at = a->p.due_at.v,
            .to_at = ask.until_at,
            .reason = ask.text,
        }));
    a->to.due_at = ask.until_at;
    a->to.n_extensions++;
    says_why(cx, a, ask.text);
    a->new_clock = true;
    return tell(cx, ask.asked_by, &a->p, T("同意延期"), NULL);
}

Err rule_suspend_ask(Cx *cx, void *arg)
{
    struct acting *a = arg;
    int64_t day, today = day_of(cx->now), most = town_setting(cx, "suspend_max_days", 90);
    if (!day_parse(a->in->review_on.v, &day) || day <= today || day > today + most)
        return fail_say(cx, ERR_INVALID, "review_on",
            say_n(cx, T("再看的日子要在今天以后、{n} 天以内，例如 2026-06-30"), most));
    bool third = a->p.n_suspensions >= town_setting(cx, "suspend_max", 2);
    return ask_of(cx, a, third ? POST_COMMANDER : POST_OFFICE, T("申请挂账，等您批"));
}

Err rule_suspend_grant(Cx *cx, void *arg)
{
    struct acting *a = arg;
    struct sql_problem_trail_asks_row ask;
    int64_t day;
    TRY(open_ask(cx, a, &ask));
    if (!day_parse(ask.review_on.v, &day))
        return fail_log(cx, ERR_INTERNAL, "problem %lld: review_on", (long long)a->p.id);
    TRY(keep_pause(cx, a,
        (struct sql_problem_trail_pause_new){
            .kind = S("suspend"),
            .from_at = cx->now,
            .left_ms = clock_between(a->cal, unit_of(a), cx->now, a->p.due_at.v),
            .reason = ask.reason,
            .plan = ask.plan,
            .review_on = ask.review_on,
        }));
    a->to.n_suspensions++;
    says_why(cx, a, ask.plan);
    a->to.outcome = some_str(ask.reason);
    a->to.outcome_text = some_str(ask.plan);
    a->to.next_at = day_start(day);
    TRY(sql_problem_trail_watch(
        cx, &(struct sql_problem_trail_watch){
                .problem = a->p.id, .kind = S("review"), .at = day_start(day)}));
    return tell(cx, ask.asked_by, &a->p, T("同意挂账"), NULL);
}

/* The clock goes on with the time that was left; one that was late already stays late. */
Err rule_resume(Cx *cx, void *arg)
{
    struct acting *a = arg;
    struct sql_problem_trail_pauses_rows rows;
    TRY(pauses_of(cx, a->p.id, &rows));
    if (!rows.n || rows.at[rows.n - 1].to_at.set)
        return fail_log(cx, ERR_INTERNAL, "problem %lld: no open pause", (long long)a->p.id);
    const struct sql_problem_trail_pauses_row *pause = &rows.at[rows.n - 1];
    TRY(sql_problem_trail_pause_end(
        cx, &(struct sql_problem_trail_pause_end){.problem = a->p.id, .no = pause->no}));
    TRY(sql_problem_trail_unwatch(
        cx, &(struct sql_problem_trail_unwatch){.problem = a->p.id, .kind = S("review")}));
    if (pause->left_ms)
        a->to.due_at = some_i64(clock_after(a->cal, unit_of(a), cx->now, pause->left_ms));
    a->to.outcome = a->to.outcome_text = (OptStr){0};
    a->new_clock = true;
    return tell(cx, a->p.handler.v, &a->p, T("挂账到期，请接着办"), NULL);
}

Err rule_void_ask(Cx *cx, void *arg)
{
    return ask_of(cx, arg, POST_LEAD, T("申请作废，等您批"));
}

Err rule_void_grant(Cx *cx, void *arg)
{
    struct acting *a = arg;
    struct sql_problem_trail_asks_row ask;
    TRY(open_ask(cx, a, &ask));
    TRY(holder_end(cx, a, false));
    says_why(cx, a, ask.text);
    a->to.outcome = some_str(S("void"));
    a->to.outcome_text = some_str(ask.text);
    return tell(cx, ask.asked_by, &a->p, T("同意作废"), NULL);
}

Err rule_refuse(Cx *cx, void *arg)
{
    struct acting *a = arg;
    return tell(cx, a->p.asked_by.v, &a->p, T("申请没有批准"), NULL);
}

/* Working time from the dispatch to the last feed back, without pauses. */
static Err work_time(Cx *cx, struct acting *a)
{
    struct sql_problem_trail_pauses_rows rows;
    struct sql_problem_move *to = &a->to;
    if (!to->dispatched_at.set)
        return OK;
    TRY(pauses_of(cx, a->p.id, &rows));
    int64_t ms = work_between(a->cal, to->dispatched_at.v, to->handled_at.v);
    for (size_t i = 0; i < rows.n; i++)
        if (rows.at[i].to_at.set && !str_eq(rows.at[i].kind, S("extend")))
            ms -= work_between(a->cal, rows.at[i].from_at, rows.at[i].to_at.v);
    to->work_ms = some_i64(ms > 0 ? ms : 0);
    return OK;
}

Err rule_feed_back(Cx *cx, void *arg)
{
    struct acting *a = arg;
    int64_t last;
    a->to.handled_at = some_i64(cx->now);
    if (!a->to.accepted_at.set)
        a->to.accepted_at = some_i64(cx->now);
    a->to.result = a->in->text;
    a->to.answer = (OptStr){0};
    TRY(work_time(cx, a));
    TRY(photos_add(cx, a->p.id, a->p.unit, "after", a->in->photo.v, &last));
    if (last)
        a->to.photo_after = some_i64(last);
    return holder_end(cx, a, true);
}

static Err photos_of_check(Cx *cx, const struct acting *a)
{
    int64_t last;
    return photos_add(cx, a->p.id, a->p.unit, "check", a->in->photo.v, &last);
}

static void close_it(Cx *cx, struct acting *a)
{
    a->to.closed_at = some_i64(cx->now);
    if (cx->me.person)
        a->to.verifier = some_i64(cx->me.person);
}

Err rule_pass(Cx *cx, void *arg)
{
    struct acting *a = arg;
    if (a->p.severity >= 2 && !a->in->photo.v.len && !(a->posts & IS_RULE))
        return fail(cx, ERR_INVALID, "photo", T("较重的问题，核查要有自己拍的照片"));
    close_it(cx, a);
    TRY(photos_of_check(cx, a));
    return tell(cx, a->p.handler.v, &a->p, T("核查通过，已结案"), NULL);
}

/* What the waiting for the verification took is given back; the same handler goes on. */
static Err back_to_work(Cx *cx, struct acting *a)
{
    struct holder h;
    enum limit_unit unit = unit_of(a);
    if (!a->p.due_at.set) { /* mended on the spot: its clock begins now */
        a->to.start_at = some_i64(cx->now);
        a->to.limit_n = some_i64(a->category.limit.n);
        char *u = arena_copy(&cx->mem, &(char){(char)a->category.limit.unit}, 1);
        a->to.limit_unit = some_str((Str){u, 1});
        a->to.due_at = some_i64(limit_due(a->cal, cx->now, a->category.limit));
    } else {
        TRY(keep_pause(cx, a,
            (struct sql_problem_trail_pause_new){
                .kind = S("rework"),
                .from_at = a->p.handled_at.v,
                .to_at = some_i64(cx->now),
                .reason = a->in->text.v,
            }));
        a->to.due_at = some_i64(clock_given_back(a->cal, unit, a->p.due_at.v, a->p.handled_at.v,
            cx->now, town_setting(cx, "fail_hours", 4)));
    }
    a->to.state = S("handling");
    a->to.rework++;
    a->to.drawn = 0;
    a->to.handled_at = (OptI64){0};
    a->new_clock = true;
    if (handler_find(cx, &a->p, a->p.handler.v, &h) == OK)
        TRY(handler_set(cx, a, &h));
    memset(&cx->why, 0, sizeof cx->why);
    return tell(cx, a->p.handler.v, &a->p, T("核查没通过，请重新办"), NULL);
}

Err rule_fail(Cx *cx, void *arg)
{
    struct acting *a = arg;
    TRY(photos_of_check(cx, a));
    return back_to_work(cx, a);
}

/* One in ten of those that residents pass is still looked at. */
static bool is_drawn(Cx *cx)
{
    uint32_t dice;
    secret_random(&dice, sizeof dice);
    return dice % 100 < (uint32_t)town_setting(cx, "draw_percent", 10);
}

/* A resident's word decides a light matter, unless its handler entered the report. */
static bool answer_decides(const struct acting *a)
{
    bool by_handler = a->p.entered_for && a->p.handler.set && a->p.created_by == a->p.handler.v;
    return !a->follower && !by_handler && a->p.severity == 1 && !a->p.drawn
           && str_eq(a->p.state, S("handled"));
}

static Err reporter_said(Cx *cx, const struct acting *a, OptStr answer, OptStr evaluation)
{
    struct sql_problem_trail_reporter_row r;
    int64_t own = a->own ? a->own : a->p.id;
    TRY(sql_problem_trail_reporter(cx, &(struct sql_problem_trail_reporter){.problem = own}, &r));
    return sql_problem_trail_reporter_said(
        cx, &(struct sql_problem_trail_reporter_said){.problem = own,
                .answer = answer.set ? answer : r.answer,
                .evaluation = evaluation.set ? evaluation : r.evaluation});
}

static Str option_word(const char *form_field, Str code)
{
    const struct field *f = field_named(problem_form, str(form_field));
    for (const struct option *o = f->options; o->code; o++)
        if (str_eq(code, str(o->code)))
            return str(o->label.zh);
    return code;
}

Err rule_answer(Cx *cx, void *arg)
{
    struct acting *a = arg;
    int64_t last;
    Str word = option_word("answer", a->in->answer.v);
    a->said = str(arena_printf(&cx->mem, "%.*s%s%.*s", (int)word.len, word.at,
        a->in->text.v.len ? "：" : "", (int)a->in->text.v.len, a->in->text.v.at));
    TRY(reporter_said(cx, a, a->in->answer, (OptStr){0}));
    TRY(photos_add(cx, a->p.id, a->p.unit, "add", a->in->photo.v, &last));
    TRY(tell(cx, a->p.handler.v, &a->p, T("群众有答复"), NULL));
    if (a->follower)
        return OK;
    a->to.answer = a->in->answer;
    if (!answer_decides(a))
        return OK;
    if (str_eq(a->in->answer.v, S("not")))
        return back_to_work(cx, a);
    if (!str_eq(a->in->answer.v, S("solved")))
        return OK;
    if (is_drawn(cx)) {
        a->to.drawn = 1;
        return OK;
    }
    a->to.state = S("closed");
    a->to.told_at = some_i64(cx->now); /* they said it themselves */
    close_it(cx, a);
    return OK;
}

/* Half of the limit, from now; the same handler while they still may. */
Err rule_reopen(Cx *cx, void *arg)
{
    struct acting *a = arg;
    struct sql_problem_move *to = &a->to;
    struct time_limit limit = case_limit(&a->p);
    struct holder h;
    int64_t last;
    limit = limit_half(limit.n ? limit : a->category.limit);
    to->start_at = some_i64(cx->now);
    to->due_at = some_i64(limit_due(a->cal, cx->now, limit));
    to->limit_n = some_i64(limit.n);
    to->limit_unit = some_str((Str){arena_copy(&cx->mem, &(char){(char)limit.unit}, 1), 1});
    to->closed_at = to->handled_at = to->told_at = to->accepted_at = (OptI64){0};
    if (a->category.guard_u) { /* the danger is there again */
        to->guard_at = some_i64(cx->now + a->category.guard_u * 3600 * 1000);
        to->guarded_at = (OptI64){0};
    }
    to->n_reopens++;
    to->rework++;
    to->drawn = 0;
    if (a->posts & IS_REPORTER)
        to->answer = some_str(S("not"));
    a->new_clock = true;
    TRY(photos_add(cx, a->p.id, a->p.unit, "add", a->in->photo.v, &last));
    if (handler_find(cx, &a->p, a->p.handler.v, &h) != OK) {
        struct holders at;
        memset(&cx->why, 0, sizeof cx->why);
        TRY(duty_level(cx, a->p.unit, a->p.office_only ? 5 : 2, &at));
        if (!at.n)
            return fail(cx, ERR_CONFLICT, "verb", T("现在没有人能承办，请联系办公室"));
        h = at.at[0];
    }
    TRY(handler_set(cx, a, &h));
    return tell(cx, h.person, &a->p, T("要求重办，请接单"), NULL);
}

Err rule_evaluate(Cx *cx, void *arg)
{
    struct acting *a = arg;
    Str word = option_word("evaluation", a->in->evaluation.v);
    a->said = str(arena_printf(&cx->mem, "%.*s%s%.*s", (int)word.len, word.at,
        a->in->text.v.len ? "：" : "", (int)a->in->text.v.len, a->in->text.v.at));
    if (!a->follower)
        a->to.evaluation = a->in->evaluation;
    return reporter_said(cx, a, (OptStr){0}, a->in->evaluation);
}

/* By telephone, message or at the door; who opens the receipt's page is told by that. */
Err rule_told(Cx *cx, void *arg)
{
    struct acting *a = arg;
    a->to.told_at = some_i64(cx->now);
    TRY(reporters_told(cx, a->p.id));
    return sql_problem_trail_unwatch(
        cx, &(struct sql_problem_trail_unwatch){.problem = a->p.id, .kind = S("step")});
}

Err rule_urge(Cx *cx, void *arg)
{
    struct acting *a = arg;
    struct holders at;
    Err e = sql_problem_trail_urge(
        cx, &(struct sql_problem_trail_urge){.problem = a->p.id, .day = day_of(cx->now)});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "verb", T("今天已经催过，一天一次"));
    TRY(e);
    if (a->p.handler.set)
        return tell(cx, a->p.handler.v, &a->p, T("催办"), NULL);
    TRY(duty_holders(cx, a->p.unit, HAS(post_named(a->p.turn.at, a->p.turn.len)), &at));
    for (size_t i = 0; i < at.n; i++)
        TRY(tell(cx, at.at[i].person, &a->p, T("催办"), NULL));
    return OK;
}

Err rule_comment(Cx *cx, void *arg)
{
    struct acting *a = arg;
    int64_t last;
    TRY(photos_add(cx, a->p.id, a->p.unit, "add", a->in->photo.v, &last));
    return tell(cx, a->p.handler.v, &a->p,
        a->posts & IS_REPORTER ? T("上报人补充了情况") : T("有新的留言"), NULL);
}
