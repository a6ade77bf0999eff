/* duty_handover_web_test.c — 交接 over the whole house: what stands in the list, the three who
 * confirm, who objects, and what the new holder has on the first day. */
#include "web_town.h"

#include "rooms/duty/duty_test.h"
#include "rooms/meeting/meeting.h"
#include "rooms/oversee/oversee.h"
#include "rooms/problem/problem_due.h"
#include "rooms/problem/problem_test.h"
#include "rooms/promise/promise.h"
#include "store/db.h"
#include "told.h"

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)
enum { NEXT = WITHOUT_POST_XIE };

struct held {
    int64_t problem, task, handover;
};

static Err promise_step(Cx *cx, void *arg)
{
    Promise *p = arg;
    p->id = new_id(cx);
    return promise_add(cx, p);
}

static void promised(Cx *cx)
{
    Promise p = {.unit = NANWANG,
        .village = NANWANG,
        .text = S("汛期前清淤两条沟"),
        .measure = S("fact"),
        .due_on = S("2026-06-01")};
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(db_transaction(cx, promise_step, &p), OK);
}

/* 4 h from 04-03 17:00: a sheet on 04-10 at 12:00. */
static int64_t late_problem(Cx *cx)
{
    struct problem_new in = a_problem();
    in.category = S("0102");
    cx->now = AT(4, 3, 17, 0);
    int64_t id = reported(cx, in).id;
    DOES(cx, OFFICE_ZHENG, id, "file", NOTHING);
    DOES(cx, OFFICE_ZHENG, id, "dispatch", .handler = some_i64(SECRETARY_QIAN));
    DOES(cx, SECRETARY_QIAN, id, "accept", NOTHING);
    DOES(cx, SECRETARY_QIAN, id, "suspend_ask", .reason = TEXT("money"), .text = TEXT("等经费"),
        .plan = TEXT("四月底前请人清"), .review_on = TEXT("2026-05-08"));
    cx->now = AT(4, 10, 12, 0);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_watch_job(cx), OK);
    assert_int_equal(oversee_job(cx), OK);
    return id;
}

static int64_t given(Cx *cx)
{
    int64_t meeting, task;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(
        meeting_draft(cx,
            &(struct meeting_new){
                .held_on = S("2026-04-10"), .presider = COMMANDER_CHEN, .recorder = OFFICE_ZHENG},
            &meeting),
        OK);
    assert_int_equal(meeting_decide(cx,
                         &(struct meeting_decision){.meeting = meeting,
                             .owner = SECRETARY_QIAN,
                             .text = S("修好村口的沟"),
                             .due_on = S("2026-04-20")},
                         &task),
        OK);
    return task;
}

/* 谢 takes the secretary's post on Monday 04-13; all that a secretary can hold is there. */
static struct held handed(Cx *cx, const char *from_on)
{
    struct held h = {.problem = late_problem(cx)};
    struct appointment_new in = term(NEXT, POST_SECRETARY, NANWANG, from_on);
    struct handovers all;
    promised(cx);
    h.task = given(cx);
    in.replaces = seat_of(cx, SECRETARY_QIAN, POST_SECRETARY);
    appoint(cx, in);
    assert_int_equal(duty_handovers(cx, &all), OK);
    assert_int_equal(all.n, 1);
    h.handover = all.at[0].id;
    return h;
}

static const char *page_of(Cx *cx, int64_t handover, const char *more)
{
    return arena_printf(&cx->mem, "/handover/%lld%s", (long long)handover, more);
}

static void lists_all(Cx *cx, int64_t who, int64_t handover)
{
    struct web_answer a = web_page(cx, who, page_of(cx, handover, ""));
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "暴露垃圾"));
    assert_true(web_body_has(&a, "申请挂账")); /* what was asked */
    assert_true(web_body_has(&a, "修好村口的沟"));
    assert_true(web_body_has(&a, "汛期前清淤两条沟"));
    assert_true(web_body_has(&a, "督〔2026〕1号"));
}

static void the_list_has_all_that_the_post_holds_before_and_after_it_moved(void **state)
{
    Cx *cx = *state;
    struct held h = handed(cx, "2026-04-13");
    lists_all(cx, SECRETARY_QIAN, h.handover);
    lists_all(cx, DEPT_ZHAO, h.handover);
    assert_int_equal(web_page(cx, CADRE_SUN, page_of(cx, h.handover, "")).status, 403);
    cx->now = AT(4, 13, 0, 0);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(duty_job(cx), OK);
    lists_all(cx, NEXT, h.handover);
    lists_all(cx, DEPT_ZHAO, h.handover);
}

static void the_work_and_what_has_climbed_go_to_the_new_holder(void **state)
{
    Cx *cx = *state;
    struct held h = handed(cx, "2026-04-13");
    int64_t due = the_case(cx, h.problem).due_at.v;
    Task t;
    assert_true(on_me(cx, SECRETARY_QIAN, h.problem));
    cx->now = AT(4, 13, 0, 0);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(duty_job(cx), OK);
    assert_int_equal(notice_deliver_job(cx), OK);
    assert_int_equal(the_case(cx, h.problem).handler.v, NEXT);
    assert_int_equal(the_case(cx, h.problem).due_at.v, due);
    assert_true(the_case(cx, h.problem).ask.set);
    assert_false(on_me(cx, SECRETARY_QIAN, h.problem));
    assert_true(on_me(cx, NEXT, h.problem));
    sign_in(cx, NEXT);
    assert_int_equal(task_get(cx, h.task, &t), OK);
    assert_int_equal(t.owner, NEXT);
    assert_true(str_eq(t.due_on, S("2026-04-20")));
    struct web_answer a = web_page(cx, NEXT, "/me");
    assert_true(web_body_has(&a, "修好村口的沟"));
    /* and the clock asks the new one */
    cx->now = AT(4, 20, 17, 30);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(climb_due_job(cx), OK);
    assert_true(on_me(cx, NEXT, h.task));
    assert_false(on_me(cx, SECRETARY_QIAN, h.task));
}

static void it_is_open_until_three_different_people_have_confirmed(void **state)
{
    Cx *cx = *state;
    struct held h = handed(cx, "2026-04-13");
    const char *confirm = page_of(cx, h.handover, "/confirm");
    static const int64_t three[] = {SECRETARY_QIAN, NEXT, DEPT_ZHAO};
    assert_int_equal(notice_deliver_job(cx), OK);
    assert_true(in_inbox(cx, SECRETARY_QIAN, h.handover, "确认交接清单"));
    assert_true(in_inbox(cx, NEXT, h.handover, "您将接任"));
    assert_true(in_inbox(cx, DEPT_ZHAO, h.handover, "请监交"));
    assert_int_equal(web_form(cx, LEAD_WANG, confirm, (struct pairs){0}).status, 403);
    for (size_t i = 0; i < 3; i++) {
        struct web_answer a = web_page(cx, three[i], page_of(cx, h.handover, ""));
        assert_true(web_body_has(&a, "还没有三方都确认"));
        assert_int_equal(web_form(cx, three[i], confirm, (struct pairs){0}).status, 303);
    }
    struct web_answer a = web_page(cx, DEPT_ZHAO, page_of(cx, h.handover, ""));
    assert_true(web_body_has(&a, "三方都已确认"));
}

/* The department head takes the village: the witness is a level further up, and is another person.
 */
static void who_takes_over_does_not_witness(void **state)
{
    Cx *cx = *state;
    struct appointment_new in = term(DEPT_ZHAO, POST_SECRETARY, NANWANG, "2026-06-20");
    struct handovers all;
    in.replaces = seat_of(cx, SECRETARY_QIAN, POST_SECRETARY);
    appoint(cx, in);
    assert_int_equal(duty_handovers(cx, &all), OK);
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(duty_handover_confirm(cx, all.at[0].id), OK);
    assert_int_equal(duty_handover_confirm(cx, all.at[0].id), ERR_CONFLICT);
    sign_in(cx, LEAD_WANG);
    assert_int_equal(duty_handover_confirm(cx, all.at[0].id), OK);
    struct handover h;
    assert_int_equal(duty_handover_find(cx, all.at[0].id, &h), OK);
    assert_int_equal(h.witness.v, LEAD_WANG);
    assert_false(h.old_at.set);
}

static void nobody_hands_over_to_themselves(void **state)
{
    Cx *cx = *state;
    struct appointment_new in = term(SECRETARY_QIAN, POST_SECRETARY, NANWANG, "2026-06-20");
    int64_t id;
    in.replaces = seat_of(cx, SECRETARY_QIAN, POST_SECRETARY);
    assert_int_equal(duty_appoint(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "replaces");
}

static void who_objects_is_heard_and_the_work_moves_all_the_same(void **state)
{
    Cx *cx = *state;
    struct held h = handed(cx, "2026-04-13");
    const char *object = page_of(cx, h.handover, "/object");
    struct pair nothing[] = {
        {S("body"), S(" ")}
    };
    struct pair words[] = {
        {S("body"), S("村部的钥匙少一把")},
        {S("key"),  S("abcdefghijklmnopqrstuv")  }
    };
    assert_int_equal(web_form(cx, CADRE_SUN, object, (struct pairs){words, 2}).status, 403);
    assert_int_equal(web_form(cx, NEXT, object, (struct pairs){nothing, 1}).status, 422);
    for (int i = 0; i < 2; i++) /* the same form once more */
        assert_int_equal(web_form(cx, NEXT, object, (struct pairs){words, 2}).status, 303);
    struct handover_notes notes;
    assert_int_equal(duty_handover_notes(cx, h.handover, &notes), OK);
    assert_int_equal(notes.n, 1);
    assert_int_equal(n_events(cx, h.handover, "handover_object"), 1);
    assert_int_equal(notice_deliver_job(cx), OK);
    static const int64_t told[] = {SECRETARY_QIAN, DEPT_ZHAO, OFFICE_ZHENG};
    for (size_t i = 0; i < 3; i++)
        assert_true(in_inbox(cx, told[i], h.handover, "异议"));
    struct web_answer a = web_page(cx, SECRETARY_QIAN, page_of(cx, h.handover, ""));
    assert_true(web_body_has(&a, "村部的钥匙少一把"));
    cx->now = AT(4, 13, 0, 0);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(duty_job(cx), OK);
    assert_int_equal(the_case(cx, h.problem).handler.v, NEXT);
    sign_in(cx, NEXT);
    assert_int_equal(duty_handover_confirm(cx, h.handover), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(the_list_has_all_that_the_post_holds_before_and_after_it_moved),
        ON_THE_WEB(the_work_and_what_has_climbed_go_to_the_new_holder),
        ON_THE_WEB(it_is_open_until_three_different_people_have_confirmed),
        ON_THE_WEB(who_takes_over_does_not_witness),
        ON_THE_WEB(nobody_hands_over_to_themselves),
        ON_THE_WEB(who_objects_is_heard_and_the_work_moves_all_the_same),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
