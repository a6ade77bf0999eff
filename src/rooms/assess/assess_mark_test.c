/* assess_mark_test.c — 加分: 承办观摩 counts once a quarter and unit by v2, each time by v1. */
#include "judged.h"
#include "web_town.h"

#include "photo/photo.h"
#include "pictures.h"
#include "web/web_call.h"

static struct assess_mark_new hosted(int64_t unit, Str day)
{
    return (struct assess_mark_new){
        .unit = unit, .item = S("E1"), .day = day, .said = S("承办全镇观摩")};
}

static Err add(Cx *cx, struct assess_mark_new in, int64_t *id)
{
    sign_in(cx, OFFICE_ZHENG);
    return assess_mark_add(cx, &in, id);
}

/* Both editions published: v1 until June, v2 from July on; it is November. */
static void both_tables(Cx *cx)
{
    judged_tables(cx);
    judged_publish_table(cx, S("v1"));
    judged_publish_table(cx, S("v2"));
    cx->now = town_ms(2026, 11, 20, 10, 0);
}

static void hosting_counts_once_a_quarter_and_unit_by_v2(void **state)
{
    Cx *cx = *state;
    int64_t id;
    both_tables(cx);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-07-01")), &id), OK);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-09-30")), &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "item");
    assert_non_null(strstr(cx->why.say.at, "2026-07-01"));
    assert_int_equal(add(cx, hosted(SUNZHUANG, S("2026-09-30")), &id), OK);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-10-01")), &id), OK); /* the next quarter */
    struct assess_mark_new praised = hosted(NANWANG, S("2026-07-20"));
    praised.item = S("E2");
    assert_int_equal(add(cx, praised, &id), OK); /* another item */
    assert_int_equal(add(cx, praised, &id), OK); /* and that one as often as it happens */
}

static void what_is_void_leaves_the_quarter_free_again(void **state)
{
    Cx *cx = *state;
    int64_t id, again;
    both_tables(cx);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-08-12")), &id), OK);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-08-13")), &again), ERR_INVALID);
    assert_int_equal(assess_mark_void(cx, id, 1, S("日期记错了")), OK);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-08-13")), &again), OK);
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(assess_mark_confirm(cx, again, 1), OK); /* it does not stand in its own way */
}

static void by_v1_each_time_counts(void **state)
{
    Cx *cx = *state;
    int64_t id;
    both_tables(cx);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-06-10")), &id), OK);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-06-11")), &id), OK);
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(assess_mark_confirm(cx, id, 1), OK);
}

/* From before the rule was asked: v2 is published when two of them stand already. */
static void two_that_stand_from_before_are_not_confirmed_until_one_is_void(void **state)
{
    Cx *cx = *state;
    int64_t one, two;
    judged_tables(cx);
    judged_publish_table(cx, S("v1"));
    cx->now = town_ms(2026, 11, 20, 10, 0);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-10-08")), &one), OK);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-11-08")), &two), OK);
    judged_publish_table(cx, S("v2"));
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(assess_mark_confirm(cx, two, 1), ERR_INVALID);
    assert_int_equal(assess_mark_confirm(cx, one, 1), ERR_INVALID);
    assert_int_equal(assess_mark_void(cx, one, 1, S("重复")), OK);
    assert_int_equal(assess_mark_confirm(cx, two, 1), OK);
}

static void the_page_says_so_with_422_and_keeps_what_was_typed(void **state)
{
    Cx *cx = *state;
    int64_t id;
    both_tables(cx);
    assert_int_equal(add(cx, hosted(NANWANG, S("2026-10-08")), &id), OK);
    const char *unit = arena_printf(&cx->mem, "%lld", (long long)NANWANG);
    const struct pair form[] = {
        {S("unit"), str(unit)              },
        {S("item"), S("E1")                },
        {S("day"),  S("2026-11-08")        },
        {S("said"), S("承办全区观摩")}
    };
    web_call_open(cx, town_dir());
    struct web_answer a = web_call(cx, &(struct web_call){
                                           .method = "POST",
                                           .path = "/assess/marks",
                                           .cookie = town_cookie(cx, OFFICE_ZHENG).at,
                                           .form = {form, 4}
    });
    web_call_close();
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "每季只加一次分"));
    assert_true(web_body_has(&a, "2026-10-08"));
    assert_true(web_body_has(&a, "承办全区观摩"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(hosting_counts_once_a_quarter_and_unit_by_v2),
        IN_TOWN(what_is_void_leaves_the_quarter_free_again),
        IN_TOWN(by_v1_each_time_counts),
        IN_TOWN(two_that_stand_from_before_are_not_confirmed_until_one_is_void),
        IN_TOWN(the_page_says_so_with_422_and_keeps_what_was_typed),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
