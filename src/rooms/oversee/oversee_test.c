/* oversee_test.c — 督办单: one a unit and day, at most one open a category, received, answered. */
#include "rooms/oversee/oversee.h"

#include "rooms/climb/climb.h"
#include "rooms/notice/notice.h"
#include "rooms/problem/problem_due.h"
#include "rooms/problem/problem_test.h"
#include "rooms/town/town.h"

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)

static int64_t in_hand(Cx *cx, const char *category, int64_t start)
{
    struct problem_new in = a_problem();
    in.category = str(category);
    cx->now = start;
    struct problem_receipt r = dispatched(cx, in);
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    return r.id;
}

static void strikes(Cx *cx, int64_t at)
{
    cx->now = at;
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_watch_job(cx), OK);
    assert_int_equal(oversee_job(cx), OK);
    assert_int_equal(climb_due_job(cx), OK);
    assert_int_equal(notice_deliver_job(cx), OK);
}

static struct oversee_sheets sheets_of(Cx *cx, int64_t person)
{
    struct oversee_sheets s;
    sign_in(cx, person);
    assert_int_equal(oversee_list(cx, &s), OK);
    return s;
}

/* 4 h from 04-03 17:00 are due on 04-07 at 12:00; +3d is 04-10 at 12:00. */
static void it_is_made_the_minute_a_matter_is_three_working_days_late(void **state)
{
    Cx *cx = *state;
    in_hand(cx, "0102", AT(4, 3, 17, 0));
    strikes(cx, AT(4, 10, 11, 59));
    assert_int_equal(sheets_of(cx, SECRETARY_QIAN).n, 0);
    strikes(cx, AT(4, 10, 12, 0));
    struct oversee_sheets s = sheets_of(cx, SECRETARY_QIAN);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.at[0].n_lines, 1);
    assert_true(str_eq(s.at[0].number, S("督〔2026〕1号")));
    assert_true(str_eq(s.at[0].reply_on, S("2026-04-15")));
    assert_int_equal(sheets_of(cx, SECRETARY_OF_SUNZHUANG).n, 0);
}

static void a_unit_has_one_a_day_and_a_category_one_open_sheet(void **state)
{
    Cx *cx = *state;
    in_hand(cx, "0102", AT(4, 3, 17, 0));
    int64_t other = in_hand(cx, "9999", AT(4, 3, 17, 0));
    in_hand(cx, "0102", AT(4, 7, 17, 0));
    strikes(cx, AT(4, 10, 12, 0));
    strikes(cx, AT(4, 10, 12, 1));
    assert_int_equal(sheets_of(cx, OFFICE_ZHENG).n, 1);
    strikes(cx, the_case(cx, other).due_at.v + INT64_C(8) * 86400000);
    struct oversee_sheets s = sheets_of(cx, OFFICE_ZHENG);
    /* the second 0102 joined the open sheet; 9999 came on a sheet of its own day */
    int64_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.at[i].n_lines;
    assert_int_equal(n, 3);
    assert_int_equal(s.n, 2);
}

static void the_secretary_receives_and_answers_in_that_order(void **state)
{
    Cx *cx = *state;
    struct oversee_sheet s;
    struct oversee_lines lines;
    in_hand(cx, "0102", AT(4, 3, 17, 0));
    strikes(cx, AT(4, 10, 12, 0));
    int64_t id = sheets_of(cx, OFFICE_ZHENG).at[0].id;
    sign_in(cx, LEAD_WANG);
    assert_int_equal(oversee_receive(cx, id), ERR_FORBIDDEN);
    sign_in(cx, SECRETARY_OF_SUNZHUANG);
    assert_int_equal(oversee_receive(cx, id), ERR_NOT_FOUND);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(oversee_answer(cx, id, S("今天清完")), ERR_CONFLICT);
    assert_int_equal(oversee_receive(cx, id), OK);
    assert_int_equal(oversee_receive(cx, id), ERR_CONFLICT);
    assert_int_equal(oversee_answer(cx, id, S("  ")), ERR_INVALID);
    assert_int_equal(oversee_answer(cx, id, S("今天清完")), OK);
    assert_int_equal(oversee_get(cx, id, &s, &lines), OK);
    assert_true(str_eq(s.state, S("answered")));
    strikes(cx, AT(4, 12, 9, 0)); /* the answered matter does not come back by itself */
    assert_int_equal(sheets_of(cx, OFFICE_ZHENG).n, 1);
}

static bool climbed_to(Cx *cx, int64_t who, int64_t object)
{
    struct climb_lines lines;
    bool there = false;
    sign_in(cx, who);
    assert_int_equal(climb_mine(cx, &lines), OK);
    for (size_t i = 0; i < lines.n; i++)
        there |= lines.at[i].object == object;
    return there;
}

static void an_unanswered_sheet_climbs(void **state)
{
    Cx *cx = *state;
    in_hand(cx, "0102", AT(4, 3, 17, 0));
    strikes(cx, AT(4, 10, 12, 0));
    int64_t id = sheets_of(cx, OFFICE_ZHENG).at[0].id;
    assert_false(climbed_to(cx, DEPT_ZHAO, id));
    strikes(cx, AT(4, 16, 17, 29)); /* reply by 04-15 17:30; +1d is 04-16 17:30 */
    assert_false(climbed_to(cx, DEPT_ZHAO, id));
    strikes(cx, AT(4, 16, 17, 30));
    assert_true(climbed_to(cx, DEPT_ZHAO, id));
}

/* What a report hides from the village does not stand on the village's paper. */
static void what_is_with_the_office_alone_stands_on_no_sheet(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    in.category = S("0102");
    in.not_to_village = true;
    cx->now = AT(4, 3, 17, 0);
    struct problem_receipt r = reported(cx, in);
    DOES(cx, OFFICE_ZHENG, r.id, "file", NOTHING);
    DOES(cx, OFFICE_ZHENG, r.id, "dispatch", .handler = some_i64(DEPT_ZHAO));
    strikes(cx, AT(4, 30, 12, 0));
    assert_int_equal(sheets_of(cx, OFFICE_ZHENG).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(it_is_made_the_minute_a_matter_is_three_working_days_late),
        IN_TOWN(a_unit_has_one_a_day_and_a_category_one_open_sheet),
        IN_TOWN(the_secretary_receives_and_answers_in_that_order),
        IN_TOWN(an_unanswered_sheet_climbs),
        IN_TOWN(what_is_with_the_office_alone_stands_on_no_sheet),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
