/* problem_clock_test.c — the worked deadlines and the order of work (domain §15), to the minute. */
#include "town.h"

#include "base/day.h"
#include "rooms/problem/problem_clock.h"
#include "rooms/town/town.h"

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)

static const struct calendar *calendar_of(Cx *cx)
{
    const struct calendar *cal;
    assert_int_equal(town_calendar(cx, &cal), OK);
    return cal;
}

static void a_suspended_clock_goes_on_with_the_time_that_was_left(void **state)
{
    const struct calendar *cal = calendar_of(*state);
    int64_t start = AT(6, 15, 10, 0), stop = AT(6, 16, 9, 0), on = AT(6, 24, 14, 30);
    struct time_limit h12 = {12, LIMIT_HOURS}, d3 = {3, LIMIT_DAYS};
    int64_t due = limit_due(cal, start, h12), left = clock_between(cal, 'h', stop, due);
    assert_int_equal(due, AT(6, 16, 17, 0));
    assert_int_equal(left, 6 * 3600000);
    assert_int_equal(clock_after(cal, 'h', on, left), AT(6, 25, 11, 30));
    due = limit_due(cal, start, d3), left = clock_between(cal, 'd', stop, due);
    assert_int_equal(due, AT(6, 18, 17, 30));
    assert_int_equal(left, 205 * 360000);
    assert_int_equal(clock_after(cal, 'd', on, left), AT(6, 29, 12, 0));
    /* the same by "start ⊕ limit ⊕ pauses" */
    assert_int_equal(
        clock_anew(cal, start, d3, clock_between(cal, 'd', stop, on)), AT(6, 29, 12, 0));
}

static void a_failed_verification_is_given_back(void **state)
{
    const struct calendar *cal = calendar_of(*state);
    int64_t due = limit_due(cal, AT(6, 15, 10, 0), (struct time_limit){3, LIMIT_DAYS});
    assert_int_equal(
        clock_given_back(cal, 'd', due, AT(6, 17, 16, 0), AT(6, 18, 10, 0), 4), AT(6, 22, 11, 30));
    /* fed back at the last minute, failed at once: four hours at least */
    assert_int_equal(
        clock_given_back(cal, 'd', AT(6, 15, 12, 0), AT(6, 15, 11, 59), AT(6, 15, 12, 0), 4),
        AT(6, 16, 9, 0));
}

static void an_urgent_limit_climbs_by_the_hour_at_night(void **state)
{
    const struct calendar *cal = calendar_of(*state);
    struct time_limit u1 = {1, LIMIT_URGENT};
    int64_t start = AT(6, 13, 22, 15), due = limit_due(cal, start, u1);
    assert_int_equal(due, AT(6, 13, 23, 15));
    static const int hour[] = {0, 1, 3, 7};
    for (int rung = RUNG_L3; rung <= RUNG_L6; rung++)
        assert_int_equal(
            clock_rung_at(cal, start, due, u1, rung), AT(6, 14, hour[rung - RUNG_L3], 15));
}

static void a_limit_in_working_hours_climbs_by_working_days(void **state)
{
    const struct calendar *cal = calendar_of(*state);
    struct time_limit h4 = {4, LIMIT_HOURS};
    int64_t start = AT(4, 3, 17, 0), due = limit_due(cal, start, h4);
    const int64_t at[N_RUNGS] = {AT(4, 7, 11, 0), AT(4, 7, 12, 0), AT(4, 8, 12, 0), AT(4, 9, 12, 0),
        AT(4, 10, 12, 0), AT(4, 14, 12, 0)};
    for (int rung = 0; rung < N_RUNGS; rung++)
        assert_int_equal(clock_rung_at(cal, start, due, h4, rung), at[rung]);
    assert_int_equal(clock_next_rung(cal, start, due, h4, start, 0), RUNG_REMINDER);
    assert_int_equal(clock_next_rung(cal, start, due, h4, due, 0), RUNG_L3);
    assert_int_equal(clock_next_rung(cal, start, due, h4, AT(5, 1, 0, 0), 0), N_RUNGS);
}

static void an_extension_adds_at_most_one_limit_and_never_to_an_urgent_one(void **state)
{
    const struct calendar *cal = calendar_of(*state);
    struct time_limit d3 = {3, LIMIT_DAYS}, u4 = {4, LIMIT_URGENT};
    int64_t due = AT(6, 22, 11, 30);
    assert_true(clock_may_extend(cal, due, d3, AT(6, 23, 17, 30)));
    assert_true(clock_may_extend(cal, due, d3, AT(6, 25, 17, 30)));
    assert_false(clock_may_extend(cal, due, d3, AT(6, 25, 17, 31)));
    assert_false(clock_may_extend(cal, due, d3, due));
    assert_false(clock_may_extend(cal, due, u4, due + 1));
}

static void the_order_of_work_adds_up(void **state)
{
    const struct calendar *cal = calendar_of(*state);
    int64_t now = AT(6, 15, 10, 0);
    const struct {
        int64_t severity, difficulty, days, n_merged;
        bool overdue, resident;
        int64_t sum;
    } rows[] = {
        {1, 1, 12, 2, true,  true,  590},
        {2, 2, 45, 0, false, true,  480},
        {3, 3, 1,  0, false, false, 405},
        {1, 1, 3,  0, false, true,  245},
        {1, 1, 0,  0, false, true,  230},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t filed = now;
        while (work_days_between(cal, filed, now) < rows[i].days)
            filed -= INT64_C(86400000);
        struct work_facts f = {rows[i].severity, rows[i].difficulty, filed, rows[i].n_merged,
            rows[i].overdue, rows[i].resident};
        struct work_order o;
        assert_int_equal(work_order(cal, now, &f, &o), rows[i].sum);
        assert_int_equal(o.age_days, rows[i].days);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_suspended_clock_goes_on_with_the_time_that_was_left),
        IN_TOWN(a_failed_verification_is_given_back),
        IN_TOWN(an_urgent_limit_climbs_by_the_hour_at_night),
        IN_TOWN(a_limit_in_working_hours_climbs_by_working_days),
        IN_TOWN(an_extension_adds_at_most_one_limit_and_never_to_an_urgent_one),
        IN_TOWN(the_order_of_work_adds_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
