/* plate_test.c — 码牌: codes, making, losing, scanning; what a scan opens. */
#include "web_town.h"

#include "base/utf8.h"
#include "gen/sql_plate.h"
#include "paper/paper.h"
#include "rooms/ledger/ledger.h"
#include "rooms/plate/plate.h"
#include "rooms/plate/plate_ledger.h"
#include "rooms/town/town_edit.h"

#include <inttypes.h>
#include <stdio.h>

static struct plates made(Cx *cx)
{
    struct plates all;
    enum put put;
    int64_t id;
    size_t n;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(
        town_place_put(cx,
            &(struct place_new){
                .unit = NANWANG_GRID_2, .kind = S("public"), .name = S("文化广场东侧公厕")},
            &put, &id),
        OK);
    assert_int_equal(plate_make(cx, NANWANG, &n), OK);
    assert_int_equal(plate_hanging(cx, NANWANG, &all), OK);
    return all;
}

static const struct plate *of_place(const struct plates *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i].place)
            return &all->at[i];
    return NULL;
}

static void each_unit_and_place_gets_one_plate_and_only_one(void **state)
{
    Cx *cx = *state;
    struct places places;
    struct plates all = made(cx);
    size_t n;
    assert_int_equal(town_places(cx, NANWANG, &places), OK);
    assert_int_equal(all.n, 1 + 2 + places.n); /* the village, its two grids, its places */
    assert_int_equal(plate_make(cx, NANWANG, &n), OK);
    assert_int_equal(n, 0);
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    assert_int_equal(plate_make(cx, NANWANG, &n), ERR_FORBIDDEN);
    sign_in(cx, INSPECTOR_SHI);
    assert_int_equal(plate_make(cx, NANWANG, &n), ERR_FORBIDDEN);
}

static void one_wrong_sign_and_two_swapped_ones_are_no_code(void **state)
{
    Cx *cx = *state;
    static const char signs[] = "34679ACDEFGHJKMNPQRTWXY";
    struct plates all = made(cx);
    char code[PLATE_CODE + 1], to[PLATE_CODE + 1];
    for (size_t k = 0; k < all.n; k++) {
        assert_true(plate_code_sound(plate_code_shown(cx, all.at[k].code), code));
        for (int i = 0; i < PLATE_CODE; i++) {
            char was = code[i];
            for (const char *s = signs; *s; s++) {
                code[i] = *s;
                assert_int_equal(plate_code_sound(str(code), to), *s == was);
            }
            code[i] = was;
        }
        for (int i = 0; i + 1 < PLATE_CODE - 1; i++) {
            char a = code[i], b = code[i + 1];
            code[i] = b, code[i + 1] = a;
            assert_int_equal(plate_code_sound(str(code), to), a == b);
            code[i] = a, code[i + 1] = b;
        }
        for (int i = 0; i < PLATE_CODE; i++)
            assert_null(strchr("0O1IL2Z5S8BUV", code[i]));
    }
    assert_false(plate_code_sound(S("ABC"), to));
    assert_false(plate_code_sound(S(""), to));
}

static void codes_do_not_follow_one_another(void **state)
{
    Cx *cx = *state;
    struct plates all = made(cx);
    for (size_t i = 0; i + 1 < all.n; i++)
        assert_memory_not_equal(all.at[i].code.at, all.at[i + 1].code.at, 5);
}

static void a_lost_plate_leads_to_the_new_one_also_after_the_second_loss(void **state)
{
    Cx *cx = *state;
    struct plates all = made(cx);
    struct plate old, now;
    Str first = of_place(&all)->code, second, third;
    assert_int_equal(plate_lost(cx, first, S(" "), &second), ERR_INVALID);
    assert_string_equal(cx->why.field, "why");
    assert_int_equal(plate_lost(cx, first, S("掉了"), &second), OK);
    assert_int_equal(plate_lost(cx, first, S("掉了"), &third), ERR_CONFLICT);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(plate_lost(cx, second, S("看不清"), &third), OK);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(plate_named(cx, first, &old), OK);
    assert_true(str_eq(old.replaced_by, second));
    assert_int_equal(plate_now(cx, &old, &now), OK);
    assert_true(str_eq(now.code, third));
    assert_int_equal(now.place, of_place(&all)->place);
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    assert_int_equal(plate_lost(cx, third, S("掉了"), &second), ERR_FORBIDDEN);
}

static void scans_are_counted_by_plate_and_day_and_the_log_does_not_know(void **state)
{
    Cx *cx = *state;
    struct plates all = made(cx);
    const struct plate *p = of_place(&all);
    struct sql_plate_scans_rows r;
    sign_in(cx, NOBODY_THERE);
    for (int i = 0; i < 3; i++)
        assert_int_equal(plate_scanned(cx, p), OK);
    cx->now += INT64_C(24) * 3600 * 1000;
    assert_int_equal(plate_scanned(cx, p), OK);
    assert_int_equal(
        sql_plate_scans(cx,
            &(struct sql_plate_scans){.plate = p->id, .since = S("2026-01-01"), .limit = 9}, &r),
        OK);
    assert_int_equal(r.n, 2);
    assert_int_equal(r.at[0].n, 1);
    assert_int_equal(r.at[1].n, 3);
}

/* What the two tables hold together, and by plate alone. */
static void count(Cx *cx, const struct plate *p, int64_t *by_plate, int64_t *by_village)
{
    struct sql_plate_scans_rows r;
    struct sql_plate_scans_rounded_row v;
    assert_int_equal(
        sql_plate_scans(cx,
            &(struct sql_plate_scans){.plate = p->id, .since = S("2026-01-01"), .limit = 99}, &r),
        OK);
    *by_plate = 0;
    for (size_t i = 0; i < r.n; i++)
        *by_plate += r.at[i].n;
    assert_int_equal(
        sql_plate_scans_rounded(
            cx, &(struct sql_plate_scans_rounded){.unit = NANWANG, .since = S("2026-01-01")}, &v),
        OK);
    *by_village = v.n;
}

static void after_thirty_days_a_scan_is_the_villages_and_no_plates(void **state)
{
    Cx *cx = *state;
    struct plates all = made(cx);
    const struct plate *p = of_place(&all);
    const int64_t day = INT64_C(24) * 3600 * 1000, now = cx->now;
    int64_t by_plate, by_village;
    sign_in(cx, NOBODY_THERE);
    for (int i = 0; i < 3; i++)
        assert_int_equal(plate_scanned(cx, p), OK);
    assert_int_equal(plate_scanned(cx, &all.at[0]), OK);
    cx->now = now + day;
    assert_int_equal(plate_scanned(cx, p), OK);
    cx->now = now + 30 * day;
    assert_int_equal(plate_scans_job(cx), OK);
    count(cx, p, &by_plate, &by_village);
    assert_true(by_plate == 4 && by_village == 0); /* thirty days are kept */
    cx->now = now + 31 * day;
    for (int twice = 0; twice < 2; twice++)
        assert_int_equal(plate_scans_job(cx), OK);
    count(cx, p, &by_plate, &by_village);
    assert_true(by_plate == 1 && by_village == 4);
    cx->now = now + 40 * day;
    assert_int_equal(plate_scans_job(cx), OK);
    count(cx, p, &by_plate, &by_village);
    assert_true(by_plate == 0 && by_village == 5);
    cx->now = now;
}

static void the_export_has_the_columns_by_their_names(void **state)
{
    Cx *cx = *state;
    struct plates all = made(cx);
    Out out = {.mem = &cx->mem};
    struct sink o = sink_to_out(&out);
    Str fresh, code = of_place(&all)->code;
    size_t n;
    assert_int_equal(plate_lost(cx, code, S("掉了"), &fresh), OK);
    assert_int_equal(
        ledger_export(cx, &plate_ledger, (struct pairs){0}, SIGHT_STAFF, FORMAT_CSV, &o, &n), OK);
    assert_int_equal(n, all.n + 1);
    assert_non_null(memmem(out.at, out.len, "code,unit,place,name,from_on,replaced_by\r\n", 42));
    const char *row = memmem(out.at, out.len, code.at, code.len);
    const char *end = memchr(row, '\r', out.len - (size_t)(row - out.at));
    assert_memory_equal(end - PLATE_CODE, fresh.at, PLATE_CODE);
}

/* ---- pages */
static void a_scan_opens_the_form_with_the_place_filled_in(void **state)
{
    Cx *cx = *state;
    struct plates all = made(cx);
    const struct plate *p = of_place(&all);
    const char *at = arena_printf(&cx->mem, "/q/%.*s", (int)p->code.len, p->code.at);
    struct web_answer a = web_page(cx, 0, at);
    assert_int_equal(a.status, 303);
    const char *to = arena_printf(&cx->mem, "/report?unit=%" PRId64 "&place=%" PRId64 "&plate=%.*s",
        p->unit, p->place, (int)p->code.len, p->code.at);
    assert_true(str_eq(a.location, str(to)));
    a = web_page(cx, 0, to);
    assert_int_equal(a.status, 200);
    assert_true(
        web_body_has(&a, arena_printf(&cx->mem, "name=\"place\" value=\"%" PRId64, p->place)));
    a = web_page(cx, 0, arena_printf(&cx->mem, "%s/who", at));
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "钱同志")
                && !web_body_has(&a, "钱七")); /* post and family name in public */
    a = web_page(cx, 0, "/q/AAAAAAA");
    assert_int_equal(a.status, 404);
    assert_true(web_body_has(&a, "没有这块码牌"));
}

static void a_scan_of_a_grids_plate_has_the_grid_chosen(void **state)
{
    Cx *cx = *state;
    struct plates all = made(cx);
    const struct plate *p = NULL;
    for (size_t i = 0; i < all.n; i++)
        if (!all.at[i].place && all.at[i].unit % 1000)
            p = &all.at[i];
    assert_non_null(p);
    struct web_answer a =
        web_page(cx, 0, arena_printf(&cx->mem, "/q/%.*s", (int)p->code.len, p->code.at));
    assert_int_equal(a.status, 303);
    a = web_page(cx, 0, arena_printf(&cx->mem, "%.*s", (int)a.location.len, a.location.at));
    assert_true(web_body_has(
        &a, arena_printf(&cx->mem, "name=\"unit\" value=\"%" PRId64 "\" checked", p->unit)));
}

static void a_villages_plates_come_as_one_pdf(void **state)
{
    Cx *cx = *state;
    struct plates all = made(cx);
    struct web_answer a =
        web_page(cx, SECRETARY_QIAN, arena_printf(&cx->mem, "/plates?unit=%" PRId64, NANWANG));
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "整村打印") && !web_body_has(&a, "还没有牌"));
    a = web_page(
        cx, SECRETARY_QIAN, arena_printf(&cx->mem, "/plates/sheet/%" PRId64 ".pdf", NANWANG));
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.at, "%PDF", 4);
    Str code = of_place(&all)->code;
    a = web_page(
        cx, SECRETARY_QIAN, arena_printf(&cx->mem, "/plates/%.*s.pdf", (int)code.len, code.at));
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.at, "%PDF", 4);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(each_unit_and_place_gets_one_plate_and_only_one),
        IN_TOWN(one_wrong_sign_and_two_swapped_ones_are_no_code),
        IN_TOWN(codes_do_not_follow_one_another),
        IN_TOWN(a_lost_plate_leads_to_the_new_one_also_after_the_second_loss),
        IN_TOWN(scans_are_counted_by_plate_and_day_and_the_log_does_not_know),
        IN_TOWN(after_thirty_days_a_scan_is_the_villages_and_no_plates),
        IN_TOWN(the_export_has_the_columns_by_their_names),
        ON_THE_WEB(a_scan_opens_the_form_with_the_place_filled_in),
        IN_TOWN(a_scan_of_a_grids_plate_has_the_grid_chosen),
        ON_THE_WEB(a_villages_plates_come_as_one_pdf),
    };
    if (paper_asked(argc, argv)) /* the helper is this program, started anew */
        return paper_child(argv);
    return cmocka_run_group_tests_name("plate", tests, NULL, NULL);
}
