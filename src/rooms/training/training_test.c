/* training_test.c — 培训·观摩学习: who is due, when one may sign in, guests, making up, pages. */
#include "tests/web_town.h"

#include "rooms/ledger/ledger.h"
#include "rooms/training/training.h"
#include "store/db.h"
#include "web/web_call.h"

#include <inttypes.h>
#include <string.h>

#define P(n, v)                                                                                    \
    {                                                                                              \
        S(n), S(v)                                                                                 \
    }
#define NOTE                                                                                                                                     \
    "看了材料，记住三条：一是整改前后同一角度拍照，二是当天反馈不过夜，三是群众能看懂，回去就讲给" \
    "网格员听。"

/* A training of today, 09:00 to 11:00, that secretaries must attend; now it is 10:00. */
static int64_t a_training(Cx *cx, const char *begins, const char *day)
{
    const struct pair form[] = {
        P("kind", "training"), P("title", "拍照怎么拍"), {S("held_on"), str(day)   },
        {S("begins"),  str(begins)},
            P("ends", "11:00"), P("place", "会议室"),
        P("unit", "410108101000000"), P("host", "郑一"), P("posts", "secretary"), P("csrf", "x")
    };
    struct saving s = {
        .form = {form, sizeof form / sizeof *form}
    };
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_save(cx, &training_ledger, &s), OK);
    return s.id;
}

static Training found(Cx *cx, int64_t id)
{
    Training t;
    assert_int_equal(training_get(cx, id, &t), OK);
    return t;
}

static void the_holders_of_required_posts_are_due(void **state)
{
    Cx *cx = *state;
    int64_t id = a_training(cx, "09:00", "2026-06-15");
    Training t = found(cx, id);
    assert_int_equal(t.due_n, 2); /* the secretaries of two villages */
    assert_int_equal(t.present_n, 0);
}

static void who_has_the_code_signs_in_and_twice_is_once(void **state)
{
    Cx *cx = *state;
    int64_t id = a_training(cx, "09:00", "2026-06-15");
    Training t = found(cx, id);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(training_sign_in(cx, id, S("guess-guess-1234")), ERR_FORBIDDEN);
    assert_int_equal(training_sign_in(cx, id, t.code), OK);
    assert_int_equal(training_sign_in(cx, id, t.code), OK);
    sign_in(cx, CADRE_SUN); /* not due, but there */
    assert_int_equal(training_sign_in(cx, id, t.code), OK);
    t = found(cx, id);
    assert_int_equal(t.due_n, 2);
    assert_int_equal(t.present_n, 2);
}

static void sign_in_opens_half_an_hour_before_and_ends_with_the_training(void **state)
{
    Cx *cx = *state;
    int64_t id = a_training(cx, "10:45", "2026-06-15");
    Training t = found(cx, id);
    sign_in(cx, SECRETARY_QIAN);
    cx->now = town_ms(2026, 6, 15, 10, 15) - 1;
    assert_int_equal(training_sign_in(cx, id, t.code), ERR_CONFLICT);
    cx->now = town_ms(2026, 6, 15, 11, 0) + 1;
    assert_int_equal(training_sign_in(cx, id, t.code), ERR_CONFLICT);
    cx->now = town_ms(2026, 6, 15, 10, 15);
    assert_int_equal(training_sign_in(cx, id, t.code), OK);
    cx->now = town_ms(2026, 6, 15, 11, 0);
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    assert_int_equal(training_sign_in(cx, id, t.code), OK);
}

static void a_guests_name_lies_sealed_and_only_the_host_writes_it(void **state)
{
    Cx *cx = *state;
    int64_t id = a_training(cx, "09:00", "2026-06-15");
    struct sql_training_attends_rows r;
    Str name;
    assert_int_equal(training_guest(cx, id, S(" ")), ERR_INVALID);
    assert_int_equal(training_guest(cx, id, S("区里来的何老师")), OK);
    assert_int_equal(
        sql_training_attends(cx, &(struct sql_training_attends){.training = id, .limit = 9}, &r),
        OK);
    for (size_t i = 0; i < r.n; i++)
        if (!r.at[i].person) {
            assert_null(memmem(r.at[i].guest.v.at, r.at[i].guest.v.len, "何老师", 9));
            assert_int_equal(
                training_guest_name(cx, r.at[i].id, r.at[i].key, r.at[i].guest, &name), OK);
            assert_true(str_eq(name, S("区里来的何老师")));
        }
    assert_int_equal(r.n, 3);
    sign_in(cx, SECRETARY_QIAN); /* the town holds it, not the village */
    assert_int_equal(training_guest(cx, id, S("某某")), ERR_FORBIDDEN);
}

static void a_missed_training_is_made_up_with_fifty_characters(void **state)
{
    Cx *cx = *state;
    int64_t id = a_training(cx, "09:00", "2026-06-15");
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(training_make_up(cx, id, S(NOTE)), ERR_CONFLICT); /* it is still on */
    cx->now = town_ms(2026, 6, 16, 9, 0);
    assert_int_equal(training_make_up(cx, id, S("都懂了")), ERR_INVALID);
    assert_string_equal(cx->why.field, "note");
    assert_int_equal(training_make_up(cx, id, S(NOTE)), OK);
    assert_int_equal(training_make_up(cx, id, S(NOTE)), ERR_CONFLICT);
    sign_in(cx, CADRE_SUN); /* was not due */
    assert_int_equal(training_make_up(cx, id, S(NOTE)), ERR_CONFLICT);
}

static void only_an_opening_figure_stands_for_several(void **state)
{
    Cx *cx = *state;
    Training t = {.unit = THE_TOWN, .held_on = S("2025-12-31"), .times = some_i64(10)};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(training_check(cx, &t), ERR_INVALID);
    assert_string_equal(cx->why.field, "times");
    t.opening = some_i64(1), t.approx = some_i64(1);
    assert_int_equal(training_check(cx, &t), OK);
    t.begins = some_str(S("9点"));
    assert_int_equal(training_check(cx, &t), ERR_INVALID);
    assert_string_equal(cx->why.field, "begins");
    t.begins = some_str(S("11:00")), t.ends = some_str(S("11:00"));
    assert_int_equal(training_check(cx, &t), ERR_INVALID);
    assert_string_equal(cx->why.field, "ends");
}

static void three_years_later_only_how_many_came_is_left(void **state)
{
    Cx *cx = *state;
    int64_t id = a_training(cx, "09:00", "2026-06-15"), now = cx->now;
    struct sql_training_attends_rows rows;
    Training t = found(cx, id);
    int64_t due = t.due_n;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(training_sign_in(cx, id, t.code), OK);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(training_guest(cx, id, S("来宾甲")), OK);
    cx->now = now + INT64_C(1095) * 24 * 3600000;
    assert_int_equal(training_erase_job(cx), OK);
    assert_int_equal(sql_training_attends(
                         cx, &(struct sql_training_attends){.training = id, .limit = 99}, &rows),
        OK);
    assert_int_equal(rows.n, due + 1); /* three years to the day: still there */
    cx->now = now + INT64_C(1097) * 24 * 3600000;
    for (int twice = 0; twice < 2; twice++)
        assert_int_equal(training_erase_job(cx), OK);
    assert_int_equal(sql_training_attends(
                         cx, &(struct sql_training_attends){.training = id, .limit = 99}, &rows),
        OK);
    assert_int_equal(rows.n, 0);
    t = found(cx, id);
    assert_true(t.erased_at.set);
    assert_int_equal(t.due_n, due);
    assert_int_equal(t.present_n, 1);
    cx->now = now;
}

/* ---- pages */
static void the_host_shows_a_code_and_one_tap_signs_in(void **state)
{
    Cx *cx = *state;
    int64_t id = a_training(cx, "09:00", "2026-06-15");
    Training t = found(cx, id);
    const char *path = arena_printf(&cx->mem, "/training/%" PRId64 "/signin", id);
    const char *code = arena_printf(&cx->mem, "%.*s", (int)t.code.len, t.code.at);
    struct web_answer a = web_page(cx, OFFICE_ZHENG, path);
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "class=\"qr"));
    a = web_page(cx, SECRETARY_QIAN, path);
    assert_false(web_body_has(&a, code)); /* who has not scanned is not given it */
    a = web_page(cx, SECRETARY_QIAN, arena_printf(&cx->mem, "%s?c=%s", path, code));
    assert_true(web_body_has(&a, "name=\"c\""));
    const struct pair scanned[] = {
        {S("c"), t.code}
    };
    a = web_form(cx, SECRETARY_QIAN, path, (struct pairs){scanned, 1});
    assert_int_equal(a.status, 303);
    assert_int_equal(found(cx, id).present_n, 1);
}

static void the_missed_list_names_others_to_the_leading_group_only(void **state)
{
    Cx *cx = *state;
    a_training(cx, "09:00", "2026-06-12");
    struct web_answer a = web_page(cx, OFFICE_ZHENG, "/training/missed");
    assert_true(web_body_has(&a, "钱七") && web_body_has(&a, "卫七"));
    a = web_page(cx, SECRETARY_QIAN, "/training/missed");
    assert_true(web_body_has(&a, "去补学"));
    assert_false(web_body_has(&a, "卫七"));
    a = web_page(cx, CADRE_SUN, "/training/missed");
    assert_true(web_body_has(&a, "没有缺课的"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_holders_of_required_posts_are_due),
        IN_TOWN(who_has_the_code_signs_in_and_twice_is_once),
        IN_TOWN(sign_in_opens_half_an_hour_before_and_ends_with_the_training),
        IN_TOWN(a_guests_name_lies_sealed_and_only_the_host_writes_it),
        IN_TOWN(a_missed_training_is_made_up_with_fifty_characters),
        IN_TOWN(only_an_opening_figure_stands_for_several),
        IN_TOWN(three_years_later_only_how_many_came_is_left),
        ON_THE_WEB(the_host_shows_a_code_and_one_tap_signs_in),
        ON_THE_WEB(the_missed_list_names_others_to_the_leading_group_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
