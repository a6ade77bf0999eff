/* town_near_test.c — 就近: the nearest places, both sides of a border, another town and whom to
 * call; the two readings of a phone's numbers; 相邻乡镇 as the office keeps them. */
#include "tests/town.h"

#include "rooms/town/town_edit.h"
#include "rooms/town/town_near.h"

static const struct point SQUARE = {34892200, 113513500}; /* 南王文化广场 */

static void place(Cx *cx, int64_t unit, const char *name, struct point at)
{
    int64_t id;
    enum put put;
    const char *shape =
        arena_printf(&cx->mem, "%.6f,%.6f", (double)at.lat / 1e6, (double)at.lng / 1e6);
    struct place_new in = {
        .unit = unit, .kind = S("public"), .name = str(name), .shape = some_str(str(shape))};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(town_place_put(cx, &in, &put, &id), OK);
}

static struct point by(struct point p, int64_t north, int64_t east)
{
    return (struct point){p.lat + north, p.lng + east};
}

static struct neighbour huayuankou(void)
{
    return (struct neighbour){.name = S("花园口镇"),
        .tel = S("0371-1"),
        .shape = S("34.8790,113.6560 34.8950,113.6700"),
        .version = NEIGHBOUR_NEW};
}

static void enter(Cx *cx)
{
    bool was, changed;
    struct neighbour n = huayuankou();
    place(cx, NANWANG_GRID_1, "南王文化广场", SQUARE);
    place(cx, NANWANG_GRID_2, "南王公厕", by(SQUARE, 900, 0));
    place(cx, SUNZHUANG_GRID_1, "孙庄路口", by(SQUARE, 0, 3000));
    assert_int_equal(town_neighbour_put(cx, &n, &was, &changed), OK);
}

static void the_nearest_come_first_and_at_a_border_both_sides(void **state)
{
    Cx *cx = *state;
    struct nearest n;
    enter(cx);
    assert_int_equal(town_near(cx, by(SQUARE, 100, 0), &n), OK);
    assert_true(str_eq(n.at[0].name, S("南王文化广场")) && str_eq(n.at[0].village, S("南王村")));
    assert_true(n.at[0].metres <= 12 && str_eq(n.at[1].name, S("南王公厕")));
    assert_false(n.border || n.outside);
    assert_int_equal(town_near(cx, by(SQUARE, 0, 1600), &n), OK); /* between the two villages */
    assert_true(n.border);
    assert_true(str_eq(n.at[0].village, S("孙庄村")));
    bool other = false;
    for (size_t i = 0; i < n.n; i++)
        other |= str_eq(n.at[i].village, S("南王村"));
    assert_true(other);
}

static void outside_says_which_town_and_whom_to_call_and_far_from_all_says_neither(void **state)
{
    Cx *cx = *state;
    struct nearest n;
    enter(cx);
    assert_int_equal(town_near(cx, (struct point){34888000, 113664000}, &n), OK);
    assert_true(n.outside && str_eq(n.town, S("花园口镇")) && str_eq(n.tel, S("0371-1")));
    assert_int_equal(town_near(cx, (struct point){36000000, 115000000}, &n), OK);
    assert_true(n.outside && !n.town.len && !n.tel.len);
}

static void numbers_mean_two_places_and_both_are_looked_up(void **state)
{
    Cx *cx = *state;
    struct readings r;
    enter(cx);
    place(cx, SUNZHUANG_GRID_1, "挪开的地方", wgs_of_gcj(SQUARE));
    assert_int_equal(town_readings(cx, SQUARE, &r), OK);
    assert_true(r.differ);
    assert_true(str_eq(r.wgs.at[0].name, S("南王文化广场")) && r.wgs.at[0].metres == 0);
    assert_true(str_eq(r.gcj.at[0].name, S("挪开的地方")) && r.gcj.at[0].metres <= 1);
    /* outside in one reading, inside in the other */
    struct point edge = {34888000, 113664000};
    place(cx, NANWANG_GRID_1, "镇边上", wgs_of_gcj(edge));
    assert_int_equal(town_readings(cx, edge, &r), OK);
    assert_true(r.differ && r.wgs.outside && !r.gcj.outside);
    assert_true(str_eq(r.gcj.at[0].name, S("镇边上")));
}

static void where_both_readings_say_the_same_nobody_is_asked(void **state)
{
    Cx *cx = *state;
    struct readings r;
    enter(cx);
    assert_int_equal(town_readings(cx, (struct point){36000000, 115000000}, &r), OK);
    assert_false(r.differ); /* far from all in both */
    assert_int_equal(town_readings(cx, by(SQUARE, -3000, -9000), &r), OK);
    assert_true(str_eq(r.wgs.at[0].name, S("南王文化广场")));
    assert_false(r.differ);
}

static void a_neighbour_is_entered_once_changed_by_who_looked_and_removed(void **state)
{
    Cx *cx = *state;
    struct neighbour n = huayuankou(), now;
    struct neighbours all;
    bool was, changed;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(town_neighbour_put(cx, &n, &was, &changed), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(town_neighbour_put(cx, &n, &was, &changed), OK);
    assert_int_equal(town_neighbour_put(cx, &n, &was, &changed), ERR_INVALID); /* a second one */
    assert_string_equal(cx->why.field, "name");
    n.version = 0; /* an import: nobody looked, nothing is new */
    assert_int_equal(town_neighbour_put(cx, &n, &was, &changed), OK);
    assert_true(was && !changed);
    assert_int_equal(town_neighbour_find(cx, n.name, &now), OK);
    now.tel = S("0371-2");
    cx->now += 1000;
    assert_int_equal(town_neighbour_put(cx, &now, &was, &changed), OK);
    assert_int_equal(town_neighbour_put(cx, &now, &was, &changed), ERR_CONFLICT); /* an old look */
    assert_int_equal(town_neighbour_drop(cx, n.name, now.version), ERR_CONFLICT);
    assert_int_equal(town_neighbours(cx, &all), OK);
    assert_int_equal(all.n, 1);
    assert_true(str_eq(all.at[0].tel, S("0371-2")));
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(town_neighbour_drop(cx, n.name, all.at[0].version), ERR_FORBIDDEN);
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(town_neighbour_drop(cx, n.name, all.at[0].version), OK);
    assert_int_equal(town_neighbours(cx, &all), OK);
    assert_int_equal(all.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_nearest_come_first_and_at_a_border_both_sides),
        IN_TOWN(outside_says_which_town_and_whom_to_call_and_far_from_all_says_neither),
        IN_TOWN(numbers_mean_two_places_and_both_are_looked_up),
        IN_TOWN(where_both_readings_say_the_same_nobody_is_asked),
        IN_TOWN(a_neighbour_is_entered_once_changed_by_who_looked_and_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
