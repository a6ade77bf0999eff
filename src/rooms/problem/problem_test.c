/* problem_test.c — 问题台账: the loop, who may, two people at once, scope, double submits. */
#include "rooms/problem/problem_test.h"

static void a_report_without_place_and_unit_is_refused(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    struct problem_receipt receipt;
    in.place = S("");
    in.unit = 0;
    assert_int_equal(problem_report(cx, &in, &receipt), ERR_INVALID);
    assert_string_equal(cx->why.field, "unit");
}

static void a_report_needs_a_category_or_a_photo(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    struct problem_receipt receipt;
    in.category = S("");
    assert_int_equal(problem_report(cx, &in, &receipt), ERR_INVALID);
    assert_string_equal(cx->why.field, "category");
    Str photo = a_photo(cx);
    in.before = (struct photo_hashes){&photo, 1};
    receipt = reported(cx, in);
    assert_true(str_eq(the_case(cx, receipt.id).category, S("9999")));
    assert_true(the_case(cx, receipt.id).photo_before.v > 0);
}

static void the_loop_runs_from_the_report_to_the_evaluation(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = handled(cx, a_problem());
    assert_int_equal(r.code.len, 12);
    Case p = the_case(cx, r.id);
    assert_true(str_eq(p.number.v, S("GX-2026-000001")));
    assert_int_equal(p.due_at.v, town_ms(2026, 6, 18, 17, 30));
    assert_true(
        str_has(p.chain.v, "王五") && str_has(p.chain.v, "赵六") && str_has(p.chain.v, "钱七"));
    DOES(cx, DEPT_ZHAO, r.id, "pass", NOTHING);
    assert_state(cx, r.id, "closed");
    assert_int_equal(problem_told(cx, r.id, "page"), OK);
    assert_true(the_case(cx, r.id).told_at.set);
    SAYS(cx, r.code, "evaluate", .evaluation = TEXT("good"));
    assert_true(str_eq(the_case(cx, r.id).evaluation.v, S("good")));
    assert_int_equal(
        says(cx, r.code, "evaluate", (struct problem_fields){.evaluation = TEXT("bad")}),
        ERR_CONFLICT);
}

static void the_second_dispatch_of_a_problem_is_told_so(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = dispatched(cx, a_problem());
    assert_int_equal(does(cx, SECRETARY_QIAN, r.id, "dispatch",
                         (struct problem_fields){.handler = some_i64(CADRE_ZHOU)}),
        ERR_CONFLICT);
    assert_int_equal(the_case(cx, r.id).handler.v, CADRE_SUN);
}

static void who_looked_at_an_older_version_is_told_so(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = reported(cx, a_problem());
    int64_t seen = the_case(cx, r.id).version;
    DOES(cx, DEPT_ZHAO, r.id, "comment", .text = TEXT("我去看看"));
    assert_int_equal(
        does(cx, SECRETARY_QIAN, r.id, "file", (struct problem_fields){.version = some_i64(seen)}),
        ERR_CONFLICT);
    assert_string_equal(cx->why.field, "version");
}

static void a_secretary_does_not_see_the_next_village(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = reported(cx, a_problem());
    assert_int_equal(
        does(cx, SECRETARY_OF_SUNZHUANG, r.id, "file", (struct problem_fields){0}), ERR_NOT_FOUND);
    struct problem_cards cards;
    assert_int_equal(problem_cards(cx, &(struct problem_filter){0}, &cards), OK);
    assert_int_equal(cards.n, 0);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(problem_cards(cx, &(struct problem_filter){0}, &cards), OK);
    assert_int_equal(cards.n, 1);
    sign_in_elsewhere(cx, SECRETARY_ELSEWHERE);
    assert_int_equal(problem_seen(cx, r.id), ERR_NOT_FOUND);
}

static void a_stranger_to_a_step_learns_no_state(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = handled(cx, a_problem());
    assert_int_equal(
        does(cx, CADRE_ZHOU, r.id, "accept", (struct problem_fields){0}), ERR_NOT_FOUND);
    assert_int_equal(
        does(cx, LEAD_WANG, r.id, "accept", (struct problem_fields){0}), ERR_FORBIDDEN);
    assert_int_equal(does(cx, CADRE_SUN, r.id, "accept", (struct problem_fields){0}), ERR_CONFLICT);
    assert_int_equal(does(cx, CADRE_SUN, r.id, "fly", (struct problem_fields){0}), ERR_NOT_FOUND);
}

static void nobody_checks_their_own_work(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = reported(cx, a_problem());
    Str photo = a_photo(cx);
    DOES(cx, SECRETARY_QIAN, r.id, "file", NOTHING);
    DOES(cx, SECRETARY_QIAN, r.id, "dispatch", .handler = some_i64(SECRETARY_QIAN));
    DOES(cx, SECRETARY_QIAN, r.id, "accept", NOTHING);
    DOES(cx, SECRETARY_QIAN, r.id, "feed_back", .text = TEXT("修好了"), .photo = some_str(photo));
    assert_int_equal(
        does(cx, SECRETARY_QIAN, r.id, "pass", (struct problem_fields){0}), ERR_FORBIDDEN);
    assert_true(str_eq(the_case(cx, r.id).turn, S("dept")));
    DOES(cx, DEPT_ZHAO, r.id, "fail", .text = TEXT("还有一盏"), .photo = some_str(photo));
    /* handed to another: who worked on it before still does not check it */
    DOES(
        cx, SECRETARY_QIAN, r.id, "reassign", .handler = some_i64(CADRE_SUN), .text = TEXT("出差"));
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    DOES(cx, CADRE_SUN, r.id, "feed_back", .text = TEXT("修好了"), .photo = some_str(photo));
    assert_int_equal(
        does(cx, SECRETARY_QIAN, r.id, "pass", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, SUPERVISOR_HE, r.id, "pass", NOTHING);
}

static void a_matter_of_weight_is_checked_from_outside_with_a_photo(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    in.category = S("6101");
    struct problem_receipt r = handled(cx, in);
    Str photo = a_photo(cx);
    assert_int_equal(
        does(cx, SECRETARY_QIAN, r.id, "pass", (struct problem_fields){.photo = some_str(photo)}),
        ERR_FORBIDDEN);
    assert_int_equal(
        does(cx, SUPERVISOR_HE, r.id, "pass", (struct problem_fields){.photo = some_str(photo)}),
        ERR_FORBIDDEN);
    assert_int_equal(
        does(cx, INSPECTOR_SHI, r.id, "pass", (struct problem_fields){0}), ERR_INVALID);
    assert_string_equal(cx->why.field, "photo");
    DOES(cx, INSPECTOR_SHI, r.id, "pass", .photo = some_str(photo));
    assert_int_equal(the_case(cx, r.id).verifier.v, INSPECTOR_SHI);
}

static void who_asks_does_not_grant(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    struct problem_receipt r = reported(cx, in);
    DOES(cx, OFFICE_ZHENG, r.id, "file", NOTHING);
    DOES(cx, OFFICE_ZHENG, r.id, "void_ask", .text = TEXT("是空的"));
    assert_int_equal(
        does(cx, OFFICE_ZHENG, r.id, "void_grant", (struct problem_fields){0}), ERR_FORBIDDEN);
    assert_int_equal(
        does(cx, DEPT_ZHAO, r.id, "void_grant", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, LEAD_WANG, r.id, "void_grant", NOTHING);
    assert_state(cx, r.id, "voided");
    assert_true(str_eq(the_case(cx, r.id).outcome_text.v, S("是空的")));
}

static void the_same_form_twice_is_one_problem_and_other_content_a_conflict(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    in.key = S("abcdefghijklmnop123456");
    struct problem_receipt first = reported(cx, in), second = reported(cx, in);
    assert_int_equal(first.id, second.id);
    assert_true(str_eq(first.code, second.code));
    assert_true(second.again && !first.again);
    in.body = S("不是这一处");
    assert_int_equal(problem_report(cx, &in, &second), ERR_CONFLICT);
    assert_string_equal(cx->why.field, "key");
}

static void the_same_verb_form_twice_moves_once(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = reported(cx, a_problem());
    struct problem_fields in = {.key = TEXT("qrstuvwxyzabcdef123456")};
    assert_int_equal(does(cx, SECRETARY_QIAN, r.id, "file", in), OK);
    assert_int_equal(does(cx, SECRETARY_QIAN, r.id, "file", in), OK);
    in.text = TEXT("另一句");
    assert_int_equal(does(cx, SECRETARY_QIAN, r.id, "file", in), ERR_CONFLICT);
    Case p = the_case(cx, r.id);
    assert_true(str_eq(p.number.v, S("GX-2026-000001")));
}

static void what_names_a_cadre_goes_to_the_office_alone(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    in.body = S("孙八家门口的垃圾没人管");
    struct problem_receipt r = reported(cx, in);
    struct problem_cards cards;
    static const int64_t village[] = {SECRETARY_QIAN, CADRE_SUN, DEPT_ZHAO, LEAD_WANG};
    for (size_t i = 0; i < sizeof village / sizeof *village; i++) {
        sign_in(cx, village[i]);
        assert_int_equal(problem_seen(cx, r.id), ERR_NOT_FOUND);
        assert_int_equal(problem_cards(cx, &(struct problem_filter){0}, &cards), OK);
        assert_int_equal(cards.n, 0);
    }
    DOES(cx, OFFICE_ZHENG, r.id, "file", NOTHING);
    assert_int_equal(does(cx, OFFICE_ZHENG, r.id, "dispatch",
                         (struct problem_fields){.handler = some_i64(CADRE_ZHOU)}),
        ERR_INVALID);
    DOES(cx, OFFICE_ZHENG, r.id, "dispatch", .handler = some_i64(DEPT_ZHAO));
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(problem_seen(cx, r.id), OK);
    in = a_problem();
    in.not_to_village = true;
    r = reported(cx, in);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(problem_seen(cx, r.id), ERR_NOT_FOUND);
}

static void an_easy_one_with_photo_and_place_is_dispatched_by_rule(void **state)
{
    Cx *cx = *state;
    Str photo = a_photo(cx);
    struct problem_new in = a_problem();
    in.category = S("0102");
    in.unit = NANWANG_GRID_1;
    in.before = (struct photo_hashes){&photo, 1};
    struct problem_receipt r = reported(cx, in);
    Case p = the_case(cx, r.id);
    assert_true(str_eq(p.state, S("dispatched")));
    assert_int_equal(p.handler.v, CADRE_SUN);
    assert_int_equal(p.due_at.v, town_ms(2026, 6, 15, 16, 0));
    /* fed back without accepting first; the resident's word closes it */
    DOES(cx, CADRE_SUN, r.id, "feed_back", .text = TEXT("已清走"), .photo = some_str(photo));
    SAYS(cx, r.code, "answer", .answer = TEXT("solved"));
    p = the_case(cx, r.id);
    assert_true(str_eq(p.state, S("closed")) || p.drawn);
    /* a second one at the same place is not: somebody has to look */
    r = reported(cx, in);
    assert_true(str_eq(the_case(cx, r.id).state, S("reported")) || !p.live);
}

static void a_residents_no_sends_it_back_without_a_photo(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = handled(cx, a_problem());
    SAYS(cx, r.code, "answer", .answer = TEXT("not"), .text = TEXT("还是黑的"));
    Case p = the_case(cx, r.id);
    assert_true(str_eq(p.state, S("handling")));
    assert_int_equal(p.rework, 1);
    assert_int_equal(p.handler.v, CADRE_SUN);
}

static void mended_on_the_spot_is_one_form(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    struct problem_receipt r;
    Str photo = a_photo(cx);
    in.category = S("0102");
    in.unit = NANWANG_GRID_1;
    in.before = (struct photo_hashes){&photo, 1};
    sign_in(cx, CADRE_SUN);
    assert_int_equal(problem_fix(cx, &in, S("顺手清了"), in.before, &r), OK);
    Case p = the_case(cx, r.id);
    assert_true(str_eq(p.state, S("handled")) && p.drawn); /* the first of the week is drawn */
    assert_true(p.fixed && p.number.set);
    assert_int_equal(does(cx, CADRE_SUN, r.id, "pass", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, SECRETARY_QIAN, r.id, "pass", NOTHING);
    in.category = S("6101");
    sign_in(cx, CADRE_SUN);
    assert_int_equal(problem_fix(cx, &in, S(""), in.before, &r), ERR_INVALID);
    in.category = S("0102");
    sign_in(cx, MEMBER_QIN);
    assert_int_equal(problem_fix(cx, &in, S(""), in.before, &r), ERR_FORBIDDEN);
}

static void the_reporters_name_is_sealed_and_can_be_destroyed(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    in.name = S("刘邻居");
    in.phone = S("13800001234");
    struct problem_receipt r = reported(cx, in);
    struct sql_problem_trail_reporter_row row;
    assert_int_equal(
        sql_problem_trail_reporter(cx, &(struct sql_problem_trail_reporter){.problem = r.id}, &row),
        OK);
    assert_true(row.name.set && !memmem(row.name.v.at, row.name.v.len, "刘", 3));
    Str clear;
    assert_int_equal(
        secret_unseal(cx, row.key.v, "problem.reporter", r.id, row.name.v, &clear), OK);
    assert_true(str_eq(clear, S("刘邻居")));
    assert_int_equal(problem_forget_reporter(cx, r.code), OK);
    assert_int_equal(problem_forget_reporter(cx, r.code), OK);
    assert_int_equal(
        sql_problem_trail_reporter(cx, &(struct sql_problem_trail_reporter){.problem = r.id}, &row),
        OK);
    assert_false(row.key.set || row.name.set || row.phone.set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_report_without_place_and_unit_is_refused),
        IN_TOWN(a_report_needs_a_category_or_a_photo),
        IN_TOWN(the_loop_runs_from_the_report_to_the_evaluation),
        IN_TOWN(the_second_dispatch_of_a_problem_is_told_so),
        IN_TOWN(who_looked_at_an_older_version_is_told_so),
        IN_TOWN(a_secretary_does_not_see_the_next_village),
        IN_TOWN(a_stranger_to_a_step_learns_no_state),
        IN_TOWN(nobody_checks_their_own_work),
        IN_TOWN(a_matter_of_weight_is_checked_from_outside_with_a_photo),
        IN_TOWN(who_asks_does_not_grant),
        IN_TOWN(the_same_form_twice_is_one_problem_and_other_content_a_conflict),
        IN_TOWN(the_same_verb_form_twice_moves_once),
        IN_TOWN(what_names_a_cadre_goes_to_the_office_alone),
        IN_TOWN(an_easy_one_with_photo_and_place_is_dispatched_by_rule),
        IN_TOWN(a_residents_no_sends_it_back_without_a_photo),
        IN_TOWN(mended_on_the_spot_is_one_form),
        IN_TOWN(the_reporters_name_is_sealed_and_can_be_destroyed),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
