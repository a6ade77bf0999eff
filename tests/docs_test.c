/* docs_test.c — the diagrams in docs/states/ are those of the machines that run.
 *
 * HEQING_WRITE_DOCS=1 build/tests/docs_test writes them anew. */
#include "town.h"

#include "base/sink.h"
#include "base/steps.h"
#include "rooms.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void put_states(struct sink *o, const struct machine *m, uint32_t set)
{
    bool first = true;
    for (int i = 0; m->states[i].code; i++)
        if (set & IN(i)) {
            sink_z(o, first ? "" : "、");
            sink_z(o, m->states[i].label.zh);
            first = false;
        }
}

static void put_who(struct sink *o, const struct machine *m, uint32_t who)
{
    bool first = true;
    for (int bit = 0; bit < 32; bit++)
        if (who & UINT32_C(1) << bit && m->who_name && m->who_name(bit)) {
            sink_z(o, first ? "" : ", ");
            sink_z(o, m->who_name(bit));
            first = false;
        }
}

static Str document(Cx *cx, const struct machine *m)
{
    struct sink o = {.mem = &cx->mem};
    sink_z(&o, "# ");
    sink_z(&o, m->label.zh);
    sink_z(&o, " — states and verbs of `");
    sink_z(&o, m->name);
    sink_z(&o, "`\n\nWritten by a program from the table that runs (`tests/docs_test.c`); do not "
               "edit.\n\n```mermaid\n");
    machine_mermaid(&o, m);
    sink_z(&o,
        "```\n\n| verb | | from | to | who | must have |\n| --- | --- | --- | --- | --- | --- |\n");
    for (const struct step *s = m->steps; s->verb; s++) {
        sink_z(&o, "| `");
        sink_z(&o, s->verb);
        sink_z(&o, "` | ");
        sink_z(&o, s->label.zh);
        sink_z(&o, " | ");
        put_states(&o, m, s->from);
        sink_z(&o, " | ");
        sink_z(&o, s->to == SAME ? "–" : m->states[s->to].label.zh);
        sink_z(&o, " | ");
        put_who(&o, m, s->who);
        sink_z(&o, " | ");
        sink_z(&o, s->needs ? s->needs : "");
        sink_z(&o, " |\n");
    }
    assert_int_equal(sink_end(&o), OK);
    return (Str){o.at, o.len};
}

static bool same_as(const char *path, Str want)
{
    FILE *f = fopen(path, "re");
    bool same = f != NULL;
    for (size_t i = 0; same && i <= want.len; i++)
        same = fgetc(f) == (i < want.len ? (unsigned char)want.at[i] : EOF);
    if (f)
        fclose(f);
    return same;
}

static void the_diagrams_in_the_documents_are_those_that_run(void **state)
{
    Cx cx = {0};
    int wrong = 0, n = 0;
    (void)state;
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct machine *const *m = (*r)->machines; m && *m; m++, n++) {
            char path[128];
            Str want = document(&cx, *m);
            snprintf(path, sizeof path, "docs/states/%s.md", (*m)->name);
            if (getenv("HEQING_WRITE_DOCS")) {
                mkdir("docs/states", 0755);
                FILE *f = fopen(path, "we");
                assert_true(f && fwrite(want.at, 1, want.len, f) == want.len && !fclose(f));
            } else if (!same_as(path, want) && ++wrong) {
                print_error("%s is out of date: HEQING_WRITE_DOCS=1 build/tests/docs_test\n", path);
            }
        }
    arena_reset(&cx.mem);
    assert_true(n > 0);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_diagrams_in_the_documents_are_those_that_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
