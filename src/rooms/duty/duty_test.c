/* duty_test.c — appointments, scope, the chain, who grants what. */
#include "rooms/duty/duty_test.h"

#include "rooms/town/town_edit.h"
#include "store/log.h"

/* --- scope --- */

static void a_lead_of_two_villages_that_do_not_touch_sees_these_two_only(void **state)
{
    Cx *cx = *state;
    int64_t lead = person(cx, "两村干部");

    assert_int_equal(duty_end(cx, seat_of(cx, LEAD_WANG, POST_LEAD), S("2026-06-14")), OK);
    appoint(cx, term(lead, POST_LEAD, NANWANG, "2026-06-15"));
    assert_true(sees(cx, lead, NANWANG));
    assert_true(sees(cx, lead, NANWANG_GRID_2));
    assert_false(sees(cx, lead, SUNZHUANG));
    assert_false(sees(cx, lead, THE_TOWN));
    assert_false(sees(cx, LEAD_WANG, NANWANG));
    assert_true(sees(cx, LEAD_OF_SUNZHUANG, SUNZHUANG));
    assert_false(sees(cx, LEAD_OF_SUNZHUANG, NANWANG));
    assert_int_equal(duty_end(cx, seat_of(cx, LEAD_OF_SUNZHUANG, POST_LEAD), S("2026-06-14")), OK);
    appoint(cx, term(lead, POST_LEAD, SUNZHUANG, "2026-06-15"));
    assert_true(sees(cx, lead, SUNZHUANG));
    assert_true(sees(cx, lead, NANWANG));
    assert_false(sees(cx, lead, INT64_C(410108101205000)));
    assert_false(sees(cx, lead, ELSEWHERE));
}

static void a_person_of_two_posts_has_each_over_its_own_unit(void **state)
{
    Cx *cx = *state;
    uint32_t has;

    appoint(cx, term(SECRETARY_QIAN, POST_RECORDER, SUNZHUANG, "2026-06-01"));
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(duty_posts(cx, SECRETARY_QIAN, &has), OK);
    assert_int_equal(has, HAS(POST_SECRETARY) | HAS(POST_RECORDER));
    assert_int_equal(duty_posts_over(cx, NANWANG_GRID_1, &has), OK);
    assert_int_equal(has, HAS(POST_SECRETARY));
    assert_int_equal(duty_posts_over(cx, SUNZHUANG_GRID_1, &has), OK);
    assert_int_equal(has, HAS(POST_RECORDER));
    assert_int_equal(duty_posts_over(cx, THE_TOWN, &has), OK);
    assert_int_equal(has, 0);
}

static void an_ended_term_changes_rights_at_once_and_history_stays(void **state)
{
    Cx *cx = *state;
    struct appointments all;
    uint32_t has;
    int64_t id = seat_of(cx, SECRETARY_QIAN, POST_SECRETARY);

    assert_true(sees(cx, SECRETARY_QIAN, NANWANG));
    assert_int_equal(duty_end(cx, id, S("2026-06-14")), OK);
    assert_int_equal(duty_posts(cx, SECRETARY_QIAN, &has), OK);
    assert_int_equal(has, 0);
    assert_false(sees(cx, SECRETARY_QIAN, NANWANG));
    assert_int_equal(duty_of_person(cx, SECRETARY_QIAN, &all), OK);
    assert_int_equal(all.n, 1);
    assert_string_equal(
        arena_printf(&cx->mem, "%.*s", (int)all.at[0].to_on.len, all.at[0].to_on.at), "2026-06-14");
}

static void a_term_begins_and_ends_at_midnight_of_its_days(void **state)
{
    Cx *cx = *state;
    int64_t who = person(cx, "短任");
    struct appointment_new in = term(who, POST_INSPECTOR, 0, "2026-06-17");
    uint32_t has;

    in.to_on = some_str(S("2026-06-18"));
    appoint(cx, in);
    assert_int_equal(duty_posts(cx, who, &has), OK);
    assert_int_equal(has, 0);
    assert_false(sees(cx, who, NANWANG));
    cx->now = town_ms(2026, 6, 17, 0, 0);
    assert_int_equal(duty_job(cx), OK);
    assert_int_equal(duty_posts(cx, who, &has), OK);
    assert_int_equal(has, HAS(POST_INSPECTOR));
    assert_true(sees(cx, who, NANWANG));
    cx->now = town_ms(2026, 6, 18, 23, 59);
    assert_int_equal(duty_job(cx), OK);
    assert_true(sees(cx, who, NANWANG));
    cx->now = town_ms(2026, 6, 19, 0, 0);
    assert_int_equal(duty_posts(cx, who, &has), OK);
    assert_int_equal(has, 0); /* the right is gone before the job ran */
    assert_int_equal(duty_job(cx), OK);
    assert_false(sees(cx, who, NANWANG));
}

static void the_three_admins_see_no_units_and_hold_nothing_else(void **state)
{
    Cx *cx = *state;
    struct appointment_new in = term(SYSADMIN_TAO, POST_SECADMIN, 0, "2026-06-01");
    int64_t id;

    assert_false(sees(cx, SYSADMIN_TAO, NANWANG));
    assert_false(sees(cx, AUDITOR_QI, THE_TOWN));
    assert_int_equal(duty_appoint(cx, &in, &id), ERR_CONFLICT);
    in.post = POST_OFFICE;
    assert_int_equal(duty_appoint(cx, &in, &id), ERR_CONFLICT);
    in = term(SECRETARY_QIAN, POST_AUDITOR, 0, "2026-06-01");
    assert_int_equal(duty_appoint(cx, &in, &id), ERR_CONFLICT);
}

/* --- seats --- */

static void a_seat_has_one_formal_holder_and_somebody_acts_only_while_that_one_is_away(void **state)
{
    Cx *cx = *state;
    int64_t who = person(cx, "代理人"), id;
    struct appointment_new in = term(who, POST_SECRETARY, NANWANG, "2026-06-15");
    struct chain c;

    assert_int_equal(duty_appoint(cx, &in, &id), ERR_CONFLICT);
    in.kind = S("acting");
    assert_int_equal(duty_appoint(cx, &in, &id), ERR_CONFLICT);
    assert_int_equal(duty_away(cx, SECRETARY_QIAN, S("2026-06-15"), S("2026-06-30")), OK);
    in.to_on = some_str(S("2026-06-30"));
    assert_int_equal(duty_appoint(cx, &in, &id), OK);
    assert_int_equal(duty_chain(cx, NANWANG, 0, &c), OK);
    assert_int_equal(c.level[2].person, who);
    assert_true(c.level[2].acting);
    cx->now = town_ms(2026, 7, 1, 8, 0);
    assert_int_equal(duty_job(cx), OK);
    assert_int_equal(duty_chain(cx, NANWANG, 0, &c), OK);
    assert_int_equal(c.level[2].person, SECRETARY_QIAN);
    assert_false(c.level[2].acting);
}

static void an_absence_is_one_row_and_can_be_taken_back(void **state)
{
    Cx *cx = *state;
    struct absences had;

    assert_int_equal(duty_away(cx, SECRETARY_QIAN, S("2026-06-15"), S("2026-06-30")), OK);
    assert_int_equal(duty_away(cx, SECRETARY_QIAN, S("2026-06-15"), S("2026-06-30")), OK);
    assert_int_equal(duty_away(cx, SECRETARY_QIAN, S("2026-06-30"), S("2026-07-02")), ERR_INVALID);
    assert_string_equal(cx->why.field, "from_on");
    assert_int_equal(duty_absences(cx, SECRETARY_QIAN, &had), OK);
    assert_int_equal(had.n, 1);
    assert_int_equal(duty_away_back(cx, SECRETARY_QIAN, had.at[0].id), OK);
    assert_int_equal(duty_away_back(cx, SECRETARY_QIAN, had.at[0].id), OK);
    assert_int_equal(duty_absences(cx, SECRETARY_QIAN, &had), OK);
    assert_int_equal(had.n, 0);
    assert_int_equal(duty_away(cx, SECRETARY_QIAN, S("2026-06-30"), S("2026-07-02")), OK);
}

static void an_appointment_says_which_field_is_wrong(void **state)
{
    Cx *cx = *state;
    struct {
        struct appointment_new in;
        const char *field;
    } cases[] = {
        {term(SECRETARY_QIAN, POST_NONE,        NANWANG,        "2026-06-15"), "post"   },
        {term(9999,           POST_RECORDER,    NANWANG,        "2026-06-15"), "person" },
        {term(SECRETARY_QIAN, POST_RECORDER,    NANWANG,        "2026-02-30"), "from_on"},
        {term(SECRETARY_QIAN, POST_GRID_KEEPER, NANWANG,        "2026-06-15"), "unit"   },
        {term(SECRETARY_QIAN, POST_DEPT,        NANWANG_GRID_1, "2026-06-15"), "unit"   },
        {term(SECRETARY_QIAN, POST_COMMANDER,   NANWANG,        "2026-06-15"), "unit"   },
        {term(SECRETARY_QIAN, POST_RECORDER,    ELSEWHERE,      "2026-06-15"), "unit"   },
    };
    int64_t id;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(duty_appoint(cx, &cases[i].in, &id), ERR_INVALID);
        assert_string_equal(cx->why.field, cases[i].field);
    }
    struct appointment_new relief = term(SECRETARY_QIAN, POST_RECORDER, NANWANG, "2026-06-15");
    relief.kind = S("relief");
    relief.to_on = some_str(S("2026-07-15")); /* 31 days */
    assert_int_equal(duty_appoint(cx, &relief, &id), ERR_INVALID);
    assert_string_equal(cx->why.field, "to_on");
    relief.to_on = some_str(S("2026-07-14"));
    assert_int_equal(duty_appoint(cx, &relief, &id), OK);
}

/* --- two people for a grant --- */

static void a_role_needs_a_second_person_and_the_security_administrator(void **state)
{
    Cx *cx = *state;
    int64_t who = person(cx, "新人"), id;
    struct appointment_new in = term(who, POST_INSPECTOR, 0, "2026-06-15");
    uint32_t has;

    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(duty_ask(cx, &in, &id), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    in.key = S("abcdefghijklmnopqrstuv");
    int64_t tapped_twice;
    assert_int_equal(duty_ask(cx, &in, &tapped_twice), OK);
    assert_int_equal(duty_ask(cx, &in, &id), OK);
    assert_int_equal(id, tapped_twice);
    assert_int_equal(duty_posts(cx, who, &has), OK);
    assert_int_equal(has, 0);
    assert_int_equal(
        duty_grant(cx, id), ERR_FORBIDDEN); /* their own asking, and the office does not grant */
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(
        duty_grant(cx, id), ERR_FORBIDDEN); /* no security administrator among the two */
    sign_in(cx, AUDITOR_QI);
    assert_int_equal(duty_grant(cx, id), ERR_FORBIDDEN);
    sign_in(cx, SECADMIN_JIANG);
    assert_int_equal(duty_grant(cx, id), OK);
    assert_int_equal(duty_posts(cx, who, &has), OK);
    assert_int_equal(has, HAS(POST_INSPECTOR));
    assert_true(sees(cx, who, SUNZHUANG));
    assert_int_equal(duty_grant(cx, id), ERR_CONFLICT);
}

static void nobody_appoints_themselves(void **state)
{
    Cx *cx = *state;
    struct appointment_new in = term(OFFICE_HEAD_FENG, POST_INSPECTOR, 0, "2026-06-15");
    int64_t id;

    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(duty_ask(cx, &in, &id), ERR_FORBIDDEN);
    sign_in(cx, SECADMIN_JIANG);
    assert_int_equal(duty_ask(cx, &in, &id), OK);
    assert_int_equal(duty_grant(cx, id), ERR_FORBIDDEN); /* asked by themselves */
    sign_in(cx, OFFICE_HEAD_FENG);
    assert_int_equal(duty_grant(cx, id), ERR_FORBIDDEN); /* for themselves */
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(duty_refuse(cx, id), OK);
    assert_int_equal(duty_grant(cx, id), ERR_CONFLICT);
}

/* --- the chain --- */

static void the_four_names_come_from_the_nearest_unit(void **state)
{
    Cx *cx = *state;
    struct chain c;

    assert_int_equal(duty_chain(cx, NANWANG_GRID_1, 0, &c), OK);
    assert_int_equal(c.level[0].person, GRID_KEEPER_WU);
    assert_int_equal(c.level[1].person, CADRE_SUN);
    assert_int_equal(c.level[2].person, SECRETARY_QIAN);
    assert_int_equal(c.level[3].person, DEPT_ZHAO);
    assert_int_equal(c.level[4].person, LEAD_WANG);
    Str text = duty_chain_text(cx, &c);
    assert_string_equal(arena_printf(&cx->mem, "%.*s", (int)text.len, text.at),
        "包村科级干部 王五 · 包村部门负责人 赵六 · 书记 钱七 · 两委干部 孙八");
    assert_int_equal(duty_chain(cx, NANWANG_GRID_2, 0, &c), OK);
    assert_int_equal(c.level[1].person, CADRE_ZHOU);
    assert_int_equal(c.level[0].person, 0);
}

static void a_vacant_level_passes_to_the_next_one_up(void **state)
{
    Cx *cx = *state;
    struct holders next;
    struct chain c;

    assert_int_equal(
        duty_end(cx, seat_of(cx, SECRETARY_QIAN, POST_SECRETARY), S("2026-06-14")), OK);
    assert_int_equal(duty_level(cx, NANWANG, 2, &next), OK);
    assert_int_equal(next.at[0].person, DEPT_ZHAO);
    assert_int_equal(duty_chain(cx, NANWANG, 0, &c), OK);
    assert_int_equal(c.level[2].person, 0);
    Str text = duty_chain_text(cx, &c);
    assert_non_null(memmem(text.at, text.len, "书记 空岗", strlen("书记 空岗")));
    assert_int_equal(duty_end(cx, seat_of(cx, DEPT_ZHAO, POST_DEPT), S("2026-06-14")), OK);
    assert_int_equal(duty_end(cx, seat_of(cx, LEAD_WANG, POST_LEAD), S("2026-06-14")), OK);
    assert_int_equal(duty_level(cx, NANWANG, 2, &next), OK);
    assert_true(HAS(next.at[0].post) & OFFICE_POSTS);
}

static Err a_road(Cx *cx, void *id)
{
    enum put put;
    return town_place_put(cx,
        &(struct place_new){.unit = NANWANG, .kind = S("road"), .name = S("南王村河堤路段")}, &put,
        id);
}

static void a_place_has_its_own_names_where_they_were_given(void **state)
{
    Cx *cx = *state;
    struct chain c;
    uint32_t has;
    int64_t who = person(cx, "段长");

    int64_t place;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(db_transaction(cx, a_road, &place), OK);
    struct appointment_new in = term(who, POST_CADRE, 0, "2026-06-15");
    in.place = place;
    appoint(cx, in);
    assert_int_equal(duty_chain(cx, NANWANG, place, &c), OK);
    assert_int_equal(c.level[1].person, who);
    assert_int_equal(c.level[2].person, SECRETARY_QIAN);
    sign_in(cx, who);
    assert_int_equal(duty_posts_over(cx, NANWANG, &has), OK);
    assert_int_equal(has, 0);
    assert_int_equal(duty_posts_at(cx, NANWANG, place, &has), OK);
    assert_int_equal(has, HAS(POST_CADRE));
}

static void names_are_told_with_the_post_and_in_public_without_the_given_name(void **state)
{
    Cx *cx = *state;
    struct holder h = {.person = 1, .post = POST_SECRETARY, .name = S("欧阳小明"), .acting = true};

    Str staff = duty_title(cx, &h, false), open = duty_title(cx, &h, true);
    assert_string_equal(
        arena_printf(&cx->mem, "%.*s", (int)staff.len, staff.at), "书记 欧阳小明（代理）");
    assert_string_equal(
        arena_printf(&cx->mem, "%.*s", (int)open.len, open.at), "书记 欧阳同志（代理）");
    cx->lang = LANG_EN;
    Str said = duty_title_said(cx, staff), alone = duty_title_said(cx, S("书记"));
    assert_string_equal(
        arena_printf(&cx->mem, "%.*s", (int)said.len, said.at), "Secretary 欧阳小明 (acting)");
    assert_true(str_eq(alone, S("Secretary")));
    assert_true(str_eq(duty_title_kept(cx, &h), staff)); /* one language, whoever acts */
    assert_true(str_eq(duty_title_said(cx, S("某某")), S("某某")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_lead_of_two_villages_that_do_not_touch_sees_these_two_only),
        IN_TOWN(a_person_of_two_posts_has_each_over_its_own_unit),
        IN_TOWN(an_ended_term_changes_rights_at_once_and_history_stays),
        IN_TOWN(a_term_begins_and_ends_at_midnight_of_its_days),
        IN_TOWN(the_three_admins_see_no_units_and_hold_nothing_else),
        IN_TOWN(a_seat_has_one_formal_holder_and_somebody_acts_only_while_that_one_is_away),
        IN_TOWN(an_absence_is_one_row_and_can_be_taken_back),
        IN_TOWN(an_appointment_says_which_field_is_wrong),
        IN_TOWN(a_role_needs_a_second_person_and_the_security_administrator),
        IN_TOWN(nobody_appoints_themselves),
        IN_TOWN(the_four_names_come_from_the_nearest_unit),
        IN_TOWN(a_vacant_level_passes_to_the_next_one_up),
        IN_TOWN(a_place_has_its_own_names_where_they_were_given),
        IN_TOWN(names_are_told_with_the_post_and_in_public_without_the_given_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
