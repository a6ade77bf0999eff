/* problem_place_test.c — who keeps a place (a road, a river section) sees what lies at it and no
 * more of the unit it lies in (domain §1: "its units and places and below"). */
#include "rooms/problem/problem_test.h"

#include "rooms/people/people.h"
#include "rooms/problem/problem_view.h"
#include "rooms/town/town_edit.h"

struct road {
    const char *name;
    int64_t id;
};

static Err a_road(Cx *cx, void *arg)
{
    struct road *road = arg;
    enum put put;
    return town_place_put(cx,
        &(struct place_new){.unit = NANWANG, .kind = S("road"), .name = str(road->name)}, &put,
        &road->id);
}

static int64_t road_of(Cx *cx, const char *name)
{
    struct road road = {.name = name};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(db_transaction(cx, a_road, &road), OK);
    return road.id;
}

static int64_t keeper_of(Cx *cx, enum post post, const int64_t *places, size_t n)
{
    int64_t who, id;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(people_add(cx, &(struct person_new){.name = S("段长")}, &who), OK);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(duty_appoint(cx,
                             &(struct appointment_new){.person = who,
                                 .post = post,
                                 .place = places[i],
                                 .kind = S("formal"),
                                 .from_on = S("2026-06-01")},
                             &id),
            OK);
    return who;
}

static int64_t at_place(Cx *cx, int64_t place)
{
    struct problem_new in = a_problem();
    in.known_place = place;
    in.unit = NANWANG;
    return reported(cx, in).id;
}

static size_t n_open(Cx *cx)
{
    struct problem_filter f = {0};
    struct problem_cards cards;
    int64_t n;
    const struct problem_state_n *states;
    size_t n_states;

    assert_int_equal(problem_cards(cx, &f, &cards), OK);
    assert_int_equal(problem_n(cx, &f, &n), OK);
    assert_int_equal(n, cards.n);
    assert_int_equal(problem_states_n(cx, 0, &states, &n_states), OK);
    for (size_t i = 0; i < n_states; i++)
        n -= states[i].n;
    assert_int_equal(n, 0);
    return cards.n;
}

static void who_keeps_a_road_sees_what_lies_at_it_and_no_more_of_the_village(void **state)
{
    Cx *cx = *state;
    int64_t road = road_of(cx, "南王村河堤路段");
    int64_t there = at_place(cx, road), elsewhere = at_place(cx, 0);
    int64_t keeper = keeper_of(cx, POST_CADRE, &road, 1);

    sign_in(cx, keeper);
    assert_int_equal(problem_seen(cx, there), OK);
    assert_int_equal(problem_seen(cx, elsewhere), ERR_NOT_FOUND);
    assert_int_equal(n_open(cx), 1);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(n_open(cx), 2);
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    assert_int_equal(n_open(cx), 0);
}

static void two_places_of_one_village_are_two_rows_of_scope(void **state)
{
    Cx *cx = *state;
    int64_t roads[] = {road_of(cx, "河堤路"), road_of(cx, "河堤东路")};
    int64_t third = road_of(cx, "河堤西路");
    int64_t a = at_place(cx, roads[0]), b = at_place(cx, roads[1]), c = at_place(cx, third);

    sign_in(cx, keeper_of(cx, POST_CADRE, roads, 2));
    assert_int_equal(problem_seen(cx, a), OK);
    assert_int_equal(problem_seen(cx, b), OK);
    assert_int_equal(problem_seen(cx, c), ERR_NOT_FOUND);
    assert_int_equal(n_open(cx), 2);
}

static void a_contractor_of_a_place_sees_what_was_given_to_them_and_nothing_else_there(void **state)
{
    Cx *cx = *state;
    int64_t road = road_of(cx, "南王村河堤路段");
    int64_t there = at_place(cx, road);

    sign_in(cx, keeper_of(cx, POST_CONTRACTOR, &road, 1));
    assert_int_equal(problem_seen(cx, there), ERR_NOT_FOUND);
    assert_int_equal(n_open(cx), 0);
}

/* 楼道堆物 is dispatched by rule: to the company of that compound, not to its neighbour's. */
static void what_is_dispatched_by_rule_goes_to_who_keeps_that_very_place(void **state)
{
    Cx *cx = *state;
    int64_t first = road_of(cx, "南王新居一期"), second = road_of(cx, "南王新居二期"),
            third = road_of(cx, "南王新居三期");
    int64_t company = keeper_of(cx, POST_CONTRACTOR, &first, 1),
            other = keeper_of(cx, POST_CONTRACTOR, &second, 1);
    Str photo = a_photo(cx);
    const struct {
        int64_t place, handler;
    } each[] = {
        {first,  company       },
        {second, other         },
        {third,  CONTRACTOR_CAO}
    };
    for (size_t i = 0; i < 3; i++) {
        struct problem_new in = {
            .known_place = each[i].place,
            .category = S("6401"),
            .body = S("楼道堆物"),
            .before = {&photo, 1}
        };
        int64_t id = reported(cx, in).id;
        assert_int_equal(the_case(cx, id).handler.v, each[i].handler);
    }
}

static void who_keeps_another_place_is_not_handed_what_lies_here(void **state)
{
    Cx *cx = *state;
    int64_t first = road_of(cx, "南王新居一期"), second = road_of(cx, "南王新居二期");
    int64_t company = keeper_of(cx, POST_CONTRACTOR, &first, 1),
            other = keeper_of(cx, POST_CONTRACTOR, &second, 1), id = at_place(cx, first);
    struct problem_fields in = {.unit = some_i64(NANWANG)};
    struct problem_options choice;
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "file", in), OK);
    assert_int_equal(problem_handlers(cx, id, &choice), OK);
    assert_true(
        str_eq(choice.at[0].value, str(arena_printf(&cx->mem, "%lld", (long long)company))));
    in = (struct problem_fields){.handler = some_i64(other)};
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "dispatch", in), ERR_INVALID);
    assert_string_equal(cx->why.field, "handler");
    in.handler = some_i64(company);
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "dispatch", in), OK);
    sign_in(cx, company);
    assert_int_equal(problem_seen(cx, id), OK);
    sign_in(cx, other);
    assert_int_equal(problem_seen(cx, id), ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(who_keeps_a_road_sees_what_lies_at_it_and_no_more_of_the_village),
        IN_TOWN(two_places_of_one_village_are_two_rows_of_scope),
        IN_TOWN(what_is_dispatched_by_rule_goes_to_who_keeps_that_very_place),
        IN_TOWN(who_keeps_another_place_is_not_handed_what_lies_here),
        IN_TOWN(a_contractor_of_a_place_sees_what_was_given_to_them_and_nothing_else_there),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
