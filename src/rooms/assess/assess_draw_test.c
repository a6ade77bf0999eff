/* assess_draw_test.c — the draw is fair, complete, and the same for everybody. */
#include "town.h"

#include "rooms/assess/assess_draw.h"

enum { UNITS = 12, PEOPLE = 5, WEEKS = 5 };
static int64_t unit[UNITS], person[PEOPLE];
static bool own[PEOPLE * UNITS];
static const Str week[WEEKS] = {
    {"2026-W23", 8},
    {"2026-W24", 8},
    {"2026-W25", 8},
    {"2026-W26", 8},
    {"K",        1}
};

static struct draw_in a_draw(bool sampled)
{
    for (int i = 0; i < UNITS; i++)
        unit[i] = 410108101200000 + i * 1000;
    for (int i = 0; i < PEOPLE; i++)
        person[i] = 100 + i;
    memset(own, 0, sizeof own);
    for (int i = 0; i < PEOPLE; i++)
        own[i * UNITS + i] = own[i * UNITS + i + PEOPLE] = true;
    return (struct draw_in){.seed = S("7f3a"),
        .unit = unit,
        .n_units = UNITS,
        .inspector = person,
        .n_inspectors = PEOPLE,
        .own = own,
        .week = week,
        .n_weeks = WEEKS,
        .sampled = sampled};
}

static void every_unit_is_drawn_in_the_month_and_a_third_each_week(void **state)
{
    Cx *cx = *state;
    struct draw_in in = a_draw(true);
    struct drawn *d;
    size_t n;
    int seen[UNITS] = {0}, a_week[WEEKS] = {0};
    assess_draw(cx, &in, &d, &n);
    for (size_t i = 0; i < n; i++) {
        a_week[d[i].week]++;
        seen[d[i].unit] += d[i].week < 4;
    }
    for (int w = 0; w < 4; w++)
        assert_int_equal(a_week[w], UNITS / 3);
    assert_int_equal(a_week[4], UNITS);
    for (int u = 0; u < UNITS; u++)
        assert_in_range(seen[u], 1, 4);
}

static void nobody_inspects_their_own_village_and_pairs_change(void **state)
{
    Cx *cx = *state;
    struct draw_in in = a_draw(false);
    struct drawn *d;
    size_t n, last[UNITS], same = 0, load[WEEKS][PEOPLE] = {{0}};
    assess_draw(cx, &in, &d, &n);
    assert_int_equal(n, WEEKS * UNITS);
    for (size_t i = 0; i < n; i++) {
        assert_in_range(d[i].inspector, 0, PEOPLE - 1);
        assert_false(own[d[i].inspector * UNITS + d[i].unit]);
        same += d[i].week > 0 && last[d[i].unit] == d[i].inspector;
        last[d[i].unit] = d[i].inspector;
        load[d[i].week][d[i].inspector]++;
    }
    assert_in_range(same, 0, 5); /* of 48 */
    for (int w = 0; w < WEEKS; w++)
        for (int p = 0; p < PEOPLE; p++)
            assert_in_range(load[w][p], 1, 4);
}

static void the_same_seed_draws_the_same_and_another_seed_another(void **state)
{
    Cx *cx = *state;
    struct draw_in in = a_draw(true);
    struct drawn *a, *b, *c;
    size_t n, m, k;
    assess_draw(cx, &in, &a, &n);
    assess_draw(cx, &in, &b, &m);
    in.seed = S("7f3b");
    assess_draw(cx, &in, &c, &k);
    assert_int_equal(n, m);
    assert_memory_equal(a, b, n * sizeof *a);
    assert_true(n != k || memcmp(a, c, n * sizeof *a) != 0);
}

static void a_unit_that_all_inspectors_belong_to_is_left_without_one(void **state)
{
    Cx *cx = *state;
    struct draw_in in = a_draw(false);
    struct drawn *d;
    size_t n;
    for (int p = 0; p < PEOPLE; p++)
        own[p * UNITS + 3] = true;
    assess_draw(cx, &in, &d, &n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(d[i].inspector == PEOPLE, d[i].unit == 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(every_unit_is_drawn_in_the_month_and_a_third_each_week),
        IN_TOWN(nobody_inspects_their_own_village_and_pairs_change),
        IN_TOWN(the_same_seed_draws_the_same_and_another_seed_another),
        IN_TOWN(a_unit_that_all_inspectors_belong_to_is_left_without_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
