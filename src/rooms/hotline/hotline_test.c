/* hotline_test.c — 12345 热线: the list in, twice is once, the earlier due, sealed callers, the
 * answers out; the table is opened by another program. */
#include "town.h"

#include "gen/sql_hotline.h"
#include "gen/sql_problem.h"
#include "rooms/hotline/hotline.h"
#include "rooms/ledger/ledger.h"
#include "rooms/people/people.h"
#include "rooms/problem/problem.h"
#include "store/db.h"

#include <stdio.h>

#define HEAD "ext_no,reported_at,category,unit,place_text,body,name,phone,ext_due\r\n"
#define LINE_1                                                                                     \
    "HN1,2026-06-15 08:00,0102,南王村,南王村口,垃圾没人清,张三丰,13800000001,2026-06-16 10:00\r\n"
#define LINE_2 "HN2,2026-06-15 08:10,城市管理-市容,,古荥大道中段,\"路边, 很脏\",,,\r\n"
#define LINE_3 "HN3,2026-06-15 08:20,0103,没有这个村,村口,,,,\r\n"

static struct import load(Cx *cx, const char *table, bool dry)
{
    struct import im = {.dry = dry, .file = S("hotline.csv")};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_import(cx, &hotline_ledger, str(table), &im), OK);
    return im;
}

static int64_t of_ext(Cx *cx, const char *no)
{
    struct sql_hotline_of_ext_row r;
    assert_int_equal(
        sql_hotline_of_ext(cx, &(struct sql_hotline_of_ext){.ext_no = str(no)}, &r), OK);
    return r.id;
}

static struct sql_problem_case_row row_of(Cx *cx, int64_t id)
{
    struct sql_problem_case_row p;
    assert_int_equal(sql_problem_case(cx, &(struct sql_problem_case){.id = id}, &p), OK);
    return p;
}

static void each_line_is_one_report_and_twice_imported_is_once(void **state)
{
    Cx *cx = *state;
    struct import im = load(cx, HEAD LINE_1 LINE_2, true);
    assert_int_equal(im.added, 2);
    struct sql_hotline_of_ext_row r;
    assert_int_equal(sql_hotline_of_ext(cx, &(struct sql_hotline_of_ext){.ext_no = S("HN1")}, &r),
        ERR_NOT_FOUND); /* a dry run */
    im = load(cx, HEAD LINE_1 LINE_2, false);
    assert_int_equal(im.added, 2);
    im = load(cx, HEAD LINE_2 LINE_1 LINE_1, false); /* another file with the same numbers */
    assert_int_equal(im.added, 0);
    assert_int_equal(im.same + im.again, 3);
    im = load(cx, HEAD LINE_1 LINE_2 "HN4,,,南王村,,新的,,,\r\n", true);
    assert_int_equal(im.added, 1);
    assert_int_equal(im.again, 2);
}

static void a_wrong_line_is_told_and_the_others_are_stored(void **state)
{
    Cx *cx = *state;
    struct import im = load(cx, HEAD LINE_1 LINE_3 "HN5,2027-01-01 00:00,,南王村,,,,,\r\n", false);
    assert_int_equal(im.added, 1);
    assert_int_equal(im.wrong, 2);
    assert_int_equal(im.bad[0].line, 3);
    assert_true(str_eq(im.bad[0].column, S("单位")));
    assert_true(str_eq(im.bad[1].column, S("来电时间")));
}

static void words_that_are_no_category_of_ours_go_to_the_office_and_are_kept(void **state)
{
    Cx *cx = *state;
    load(cx, HEAD LINE_1 LINE_2, false);
    struct sql_problem_case_row p = row_of(cx, of_ext(cx, "HN2"));
    assert_true(str_eq(p.category, S("9999")));
    assert_non_null(memmem(p.body.at, p.body.len, "城市管理-市容", 19));
    assert_int_equal(p.unit, THE_TOWN);
    assert_true(str_eq(p.source, S("hotline")));
    p = row_of(cx, of_ext(cx, "HN1"));
    assert_true(str_eq(p.category, S("0102")));
    assert_int_equal(p.unit, NANWANG);
}

static void of_the_two_dues_the_earlier_one_rules(void **state)
{
    Cx *cx = *state;
    /* 0103 has three days: the hotline's 18:00 of the next day is earlier; 0102's 4 hours are not
     * later than the hotline's next week. */
    load(cx,
        HEAD "HN1,,0103,南王村,村口,堆了三天,,,2026-06-16 16:00\r\n"
             "HN2,,0102,南王村,村口,又有垃圾,,,2026-06-25 16:00\r\n",
        false);
    static const char *const no[] = {"HN1", "HN2"};
    for (int i = 0; i < 2; i++) {
        int64_t id = of_ext(cx, no[i]);
        struct problem_fields in = {.unit = some_i64(NANWANG)};
        sign_in(cx, SECRETARY_QIAN);
        assert_int_equal(problem_act(cx, id, S("file"), &in), OK);
        in = (struct problem_fields){.handler = some_i64(CADRE_SUN)};
        assert_int_equal(problem_act(cx, id, S("dispatch"), &in), OK);
    }
    assert_int_equal(row_of(cx, of_ext(cx, "HN1")).due_at.v, town_ms(2026, 6, 16, 16, 0));
    assert_true(row_of(cx, of_ext(cx, "HN2")).due_at.v < town_ms(2026, 6, 16, 16, 0));
}

static void callers_lie_sealed_and_only_the_office_sees_them_whole(void **state)
{
    Cx *cx = *state;
    struct sql_hotline_find_row r;
    struct ledger_detail_view v;
    load(cx, HEAD LINE_1, false);
    int64_t id = of_ext(cx, "HN1");
    assert_int_equal(sql_hotline_find(cx, &(struct sql_hotline_find){.id = id}, &r), OK);
    assert_null(memmem(r.name.v.at, r.name.v.len, "张三丰", 9));
    assert_null(memmem(r.phone.v.at, r.phone.v.len, "13800000001", 11));
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_unmask(cx, &hotline_ledger, id, S("回电核实"), &v), OK);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(ledger_unmask(cx, &hotline_ledger, id, S("想看看"), &v), ERR_NOT_FOUND);
    assert_int_equal(ledger_unmask(cx, &problem_ledger, id, S("想看看"), &v), ERR_FORBIDDEN);
    sign_in(cx, COMMANDER_CHEN);
    assert_int_equal(ledger_unmask(cx, &hotline_ledger, id, S("想看看"), &v), ERR_FORBIDDEN);
}

/* As the hotline's own program would: python's csv reads it, and says what it read. */
static const char *read_by_python(Cx *cx, Str table)
{
    const char *path = arena_printf(&cx->mem, "%s/hotline.csv", town_dir());
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    assert_int_equal(fwrite(table.at, 1, table.len, f), table.len);
    assert_int_equal(fclose(f), 0);
    f = popen(arena_printf(&cx->mem,
                  "python3 -c \"import csv;[print('|'.join('%%s=%%s'%%x for x in r.items())) "
                  "for r in csv.DictReader(open('%s',encoding='utf-8-sig',newline=''))]\"",
                  path),
        "re");
    assert_non_null(f);
    char *at = arena_alloc(&cx->mem, 1 << 16);
    at[fread(at, 1, (1 << 16) - 1, f)] = 0;
    assert_int_equal(pclose(f), 0);
    return at;
}

static void the_answers_go_out_in_the_columns_they_came_in(void **state)
{
    Cx *cx = *state;
    Out out = {.mem = &cx->mem};
    struct sink o = sink_to_out(&out);
    size_t n;
    load(cx, HEAD LINE_1 LINE_2, false);
    struct problem_fields no = {.reason = some_str(S("elsewhere")), .text = some_str(S("在邻镇"))};
    assert_int_equal(problem_act(cx, of_ext(cx, "HN2"), S("reject"), &no), OK);
    assert_int_equal(
        ledger_export(cx, &hotline_ledger, (struct pairs){0}, SIGHT_STAFF, FORMAT_CSV, &o, &n), OK);
    assert_int_equal(n, 2);
    const char *said = read_by_python(cx, (Str){out.at, out.len});
    assert_non_null(
        strstr(said, "ext_no=HN2|reported_at=2026-06-15 "
                     "08:10|category=城市管理-市容|unit=古荥镇|place_text=古荥大道中段|"));
    assert_non_null(strstr(said, "|answer=在邻镇|closed_at="));
    assert_non_null(strstr(said, "ext_no=HN1|"));
    assert_non_null(strstr(said, "|phone=138****0001|"));
    assert_null(strstr(said, "张三丰"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(each_line_is_one_report_and_twice_imported_is_once),
        IN_TOWN(a_wrong_line_is_told_and_the_others_are_stored),
        IN_TOWN(words_that_are_no_category_of_ours_go_to_the_office_and_are_kept),
        IN_TOWN(of_the_two_dues_the_earlier_one_rules),
        IN_TOWN(callers_lie_sealed_and_only_the_office_sees_them_whole),
        IN_TOWN(the_answers_go_out_in_the_columns_they_came_in),
    };
    return cmocka_run_group_tests_name("hotline", tests, NULL, NULL);
}
