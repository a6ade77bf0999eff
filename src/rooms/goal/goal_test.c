/* goal_test.c — 因村施策: requirements, targets, tiers, readings, sets, pages. */
#include "tests/web_town.h"

#include "base/ledger.h"
#include "rooms/duty/post.h"
#include "rooms/goal/goal_measure.h"
#include "rooms/ledger/ledger.h"
#include "rooms/problem/problem.h"
#include "store/db.h"
#include "store/log.h"
#include "web/web_call.h"

#include <stdio.h>
#include <string.h>

#define P(n, v)                                                                                    \
    {                                                                                              \
        S(n), S(v)                                                                                 \
    }
#define TEXT_OF(s) some_str(S(s))

static Target a_target(void)
{
    return (Target){.unit = NANWANG,
        .heading = S("light"),
        .indicator = S("路灯亮灯率"),
        .unit_of_measure = S("%"),
        .direction = S("up"),
        .baseline = 8800,
        .baseline_on = S("2026-06-01"),
        .goal = 9500,
        .due_on = S("2026-09-30"),
        .tier_1 = some_i64(9000),
        .tier_2 = some_i64(9500),
        .tier_3 = some_i64(9800)};
}

static Err add_step(Cx *cx, void *arg)
{
    Target *t = arg;
    t->id = new_id(cx);
    return target_add(cx, t);
}

static int64_t made(Cx *cx, Target t)
{
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(db_transaction(cx, add_step, &t), OK);
    return t.id;
}

static Err reads(Cx *cx, int64_t target, int64_t value, const char *day, int64_t *id)
{
    struct goal_reading in = {
        .target = target, .value = value, .day = str(day), .said = TEXT_OF("夜里数的")};
    return goal_progress(cx, &in, id);
}

static struct goal_village standing(Cx *cx, int64_t village)
{
    struct goal_village v;
    assert_int_equal(goal_village(cx, village, &v), OK);
    return v;
}

static void refused(Cx *cx, Target t, const char *field)
{
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(target_check(cx, &t), ERR_INVALID);
    assert_string_equal(cx->why.field, field);
}

static void a_target_that_makes_no_sense_is_refused_by_field(void **state)
{
    Cx *cx = *state;
    Target t = a_target();
    t.unit = THE_TOWN;
    refused(cx, t, "unit");
    t = a_target();
    t.unit = NANWANG_GRID_1;
    refused(cx, t, "unit");
    t = a_target();
    t.goal = 8000;
    refused(cx, t, "goal");
    t = a_target();
    t.due_on = S("2026-05-31");
    refused(cx, t, "due_on");
    t = a_target();
    t.tier_2 = some_i64(8900);
    refused(cx, t, "tier_2");
    t = a_target();
    t.measure = TEXT_OF("on_time");
    t.direction = S("down");
    t.goal = 100;
    t.tier_1 = t.tier_2 = t.tier_3 = (OptI64){0};
    refused(cx, t, "direction");
    t = a_target();
    t.requirement = some_i64(999999);
    refused(cx, t, "requirement");
    made(cx, a_target());
    refused(cx, a_target(), "indicator");
}

static void lower_is_better_where_it_says_so(void **state)
{
    (void)state;
    Target t = {.direction = S("down"),
        .tier_1 = some_i64(1000),
        .tier_2 = some_i64(500),
        .tier_3 = some_i64(200)};
    assert_int_equal(target_tier(&t, some_i64(1001)), 0);
    assert_int_equal(target_tier(&t, some_i64(1000)), 1);
    assert_int_equal(target_tier(&t, some_i64(500)), 2);
    assert_int_equal(target_tier(&t, some_i64(0)), 3);
    assert_int_equal(target_tier(&t, (OptI64){0}), 0);
    t.direction = S("up");
    t.tier_1 = some_i64(9000), t.tier_2 = some_i64(9500), t.tier_3 = some_i64(9800);
    assert_int_equal(target_tier(&t, some_i64(9799)), 2);
    assert_int_equal(target_tier(&t, some_i64(9800)), 3);
}

static void a_tier_is_had_when_l3_has_seen_it_and_not_before(void **state)
{
    Cx *cx = *state;
    int64_t target = made(cx, a_target()), reading;
    assert_int_equal(reads(cx, target, 9600, "2026-06-14", &reading), OK);
    struct goal_village v = standing(cx, NANWANG);
    assert_int_equal(v.tier, 0);
    assert_int_equal(v.n_waiting, 1);
    assert_int_equal(v.at[0].current.v, 9600);
    assert_false(v.at[0].verified.set);
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(goal_verify(cx, reading), OK);
    assert_int_equal(goal_verify(cx, reading), ERR_CONFLICT);
    v = standing(cx, NANWANG);
    assert_int_equal(v.tier, 2);
    assert_int_equal(v.n_reached, 1);
    assert_int_equal(v.n_waiting, 0);
    assert_true(str_eq(v.at[0].tier.v, S("raise")));
}

static void all_that_a_tier_asks_must_be_there(void **state)
{
    Cx *cx = *state;
    int64_t light = made(cx, a_target()), reading;
    Target other = a_target();
    other.indicator = S("另一个指标");
    other.tier_3 = (OptI64){0};
    int64_t second = made(cx, other);
    assert_int_equal(reads(cx, light, 9900, "2026-06-14", &reading), OK);
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(goal_verify(cx, reading), OK);
    assert_int_equal(standing(cx, NANWANG).tier, 0);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(reads(cx, second, 9500, "2026-06-14", &reading), OK);
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(goal_verify(cx, reading), OK);
    assert_int_equal(standing(cx, NANWANG).tier, 3); /* 示范 does not ask the second */
}

static void who_entered_it_does_not_verify_it(void **state)
{
    Cx *cx = *state;
    int64_t target = made(cx, a_target()), reading;
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(reads(cx, target, 9600, "2026-06-14", &reading), OK);
    assert_int_equal(goal_verify(cx, reading), ERR_FORBIDDEN);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(goal_verify(cx, reading), ERR_FORBIDDEN);
    sign_in(cx, LEAD_WANG); /* the village has its L3 */
    assert_int_equal(goal_verify(cx, reading), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(goal_verify(cx, reading), ERR_FORBIDDEN);
}

static void the_next_villages_goals_are_not_theirs(void **state)
{
    Cx *cx = *state;
    int64_t target = made(cx, a_target()), reading;
    assert_int_equal(reads(cx, target, 9600, "2026-06-14", &reading), OK);
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    int64_t other;
    assert_int_equal(reads(cx, target, 9600, "2026-06-14", &other), ERR_NOT_FOUND);
    sign_in(cx, DEPT_OF_SUNZHUANG);
    assert_int_equal(goal_verify(cx, reading), ERR_NOT_FOUND);
}

static void a_reading_says_where_it_comes_from_and_of_which_day(void **state)
{
    Cx *cx = *state;
    int64_t target = made(cx, a_target()), id;
    struct goal_reading in = {.target = target, .value = 9000, .day = S("2026-06-14")};
    assert_int_equal(goal_progress(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
    assert_int_equal(reads(cx, target, 9000, "2026-06-16", &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "day");
    assert_int_equal(reads(cx, target, 9000, "2026-05-31", &id), ERR_INVALID);
    assert_int_equal(reads(cx, target, 9000, "2026-06-10", &id), OK);
    assert_int_equal(reads(cx, target, 8900, "2026-06-05", &id), OK); /* an older one, later */
    assert_int_equal(standing(cx, NANWANG).at[0].current.v, 9000);
}

static void what_a_ledger_answers_fills_itself_and_is_not_typed(void **state)
{
    Cx *cx = *state;
    Target t = a_target();
    t.heading = S("river");
    t.indicator = S("未办结“四乱”");
    t.measure = TEXT_OF("open_four");
    t.unit_of_measure = S("件");
    t.direction = S("down");
    t.baseline = 500;
    t.goal = 0;
    t.tier_1 = some_i64(200), t.tier_2 = some_i64(100), t.tier_3 = some_i64(0);
    int64_t target = made(cx, t), id;
    assert_int_equal(reads(cx, target, 0, "2026-06-14", &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "value");
    assert_int_equal(goal_measure_job(cx), OK);
    assert_int_equal(goal_measure_job(cx), OK); /* nothing new, no second reading */
    struct goal_village v = standing(cx, NANWANG);
    assert_int_equal(v.at[0].current.v, 0);
    assert_int_equal(v.tier, 0);
    assert_int_equal(goal_unseen(cx, target, &id), OK);
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(goal_verify(cx, id), OK);
    assert_int_equal(standing(cx, NANWANG).tier, 3);
    assert_int_equal(goal_unseen(cx, target, &id), ERR_NOT_FOUND);
}

static void every_measure_is_defined_once_and_offered(void **state)
{
    (void)state;
    size_t n = 0;
    for (const struct goal_measure *m = goal_measures; m->code; m++, n++) {
        assert_non_null(m->definition.zh);
        assert_string_equal(goal_measure_options[n].code, m->code);
    }
    assert_null(goal_measure_options[n].code);
}

static Err template_step(Cx *cx, void *arg)
{
    (void)arg;
    static const struct {
        const char *heading, *indicator;
        int64_t t1, t2, t3;
    } lines[] = {
        {"light", "路灯亮灯率",       9000, 9500, 9800 },
        {"green", "宜绿地块绿化率", 6000, 8000, 9500 },
        {"rules", "门前三包签约率", 8000, 9500, 10000},
    };
    for (int64_t i = 0; i < 3; i++)
        TRY(sql_target_template_put(cx, &(struct sql_target_template_put){.name = S("七化"),
                                            .position = i + 1,
                                            .heading = str(lines[i].heading),
                                            .indicator = str(lines[i].indicator),
                                            .unit_of_measure = S("%"),
                                            .direction = S("up"),
                                            .tier_1 = some_i64(lines[i].t1),
                                            .tier_2 = some_i64(lines[i].t2),
                                            .tier_3 = some_i64(lines[i].t3)}));
    return OK;
}

static void a_set_makes_the_villages_goals_once(void **state)
{
    Cx *cx = *state;
    const struct goal_baseline now[] = {
        {1, 9700},
        {2, 5500}
    };
    struct goal_applying a = {.village = NANWANG,
        .template = S("七化"),
        .due_on = S("2026-12-31"),
        .tier = 2,
        .at = now,
        .n = 2};
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(db_transaction(cx, template_step, NULL), OK);
    assert_int_equal(goal_apply(cx, &a), OK);
    assert_int_equal(a.n_made, 2); /* the third has no number */
    struct goal_village v = standing(cx, NANWANG);
    assert_int_equal(v.n, 2);
    assert_int_equal(v.at[0].goal, 9700); /* better already: kept */
    assert_int_equal(v.at[1].goal, 8000);
    assert_int_equal(goal_apply(cx, &a), OK);
    assert_int_equal(a.n_made, 0);
    assert_int_equal(a.n_there, 2);
    a.due_on = S("2026-06-14");
    assert_int_equal(goal_apply(cx, &a), ERR_INVALID);
    a.due_on = S("2026-12-31");
    a.template = S("没有");
    assert_int_equal(goal_apply(cx, &a), ERR_INVALID);
    a.village = SUNZHUANG;
    assert_int_equal(goal_apply(cx, &a), ERR_FORBIDDEN);
}

/* ---- the ledgers and pages */

static Err save(Cx *cx, const struct ledger *l, const struct pair *at, size_t n, int64_t *id)
{
    struct saving s = {
        .form = {at, n}
    };
    Err e = ledger_save(cx, l, &s);
    *id = s.id;
    return e;
}

static void a_requirement_that_no_village_refines_is_open(void **state)
{
    Cx *cx = *state;
    const struct pair form[] = {P("paper_no", "区〔2026〕3号"), P("from", "district"),
        P("text", "路灯亮灯率不低于 95%"), P("unit", "古荥镇"), P("due_on", "2026-10-31"),
        P("csrf", "x")};
    int64_t id, target;
    Requirement r;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(save(cx, &requirement_ledger, form, 6, &id), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(save(cx, &requirement_ledger, form, 6, &id), OK);
    assert_int_equal(sql_requirement_find(cx, &(struct sql_requirement_find){id}, &r), OK);
    assert_int_equal(r.refined_n, 0);
    Target t = a_target();
    t.requirement = some_i64(id);
    t.due_on = S("2026-11-30");
    refused(cx, t, "due_on");
    t.due_on = S("2026-10-31");
    target = made(cx, t);
    assert_true(target > 0);
    assert_int_equal(sql_requirement_find(cx, &(struct sql_requirement_find){id}, &r), OK);
    assert_int_equal(r.refined_n, 1);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(save(cx, &requirement_ledger, form, 6, &id), ERR_INVALID); /* twice */
    assert_string_equal(cx->why.field, "paper_no");
}

static void a_typed_standing_is_refused_by_the_ledger(void **state)
{
    Cx *cx = *state;
    int64_t id;
    const struct pair form[] = {P("indicator", "里巷硬化率"), P("heading", "facility"),
        P("unit", "南王村"), P("unit_of_measure", "%"), P("direction", "up"), P("baseline", "82"),
        P("baseline_on", "2026-06-01"), P("goal", "95.5"), P("due_on", "2026-09-30"),
        P("csrf", "x"), P("current", "95")};
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(save(cx, &target_ledger, form, 11, &id), ERR_INVALID);
    assert_int_equal(save(cx, &target_ledger, form, 10, &id), OK);
    assert_int_equal(standing(cx, NANWANG).at[0].goal, 9550);
}

static void the_pages_show_tiers_before_they_are_asked(void **state)
{
    Cx *cx = *state;
    int64_t target = made(cx, a_target()), reading;
    assert_int_equal(reads(cx, target, 9600, "2026-06-14", &reading), OK);
    web_call_open(cx, town_dir());
    struct web_answer a = web_page(cx, DEPT_ZHAO, "/goals/410108101206000");
    assert_int_equal(a.status, 200);
    assert_true(has_words(a.body, "≥ 98%")); /* 示范, not reached yet */
    assert_true(has_words(a.body, "看过，属实"));
    a = web_page(cx, SECRETARY_QIAN, "/goals/410108101206000");
    assert_true(has_words(a.body, "填进展"));
    assert_false(has_words(a.body, "看过，属实"));
    a = web_page(cx, SECRETARY_OF_SUNZHUANG, "/goals/410108101206000");
    assert_int_equal(a.status, 200);
    assert_false(has_words(a.body, "填进展"));
    assert_int_equal(web_page(cx, OFFICE_ZHENG, "/goals").status, 200);
    assert_int_equal(web_page(cx, OFFICE_ZHENG, "/goals/410108101999000").status, 404);
    a = web_page(cx, 0, "/v/410108101206000");
    assert_int_equal(a.status, 200);
    assert_true(has_words(a.body, "路灯亮灯率"));
    assert_true(has_words(a.body, "钱同志"));
    assert_false(has_words(a.body, "钱七"));
    assert_int_equal(web_page(cx, 0, "/v").status, 200);
    assert_int_equal(web_page(cx, 0, "/goals").status, 303);
    web_call_close();
}

static void a_refused_reading_is_shown_again_with_what_was_typed(void **state)
{
    Cx *cx = *state;
    int64_t target = made(cx, a_target());
    Str id = str(arena_printf(&cx->mem, "%lld", (long long)target));
    const struct pair form[] = {
        {S("target"), id},
        P("value", "很多"), P("day", "2026-06-14"), P("said", "数过了")
    };
    Str c = town_cookie(cx, SECRETARY_QIAN);
    web_call_open(cx, town_dir());
    struct web_answer a =
        web_call(cx, &(struct web_call){
                         .method = "POST",
                         .path = "/goals/410108101206000/progress",
                         .cookie = arena_printf(&cx->mem, "%.*s", (int)c.len, c.at),
                         .form = {form, 4}
    });
    assert_int_equal(a.status, 422);
    assert_true(has_words(a.body, "很多"));
    assert_true(has_words(a.body, "数过了"));
    web_call_close();
    assert_false(standing(cx, NANWANG).at[0].current.set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_target_that_makes_no_sense_is_refused_by_field),
        cmocka_unit_test(lower_is_better_where_it_says_so),
        IN_TOWN(a_tier_is_had_when_l3_has_seen_it_and_not_before),
        IN_TOWN(all_that_a_tier_asks_must_be_there),
        IN_TOWN(who_entered_it_does_not_verify_it),
        IN_TOWN(the_next_villages_goals_are_not_theirs),
        IN_TOWN(a_reading_says_where_it_comes_from_and_of_which_day),
        IN_TOWN(what_a_ledger_answers_fills_itself_and_is_not_typed),
        cmocka_unit_test(every_measure_is_defined_once_and_offered),
        IN_TOWN(a_set_makes_the_villages_goals_once),
        IN_TOWN(a_requirement_that_no_village_refines_is_open),
        IN_TOWN(a_typed_standing_is_refused_by_the_ledger),
        IN_TOWN(the_pages_show_tiers_before_they_are_asked),
        IN_TOWN(a_refused_reading_is_shown_again_with_what_was_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
