/* steps_test.c — a table of steps asked in every way: each state × verb × set of posts × open ask ×
 * who asked. */
#include "town.h"

#include "base/steps.h"

enum { LEAD = 1, OFFICE = 2, SECRETARY = 4 };
enum { PLANNED, VISITED, NOT_VISITED, CONFIRMED, DROPPED };

struct visit_in {
    OptStr text, photo, day;
};

/* clang-format off */
static const struct option states[] = {{"planned", T("待走访")}, {"visited", T("已走访")},
    {"not_visited", T("未走访")}, {"confirmed", T("已核实")}, {"dropped", T("已取消")}, {0}};

static const struct step steps[] = {
    {"visit", T("走访"), IN(PLANNED), VISITED, LEAD | SECRETARY, .needs = "text photo"},
    {"miss", T("未走访"), IN(PLANNED), NOT_VISITED, LEAD, .needs = "text"},
    {"replan", T("重排"), IN(NOT_VISITED), PLANNED, OFFICE, .needs = "day", .may = "text"},
    {"confirm", T("核实"), IN(VISITED) | IN(NOT_VISITED), CONFIRMED, OFFICE | LEAD, .needs = NULL},
    {"redo", T("退回重走"), IN(VISITED), PLANNED, OFFICE, .needs = "text"},
    {"comment", T("留言"), IN(PLANNED) | IN(VISITED) | IN(NOT_VISITED), SAME,
        LEAD | OFFICE | SECRETARY, .needs = "text"},
    {"drop_ask", T("申请取消"), IN(PLANNED), SAME, LEAD | SECRETARY | OFFICE, .needs = "text",
        .ask = ASKS, .about = "drop"},
    {"drop_grant", T("同意取消"), IN(PLANNED), DROPPED, OFFICE, .ask = GRANTS, .about = "drop"},
    {"drop_refuse", T("不同意取消"), IN(PLANNED), SAME, OFFICE, .needs = "text", .ask = REFUSES,
        .about = "drop"},
    {0}};

static const struct field form[] = {
    FIELD_OF(struct visit_in, text, LONG, T("说明"), .max = 2000),
    FIELD_OF(struct visit_in, photo, IMAGES, T("照片"), .max = 6),
    FIELD_OF(struct visit_in, day, DAY, T("改到哪天")),
    {0}};
/* clang-format on */

static const char *post_name(int bit)
{
    static const char *const names[] = {"lead", "office", "secretary"};
    return bit < 3 ? names[bit] : NULL;
}

static const struct machine machine = {.name = "visit",
    .label = T("走访"),
    .states = states,
    .final = IN(CONFIRMED) | IN(DROPPED),
    .steps = steps,
    .form = form,
    .who_name = post_name};

static void the_matrix_is_the_one_written_by_hand(void **state)
{
    static const char by_hand[] =
        "visit planned: lead, secretary\nmiss planned: lead\nreplan not_visited: office\n"
        "confirm visited: lead, office\nconfirm not_visited: lead, office\nredo visited: office\n"
        "comment planned: lead, office, secretary\ncomment visited: lead, office, secretary\n"
        "comment not_visited: lead, office, secretary\ndrop_ask planned: lead, office, secretary\n"
        "drop_grant planned: office\ndrop_refuse planned: office\n";
    Cx *cx = *state;
    struct sink o = {.mem = &cx->mem};
    assert_int_equal(machine_sound(cx, &machine), OK);
    machine_matrix(&o, &machine);
    assert_true(str_eq((Str){o.at, o.len}, str(by_hand)));
}

/* What the table means, said once more in other words. */
static Err expected(const struct step *s, const struct standing *at)
{
    bool decides = s->ask == GRANTS || s->ask == REFUSES;
    if (!(s->who & at->posts))
        return ERR_FORBIDDEN;
    if (!(s->from >> at->state & 1))
        return ERR_CONFLICT;
    if ((s->ask == ASKS && at->ask.len) || (decides && !at->ask.len))
        return ERR_CONFLICT;
    return decides && at->asked_by == at->me ? ERR_FORBIDDEN : OK;
}

static void ask_everything(Cx *cx, const struct standing *at)
{
    const struct step *buttons[STEPS_MAX], *got;
    size_t n_buttons = steps_for(&machine, at, buttons), found = 0;
    for (const struct step *s = steps; s->verb; s++) {
        Err e = step_for(cx, &machine, at, str(s->verb), &got);
        assert_int_equal(e, expected(s, at));
        if (e == OK)
            assert_ptr_equal(got, buttons[found++]);
    }
    assert_int_equal(found, n_buttons);
    assert_int_equal(step_for(cx, &machine, at, S("drop table"), &got), ERR_NOT_FOUND);
    if (machine.final >> at->state & 1)
        assert_int_equal(n_buttons, 0);
}

static void every_state_verb_post_and_ask(void **state)
{
    Cx *cx = *state;
    for (int i = 0; states[i].code; i++)
        for (uint32_t posts = 0; posts < 8; posts++)
            for (int asked = 0; asked < 2; asked++)
                for (int64_t by = 1; by <= 2; by++)
                    ask_everything(cx, &(struct standing){.state = i,
                                           .posts = posts,
                                           .ask = asked ? S("drop") : S(""),
                                           .asked_by = by,
                                           .me = 1});
}

static void a_state_that_the_table_lacks_is_our_fault(void **state)
{
    Cx *cx = *state;
    const struct step *got;
    struct standing at = {.state = machine_state(&machine, S("gone")), .posts = LEAD, .me = 1};
    assert_int_equal(at.state, -1);
    assert_int_equal(step_for(cx, &machine, &at, S("visit"), &got), ERR_INTERNAL);
    assert_int_equal(machine_state(&machine, S("confirmed")), CONFIRMED);
}

static void the_diagram_shows_each_step_and_who_may(void **state)
{
    Cx *cx = *state;
    struct sink o = {.mem = &cx->mem};
    machine_mermaid(&o, &machine);
    assert_true(str_has((Str){o.at, o.len}, "    visited --> planned: 退回重走 (office)\n"));
}

static void a_broken_table_does_not_start(void **state)
{
    Cx *cx = *state;
    struct step broken[sizeof steps / sizeof *steps];
    struct machine m = machine;
    m.steps = broken;
#define BROKEN(change)                                                                             \
    do {                                                                                           \
        memcpy(broken, steps, sizeof steps);                                                       \
        change;                                                                                    \
        assert_int_equal(machine_sound(cx, &m), ERR_INTERNAL);                                     \
    } while (0)
    BROKEN(broken[0].needs = "text foto");
    BROKEN(broken[0].from = IN(9));
    BROKEN(broken[0].to = 9);
    BROKEN(broken[0].who = 0);
    BROKEN(broken[0].label = (Text){0});
    BROKEN(broken[0].from = IN(DROPPED));
    BROKEN(broken[8] = (struct step){0}); /* no refuse */
    BROKEN(broken[1].verb = "visit");     /* twice for the lead */
    BROKEN(broken[7].to = SAME);          /* dropped is never reached */
    BROKEN((broken[2].from = IN(PLANNED), broken[3].from = IN(VISITED))); /* never left */
    memcpy(broken, steps, sizeof steps);
    assert_int_equal(machine_sound(cx, &m), OK);
}

static int fresh(void **state)
{
    static Cx cx;
    cx = (Cx){.now = town_ms(2026, 6, 15, 10, 0)};
    *state = &cx;
    return 0;
}

static int done(void **state)
{
    arena_reset(&((Cx *)*state)->mem);
    return 0;
}

#define ALONE(test) cmocka_unit_test_setup_teardown(test, fresh, done)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ALONE(the_matrix_is_the_one_written_by_hand),
        ALONE(every_state_verb_post_and_ask),
        ALONE(a_state_that_the_table_lacks_is_our_fault),
        ALONE(the_diagram_shows_each_step_and_who_may),
        ALONE(a_broken_table_does_not_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
