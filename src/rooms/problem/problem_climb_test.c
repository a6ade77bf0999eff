/* problem_climb_test.c — 逐级提醒 to the minute: each rung is a notice to a named post, a row in
 * the history and a line on /me; unread it climbs too; urgent ones go to who is on duty. */
#include "rooms/problem/problem_test.h"

#include "rooms/problem/problem_due.h"
#include "rooms/roster/roster.h"
#include "told.h"

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)

static void the_clock_strikes(Cx *cx, int64_t ms)
{
    cx->now = ms;
    sign_in(cx, NOBODY_THERE);
    assert_int_equal(problem_watch_job(cx), OK);
    assert_int_equal(climb_unread_job(cx), OK);
    assert_int_equal(notice_deliver_job(cx), OK);
}

static void everybody_reads(Cx *cx)
{
    for (int64_t person = 1; person < N_TOWN_PEOPLE; person++) {
        sign_in(cx, person);
        assert_int_equal(notice_read_all(cx, INT64_MAX), OK);
    }
}

static struct problem_receipt in_hand(Cx *cx, const char *category, int64_t start)
{
    struct problem_new in = a_problem();
    in.category = str(category);
    cx->now = start;
    struct problem_receipt r = dispatched(cx, in);
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    return r;
}

struct rung {
    int64_t at, person;
    const char *post; /* as the history names it */
};

/* One minute before nobody of that level knows; at the minute the three things are there. */
static void climbs(Cx *cx, int64_t id, const struct rung *rungs, size_t n)
{
    int before = n_events(cx, id, "climb");
    for (size_t i = 0; i < n; i++) {
        everybody_reads(cx);
        the_clock_strikes(cx, rungs[i].at - 60000);
        assert_false(on_me(cx, rungs[i].person, id));
        assert_int_equal(n_events(cx, id, "climb"), before + (int)i);
        the_clock_strikes(cx, rungs[i].at);
        assert_true(on_me(cx, rungs[i].person, id));
        assert_true(in_inbox(cx, rungs[i].person, id, "超期"));
        assert_int_equal(n_events(cx, id, "climb"), before + (int)i + 1);
        assert_true(str_has(newest_said(cx, id, "climb"), rungs[i].post));
    }
    assert_int_equal(n_events(cx, id, "climb_unread"), 0);
}

static void a_limit_in_hours_climbs_by_working_days(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = in_hand(cx, "0102", AT(4, 3, 17, 0));
    const struct rung rungs[] = {
        {AT(4, 7,  12, 0), SECRETARY_QIAN, "书记"         },
        {AT(4, 8,  12, 0), DEPT_ZHAO,      "部门负责人"},
        {AT(4, 9,  12, 0), LEAD_WANG,      "科级干部"   },
        {AT(4, 10, 12, 0), OFFICE_ZHENG,   "办公室"      },
        {AT(4, 14, 12, 0), COMMANDER_CHEN, "总指挥"      },
    };
    climbs(cx, r.id, rungs, sizeof rungs / sizeof *rungs);
}

static void a_limit_in_days_climbs_over_a_weekend(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = in_hand(cx, "6103", AT(6, 15, 10, 0)); /* due Thu 06-18 17:30 */
    const struct rung rungs[] = {
        {AT(6, 18, 17, 30), SECRETARY_QIAN, "书记"         },
        {AT(6, 22, 17, 30), DEPT_ZHAO,      "部门负责人"}, /* Fri 06-19 is 端午 */
        {AT(6, 23, 17, 30), LEAD_WANG,      "科级干部"   },
        {AT(6, 24, 17, 30), OFFICE_ZHENG,   "办公室"      },
        {AT(6, 26, 17, 30), COMMANDER_CHEN, "总指挥"      },
    };
    climbs(cx, r.id, rungs, sizeof rungs / sizeof *rungs);
}

static void an_urgent_limit_climbs_by_hours_at_night(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = in_hand(cx, "6201", AT(6, 13, 22, 15)); /* due 23:15 */
    const struct rung rungs[] = {
        {AT(6, 13, 23, 15), SECRETARY_QIAN, "书记"         },
        {AT(6, 14, 0,  15), DEPT_ZHAO,      "部门负责人"},
        {AT(6, 14, 1,  15), LEAD_WANG,      "科级干部"   },
        {AT(6, 14, 3,  15), OFFICE_ZHENG,   "办公室"      },
        {AT(6, 14, 7,  15), COMMANDER_CHEN, "总指挥"      },
    };
    climbs(cx, r.id, rungs, sizeof rungs / sizeof *rungs);
}

/* The first rung is the handler's: a quarter of the limit before its end, and at its end. */
static void the_handler_is_reminded_first(void **state)
{
    Cx *cx = *state;
    struct problem_me me;
    struct problem_receipt r = in_hand(cx, "0102", AT(4, 3, 17, 0)); /* 4 h: due 04-07 12:00 */
    the_clock_strikes(cx, AT(4, 7, 10, 59));
    assert_false(in_inbox(cx, CADRE_SUN, r.id, "四分之一"));
    assert_int_equal(n_events(cx, r.id, "remind"), 0);
    the_clock_strikes(cx, AT(4, 7, 11, 0));
    assert_true(in_inbox(cx, CADRE_SUN, r.id, "四分之一"));
    assert_int_equal(n_events(cx, r.id, "remind"), 1);
    sign_in(cx, CADRE_SUN);
    assert_int_equal(problem_me(cx, &me), OK);
    assert_int_equal(me.n_today, 1);
    assert_int_equal(me.n_overdue, 0);
    the_clock_strikes(cx, AT(4, 7, 12, 0));
    assert_true(in_inbox(cx, CADRE_SUN, r.id, "已到期"));
    sign_in(cx, CADRE_SUN);
    cx->now += 1;
    assert_int_equal(problem_me(cx, &me), OK);
    assert_int_equal(me.n_overdue, 1);
    assert_int_equal(me.todo.at[0].id, r.id);
}

/* Nobody files, dispatches, takes or checks: level by level to the office, each with all three. */
static void what_nobody_does_climbs_to_the_office(void **state)
{
    Cx *cx = *state;
    static const struct {
        const char *say;
        enum problem_state in;
        int first;
    } steps[] = {
        {"没有立案", REPORTED,   3},
        {"没有派遣", FILED,      3},
        {"没有接单", DISPATCHED, 2},
        {"没有核查", HANDLED,    4},
    };
    static const int64_t who[] = {
        [2] = SECRETARY_QIAN, [3] = DEPT_ZHAO, [4] = LEAD_WANG, [5] = OFFICE_ZHENG};
    static const char *const post[] = {
        [2] = "书记", [3] = "部门负责人", [4] = "科级干部", [5] = "办公室"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        cx->now = AT(6, 15, 10, 0);
        int64_t id = (steps[i].in == REPORTED     ? reported(cx, a_problem())
                      : steps[i].in == FILED      ? reported(cx, a_problem())
                      : steps[i].in == DISPATCHED ? dispatched(cx, a_problem())
                                                  : handled(cx, a_problem()))
                         .id;
        if (steps[i].in == FILED)
            DOES(cx, SECRETARY_QIAN, id, "file", NOTHING);
        for (int level = steps[i].first; level <= 5; level++) {
            int64_t at = cx->now + INT64_C(86400000);
            if (level == steps[i].first) /* what was dispatched has the limit's end as its next */
                at = steps[i].in == DISPATCHED ? AT(6, 15, 12, 0) : the_case(cx, id).next_at;
            everybody_reads(cx);
            the_clock_strikes(cx, at - 60000);
            assert_false(on_me(cx, who[level], id));
            the_clock_strikes(cx, at);
            assert_true(on_me(cx, who[level], id));
            assert_true(in_inbox(cx, who[level], id, steps[i].say));
            assert_int_equal(n_events(cx, id, "climb"), level - steps[i].first + 1);
            assert_true(str_has(newest_said(cx, id, "climb"), post[level]));
        }
    }
}

/* Seven working hours a level, to the very top; an urgent one an hour, by night. */
static void what_nobody_opens_climbs_to_the_commander(void **state)
{
    Cx *cx = *state;
    const struct rung by_day[] = {
        {AT(6, 16, 10, 0), LEAD_WANG,      "科级干部"},
        {AT(6, 17, 10, 0), OFFICE_ZHENG,   "办公室"   },
        {AT(6, 18, 10, 0), COMMANDER_CHEN, "总指挥"   },
    };
    cx->now = AT(6, 15, 10, 0);
    struct problem_receipt r = in_hand(cx, "6103", AT(6, 15, 10, 0));
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("挖机坏了"),
        .until = some_i64(AT(6, 23, 17, 30)));
    for (size_t i = 0; i < 3; i++) {
        the_clock_strikes(cx, by_day[i].at - 60000);
        assert_false(on_me(cx, by_day[i].person, r.id));
        the_clock_strikes(cx, by_day[i].at);
        assert_true(on_me(cx, by_day[i].person, r.id));
        assert_true(in_inbox(cx, by_day[i].person, r.id, "等您批"));
        assert_int_equal(n_events(cx, r.id, "climb_unread"), (int)i + 1);
        assert_true(str_has(newest_said(cx, r.id, "climb_unread"), by_day[i].post));
    }
    struct problem_receipt fire = in_hand(cx, "6201", AT(6, 20, 22, 15)); /* due 23:15 */
    the_clock_strikes(cx, AT(6, 20, 23, 15));
    int n = n_events(cx, fire.id, "climb_unread");
    the_clock_strikes(cx, AT(6, 21, 0, 15)); /* L3 by the limit, and because L2 has not read */
    assert_int_equal(n_events(cx, fire.id, "climb_unread"), n + 1);
    assert_true(in_inbox(cx, DEPT_ZHAO, fire.id, "超期"));
}

static void what_has_climbed_is_gone_when_it_is_done(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = in_hand(cx, "0102", AT(4, 3, 17, 0));
    the_clock_strikes(cx, AT(4, 7, 12, 0));
    the_clock_strikes(cx, AT(4, 8, 12, 0));
    assert_true(on_me(cx, DEPT_ZHAO, r.id));
    DOES(cx, CADRE_SUN, r.id, "feed_back", .text = TEXT("好了"), .photo = some_str(a_photo(cx)));
    assert_false(on_me(cx, DEPT_ZHAO, r.id));
    assert_false(on_me(cx, SECRETARY_QIAN, r.id));
}

/* 4 h from 17:00 on 04-03 are due on 04-07 at 12:00; read or not, +1d the department knows.  What
 * the department does not open within 7 working hours goes to the lead, on the minute. */
static void a_notice_nobody_opens_climbs_too(void **state)
{
    Cx *cx = *state;
    cx->now = AT(6, 15, 10, 0);
    struct problem_receipt r = in_hand(cx, "6103", AT(6, 15, 10, 0));
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("挖机坏了"),
        .until = some_i64(AT(6, 23, 17, 30)));
    assert_true(on_me(cx, DEPT_ZHAO, r.id));
    the_clock_strikes(cx, AT(6, 16, 9, 59));
    assert_false(on_me(cx, LEAD_WANG, r.id));
    the_clock_strikes(cx, AT(6, 16, 10, 0));
    assert_true(on_me(cx, LEAD_WANG, r.id));
    assert_true(in_inbox(cx, LEAD_WANG, r.id, "等您批"));
    assert_int_equal(n_events(cx, r.id, "climb_unread"), 1);
    the_clock_strikes(cx, AT(6, 17, 10, 0));
    assert_true(on_me(cx, OFFICE_ZHENG, r.id));
    DOES(cx, DEPT_ZHAO, r.id, "extend_grant", NOTHING);
    assert_false(on_me(cx, LEAD_WANG, r.id));
    the_clock_strikes(cx, AT(6, 18, 10, 0));
    assert_false(on_me(cx, COMMANDER_CHEN, r.id));
}

static void a_notice_that_was_opened_stays_where_it_is(void **state)
{
    Cx *cx = *state;
    struct problem_receipt r = in_hand(cx, "6103", AT(6, 15, 10, 0));
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("挖机坏了"),
        .until = some_i64(AT(6, 23, 17, 30)));
    the_clock_strikes(cx, AT(6, 15, 10, 1));
    Str path;
    sign_in(cx, DEPT_ZHAO);
    assert_int_equal(notice_opened_about(cx, r.id, &path), OK);
    the_clock_strikes(cx, AT(6, 16, 10, 0));
    assert_false(on_me(cx, LEAD_WANG, r.id));
    assert_int_equal(n_events(cx, r.id, "climb_unread"), 0);
}

/* ---- who is on duty */

static Err put(Cx *cx, void *arg)
{
    Roster r = *(const Roster *)arg;
    r.id = new_id(cx);
    return roster_add(cx, &r);
}

static Err planned(Cx *cx, const char *day, const char *shift, const char *level, int64_t person)
{
    Roster r = {.unit = THE_TOWN,
        .day = str(day),
        .shift = str(shift),
        .level = str(level),
        .person = person,
        .phone = S("13900000009")};
    sign_in(cx, OFFICE_ZHENG);
    return db_transaction(cx, put, &r);
}

static void a_shift_is_of_its_kind_of_day(void **state)
{
    Cx *cx = *state;
    assert_int_equal(planned(cx, "2026-06-13", "day", "dept", INSPECTOR_SHI), ERR_INVALID);
    assert_int_equal(planned(cx, "2026-06-15", "holiday", "dept", INSPECTOR_SHI), ERR_INVALID);
    assert_int_equal(planned(cx, "2026-06-15", "day", "dept", INSPECTOR_SHI), OK);
    assert_int_equal(planned(cx, "2026-06-15", "day", "dept", WITHOUT_POST_XIE), ERR_INVALID);
}

static void the_night_belongs_to_the_day_it_begins_on(void **state)
{
    Cx *cx = *state;
    const struct {
        int64_t at;
        const char *day, *shift;
    } rows[] = {
        {AT(6, 15, 8,  29), "2026-06-14", "night"  },
        {AT(6, 15, 8,  30), "2026-06-15", "day"    },
        {AT(6, 15, 17, 29), "2026-06-15", "day"    },
        {AT(6, 15, 17, 30), "2026-06-15", "night"  },
        {AT(6, 14, 9,  0),  "2026-06-14", "holiday"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str day;
        const char *shift;
        assert_int_equal(roster_shift(cx, rows[i].at, &day, &shift), OK);
        assert_true(str_eq(day, str(rows[i].day)));
        assert_string_equal(shift, rows[i].shift);
    }
}

static void who_is_on_duty_files_and_dispatches_an_urgent_matter(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    in.category = S("6201");
    cx->now = AT(6, 13, 22, 0);
    assert_int_equal(planned(cx, "2026-06-13", "night", "dept", INSPECTOR_SHI), OK);
    struct problem_receipt r = reported(cx, in);
    the_clock_strikes(cx, AT(6, 13, 22, 1));
    assert_true(in_inbox(cx, INSPECTOR_SHI, r.id, "值班"));
    assert_int_equal(
        does(cx, INSPECTOR_ZHANG, r.id, "file", (struct problem_fields){0}), ERR_FORBIDDEN);
    DOES(cx, INSPECTOR_SHI, r.id, "file", NOTHING);
    DOES(cx, INSPECTOR_SHI, r.id, "dispatch", .handler = some_i64(CADRE_SUN));
    /* the third level's rung is theirs too: due an hour after the dispatch, one more hour */
    the_clock_strikes(cx, the_case(cx, r.id).due_at.v + 3599 * 1000);
    assert_false(on_me(cx, INSPECTOR_SHI, r.id));
    the_clock_strikes(cx, the_case(cx, r.id).due_at.v + 3600 * 1000);
    assert_true(on_me(cx, INSPECTOR_SHI, r.id));
}

static void after_the_shift_it_is_theirs_no_more(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    in.category = S("6201");
    cx->now = AT(6, 13, 22, 0);
    assert_int_equal(planned(cx, "2026-06-13", "night", "dept", INSPECTOR_SHI), OK);
    struct problem_receipt r = reported(cx, in);
    cx->now = AT(6, 14, 8, 30);
    assert_int_equal(
        does(cx, INSPECTOR_SHI, r.id, "file", (struct problem_fields){0}), ERR_FORBIDDEN);
}

static void a_call_is_logged_with_its_outcome(void **state)
{
    Cx *cx = *state;
    struct sql_roster_list_rows rows;
    cx->now = AT(6, 13, 22, 0);
    assert_int_equal(planned(cx, "2026-06-13", "night", "dept", INSPECTOR_SHI), OK);
    struct problem_receipt r = in_hand(cx, "6201", cx->now);
    sign_in(cx, OFFICE_ZHENG);
    struct sql_roster_list all = {.limit = 10};
    assert_int_equal(sql_roster_list(cx, &all, &rows), OK);
    assert_int_equal(rows.n, 1);
    struct roster_called call = {.roster = rows.at[0].id, .object = r.id, .outcome = S("maybe")};
    assert_int_equal(roster_call(cx, &call), ERR_INVALID);
    call.outcome = S("not");
    assert_int_equal(roster_call(cx, &call), OK);
    call.outcome = S("reached");
    assert_int_equal(roster_call(cx, &call), OK);
    assert_int_equal(n_events(cx, r.id, "call"), 2);
    assert_int_equal(sql_roster_list(cx, &all, &rows), OK);
    assert_int_equal(rows.at[0].calls_n, 2);
    assert_int_equal(rows.at[0].reached_n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_limit_in_hours_climbs_by_working_days),
        IN_TOWN(a_limit_in_days_climbs_over_a_weekend),
        IN_TOWN(an_urgent_limit_climbs_by_hours_at_night),
        IN_TOWN(the_handler_is_reminded_first),
        IN_TOWN(what_nobody_does_climbs_to_the_office),
        IN_TOWN(what_nobody_opens_climbs_to_the_commander),
        IN_TOWN(what_has_climbed_is_gone_when_it_is_done),
        IN_TOWN(a_notice_nobody_opens_climbs_too),
        IN_TOWN(a_notice_that_was_opened_stays_where_it_is),
        IN_TOWN(a_shift_is_of_its_kind_of_day),
        IN_TOWN(the_night_belongs_to_the_day_it_begins_on),
        IN_TOWN(who_is_on_duty_files_and_dispatches_an_urgent_matter),
        IN_TOWN(after_the_shift_it_is_theirs_no_more),
        IN_TOWN(a_call_is_logged_with_its_outcome),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
