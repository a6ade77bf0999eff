/* kept_test.c — kept answers: the same as read anew, until something is committed. */
#include "town.h"

#include "gen/sql_town.h"
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

static Str value_now(Cx *cx)
{
    struct sql_town_setting_now ask = {.name = S("kept"), .today = S("2026-06-15")};
    struct sql_town_setting_now_row row = {0};
    Err e = sql_town_setting_now(cx, &ask, &row);
    memset(&cx->why, 0, sizeof cx->why);
    return e == OK ? row.value : (Str){0};
}

/* Reads, writes, reads; ends as *arg says. */
static Err see_own_step(Cx *cx, void *arg)
{
    Err *end = arg;
    assert_true(str_eq(value_now(cx), S("first")));
    struct setting s = {2, S("second")};
    TRY(set_step(cx, &s));
    assert_true(str_eq(value_now(cx), S("second")));
    return *end;
}

static void in_a_lane_what_it_wrote_itself_is_read(void **state)
{
    Cx *cx = *state;
    Err end = ERR_INVALID;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(set(cx, 1, S("first")), OK);
    assert_now(cx, "first");
    for (int i = 0; i < 2; i++) { /* what was taken back is kept nowhere */
        assert_int_equal(db_transaction(cx, see_own_step, &end), ERR_INVALID);
        assert_now(cx, "first");
    }
    end = OK;
    assert_int_equal(db_transaction(cx, see_own_step, &end), OK);
    assert_now(cx, "second");
}

static void a_request_sees_what_it_wrote(void **state)
{
    Cx *cx = *state;
    sign_in(cx, OFFICE_ZHENG);
    for (int snapshot = 0; snapshot < 2; snapshot++) {
        db_hold(cx->db, snapshot);
        (void)value_now(cx);
        assert_int_equal(set(cx, 1 + 2 * snapshot, S("first")), OK);
        assert_now(cx, "first");
        assert_int_equal(set(cx, 2 + 2 * snapshot, S("second")), OK);
        assert_now(cx, "second");
        db_let_go(cx->db);
        assert_now(cx, "second");
    }
}

static Err rename_step(Cx *cx, void *arg)
{
    struct sql_town_unit_find_row u;
    TRY(sql_town_unit_find(cx, &(struct sql_town_unit_find){.unit = NANWANG}, &u));
    TRY(sql_town_unit_change(cx, &(struct sql_town_unit_change){.unit = NANWANG,
                                     .name = *(Str *)arg,
                                     .score_group = u.score_group,
                                     .version = u.version}));
    return event_add(cx, &(struct event){.verb = "unit_change", .unit = NANWANG});
}

static void a_reference_table_counts_for_every_town(void **state)
{
    Cx *cx = *state;
    Str names[] = {S("南王新村"), S("南王村")};
    assert_true(str_eq(town_unit_name(cx, NANWANG), S("南王村")));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(db_transaction(cx, rename_step, &names[i]), OK);
        assert_true(str_eq(town_unit_name(cx, NANWANG), names[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(what_is_committed_is_read_at_once),
        IN_TOWN(nothing_found_is_not_kept_over_a_commit_either),
        IN_TOWN(each_reader_gets_a_copy_of_their_own),
        IN_TOWN(another_argument_is_another_question),
        IN_TOWN(in_a_lane_what_it_wrote_itself_is_read),
        IN_TOWN(a_request_sees_what_it_wrote),
        IN_TOWN(a_reference_table_counts_for_every_town),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
