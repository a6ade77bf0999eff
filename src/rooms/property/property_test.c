/* property_test.c — 红色物业: blind spots, who keeps a compound, promises of the three sides,
 * figures. */
#include "tests/web_town.h"

#include "rooms/property/property.h"
#include "rooms/town/town_edit.h"

#include <inttypes.h>
#include <string.h>

static int64_t a_compound(Cx *cx)
{
    enum put put;
    int64_t id;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(
        town_place_put(cx,
            &(struct place_new){.unit = NANWANG, .kind = S("compound"), .name = S("南王新居")},
            &put, &id),
        OK);
    return id;
}

static int64_t a_company(Cx *cx)
{
    int64_t id;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(
        property_company_add(cx,
            &(struct property_company_new){
                .name = S("安居物业"), .phone = S("0371-60000001"), .holder = CONTRACTOR_CAO},
            &id),
        OK);
    return id;
}

static void a_company_needs_a_name_and_a_phone_and_stands_once(void **state)
{
    Cx *cx = *state;
    int64_t id;
    struct property_company_new in = {.phone = S("0371-60000001")};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(property_company_add(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "name");
    in.name = S("安居物业"), in.phone = S("");
    assert_int_equal(property_company_add(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "phone");
    a_company(cx);
    in.phone = S("0371-60000001");
    assert_int_equal(property_company_add(cx, &in, &id), ERR_INVALID);
    sign_in(cx, SECRETARY_QIAN);
    in.name = S("另一家");
    assert_int_equal(property_company_add(cx, &in, &id), ERR_FORBIDDEN);
}

static void a_compound_is_blind_until_all_three_are_there(void **state)
{
    Cx *cx = *state;
    int64_t place = a_compound(cx), company = a_company(cx);
    struct property_compound c;
    struct property_care care = {.place = place, .company = company};
    assert_int_equal(property_compound_get(cx, place, &c), OK);
    assert_true(c.blind);
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    assert_int_equal(property_care_put(cx, &care), ERR_FORBIDDEN);
    sign_in(cx, CONTRACTOR_CAO);
    assert_int_equal(property_care_put(cx, &care), ERR_FORBIDDEN);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(property_care_put(cx, &care), OK);
    assert_int_equal(property_care_put(cx, &care), ERR_CONFLICT); /* made by another meanwhile */
    assert_int_equal(property_compound_get(cx, place, &c), OK);
    assert_true(c.blind);
    care.version = c.version, care.committee = S("第一届"), care.contact = CADRE_SUN;
    assert_int_equal(property_care_put(cx, &care), OK);
    assert_int_equal(property_compound_get(cx, place, &c), OK);
    assert_false(c.blind);
    assert_true(str_eq(c.company_name, S("安居物业")));
    care.version = c.version, care.company = 999999;
    assert_int_equal(property_care_put(cx, &care), ERR_INVALID);
    assert_string_equal(cx->why.field, "company");
}

static void a_meeting_has_two_sides_and_a_promise_has_its_day(void **state)
{
    Cx *cx = *state;
    int64_t place = a_compound(cx), id, again;
    struct property_meeting_new in = {.key = S("0123456789abcdefghij__"),
        .place = place,
        .held_on = S("2026-06-16"),
        .sides = S("company"),
        .said = S("商量楼道清理")};
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(property_meet(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "held_on"); /* tomorrow */
    in.held_on = S("2026-06-15");
    assert_int_equal(property_meet(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "sides");
    in.sides = S("company,community");
    in.promise[0] =
        (struct property_promise_new){S("company"), S("每周清一次楼道"), S("2026-06-01")};
    assert_int_equal(property_meet(cx, &in, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "due_on");
    in.promise[0].due_on = S("2026-06-30");
    assert_int_equal(property_meet(cx, &in, &id), OK);
    assert_int_equal(property_meet(cx, &in, &again), OK);
    assert_int_equal(again, id);
}

/* ---- pages */
static void residents_see_the_board_and_nobodys_name(void **state)
{
    Cx *cx = *state;
    int64_t place = a_compound(cx);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(
        property_care_put(cx, &(struct property_care){.place = place, .contact = SECRETARY_QIAN}),
        OK);
    struct web_answer a = web_page(cx, WITHOUT_POST_XIE, "/compounds");
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "盲点"));
    assert_false(web_body_has(&a, "/compounds/companies"));
    a = web_page(cx, WITHOUT_POST_XIE, arena_printf(&cx->mem, "/compounds/%" PRId64, place));
    assert_int_equal(a.status, 200);
    assert_false(web_body_has(&a, "钱七"));
    a = web_page(cx, OFFICE_ZHENG, arena_printf(&cx->mem, "/compounds/%" PRId64, place));
    assert_true(web_body_has(&a, "钱七"));
}

static void a_promise_kept_is_told_on_the_page(void **state)
{
    Cx *cx = *state;
    int64_t place = a_compound(cx), id;
    const char *path = arena_printf(&cx->mem, "/compounds/%" PRId64, place);
    struct property_meeting_new in = {.place = place,
        .held_on = S("2026-06-15"),
        .sides = S("company,committee,community"),
        .said = S("商量楼道清理"),
        .promise = {{S("company"), S("每周清一次楼道"), S("2026-06-30")}}};
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(property_meet(cx, &in, &id), OK);
    struct web_answer a = web_page(cx, SECRETARY_QIAN, path);
    assert_true(web_body_has(&a, "每周清一次楼道"));
    const struct pair none[] = {
        {S("promise"), str(arena_printf(&cx->mem, "%" PRId64, id + 1))},
        {S("version"),    S("1")                            },
    };
    a = web_form(
        cx, SECRETARY_QIAN, arena_printf(&cx->mem, "%s/done", path), (struct pairs){none, 2});
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "请写办成了什么"));
    const struct pair done[] = {
        {S("promise"),   none[0].value          },
        {S("version"),   S("1")                 },
        {S("done_said"), S("三号楼已清完")}
    };
    a = web_form(
        cx, SECRETARY_QIAN, arena_printf(&cx->mem, "%s/done", path), (struct pairs){done, 3});
    assert_int_equal(a.status, 303);
    a = web_page(cx, WITHOUT_POST_XIE, path);
    assert_true(web_body_has(&a, "三号楼已清完"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_company_needs_a_name_and_a_phone_and_stands_once),
        IN_TOWN(a_compound_is_blind_until_all_three_are_there),
        IN_TOWN(a_meeting_has_two_sides_and_a_promise_has_its_day),
        ON_THE_WEB(residents_see_the_board_and_nobodys_name),
        ON_THE_WEB(a_promise_kept_is_told_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
