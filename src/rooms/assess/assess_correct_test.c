/* assess_correct_test.c — 更正轮: beside the old one, by the same two signatures. */
#include "judged.h"

#include "gen/sql_assess.h"
#include "pictures.h"
#include "rooms/assess/assess_correct.h"
#include "rooms/assess/assess_explain.h"

static const struct reckoned *of(const struct assess_kept *k, int64_t unit)
{
    size_t u = assess_unit_no(k, unit);
    assert_true(u < k->in.n_units);
    return &k->out[u];
}

static struct assess_fix the_fix(Cx *cx, int64_t round)
{
    struct assess_kept k;
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    return (struct assess_fix){
        .unit = NANWANG, .week = k.in.week[0].code, .item = S("C1"), .reason = S("照片拍的是邻村")};
}

static int64_t corrected(Cx *cx, int64_t round, int64_t office)
{
    int64_t id, row;
    struct assess_fix fix = the_fix(cx, round);
    sign_in(cx, office);
    assert_int_equal(assess_correct(cx, round, S("复查发现记错了村"), &id), OK);
    assert_int_equal(assess_correct_add(cx, id, &fix, &row), OK);
    assert_int_equal(assess_freeze(cx, id), OK);
    return id;
}

static void only_what_is_published_is_corrected_once_by_the_office_and_with_a_reason(void **state)
{
    Cx *cx = *state;
    int64_t a1 = 0, c1 = 0, id, round = judged_frozen(cx, &a1, &c1);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_correct(cx, round, S("记错了"), &id), ERR_CONFLICT);
    cx->now = town_ms(2026, 7, 6, 18, 0);
    struct assess_kept k;
    assert_int_equal(assess_final(cx, round), OK);
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    assert_int_equal(assess_sign(cx, round, k.input_hash), OK);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(assess_sign(cx, round, k.input_hash), OK);
    assert_int_equal(assess_correct(cx, round, S("记错了"), &id), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_correct(cx, round, S("  "), &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "reason");
    assert_int_equal(assess_correct(cx, round, S("记错了"), &id), OK);
    assert_int_equal(assess_correct(cx, round, S("又记错了"), &round), ERR_CONFLICT);
    assert_int_equal(assess_freeze(cx, id), ERR_CONFLICT); /* nothing is corrected yet */
}

static void a_correction_names_a_finding_of_the_round_and_changes_it(void **state)
{
    Cx *cx = *state;
    int64_t id, row, round = judged_published(cx);
    struct assess_fix good = the_fix(cx, round), bad;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_correct(cx, round, S("记错了"), &id), OK);
    const struct {
        const char *field;
        struct assess_fix fix;
    } wrong[] = {
        {"unit", {.unit = ELSEWHERE, .week = good.week, .item = good.item}                },
        {"week", {.unit = NANWANG, .week = S("2026-W01"), .item = good.item}              },
        {"item", {.unit = NANWANG, .week = good.week, .item = S("Z9")}                    },
        {"n",    {.unit = NANWANG, .week = good.week, .item = good.item, .n = 2}          },
        {"n",    {.unit = NANWANG, .week = good.week, .item = good.item, .n = -1}         },
        {"num",  {.unit = NANWANG, .week = good.week, .item = S("D1"), .num = 3, .den = 2}},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bad = wrong[i].fix;
        bad.reason = S("看错了");
        assert_int_equal(assess_correct_add(cx, id, &bad, &row), ERR_INVALID);
        assert_string_equal(cx->why.field, wrong[i].field);
    }
    bad = good;
    bad.reason = S("");
    assert_int_equal(assess_correct_add(cx, id, &bad, &row), ERR_INVALID);
    assert_int_equal(assess_correct_add(cx, id, &good, &row), OK);
    assert_int_equal(assess_correct_add(cx, id, &good, &round), ERR_CONFLICT);
    assert_int_equal(assess_correct_drop(cx, id, row), OK);
    assert_int_equal(assess_correct_drop(cx, id, row), ERR_NOT_FOUND);
}

static void the_correction_stands_beside_the_old_round_and_both_are_rerun(void **state)
{
    Cx *cx = *state;
    int64_t round = judged_published(cx), id = corrected(cx, round, OFFICE_HEAD_FENG);
    struct assess_kept was, now;
    struct assess_round r;
    struct sql_assess_history_rows h;
    assert_int_equal(assess_kept(cx, round, 0, &was), OK);
    assert_int_equal(assess_kept(cx, id, 0, &now), OK);
    assert_true(of(&now, NANWANG)->score > of(&was, NANWANG)->score);
    assert_int_equal(of(&now, SUNZHUANG)->score, of(&was, SUNZHUANG)->score);
    assert_int_equal(assess_correct_drop(cx, id, 1), ERR_CONFLICT); /* frozen */

    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_sign(cx, id, was.input_hash), ERR_CONFLICT); /* of the old one */
    assert_int_equal(assess_sign(cx, id, now.input_hash), OK);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(assess_sign(cx, id, now.input_hash), OK);
    assert_int_equal(assess_round_get(cx, id, &r), OK);
    assert_true(str_eq(r.state, S("published")));
    assert_int_equal(r.corrects, round);
    assert_int_equal(assess_rerun(cx, id), OK);
    assert_int_equal(assess_rerun(cx, round), OK);
    assert_int_equal(assess_round_get(cx, round, &r), OK); /* as it was */
    assert_true(str_eq(r.state, S("published")));
    assert_int_equal(
        sql_assess_history(cx, &(struct sql_assess_history){.unit = NANWANG, .limit = 9}, &h), OK);
    assert_int_equal(h.n, 1); /* one result a month: the corrected */
    assert_int_equal(h.at[0].round, id);
    assert_int_equal(h.at[0].score, of(&now, NANWANG)->score);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(only_what_is_published_is_corrected_once_by_the_office_and_with_a_reason),
        IN_TOWN(a_correction_names_a_finding_of_the_round_and_changes_it),
        IN_TOWN(the_correction_stands_beside_the_old_round_and_both_are_rerun),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
