/* geo_test.c — 坐标: known pairs, there and back, distances to lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/geo.h"

/* Pairs that other people's programs print in their tests (eviltransform, coordtransform), to
 * 10^-6. */
static const struct {
    struct point wgs, gcj;
} pairs[] = {
    {{31177428, 121527211}, {31175304, 121531542}},
    {{22543847, 113912316}, {22540796, 113917176}},
    {{39911954, 116377817}, {39913345, 116384047}},
    {{39915000, 116404000}, {39916404, 116410244}},
};

static void near_by(int64_t a, int64_t b, int64_t by)
{
    if (llabs(a - b) > by)
        fail_msg("%lld is not %lld", (long long)a, (long long)b);
}

static void known_pairs_are_met_to_a_fifth_of_a_metre(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct point g = gcj_of_wgs(pairs[i].wgs), w = wgs_of_gcj(pairs[i].gcj);
        near_by(g.lat, pairs[i].gcj.lat, 2);
        near_by(g.lng, pairs[i].gcj.lng, 2);
        near_by(w.lat, pairs[i].wgs.lat, 2);
        near_by(w.lng, pairs[i].wgs.lng, 2);
    }
}

static void there_and_back_is_the_same_place_all_over_the_country(void **state)
{
    (void)state;
    for (int64_t lat = 18300000; lat < 53000000; lat += 1234567)
        for (int64_t lng = 75100000; lng < 134000000; lng += 1234567) {
            struct point p = {lat, lng}, q = wgs_of_gcj(gcj_of_wgs(p));
            near_by(q.lat, p.lat, 1);
            near_by(q.lng, p.lng, 1);
        }
}

static void the_shift_at_the_town_is_some_hundred_metres_and_none_abroad(void **state)
{
    struct point town = {34900000, 113530000}, g = gcj_of_wgs(town), paris = {48858000, 2294000};
    int64_t m = metres_between(town.lat, town.lng, g.lat, g.lng);
    (void)state;
    assert_true(m > 300 && m < 800);
    assert_int_equal(gcj_of_wgs(paris).lng, paris.lng);
    assert_int_equal(wgs_of_gcj(paris).lat, paris.lat);
}

static void a_road_is_as_near_as_its_nearest_piece(void **state)
{
    const char *road = "34.9000,113.5000 34.9000,113.5100 34.9100,113.5100";
    (void)state;
    near_by(metres_to_shape((struct point){34901000, 113505000}, str(road)), 111, 2);
    near_by(metres_to_shape((struct point){34905000, 113511000}, str(road)), 91, 2);
    near_by(metres_to_shape((struct point){34900000, 113499000}, str(road)), 91, 2);
    near_by(metres_to_shape((struct point){34900000, 113500000}, S("34.9,113.5")), 0, 0);
    assert_int_equal(metres_to_shape((struct point){34900000, 113500000}, S("34.9;113.5")), -1);
    assert_int_equal(metres_to_shape((struct point){34900000, 113500000}, S("")), -1);
    assert_true(metres_to_shape((struct point){0, 0}, str(road)) >= 30000);
}

static void degrees_are_digits_and_one_point(void **state)
{
    int64_t n;
    (void)state;
    assert_true(degrees_read(S("34.9"), &n));
    assert_int_equal(n, 34900000);
    assert_true(degrees_read(S("113.5133079"), &n));
    assert_int_equal(n, 113513307);
    assert_false(degrees_read(S("-34.9"), &n));
    assert_false(degrees_read(S("34.9.1"), &n));
    assert_false(degrees_read(S(".9"), &n));
    assert_false(degrees_read(S("34."), &n));
    assert_false(degrees_read(S(""), &n));
    assert_false(degrees_read(S("34,9"), &n));
    assert_false(degrees_read(S("999"), &n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_pairs_are_met_to_a_fifth_of_a_metre),
        cmocka_unit_test(there_and_back_is_the_same_place_all_over_the_country),
        cmocka_unit_test(the_shift_at_the_town_is_some_hundred_metres_and_none_abroad),
        cmocka_unit_test(a_road_is_as_near_as_its_nearest_piece),
        cmocka_unit_test(degrees_are_digits_and_one_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
