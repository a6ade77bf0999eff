/* reckon_test.c — the worked rounds of the domain (§15), to the point, rank and flag. */
#include "town.h"

#include "rooms/assess/reckon.h"

enum { A1, A2, A3, A4, B1, B2, B3, B4, B5, C1, C2, C3, D1, D2, D3, D4, D5, E1, E2, E3, V1, N_V1 };
#define LOOKED(c, f, p)                                                                            \
    {                                                                                              \
        .code = {c, 2}, .kind = ITEM_INSPECTED, .full = f, .per = p                                \
    }
#define COMPUTED(c, f)                                                                             \
    {                                                                                              \
        .code = {c, 2}, .kind = ITEM_AUTO, .full = f                                               \
    }
static const struct reckon_item gx_v1[N_V1] = {
    [A1] = LOOKED("A1", 1000, 100),
    [A2] = LOOKED("A2", 800, 200),
    [A3] = LOOKED("A3", 600, 100),
    [A4] = LOOKED("A4", 600, 100),
    [B1] = LOOKED("B1", 800, 50),
    [B2] = LOOKED("B2", 600, 50),
    [B3] = LOOKED("B3", 600, 50),
    [B4] = LOOKED("B4", 600, 200),
    [B5] = LOOKED("B5", 400, 100),
    [C1] = LOOKED("C1", 600, 300),
    [C2] = LOOKED("C2", 500, 100),
    [C3] = LOOKED("C3", 400, 100),
    [D1] = COMPUTED("D1", 1000),
    [D2] = COMPUTED("D2", 500),
    [D3] = COMPUTED("D3", 500),
    [D4] = COMPUTED("D4", 300),
    [D5] = COMPUTED("D5", 200),
    [E1] = {.code = {"E1", 2}, .kind = ITEM_BONUS,   .per = 200},
    [E2] = {.code = {"E2", 2}, .kind = ITEM_BONUS,   .per = 200},
    [E3] = {.code = {"E3", 2}, .kind = ITEM_BONUS,   .per = 100},
    [V1] = {.code = {"V1", 2}, .kind = ITEM_PENALTY, .per = 500},
};

static struct finding of(int64_t num, int64_t den)
{
    return (struct finding){.num = num, .den = den};
}
static struct finding times(int64_t n)
{
    return (struct finding){.n = n};
}

static int64_t week_of(const struct sheet *s, struct scored *all)
{
    struct reckon_unit u = {.code = 1, .before = -1};
    struct reckoned r;
    int64_t unit;
    u.week[0] = u.month = *s;
    u.week[0].inspected = u.month.inspected = true;
    const struct reckon_in in = {.rules = &reckon_v1,
        .item = gx_v1,
        .n_items = N_V1,
        .n_weeks = 1,
        .n_groups = 1,
        .unit = &u,
        .n_units = 1};
    assert_int_equal(reckon(&in, &r, &unit), RECKON_FINE);
    *all = r.week[0];
    return r.week[0].score;
}

static void the_week_of_nanwang_is_9704(void **state)
{
    (void)state;
    struct scored s;
    struct sheet w = {
        .found = {[A1] = times(2),
                  [B2] = times(3),
                  [D1] = of(11, 12),
                  [D2] = of(1, 1),
                  [D3] = of(31, 33),
                  [D4] = of(8, 9),
                  [D5] = of(1, 1),
                  [E1] = times(1)}
    };
    assert_int_equal(week_of(&w, &s), 9704);
    assert_int_equal(s.points[A1], 800);
    assert_int_equal(s.points[B2], 450);
    assert_int_equal(s.points[D1], 917);
    assert_int_equal(s.points[D3], 470);
    assert_int_equal(s.points[D4], 267);
    assert_int_equal(s.sum, 9504);
}

static void the_week_of_sunzhuang_is_9352_and_nobody_to_ask_gives_full_marks(void **state)
{
    (void)state;
    struct scored s;
    struct sheet w = {
        .found = {[A1] = times(3),
                  [A4] = times(1),
                  [B1] = times(2),
                  [C2] = times(1),
                  [D1] = of(6, 6),
                  [D2] = of(1, 1),
                  [D3] = of(19, 21),
                  [D5] = of(1, 1)}
    };
    assert_int_equal(week_of(&w, &s), 9352);
    assert_int_equal(s.points[D4], 300);
}

static void the_week_of_macun_is_6540_and_an_item_never_falls_under_zero(void **state)
{
    (void)state;
    struct scored s;
    struct sheet w = {
        .found = {[A1] = times(6),
                  [A2] = times(5),
                  [A3] = times(2),
                  [B1] = times(7),
                  [B3] = times(4),
                  [B4] = times(1),
                  [C1] = times(1),
                  [D1] = of(7, 11),
                  [D2] = of(1, 1),
                  [D3] = of(17, 24),
                  [D4] = of(2, 3),
                  [D5] = of(0, 1)}
    };
    assert_int_equal(week_of(&w, &s), 6540);
    assert_int_equal(s.points[A2], 0);
}

static void the_week_of_chengzhuang_is_5932_and_6232_after_its_appeal(void **state)
{
    (void)state;
    struct scored s;
    struct sheet w = {
        .found = {[A1] = times(12),
                  [A2] = times(2),
                  [B2] = times(5),
                  [C1] = times(2),
                  [C3] = times(1),
                  [D1] = of(4, 7),
                  [D2] = of(0, 1),
                  [D3] = of(13, 18),
                  [D4] = of(1, 2),
                  [D5] = of(1, 1),
                  [V1] = times(1)}
    };
    assert_int_equal(week_of(&w, &s), 5932);
    w.found[A1].n = 10; /* two places struck: still nothing left of A1 */
    assert_int_equal(week_of(&w, &s), 5932);
    w.found[C1].n = 1;
    assert_int_equal(week_of(&w, &s), 6232);
}

/* ---- a month: one item of 105 points, so that a sheet is its score */
static const struct reckon_item one_item[] = {
    {.code = {"A1", 2}, .kind = ITEM_INSPECTED, .full = 10500, .per = 1}
};

static struct sheet worth(int64_t score)
{
    return (struct sheet){.inspected = true, .found = {{.n = 10500 - score}}};
}

enum { G, R, C };
static struct reckon_unit unit(
    int64_t code, int group, int64_t a, int64_t b, int64_t c, int64_t d, int64_t k)
{
    return (struct reckon_unit){
        .code = code,
        .group = group,
        .before = -1,
        .week = {worth(a), worth(b), worth(c), worth(d)},
        .month = worth(k)
    };
}

static size_t june(struct reckon_unit u[12])
{
    u[0] = unit(206, G, 9681, 9704, 9610, 9733, 9700);
    u[1] = unit(200, G, 9005, 9030, 9120, 9045, 9020);
    u[2] = unit(204, G, 9050, 9011, 9190, 9133, 8950);
    u[3] = unit(203, G, 8455, 8610, 8390, 8702, 8550);
    u[4] = unit(205, G, 8222, 8190, 8377, 8405, 8300);
    u[5] = unit(202, G, 7933, 6540, 7705, 8012, 7900);
    u[6] = unit(201, G, 7615, 5932, 7820, 7960, 7800);
    u[7] = unit(207, R, 9412, 9352, 9371, 9466, 9425);
    u[8] = unit(208, R, 9102, 9240, 9188, 9301, 9275);
    u[9] = unit(209, R, 8633, 8710, 8590, 8688, 8640);
    u[10] = unit(1, C, 9120, 9255, 9310, 9402, 9350);
    u[11] = unit(2, C, 8840, 8790, 9011, 8955, 8900);
    u[1].on_time_num = 38, u[1].on_time_den = 40;
    u[2].on_time_num = 29, u[2].on_time_den = 31;
    return 12;
}

static void reckon_month(const struct reckon_rules *rules, const struct reckon_unit *u, size_t n,
    int n_weeks, struct reckoned *out)
{
    int64_t whose;
    const struct reckon_in in = {.rules = rules,
        .item = one_item,
        .n_items = 1,
        .n_weeks = n_weeks,
        .n_groups = 3,
        .unit = u,
        .n_units = n};
    assert_int_equal(reckon(&in, out, &whose), RECKON_FINE);
}

static void june_is_as_worked_out_by_hand(void **state)
{
    (void)state;
    static const struct {
        int64_t m;
        int rank, town;
        enum flag flag;
        enum decided by;
    } want[12] = {
        {9689, 1, 1,  FLAG_RED,   BY_RANK   },
        {9038, 2, 5,  FLAG_RED,   BY_ON_TIME},
        {9038, 2, 5,  FLAG_NONE,  BY_ON_TIME},
        {8544, 4, 9,  FLAG_NONE,  BY_NOTHING},
        {8299, 5, 10, FLAG_NONE,  BY_NOTHING},
        {7689, 6, 11, FLAG_NONE,  BY_NOTHING},
        {7519, 7, 12, FLAG_BLACK, BY_RANK   },
        {9410, 1, 2,  FLAG_RED,   BY_RANK   },
        {9235, 2, 4,  FLAG_NONE,  BY_NOTHING},
        {8649, 3, 8,  FLAG_NONE,  BY_NOTHING},
        {9303, 1, 3,  FLAG_RED,   BY_RANK   },
        {8899, 2, 7,  FLAG_NONE,  BY_NOTHING},
    };
    struct reckon_unit u[12];
    struct reckoned out[12];
    reckon_month(&reckon_v1, u, june(u), 4, out);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(out[i].score, want[i].m);
        assert_int_equal(out[i].rank, want[i].rank);
        assert_int_equal(out[i].town_rank, want[i].town);
        assert_int_equal(out[i].flag, want[i].flag);
        assert_int_equal(out[i].by, want[i].by);
    }
}

static void an_appeal_upheld_gives_7564_and_leaves_the_flag(void **state)
{
    (void)state;
    struct reckon_unit u[12];
    struct reckoned out[12];
    size_t n = june(u);
    u[6].week[1] = worth(6232);
    reckon_month(&reckon_v1, u, n, 4, out);
    assert_int_equal(out[6].score, 7564);
    assert_int_equal(out[6].flag, FLAG_BLACK);
}

static void equal_to_the_last_step_all_get_red_and_none_gets_black(void **state)
{
    (void)state;
    struct reckon_unit u[12];
    struct reckoned out[12];
    size_t n = june(u);
    u[2].on_time_num = 19, u[2].on_time_den = 20; /* 38/40 as well */
    u[5] = u[6];
    u[5].code = 202;
    reckon_month(&reckon_v1, u, n, 4, out);
    assert_int_equal(out[1].flag, FLAG_RED);
    assert_int_equal(out[2].flag, FLAG_RED);
    assert_int_equal(out[1].by, BY_TIE_FOR_ALL);
    assert_int_equal(out[2].by, BY_TIE_FOR_ALL);
    assert_int_equal(out[5].flag, FLAG_NONE);
    assert_int_equal(out[6].flag, FLAG_NONE);
    assert_int_equal(out[5].by, BY_TIE_FOR_ALL);
}

static void a_veto_or_an_open_late_matter_leaves_no_red_and_says_so(void **state)
{
    (void)state;
    struct reckon_unit u[12];
    struct reckoned out[12];
    size_t n = june(u);
    u[0].bar_red = true;
    u[7].open_late = true;
    reckon_month(&reckon_v1, u, n, 4, out);
    assert_int_equal(out[0].flag, FLAG_NONE);
    assert_int_equal(out[0].by, BY_BARRED);
    assert_int_equal(out[2].flag, FLAG_RED); /* the next who may have it */
    assert_int_equal(out[7].by, BY_OPEN_LATE);
    assert_int_equal(out[8].flag, FLAG_RED);
    u[1].bar_red = u[2].open_late = true;
    u[3].week[0] = u[3].week[1] = u[3].week[2] = u[3].week[3] = u[3].month = worth(9001);
    reckon_month(&reckon_v1, u, n, 4, out);
    assert_int_equal(out[3].flag, FLAG_RED); /* the fourth: each of the three before is told why */
    assert_int_equal(out[0].by, BY_BARRED);
    assert_int_equal(out[1].by, BY_BARRED);
    assert_int_equal(out[2].by, BY_OPEN_LATE);
    u[0].falsified = true;
    reckon_month(&reckon_v1, u, n, 4, out);
    assert_int_equal(out[0].score, 0);
    assert_int_equal(out[0].flag, FLAG_BLACK);
    assert_int_equal(out[0].by, BY_FALSIFIED);
}

static void places_are_half_up_for_red_and_whole_for_black(void **state)
{
    (void)state;
    assert_int_equal(reckon_places_red(&reckon_v1, 7), 2);
    assert_int_equal(reckon_places_red(&reckon_v1, 3), 1);
    assert_int_equal(reckon_places_red(&reckon_v1, 2), 1);
    assert_int_equal(reckon_places_red(&reckon_v1, 1), 1);
    assert_int_equal(reckon_places_black(&reckon_v1, 7), 1);
    assert_int_equal(reckon_places_black(&reckon_v1, 6), 0);
    assert_int_equal(reckon_places_black(&reckon_v1, 3), 0);
}

static void a_unit_never_inspected_or_without_month_end_blocks_the_round(void **state)
{
    (void)state;
    struct reckon_unit u[12];
    struct reckoned out[12];
    int64_t whose;
    size_t n = june(u);
    const struct reckon_in in = {.rules = &reckon_v1,
        .item = one_item,
        .n_items = 1,
        .n_weeks = 4,
        .n_groups = 3,
        .unit = u,
        .n_units = n};
    for (int w = 0; w < 4; w++)
        u[3].week[w].inspected = false;
    assert_int_equal(reckon(&in, out, &whose), NO_WEEK);
    assert_int_equal(whose, 203);
    june(u);
    u[4].month.inspected = false;
    assert_int_equal(reckon(&in, out, &whose), NO_MONTH);
    assert_int_equal(whose, 205);
}

/* ---- v2 */
enum { ABC, W1, W4, W6, W7, BONUS, MINUS, N_V2 };
static const struct reckon_item gx_v2[N_V2] = {
    [ABC] = LOOKED("A1", 7500, 1),
    [W1] = COMPUTED("D1", 1000),
    [W4] = COMPUTED("D4", 500),
    [W6] = COMPUTED("D6", 500),
    [W7] = COMPUTED("D7", 500),
    [BONUS] = {.code = {"E1", 2}, .kind = ITEM_BONUS,   .per = 50 },
    [MINUS] = {.code = {"V1", 2}, .kind = ITEM_PENALTY, .per = 100},
};

static void chengzhuang_by_v2_is_7087_in_the_week_and_7492_in_the_month(void **state)
{
    (void)state;
    struct reckon_unit u = {.code = 201, .before = -1};
    struct reckoned r;
    int64_t whose;
    u.week[0] = (struct sheet){
        .inspected = true,
        .found = {[ABC] = times(7500 - 5150),
                  [W1] = of(18, 24),
                  [W4] = of(9, 11),
                  [W6] = of(3, 4),
                  [W7] = of(20, 23),
                  [MINUS] = times(1)}
    };
    /* 78.20 and 78.00 as they came out: everything due was done, the rest lost on the street */
    u.week[1] = u.month = (struct sheet){
        .inspected = true,
        .found = {[W1] = of(5, 5), [W4] = of(5, 5), [W6] = of(5, 5), [W7] = of(5, 5)}
    };
    u.week[1].found[ABC].n = 10000 - 7820;
    u.month.found[ABC].n = 10000 - 7800;
    const struct reckon_in in = {.rules = &reckon_v2,
        .item = gx_v2,
        .n_items = N_V2,
        .n_weeks = 2,
        .n_groups = 1,
        .unit = &u,
        .n_units = 1};
    assert_int_equal(reckon(&in, &r, &whose), RECKON_FINE);
    assert_int_equal(r.week[0].points[W1], 750);
    assert_int_equal(r.week[0].points[W4], 409);
    assert_int_equal(r.week[0].points[W7], 435);
    assert_int_equal(r.week[0].out, 500);
    assert_int_equal(r.week[0].score, 7087);
    assert_int_equal(half_up(r.num, r.den), 7592);
    assert_int_equal(r.score, 7492);
    assert_int_equal(r.flag, FLAG_NONE);
}

static void by_v2_black_needs_two_months_and_the_first_is_told_in_private(void **state)
{
    (void)state;
    struct reckon_unit u = unit(201, G, 7999, 7999, 7999, 7999, 7999);
    struct reckoned r;
    u.before = 7492;
    reckon_month(&reckon_v2, &u, 1, 4, &r);
    assert_int_equal(r.score, 7999);
    assert_int_equal(r.flag, FLAG_BLACK);
    assert_int_equal(r.by, BY_IN_A_ROW);
    assert_false(r.in_public);
    u.before = 7999;
    u.n_black_before = 1;
    reckon_month(&reckon_v2, &u, 1, 4, &r);
    assert_int_equal(r.flag, FLAG_BLACK);
    assert_true(r.in_public);
    u = unit(201, G, 8000, 8000, 8000, 8000, 8000);
    u.before = 7492;
    reckon_month(&reckon_v2, &u, 1, 4, &r);
    assert_int_equal(r.flag, FLAG_NONE);
}

/* ---- the order of the rows changes nothing */
static uint32_t dice(uint32_t *s)
{
    *s ^= *s << 13, *s ^= *s >> 17, *s ^= *s << 5;
    return *s;
}

static void permuting_the_units_changes_no_result_in_5000_random_rounds(void **state)
{
    (void)state;
    static struct reckon_unit u[24], p[24];
    static struct reckoned out[24], again[24];
    uint32_t s = 20260615;
    for (int round = 0; round < 5000; round++) {
        size_t n = 2 + dice(&s) % 22, at[24];
        for (size_t i = 0; i < n; i++) {
            int64_t base = 6500 + dice(&s) % 40 * 100; /* coarse, so that ties are common */
            u[i] = unit((int64_t)i, (int)(dice(&s) % 3), base, base, base, base, base);
            u[i].on_time_num = dice(&s) % 3, u[i].on_time_den = 2;
            if (u[i].on_time_num > 2)
                u[i].on_time_num = 2;
            u[i].pleased_num = dice(&s) % 2, u[i].pleased_den = 1;
            u[i].bar_red = dice(&s) % 16 == 0;
            u[i].open_late = dice(&s) % 16 == 0;
            at[i] = i;
        }
        for (size_t i = n - 1; i > 0; i--) {
            size_t k = dice(&s) % (i + 1), t = at[i];
            at[i] = at[k], at[k] = t;
        }
        for (size_t i = 0; i < n; i++)
            p[i] = u[at[i]];
        const struct reckon_rules *rules = round % 2 ? &reckon_v2 : &reckon_v1;
        reckon_month(rules, u, n, 4, out);
        reckon_month(rules, p, n, 4, again);
        for (size_t i = 0; i < n; i++) {
            assert_memory_equal(&out[at[i]], &again[i], sizeof out[0]);
            assert_in_range(out[i].score, 0, rules->top);
            assert_in_range(out[i].rank, 1, n);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_week_of_nanwang_is_9704),
        cmocka_unit_test(the_week_of_sunzhuang_is_9352_and_nobody_to_ask_gives_full_marks),
        cmocka_unit_test(the_week_of_macun_is_6540_and_an_item_never_falls_under_zero),
        cmocka_unit_test(the_week_of_chengzhuang_is_5932_and_6232_after_its_appeal),
        cmocka_unit_test(june_is_as_worked_out_by_hand),
        cmocka_unit_test(an_appeal_upheld_gives_7564_and_leaves_the_flag),
        cmocka_unit_test(equal_to_the_last_step_all_get_red_and_none_gets_black),
        cmocka_unit_test(a_veto_or_an_open_late_matter_leaves_no_red_and_says_so),
        cmocka_unit_test(places_are_half_up_for_red_and_whole_for_black),
        cmocka_unit_test(a_unit_never_inspected_or_without_month_end_blocks_the_round),
        cmocka_unit_test(chengzhuang_by_v2_is_7087_in_the_week_and_7492_in_the_month),
        cmocka_unit_test(by_v2_black_needs_two_months_and_the_first_is_told_in_private),
        cmocka_unit_test(permuting_the_units_changes_no_result_in_5000_random_rounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
