/* score_table_test.c — a table is published whole or not at all, and comes back as it was. */
#include "town.h"

#include "rooms/assess/score_table.h"

static struct score_table a_table(Cx *cx)
{
    struct score_table t;
    score_table_room(cx, &t);
    t.code = S("T"), t.version = S("v1"), t.from_on = S("2026-01-01");
    t.rules = reckon_v1;
    t.group[t.n_groups++] = (struct score_group){S("G"), S("一般")};
    t.item[t.n_items++] = (struct score_item){
        .is = {.code = S("A1"), .kind = ITEM_INSPECTED, .full = 6000, .per = 100},
        .name = S("清扫"),
        .focus = S("road")
    };
    t.item[t.n_items++] = (struct score_item){
        .is = {.code = S("D1"), .kind = ITEM_AUTO, .full = 4000},
        .name = S("结案"),
        .focus = S("people"),
        .source = S("on_time")
    };
    return t;
}

static void a_table_comes_back_as_it_was(void **state)
{
    Cx *cx = *state;
    struct score_table t = a_table(cx), back;
    Str text = score_table_text(cx, &t);
    assert_int_equal(score_table_check(cx, &t), OK);
    assert_int_equal(score_table_read(cx, text, &back), OK);
    assert_true(str_eq(text, score_table_text(cx, &back)));
    assert_int_equal(score_table_read(cx, S("heqing-score-table\t2\n"), &back), ERR_INTERNAL);
}

static void refused(Cx *cx, const struct score_table *t, const char *field, const char *words)
{
    assert_int_equal(score_table_check(cx, t), ERR_INVALID);
    assert_string_equal(cx->why.field, field);
    assert_non_null(memmem(cx->why.say.at, cx->why.say.len, words, strlen(words)));
}

static void what_is_wrong_with_a_table_is_said_by_name(void **state)
{
    Cx *cx = *state;
    struct score_table t = a_table(cx);
    t.item[0].is.full = 5999;
    refused(cx, &t, "group", "99.99");
    t = a_table(cx);
    t.item[1].source = S("no_such");
    refused(cx, &t, "source", "D1");
    t = a_table(cx);
    t.item[1].is.code = S("A1");
    refused(cx, &t, "code", "A1");
    t = a_table(cx);
    t.item[0].name = S("");
    refused(cx, &t, "name", "A1");
    t = a_table(cx);
    t.item[0].is.per = 0;
    refused(cx, &t, "per", "A1");
    t = a_table(cx);
    t.item[0].focus = S("sea");
    refused(cx, &t, "focus", "A1");
    t = a_table(cx);
    t.n_groups = 0;
    refused(cx, &t, "group", "分组");
    t = a_table(cx);
    t.from_on = S("2026-13-01");
    refused(cx, &t, "table", "启用日期");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_table_comes_back_as_it_was),
        IN_TOWN(what_is_wrong_with_a_table_is_said_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
