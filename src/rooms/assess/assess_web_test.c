/* assess_web_test.c — the pages of 红黑旗 and 检查 as a browser asks for them, without a socket. */
#include "web_town.h"

#include "base/day.h"
#include "gen/sql_assess.h"
#include "photo/photo.h"
#include "pictures.h"
#include "rooms/assess/assess.h"
#include "rooms/assess/assess_import.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/assess/assess_view.h"
#include "rooms/attachment/attachment.h"
#include "rooms/ledger/ledger.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define FORM(...)                                                                                  \
    {                                                                                              \
        (const struct pair[]){__VA_ARGS__},                                                        \
            sizeof((const struct pair[]){__VA_ARGS__}) / sizeof(struct pair)                       \
    }

static const char *path(Cx *cx, const char *fmt, int64_t a, int64_t b)
{
    char line[200];
    assert_true(snprintf(line, sizeof line, fmt, a, b) > 0);
    return arena_printf(&cx->mem, "%s", line);
}

static Str number(Cx *cx, int64_t n)
{
    return str(arena_printf(&cx->mem, "%" PRId64, n));
}

/* ---- a June: opened by a page, inspected by the rule, frozen by a page */
static int64_t open_june(Cx *cx, Str edition)
{
    struct import im = {.file = S("score_tables.csv")};
    struct sql_assess_table_named_row row;
    struct assess_table t;
    int64_t id;
    char *at = arena_raw(&cx->mem, 65536);
    FILE *f = fopen("demo/start/score_tables.csv", "re");
    assert_non_null(f);
    size_t n = fread(at, 1, 65536, f);
    assert_int_equal(fclose(f), 0);
    cx->now = town_ms(2026, 7, 1, 9, 0);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_import(cx, &score_table_ledger, (Str){at, n}, &im), OK);
    assert_int_equal(
        sql_assess_table_named(
            cx, &(struct sql_assess_table_named){.code = S("GX-RH"), .edition = edition}, &row),
        OK);
    assert_int_equal(assess_table_get(cx, row.id, &t), OK);
    struct web_answer a =
        web_form(cx, OFFICE_HEAD_FENG, path(cx, "/assess/tables/%" PRId64 "/publish", row.id, 0),
            (struct pairs)FORM({S("version"), number(cx, t.version)}));
    assert_int_equal(a.status, 303);
    Str month = str_eq(edition, S("v1")) ? S("2026-06") : S("2026-07");
    a = web_form(cx, OFFICE_ZHENG, "/assess", (struct pairs)FORM({S("month"), month}));
    assert_int_equal(a.status, 303);
    assert_int_equal(assess_round_of_month(cx, month, &id), OK);
    return id;
}

/* The first sheet of that unit, which loses n places of C1; every other sheet is without fault. */
static int64_t inspect_all(Cx *cx, int64_t round, int64_t unit, int64_t n)
{
    struct assess_sheets all;
    int64_t deduct = 0;
    assert_int_equal(assess_sheets_of(cx, round, &all), OK);
    for (size_t i = 0; i < all.n; i++) {
        int64_t day;
        assert_true(day_parse(all.at[i].planned_on, &day));
        cx->now = day_start(day) + 10 * INT64_C(3600000);
        sign_in(cx, all.at[i].inspector);
        assert_int_equal(assess_sheet_start(cx, all.at[i].id), OK);
        if (all.at[i].unit == unit && n)
            for (int k = 0; k < 12; k++) {
                static const char *const items[] = {
                    "A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4", "B5", "C1", "C2", "C3"};
                struct assess_deduct_new d = {.sheet = all.at[i].id,
                    .item = str(items[k]),
                    .n = n,
                    .place = S("村口东侧"),
                    .said = S("有散落垃圾"),
                    .photo = picture_taken(cx, 90),
                    .no_problem = true};
                assert_int_equal(assess_deduct_add(cx, &d, &deduct), OK);
            }
        assert_int_equal(assess_sheet_done(cx, all.at[i].id), OK);
    }
    sign_in(cx, NOBODY_THERE);
    return deduct;
}

static void frozen(Cx *cx, int64_t round, int64_t at)
{
    cx->now = at;
    struct web_answer a = web_form(
        cx, OFFICE_ZHENG, path(cx, "/assess/%" PRId64 "/score", round, 0), (struct pairs){0});
    assert_int_equal(a.status, 303);
    a = web_form(
        cx, OFFICE_ZHENG, path(cx, "/assess/%" PRId64 "/freeze", round, 0), (struct pairs){0});
    assert_int_equal(a.status, 303);
}

static void published(Cx *cx, int64_t round, int64_t at)
{
    struct assess_kept k;
    cx->now = at;
    assert_int_equal(web_form(cx, OFFICE_ZHENG, path(cx, "/assess/%" PRId64 "/final", round, 0),
                         (struct pairs){0})
                         .status,
        303);
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    const char *sign = path(cx, "/assess/%" PRId64 "/sign", round, 0);
    assert_int_equal(
        web_form(cx, OFFICE_ZHENG, sign, (struct pairs)FORM({S("hash"), k.input_hash})).status,
        303);
    assert_int_equal(
        web_form(cx, COMMANDER_CHEN, sign, (struct pairs)FORM({S("hash"), k.input_hash})).status,
        303);
}

static int64_t own_sheet(Cx *cx, int64_t round, int64_t unit, int64_t *inspector)
{
    struct assess_sheets all;
    assert_int_equal(assess_sheets_of(cx, round, &all), OK);
    for (size_t i = 0; i < all.n; i++)
        if (all.at[i].unit == unit) {
            *inspector = all.at[i].inspector;
            return all.at[i].id;
        }
    return 0;
}

static void a_sheet_is_its_inspectors_alone_and_the_plan_is_kept_until_it_starts(void **state)
{
    Cx *cx = *state;
    int64_t who = 0, round = open_june(cx, S("v1")), sheet = own_sheet(cx, round, NANWANG, &who);
    const char *at = path(cx, "/inspect/%" PRId64, sheet, 0);
    const char *plan = path(cx, "/assess/%" PRId64 "/plan", round, 0);
    int64_t other = who == INSPECTOR_SHI ? INSPECTOR_ZHANG : INSPECTOR_SHI;
    cx->now = town_ms(2026, 6, 3, 9, 0);
    assert_int_equal(web_page(cx, other, at).status, 404);
    assert_int_equal(web_page(cx, who, at).status, 200);
    struct web_answer a = web_page(cx, OFFICE_ZHENG, plan);
    assert_true(web_body_has(&a, "免查"));
    a = web_page(cx, SECRETARY_QIAN, plan);
    assert_int_equal(a.status, 200);
    assert_false(web_body_has(&a, "<td data-l=\"检查员\">"));
    assert_int_equal(
        web_form(cx, who, path(cx, "/inspect/%" PRId64 "/start", sheet, 0), (struct pairs){0})
            .status,
        303);
    a = web_page(cx, SECRETARY_QIAN, plan);
    assert_true(web_body_has(&a, "<td data-l=\"检查员\">"));
    a = web_page(cx, who, at);
    assert_true(web_body_has(&a, "A1 道路保洁"));
    assert_true(web_body_has(&a, "data-queue"));
}

static void a_lost_point_without_photo_comes_back_with_what_was_typed(void **state)
{
    Cx *cx = *state;
    int64_t who = 0, round = open_june(cx, S("v1")), sheet = own_sheet(cx, round, NANWANG, &who);
    cx->now = town_ms(2026, 6, 3, 9, 0);
    assert_int_equal(
        web_form(cx, who, path(cx, "/inspect/%" PRId64 "/start", sheet, 0), (struct pairs){0})
            .status,
        303);
    const char *at = path(cx, "/inspect/%" PRId64 "/deducts", sheet, 0);
    struct web_answer a = web_form(cx, who, at,
        (struct pairs)FORM({S("item"), S("A1")}, {S("place"), S("村口 & 东侧")},
            {S("said"), S("垃圾<三四天>")}, {S("n"), S("2")}));
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "村口 &amp; 东侧"));
    assert_true(web_body_has(&a, "垃圾&lt;三四天&gt;"));
    assert_true(web_body_has(&a, "每一处扣分都要有照片"));
    Str photo = picture_taken(cx, 90);
    const struct pairs whole = FORM({S("key"), S("AAAAAAAAAAAABBBBBBBBBB")}, {S("item"), S("A1")},
        {S("place"), S("村口东侧")}, {S("photo_hash"), photo});
    assert_int_equal(web_form(cx, who, at, whole).status, 303);
    assert_int_equal(web_form(cx, who, at, whole).status, 303); /* the queue sends it again */
    struct assess_deducts d;
    assert_int_equal(assess_deducts_of_unit(cx, round, NANWANG, &d), OK);
    assert_int_equal(d.n, 1);
    a = web_form(cx, who, at,
        (struct pairs)FORM(
            {S("item"), S("A1")}, {S("place"), S("村口东侧")}, {S("photo_hash"), photo}));
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "一处只扣一次"));
}

static void points_and_reasons_are_for_all_staff_photos_for_the_villages_own(void **state)
{
    Cx *cx = *state;
    int64_t round = open_june(cx, S("v1")), deduct = inspect_all(cx, round, NANWANG, 1);
    struct attachments photos;
    frozen(cx, round, town_ms(2026, 7, 1, 9, 0));
    assert_int_equal(attachment_of(cx, deduct, &photos), OK);
    assert_int_equal(photos.n, 1);
    const char *at = path(cx, "/assess/%" PRId64 "/%" PRId64, round, NANWANG);
    const char *photo = path(cx, "/photo/%" PRId64 "/320", photos.at[0].id, 0);
    struct web_answer a = web_page(cx, SECRETARY_QIAN, at);
    assert_true(web_body_has(&a, "村口东侧"));
    assert_true(web_body_has(&a, "<img"));
    assert_true(web_body_has(&a, "申诉这一处"));
    assert_false(web_body_has(&a, "施检查"));
    a = web_page(cx, SECRETARY_OF_SUNZHUANG, at);
    assert_true(web_body_has(&a, "村口东侧"));
    assert_false(web_body_has(&a, "<img"));
    assert_false(web_body_has(&a, "申诉这一处"));
    assert_int_equal(web_page(cx, SECRETARY_QIAN, photo).status, 200);
    assert_int_equal(web_page(cx, SECRETARY_OF_SUNZHUANG, photo).status, 404);
    a = web_page(
        cx, SECRETARY_QIAN, path(cx, "/assess/%" PRId64 "/%" PRId64 ".json", round, NANWANG));
    assert_true(web_body_has(&a, "\"M_numerator\""));
    a = web_page(cx, NOBODY_THERE, "/flags?town=410108101");
    assert_int_equal(a.status, 200);
    assert_false(web_body_has(&a, "南王村")); /* not published */
}

static void an_appeal_without_reason_comes_back_and_a_vote_is_the_panels(void **state)
{
    Cx *cx = *state;
    int64_t round = open_june(cx, S("v1")), deduct = inspect_all(cx, round, NANWANG, 1);
    frozen(cx, round, town_ms(2026, 7, 1, 9, 0));
    const char *at = path(cx, "/assess/%" PRId64 "/%" PRId64 "/appeal", round, NANWANG);
    const char *all = path(cx, "/assess/%" PRId64 "/appeals", round, 0);
    assert_int_equal(web_form(cx, SECRETARY_QIAN, at,
                         (struct pairs)FORM({S("deduct"), number(cx, deduct)}, {S("said"), S("")}))
                         .status,
        422);
    assert_int_equal(
        web_form(cx, SECRETARY_OF_SUNZHUANG, at,
            (struct pairs)FORM({S("deduct"), number(cx, deduct)}, {S("said"), S("不是我村的")}))
            .status,
        403);
    assert_int_equal(
        web_form(cx, SECRETARY_QIAN, at,
            (struct pairs)FORM({S("deduct"), number(cx, deduct)}, {S("said"), S("不是我村的")}))
            .status,
        303);
    struct web_answer a = web_page(cx, APPEAL_KONG, all);
    assert_true(web_body_has(&a, "不是我村的"));
    assert_true(web_body_has(&a, "name=\"choice\""));
    a = web_page(cx, OFFICE_ZHENG, all);
    assert_false(web_body_has(&a, "name=\"choice\""));
    assert_true(web_body_has(&a, "表态由复核组来做"));
}

static void who_signs_signs_the_hash_that_stands_and_the_board_is_public_after_two(void **state)
{
    Cx *cx = *state;
    int64_t round = open_june(cx, S("v1"));
    (void)inspect_all(cx, round, NANWANG, 1);
    frozen(cx, round, town_ms(2026, 7, 1, 9, 0));
    cx->now = town_ms(2026, 7, 6, 18, 0);
    const char *sign = path(cx, "/assess/%" PRId64 "/sign", round, 0);
    assert_int_equal(web_form(cx, OFFICE_ZHENG, path(cx, "/assess/%" PRId64 "/final", round, 0),
                         (struct pairs){0})
                         .status,
        303);
    struct web_answer a =
        web_form(cx, OFFICE_ZHENG, sign, (struct pairs)FORM({S("hash"), S("another")}));
    assert_int_equal(a.status, 409);
    assert_true(web_body_has(&a, "请看过新的再签"));
    struct assess_kept k;
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    const struct pairs hash = FORM({S("hash"), k.input_hash});
    assert_int_equal(web_form(cx, COMMANDER_CHEN, sign, hash).status, 403);
    assert_int_equal(web_form(cx, OFFICE_ZHENG, sign, hash).status, 303);
    assert_int_equal(web_form(cx, OFFICE_ZHENG, sign, hash).status, 403);
    a = web_page(cx, NOBODY_THERE, "/flags?town=410108101");
    assert_false(web_body_has(&a, "孙庄村"));
    assert_int_equal(web_form(cx, COMMANDER_CHEN, sign, hash).status, 303);
    a = web_page(cx, NOBODY_THERE, "/flags?town=410108101");
    assert_true(web_body_has(&a, "孙庄村"));
    assert_true(web_body_has(&a, "flag-red"));
    assert_false(web_body_has(&a, "/photo/"));
    assert_true(web_body_has(&a, "郑同志"));
    assert_false(web_body_has(&a, "郑一"));
    a = web_page(cx, SECRETARY_QIAN, "/ledgers/flag");
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "2026-06"));
    a = web_page(cx, OFFICE_ZHENG, "/ledgers/deduct");
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "村口东侧"));
    assert_int_equal(web_page(cx, SECRETARY_QIAN, "/ledgers/deduct").status, 404);
}

static void a_first_black_by_v2_is_told_to_the_village_and_the_town_alone(void **state)
{
    Cx *cx = *state;
    int64_t round = open_june(cx, S("v2"));
    (void)inspect_all(cx, round, NANWANG, 20);
    frozen(cx, round, town_ms(2026, 8, 3, 9, 0));
    published(cx, round, town_ms(2026, 8, 10, 9, 0));
    static const int64_t told[] = {SECRETARY_QIAN, LEAD_WANG, OFFICE_ZHENG, COMMANDER_CHEN};
    static const int64_t not_told[] = {NOBODY_THERE, SECRETARY_OF_SUNZHUANG, CONTRACTOR_CAO};
    const char *at = path(cx, "/assess/%" PRId64, round, 0);
    const char *unit = path(cx, "/assess/%" PRId64 "/%" PRId64 ".json", round, NANWANG);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct web_answer a = web_page(cx, told[i], "/flags?town=410108101");
        assert_true(web_body_has(&a, "flag-black"));
        a = web_page(cx, told[i], unit);
        assert_true(web_body_has(&a, "\"flag\":\"black\""));
    }
    for (size_t i = 0; i < sizeof not_told / sizeof *not_told; i++) {
        struct web_answer a = web_page(cx, not_told[i], "/flags?town=410108101");
        assert_int_equal(a.status, 200);
        assert_true(web_body_has(&a, "南王村"));
        assert_false(web_body_has(&a, "flag-black"));
        if (!not_told[i])
            continue;
        a = web_page(cx, not_told[i], at);
        assert_false(web_body_has(&a, "flag-black"));
        a = web_page(cx, not_told[i], unit);
        assert_true(web_body_has(&a, "\"flag\":\"none\""));
    }
    /* what follows stands on the secretary's day and is done with words */
    struct web_answer a = web_page(cx, SECRETARY_QIAN, "/me");
    assert_true(web_body_has(&a, "交整改计划"));
    assert_true(web_body_has(&a, "本村红黑旗"));
}

static void a_mark_is_confirmed_by_another_and_wrong_input_is_kept(void **state)
{
    Cx *cx = *state;
    (void)open_june(cx, S("v1"));
    struct web_answer a = web_form(cx, OFFICE_ZHENG, "/assess/marks",
        (struct pairs)FORM({S("unit"), number(cx, NANWANG)}, {S("item"), S("E1")},
            {S("day"), S("2027-01-01")}, {S("said"), S("承办全区观摩")}));
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "承办全区观摩"));
    a = web_form(cx, OFFICE_ZHENG, "/assess/marks",
        (struct pairs)FORM({S("unit"), number(cx, NANWANG)}, {S("item"), S("E1")},
            {S("day"), S("2026-06-12")}, {S("said"), S("承办全区观摩")}));
    assert_int_equal(a.status, 303);
    a = web_page(cx, OFFICE_ZHENG, "/assess/marks");
    assert_true(web_body_has(&a, "您填的，要另一位来确认"));
    assert_false(web_body_has(&a, "确认属实"));
    a = web_page(cx, OFFICE_HEAD_FENG, "/assess/marks");
    assert_true(web_body_has(&a, "确认属实"));
}

static void a_published_table_is_edited_only_as_a_new_version(void **state)
{
    Cx *cx = *state;
    struct sql_assess_table_named_row row;
    (void)open_june(cx, S("v1"));
    assert_int_equal(
        sql_assess_table_named(
            cx, &(struct sql_assess_table_named){.code = S("GX-RH"), .edition = S("v1")}, &row),
        OK);
    const char *items = path(cx, "/assess/tables/%" PRId64 "/items", row.id, 0);
    assert_int_equal(web_form(cx, OFFICE_ZHENG, items,
                         (struct pairs)FORM({S("code"), S("A1")}, {S("was"), S("A1")},
                             {S("kind"), S("inspected")}))
                         .status,
        409);
    assert_int_equal(
        web_form(cx, OFFICE_ZHENG, path(cx, "/assess/tables/%" PRId64 "/copy", row.id, 0),
            (struct pairs)FORM({S("edition"), S("v9")}, {S("from_on"), S("2027-01-01")}))
            .status,
        303);
    assert_int_equal(
        sql_assess_table_named(
            cx, &(struct sql_assess_table_named){.code = S("GX-RH"), .edition = S("v9")}, &row),
        OK);
    items = path(cx, "/assess/tables/%" PRId64 "/items", row.id, 0);
    const char *page = path(cx, "/assess/tables/%" PRId64, row.id, 0);
    struct web_answer a = web_form(cx, OFFICE_ZHENG, items,
        (struct pairs)FORM({S("version"), S("1")}, {S("code"), S("A1")}, {S("was"), S("A1")},
            {S("kind"), S("inspected")}, {S("name"), S("道路保洁")}, {S("full"), S("许多")},
            {S("per"), S("1.00")}));
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "许多"));
    a = web_form(cx, OFFICE_ZHENG, items,
        (struct pairs)FORM({S("version"), S("1")}, {S("code"), S("A1")}, {S("was"), S("A1")},
            {S("kind"), S("inspected")}, {S("name"), S("道路保洁")}, {S("full"), S("12.00")},
            {S("per"), S("1.00")}));
    assert_int_equal(a.status, 303);
    a = web_page(cx, OFFICE_ZHENG, page);
    assert_true(web_body_has(&a, "102.00"));
    assert_true(web_body_has(&a, "要另一位来公布"));
    a = web_form(cx, OFFICE_HEAD_FENG, path(cx, "/assess/tables/%" PRId64 "/publish", row.id, 0),
        (struct pairs)FORM({S("version"), S("2")}));
    assert_int_equal(a.status, 422); /* it does not add up */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(a_sheet_is_its_inspectors_alone_and_the_plan_is_kept_until_it_starts),
        ON_THE_WEB(a_lost_point_without_photo_comes_back_with_what_was_typed),
        ON_THE_WEB(points_and_reasons_are_for_all_staff_photos_for_the_villages_own),
        ON_THE_WEB(an_appeal_without_reason_comes_back_and_a_vote_is_the_panels),
        ON_THE_WEB(who_signs_signs_the_hash_that_stands_and_the_board_is_public_after_two),
        ON_THE_WEB(a_first_black_by_v2_is_told_to_the_village_and_the_town_alone),
        ON_THE_WEB(a_mark_is_confirmed_by_another_and_wrong_input_is_kept),
        ON_THE_WEB(a_published_table_is_edited_only_as_a_new_version),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
