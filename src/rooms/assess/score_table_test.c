/* score_table_test.c — both tables the house ships are whole; a wrong file is told where and why.
 */
#include "town.h"

#include "rooms/assess/score_table.h"

#include <stdio.h>

static Str slurp(Cx *cx, const char *path)
{
    FILE *f = fopen(path, "re");
    char *at = arena_raw(&cx->mem, 65536);
    assert_non_null(f);
    size_t n = fread(at, 1, 65536, f);
    assert_int_equal(fclose(f), 0);
    return (Str){at, n};
}

static void the_shipped_tables_add_up_and_come_back_as_they_were(void **state)
{
    Cx *cx = *state;
    static const char *const files[] = {
        "src/rooms/assess/seed/gx-rh-v1.csv", "src/rooms/assess/seed/gx-rh-v2.csv"};
    for (int i = 0; i < 2; i++) {
        struct score_table t, back;
        assert_int_equal(score_table_csv(cx, slurp(cx, files[i]), &t), OK);
        assert_int_equal(t.n_groups, 3);
        for (int g = 0; g < 3; g++)
            assert_int_equal(score_table_full(&t, g), SCORE_FULL);
        Str text = score_table_text(cx, &t);
        assert_int_equal(score_table_read(cx, text, &back), OK);
        assert_true(str_eq(text, score_table_text(cx, &back)));
        assert_int_equal(t.drawn, i);
        assert_int_equal(t.item[score_table_item(&t, S("A1"))].is.per, 100);
        assert_int_equal(t.item[score_table_item(&t, S("B1"))].is.per, 50);
    }
}

#define HEAD                                                                                       \
    "kind,code,name,focus,full,per,groups,source,rule\ntable,T,v1,2026-01-01,,,,v1,\ngroup,G,"     \
    "一般,,,,,,\n"

static void told(Cx *cx, const char *file, const char *what)
{
    struct score_table t;
    assert_int_equal(score_table_csv(cx, str(file), &t), ERR_INVALID);
    const char *why = arena_printf(&cx->mem, "%.*s", (int)cx->why.say.len, cx->why.say.at);
    if (!strstr(why, what))
        fprintf(stderr, "told: %s\n", why);
    assert_non_null(strstr(why, what));
}

static void a_wrong_file_is_told_where_and_what_would_be_right(void **state)
{
    Cx *cx = *state;
    told(cx, "a,b\n", "第 1 行：表头应是");
    told(cx, HEAD "inspected,A1,清扫,road,99.99,1.00,,,\n", "加起来不是 100.00");
    told(cx, HEAD "inspected,A1,清扫,road,1.005,1.00,,,\n", "第 4 行：分数应是");
    told(cx, HEAD "inspected,A1,清扫,road,100.00,1.00,X,,\n", "第 4 行：groups");
    told(cx, HEAD "auto,D1,结案,people,100.00,,,no_such,\n", "D1 的数据来源");
    told(
        cx, HEAD "inspected,A1,清扫,road,50,1,,,\ninspected,A1,清扫,road,50,1,,,\n", "A1 用了两次");
    told(cx, HEAD "inspected,A1,,road,100,1,,,\n", "A1 要有名称");
    told(cx, HEAD "wrong,A1,清扫,road,100,1,,,\n", "第 4 行：kind");
    told(cx, HEAD "inspected,A1,清扫\n", "第 4 行：每行应有 9 列");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_shipped_tables_add_up_and_come_back_as_they_were),
        IN_TOWN(a_wrong_file_is_told_where_and_what_would_be_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
