/* burden_test.c — 太重了: counted by page and month, by nobody. */
#include "town.h"

#include "gen/sql_burden.h"
#include "rooms/burden/burden.h"
#include "store/log.h"

static void a_page_is_its_pattern_whatever_number_stands_in_it(void **state)
{
    Cx *cx = *state;
    assert_true(str_eq(burden_page(cx, S("/problems/12?week=1")), S("/problems/{id}")));
    assert_true(str_eq(burden_page(cx, S("/assess/9/410108101206000")), S("/assess/{id}/{id}")));
    assert_true(str_eq(burden_page(cx, S("/p/482019375602.json")), S("/p/{id}")));
    assert_true(str_eq(burden_page(cx, S("/")), S("/")));
    assert_true(str_eq(burden_page(cx, S("/ledgers/deduct/new")), S("/ledgers/deduct/new")));
}

static void presses_add_up_by_month_and_words_are_kept_without_a_name(void **state)
{
    Cx *cx = *state;
    struct burden_rows r;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(burden_add(cx, S("/problems/12"), S("")), OK);
    sign_in(cx, CADRE_SUN);
    assert_int_equal(burden_add(cx, S("/problems/13"), S("一件事填三遍")), OK);
    cx->now = town_ms(2026, 7, 1, 9, 0);
    assert_int_equal(burden_add(cx, S("/problems/13"), S("")), OK);
    assert_int_equal(burden_counts(cx, &r), OK);
    assert_int_equal(r.n, 2);
    assert_true(str_eq(r.at[0].month, S("2026-07")));
    assert_int_equal(r.at[0].n, 1);
    assert_int_equal(r.at[1].n, 2);
    assert_int_equal(burden_words(cx, &r), OK);
    assert_int_equal(r.n, 1);
    assert_true(str_eq(r.at[0].said, S("一件事填三遍")));
}

static void two_hundred_characters_are_the_most(void **state)
{
    Cx *cx = *state;
    char *at = arena_alloc(&cx->mem, 201);
    memset(at, 'a', 201);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(burden_add(cx, S("/me"), (Str){at, 201}), ERR_INVALID);
    assert_string_equal(cx->why.field, "said");
    assert_int_equal(burden_add(cx, S("/me"), (Str){at, 200}), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_page_is_its_pattern_whatever_number_stands_in_it),
        IN_TOWN(presses_add_up_by_month_and_words_are_kept_without_a_name),
        IN_TOWN(two_hundred_characters_are_the_most),
    };
    return cmocka_run_group_tests_name("burden", tests, NULL, NULL);
}
