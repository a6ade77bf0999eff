/* duty_handover_test.c — gaps that climb, posts that change hands, work that passes on. */
#include "rooms/duty/duty_test.h"

#include "jobs/jobs.h"
#include "rooms/climb/climb.h"
#include "rooms/notice/notice.h"

/* --- gaps --- */

static const struct seats *row_of(const struct gap_board *b, int64_t unit)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->at[i].unit == unit && b->at[i].place == 0)
            return &b->at[i];
    return NULL;
}

static void the_gap_board_says_who_is_missing_and_since_when(void **state)
{
    Cx *cx = *state;
    struct gap_board before, b;

    assert_int_equal(duty_gaps(cx, &before), OK);
    assert_int_equal(row_of(&before, NANWANG)->level[2].state, SEAT_FILLED);
    assert_int_equal(
        duty_end(cx, seat_of(cx, SECRETARY_QIAN, POST_SECRETARY), S("2026-06-09")), OK);
    assert_int_equal(duty_gaps(cx, &b), OK);
    const struct seat *s = &row_of(&b, NANWANG)->level[2];
    assert_int_equal(s->state, SEAT_EXPIRED);
    assert_true(str_eq(s->since_on, S("2026-06-10")));
    assert_int_equal(b.n_gaps[2], before.n_gaps[2] + 1);
    s = &row_of(&b, NANWANG_GRID_1)->level[2]; /* taken over from the village, counted once */
    assert_int_equal(s->state, SEAT_EXPIRED);
    assert_false(s->own);
}

static int64_t told(Cx *cx, int64_t who)
{
    int64_t n, was = cx->me.person;
    cx->me.person = who;
    assert_int_equal(notice_unread(cx, &n), OK);
    cx->me.person = was;
    return n;
}

static void a_gap_of_more_than_five_working_days_climbs_to_the_office_once(void **state)
{
    Cx *cx = *state;
    size_t n;

    assert_int_equal(
        duty_end(cx, seat_of(cx, SECRETARY_QIAN, POST_SECRETARY), S("2026-06-14")), OK);
    cx->now = town_ms(2026, 6, 20, 9, 0); /* 15–18 worked, 19 is a holiday */
    assert_int_equal(duty_gap_job(cx), OK);
    assert_int_equal(jobs_run(cx, true, &n), OK);
    int64_t before = told(cx, OFFICE_HEAD_FENG);
    cx->now = town_ms(2026, 6, 24, 9, 0);
    assert_int_equal(duty_gap_job(cx), OK);
    assert_int_equal(jobs_run(cx, true, &n), OK);
    int64_t after = told(cx, OFFICE_HEAD_FENG);
    assert_true(after > before);
    assert_int_equal(duty_gap_job(cx), OK);
    assert_int_equal(jobs_run(cx, true, &n), OK);
    assert_int_equal(told(cx, OFFICE_HEAD_FENG), after);
}

/* --- hand-over --- */

static struct {
    int64_t from, to, unit;
    enum post post;
    int n;
} moved;

static Err count_move(Cx *cx, int64_t from, int64_t to, int64_t unit, enum post post)
{
    (void)cx;
    moved.from = from;
    moved.to = to;
    moved.unit = unit;
    moved.post = post;
    moved.n++;
    return OK;
}

static const struct handover_hook hook = {.what = "test", .move = count_move};

static void open_work_moves_at_midnight_of_the_first_day_confirmed_or_not(void **state)
{
    Cx *cx = *state;
    int64_t next = person(cx, "新书记");
    struct appointment_new in = term(next, POST_SECRETARY, NANWANG, "2026-06-20");
    struct sql_duty_handovers_rows rows;
    uint32_t has;

    duty_on_handover(&hook);
    memset(&moved, 0, sizeof moved);
    in.replaces = seat_of(cx, SECRETARY_QIAN, POST_SECRETARY);
    appoint(cx, in);
    assert_int_equal(moved.n, 0);
    assert_int_equal(sql_duty_handovers(cx, &(struct sql_duty_handovers){.limit = 10}, &rows), OK);
    assert_int_equal(rows.n, 1);

    cx->now = town_ms(2026, 6, 19, 23, 59);
    assert_int_equal(duty_job(cx), OK);
    assert_int_equal(moved.n, 0);
    cx->now = town_ms(2026, 6, 20, 0, 0);
    assert_int_equal(duty_job(cx), OK);
    assert_true(moved.n >= 1);
    assert_int_equal(moved.from, SECRETARY_QIAN);
    assert_int_equal(moved.to, next);
    assert_int_equal(moved.unit, NANWANG);
    assert_int_equal(duty_posts(cx, SECRETARY_QIAN, &has), OK);
    assert_int_equal(has, 0);
    assert_int_equal(duty_posts(cx, next, &has), OK);
    assert_int_equal(has, HAS(POST_SECRETARY));
    assert_false(sees(cx, SECRETARY_QIAN, NANWANG));
    assert_true(sees(cx, next, NANWANG));
}

static void a_hand_over_is_confirmed_by_both_holders_and_one_above(void **state)
{
    Cx *cx = *state;
    int64_t next = person(cx, "新书记");
    struct appointment_new in = term(next, POST_SECRETARY, NANWANG, "2026-06-20");
    struct sql_duty_handovers_rows rows;

    in.replaces = seat_of(cx, SECRETARY_QIAN, POST_SECRETARY);
    appoint(cx, in);
    assert_int_equal(sql_duty_handovers(cx, &(struct sql_duty_handovers){.limit = 10}, &rows), OK);
    int64_t id = rows.at[0].id;
    sign_in(cx, CADRE_SUN);
    assert_int_equal(duty_handover_confirm(cx, id), ERR_FORBIDDEN);
    assert_int_equal(duty_handover_item(cx, id, S("钥匙"), S("村部三把"), (Str){0}), ERR_FORBIDDEN);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(
        duty_handover_item(cx, id, S("钥匙"), S("村部三把"), S("abcdefghijklmnopqrstuv")), OK);
    assert_int_equal(/* the same form once more */
        duty_handover_item(cx, id, S("钥匙"), S("村部三把"), S("abcdefghijklmnopqrstuv")), OK);
    struct handover_things things;
    assert_int_equal(duty_handover_things(cx, id, &things), OK);
    assert_int_equal(things.n, 1);
    assert_int_equal(duty_handover_confirm(cx, id), OK);
    assert_int_equal(duty_handover_confirm(cx, id), ERR_CONFLICT);
    sign_in(cx, next);
    assert_int_equal(duty_handover_confirm(cx, id), OK);
    sign_in(cx, DEPT_ZHAO); /* one level up */
    assert_int_equal(duty_handover_confirm(cx, id), OK);
}

static void work_of_a_seat_without_successor_goes_one_level_up(void **state)
{
    Cx *cx = *state;

    duty_on_handover(&hook);
    memset(&moved, 0, sizeof moved);
    assert_int_equal(
        duty_end(cx, seat_of(cx, SECRETARY_QIAN, POST_SECRETARY), S("2026-06-14")), OK);
    assert_int_equal(moved.n, 1);
    assert_int_equal(moved.from, SECRETARY_QIAN);
    assert_int_equal(moved.to, DEPT_ZHAO);
}

static bool is_disabled(Cx *cx, int64_t person)
{
    struct person p;

    assert_int_equal(people_find(cx, person, &p), OK);
    return p.disabled;
}

static void the_account_of_who_has_no_post_left_closes_the_same_day(void **state)
{
    Cx *cx = *state;
    struct signed_in in;
    Str cookie = town_cookie(cx, SECRETARY_QIAN);

    sign_in(cx, SYSADMIN_TAO);
    assert_int_equal(
        duty_end(cx, seat_of(cx, SECRETARY_QIAN, POST_SECRETARY), S("2026-06-15")), OK);
    assert_int_equal(duty_job(cx), OK);
    assert_false(is_disabled(cx, SECRETARY_QIAN)); /* today is the last day */
    cx->now += INT64_C(14) * 3600 * 1000;          /* 00:00 */
    assert_int_equal(duty_job(cx), OK);
    assert_true(is_disabled(cx, SECRETARY_QIAN));
    assert_int_equal(people_session(cx, cookie, &in), ERR_NOT_FOUND);
}

/* Replaced from today on: the right to confirm is all that is left, and it ends with the word. */
static void who_is_replaced_today_can_still_sign_in_to_confirm_and_do_nothing_else(void **state)
{
    Cx *cx = *state;
    int64_t next = person(cx, "新书记"), waits;
    struct appointment_new in = term(next, POST_SECRETARY, NANWANG, "2026-06-15");
    struct signed_in who;
    uint32_t has;
    Str cookie = town_cookie(cx, SECRETARY_QIAN);

    sign_in(cx, SYSADMIN_TAO);
    in.replaces = seat_of(cx, SECRETARY_QIAN, POST_SECRETARY);
    appoint(cx, in);
    assert_int_equal(duty_job(cx), OK);
    assert_false(is_disabled(cx, SECRETARY_QIAN));
    assert_int_equal(people_session(cx, cookie, &who), OK);
    assert_int_equal(duty_posts(cx, SECRETARY_QIAN, &has), OK);
    assert_int_equal(has, 0);
    assert_false(sees(cx, SECRETARY_QIAN, NANWANG));
    assert_int_equal(duty_handover_waits(cx, SECRETARY_QIAN, &waits), OK);
    assert_true(waits > 0);

    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(duty_handover_confirm(cx, waits), OK);
    assert_int_equal(duty_handover_waits(cx, SECRETARY_QIAN, &waits), OK);
    assert_int_equal(waits, 0);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(duty_job(cx), OK);
    assert_true(is_disabled(cx, SECRETARY_QIAN));
    assert_int_equal(people_session(cx, cookie, &who), ERR_NOT_FOUND);
}

static void who_does_not_confirm_loses_the_account_after_the_days_for_it(void **state)
{
    Cx *cx = *state;
    int64_t next = person(cx, "新书记"), waits;
    struct appointment_new in = term(next, POST_SECRETARY, NANWANG, "2026-06-15");

    sign_in(cx, SYSADMIN_TAO);
    in.replaces = seat_of(cx, SECRETARY_QIAN, POST_SECRETARY);
    appoint(cx, in);
    sign_in(cx, NOBODY_THERE);
    cx->now = town_ms(2026, 6, 25, 23, 59); /* 10 days */
    assert_int_equal(duty_job(cx), OK);
    assert_false(is_disabled(cx, SECRETARY_QIAN));
    cx->now = town_ms(2026, 6, 26, 0, 0);
    assert_int_equal(duty_job(cx), OK);
    assert_true(is_disabled(cx, SECRETARY_QIAN));
    assert_int_equal(duty_handover_waits(cx, SECRETARY_QIAN, &waits), OK);
    assert_int_equal(waits, 0);
}

static void who_has_another_post_keeps_the_account(void **state)
{
    Cx *cx = *state;
    struct appointment_new in = {.person = SECRETARY_QIAN,
        .unit = NANWANG,
        .post = POST_MEMBER,
        .kind = S("formal"),
        .from_on = S("2026-07-01")};

    appoint(cx, in); /* still to come */
    assert_int_equal(
        duty_end(cx, seat_of(cx, SECRETARY_QIAN, POST_SECRETARY), S("2026-06-14")), OK);
    assert_false(is_disabled(cx, SECRETARY_QIAN));
}

static void no_session_bears_rights_that_came_after_it(void **state)
{
    Cx *cx = *state;
    struct signed_in in;
    Str cookie = town_cookie(cx, SECRETARY_QIAN);
    struct appointment_new more = {.person = SECRETARY_QIAN,
        .unit = NANWANG,
        .post = POST_MEMBER,
        .kind = S("formal"),
        .from_on = S("2026-06-15")};

    assert_int_equal(people_session(cx, cookie, &in), OK);
    sign_in(cx, SYSADMIN_TAO);
    appoint(cx, more);
    assert_int_equal(people_session(cx, cookie, &in), ERR_NOT_FOUND);
}

/* --- what nobody confirms is chased --- */

static bool has_line(Cx *cx, int64_t who, int64_t id)
{
    struct climb_lines lines;
    bool has = false;
    sign_in(cx, who);
    assert_int_equal(climb_mine(cx, &lines), OK);
    for (size_t i = 0; i < lines.n; i++)
        has |= lines.at[i].object == id;
    sign_in(cx, NOBODY_THERE);
    return has;
}

static void chased_on(Cx *cx, int day)
{
    size_t n;
    cx->now = town_ms(2026, 6, day, 9, 0);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(duty_job(cx), OK);
    assert_int_equal(duty_chase_job(cx), OK);
    assert_int_equal(jobs_run(cx, true, &n), OK);
}

static void who_has_not_confirmed_is_reminded_twice_and_the_second_time_the_office(void **state)
{
    Cx *cx = *state;
    int64_t next = person(cx, "新书记"), id;
    struct appointment_new in = term(next, POST_SECRETARY, NANWANG, "2026-06-15");
    duty_on_handover(&climb_handover);
    in.replaces = seat_of(cx, SECRETARY_QIAN, POST_SECRETARY);
    appoint(cx, in);
    assert_int_equal(duty_handover_waits(cx, SECRETARY_QIAN, &id), OK);
    sign_in(cx, next);
    assert_int_equal(duty_handover_confirm(cx, id), OK);
    chased_on(cx, 17); /* two days */
    assert_false(has_line(cx, SECRETARY_QIAN, id));
    int64_t quiet = told(cx, next), old = told(cx, SECRETARY_QIAN);
    chased_on(cx, 18);
    chased_on(cx, 19); /* the job comes again: once is once */
    assert_int_equal(told(cx, SECRETARY_QIAN), old + 1);
    assert_int_equal(told(cx, next), quiet); /* has confirmed */
    assert_true(has_line(cx, SECRETARY_QIAN, id));
    assert_true(has_line(cx, DEPT_ZHAO, id));
    assert_false(has_line(cx, next, id));
    assert_false(has_line(cx, OFFICE_HEAD_FENG, id));
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(duty_handover_confirm(cx, id), OK);
    assert_false(has_line(cx, DEPT_ZHAO, id));
    chased_on(cx, 22);
    assert_int_equal(told(cx, SECRETARY_QIAN), old + 2);
    assert_false(has_line(cx, DEPT_ZHAO, id));
    assert_true(has_line(cx, OFFICE_HEAD_FENG, id));
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(duty_handover_confirm(cx, id), OK); /* the third */
    assert_false(has_line(cx, SECRETARY_QIAN, id));
    assert_false(has_line(cx, OFFICE_HEAD_FENG, id));
    chased_on(cx, 24);
    assert_int_equal(told(cx, SECRETARY_QIAN), old + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_gap_board_says_who_is_missing_and_since_when),
        IN_TOWN(a_gap_of_more_than_five_working_days_climbs_to_the_office_once),
        IN_TOWN(open_work_moves_at_midnight_of_the_first_day_confirmed_or_not),
        IN_TOWN(a_hand_over_is_confirmed_by_both_holders_and_one_above),
        IN_TOWN(who_has_not_confirmed_is_reminded_twice_and_the_second_time_the_office),
        IN_TOWN(work_of_a_seat_without_successor_goes_one_level_up),
        IN_TOWN(the_account_of_who_has_no_post_left_closes_the_same_day),
        IN_TOWN(who_is_replaced_today_can_still_sign_in_to_confirm_and_do_nothing_else),
        IN_TOWN(who_does_not_confirm_loses_the_account_after_the_days_for_it),
        IN_TOWN(who_has_another_post_keeps_the_account),
        IN_TOWN(no_session_bears_rights_that_came_after_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
