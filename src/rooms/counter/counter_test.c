/* counter_test.c — 代报与回执单: four fields make a report and a slip; no person stands on it. */
#include "web_town.h"

#include "paper/paper.h"
#include "rooms/counter/counter.h"
#include "rooms/problem/problem.h"

#define P(name, value)                                                                             \
    {                                                                                              \
        {name, sizeof name - 1},                                                                   \
        {                                                                                          \
            value, sizeof value - 1                                                                \
        }                                                                                          \
    }

static const struct pair four[] = {
    P("unit", "410108101206000"),
    P("category", "6103"),
    P("body", "门口路灯不亮，晚上看不见"),
    P("phone", "13800000077"),
    P("name", "赵大爷"),
};

static void four_fields_become_a_report_and_a_slip_without_any_person(void **state)
{
    Cx *cx = *state;
    struct web_answer a =
        web_form(cx, CADRE_SUN, "/counter", (struct pairs){four, sizeof four / sizeof *four});
    assert_int_equal(a.status, 303);
    assert_memory_equal(a.location.at, "/slip/", 6);
    const char *at = as_z(cx, a.location);
    a = web_page(cx, 0, at); /* who has the code has the slip */
    assert_int_equal(a.status, 200);
    assert_true(
        web_body_has(&a, "南王村") && web_body_has(&a, "路灯") && web_body_has(&a, "class=\"qr\""));
    assert_false(web_body_has(&a, "赵大爷") || web_body_has(&a, "13800000077"));
    a = web_page(cx, 0, arena_printf(&cx->mem, "%s.pdf?w=58", at));
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.at, "%PDF", 4);
    a = web_page(cx, CADRE_SUN, "/counter");
    assert_true(web_body_has(&a, at)); /* printed again */
    a = web_page(cx, SECRETARY_QIAN, "/counter");
    assert_false(web_body_has(&a, at));
    a = web_page(cx, 0, "/slip/000000000000");
    assert_int_equal(a.status, 404);
}

static void a_wrong_form_comes_back_with_what_was_typed(void **state)
{
    Cx *cx = *state;
    const struct pair form[] = {P("unit", "410108101206000"), P("category", "6103"),
        P("body", "路灯不亮"), P("phone", "没有")};
    struct web_answer a = web_form(cx, OFFICE_ZHENG, "/counter", (struct pairs){form, 4});
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "路灯不亮") && web_body_has(&a, "#phone"));
    a = web_form(cx, OFFICE_ZHENG, "/counter", (struct pairs){form + 1, 2});
    assert_int_equal(a.status, 422);
    assert_true(web_body_has(&a, "#unit"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(four_fields_become_a_report_and_a_slip_without_any_person),
        ON_THE_WEB(a_wrong_form_comes_back_with_what_was_typed),
    };
    if (paper_asked(argc, argv)) /* the helper is this program, started anew */
        return paper_child(argv);
    return cmocka_run_group_tests_name("counter", tests, NULL, NULL);
}
