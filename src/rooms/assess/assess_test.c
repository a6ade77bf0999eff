/* assess_test.c — a month from the draw to the flags: sheets, appeals, two signatures, a re-run. */
#include "town.h"

#include "base/day.h"
#include "gen/sql.h"
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

static Str slurp(Cx *cx, const char *path)
{
    FILE *f = fopen(path, "re");
    char *at = arena_raw(&cx->mem, 65536);
    assert_non_null(f);
    size_t n = fread(at, 1, 65536, f);
    assert_int_equal(fclose(f), 0);
    return (Str){at, n};
}

/* The tables the house ships, as drafts by the office; ids in the order of the file. */
static void load_tables(Cx *cx)
{
    struct import im = {.file = S("score_tables.csv")};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(
        ledger_import(cx, &score_table_ledger, slurp(cx, "demo/start/score_tables.csv"), &im), OK);
    assert_int_equal(im.wrong, 0);
}

static int64_t table_named(Cx *cx, Str edition)
{
    struct sql_assess_table_named_row row;
    assert_int_equal(
        sql_assess_table_named(
            cx, &(struct sql_assess_table_named){.code = S("GX-RH"), .edition = edition}, &row),
        OK);
    return row.id;
}

static void publish_table(Cx *cx, Str edition)
{
    struct assess_table t;
    int64_t id = table_named(cx, edition);
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(assess_table_get(cx, id, &t), OK);
    assert_int_equal(assess_table_publish(cx, id, t.version), OK);
}

static int64_t open_june(Cx *cx)
{
    int64_t id;
    cx->now = town_ms(2026, 6, 1, 9, 0);
    load_tables(cx);
    publish_table(cx, S("v1"));
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_open(cx, june, &id), OK);
    return id;
}

static Str a_photo(Cx *cx, uint32_t width)
{
    Str hash;
    int fd = picture_jpeg(&(struct picture){.width = width, .height = 60});
    assert_int_equal(photo_take(cx, fd, (int64_t)picture_size(fd), &hash), OK);
    close(fd);
    return hash;
}

static struct assess_deduct_new a_deduct(Cx *cx, int64_t sheet, Str item, Str place)
{
    return (struct assess_deduct_new){.sheet = sheet,
        .item = item,
        .place = place,
        .said = S("有散落垃圾"),
        .photo = a_photo(cx, 90)};
}

/* Every drawn sheet is walked; the first of a unit in the first week loses points. */
static void inspect_all(Cx *cx, int64_t round, int64_t *a1, int64_t *c1)
{
    struct assess_sheets all;
    bool first = true;
    assert_int_equal(assess_sheets_of(cx, round, &all), OK);
    for (size_t i = 0; i < all.n; i++) {
        int64_t day;
        assert_true(day_parse(all.at[i].planned_on, &day));
        cx->now = day_start(day) + 10 * INT64_C(3600000);
        sign_in(cx, all.at[i].inspector);
        assert_int_equal(assess_sheet_start(cx, all.at[i].id), OK);
        if (first && all.at[i].unit == NANWANG) {
            struct assess_deduct_new d = a_deduct(cx, all.at[i].id, S("A1"), S("村口东侧"));
            assert_int_equal(assess_deduct_add(cx, &d, a1), OK);
            assert_int_equal(assess_deduct_add(cx, &d, c1), ERR_CONFLICT); /* one place once */
            d = a_deduct(cx, all.at[i].id, S("C1"), S("北地头"));
            d.n = 2;
            assert_int_equal(assess_deduct_add(cx, &d, c1), OK);
            first = false;
        }
        assert_int_equal(assess_sheet_done(cx, all.at[i].id), OK);
    }
    assert_false(first);
}

static int64_t frozen_june(Cx *cx, int64_t *a1, int64_t *c1)
{
    int64_t round = open_june(cx);
    inspect_all(cx, round, a1, c1);
    cx->now = town_ms(2026, 7, 1, 9, 0);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_scored(cx, round), OK);
    assert_int_equal(assess_freeze(cx, round), OK);
    return round;
}

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
    load_tables(cx);
    int64_t id = table_named(cx, S("v2"));
    assert_int_equal(assess_table_get(cx, id, &t), OK);
    assert_int_equal(assess_table_publish(cx, id, t.version), ERR_FORBIDDEN);
    publish_table(cx, S("v2"));
    assert_int_equal(assess_table_get(cx, id, &t), OK);
    assert_int_equal(assess_table_save(cx, id, t.version, &t.t), ERR_CONFLICT);
}

static void the_shipped_tables_add_up_and_the_same_file_again_changes_nothing(void **state)
{
    Cx *cx = *state;
    struct assess_table t;
    struct import again = {.file = S("again.csv")};
    load_tables(cx);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(assess_table_get(cx, table_named(cx, i ? S("v2") : S("v1")), &t), OK);
        assert_int_equal(score_table_check(cx, &t.t), OK);
        assert_int_equal(t.t.n_groups, 3);
        for (int g = 0; g < 3; g++)
            assert_int_equal(score_table_full(&t.t, g), SCORE_FULL);
        assert_int_equal(t.t.drawn, i);
        assert_int_equal(t.t.item[score_table_item(&t.t, S("B1"))].is.per, 50);
    }
    assert_int_equal(
        ledger_import(cx, &score_table_ledger, slurp(cx, "demo/start/score_tables.csv"), &again),
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
    (void)open_june(cx);
    assert_int_equal(assess_open(cx, june, &id), ERR_CONFLICT);
    assert_int_equal(assess_open(cx, S("2026-6"), &id), ERR_INVALID);
}

static void nobody_is_drawn_for_a_village_they_hold_a_post_over(void **state)
{
    Cx *cx = *state;
    struct assess_sheets all;
    int64_t round = open_june(cx);
    assert_int_equal(assess_sheets_of(cx, round, &all), OK);
    assert_int_equal(all.n, 2 * 5); /* two villages, four weeks and the month's end */
    for (size_t i = 0; i < all.n; i++) {
        bool nanwang = all.at[i].unit == NANWANG;
        assert_int_not_equal(all.at[i].inspector, nanwang ? LEAD_WANG : LEAD_OF_SUNZHUANG);
        assert_int_not_equal(all.at[i].inspector, nanwang ? DEPT_ZHAO : DEPT_OF_SUNZHUANG);
    }
}

static void a_round_is_not_scored_before_every_sheet_is_in(void **state)
{
    Cx *cx = *state;
    int64_t round = open_june(cx);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_scored(cx, round), ERR_CONFLICT);
    assert_int_equal(assess_freeze(cx, round), ERR_CONFLICT);
}

static void a_lost_point_becomes_a_problem_and_the_two_stay_linked(void **state)
{
    Cx *cx = *state;
    int64_t a1 = 0, c1 = 0;
    struct assess_deducts d;
    int64_t round = open_june(cx);
    inspect_all(cx, round, &a1, &c1);
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
    int64_t round = frozen_june(cx, &a1, &c1);
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
    int64_t a1 = 0, c1 = 0, appeal, id, round = frozen_june(cx, &a1, &c1);
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
    int64_t a1 = 0, c1 = 0, round = frozen_june(cx, &a1, &c1);
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
        IN_TOWN(a_round_is_not_scored_before_every_sheet_is_in),
        IN_TOWN(a_lost_point_becomes_a_problem_and_the_two_stay_linked),
        IN_TOWN(the_points_lost_are_in_the_month_and_a_rerun_gives_the_same),
        IN_TOWN(only_the_secretary_appeals_once_a_place_and_three_of_the_panel_decide),
        IN_TOWN(two_different_people_publish_and_neither_entered_a_score),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
