/* assess_measure_test.c — the closed set of measures is told in docs/measures.md, word for word. */
#include "judged.h"

#include "rooms/assess/assess_measure.h"

static void every_measure_stands_in_the_documentation_as_it_is(void **state)
{
    Cx *cx = *state;
    Str file = judged_file(cx, "docs/measures.md");
    const char *doc = arena_printf(&cx->mem, "%.*s", (int)file.len, file.at);
    size_t n_rows = 0, n = 0;
    for (const struct assess_measure *m = assess_measures; m->code; m++, n++) {
        const char *row = arena_printf(&cx->mem, "| `%s` | %s | %s | %s | %s |\n", m->code,
            m->name.zh, m->definition.zh, m->rows.zh, m->count ? "kept" : "**no ledger yet**");
        if (!strstr(doc, row))
            print_error("docs/measures.md should have\n%s", row);
        assert_non_null(strstr(doc, row));
    }
    for (const char *at = doc; (at = strstr(at, "\n| `")); at++)
        n_rows++;
    assert_int_equal(n_rows, n); /* and no row more */
}

static void a_measure_without_a_ledger_has_nothing_due(void **state)
{
    Cx *cx = *state;
    struct assess_measured m[2];
    const struct span two[2] = {
        {0,            cx->now},
        {cx->now - 10, cx->now}
    };
    for (const struct assess_measure *how = assess_measures; how->code; how++) {
        if (how->count)
            continue;
        assert_int_equal(assess_measure_count(cx, how, NANWANG, two, 2, m), OK);
        assert_int_equal(m[0].den + m[0].num + m[1].den + m[1].num, 0);
        assert_int_equal(m[0].rows.len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(every_measure_stands_in_the_documentation_as_it_is),
        IN_TOWN(a_measure_without_a_ledger_has_nothing_due),
    };
    return cmocka_run_group_tests_name("measures", tests, NULL, NULL);
}
