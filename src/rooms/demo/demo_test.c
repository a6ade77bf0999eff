/* demo_test.c — deeds are done by whom, when and in which order the file says. */
#include "pictures.h"
#include "town.h"

#include "base/day.h"
#include "photo/photo.h"
#include "rooms.h"
#include "rooms/attachment/attachment.h"
#include "rooms/demo/demo.h"
#include "store/log.h"

/* The rooms are open, as the command line has them. */
static int open_house(void **state)
{
    if (town_setup(state))
        return -1;
    for (const struct room *const *r = rooms; *r; r++)
        if ((*r)->open && (*r)->open(*state) != OK)
            return -1;
    return 0;
}
#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, open_house, town_teardown)

#define HEAD "days_ago,time,login,verb,object,fields\n"
#define THE_REPORT                                                                                 \
    "2,19:10,,report,p1,\"unit=410108101206000;words=村口;category=6101;body=路面坏了;"      \
    "photo=6101-0-before,6101-1-before\"\n"

/* The one problem's events, oldest first. */
static const struct event_row *events(Cx *cx, size_t *n)
{
    static int64_t object;
    const struct event_row *e;
    for (int64_t id = N_TOWN_PEOPLE; id < N_TOWN_PEOPLE + 200; id++)
        if (events_of(cx, id, &e, n) == OK && *n && str_eq(e[0].verb, S("report"))) {
            object = id;
            break;
        }
    assert_int_equal(events_of(cx, object, &e, n), OK);
    return e;
}

static void each_deed_is_done_by_whom_and_when_the_file_says(void **state)
{
    Cx *cx = *state;
    const int64_t now = cx->now; /* Mon 2026-06-15 10:00 */
    int64_t n;
    size_t n_events;
    struct attachments photos;

    assert_int_equal(
        demo_deeds(cx,
            S(HEAD THE_REPORT
                "1,09:00,secretary_qian,file,p1,category=6101;severity=1;unit=410108101206001\n"
                "1,09:05,secretary_qian,dispatch,p1,handler=dept_zhao\n"
                "0,09:30,dept_zhao,accept,p1,\n"),
            &n),
        OK);
    assert_int_equal(n, 4);
    assert_int_equal(cx->now, now);
    assert_int_equal(cx->me.person, 0);
    const struct event_row *e = events(cx, &n_events);
    assert_true(n_events >= 4);
    /* two working days before a Monday is a Thursday */
    assert_int_equal(e[0].at, town_ms(2026, 6, 11, 19, 10));
    assert_int_equal(e[0].actor, 0);
    assert_true(str_eq(e[1].verb, S("file")));
    assert_int_equal(e[1].at, town_ms(2026, 6, 12, 9, 0));
    assert_int_equal(e[1].actor, SECRETARY_QIAN);
    assert_true(str_eq(e[n_events - 1].verb, S("accept")));
    assert_int_equal(e[n_events - 1].at, town_ms(2026, 6, 15, 9, 30));
    assert_int_equal(e[n_events - 1].actor, DEPT_ZHAO);
    struct verdict v;
    assert_int_equal(log_verify(cx, NULL, &v), OK);
    assert_null(v.why);
    for (int64_t id = N_TOWN_PEOPLE; id < N_TOWN_PEOPLE + 200; id++)
        if (attachment_of(cx, id, &photos) == OK && photos.n)
            break;
    assert_int_equal(photos.n, 2);
    assert_int_equal(photos.at[0].at, town_ms(2026, 6, 11, 19, 10));
}

static void the_clock_strikes_between_the_deeds(void **state)
{
    Cx *cx = *state;
    int64_t n;
    size_t n_events, climbed = 0;

    /* reported on Thursday, filed on Monday: by then the level above has been told */
    assert_int_equal(
        demo_deeds(cx,
            S(HEAD THE_REPORT
                "1,16:00,secretary_qian,report,p2,unit=410108101206000;words=桥头;category=6101\n"
                "0,09:00,secretary_qian,file,p1,category=6101;unit=410108101206001\n"),
            &n),
        OK);
    const struct event_row *e = events(cx, &n_events);
    for (size_t i = 0; i < n_events; i++)
        if (str_eq(e[i].verb, S("climb"))) {
            climbed++;
            assert_int_equal(day_of(e[i].at), day_number(2026, 6, 12));
            assert_true(str_eq(e[i].source, S("job")));
        }
    assert_true(climbed >= 1);
}

static void a_deed_whose_hour_has_not_come_is_left_out(void **state)
{
    Cx *cx = *state;
    int64_t n;
    size_t n_events;

    assert_int_equal(demo_deeds(cx,
                         S(HEAD THE_REPORT
                             "0,10:30,secretary_qian,file,p1,category=6101;unit=410108101206001\n"),
                         &n),
        OK);
    assert_int_equal(n, 1);
    const struct event_row *e = events(cx, &n_events);
    for (size_t i = 0; i < n_events; i++)
        assert_false(str_eq(e[i].verb, S("file")));
}

static void on_a_sunday_yesterday_is_friday_and_today_is_monday(void **state)
{
    Cx *cx = *state;
    int64_t n;
    size_t n_events;

    cx->now = town_ms(2026, 6, 14, 23, 0);
    assert_int_equal(
        demo_deeds(cx,
            S(HEAD "1,19:10,,report,p1,unit=410108101206000;words=村口;category=6101\n"
                   "0,08:30,secretary_qian,file,p1,category=6101;unit=410108101206001\n"),
            &n),
        OK);
    assert_int_equal(n, 1);
    assert_int_equal(events(cx, &n_events)[0].at, town_ms(2026, 6, 12, 19, 10));
}

static void the_line_that_a_rule_refuses_is_named(void **state)
{
    Cx *cx = *state;
    int64_t n;

    assert_int_equal(
        demo_deeds(cx, S(HEAD THE_REPORT "1,09:00,lead_wang,file,p1,category=6101\n"), &n),
        ERR_FORBIDDEN);
    assert_string_equal(cx->why.field, "deeds.csv");
    assert_memory_equal(cx->why.say.at, "3: file p1", 10);
    assert_int_equal(demo_deeds(cx, S(HEAD "1,9:00,cadre_sun,file,p1,\n"), &n), ERR_INVALID);
    assert_memory_equal(cx->why.say.at, "2: ", 3);
    assert_int_equal(demo_deeds(cx, S(HEAD "1,09:00,nobody,file,p1,\n"), &n), ERR_INVALID);
    assert_int_equal(
        demo_deeds(cx, S(HEAD "1,09:00,,report,p1,unit=410108101206000;photo=0000-0-x\n"), &n),
        ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(each_deed_is_done_by_whom_and_when_the_file_says),
        IN_HOUSE(the_clock_strikes_between_the_deeds),
        IN_HOUSE(a_deed_whose_hour_has_not_come_is_left_out),
        IN_HOUSE(on_a_sunday_yesterday_is_friday_and_today_is_monday),
        IN_HOUSE(the_line_that_a_rule_refuses_is_named),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
