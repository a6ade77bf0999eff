/* duty_chart_test.c — 责任人台账: the names of a place, as a ledger. */
#include "tests/town.h"

#include "rooms/ledger/ledger.h"

extern const struct ledger duty_ledger;

static Str exported(Cx *cx, const struct pair *filter, size_t n)
{
    struct sink o = {.mem = &cx->mem};
    size_t rows;
    assert_int_equal(ledger_export(cx, &duty_ledger, (struct pairs){filter, n}, SIGHT_STAFF,
                         FORMAT_CSV, &o, &rows),
        OK);
    return (Str){o.at, o.len};
}

static void each_village_and_grid_stands_with_its_names(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_sound(cx, &duty_ledger), OK);
    Str all = exported(cx, NULL, 0);
    assert_true(str_has(all, "南王村,村、社区,南王村,王五,赵六,钱七,"));
    assert_true(str_has(all, "孙八") && str_has(all, "吴十") && str_has(all, "孙庄村"));
    static const struct pair nanwang[] = {
        {{"village", 7}, {"南王村", 9}}
    };
    assert_false(str_has(exported(cx, nanwang, 1), "孙庄村"));
}

static void pages_follow_each_other_without_a_gap(void **state)
{
    Cx *cx = *state;
    struct ledger_list_view v;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_list(cx, &duty_ledger, (struct pairs){0}, SIGHT_STAFF, &v), OK);
    assert_true(v.lines.n > 3);
    const struct pair after[] = {
        {S("after"),
         str(arena_printf(&cx->mem, "%lld~%lld", (long long)NANWANG, (long long)NANWANG))}
    };
    struct ledger_list_view rest;
    assert_int_equal(
        ledger_list(cx, &duty_ledger, (struct pairs){after, 1}, SIGHT_STAFF, &rest), OK);
    size_t at = 0;
    while (v.lines.at[at].id != NANWANG)
        at++;
    assert_int_equal(rest.lines.n, v.lines.n - at - 1);
    assert_int_equal(rest.lines.at[0].id, v.lines.at[at + 1].id);
}

static void nobody_writes_into_it(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    assert_false(ledger_writes(cx, &duty_ledger) || ledger_loads(cx, &duty_ledger));
    struct ledger_detail_view v;
    assert_int_equal(ledger_detail(cx, &duty_ledger, NANWANG, SIGHT_STAFF, &v), OK);
    assert_true(str_eq(v.title, S("南王村")));
    assert_int_equal(ledger_detail(cx, &duty_ledger, 999, SIGHT_STAFF, &v), ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(each_village_and_grid_stands_with_its_names),
        IN_TOWN(pages_follow_each_other_without_a_gap),
        IN_TOWN(nobody_writes_into_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
