/* counter_test.c — 代报与回执单: four fields make a report and a slip; no person stands on it. */
#include "town.h"

#include "paper/paper.h"
#include "rooms/counter/counter.h"
#include "rooms/problem/problem.h"
#include "web/web_call.h"

#define P(name, value)                                                                             \
    {                                                                                              \
        {name, sizeof name - 1},                                                                   \
        {                                                                                          \
            value, sizeof value - 1                                                                \
        }                                                                                          \
    }

static bool says(const struct web_answer *a, const char *words)
{
    return memmem(a->body.at, a->body.len, words, strlen(words)) != NULL;
}

static struct web_answer call(
    Cx *cx, const char *method, const char *path, int64_t person, struct pairs form)
{
    Str c = person ? town_cookie(cx, person) : (Str){0};
    return web_call(
        cx, &(struct web_call){.method = method,
                .path = path,
                .form = form,
                .cookie = person ? arena_printf(&cx->mem, "%.*s", (int)c.len, c.at) : NULL});
}

static const char *z(Cx *cx, Str s)
{
    return arena_printf(&cx->mem, "%.*s", (int)s.len, s.at);
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
        call(cx, "POST", "/counter", CADRE_SUN, (struct pairs){four, sizeof four / sizeof *four});
    assert_int_equal(a.status, 303);
    assert_memory_equal(a.location.at, "/slip/", 6);
    const char *at = z(cx, a.location);
    a = call(cx, "GET", at, 0, (struct pairs){0}); /* who has the code has the slip */
    assert_int_equal(a.status, 200);
    assert_true(says(&a, "南王村") && says(&a, "路灯") && says(&a, "class=\"qr\""));
    assert_false(says(&a, "赵大爷") || says(&a, "13800000077"));
    a = call(cx, "GET", arena_printf(&cx->mem, "%s.pdf?w=58", at), 0, (struct pairs){0});
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.at, "%PDF", 4);
    a = call(cx, "GET", "/counter", CADRE_SUN, (struct pairs){0});
    assert_true(says(&a, at)); /* printed again */
    a = call(cx, "GET", "/counter", SECRETARY_QIAN, (struct pairs){0});
    assert_false(says(&a, at));
    a = call(cx, "GET", "/slip/000000000000", 0, (struct pairs){0});
    assert_int_equal(a.status, 404);
}

static void a_wrong_form_comes_back_with_what_was_typed(void **state)
{
    Cx *cx = *state;
    const struct pair form[] = {P("unit", "410108101206000"), P("category", "6103"),
        P("body", "路灯不亮"), P("phone", "没有")};
    struct web_answer a = call(cx, "POST", "/counter", OFFICE_ZHENG, (struct pairs){form, 4});
    assert_int_equal(a.status, 422);
    assert_true(says(&a, "路灯不亮") && says(&a, "#phone"));
    a = call(cx, "POST", "/counter", OFFICE_ZHENG, (struct pairs){form + 1, 2});
    assert_int_equal(a.status, 422);
    assert_true(says(&a, "#unit"));
}

static int open_web(void **state)
{
    int r = town_setup(state);
    if (!r)
        web_call_open(*state, town_dir());
    return r;
}

static int close_web(void **state)
{
    web_call_close();
    return town_teardown(state);
}
#define ON_THE_WEB(test) cmocka_unit_test_setup_teardown(test, open_web, close_web)

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
