/* problem_due_test.c — the worked deadlines of domain §15 through the rules, and what the clock
 * does by itself: reminders, levels told, suspensions that end, data that goes. */
#include "rooms/problem/problem_test.h"

#include "rooms/notice/notice.h"
#include "rooms/problem/problem_due.h"

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)

static void at(Cx *cx, int64_t ms)
{
    cx->now = ms;
}

/* The clock's job runs at that instant, and notices are delivered. */
static void the_clock_strikes(Cx *cx, int64_t ms)
{
    at(cx, ms);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_watch_job(cx), OK);
    assert_int_equal(notice_deliver_job(cx), OK);
}

static int64_t n_told(Cx *cx, int64_t person)
{
    int64_t n;
    sign_in(cx, person);
    assert_int_equal(notice_unread(cx, &n), OK);
    return n;
}

static struct problem_receipt given(Cx *cx, const char *category, int64_t start)
{
    struct problem_new in = a_problem();
    in.category = str(category);
    at(cx, start);
    return dispatched(cx, in);
}

static void the_limit_runs_from_the_dispatch(void **state)
{
    Cx *cx = *state;
    const struct {
        const char *category;
        int64_t start, due;
    } rows[] = {
        {"0102", AT(4, 3,  17, 0),  AT(4,  7,  12, 0) },
        {"6103", AT(9, 30, 17, 0),  AT(10, 10, 17, 30)},
        {"6201", AT(6, 13, 22, 15), AT(6,  13, 23, 15)},
        {"6103", AT(6, 15, 10, 0),  AT(6,  18, 17, 30)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct problem_receipt r = given(cx, rows[i].category, rows[i].start);
        assert_int_equal(the_case(cx, r.id).due_at.v, rows[i].due);
    }
}

static void a_suspension_stops_the_clock_and_the_job_starts_it_again(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = given(cx, "6103", AT(6, 15, 10, 0));
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    at(cx, AT(6, 16, 9, 0));
    DOES(cx, CADRE_SUN, r.id, "suspend_ask", .reason = TEXT("project"), .plan = TEXT("等停电换线"),
        .review_on = TEXT("2026-06-24"));
    assert_int_equal(
        does(cx, DEPT_ZHAO, r.id, "suspend_grant", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, OFFICE_ZHENG, r.id, "suspend_grant", NOTHING);
    assert_state(cx, r.id, "suspended");
    the_clock_strikes(cx, AT(6, 23, 12, 0));
    assert_state(cx, r.id, "suspended");
    the_clock_strikes(cx, AT(6, 24, 14, 30));
    assert_state(cx, r.id, "handling");
    assert_int_equal(the_case(cx, r.id).due_at.v, AT(6, 29, 12, 0));
    struct problem_detail d;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(problem_detail(cx, r.id, &d), OK);
    assert_int_equal(d.clock.sum.at[d.clock.sum.n - 1].from, AT(6, 29, 12, 0));
    assert_true(d.clock.sum.n >= 4);
}

static void the_office_may_resume_before_the_day(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = given(cx, "6103", AT(6, 15, 10, 0));
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    at(cx, AT(6, 16, 9, 0));
    DOES(cx, CADRE_SUN, r.id, "suspend_ask", .reason = TEXT("money"), .plan = TEXT("等拨款"),
        .review_on = TEXT("2026-07-20"));
    DOES(cx, OFFICE_ZHENG, r.id, "suspend_grant", NOTHING);
    at(cx, AT(6, 24, 14, 30));
    assert_int_equal(
        does(cx, SECRETARY_QIAN, r.id, "resume", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, OFFICE_ZHENG, r.id, "resume", NOTHING);
    assert_int_equal(the_case(cx, r.id).due_at.v, AT(6, 29, 12, 0));
}

static void a_failed_verification_gives_its_time_back(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = given(cx, "6103", AT(6, 15, 10, 0));
    Str photo = a_photo(cx);
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    at(cx, AT(6, 17, 16, 0));
    DOES(cx, CADRE_SUN, r.id, "feed_back", .text = TEXT("好了"), .photo = some_str(photo));
    at(cx, AT(6, 18, 10, 0));
    DOES(cx, DEPT_ZHAO, r.id, "fail", .text = TEXT("没好"), .photo = some_str(photo));
    Case p = the_case(cx, r.id);
    assert_int_equal(p.due_at.v, AT(6, 22, 11, 30));
    assert_int_equal(p.rework, 1);
    assert_false(p.handled_at.set);
}

static void a_reopened_one_has_half_the_limit(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = given(cx, "6103", AT(6, 15, 10, 0));
    Str photo = a_photo(cx);
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    DOES(cx, CADRE_SUN, r.id, "feed_back", .text = TEXT("好了"), .photo = some_str(photo));
    DOES(cx, DEPT_ZHAO, r.id, "pass", NOTHING);
    at(cx, AT(6, 22, 9, 0));
    SAYS(cx, r.code, "reopen", .text = TEXT("又黑了"));
    Case p = the_case(cx, r.id);
    assert_true(str_eq(p.state, S("dispatched")));
    assert_int_equal(p.limit_n.v, 2);
    assert_int_equal(p.due_at.v, AT(6, 24, 17, 30));
    assert_int_equal(p.handler.v, CADRE_SUN);
}

static void a_reopening_after_the_window_is_refused(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = handled(cx, a_problem());
    DOES(cx, DEPT_ZHAO, r.id, "pass", NOTHING);
    assert_int_equal(problem_told(cx, r.id, "page"), OK);
    at(cx, AT(7, 1, 10, 1));
    assert_int_equal(
        says(cx, r.code, "reopen", (struct problem_fields){.text = TEXT("又坏了")}), ERR_CONFLICT);
    DOES(cx, OFFICE_ZHENG, r.id, "reopen", .text = TEXT("回访发现又坏了"));
    assert_state(cx, r.id, "dispatched");
}

static void being_late_climbs_level_by_level_and_each_is_told_once(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = given(cx, "0102", AT(4, 3, 17, 0));
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    int64_t sun, qian, zhao;
    the_clock_strikes(cx, AT(4, 7, 10, 59));
    qian = n_told(cx, SECRETARY_QIAN);
    zhao = n_told(cx, DEPT_ZHAO);
    sun = n_told(cx, CADRE_SUN);
    the_clock_strikes(cx, AT(4, 7, 11, 0)); /* a quarter is left */
    assert_int_equal(n_told(cx, CADRE_SUN), sun + 1);
    assert_int_equal(n_told(cx, SECRETARY_QIAN), qian);
    the_clock_strikes(cx, AT(4, 7, 12, 0)); /* due */
    assert_int_equal(n_told(cx, CADRE_SUN), sun + 2);
    assert_int_equal(n_told(cx, SECRETARY_QIAN), qian + 1);
    assert_int_equal(n_told(cx, DEPT_ZHAO), zhao);
    the_clock_strikes(cx, AT(4, 7, 12, 1));
    assert_int_equal(n_told(cx, SECRETARY_QIAN), qian + 1);
    the_clock_strikes(cx, AT(4, 8, 12, 0));
    assert_int_equal(n_told(cx, DEPT_ZHAO), zhao + 1);
    int64_t wang = n_told(cx, LEAD_WANG), zheng = n_told(cx, OFFICE_ZHENG),
            chen = n_told(cx, COMMANDER_CHEN);
    the_clock_strikes(cx, AT(4, 9, 12, 0));
    assert_int_equal(n_told(cx, LEAD_WANG), wang + 1);
    the_clock_strikes(cx, AT(4, 10, 12, 0));
    assert_int_equal(n_told(cx, OFFICE_ZHENG), zheng + 1);
    the_clock_strikes(cx, AT(4, 14, 11, 59));
    assert_int_equal(n_told(cx, COMMANDER_CHEN), chen);
    the_clock_strikes(cx, AT(4, 14, 12, 0));
    assert_int_equal(n_told(cx, COMMANDER_CHEN), chen + 1);
}

static void what_nobody_files_goes_a_level_up(void **state)
{
    Cx *cx = *state;
    at(cx, AT(6, 15, 10, 0));
    struct problem_receipt r = reported(cx, a_problem());
    assert_true(str_eq(the_case(cx, r.id).turn, S("secretary")));
    assert_int_equal(the_case(cx, r.id).next_at, AT(6, 15, 12, 0));
    the_clock_strikes(cx, AT(6, 15, 11, 59));
    assert_true(str_eq(the_case(cx, r.id).turn, S("secretary")));
    the_clock_strikes(cx, AT(6, 15, 12, 0));
    assert_true(str_eq(the_case(cx, r.id).turn, S("dept")));
    the_clock_strikes(cx, AT(6, 16, 12, 0));
    assert_true(str_eq(the_case(cx, r.id).turn, S("lead")));
    the_clock_strikes(cx, AT(6, 17, 12, 0));
    assert_true(str_has(the_case(cx, r.id).turn, "office"));
}

static void an_extension_moves_the_due_time_and_the_second_is_the_leads(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = given(cx, "6103", AT(6, 15, 10, 0));
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    assert_int_equal(does(cx, CADRE_SUN, r.id, "extend_ask",
                         (struct problem_fields){
                             .text = TEXT("挖机坏了"), .until = some_i64(AT(6, 30, 17, 30))}),
        ERR_INVALID);
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("挖机坏了"),
        .until = some_i64(AT(6, 23, 17, 30)));
    assert_int_equal(
        does(cx, LEAD_WANG, r.id, "extend_grant", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, DEPT_ZHAO, r.id, "extend_grant", NOTHING);
    assert_int_equal(the_case(cx, r.id).due_at.v, AT(6, 23, 17, 30));
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("还没修好"),
        .until = some_i64(AT(6, 25, 17, 30)));
    assert_int_equal(
        does(cx, DEPT_ZHAO, r.id, "extend_grant", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, LEAD_WANG, r.id, "extend_refuse", .text = TEXT("抓紧"));
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("还没修好"),
        .until = some_i64(AT(6, 25, 17, 30)));
    DOES(cx, LEAD_WANG, r.id, "extend_grant", NOTHING);
    assert_int_equal(
        does(cx, CADRE_SUN, r.id, "extend_ask",
            (struct problem_fields){.text = TEXT("再延"), .until = some_i64(AT(6, 26, 17, 30))}),
        ERR_CONFLICT);
}

static void the_third_return_is_for_the_office_whose_dispatch_stays(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = given(cx, "6103", AT(6, 15, 10, 0));
    int64_t due = the_case(cx, r.id).due_at.v;
    for (int i = 0; i < 3; i++) {
        DOES(cx, CADRE_SUN, r.id, "return", .reason = TEXT("not_ours"));
        if (i < 2)
            DOES(cx, SECRETARY_QIAN, r.id, "dispatch", .handler = some_i64(CADRE_SUN));
    }
    assert_true(str_eq(the_case(cx, r.id).turn, S("office")));
    assert_int_equal(does(cx, SECRETARY_QIAN, r.id, "dispatch",
                         (struct problem_fields){.handler = some_i64(CADRE_SUN)}),
        ERR_FORBIDDEN);
    DOES(cx, OFFICE_ZHENG, r.id, "dispatch", .handler = some_i64(CADRE_SUN));
    assert_int_equal(
        does(cx, CADRE_SUN, r.id, "return", (struct problem_fields){.reason = TEXT("not_ours")}),
        ERR_CONFLICT);
    assert_int_equal(the_case(cx, r.id).due_at.v, due);
}

static void a_merged_report_follows_its_master_and_can_be_separated(void **state)
{
    Cx *cx = *state;
    struct problem_receipt a = reported(cx, a_problem()), b = reported(cx, a_problem());
    DOES(cx, SECRETARY_QIAN, a.id, "file", NOTHING);
    DOES(cx, SECRETARY_QIAN, b.id, "merge", .master = some_i64(a.id));
    assert_int_equal(the_case(cx, a.id).n_merged, 1);
    struct problem_follow f;
    assert_int_equal(problem_follow(cx, b.code, &f), OK);
    assert_int_equal(f.id, a.id);
    assert_true(f.follows);
    SAYS(cx, b.code, "comment", .text = TEXT("晚上更黑"));
    DOES(cx, OFFICE_ZHENG, b.id, "unmerge", .text = TEXT("不是一处"));
    assert_state(cx, b.id, "reported");
    assert_int_equal(the_case(cx, a.id).n_merged, 0);
}

static void another_category_keeps_the_start(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = given(cx, "6103", AT(6, 15, 10, 0));
    at(cx, AT(6, 15, 15, 0));
    DOES(
        cx, SECRETARY_QIAN, r.id, "recategorise", .category = TEXT("0102"), .text = TEXT("是垃圾"));
    Case p = the_case(cx, r.id);
    assert_int_equal(p.start_at.v, AT(6, 15, 10, 0));
    assert_int_equal(p.due_at.v, AT(6, 15, 16, 0));
    DOES(cx, OFFICE_ZHENG, r.id, "redispatch", .handler = some_i64(CADRE_ZHOU),
        .text = TEXT("派错了"));
    p = the_case(cx, r.id);
    assert_int_equal(p.start_at.v, AT(6, 15, 15, 0));
    assert_int_equal(p.first_due_at.v, AT(6, 15, 16, 0));
    assert_int_equal(p.handler.v, CADRE_ZHOU);
}

static void urging_is_once_a_day_and_person(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = given(cx, "6103", AT(6, 15, 10, 0));
    DOES(cx, DEPT_ZHAO, r.id, "urge", NOTHING);
    assert_int_equal(does(cx, DEPT_ZHAO, r.id, "urge", (struct problem_fields){0}), ERR_CONFLICT);
    DOES(cx, LEAD_WANG, r.id, "urge", NOTHING);
    at(cx, AT(6, 16, 10, 0));
    DOES(cx, DEPT_ZHAO, r.id, "urge", NOTHING);
}

static void a_year_after_the_end_the_reporters_data_goes(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    in.phone = S("13800001234");
    struct problem_receipt r = handled(cx, in);
    DOES(cx, DEPT_ZHAO, r.id, "pass", NOTHING);
    struct sql_problem_trail_reporter_row row;
    struct sql_problem_trail_reporter ask = {.problem = r.id};
    sign_in(cx, NOBODY_THERE);
    at(cx, town_ms(2027, 6, 14, 10, 0));
    assert_int_equal(problem_erase_job(cx), OK);
    assert_int_equal(sql_problem_trail_reporter(cx, &ask, &row), OK);
    assert_true(row.key.set);
    at(cx, town_ms(2027, 6, 15, 10, 0));
    assert_int_equal(problem_erase_job(cx), OK);
    assert_int_equal(sql_problem_trail_reporter(cx, &ask, &row), OK);
    assert_false(row.key.set || row.phone.set);
}

static void the_order_of_work_moves_with_the_days(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = reported(cx, a_problem());
    DOES(cx, SECRETARY_QIAN, r.id, "file", NOTHING);
    int64_t first = the_case(cx, r.id).work_order;
    assert_int_equal(first, 130); /* dif 2, today, from a resident */
    at(cx, AT(6, 17, 0, 5));
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_rank_job(cx), OK);
    assert_int_equal(the_case(cx, r.id).work_order, first + 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_limit_runs_from_the_dispatch),
        IN_TOWN(a_suspension_stops_the_clock_and_the_job_starts_it_again),
        IN_TOWN(the_office_may_resume_before_the_day),
        IN_TOWN(a_failed_verification_gives_its_time_back),
        IN_TOWN(a_reopened_one_has_half_the_limit),
        IN_TOWN(a_reopening_after_the_window_is_refused),
        IN_TOWN(being_late_climbs_level_by_level_and_each_is_told_once),
        IN_TOWN(what_nobody_files_goes_a_level_up),
        IN_TOWN(an_extension_moves_the_due_time_and_the_second_is_the_leads),
        IN_TOWN(the_third_return_is_for_the_office_whose_dispatch_stays),
        IN_TOWN(a_merged_report_follows_its_master_and_can_be_separated),
        IN_TOWN(another_category_keeps_the_start),
        IN_TOWN(urging_is_once_a_day_and_person),
        IN_TOWN(a_year_after_the_end_the_reporters_data_goes),
        IN_TOWN(the_order_of_work_moves_with_the_days),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
