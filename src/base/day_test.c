/* day_test.c — every worked deadline of the trade to the minute (domain: §15), and what it leaves
 * unsaid. */
#include "base/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

/* ---- the notice of 2025-11-04 for 2026 */
static const struct {
    const char *from, *to;
    enum day_kind kind;
} notice[] = {
    {"2026-01-01", "2026-01-03", DAY_HOLIDAY},
    {"2026-01-04", "2026-01-04", DAY_MAKEUP },
    {"2026-02-14", "2026-02-14", DAY_MAKEUP },
    {"2026-02-15", "2026-02-23", DAY_HOLIDAY},
    {"2026-02-28", "2026-02-28", DAY_MAKEUP },
    {"2026-04-04", "2026-04-06", DAY_HOLIDAY},
    {"2026-05-01", "2026-05-05", DAY_HOLIDAY},
    {"2026-05-09", "2026-05-09", DAY_MAKEUP },
    {"2026-06-19", "2026-06-21", DAY_HOLIDAY},
    {"2026-09-20", "2026-09-20", DAY_MAKEUP },
    {"2026-09-25", "2026-09-27", DAY_HOLIDAY},
    {"2026-10-01", "2026-10-07", DAY_HOLIDAY},
    {"2026-10-10", "2026-10-10", DAY_MAKEUP },
};

static struct day_mark marks[64];
static const int64_t years[] = {2026};
static struct calendar cal = {.at = marks, .years = years, .n_years = 1};
static const struct calendar no_data;

static int64_t day(const char *text)
{
    int64_t n = 0;
    assert_true(day_parse(str(text), &n));
    return n;
}

/* "2026-06-12 17:30" */
static int64_t at(const char *text)
{
    int h = (text[11] - '0') * 10 + text[12] - '0', m = (text[14] - '0') * 10 + text[15] - '0';
    int64_t n = 0;
    assert_true(day_parse((Str){text, 10}, &n));
    return day_start(n) + (h * 60 + m) * (int64_t)MINUTE;
}

static int make_calendar(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof notice / sizeof *notice; i++)
        for (int64_t n = day(notice[i].from); n <= day(notice[i].to); n++)
            marks[cal.n++] = (struct day_mark){n, notice[i].kind};
    return 0;
}

static void is_at(int64_t ms, const char *expected)
{
    Cx cx = {0};
    Str text = day_time_text(&cx, ms);
    char seen[32] = {0};
    memcpy(seen, text.at, text.len < sizeof seen ? text.len : sizeof seen - 1);
    arena_reset(&cx.mem);
    assert_string_equal(seen, expected);
    assert_int_equal(ms % MINUTE, 0);
}

static struct time_limit limit(const char *text)
{
    struct time_limit l = {0};
    assert_true(limit_parse(str(text), &l));
    return l;
}

static void due(const char *start, const char *text, const char *expected)
{
    is_at(limit_due(&cal, at(start), limit(text)), expected);
}

/* ---- the table "Deadlines" */
static void four_hours_before_a_long_weekend_end_at_noon_and_not_at_two(void **state)
{
    (void)state;
    due("2026-04-03 17:00", "4h", "2026-04-07 12:00");
}

static void days_end_with_the_work_of_the_nth_working_day_after_the_start(void **state)
{
    (void)state;
    due("2026-04-03 17:00", "1d", "2026-04-07 17:30");
    due("2026-04-03 17:00", "2d", "2026-04-08 17:30");
    due("2026-04-03 00:00", "1d", "2026-04-07 17:30");
}

static void a_worked_saturday_before_the_spring_festival_counts(void **state)
{
    (void)state;
    due("2026-02-13 17:00", "8h", "2026-02-24 09:00");
    due("2026-02-13 17:00", "1d", "2026-02-14 17:30");
    due("2026-02-13 17:00", "2d", "2026-02-24 17:30");
}

static void the_national_holiday_is_jumped_and_its_saturday_worked(void **state)
{
    (void)state;
    due("2026-09-30 17:00", "4h", "2026-10-08 12:00");
    due("2026-09-30 17:00", "3d", "2026-10-10 17:30");
}

static void lunch_and_saturday_do_not_count(void **state)
{
    (void)state;
    due("2026-06-12 12:30", "2h", "2026-06-12 16:00");
    due("2026-06-13 10:00", "2h", "2026-06-15 10:30");
}

static void a_worked_sunday_counts(void **state)
{
    (void)state;
    due("2026-09-18 09:00", "1d", "2026-09-20 17:30");
}

static void a_suspension_gives_back_the_working_time_that_was_left(void **state)
{
    (void)state;
    int64_t start = at("2026-06-15 10:00"), pause = at("2026-06-16 09:00");
    int64_t resume = at("2026-06-24 14:30");

    int64_t was = limit_due(&cal, start, limit("12h"));
    is_at(was, "2026-06-16 17:00");
    assert_int_equal(work_between(&cal, pause, was), 6 * HOUR);
    is_at(work_after(&cal, resume, work_between(&cal, pause, was)), "2026-06-25 11:30");

    was = limit_due(&cal, start, limit("3d"));
    is_at(was, "2026-06-18 17:30");
    assert_int_equal(work_between(&cal, pause, was), 20 * HOUR + 30 * MINUTE);
    is_at(work_after(&cal, resume, work_between(&cal, pause, was)), "2026-06-29 12:00");
}

static void a_failed_verification_gives_back_the_time_it_took(void **state)
{
    (void)state;
    int64_t was = limit_due(&cal, at("2026-06-15 10:00"), limit("3d"));
    int64_t failed = at("2026-06-18 10:00");
    int64_t w = work_between(&cal, at("2026-06-17 16:00"), failed);

    assert_int_equal(w, 3 * HOUR);
    is_at(work_after(&cal, was, w), "2026-06-22 11:30");
    is_at(work_after(&cal, failed, 4 * HOUR), "2026-06-18 16:00");
}

static void an_urgent_limit_runs_at_night_and_so_does_its_climbing(void **state)
{
    (void)state;
    int64_t end = limit_due(&cal, at("2026-06-13 22:15"), limit("1u"));
    is_at(end, "2026-06-13 23:15");
    is_at(limit_climb(&cal, end, limit("1u"), 3), "2026-06-14 00:15");
    is_at(limit_climb(&cal, end, limit("1u"), 4), "2026-06-14 01:15");
    is_at(limit_climb(&cal, end, limit("1u"), 5), "2026-06-14 03:15");
    is_at(limit_climb(&cal, end, limit("1u"), 6), "2026-06-14 07:15");
}

static void half_of_a_limit_is_rounded_up_and_at_least_one(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"4h",  "2h"},
        {"1d",  "1d"},
        {"3d",  "2d"},
        {"15d", "8d"},
        {"1u",  "1u"},
        {"5h",  "3h"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct time_limit half = limit_half(limit(pairs[i][0])), want = limit(pairs[i][1]);
        assert_int_equal(half.n, want.n);
        assert_int_equal(half.unit, want.unit);
    }
}

static void a_missed_limit_is_reminded_of_and_climbs_by_working_days(void **state)
{
    (void)state;
    int64_t start = at("2026-04-03 17:00"), end = limit_due(&cal, start, limit("4h"));
    is_at(limit_reminder(&cal, start, end, limit("4h")), "2026-04-07 11:00");
    is_at(limit_climb(&cal, end, limit("4h"), 3), "2026-04-08 12:00");
    is_at(limit_climb(&cal, end, limit("4h"), 4), "2026-04-09 12:00");
    is_at(limit_climb(&cal, end, limit("4h"), 5), "2026-04-10 12:00");
    is_at(limit_climb(&cal, end, limit("4h"), 6), "2026-04-14 12:00");
}

/* ---- what the table leaves unsaid */
static void a_reminder_never_comes_before_the_start(void **state)
{
    (void)state;
    /* reopened late in the day: the due time is nearer than a quarter of the limit */
    int64_t start = at("2026-06-15 17:00"), end = at("2026-06-15 17:30");
    assert_int_equal(limit_reminder(&cal, start, end, limit("4h")), start);
    assert_int_equal(limit_reminder(&cal, start, start + MINUTE, limit("2u")), start);
    is_at(limit_reminder(&cal, at("2026-06-15 10:00"), at("2026-06-15 14:00"), limit("4u")),
        "2026-06-15 13:00");
    /* 1d = 7 h, a quarter is 1 h 45 min */
    is_at(limit_reminder(&cal, at("2026-06-15 10:00"), at("2026-06-16 17:30"), limit("1d")),
        "2026-06-16 15:45");
}

static void a_day_is_one_of_the_towns_time(void **state)
{
    (void)state;
    assert_int_equal(day_of(at("2026-06-10 00:00")), day("2026-06-10"));
    assert_int_equal(day_of(at("2026-06-10 23:59")), day("2026-06-10"));
    assert_int_equal(day_of(-1 - TOWN_OFFSET), -1);
}

static void working_days_passed_are_those_after_the_first_day(void **state)
{
    (void)state;
    assert_int_equal(work_days_between(&cal, at("2026-06-12 09:00"), at("2026-06-12 17:00")), 0);
    assert_int_equal(work_days_between(&cal, at("2026-06-12 09:00"), at("2026-06-14 17:00")), 0);
    assert_int_equal(work_days_between(&cal, at("2026-06-12 23:00"), at("2026-06-15 00:00")), 1);
    assert_int_equal(work_days_between(&cal, at("2026-06-18 09:00"), at("2026-06-22 09:00")), 1);
    assert_int_equal(work_days_between(&cal, at("2026-06-22 09:00"), at("2026-06-18 09:00")), 0);
}

static void a_year_without_data_has_weekends_and_the_fixed_days(void **state)
{
    (void)state;
    int64_t year = 0;
    assert_false(day_works(&cal, day("2027-01-01")));
    assert_false(day_works(&cal, day("2027-10-01")));
    assert_true(day_works(&cal, day("2027-10-04")));
    assert_true(day_works(&cal, day("2027-05-03")));
    assert_false(day_works(&cal, day("2027-05-01")));
    assert_false(day_works(&no_data, day("2026-05-01")));

    assert_true(day_guessed(&cal, at("2026-12-30 09:00"), at("2027-01-05 09:00"), &year));
    assert_int_equal(year, 2027);
    assert_false(day_guessed(&cal, at("2026-01-01 00:00"), at("2026-12-31 23:59"), &year));
    assert_int_equal(year, 2027);
    /* the town's new year, not that of UTC */
    assert_true(day_guessed(&cal, at("2026-01-01 00:00") - 1, at("2026-06-01 00:00"), &year));
    assert_int_equal(year, 2025);
}

static void a_mark_in_a_year_without_data_is_believed(void **state)
{
    (void)state;
    static const struct day_mark one[] = {
        {20820, DAY_MAKEUP}
    };
    struct calendar odd = {.at = one, .n = 1};
    int64_t n;
    assert_true(day_parse(S("2027-01-02"), &n));
    assert_int_equal(n, 20820);
    assert_true(day_works(&odd, n));
    assert_int_equal(work_between(&odd, day_start(n), day_start(n + 1)), 7 * HOUR);
}

static void arithmetic_agrees_with_walking_day_by_day(void **state)
{
    (void)state;
    const struct calendar *const both[] = {&cal, &no_data};
    for (size_t c = 0; c < 2; c++) {
        const struct calendar *k = both[c];
        int64_t from = day("2025-11-20"), n_days = 0;
        for (int64_t to = from; to < from + 900; to++) {
            assert_int_equal(work_between(k, day_start(from), day_start(to)), n_days * 7 * HOUR);
            n_days += day_works(k, to);
            if (day_works(k, to)) {
                assert_int_equal(work_after(k, day_start(from), n_days * 7 * HOUR),
                    day_start(to) + 17 * HOUR + 30 * MINUTE);
                assert_int_equal(
                    limit_due(k, day_start(from) - HOUR, (struct time_limit){n_days, LIMIT_DAYS}),
                    day_start(to) + 17 * HOUR + 30 * MINUTE);
            }
        }
    }
}

static void work_after_is_the_inverse_of_work_between(void **state)
{
    (void)state;
    int64_t start = at("2026-01-30 03:17");
    for (int64_t ms = 1; ms < 400 * (int64_t)HOUR; ms += 17 * MINUTE + 1) {
        int64_t end = work_after(&cal, start, ms);
        assert_int_equal(work_between(&cal, start, end), ms);
        assert_true(work_between(&cal, start, end - 1) < ms);
    }
    assert_int_equal(work_after(&cal, start, 0), start);
    assert_int_equal(work_between(&cal, start, start - HOUR), 0);
}

static void weeks_are_those_of_iso_8601(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        int64_t year, week;
    } weeks[] = {
        {"2026-06-08", 2026, 24},
        {"2026-06-14", 2026, 24},
        {"2026-06-15", 2026, 25},
        {"2025-12-29", 2026, 1 },
        {"2025-12-28", 2025, 52},
        {"2027-01-03", 2026, 53},
        {"2027-01-04", 2027, 1 },
        {"2024-12-30", 2025, 1 },
        {"2021-01-03", 2020, 53},
    };
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
        int64_t year, week;
        day_iso_week(day(weeks[i].day), &year, &week);
        assert_int_equal(year, weeks[i].year);
        assert_int_equal(week, weeks[i].week);
    }
    assert_int_equal(day_weekday(day("2026-06-08")), 1);
    assert_int_equal(day_weekday(day("1969-12-28")), 7);
}

static void only_real_days_and_limits_are_read(void **state)
{
    (void)state;
    int64_t n = 7;
    static const char *const wrong[] = {"2026-02-29", "2026-13-01", "2026-00-10", "2026-6-12",
        "2026/06/12", "2026-06-1x", "", "2026-06-123"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(day_parse(str(wrong[i]), &n));
    assert_int_equal(n, 7);
    assert_true(day_parse(S("2024-02-29"), &n));

    struct time_limit l;
    static const char *const no_limit[] = {"", "h", "0d", "4", "4m", "-4h", "4.5h", "12345h"};
    for (size_t i = 0; i < sizeof no_limit / sizeof *no_limit; i++)
        assert_false(limit_parse(str(no_limit[i]), &l));
}

static void days_and_numbers_go_there_and_back(void **state)
{
    (void)state;
    for (int64_t n = day_number(1899, 12, 25); n < day_number(2200, 1, 5); n++) {
        int64_t y, m, d;
        day_civil(n, &y, &m, &d);
        assert_true(day_real(y, m, d));
        assert_int_equal(day_number(y, m, d), n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_hours_before_a_long_weekend_end_at_noon_and_not_at_two),
        cmocka_unit_test(days_end_with_the_work_of_the_nth_working_day_after_the_start),
        cmocka_unit_test(a_worked_saturday_before_the_spring_festival_counts),
        cmocka_unit_test(the_national_holiday_is_jumped_and_its_saturday_worked),
        cmocka_unit_test(lunch_and_saturday_do_not_count),
        cmocka_unit_test(a_worked_sunday_counts),
        cmocka_unit_test(a_suspension_gives_back_the_working_time_that_was_left),
        cmocka_unit_test(a_failed_verification_gives_back_the_time_it_took),
        cmocka_unit_test(an_urgent_limit_runs_at_night_and_so_does_its_climbing),
        cmocka_unit_test(half_of_a_limit_is_rounded_up_and_at_least_one),
        cmocka_unit_test(a_missed_limit_is_reminded_of_and_climbs_by_working_days),
        cmocka_unit_test(a_reminder_never_comes_before_the_start),
        cmocka_unit_test(a_day_is_one_of_the_towns_time),
        cmocka_unit_test(working_days_passed_are_those_after_the_first_day),
        cmocka_unit_test(a_year_without_data_has_weekends_and_the_fixed_days),
        cmocka_unit_test(a_mark_in_a_year_without_data_is_believed),
        cmocka_unit_test(arithmetic_agrees_with_walking_day_by_day),
        cmocka_unit_test(work_after_is_the_inverse_of_work_between),
        cmocka_unit_test(weeks_are_those_of_iso_8601),
        cmocka_unit_test(only_real_days_and_limits_are_read),
        cmocka_unit_test(days_and_numbers_go_there_and_back),
    };
    return cmocka_run_group_tests(tests, make_calendar, NULL);
}
