/* assess_text_test.c — a frozen round is read back as it was, and reckoned to the same bytes. */
#include "town.h"

#include "rooms/assess/assess_text.h"

static void a_round(Cx *cx, struct assess_input *in, bool turned)
{
    *in = (struct assess_input){.table = S("GX-RH"),
        .version = S("v1"),
        .table_hash = S("00ff"),
        .month = S("2026-06"),
        .no = 1,
        .program = S("0.1.0"),
        .calendar_hash = S("aa"),
        .rules = reckon_v1,
        .n_items = 2,
        .n_units = 3,
        .n_groups = 2,
        .n_weeks = 2};
    assess_input_room(cx, in);
    in->group[0] = (struct assess_label){S("G"), S("一般")};
    in->group[1] = (struct assess_label){S("R"), S("沿黄")};
    in->week[0] = (struct assess_week){S("2026-W23"), S("2026-06-01"), S("2026-06-07")};
    in->week[1] = (struct assess_week){S("2026-W24"), S("2026-06-08"), S("2026-06-14")};
    in->item[0] = (struct reckon_item){S("A1"), ITEM_INSPECTED, 9000, 100, 0};
    in->item[1] = (struct reckon_item){S("D1"), ITEM_AUTO, 1000, 0, 0};
    in->item_name[0] = S("道路保洁");
    in->item_name[1] = S("按期结案率");
    for (size_t k = 0; k < 3; k++) {
        size_t i = turned ? 2 - k : k;
        struct reckon_unit *u = &in->unit[i];
        *u = (struct reckon_unit){
            .code = 410108101200000 + (int64_t)k, .group = k == 2, .before = -1};
        in->unit_name[i] = S("某村");
        for (int w = 0; w < 2; w++) {
            u->week[w].inspected = true;
            u->week[w].found[0].n = (int64_t)k * 3 + w;
            u->week[w].found[1] = (struct finding){.num = 7, .den = 9};
            ASSESS_ROWS(in, i, w, 0) = k ? S("17,18,19") : S("");
        }
        u->month.inspected = true;
    }
}

static void a_frozen_round_is_read_back_to_the_same_bytes(void **state)
{
    Cx *cx = *state;
    struct assess_input in, back;
    a_round(cx, &in, false);
    Str text = assess_input_text(cx, &in);
    assert_int_equal(assess_input_read(cx, text, &back), OK);
    assert_true(str_eq(text, assess_input_text(cx, &back)));
    assert_true(str_eq(ASSESS_ROWS(&back, 1, 0, 0), S("17,18,19")));
}

static void the_order_of_the_units_changes_neither_text_nor_result(void **state)
{
    Cx *cx = *state;
    struct assess_input in, turned;
    struct reckoned a[3], b[3];
    int64_t whose;
    a_round(cx, &in, false);
    a_round(cx, &turned, true);
    assert_true(str_eq(assess_input_text(cx, &in), assess_input_text(cx, &turned)));
    struct reckon_in x = assess_reckon_in(&in), y = assess_reckon_in(&turned);
    assert_int_equal(reckon(&x, a, &whose), RECKON_FINE);
    assert_int_equal(reckon(&y, b, &whose), RECKON_FINE);
    assert_true(
        str_eq(assess_result_text(cx, &in, S("h"), a), assess_result_text(cx, &turned, S("h"), b)));
}

static void a_frozen_round_that_was_touched_is_refused_or_has_another_hash(void **state)
{
    Cx *cx = *state;
    struct assess_input in, back;
    a_round(cx, &in, false);
    Str text = assess_input_text(cx, &in), hash = assess_hash(cx, text);
    char *touched = arena_copy(&cx->mem, text.at, text.len);
    assert_int_equal(hash.len, 64);
    for (size_t i = 0; i < text.len; i += 7) {
        char was = touched[i];
        touched[i] = was == '1' ? '2' : '1';
        assert_false(str_eq(hash, assess_hash(cx, (Str){touched, text.len})));
        (void)!assess_input_read(cx, (Str){touched, text.len}, &back); /* ends, whatever it says */
        touched[i] = was;
    }
    assert_int_equal(assess_input_read(cx, S("nonsense\n"), &back), ERR_INTERNAL);
    assert_int_equal(assess_input_read(cx, S(""), &back), ERR_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_frozen_round_is_read_back_to_the_same_bytes),
        IN_TOWN(the_order_of_the_units_changes_neither_text_nor_result),
        IN_TOWN(a_frozen_round_that_was_touched_is_refused_or_has_another_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
