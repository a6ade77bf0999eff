/* kept_test.c — kept answers: the same as read anew, until something is committed. */
#include "town.h"

#include "gen/sql.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

struct setting {
    int64_t version;
    Str value;
};

static Err set_step(Cx *cx, void *arg)
{
    const struct setting *s = arg;
    TRY(sql_town_setting_add(cx, &(struct sql_town_setting_add){.name = S("kept"),
                                     .version = s->version,
                                     .from_on = S("2026-01-01"),
                                     .value = s->value}));
    return event_add(cx, &(struct event){.verb = "setting_set", .unit = THE_TOWN});
}

static Err set(Cx *cx, int64_t version, Str value)
{
    struct setting s = {version, value};
    return db_transaction(cx, set_step, &s);
}

static void assert_now(Cx *cx, const char *value)
{
    struct sql_town_setting_now ask = {.name = S("kept"), .today = S("2026-06-15")};
    struct sql_town_setting_now_row row;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sql_town_setting_now(cx, &ask, &row), OK);
        assert_true(str_eq(row.value, str(value)));
    }
}

static void what_is_committed_is_read_at_once(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(set(cx, 1, S("first")), OK);
    assert_now(cx, "first");
    assert_int_equal(set(cx, 2, S("second")), OK);
    assert_now(cx, "second");
}

static void nothing_found_is_not_kept_over_a_commit_either(void **state)
{
    Cx *cx = *state;
    struct sql_town_setting_now ask = {.name = S("kept"), .today = S("2026-06-15")};
    struct sql_town_setting_now_row row;
    sign_in(cx, OFFICE_ZHENG);
    for (int i = 0; i < 2; i++)
        assert_int_equal(sql_town_setting_now(cx, &ask, &row), ERR_NOT_FOUND);
    assert_int_equal(set(cx, 1, S("there")), OK);
    assert_now(cx, "there");
}

static void each_reader_gets_a_copy_of_their_own(void **state)
{
    Cx *cx = *state;
    struct units first, second;
    assert_int_equal(town_villages(cx, &first), OK);
    assert_int_equal(town_villages(cx, &second), OK);
    assert_int_equal(first.n, second.n);
    assert_true(first.n >= 2);
    for (size_t i = 0; i < first.n; i++) {
        assert_true(str_eq(first.at[i].name, second.at[i].name));
        assert_ptr_not_equal(first.at[i].name.at, second.at[i].name.at);
    }
}

static void another_argument_is_another_question(void **state)
{
    Cx *cx = *state;
    for (int i = 0; i < 2; i++) {
        assert_true(str_eq(town_unit_name(cx, NANWANG), S("南王村")));
        assert_true(str_eq(town_unit_name(cx, SUNZHUANG), S("孙庄村")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(what_is_committed_is_read_at_once),
        IN_TOWN(nothing_found_is_not_kept_over_a_commit_either),
        IN_TOWN(each_reader_gets_a_copy_of_their_own),
        IN_TOWN(another_argument_is_another_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
