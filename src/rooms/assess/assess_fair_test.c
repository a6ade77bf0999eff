/* assess_fair_test.c — 公平、述职: spread, photos and points of others from a month of rows; a year
 * edited once. */
#include "town.h"

#include "gen/sql_assess.h"
#include "rooms/assess/assess_fair.h"
#include "rooms/assess/assess_import.h"
#include "rooms/ledger/ledger.h"

#include <stdio.h>

static void roots_are_whole_and_rounded_down(void **state)
{
    (void)state;
    for (int64_t n = 0; n < 5000; n++) {
        int64_t r = assess_fair_root(n);
        assert_true(r * r <= n && (r + 1) * (r + 1) > n);
    }
    assert_int_equal(assess_fair_root(INT64_C(999999999) * INT64_C(999999999)), 999999999);
}

static struct fair_spread spread(int n, const int64_t *lost)
{
    struct fair_spread s = {0};
    for (int i = 0; i < n; i++)
        s.n++, s.sum += lost[i], s.squares += lost[i] * lost[i];
    return s;
}

static void a_mean_beyond_two_deviations_of_the_others_is_flagged(void **state)
{
    static const int64_t strict[] = {900, 900, 900}, usual[] = {0, 100, 200, 100};
    (void)state;
    struct fair_spread s = spread(3, strict), u = spread(4, usual);
    assess_fair_close(&s, 7, s.sum + u.sum, s.squares + u.squares);
    assert_int_equal(s.mean, 900);
    assert_int_equal(s.mean_others, 100);
    assert_int_equal(s.sigma_others, 70); /* √5000 */
    assert_true(s.far);
    struct fair_spread few = spread(2, strict);
    assess_fair_close(&few, 6, few.sum + u.sum, few.squares + u.squares);
    assert_false(few.far); /* two sheets say nothing */
}

static Str slurp(Cx *cx, const char *path)
{
    FILE *f = fopen(path, "re");
    char *at = arena_raw(&cx->mem, 65536);
    assert_non_null(f);
    size_t n = fread(at, 1, 65536, f);
    assert_int_equal(fclose(f), 0);
    return (Str){at, n};
}

static int64_t a_round(Cx *cx)
{
    struct import im = {.file = S("score_tables.csv")};
    struct assess_table t;
    int64_t table, round;
    cx->now = town_ms(2026, 6, 1, 9, 0);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(
        ledger_import(cx, &score_table_ledger, slurp(cx, "demo/start/score_tables.csv"), &im), OK);
    assert_int_equal(assess_table_named(cx, S("GX-RH"), S("v1"), &table), OK);
    assert_int_equal(assess_table_get(cx, table, &t), OK);
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(assess_table_publish(cx, table, t.version), OK);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_open(cx, S("2026-06"), &round), OK);
    return round;
}

static void lost_points_without_a_photo_are_counted_by_inspector_item_and_village(void **state)
{
    Cx *cx = *state;
    int64_t round = a_round(cx), id;
    struct fairness f;
    struct assess_week w[RECKON_WEEKS];
    assert_true(assess_weeks(cx, S("2026-06"), w) > 0);
    cx->now = town_ms(2026, 6, 15, 10, 0);
    struct assess_paper p = {.round = round,
        .unit = NANWANG,
        .inspector = INSPECTOR_SHI,
        .n = 2,
        .found_at = cx->now - 3600000,
        .week = S("2026-W25"),
        .item = S("B1"),
        .place = S("村口"),
        .said = S("垃圾")};
    assert_int_equal(assess_deduct_paper(cx, &p, &id), OK);
    assert_int_equal(assess_fair_of(cx, round, &f), OK);
    assert_int_equal(f.n_points, 1);
    assert_int_equal(f.n_paper + f.n_without, 1);
    assert_int_equal(f.lost, 100); /* two places of 0.50 */
    assert_int_equal(f.by_others, 0);
    assert_int_equal(f.n_units, 1);
    assert_int_equal(f.unit[0].unit, NANWANG);
    bool there = false;
    for (size_t i = 0; i < f.n_inspectors; i++)
        there |= f.inspector[i].person == INSPECTOR_SHI && f.inspector[i].all.mean == 100;
    assert_true(there);
}

static void a_year_is_written_from_the_rows_and_edited_once(void **state)
{
    Cx *cx = *state;
    struct year_report y;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(assess_year(cx, NANWANG, 2026, &y), OK);
    assert_int_equal(y.edited_at, 0);
    assert_non_null(memmem(y.body.at, y.body.len, "南王村", strlen("南王村")));
    assert_int_equal(assess_year_edit(cx, NANWANG, 2026, S("")), ERR_INVALID);
    assert_int_equal(assess_year_edit(cx, NANWANG, 2026, S("今年做了三件事。")), OK);
    assert_int_equal(assess_year_edit(cx, NANWANG, 2026, S("再改")), ERR_CONFLICT);
    assert_int_equal(assess_year(cx, NANWANG, 2026, &y), OK);
    assert_true(str_eq(y.body, S("今年做了三件事。")));
    assert_non_null(memmem(y.drafted.at, y.drafted.len, "南王村", strlen("南王村")));
    assert_int_equal(y.edited_by, SECRETARY_QIAN);
}

static void another_villages_secretary_reads_no_report(void **state)
{
    Cx *cx = *state;
    struct year_report y;
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    assert_int_equal(assess_year(cx, NANWANG, 2026, &y), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_year(cx, NANWANG, 2026, &y), OK);
    assert_int_equal(assess_year(cx, NANWANG_GRID_1, 2026, &y), ERR_NOT_FOUND);
    assert_int_equal(assess_year(cx, NANWANG, 1999, &y), ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_are_whole_and_rounded_down),
        cmocka_unit_test(a_mean_beyond_two_deviations_of_the_others_is_flagged),
        IN_TOWN(lost_points_without_a_photo_are_counted_by_inspector_item_and_village),
        IN_TOWN(a_year_is_written_from_the_rows_and_edited_once),
        IN_TOWN(another_villages_secretary_reads_no_report),
    };
    return cmocka_run_group_tests_name("assess_fair", tests, NULL, NULL);
}
