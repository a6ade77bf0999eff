/* goal_year_test.c — 年终述职: the goals of the year stand in the village's report. */
#include "tests/web_town.h"

#include "rooms/assess/assess_fair.h"
#include "rooms/goal/goal.h"
#include "rooms/goal/goal_year.h"
#include "store/db.h"
#include "store/log.h"

static Err add_step(Cx *cx, void *arg)
{
    Target *t = arg;
    t->id = new_id(cx);
    return target_add(cx, t);
}

static int64_t goal_of(Cx *cx, Str name, Str due_on)
{
    Target t = {.unit = NANWANG,
        .heading = S("light"),
        .indicator = name,
        .unit_of_measure = S("%"),
        .direction = S("up"),
        .baseline = 8800,
        .baseline_on = S("2026-06-01"),
        .goal = 9500,
        .due_on = due_on};
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(db_transaction(cx, add_step, &t), OK);
    return t.id;
}

static int64_t reading(Cx *cx, int64_t target, int64_t value)
{
    int64_t id;
    const struct goal_reading in = {
        .target = target, .value = value, .day = S("2026-06-14"), .said = some_str(S("夜里数的"))};
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(goal_progress(cx, &in, &id), OK);
    return id;
}

static void verified(Cx *cx, int64_t id)
{
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(goal_verify(cx, id), OK);
}

static Str report(Cx *cx, int64_t village, int64_t year)
{
    struct year_report y;
    assess_year_part(&goal_year);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_year(cx, village, year, &y), OK);
    return y.body;
}

static void a_goal_is_reached_in_the_report_when_l3_has_seen_it(void **state)
{
    Cx *cx = *state;
    verified(cx, reading(cx, goal_of(cx, S("路灯亮灯率"), S("2026-09-30")), 9600));
    (void)reading(cx, goal_of(cx, S("厕所完好率"), S("2026-12-31")), 9900); /* nobody has seen it */
    verified(cx, reading(cx, goal_of(cx, S("道路完好率"), S("2026-10-31")), 9000));
    (void)goal_of(cx, S("明年的事"), S("2027-06-30"));
    Str body = report(cx, NANWANG, 2026);
    assert_true(has_words(body, "五、目标"));
    assert_true(has_words(body, "今年到期的目标 3 个。"));
    assert_true(has_words(body, "其中经核验达到 1 个。"));
    assert_true(has_words(body, "路灯亮灯率：目标 95%，核验为 96%，达到。"));
    assert_true(has_words(body, "厕所完好率：目标 95%，核验为 无，还没有达到。"));
    assert_true(has_words(body, "道路完好率：目标 95%，核验为 90%，还没有达到。"));
    assert_false(has_words(body, "明年的事"));
    assert_false(has_words(body, "提前达到"));
    assert_true(has_words(body, "六、做了什么，还差什么，明年怎么办"));
}

static void one_reached_before_its_day_stands_in_the_year_it_was_reached(void **state)
{
    Cx *cx = *state;
    verified(cx, reading(cx, goal_of(cx, S("明年的事"), S("2027-06-30")), 9700));
    Str body = report(cx, NANWANG, 2026);
    assert_true(has_words(body, "今年到期的目标 0 个。"));
    assert_true(has_words(body, "提前达到 1 个。"));
    assert_true(has_words(body, "明年的事：目标 95%，核验为 97%，达到。"));
}

static void a_village_without_goals_says_none_and_another_villages_stay_out(void **state)
{
    Cx *cx = *state;
    verified(cx, reading(cx, goal_of(cx, S("路灯亮灯率"), S("2026-09-30")), 9600));
    Str body = report(cx, SUNZHUANG, 2026);
    assert_true(has_words(body, "今年到期的目标 0 个。"));
    assert_false(has_words(body, "路灯亮灯率"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_goal_is_reached_in_the_report_when_l3_has_seen_it),
        IN_TOWN(one_reached_before_its_day_stands_in_the_year_it_was_reached),
        IN_TOWN(a_village_without_goals_says_none_and_another_villages_stay_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
