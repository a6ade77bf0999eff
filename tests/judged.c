/* judged.c — a month of the little town, judged as far as a test needs it. */
#include "judged.h"

#include "web_town.h"

#include "base/day.h"
#include "gen/sql_assess.h"
#include "photo/photo.h"
#include "pictures.h"
#include "rooms/assess/assess_import.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/attachment/attachment.h"
#include "rooms/ledger/ledger.h"

#include <stdio.h>
#include <unistd.h>

Str judged_file(Cx *cx, const char *path)
{
    FILE *f = fopen(path, "re");
    char *at = arena_raw(&cx->mem, 65536);
    assert_non_null(f);
    size_t n = fread(at, 1, 65536, f);
    assert_int_equal(fclose(f), 0);
    return (Str){at, n};
}

/* The tables the house ships, as drafts by the office; ids in the order of the file. */
void judged_tables(Cx *cx)
{
    struct import im = {.file = S("score_tables.csv")};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(
        ledger_import(cx, &score_table_ledger, judged_file(cx, "demo/start/score_tables.csv"), &im),
        OK);
    assert_int_equal(im.wrong, 0);
}

int64_t judged_table(Cx *cx, Str edition)
{
    struct sql_assess_table_named_row row;
    assert_int_equal(
        sql_assess_table_named(
            cx, &(struct sql_assess_table_named){.code = S("GX-RH"), .edition = edition}, &row),
        OK);
    return row.id;
}

void judged_publish_table(Cx *cx, Str edition)
{
    struct assess_table t;
    int64_t id = judged_table(cx, edition);
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(assess_table_get(cx, id, &t), OK);
    assert_int_equal(assess_table_publish(cx, id, t.version), OK);
}

int64_t judged_open(Cx *cx)
{
    int64_t id;
    cx->now = town_ms(2026, 6, 1, 9, 0);
    judged_tables(cx);
    judged_publish_table(cx, S("v1"));
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_open(cx, S("2026-06"), &id), OK);
    return id;
}

static struct assess_deduct_new a_deduct(Cx *cx, int64_t sheet, Str item, Str place)
{
    return (struct assess_deduct_new){.sheet = sheet,
        .item = item,
        .place = place,
        .said = S("有散落垃圾"),
        .photo = picture_taken(cx, 90)};
}

/* Every drawn sheet is walked; the first of a unit in the first week loses points. */
void judged_inspect(Cx *cx, int64_t round, int64_t *a1, int64_t *c1)
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

int64_t judged_frozen(Cx *cx, int64_t *a1, int64_t *c1)
{
    int64_t round = judged_open(cx);
    judged_inspect(cx, round, a1, c1);
    cx->now = town_ms(2026, 7, 1, 9, 0);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_scored(cx, round), OK);
    assert_int_equal(assess_freeze(cx, round), OK);
    return round;
}

int64_t judged_published(Cx *cx)
{
    int64_t a1 = 0, c1 = 0, round = judged_frozen(cx, &a1, &c1);
    struct assess_kept k;
    cx->now = town_ms(2026, 7, 6, 18, 0);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(assess_final(cx, round), OK);
    assert_int_equal(assess_kept(cx, round, 0, &k), OK);
    assert_int_equal(assess_sign(cx, round, k.input_hash), OK);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(assess_sign(cx, round, k.input_hash), OK);
    return round;
}
