/* roster_test.c — 值班: numbers lie sealed, are shown in part, and whole only to who is to call. */
#include "web_town.h"

#include "rooms/people/people.h"
#include "rooms/roster/roster.h"
#include "store/db.h"
#include "store/db_impl.h"
#include "store/log.h"

#include <string.h>

#define NUMBER "13900005678"

static Err put(Cx *cx, void *arg)
{
    Roster *r = arg;
    r->id = new_id(cx);
    return roster_add(cx, r);
}

static Err change(Cx *cx, void *arg)
{
    return roster_change(cx, arg);
}

/* On Mon 06-15 by day. */
static int64_t planned(Cx *cx, int64_t unit, const char *level, int64_t person)
{
    Roster r = {.unit = unit,
        .day = S("2026-06-15"),
        .shift = S("day"),
        .level = str(level),
        .person = person,
        .phone = S(NUMBER)};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(db_transaction(cx, put, &r), OK);
    return r.id;
}

static struct web_answer number_of(Cx *cx, int64_t who, int64_t id)
{
    const char *path = arena_printf(&cx->mem, "/roster/%lld/number", (long long)id);
    return web_form(cx, who, path, (struct pairs){0});
}

static void a_number_lies_sealed_in_the_row(void **state)
{
    Cx *cx = *state;
    Roster row;
    Str phone;
    int64_t id = planned(cx, THE_TOWN, "dept", DEPT_ZHAO);
    assert_int_equal(sql_roster_find(cx, &(struct sql_roster_find){.id = id}, &row), OK);
    assert_true(row.phone.len > 11);
    assert_null(memmem(row.phone.at, row.phone.len, NUMBER, 11));
    assert_int_equal(roster_open(cx, id, row.phone, row.secret, &phone), OK);
    assert_true(str_eq(phone, S(NUMBER)));
    assert_int_equal(roster_open(cx, id + 1, row.phone, row.secret, &phone), ERR_INTERNAL);
    row.phone = S("13900008765");
    assert_int_equal(db_transaction(cx, change, &row), OK);
    assert_int_equal(sql_roster_find(cx, &(struct sql_roster_find){.id = id}, &row), OK);
    assert_null(memmem(row.phone.at, row.phone.len, "13900008765", 11));
    assert_int_equal(roster_open(cx, id, row.phone, row.secret, &phone), OK);
    assert_true(str_eq(phone, S("13900008765")));
}

static void pages_and_tables_show_it_in_part(void **state)
{
    Cx *cx = *state;
    int64_t id = planned(cx, THE_TOWN, "dept", DEPT_ZHAO);
    const char *paths[] = {"/roster", "/ledgers/roster",
        arena_printf(&cx->mem, "/ledgers/roster/%lld", (long long)id)};
    for (size_t i = 0; i < 3; i++) {
        struct web_answer a = web_page(cx, OFFICE_ZHENG, paths[i]);
        assert_int_equal(a.status, 200);
        assert_true(web_body_has(&a, "139****5678"));
        assert_false(web_body_has(&a, NUMBER));
    }
}

static Str kept_number(Cx *cx, int64_t id)
{
    struct sql_roster_find_row row;
    Str phone;
    assert_int_equal(sql_roster_find(cx, &(struct sql_roster_find){.id = id}, &row), OK);
    assert_int_equal(roster_open(cx, id, row.phone, row.secret, &phone), OK);
    return phone;
}

/* The version and the rest as the form carries them. */
static struct web_answer edited(Cx *cx, int64_t id, int version, const char *day, const char *phone)
{
    struct pair form[] = {
        {S("version"),               str(arena_printf(&cx->mem, "%d", version))},
        {S("day"),                 str(day)                                         },
        {S("shift"),  S("night")},
        {S("level"),               S("dept")                                                      },
        {S("person"),   str(arena_printf(&cx->mem,"%lld", (long long)DEPT_ZHAO))},
        {S("unit"),str(arena_printf(&cx->mem,                                             "%lld", (long long)THE_TOWN))},
        {S("phone"),                          str(phone)                                          },
    };
    const char *path = arena_printf(&cx->mem, "/ledgers/roster/%lld/edit", (long long)id);
    return web_form(cx, OFFICE_ZHENG, path, (struct pairs){form, sizeof form / sizeof *form});
}

static void the_form_to_change_a_shift_does_not_carry_the_number(void **state)
{
    Cx *cx = *state;
    int64_t id = planned(cx, THE_TOWN, "dept", DEPT_ZHAO);
    struct web_answer a = web_page(
        cx, OFFICE_ZHENG, arena_printf(&cx->mem, "/ledgers/roster/%lld/edit", (long long)id));
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "name=\"phone\" value=\"\""));
    assert_true(web_body_has(&a, "139****5678"));
    Str who = people_names.name(cx, DEPT_ZHAO); /* a person by name, as one types it */
    assert_true(web_body_has(
        &a, arena_printf(&cx->mem, "name=\"person\" value=\"%.*s\"", (int)who.len, who.at)));
    assert_false(web_body_has(&a, NUMBER));
    a = edited(cx, id, 1, "2026-06-18", "");
    assert_int_equal(a.status, 303);
    assert_true(str_eq(kept_number(cx, id), S(NUMBER))); /* left empty: it stays */
    a = edited(cx, id, 2, "no day", "");
    assert_int_equal(a.status, 422);
    assert_false(web_body_has(&a, NUMBER));
    a = edited(cx, id, 1, "2026-06-19", ""); /* somebody was first */
    assert_int_equal(a.status, 409);
    assert_false(web_body_has(&a, NUMBER));
    a = edited(cx, id, 2, "2026-06-18", "13900008765");
    assert_int_equal(a.status, 303);
    assert_true(str_eq(kept_number(cx, id), S("13900008765")));
}

/* As a row lay there before numbers were sealed. */
static void lies_plain(int64_t id)
{
    char sql[160];
    Db *db = db_open(&(struct db_opt){.url = town_db_url(), .node = "older"});
    assert_non_null(db);
    snprintf(
        sql, sizeof sql, "UPDATE roster SET phone = '" NUMBER "' WHERE id = %lld", (long long)id);
    assert_int_equal(db->ops->script(db, sql), OK);
    db_close(db);
}

static void the_job_seals_what_lies_plain_and_leaves_the_rest(void **state)
{
    Cx *cx = *state;
    struct sql_roster_plain ask = {.limit = 10};
    struct sql_roster_plain_rows rows;
    int64_t plain = planned(cx, THE_TOWN, "dept", DEPT_ZHAO);
    int64_t sealed = planned(cx, NANWANG, "cadre", CADRE_SUN);
    struct sql_roster_find_row before, after;
    assert_int_equal(sql_roster_find(cx, &(struct sql_roster_find){.id = sealed}, &before), OK);
    lies_plain(plain);
    assert_int_equal(sql_roster_plain(cx, &ask, &rows), OK);
    assert_int_equal(rows.n, 1);
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(roster_seal_job(cx), OK);
    assert_int_equal(sql_roster_plain(cx, &ask, &rows), OK);
    assert_int_equal(rows.n, 0);
    sign_in(cx, OFFICE_ZHENG);
    assert_true(str_eq(kept_number(cx, plain), S(NUMBER)));
    assert_int_equal(sql_roster_find(cx, &(struct sql_roster_find){.id = sealed}, &after), OK);
    assert_true(str_eq(before.phone, after.phone)); /* the very bytes */
    assert_int_equal(roster_seal_job(cx), OK);      /* nothing left to do */
}

static void who_is_to_call_sees_it_whole_and_that_is_written_down(void **state)
{
    Cx *cx = *state;
    int64_t id = planned(cx, THE_TOWN, "dept", DEPT_ZHAO);
    struct web_answer a = number_of(cx, CADRE_SUN, id);
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "href=\"tel:" NUMBER "\""));
    assert_int_equal(n_events(cx, id, "unmask"), 1);
    a = web_page(cx, CADRE_SUN, "/roster");
    assert_false(web_body_has(&a, NUMBER));
}

static void a_villages_own_shift_is_called_by_the_village_and_the_town_only(void **state)
{
    Cx *cx = *state;
    int64_t id = planned(cx, NANWANG, "cadre", CADRE_SUN);
    assert_int_equal(number_of(cx, SECRETARY_OF_SUNZHUANG, id).status, 403);
    assert_int_equal(number_of(cx, MEMBER_QIN, id).status, 403);
    assert_int_equal(n_events(cx, id, "unmask"), 0);
    assert_int_equal(number_of(cx, SECRETARY_QIAN, id).status, 200);
    assert_int_equal(number_of(cx, OFFICE_ZHENG, id).status, 200);
    struct web_answer a = web_page(cx, MEMBER_QIN, "/roster");
    assert_false(web_body_has(&a, "/number"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(a_number_lies_sealed_in_the_row),
        ON_THE_WEB(pages_and_tables_show_it_in_part),
        ON_THE_WEB(the_form_to_change_a_shift_does_not_carry_the_number),
        ON_THE_WEB(the_job_seals_what_lies_plain_and_leaves_the_rest),
        ON_THE_WEB(who_is_to_call_sees_it_whole_and_that_is_written_down),
        ON_THE_WEB(a_villages_own_shift_is_called_by_the_village_and_the_town_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
