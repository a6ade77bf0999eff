/* problem_ledger_test.c — problems as a table: out with masks, in through the rule. */
#include "tests/town.h"

#include "rooms/ledger/ledger.h"
#include "rooms/problem/problem.h"

static Str table(Cx *cx)
{
    (void)cx;
    return S("单位,类别,来源,位置,说明,上报人,电话,外部编号\r\n"
             "南王村,暴露垃圾,12345 热线,村口,垃圾没清,李小明,138 1234 5678,ZZ-1\r\n"
             "孙庄村,0102,hotline,桥头,,,,ZZ-2\r\n"
             "孙庄村,没有这类,hotline,桥头,,,,ZZ-3\r\n");
}

static struct import imported(Cx *cx, Str bytes)
{
    struct import im = {.file = S("12345.csv")};
    assert_int_equal(ledger_import(cx, &problem_ledger, bytes, &im), OK);
    return im;
}

static Str exported(Cx *cx, enum sight sight, enum format format)
{
    struct sink o = {.mem = &cx->mem};
    size_t n;
    assert_int_equal(
        ledger_export(cx, &problem_ledger, (struct pairs){0}, sight, format, &o, &n), OK);
    return (Str){o.at, o.len};
}

static void lines_of_the_hotline_become_reports_through_the_rule(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_sound(cx, &problem_ledger), OK);
    struct import im = imported(cx, table(cx));
    assert_int_equal(im.added, 2);
    assert_int_equal(im.wrong, 1);
    assert_true(str_eq(im.bad[0].why, S("没有找到“没有这类”")));
    int64_t n;
    assert_int_equal(problem_n_open(cx, NANWANG, &n), OK);
    assert_int_equal(n, 1);
}

static void a_hotline_number_that_comes_again_is_the_same_report(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    imported(cx, table(cx));
    struct import im = imported(cx, S("单位,类别,来源,位置,外部编号\n"
                                      "南王村,0102,hotline,村口,ZZ-1\n"
                                      "南王村,0102,hotline,北头,ZZ-9\n"));
    assert_int_equal(im.same, 1);
    assert_int_equal(im.added, 1);
}

static void a_reporter_is_masked_and_sealed_and_seen_whole_with_a_reason(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    imported(cx, table(cx));
    Str csv = exported(cx, SIGHT_STAFF, FORMAT_CSV);
    assert_true(str_has(csv, "李**") && str_has(csv, "138****5678"));
    assert_false(str_has(csv, "李小明") || str_has(csv, "13812345678"));
    assert_true(str_has(exported(cx, SIGHT_FULL, FORMAT_JSON), "\"phone\":\"13812345678\""));
    Str public = exported(cx, SIGHT_PUBLIC, FORMAT_JSON);
    assert_true(str_has(public, "\"category\":\"0102\""));
    assert_false(str_has(public, "reporter") || str_has(public, "body") || str_has(public, "chain")
                 || str_has(public, "place_text"));
}

static void a_secretary_exports_the_own_village_only(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    imported(cx, table(cx));
    sign_in(cx, SECRETARY_QIAN);
    Str csv = exported(cx, SIGHT_STAFF, FORMAT_CSV);
    assert_true(str_has(csv, "ZZ-1"));
    assert_false(str_has(csv, "ZZ-2"));
    assert_false(ledger_loads(cx, &problem_ledger));
    cx->me.person = OPERATOR;
    assert_false(str_has(exported(cx, SIGHT_STAFF, FORMAT_CSV), "ZZ-1")); /* no scope yet */
    assert_int_equal(duty_operator(cx), OK);
    assert_true(str_has(exported(cx, SIGHT_STAFF, FORMAT_CSV), "ZZ-2"));
}

static void filters_and_orders_find_what_they_say(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    imported(cx, table(cx));
    static const struct pair q[] = {
        {{"village", 7},           {"孙庄村", 9}        },
        {{"category", 8},          {"暴露垃圾", 12}    },
        {{"source", 6},            {"hotline", 7}          },
        {{"reported_at_from", 16}, {"2026-06-15 00:00", 16}},
        {{"sort", 4},              {"oldest", 6}           }
    };
    struct ledger_list_view v;
    assert_int_equal(ledger_list(cx, &problem_ledger, (struct pairs){q, 5}, SIGHT_STAFF, &v), OK);
    assert_int_equal(v.lines.n, 1);
    assert_true(str_eq(v.at, S("/problems/")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(lines_of_the_hotline_become_reports_through_the_rule),
        IN_TOWN(a_hotline_number_that_comes_again_is_the_same_report),
        IN_TOWN(a_reporter_is_masked_and_sealed_and_seen_whole_with_a_reason),
        IN_TOWN(a_secretary_exports_the_own_village_only),
        IN_TOWN(filters_and_orders_find_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
