/* assess_test.c — a month from the draw to the flags: sheets, appeals, two signatures, a re-run. */
#include "judged.h"

#include "base/day.h"
#include "gen/sql_assess.h"
#include "photo/photo.h"
#include "pictures.h"
#include "rooms/assess/assess.h"
#include "rooms/assess/assess_import.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/ledger/ledger.h"

#include <stdio.h>
#include <unistd.h>

static Str june = {"2026-06", 7};

static const struct reckoned *of_unit(const struct assess_kept *k, int64_t unit)
{
    for (size_t i = 0; i < k->in.n_units; i++)
        if (k->in.unit[i].code == unit)
            return &k->out[i];
    return NULL;
}

static void a_table_is_published_by_another_than_who_edited_it(void **state)
{
    Cx *cx = *state;
    struct assess_table t;
    judged_tables(cx);
    int64_t id = judged_table(cx, S("v2"));
    assert_int_equal(assess_table_get(cx, id, &t), OK);
    assert_int_equal(assess_table_publish(cx, id, t.version), ERR_FORBIDDEN);
    judged_publish_table(cx, S("v2"));
    assert_int_equal(assess_table_get(cx, id, &t), OK);
    assert_int_equal(assess_table_save(cx, id, t.version, &t.t), ERR_CONFLICT);
}

static void the_shipped_tables_add_up_and_the_same_file_again_changes_nothing(void **state)
{
    Cx *cx = *state;
    struct assess_table t;
    struct import again = {.file = S("again.csv")};
    judged_tables(cx);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(assess_table_get(cx, judged_table(cx, i ? S("v2") : S("v1")), &t), OK);
        assert_int_equal(score_table_check(cx, &t.t), OK);
        assert_int_equal(t.t.n_groups, 3);
        for (int g = 0; g < 3; g++)
            assert_int_equal(score_table_full(&t.t, g), SCORE_FULL);
        assert_int_equal(t.t.drawn, i);
        assert_int_equal(t.t.item[score_table_item(&t.t, S("B1"))].is.per, 50);
    }
    assert_int_equal(ledger_import(cx, &score_table_ledger,
                         judged_file(cx, "demo/start/score_tables.csv"), &again),
        OK);
    assert_int_equal(again.added + again.changed + again.wrong, 0);
}

static void a_round_without_a_published_table_or_twice_is_refused(void **state)
{
    Cx *cx = *state;
    int64_t id;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_open(cx, june, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "month");
    (void)judged_open(cx);
    assert_int_equal(assess_open(cx, june, &id), ERR_CONFLICT);
    assert_int_equal(assess_open(cx, S("2026-6"), &id), ERR_INVALID);
}

static void nobody_is_drawn_for_a_village_they_hold_a_post_over(void **state)
{
    Cx *cx = *state;
    struct assess_sheets all;
    int64_t round = judged_open(cx);
    assert_int_equal(assess_sheets_of(cx, round, &all), OK);
    assert_int_equal(all.n, 2 * 5); /* two villages, four weeks and the month's end */
    for (size_t i = 0; i < all.n; i++) {
        bool nanwang = all.at[i].unit == NANWANG;
        assert_int_not_equal(all.at[i].inspector, nanwang ? LEAD_WANG : LEAD_OF_SUNZHUANG);
        assert_int_not_equal(all.at[i].inspector, nanwang ? DEPT_ZHAO : DEPT_OF_SUNZHUANG);
    }
}

static void the_draw_is_repeated_from_the_printed_seed(void **state)
{
    Cx *cx = *state;
    struct assess_round r;
    struct assess_redrawn d;
    int64_t round = judged_open(cx);
    assert_int_equal(assess_round_get(cx, round, &r), OK);
    assert_int_equal(assess_redraw(cx, &r, &d), OK);
    assert_int_equal(d.n, 2 * 5);
    assert_int_equal(d.n_missing, 0);
}

static void a_round_is_not_scored_before_every_sheet_is_in(void **state)
{
    Cx *cx = *state;
    int64_t round = judged_open(cx);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_scored(cx, round), ERR_CONFLICT);
    assert_int_equal(assess_freeze(cx, round), ERR_CONFLICT);
}

static void a_lost_point_becomes_a_problem_and_the_two_stay_linked(void **state)
{
    Cx *cx = *state;
    int64_t a1 = 0, c1 = 0;
    struct assess_deducts d;
    int64_t round = judged_open(cx);
    judged_inspect(cx, round, &a1, &c1);
    assert_int_equal(assess_deducts_of_unit(cx, round, NANWANG, &d), OK);
    assert_int_equal(d.n, 2);
    assert_true(d.at[0].problem > 0);
    assert_true(d.at[1].problem > 0);
}

static void the_points_lost_are_in_the_month_and_a_rerun_gives_the_same(void **state)
{
    Cx *cx = *state;
    int64_t a1 = 0, c1 = 0;
    struct assess_kept k;
    int64_t round = judged_frozen(cx, &a1, &c1);
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    const struct reckoned *r = of_unit(&k, NANWANG);
    assert_int_equal(
        r->week[0].score + r->week[1].score + r->week[2].score + r->week[3].score + r->month.score,
        50000 - 100 - 600);
    assert_int_equal(assess_rerun(cx, round), OK);
}

static void only_the_secretary_appeals_once_a_place_and_three_of_the_panel_decide(void **state)
{
    Cx *cx = *state;
    int64_t a1 = 0, c1 = 0, appeal, id, round = judged_frozen(cx, &a1, &c1);
    struct assess_kept before, after;
    const struct assess_vote strike = {.choice = S("struck"), .said = S("照片不是本村的")};
    sign_in(cx, OFFICE_ZHENG);
    for (int i = 0; i < 2; i++) {
        int64_t who = i ? YOUTH_LEAGUE_XU : WITHOUT_POST_XIE;
        assert_int_equal(duty_appoint(cx,
                             &(struct appointment_new){.person = who,
                                 .unit = THE_TOWN,
                                 .post = POST_APPEAL,
                                 .kind = S("formal"),
                                 .from_on = S("2026-06-01")},
                             &id),
            OK);
    }
    sign_in(cx, CADRE_SUN);
    assert_int_equal(assess_appeal(cx, c1, S("不是我村的"), &appeal), ERR_FORBIDDEN);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(assess_appeal(cx, c1, S(" "), &appeal), ERR_INVALID);
    assert_int_equal(assess_appeal(cx, c1, S("不是我村的"), &appeal), OK);
    assert_int_equal(assess_appeal(cx, c1, S("再说一次"), &id), ERR_CONFLICT);
    assert_int_equal(assess_vote(cx, appeal, &strike), ERR_FORBIDDEN);
    assert_int_equal(assess_kept(cx, round, 0, &before), OK);

    sign_in(cx, APPEAL_KONG);
    assert_int_equal(assess_vote(cx, appeal, &strike), OK);
    assert_int_equal(assess_vote(cx, appeal, &strike), ERR_CONFLICT);
    sign_in(cx, YOUTH_LEAGUE_XU);
    assert_int_equal(assess_vote(cx, appeal, &strike), OK);
    assert_int_equal(assess_final(cx, round), ERR_CONFLICT);
    sign_in(cx, WITHOUT_POST_XIE);
    assert_int_equal(assess_vote(cx, appeal, &strike), OK);
    assert_int_equal(assess_kept(cx, round, 0, &after), OK);
    assert_false(str_eq(before.input_hash, after.input_hash));
    assert_true(of_unit(&after, NANWANG)->score > of_unit(&before, NANWANG)->score);
    assert_int_equal(assess_kept(cx, round, 1, &before), OK); /* the old one is kept */
}

static void two_different_people_publish_and_neither_entered_a_score(void **state)
{
    Cx *cx = *state;
    int64_t a1 = 0, c1 = 0, round = judged_frozen(cx, &a1, &c1);
    struct assess_kept k;
    struct assess_round r;
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_final(cx, round), ERR_CONFLICT); /* the window is open */
    cx->now = town_ms(2026, 7, 6, 18, 0);
    assert_int_equal(assess_sign(cx, round, k.input_hash), ERR_CONFLICT);
    assert_int_equal(assess_final(cx, round), OK);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(assess_sign(cx, round, k.input_hash), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_sign(cx, round, S("another")), ERR_CONFLICT);
    assert_int_equal(assess_sign(cx, round, k.input_hash), OK);
    assert_int_equal(assess_sign(cx, round, k.input_hash), ERR_FORBIDDEN);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(assess_sign(cx, round, k.input_hash), OK);
    assert_int_equal(assess_round_get(cx, round, &r), OK);
    assert_true(str_eq(r.state, S("published")));
    assert_int_equal(assess_rerun(cx, round), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_table_is_published_by_another_than_who_edited_it),
        IN_TOWN(the_shipped_tables_add_up_and_the_same_file_again_changes_nothing),
        IN_TOWN(a_round_without_a_published_table_or_twice_is_refused),
        IN_TOWN(nobody_is_drawn_for_a_village_they_hold_a_post_over),
        IN_TOWN(the_draw_is_repeated_from_the_printed_seed),
        IN_TOWN(a_round_is_not_scored_before_every_sheet_is_in),
        IN_TOWN(a_lost_point_becomes_a_problem_and_the_two_stay_linked),
        IN_TOWN(the_points_lost_are_in_the_month_and_a_rerun_gives_the_same),
        IN_TOWN(only_the_secretary_appeals_once_a_place_and_three_of_the_panel_decide),
        IN_TOWN(two_different_people_publish_and_neither_entered_a_score),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
