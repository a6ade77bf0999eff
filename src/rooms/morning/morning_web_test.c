/* morning_web_test.c — 晨报 as the office, the commander and a secretary have it at 07:50: what
 * changed in their scope since 17:30, and in one list what waits for their own decision. */
#include "web_town.h"

#include "rooms/morning/morning.h"
#include "rooms/problem/problem_test.h"

#include <inttypes.h>

#define AT(m, d, h, min) town_ms(2026, m, d, h, min)

static struct web_answer morning(Cx *cx, int64_t who)
{
    struct web_answer a = web_page(cx, who, "/morning");
    assert_int_equal(a.status, 200);
    return a;
}

static bool figure(const struct web_answer *a, Cx *cx, const char *word, int n)
{
    const char *html = as_z(cx, a->body), *at = strstr(html, word);
    const char *want = arena_printf(&cx->mem, ">%d</a></dd>", n);
    const char *end = at ? strstr(at, "</dd>") : NULL;
    return end && (size_t)(end - at) >= strlen(want) - 5
           && !memcmp(end + 5 - strlen(want), want, strlen(want));
}

static struct web_answer decided(
    Cx *cx, int64_t who, int64_t id, const char *what, const char *text)
{
    struct pair form[] = {
        {str(arena_printf(&cx->mem, "do-%" PRId64,   id)), str(what)},
        {str(arena_printf(&cx->mem, "text-%" PRId64, id)), str(text)}
    };
    return web_form(cx, who, "/morning", (struct pairs){form, 2});
}

static bool waits_for(Cx *cx, int64_t who, int64_t id)
{
    struct web_answer a = morning(cx, who);
    return web_body_has(&a, arena_printf(&cx->mem, "name=\"do-%" PRId64 "\"", id));
}

static void each_sees_what_changed_in_their_scope_since_half_past_five(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    cx->now = AT(6, 15, 17, 29);
    reported(cx, a_problem()); /* in yesterday's */
    cx->now = AT(6, 15, 20, 0);
    reported(cx, a_problem());
    in.unit = SUNZHUANG;
    reported(cx, in);
    cx->now = AT(6, 16, 7, 50);
    static const struct {
        int64_t who;
        int n;
    } seen[] = {
        {OFFICE_ZHENG,           2},
        {COMMANDER_CHEN,         2},
        {SECRETARY_QIAN,         1},
        {SECRETARY_OF_SUNZHUANG, 1}
    };
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        struct web_answer a = morning(cx, seen[i].who);
        assert_true(web_body_has(&a, "06-15 17:30"));
        assert_true(figure(&a, cx, "新上报", seen[i].n));
    }
}

/* Twice the office, the third time the commander; never who asked. */
static void a_suspension_waits_for_the_office_and_the_third_for_the_commander(void **state)
{
    Cx *cx = *state;
    cx->now = AT(6, 15, 10, 0);
    int64_t id = dispatched(cx, a_problem()).id;
    DOES(cx, CADRE_SUN, id, "accept", NOTHING);
    for (int n = 1; n <= 3; n++) {
        int64_t decides = n < 3 ? OFFICE_ZHENG : COMMANDER_CHEN;
        DOES(cx, CADRE_SUN, id, "suspend_ask", .reason = TEXT("money"), .plan = TEXT("等拨款"),
            .review_on = TEXT("2026-07-01"));
        assert_false(waits_for(cx, CADRE_SUN, id));
        assert_false(waits_for(cx, SECRETARY_QIAN, id));
        assert_true(waits_for(cx, decides, id));
        assert_int_equal(waits_for(cx, OFFICE_ZHENG, id), n < 3);
        struct web_answer a = decided(cx, decides, id, "refuse", "");
        assert_true(web_body_has(&a, "批了 0 件"));
        assert_true(waits_for(cx, decides, id)); /* a refusal says why */
        a = decided(cx, decides, id, "grant", "");
        assert_true(web_body_has(&a, "批了 1 件"));
        assert_true(str_eq(the_case(cx, id).state, S("suspended")));
        if (n < 3)
            DOES(cx, OFFICE_ZHENG, id, "resume", NOTHING);
    }
}

/* A secretary grants nothing; what waits for theirs is to be filed and dispatched, and is a link
 * away. */
static void a_secretarys_morning_leads_to_what_is_to_be_dispatched(void **state)
{
    Cx *cx = *state;
    cx->now = AT(6, 15, 20, 0);
    reported(cx, a_problem());
    cx->now = AT(6, 16, 7, 50);
    struct web_answer a = morning(cx, SECRETARY_QIAN);
    assert_true(web_body_has(&a, "待立案、待派遣 1 件"));
    assert_true(web_body_has(&a, "href=\"/problems?nobody=1\""));
    assert_true(web_body_has(&a, "没有等您批的"));
}

/* The first address behind those words of the page. */
static Str leads_to(const struct web_answer *a, Cx *cx, const char *word)
{
    const char *html = as_z(cx, a->body), *at = strstr(html, word);
    assert_non_null(at);
    at = strstr(at, "/problems?");
    char *z = arena_printf(&cx->mem, "%.*s", (int)strcspn(at, "\""), at);
    for (char *amp; (amp = strstr(z, "&amp;"));)
        memmove(amp + 1, amp + 5, strlen(amp + 4));
    return str(z);
}

static void opens(Cx *cx, int64_t who, const struct web_answer *a, const char *word, int n)
{
    Str path = leads_to(a, cx, word);
    assert_true(figure(a, cx, word, n));
    struct web_answer list = web_page(cx, who, as_z(cx, path));
    assert_int_equal(list.status, 200);
    assert_true(web_body_has(&list, arena_printf(&cx->mem, "共 %d 件", n)));
    size_t rows = 0;
    for (const char *at = as_z(cx, list.body); (at = strstr(at, "name=\"id\"")); at++)
        rows++;
    assert_int_equal(rows, n);
}

/* What ended in the same hours counts, what was there before does not, and each number on the page
 * is the number of rows its link lists, in the reader's own scope. */
static void each_figure_opens_exactly_the_rows_it_counts(void **state)
{
    Cx *cx = *state;
    struct problem_new in = a_problem();
    int n_late = 0;
    for (int day = 8; day <= 12; day++) { /* one of them fell due at the end of the day before */
        cx->now = AT(6, day, 10, 0);
        int64_t due = the_case(cx, dispatched(cx, a_problem()).id).due_at.v;
        n_late += due >= AT(6, 15, 17, 30) && due < AT(6, 16, 7, 50);
    }
    assert_int_not_equal(n_late, 0);
    cx->now = AT(6, 15, 10, 0);
    reported(cx, a_problem());
    handled(cx, a_problem());
    int64_t closed = handled(cx, a_problem()).id;
    cx->now = AT(6, 15, 20, 0);
    DOES(cx, SECRETARY_QIAN, closed, "pass", NOTHING);
    for (int i = 0; i < 3; i++)
        reported(cx, a_problem());
    handled(cx, a_problem());
    in.unit = SUNZHUANG;
    reported(cx, in);
    cx->now = AT(6, 16, 7, 50);
    struct web_answer office = morning(cx, OFFICE_ZHENG), village = morning(cx, SECRETARY_QIAN);
    opens(cx, OFFICE_ZHENG, &office, "新上报", 5);
    opens(cx, SECRETARY_QIAN, &village, "新上报", 4);
    opens(cx, OFFICE_ZHENG, &office, "已结案", 1);
    opens(cx, OFFICE_ZHENG, &office, "反馈办完", 1);
    opens(cx, SECRETARY_QIAN, &village, "新超期", n_late);
    assert_true(web_body_has(&office, "待立案、待派遣 5 件"));
    struct web_answer waits =
        web_page(cx, OFFICE_ZHENG, as_z(cx, leads_to(&office, cx, "其中超期")));
    assert_true(web_body_has(&waits, "共 5 件"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(each_sees_what_changed_in_their_scope_since_half_past_five),
        ON_THE_WEB(each_figure_opens_exactly_the_rows_it_counts),
        ON_THE_WEB(a_suspension_waits_for_the_office_and_the_third_for_the_commander),
        ON_THE_WEB(a_secretarys_morning_leads_to_what_is_to_be_dispatched),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
