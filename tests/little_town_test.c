/* little_town_test.c — the town of the tests is the town it says it is. */
#include "town.h"

#include "rooms/category/category.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

static void every_post_has_somebody(void **state)
{
    Cx *cx = *state;
    uint32_t held = 0;
    for (int64_t who = 1; who < N_TOWN_PEOPLE; who++) {
        sign_in(cx, who);
        held |= cx->me.posts;
        assert_true(cx->me.post || who == WITHOUT_POST_XIE);
    }
    assert_int_equal(held, (HAS(N_POSTS) - 1) & ~HAS(POST_NONE));
}

static void the_four_names_of_nanwang_are_those_of_the_book(void **state)
{
    Cx *cx = *state;
    struct chain chain;
    assert_int_equal(duty_chain(cx, NANWANG_GRID_1, 0, &chain), OK);
    assert_int_equal(chain.level[1].person, CADRE_SUN);
    assert_int_equal(chain.level[2].person, SECRETARY_QIAN);
    assert_int_equal(chain.level[3].person, DEPT_ZHAO);
    assert_int_equal(chain.level[4].person, LEAD_WANG);
    assert_int_equal(chain.level[0].person, GRID_KEEPER_WU);
}

static void tests_do_not_see_what_others_did(void **state)
{
    Cx *cx = *state;
    int64_t id;
    assert_int_equal(people_add(cx, &(struct person_new){.name = S("新来的")}, &id), OK);
    assert_int_equal(people_named(cx, S("新来的"), &id), 1);
}

static void a_session_is_a_real_one(void **state)
{
    Cx *cx = *state;
    struct signed_in who;
    Str cookie = town_cookie(cx, CADRE_SUN);
    assert_int_equal(people_session(cx, cookie, &who), OK);
    assert_int_equal(who.person, CADRE_SUN);
}

static void the_other_town_has_its_own_numbers(void **state)
{
    Cx *cx = *state;
    struct unit u;
    sign_in_elsewhere(cx, SECRETARY_ELSEWHERE);
    assert_true(cx->me.posts == HAS(POST_SECRETARY));
    assert_int_equal(town_unit(cx, ELSEWHERE, &u), OK);
    assert_true(str_eq(people_name(cx, SECRETARY_ELSEWHERE), S("金七")));
}

static void the_calendar_and_the_tiles_are_there(void **state)
{
    Cx *cx = *state;
    const struct calendar *c;
    struct category found;
    assert_int_equal(town_calendar(cx, &c), OK);
    assert_int_equal(c->n_years, 1);
    assert_false(day_works(c, day_number(2026, 6, 19)));
    assert_int_equal(category_find(cx, S("6101"), &found), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(every_post_has_somebody),
        IN_TOWN(the_four_names_of_nanwang_are_those_of_the_book),
        IN_TOWN(tests_do_not_see_what_others_did),
        IN_TOWN(tests_do_not_see_what_others_did),
        IN_TOWN(a_session_is_a_real_one),
        IN_TOWN(the_other_town_has_its_own_numbers),
        IN_TOWN(the_calendar_and_the_tiles_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
