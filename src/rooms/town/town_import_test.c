/* town_import_test.c — table files of units, places, the calendar, settings and categories: what is
 * wrong is told line by line, the rest is stored, the same file twice is stored once. */
#include "tests/town.h"

#include "rooms/category/category.h"
#include "rooms/ledger/ledger.h"
#include "rooms/town/town_edit.h"

#define UNITS "code,kind,name,score_group\n"
#define TREE                                                                                       \
    "410000000000000,province,河南省,\n410100000000000,city,郑州市,\n"                       \
    "410108000000000,district,惠济区,\n410108101000000,town,古荥镇,\n"                       \
    "410108101206000,village,南王村,G\n410108101206001,grid,第一网格,\n"

static Cx *operator_of(void **state)
{
    Cx *cx = *state;
    cx->me.person = OPERATOR;
    cx->door = "cli";
    return cx;
}

static struct import table(Cx *cx, const char *ledger, Str bytes, bool dry)
{
    struct import im = {.dry = dry, .file = S("表.csv")};
    const struct ledger *l = ledger_named(str(ledger));
    assert_non_null(l);
    assert_int_equal(ledger_import(cx, l, bytes, &im), OK);
    return im;
}

static void units_come_top_down_from_one_file_and_only_once(void **state)
{
    Cx *cx = operator_of(state);
    struct unit u;
    struct import im = table(cx, "unit", S(UNITS TREE), false);
    assert_int_equal(im.added, 6);
    assert_int_equal(im.wrong, 0);
    assert_int_equal(town_unit(cx, INT64_C(410108101206001), &u), OK);
    assert_int_equal(u.parent, INT64_C(410108101206000));
    im = table(cx, "unit", S(UNITS TREE), false);
    assert_int_equal(im.again, 6);
    im = table(cx, "unit", S(UNITS TREE "410108101206002,grid,第二网格,\n"), false);
    assert_int_equal(im.same, 6);
    assert_int_equal(im.added, 1);
}

static void a_dry_run_stores_nothing(void **state)
{
    Cx *cx = operator_of(state);
    struct unit u;
    struct import im = table(cx, "unit", S(UNITS TREE), true);
    assert_int_equal(im.added, 6);
    assert_int_equal(im.wrong, 0);
    assert_int_equal(town_unit(cx, INT64_C(410108101206000), &u), ERR_NOT_FOUND);
}

static void wrong_lines_are_told_and_left_out(void **state)
{
    Cx *cx = operator_of(state);
    struct units villages;
    struct import im = table(cx, "unit",
        S(UNITS TREE "41010810120700,village,短码村,G\n"  /* 14 digits */
                     "410108100207000,village,别镇村,G\n" /* another town's */
                     "410108101208000,hamlet,怪村,G\n"    /* no such level */
                     "410108101209000,village,,G\n"       /* no name */
                     "410108101210000,village,组外村,X\n" /* no such group */
                     "410108101207000,village,孙庄村,R\n"),
        false);
    assert_int_equal(im.added, 7);
    assert_int_equal(im.wrong, 5);
    assert_int_equal(im.n_bad, 5);
    for (size_t i = 0; i < im.n_bad; i++) {
        assert_int_equal(im.bad[i].line, (int64_t)(8 + i));
        assert_true(im.bad[i].why.len > 0);
    }
    assert_int_equal(town_villages(cx, &villages), OK);
    assert_int_equal(villages.n, 2);
}

static void places_lie_in_units_that_are_there(void **state)
{
    Cx *cx = operator_of(state);
    struct places all;
    table(cx, "unit", S(UNITS TREE), false);
    struct import im = table(cx, "place",
        S("unit,kind,name,from_on,to_on\n"
          "410108101206001,road,中心街,,\n"
          "410108101206001,河段,南王河段,2026-01-01,\n"         /* by its label */
          "410108101299000,road,无村街,,\n"                     /* no such unit */
          "410108101206001,road,倒街,2026-05-01,2026-04-01\n"), /* ends before it begins */
        false);
    assert_int_equal(im.added, 2);
    assert_int_equal(im.wrong, 2);
    assert_int_equal(town_places(cx, INT64_C(410108101206000), &all), OK);
    assert_int_equal(all.n, 2);
}

#define YEAR "day,kind,name,source,from_on\n"
#define NOTICE_2026 "通知甲,2000-01-01\n"

static void a_year_from_a_file_is_one_version_of_one_notice(void **state)
{
    Cx *cx = operator_of(state);
    const struct calendar_year *years;
    const struct calendar *c;
    size_t n;
    struct import im = table(cx, "calendar",
        S(YEAR "2026-10-01,holiday,国庆节," NOTICE_2026 "2026-10-10,makeup,国庆节," NOTICE_2026
               "2026-02-30,holiday,错," NOTICE_2026 "2026-10-02,party,错," NOTICE_2026),
        false);
    assert_int_equal(im.added, 2);
    assert_int_equal(im.wrong, 2);
    assert_int_equal(town_calendar_history(cx, 2026, &years, &n), OK);
    assert_int_equal(n, 1);
    cx->now += 1000; /* another day, another file */
    im = table(cx, "calendar",
        S(YEAR "2026-10-01,holiday,国庆节," NOTICE_2026 "2026-10-02,holiday,国庆节," NOTICE_2026),
        false);
    assert_int_equal(im.same, 1);
    assert_int_equal(town_calendar_history(cx, 2026, &years, &n), OK);
    assert_int_equal(n, 2); /* a correction keeps what stood there */
    assert_int_equal(town_calendar(cx, &c), OK);
    assert_int_equal(c->n, 3);
    assert_false(day_works(c, day_number(2026, 10, 2)));
    assert_true(day_works(c, day_number(2026, 10, 10)));
}

static void settings_and_categories_are_held_to_their_rules(void **state)
{
    Cx *cx = operator_of(state);
    struct category c;
    struct import im = table(cx, "setting",
        S("name,value,from_on\ntell_days,4,2000-01-01\ntell_days,99,\nno_such,1,\n"), false);
    assert_int_equal(im.added + im.changed, 1);
    assert_int_equal(im.wrong, 2);
    assert_int_equal(town_setting(cx, "tell_days", 3), 4);
    im = table(cx, "category",
        S("code,name,focus,limit,severity,difficulty,post,from_on\n"
          "0102,暴露垃圾,road,4h,1,1,cadre,2000-01-01\n"
          "0103,积存垃圾,road,4x,1,1,,\n"
          "0104,道路不洁,moon,4h,1,1,,\n"
          "0105,水域不洁,road,5d,7,2,,\n"),
        false);
    assert_int_equal(im.added, 1);
    assert_int_equal(im.wrong, 3);
    assert_int_equal(category_find(cx, S("0102"), &c), OK);
    assert_int_equal(category_find(cx, S("0103"), &c), ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(units_come_top_down_from_one_file_and_only_once),
        IN_EMPTY_TOWN(a_dry_run_stores_nothing),
        IN_EMPTY_TOWN(wrong_lines_are_told_and_left_out),
        IN_EMPTY_TOWN(places_lie_in_units_that_are_there),
        IN_EMPTY_TOWN(a_year_from_a_file_is_one_version_of_one_notice),
        IN_EMPTY_TOWN(settings_and_categories_are_held_to_their_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
