/* town_test.c — the tree of units, places, the calendar, settings, receipt codes. */
#include "tests/town.h" /* not the room's */

#include "rooms/duty/post.h"
#include "rooms/town/town_edit.h"
#include "store/db.h"

#include <stdio.h>

enum { PUTS = 40 };
#define TOWN INT64_C(410108101000000)
#define NANWANG INT64_C(410108101206000)

static Err put_units(Cx *cx, void *arg)
{
    (void)arg;
    static const struct unit_new rows[] = {
        {.code = INT64_C(410000000000000), .kind = S("province"), .name = S("河南省")                               },
        {.code = INT64_C(410100000000000), .kind = S("city"),     .name = S("郑州市")                               },
        {.code = INT64_C(410108000000000), .kind = S("district"), .name = S("惠济区")                               },
        {.code = TOWN,                     .kind = S("town"),     .name = S("古荥镇")                               },
        {.code = INT64_C(410108101001000),
         .kind = S("community"),
         .name = S("西山社区"),
         .score_group = S("C")},
        {.code = NANWANG,
         .kind = S("village"),
         .name = S("南王村"),
         .score_group = S("G"),
         .households = {412, true}},
        {.code = INT64_C(410108101207000),
         .kind = S("village"),
         .name = S("孙庄村"),
         .score_group = S("R")},
        {.code = NANWANG + 1,             .kind = S("grid"),                                  .name = S("第一网格")                                                                                         },
        {.code = NANWANG + 2,              .kind = S("grid"),      .name = S("第二网格")},
    };
    enum put put;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        TRY(town_unit_put(cx, &rows[i], &put));
    return OK;
}

static Cx *with_units(void **state)
{
    Cx *cx = *state;
    cx->me.posts = HAS(POST_OFFICE);
    cx->me.person = 1;
    assert_int_equal(db_transaction(cx, put_units, NULL), OK);
    return cx;
}

struct unit_put {
    struct unit_new in;
    enum put put;
};
static Err unit_step(Cx *cx, void *arg)
{
    struct unit_put *p = arg;
    return town_unit_put(cx, &p->in, &p->put);
}
static Err put_unit(Cx *cx, struct unit_new in, enum put *put)
{
    struct unit_put p = {.in = in};
    Err e = db_transaction(cx, unit_step, &p);
    *put = p.put;
    return e;
}

static void a_subtree_is_a_range_written_from_the_kind(void **state)
{
    Cx *cx = with_units(state);
    struct unit u;
    assert_int_equal(town_unit(cx, NANWANG, &u), OK);
    assert_int_equal(u.lo, NANWANG);
    assert_int_equal(u.hi, NANWANG + 999);
    assert_int_equal(u.parent, TOWN);
    assert_int_equal(town_unit(cx, TOWN, &u), OK);
    assert_int_equal(u.hi, TOWN + 999999);
    assert_int_equal(town_unit(cx, NANWANG + 1, &u), OK);
    assert_int_equal(u.lo, u.hi);
    assert_int_equal(u.parent, NANWANG);
    assert_int_equal(town_unit(cx, NANWANG + 9, &u), ERR_NOT_FOUND);
}

static void villages_and_grids_are_listed_by_code(void **state)
{
    Cx *cx = with_units(state);
    struct units us;
    assert_int_equal(town_villages(cx, &us), OK);
    assert_int_equal(us.n, 3);
    assert_int_equal(us.at[0].kind, UNIT_COMMUNITY);
    assert_int_equal(us.at[1].code, NANWANG);
    assert_int_equal(town_grids(cx, NANWANG, &us), OK);
    assert_int_equal(us.n, 2);
    assert_true(str_eq(town_unit_name(cx, NANWANG + 1), S("南王村第一网格")));
    assert_int_equal(town_units_above(cx, NANWANG + 1, &us), OK);
    assert_int_equal(us.n, 5);
    assert_int_equal(us.at[0].kind, UNIT_PROVINCE);
    assert_int_equal(us.at[4].code, NANWANG);
}

static void a_code_tells_its_village(void **state)
{
    (void)state;
    assert_int_equal(town_village_of(NANWANG + 2), NANWANG);
    assert_int_equal(town_village_of(NANWANG), NANWANG);
    assert_int_equal(town_village_of(TOWN), 0);
    assert_int_equal(town_of(NANWANG + 2), TEST_TOWN);
}

static void a_unit_that_does_not_fit_is_refused_by_field(void **state)
{
    Cx *cx = with_units(state);
    enum put put;
    struct unit_new other = {
        .code = INT64_C(410108100200000), .kind = S("village"), .name = S("别村")};
    assert_int_equal(put_unit(cx, other, &put), ERR_INVALID);
    assert_string_equal(cx->why.field, "code");
    struct unit_new tail = {.code = NANWANG + 5, .kind = S("village"), .name = S("尾巴")};
    assert_int_equal(put_unit(cx, tail, &put), ERR_INVALID);
    struct unit_new orphan = {
        .code = INT64_C(410108101555001), .kind = S("grid"), .name = S("孤儿")};
    assert_int_equal(put_unit(cx, orphan, &put), OK); /* straight below the town */
    struct unit_new kind = {.code = NANWANG, .kind = S("community"), .name = S("南王社区")};
    assert_int_equal(put_unit(cx, kind, &put), ERR_INVALID);
    assert_string_equal(cx->why.field, "kind");
    cx->me.posts = HAS(POST_CADRE);
    assert_int_equal(put_unit(cx, tail, &put), ERR_FORBIDDEN);
}

static void the_same_unit_twice_is_stored_once(void **state)
{
    Cx *cx = with_units(state);
    enum put put;
    struct unit_new u = {
        .code = NANWANG,
        .kind = S("village"),
        .name = S("南王村"),
        .score_group = S("G"),
        .households = {412, true}
    };
    assert_int_equal(put_unit(cx, u, &put), OK);
    assert_int_equal(put, PUT_SAME);
    u.households.v = 415;
    assert_int_equal(put_unit(cx, u, &put), OK);
    assert_int_equal(put, PUT_CHANGED);
    struct unit_facts f;
    assert_int_equal(town_unit_facts(cx, NANWANG, &f), OK);
    assert_int_equal(f.version, 2);
    assert_int_equal(f.households.v, 415);
}

struct place_put {
    struct place_new in;
    enum put put;
    int64_t id;
};
static Err place_step(Cx *cx, void *arg)
{
    struct place_put *p = arg;
    return town_place_put(cx, &p->in, &p->put, &p->id);
}
static Err put_place(Cx *cx, struct place_put *p)
{
    return db_transaction(cx, place_step, p);
}

static void a_place_is_found_by_name_in_the_subtree(void **state)
{
    Cx *cx = with_units(state);
    struct place_put p = {
        .in = {.unit = NANWANG + 1, .kind = S("road"), .name = S("中心街南段")}
    };
    struct place found;
    struct places all;
    assert_int_equal(put_place(cx, &p), OK);
    assert_int_equal(p.put, PUT_ADDED);
    assert_int_equal(town_place_named(cx, NANWANG, S("中心街南段"), &found), OK);
    assert_int_equal(found.id, p.id);
    assert_int_equal(
        town_place_named(cx, INT64_C(410108101207000), S("中心街南段"), &found), ERR_NOT_FOUND);
    assert_int_equal(town_places(cx, TOWN, &all), OK);
    assert_int_equal(all.n, 1);
    assert_int_equal(put_place(cx, &p), OK);
    assert_int_equal(p.put, PUT_SAME);
}

static void an_ended_place_is_no_longer_offered(void **state)
{
    Cx *cx = with_units(state);
    struct place_put p = {
        .in = {.unit = NANWANG,
               .kind = S("site"),
               .name = S("工地甲"),
               .to_on = {S("2026-06-14"), true}}
    };
    struct places all;
    assert_int_equal(put_place(cx, &p), OK);
    assert_int_equal(town_places(cx, NANWANG, &all), OK);
    assert_int_equal(all.n, 0);
}

static void a_lost_update_of_a_place_is_told(void **state)
{
    Cx *cx = with_units(state);
    struct place_put p = {
        .in = {.unit = NANWANG, .kind = S("road"), .name = S("东街")}
    };
    assert_int_equal(put_place(cx, &p), OK);
    p.in.id = p.id;
    p.in.version = 1;
    p.in.name = S("东大街");
    assert_int_equal(put_place(cx, &p), OK);
    p.in.name = S("东小街");
    assert_int_equal(put_place(cx, &p), ERR_CONFLICT);
}

static void a_bad_place_is_refused_by_field(void **state)
{
    Cx *cx = with_units(state);
    struct place_put p = {
        .in = {.unit = NANWANG, .kind = S("moon"), .name = S("东街")}
    };
    assert_int_equal(put_place(cx, &p), ERR_INVALID);
    assert_string_equal(cx->why.field, "kind");
    p.in.kind = S("road");
    p.in.shape = some_str(S("34.89,213.5"));
    assert_int_equal(put_place(cx, &p), ERR_INVALID);
    assert_string_equal(cx->why.field, "shape");
    p.in.shape = some_str(S("34.8921,113.5133 34.90,113.52"));
    p.in.from_on = some_str(S("2026-06-31"));
    assert_int_equal(put_place(cx, &p), ERR_INVALID);
    assert_string_equal(cx->why.field, "from_on");
}

static const struct day_named spring[] = {
    {S("2026-02-14"), S("makeup"),  S("春节")},
    {S("2026-02-16"), S("holiday"), S("春节")},
};
static Err year_step(Cx *cx, void *arg)
{
    enum put put;
    return town_calendar_put(cx, arg, &put);
}

static void a_year_is_in_force_from_its_day(void **state)
{
    Cx *cx = with_units(state);
    struct year_new y = {
        .year = 2026, .from_on = S("2026-07-01"), .source = S("通知甲"), .at = spring, .n = 2};
    const struct calendar *c;
    int64_t guessed;
    assert_int_equal(db_transaction(cx, year_step, &y), OK);
    assert_int_equal(town_calendar(cx, &c), OK);
    assert_int_equal(c->n_years, 0); /* it begins in July */
    cx->now = town_ms(2026, 7, 1, 9, 0);
    assert_int_equal(town_calendar(cx, &c), OK);
    assert_int_equal(c->n_years, 1);
    assert_true(day_works(c, day_number(2026, 2, 14)));
    assert_false(day_works(c, day_number(2026, 2, 16)));
    assert_false(day_guessed(c, town_ms(2026, 2, 1, 0, 0), town_ms(2026, 3, 1, 0, 0), &guessed));
    assert_true(day_guessed(c, town_ms(2026, 12, 1, 0, 0), town_ms(2027, 1, 4, 0, 0), &guessed));
    assert_int_equal(guessed, 2027);
}

static void a_year_changed_by_two_is_told_so(void **state)
{
    Cx *cx = with_units(state);
    struct year_new y = {.year = 2026, .source = S("通知甲"), .at = spring, .n = 2};
    assert_int_equal(db_transaction(cx, year_step, &y), OK);
    y.source = S("通知乙");
    assert_int_equal(db_transaction(cx, year_step, &y), ERR_CONFLICT);
    y.version = 1;
    assert_int_equal(db_transaction(cx, year_step, &y), OK);
    const struct calendar_year *all;
    size_t n;
    assert_int_equal(town_calendar_list(cx, &all, &n), OK);
    assert_int_equal(n, 1);
    assert_int_equal(all[0].version, 2);
}

static void a_day_of_another_year_is_refused(void **state)
{
    Cx *cx = with_units(state);
    struct year_new y = {.year = 2027, .source = S("通知甲"), .at = spring, .n = 2};
    assert_int_equal(db_transaction(cx, year_step, &y), ERR_INVALID);
    assert_string_equal(cx->why.field, "days");
}

struct setting_put {
    Str name, value, from_on;
    int64_t version;
};
static Err setting_step(Cx *cx, void *arg)
{
    const struct setting_put *s = arg;
    enum put put;
    return town_setting_put(cx, s->name, s->value, s->from_on, s->version, &put);
}

static void a_setting_counts_from_its_day(void **state)
{
    Cx *cx = with_units(state);
    struct setting_put s = {S("tell_days"), S("5"), S("2026-07-01"), 0};
    assert_int_equal(town_setting(cx, "tell_days", 3), 3);
    assert_int_equal(db_transaction(cx, setting_step, &s), OK);
    assert_int_equal(town_setting(cx, "tell_days", 3), 3);
    cx->now = town_ms(2026, 7, 1, 0, 0);
    assert_int_equal(town_setting(cx, "tell_days", 3), 5);
}

static void a_setting_cannot_begin_in_the_past_or_out_of_range(void **state)
{
    Cx *cx = with_units(state);
    struct setting_put s = {S("tell_days"), S("5"), S("2026-06-14"), 0};
    assert_int_equal(db_transaction(cx, setting_step, &s), ERR_INVALID);
    assert_string_equal(cx->why.field, "from_on");
    s = (struct setting_put){S("tell_days"), S("31"), S(""), 0};
    assert_int_equal(db_transaction(cx, setting_step, &s), ERR_INVALID);
    assert_string_equal(cx->why.field, "value");
    s = (struct setting_put){S("colour"), S("3"), S(""), 0};
    assert_int_equal(db_transaction(cx, setting_step, &s), ERR_INVALID);
    s = (struct setting_put){S("tell_days"), S("4"), S(""), 0};
    assert_int_equal(db_transaction(cx, setting_step, &s), OK);
    s.value = S("6");
    assert_int_equal(db_transaction(cx, setting_step, &s), ERR_CONFLICT);
}

struct code_made {
    Str code;
    int64_t id;
};
static Err code_step(Cx *cx, void *arg)
{
    struct code_made *c = arg;
    return town_code_new(cx, S("problem"), c->id, &c->code);
}

static void a_receipt_code_finds_its_town(void **state)
{
    Cx *cx = *state;
    struct code_made c = {.id = 77};
    Str kind;
    int64_t town, id;
    assert_int_equal(db_transaction(cx, code_step, &c), OK);
    assert_int_equal(c.code.len, 12);
    Str shown = town_code_shown(cx, c.code);
    cx->town_id = 0; /* the front desk does not know it */
    assert_int_equal(town_code_find(cx, shown, &kind, &town, &id), OK);
    assert_int_equal(town, TEST_TOWN);
    assert_int_equal(id, 77);
    assert_true(str_eq(kind, S("problem")));
}

static void every_wrong_digit_and_every_exchange_of_neighbours_is_found(void **state)
{
    Cx *cx = *state;
    char good[13], bad[13], digits[13];
    for (int64_t n = 0; n < PUTS; n++) {
        struct code_made c = {.id = n + 1};
        assert_int_equal(db_transaction(cx, code_step, &c), OK);
        snprintf(good, sizeof good, "%.*s", (int)c.code.len, c.code.at);
        assert_true(town_code_sound(str(good), digits));
        for (int i = 0; i < 12; i++) {
            for (int d = '0'; d <= '9'; d++) {
                memcpy(bad, good, sizeof bad);
                bad[i] = (char)d;
                assert_int_equal(town_code_sound(str(bad), digits), d == good[i]);
            }
            if (i < 11 && good[i] != good[i + 1]) {
                memcpy(bad, good, sizeof bad);
                bad[i] = good[i + 1];
                bad[i + 1] = good[i];
                assert_false(town_code_sound(str(bad), digits));
            }
        }
    }
}

static void a_code_is_read_as_people_type_it(void **state)
{
    Cx *cx = *state;
    struct code_made c = {.id = 1};
    char typed[64], digits[13];
    assert_int_equal(db_transaction(cx, code_step, &c), OK);
    snprintf(typed, sizeof typed, " %.4s－%.4s　%.4s", c.code.at, c.code.at + 4, c.code.at + 8);
    assert_true(town_code_sound(str(typed), digits));
    assert_true(str_eq(str(digits), c.code));
    snprintf(typed, sizeof typed, "%.4s/%.4s/%.4s", c.code.at, c.code.at + 4, c.code.at + 8);
    assert_false(town_code_sound(str(typed), digits));
    assert_false(town_code_sound(S("123"), digits));
}

static void a_town_is_made_with_its_chain_and_once(void **state)
{
    Cx *cx = *state;
    struct towns all;
    struct town_info info;
    assert_int_equal(town_make(cx, 410108102, S("新城镇"), S("XC")), OK);
    assert_int_equal(town_make(cx, 410108102, S("新城镇"), S("XC")), ERR_CONFLICT);
    assert_int_equal(town_make(cx, 410108400, S("错"), S("XC")), ERR_INVALID);
    assert_int_equal(town_make(cx, 410108103, S("错"), S("xc")), ERR_INVALID);
    assert_string_equal(cx->why.field, "abbr");
    assert_int_equal(town_all(cx, &all), OK);
    assert_int_equal(all.n, 1);
    cx->town_id = 410108102;
    assert_int_equal(town_info(cx, &info), OK);
    assert_true(str_eq(info.abbr, S("XC")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(a_subtree_is_a_range_written_from_the_kind),
        IN_EMPTY_TOWN(villages_and_grids_are_listed_by_code),
        IN_EMPTY_TOWN(a_code_tells_its_village),
        IN_EMPTY_TOWN(a_unit_that_does_not_fit_is_refused_by_field),
        IN_EMPTY_TOWN(the_same_unit_twice_is_stored_once),
        IN_EMPTY_TOWN(a_place_is_found_by_name_in_the_subtree),
        IN_EMPTY_TOWN(an_ended_place_is_no_longer_offered),
        IN_EMPTY_TOWN(a_lost_update_of_a_place_is_told),
        IN_EMPTY_TOWN(a_bad_place_is_refused_by_field),
        IN_EMPTY_TOWN(a_year_is_in_force_from_its_day),
        IN_EMPTY_TOWN(a_year_changed_by_two_is_told_so),
        IN_EMPTY_TOWN(a_day_of_another_year_is_refused),
        IN_EMPTY_TOWN(a_setting_counts_from_its_day),
        IN_EMPTY_TOWN(a_setting_cannot_begin_in_the_past_or_out_of_range),
        IN_EMPTY_TOWN(a_receipt_code_finds_its_town),
        IN_EMPTY_TOWN(every_wrong_digit_and_every_exchange_of_neighbours_is_found),
        IN_EMPTY_TOWN(a_code_is_read_as_people_type_it),
        IN_EMPTY_TOWN(a_town_is_made_with_its_chain_and_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
