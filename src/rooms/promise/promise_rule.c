/* promise_rule.c — 承诺: what the table of steps cannot say, and the clock. */
#include "base/day.h"
#include "rooms/duty/duty.h"
#include "rooms/notice/notice.h"
#include "rooms/promise/promise_inner.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

#include <inttypes.h>

enum { BATCH = 200, CHANGES_MAX = 100, RUNGS = 4 };

int64_t promise_over_at(Str due_on)
{
    int64_t day = 0;
    return day_parse(due_on, &day) ? day_start(day + 1) : 0;
}

Err promise_tell(Cx *cx, const Promise *p, int level, Text what, const char *key)
{
    struct holders h;
    TRY(duty_level(cx, p->unit, level, &h));
    for (size_t i = 0; i < h.n; i++)
        if (h.at[i].person != cx->me.person)
            TRY(notice_add(cx, &(struct notice){.to = h.at[i].person,
                                   .say = what,
                                   .about = p->text,
                                   .object = p->id,
                                   .path = str(arena_printf(&cx->mem, "/promises/%" PRId64, p->id)),
                                   .key = key}));
    return OK;
}

/* The clock begins when the day is over; a promise that comes back late begins at once. */
static void watch(struct promising *a)
{
    a->to.rung = 0;
    a->to.next_at = some_i64(promise_over_at(a->to.due_on));
}

Err promise_rule_publish(Cx *cx, void *arg)
{
    struct promising *a = arg;
    if (a->p.made_by == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("自己写的承诺，要由另一人同意亮出"));
    a->to.public_at = some_i64(cx->now);
    watch(a);
    return promise_tell(cx, &a->p, 2, T("承诺已亮出"), NULL);
}

/* Nobody has promised anything yet: the words are free again, the log keeps that they were there.
 */
Err promise_rule_withdraw(Cx *cx, void *arg)
{
    struct promising *a = arg;
    a->to.end_text = a->in->text;
    return promise_tell(cx, &a->p, 4, T("等您同意的承诺撤回了"), NULL);
}

Err promise_rule_change(Cx *cx, void *arg)
{
    struct promising *a = arg;
    const struct promise_fields *in = a->in;
    struct sql_promise_changes_rows past;
    Str today = town_today(cx);
    if (promise_late(cx, &a->p))
        return fail(
            cx, ERR_CONFLICT, NULL, T("期限已经过了，不能再改；请报完成，或由包村部门认定"));
    if (!in->words.set && !in->goal.set && !in->due_on.set)
        return fail(cx, ERR_INVALID, "words", T("请写明改哪一项"));
    if (in->goal.set && !str_eq(a->p.measure, S("number")))
        return fail(cx, ERR_INVALID, "goal", T("看办没办成的承诺不填数字"));
    if (in->due_on.set && memcmp(in->due_on.v.at, today.at, 10) < 0)
        return fail(cx, ERR_INVALID, "due_on", T("期限已经过了"));
    TRY(sql_promise_changes(
        cx, &(struct sql_promise_changes){.promise = a->p.id, .limit = CHANGES_MAX}, &past));
    TRY(sql_promise_change_add(cx, &(struct sql_promise_change_add){.promise = a->p.id,
                                       .no = (int64_t)past.n + 1,
                                       .old_text = a->p.text,
                                       .old_goal = a->p.goal,
                                       .old_due_on = a->p.due_on,
                                       .note = in->text.v}));
    if (in->words.set)
        TRY(promise_words_free(cx, a->p.unit, in->words.v, a->p.id));
    if (in->words.set)
        a->to.text = in->words.v;
    if (in->goal.set)
        a->to.goal = in->goal;
    if (in->due_on.set)
        a->to.due_on = in->due_on.v;
    watch(a);
    return promise_tell(cx, &a->p, 4, T("承诺改了，旧的内容留着"), NULL);
}

Err promise_rule_claim(Cx *cx, void *arg)
{
    struct promising *a = arg;
    bool number = str_eq(a->p.measure, S("number"));
    if (number && !a->in->result.set)
        return fail(cx, ERR_INVALID, "result", T("请填写做到的数"));
    if (!number && a->in->result.set)
        return fail(cx, ERR_INVALID, "result", T("看办没办成的承诺不填数字"));
    if (number && a->p.goal.set && a->in->result.v < a->p.goal.v)
        return fail_say(cx, ERR_INVALID, "result",
            say_s(cx, T("还没到承诺的 {s}"), promise_measure_text(cx, &a->p, a->p.goal)));
    a->to.claimed_at = some_i64(cx->now);
    a->to.claimed_by = some_i64(cx->me.person);
    a->to.claim_text = a->in->text;
    a->to.result = a->in->result;
    a->to.evidence = a->in->evidence;
    a->to.next_at = (OptI64){0};
    return promise_tell(cx, &a->p, 3, T("有承诺报完成，等您看佐证"), NULL);
}

static Err by_another(Cx *cx, const struct promising *a)
{
    return a->p.claimed_by.set && a->p.claimed_by.v == cx->me.person
               ? fail(cx, ERR_FORBIDDEN, NULL, T("自己报的完成，要由另一人确认"))
               : OK;
}

Err promise_rule_confirm(Cx *cx, void *arg)
{
    struct promising *a = arg;
    TRY(by_another(cx, a));
    a->to.confirmed_at = some_i64(cx->now);
    a->to.confirmed_by = some_i64(cx->me.person);
    a->to.end_text = a->in->text;
    return promise_tell(cx, &a->p, 2, T("承诺已确认兑现"), NULL);
}

Err promise_rule_send_back(Cx *cx, void *arg)
{
    struct promising *a = arg;
    TRY(by_another(cx, a));
    watch(a);
    return promise_tell(cx, &a->p, 2, T("承诺退回来了，请看原因"), NULL);
}

Err promise_rule_miss(Cx *cx, void *arg)
{
    struct promising *a = arg;
    TRY(by_another(cx, a));
    if (promise_over_at(a->p.due_on) > cx->now)
        return fail(cx, ERR_CONFLICT, NULL, T("期限还没到，不能认定未兑现"));
    a->to.confirmed_at = some_i64(cx->now);
    a->to.confirmed_by = some_i64(cx->me.person);
    a->to.end_text = a->in->text;
    a->to.next_at = (OptI64){0};
    return promise_tell(cx, &a->p, 2, T("承诺认定为未兑现"), NULL);
}

/* --- 逐级提醒: the secretary when the day is over, L3, L4 and the office one working day after the
 * other.  The rung that was read stands in the guarded update: two runners do not both tell. */

static Err climb_step(Cx *cx, void *arg)
{
    static const struct {
        int level;
        Text say;
    } rungs[RUNGS] = {
        {2, T("承诺到期了，还没有报完成")},
        {3, T("承诺到期没有兑现")            },
        {4, T("承诺到期没有兑现")            },
        {5, T("承诺到期没有兑现")            },
    };
    const int64_t *id = arg;
    struct sql_promise_any_row row;
    const struct calendar *cal;
    Promise p;
    TRY(sql_promise_any(cx, &(struct sql_promise_any){*id}, &row));
    memcpy(&p, &row, sizeof p);
    if (!p.next_at.set || p.next_at.v > cx->now || p.rung >= RUNGS)
        return OK; /* moved meanwhile */
    TRY(town_calendar(cx, &cal));
    int64_t over = promise_over_at(p.due_on), rung = p.rung;
    OptI64 next = rung + 1 < RUNGS ? some_i64(work_days_after(cal, over, rung + 1)) : (OptI64){0};
    TRY(sql_promise_climb(cx,
        &(struct sql_promise_climb){.id = p.id, .was = rung, .rung = rung + 1, .next_at = next}));
    TRY(event_add(cx, &(struct event){.verb = "promise_climb",
                          .unit = p.unit,
                          .object = p.id,
                          .from = p.state,
                          .to = p.state}));
    return promise_tell(cx, &p, rungs[rung].level, rungs[rung].say,
        arena_printf(&cx->mem, "late %" PRId64 " %" PRId64, rung, over));
}

Err promise_watch_job(Cx *cx)
{
    struct sql_promise_late_rows r;
    TRY(sql_promise_late(cx, &(struct sql_promise_late){.limit = BATCH}, &r));
    for (size_t i = 0; i < r.n; i++)
        TRY(db_transaction(cx, climb_step, &r.at[i].id));
    return OK;
}
