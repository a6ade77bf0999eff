/* morning_test.c — 晨报: written once at 07:30, from 17:30 on; asks decided by who may. */
#include "rooms/morning/morning.h"

#include "rooms/notice/notice.h"
#include "rooms/problem/problem_office.h"
#include "rooms/problem/problem_test.h"

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)

static Err written(Cx *cx, int64_t at, struct sql_morning_find_row *row)
{
    cx->now = at;
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(morning_job(cx), OK);
    return morning_of(cx, S("2026-06-16"), row);
}

static void it_is_written_at_half_past_seven_and_once(void **state)
{
    Cx *cx = *state;
    struct sql_morning_find_row row;
    cx->now = AT(6, 15, 17, 29);
    reported(cx, a_problem()); /* before it began */
    cx->now = AT(6, 15, 17, 30);
    reported(cx, a_problem());
    assert_int_equal(written(cx, AT(6, 16, 7, 29), &row), ERR_NOT_FOUND);
    assert_int_equal(written(cx, AT(6, 16, 7, 30), &row), OK);
    assert_int_equal(row.since_at, AT(6, 15, 17, 30));
    assert_int_equal(row.n_reported, 1);
    assert_int_equal(row.n_open, 2);
    assert_int_equal(row.n_waiting, 2);
    reported(cx, a_problem());
    assert_int_equal(written(cx, AT(6, 16, 7, 50), &row), OK);
    assert_int_equal(row.n_reported, 1); /* what was written stays */
}

static void the_leading_group_is_told_and_nobody_twice(void **state)
{
    Cx *cx = *state;
    struct sql_morning_find_row row;
    int64_t n;
    assert_int_equal(written(cx, AT(6, 16, 7, 30), &row), OK);
    assert_int_equal(written(cx, AT(6, 16, 7, 31), &row), OK);
    assert_int_equal(notice_deliver_job(cx), OK);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(notice_unread(cx, &n), OK);
    assert_int_equal(n, 1);
    sign_in(cx, CADRE_SUN);
    assert_int_equal(notice_unread(cx, &n), OK);
    assert_int_equal(n, 0);
}

static void only_who_may_decide_has_the_ask_in_the_list(void **state)
{
    Cx *cx = *state;
    struct problem_ask_rows asks;
    struct problem_receipt r = dispatched(cx, a_problem());
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("挖机坏了"),
        .until = some_i64(AT(6, 23, 17, 30)));
    sign_in(cx, CADRE_SUN);
    assert_int_equal(problem_asks_of_me(cx, &asks), OK);
    assert_int_equal(asks.n, 0);
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(problem_asks_of_me(cx, &asks), OK);
    assert_int_equal(asks.n, 1);
    struct problem_decision d = {
        .id = r.id, .version = asks.at[0].version, .about = asks.at[0].about};
    assert_int_equal(problem_decide(cx, &d), ERR_INVALID); /* a refusal says why */
    sign_in(cx, CADRE_SUN);
    d.grants = true;
    assert_int_equal(problem_decide(cx, &d), ERR_FORBIDDEN); /* who asked does not decide */
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(problem_decide(cx, &d), OK);
    assert_int_equal(problem_asks_of_me(cx, &asks), OK);
    assert_int_equal(asks.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(it_is_written_at_half_past_seven_and_once),
        IN_TOWN(the_leading_group_is_told_and_nobody_twice),
        IN_TOWN(only_who_may_decide_has_the_ask_in_the_list),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
