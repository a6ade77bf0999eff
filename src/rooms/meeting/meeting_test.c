/* meeting_test.c — 调度会: the agenda drafts itself, a decision is a task that climbs, the next
 * meeting reads it first. */
#include "rooms/meeting/meeting.h"

#include "rooms/problem/problem_due.h"
#include "rooms/problem/problem_test.h"
#include "told.h"

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)

static Err draft(Cx *cx, const char *day, int64_t recorder, int64_t *id)
{
    sign_in(cx, OFFICE_ZHENG);
    return meeting_draft(cx,
        &(struct meeting_new){.held_on = str(day),
            .begins = S("08:30"),
            .place = S("三楼会议室"),
            .presider = COMMANDER_CHEN,
            .recorder = recorder},
        id);
}

static struct sql_meeting_items_rows items_of(Cx *cx, int64_t meeting)
{
    struct sql_meeting_items_rows rows;
    assert_int_equal(
        sql_meeting_items(cx, &(struct sql_meeting_items){.meeting = meeting, .limit = 99}, &rows),
        OK);
    return rows;
}

/* 4 h from 04-03 17:00: due 04-07 12:00; +3d is 04-10 12:00. */
static int64_t a_late_one(Cx *cx)
{
    struct problem_new in = a_problem();
    in.category = S("0102");
    cx->now = AT(4, 3, 17, 0);
    struct problem_receipt r = dispatched(cx, in);
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    return r.id;
}

static int64_t given(Cx *cx, int64_t meeting, int64_t item, const char *due)
{
    int64_t task = 0;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(meeting_decide(cx,
                         &(struct meeting_decision){.meeting = meeting,
                             .item = item,
                             .owner = DEPT_ZHAO,
                             .text = S("协调清运车，两天内清完"),
                             .due_on = str(due)},
                         &task),
        OK);
    return task;
}

static void the_agenda_has_what_is_late_and_what_waits(void **state)
{
    Cx *cx = *state;
    int64_t late = a_late_one(cx), id;
    struct problem_receipt asked = dispatched(cx, a_problem());
    DOES(cx, CADRE_SUN, asked.id, "accept", NOTHING);
    DOES(cx, CADRE_SUN, asked.id, "extend_ask", .text = TEXT("挖机坏了"),
        .until = some_i64(AT(4, 13, 17, 30)));
    cx->now = AT(4, 10, 11, 59);
    assert_int_equal(draft(cx, "2026-04-10", OFFICE_ZHENG, &id), OK);
    struct sql_meeting_items_rows rows = items_of(cx, id);
    assert_int_equal(rows.n, 1);
    assert_true(str_eq(rows.at[0].kind, S("ask")));
    cx->now = AT(4, 10, 12, 0);
    assert_int_equal(meeting_redraft(cx, id), OK);
    assert_int_equal(meeting_redraft(cx, id), OK); /* what stands there is not put twice */
    rows = items_of(cx, id);
    assert_int_equal(rows.n, 2);
    assert_true(str_eq(rows.at[1].kind, S("late")) && rows.at[1].object == late);
}

static void who_records_does_not_preside_and_others_do_not_call_it(void **state)
{
    Cx *cx = *state;
    int64_t id;
    assert_int_equal(draft(cx, "2026-06-15", COMMANDER_CHEN, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "recorder");
    sign_in(cx, DEPT_ZHAO);
    struct meeting_new in = {.held_on = S("2026-06-15"), .presider = 1, .recorder = 2};
    assert_int_equal(meeting_draft(cx, &in, &id), ERR_FORBIDDEN);
}

static void a_decision_is_a_task_that_the_next_meeting_reads_first(void **state)
{
    Cx *cx = *state;
    int64_t id, next;
    a_late_one(cx);
    cx->now = AT(4, 13, 8, 0);
    assert_int_equal(draft(cx, "2026-04-13", OFFICE_ZHENG, &id), OK);
    int64_t task = given(cx, id, items_of(cx, id).at[0].no, "2026-04-15");
    assert_true(items_of(cx, id).at[0].decision.len > 0);
    assert_int_equal(draft(cx, "2026-04-20", OFFICE_ZHENG, &next), OK);
    struct sql_meeting_items_rows rows = items_of(cx, next);
    assert_true(str_eq(rows.at[0].kind, S("task")) && rows.at[0].object == task);
    assert_true(str_eq(rows.at[1].kind, S("late")));
}

static void a_task_needs_an_owner_with_a_post_and_a_day_to_come(void **state)
{
    Cx *cx = *state;
    int64_t id, task;
    assert_int_equal(draft(cx, "2026-06-15", OFFICE_ZHENG, &id), OK);
    struct meeting_decision d = {
        .meeting = id, .owner = WITHOUT_POST_XIE, .text = S("办"), .due_on = S("2026-06-20")};
    assert_int_equal(meeting_decide(cx, &d, &task), ERR_INVALID);
    assert_string_equal(cx->why.field, "owner");
    d.owner = DEPT_ZHAO, d.due_on = S("2026-06-14");
    assert_int_equal(meeting_decide(cx, &d, &task), ERR_INVALID);
    assert_string_equal(cx->why.field, "due_on");
}

static void strikes(Cx *cx, int64_t at)
{
    cx->now = at;
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(climb_due_job(cx), OK);
    assert_int_equal(notice_deliver_job(cx), OK);
}

static void a_task_climbs_like_a_problem_to_the_minute(void **state)
{
    Cx *cx = *state;
    int64_t id;
    cx->now = AT(6, 15, 8, 0);
    assert_int_equal(draft(cx, "2026-06-15", OFFICE_ZHENG, &id), OK);
    int64_t task = given(cx, id, 0, "2026-06-16");
    const struct {
        int64_t at, person;
        const char *post;
        int n; /* rungs so far: +1d is the department's, whose head is the owner */
    } rungs[] = {
        {AT(6, 16, 17, 30), DEPT_ZHAO,      "部门负责人", 1},
        {AT(6, 18, 17, 30), LEAD_WANG,      "科级干部",    3},
        {AT(6, 22, 17, 30), OFFICE_ZHENG,   "办公室",       4}, /* 06-19 is 端午 */
        {AT(6, 24, 17, 30), COMMANDER_CHEN, "总指挥",       5},
    };
    for (size_t i = 0; i < sizeof rungs / sizeof *rungs; i++) {
        strikes(cx, rungs[i].at - 60000);
        assert_false(on_me(cx, rungs[i].person, task));
        strikes(cx, rungs[i].at);
        assert_true(on_me(cx, rungs[i].person, task));
        assert_true(in_inbox(cx, rungs[i].person, task, "到期没办完"));
        assert_int_equal(n_events(cx, task, "climb"), rungs[i].n);
        assert_true(str_has(newest_said(cx, task, "climb"), rungs[i].post));
    }
}

static void the_owner_reports_and_somebody_else_closes(void **state)
{
    Cx *cx = *state;
    int64_t id;
    Task t;
    assert_int_equal(draft(cx, "2026-06-15", OFFICE_ZHENG, &id), OK);
    int64_t task = given(cx, id, 0, "2026-06-16");
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(task_report(cx, task, S("办了")), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(task_close(cx, task, true, S("")), ERR_CONFLICT);
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(task_report(cx, task, S(" ")), ERR_INVALID);
    assert_int_equal(task_report(cx, task, S("清了三车")), OK);
    assert_int_equal(task_close(cx, task, true, S("")), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(task_close(cx, task, false, S("沟里还有")), OK);
    assert_int_equal(task_get(cx, task, &t), OK);
    assert_true(str_eq(t.state, S("open")));
    strikes(cx, AT(6, 16, 17, 30));
    assert_true(on_me(cx, DEPT_ZHAO, task));
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(task_report(cx, task, S("沟里也清了")), OK);
    assert_false(on_me(cx, DEPT_ZHAO, task));
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(task_close(cx, task, true, S("")), OK);
}

static void a_meeting_that_was_held_keeps_its_agenda(void **state)
{
    Cx *cx = *state;
    int64_t id;
    assert_int_equal(draft(cx, "2026-06-15", OFFICE_ZHENG, &id), OK);
    assert_int_equal(meeting_item_add(cx, id, S("汛期排水")), OK);
    struct meeting_held h = {.id = id, .version = 1, .minutes = S("逐项过了")};
    assert_int_equal(meeting_hold(cx, &h), ERR_INVALID);
    h.present = S("7,8,9");
    assert_int_equal(meeting_hold(cx, &h), OK);
    assert_int_equal(meeting_item_add(cx, id, S("再加一个")), ERR_CONFLICT);
    assert_int_equal(meeting_hold(cx, &h), ERR_CONFLICT);
}

static void the_group_is_who_holds_its_posts(void **state)
{
    Cx *cx = *state;
    struct holders h;
    assert_int_equal(meeting_group(cx, &h), OK);
    assert_int_equal(h.at[0].person, COMMANDER_CHEN);
    size_t all = h.n;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(meeting_group_set(cx, HAS(POST_COMMANDER) | OFFICE_POSTS), OK);
    assert_int_equal(meeting_group(cx, &h), OK);
    assert_int_equal(h.n, 3);
    assert_true(all > 3);
    assert_int_equal(meeting_group_set(cx, 0), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_agenda_has_what_is_late_and_what_waits),
        IN_TOWN(who_records_does_not_preside_and_others_do_not_call_it),
        IN_TOWN(a_decision_is_a_task_that_the_next_meeting_reads_first),
        IN_TOWN(a_task_needs_an_owner_with_a_post_and_a_day_to_come),
        IN_TOWN(a_task_climbs_like_a_problem_to_the_minute),
        IN_TOWN(the_owner_reports_and_somebody_else_closes),
        IN_TOWN(a_meeting_that_was_held_keeps_its_agenda),
        IN_TOWN(the_group_is_who_holds_its_posts),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
