/* problem_machine_test.c — every state × every verb × every person of the little town, and the
 * holder of the receipt code, against the table of domain §2 written down here once more. */
#include "rooms/problem/problem_test.h"

#include <stdio.h>

enum {
    S_ = HAS(POST_SECRETARY),
    D_ = HAS(POST_DEPT),
    L_ = HAS(POST_LEAD),
    O_ = HAS(POST_OFFICE) | HAS(POST_OFFICE_HEAD),
    C_ = HAS(POST_COMMANDER),
    K_ = HAS(POST_CADRE),
    I_ = HAS(POST_INSPECTOR),
    V_ = HAS(POST_SUPERVISOR),
    H_ = IS_HANDLER,
    R_ = IS_REPORTER,
};
#define OPEN "reported filed dispatched handling handled suspended"

/* What the domain says; ask: the ask that must be open, '+' before it: that must not be. */
static const struct {
    const char *verb, *from;
    uint32_t who;
    const char *ask;
    uint32_t later; /* only the next time: the second extension, the third suspension */
} says_the_domain[] = {
    {"file",           "reported",                           S_ | D_ | O_,                          NULL,      0 },
    {"reject",         "reported",                           D_ | O_,                               NULL,      0 },
    {"ask_again",      "rejected",                           R_,                                    NULL,      0 },
    {"withdraw",       "reported",                           R_,                                    NULL,      0 },
    {"merge",          "reported filed",                     S_ | D_ | O_,                          NULL,      0 },
    {"unmerge",        "merged",                             O_,                                    NULL,      0 },
    {"transfer",       "reported filed dispatched",          O_,                                    NULL,      0 },
    {"take_back",      "transferred",                        O_,                                    NULL,      0 },
    {"recategorise",   "reported filed dispatched handling", S_ | D_ | O_,                          NULL,      0 },
    {"dispatch",       "filed",                              S_ | D_ | O_,                          NULL,      0 },
    {"accept",         "dispatched",                         H_,                                    NULL,      0 },
    {"return",         "dispatched handling",                H_,                                    NULL,      0 },
    {"reassign",       "dispatched handling",                S_ | D_ | O_,                          NULL,      0 },
    {"redispatch",     "dispatched handling",                S_ | D_ | O_,                          NULL,      0 },
    {"extend_ask",     "handling",                           H_,                                    "+",       0 },
    {"extend_grant",   "handling",                           D_ | O_,                               "extend",  L_},
    {"extend_refuse",  "handling",                           D_ | O_,                               "extend",  L_},
    {"suspend_ask",    "handling",                           H_,                                    "+",       0 },
    {"suspend_grant",  "handling",                           O_,                                    "suspend", C_},
    {"suspend_refuse", "handling",                           O_,                                    "suspend", C_},
    {"resume",         "suspended",                          O_,                                    NULL,      0 },
    {"void_ask",       "filed dispatched handling",          D_ | O_,                               "+",       0 },
    {"void_grant",     "filed dispatched handling",          O_ | L_,                               "void",    0 },
    {"void_refuse",    "filed dispatched handling",          O_ | L_,                               "void",    0 },
    {"feed_back",      "handling",                           H_,                                    NULL,      0 },
    {"pass",           "handled",                            O_ | L_ | D_ | S_ | I_ | V_,           NULL,      0 },
    {"fail",           "handled",                            O_ | L_ | D_ | S_ | I_ | V_,           NULL,      0 },
    {"answer",         "handled closed",                     R_,                                    NULL,      0 },
    {"reopen",         "closed",                             R_ | O_,                               NULL,      0 },
    {"evaluate",       "closed",                             R_,                                    NULL,      0 },
    {"thank",          "handled closed",                     R_,                                    NULL,      0 },
    {"told",           "closed",                             S_ | D_ | L_ | K_ | O_,                NULL,      0 },
    {"urge",           OPEN,                                 L_ | D_ | S_ | K_ | O_ | C_,           NULL,      0 },
    {"comment",        OPEN,                                 L_ | D_ | S_ | K_ | O_ | C_ | H_ | R_, NULL,      0 },
};
enum { VERBS = sizeof says_the_domain / sizeof *says_the_domain };

struct prepared {
    const char *state, *ask; /* ask: open beside the state; NULL: none */
    struct problem_receipt r;
};

static struct problem_new in_the_grid(void)
{
    struct problem_new in = a_problem();
    in.unit = NANWANG_GRID_1;
    return in;
}

static struct problem_receipt taken_up(Cx *cx)
{
    struct problem_receipt r = dispatched(cx, in_the_grid());
    DOES(cx, CADRE_SUN, r.id, "accept", NOTHING);
    return r;
}

#define SUSPENSION .reason = TEXT("money"), .plan = TEXT("等拨款"), .review_on = TEXT("2026-07-01")

/* One problem a state, and one more for each ask that can be open. */
static size_t prepare(Cx *cx, struct prepared *to)
{
    size_t n = 0;
    struct problem_receipt r, master;
    to[n++] = (struct prepared){"reported", NULL, reported(cx, in_the_grid())};
    r = master = reported(cx, in_the_grid());
    DOES(cx, SECRETARY_QIAN, r.id, "file", NOTHING);
    to[n++] = (struct prepared){"filed", NULL, r};
    to[n++] = (struct prepared){"dispatched", NULL, dispatched(cx, in_the_grid())};
    to[n++] = (struct prepared){"handling", NULL, taken_up(cx)};
    to[n++] = (struct prepared){"handled", NULL, handled(cx, in_the_grid())};
    r = handled(cx, in_the_grid());
    DOES(cx, DEPT_ZHAO, r.id, "pass", NOTHING);
    to[n++] = (struct prepared){"closed", NULL, r};
    r = taken_up(cx);
    DOES(cx, CADRE_SUN, r.id, "suspend_ask", SUSPENSION);
    to[n++] = (struct prepared){"handling", "suspend", r};
    r = taken_up(cx);
    DOES(cx, CADRE_SUN, r.id, "suspend_ask", SUSPENSION);
    DOES(cx, OFFICE_ZHENG, r.id, "suspend_grant", NOTHING);
    to[n++] = (struct prepared){"suspended", NULL, r};
    r = taken_up(cx);
    DOES(cx, CADRE_SUN, r.id, "extend_ask", .text = TEXT("下雨"),
        .until = some_i64(town_ms(2026, 6, 22, 17, 30)));
    to[n++] = (struct prepared){"handling", "extend", r};
    r = taken_up(cx);
    DOES(cx, DEPT_ZHAO, r.id, "void_ask", .text = TEXT("是空的"));
    to[n++] = (struct prepared){"handling", "void", r};
    r = taken_up(cx);
    DOES(cx, DEPT_ZHAO, r.id, "void_ask", .text = TEXT("是空的"));
    DOES(cx, LEAD_WANG, r.id, "void_grant", NOTHING);
    to[n++] = (struct prepared){"voided", NULL, r};
    r = reported(cx, in_the_grid());
    DOES(cx, DEPT_ZHAO, r.id, "reject", .reason = TEXT("untrue"), .text = TEXT("去看过，没有"));
    to[n++] = (struct prepared){"rejected", NULL, r};
    r = reported(cx, in_the_grid());
    DOES(cx, SECRETARY_QIAN, r.id, "merge", .master = some_i64(master.id));
    to[n++] = (struct prepared){"merged", NULL, r};
    r = reported(cx, in_the_grid());
    DOES(cx, OFFICE_ZHENG, r.id, "transfer", .body = TEXT("河务局"),
        .paper_no = TEXT("古政〔2026〕12号"));
    to[n++] = (struct prepared){"transferred", NULL, r};
    r = reported(cx, in_the_grid());
    SAYS(cx, r.code, "withdraw", NOTHING);
    to[n++] = (struct prepared){"withdrawn", NULL, r};
    return n;
}

static bool among(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; (at = strstr(at, word)); at += n)
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    return false;
}

/* OK here means: theirs to do, whatever the form still lacks. */
static Err should_be(const struct prepared *p, int verb, uint32_t who)
{
    const char *ask = says_the_domain[verb].ask;
    uint32_t now = says_the_domain[verb].who, later = says_the_domain[verb].later;
    if (!(who & (now | later)))
        return ERR_FORBIDDEN;
    if (!among(says_the_domain[verb].from, p->state))
        return ERR_CONFLICT;
    if (ask && *ask == '+')
        return p->ask ? ERR_CONFLICT : OK;
    if (ask && (!p->ask || strcmp(p->ask, ask)))
        return ERR_CONFLICT;
    return who & now ? OK : ERR_FORBIDDEN;
}

struct trying {
    int64_t id;
    Str code;
    const char *verb;
    Err is;
};

/* Whatever it did is undone. */
static Err try_step(Cx *cx, void *arg)
{
    struct trying *t = arg;
    struct problem_fields none = {0};
    t->is = t->code.len ? problem_act_by_code(cx, t->code, str(t->verb), &none)
                        : problem_act(cx, t->id, str(t->verb), &none);
    return ERR_INVALID;
}

static Err tried(Cx *cx, const struct prepared *p, const char *verb, bool by_code)
{
    struct trying t = {.id = p->r.id, .verb = verb};
    if (by_code)
        t.code = p->r.code;
    memset(&cx->why, 0, sizeof cx->why);
    assert_int_equal(db_transaction(cx, try_step, &t), ERR_INVALID);
    return t.is == ERR_INVALID ? OK : t.is;
}

static void check(const struct prepared *p, const char *verb, const char *who, Err is, Err should)
{
    if (is == should)
        return;
    fprintf(stderr, "%s%s%s: %s as %s is %d, should be %d\n", p->state, p->ask ? " with " : "",
        p->ask ? p->ask : "", verb, who, (int)is, (int)should);
    assert_int_equal(is, should);
}

static void every_state_verb_and_person_is_as_the_domain_says(void **state)
{
    Cx *cx = *state;
    struct prepared cases[N_STATES + 4];
    size_t n = prepare(cx, cases), allowed = 0, forbidden = 0, conflicts = 0, unseen = 0;
    bool reached[N_STATES] = {0};
    for (size_t c = 0; c < n; c++) {
        reached[machine_state(&problem_machine, str(cases[c].state))] = true;
        assert_state(cx, cases[c].r.id, cases[c].state);
        Case p = the_case(cx, cases[c].r.id);
        for (int64_t who = 1; who < N_TOWN_PEOPLE; who++) {
            uint32_t have;
            sign_in(cx, who);
            bool sees = problem_seen(cx, p.id) == OK;
            assert_int_equal(case_posts(cx, &p, &have), OK);
            for (int v = 0; v < VERBS; v++) {
                const char *verb = says_the_domain[v].verb;
                Err should = sees ? should_be(&cases[c], v, have) : ERR_NOT_FOUND;
                /* asked by the department: another person decides */
                if (should == OK && p.ask.set && p.asked_by.v == who && strstr(verb, "void_"))
                    should = ERR_FORBIDDEN;
                Err is = tried(cx, &cases[c], verb, false);
                if (should == ERR_FORBIDDEN && is == ERR_FORBIDDEN)
                    forbidden++;
                else if (should == ERR_CONFLICT)
                    conflicts++;
                else if (should == ERR_NOT_FOUND)
                    unseen++;
                else
                    allowed++;
                check(&cases[c], verb, arena_printf(&cx->mem, "person %d", (int)who), is, should);
            }
        }
        sign_in(cx, NOBODY_THERE);
        for (int v = 0; v < VERBS && strcmp(cases[c].state, "merged"); v++) {
            Err should = should_be(&cases[c], v, R_),
                is = tried(cx, &cases[c], says_the_domain[v].verb, true);
            check(&cases[c], says_the_domain[v].verb, "the reporter", is, should);
            allowed += should == OK;
        }
    }
    for (int s = 0; s < N_STATES; s++)
        assert_true(reached[s]);
    printf(
        "states × verbs × people: %zu allowed, %zu forbidden, %zu in the wrong state, %zu unseen\n",
        allowed, forbidden, conflicts, unseen);
    assert_true(allowed > 200);
}

/* Nothing in the machine that the domain does not have, and the other way round. */
static void the_machine_has_the_domains_verbs_and_no_others(void **state)
{
    (void)state;
    for (const struct step *s = problem_steps; s->verb; s++) {
        bool known = s->flags & BY_RULE || !strcmp(s->verb, "guarded");
        for (int v = 0; v < VERBS; v++)
            known |= !strcmp(says_the_domain[v].verb, s->verb);
        assert_true(known);
    }
    for (int v = 0; v < VERBS; v++)
        assert_non_null(problem_step_named(str(says_the_domain[v].verb)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(every_state_verb_and_person_is_as_the_domain_says),
        cmocka_unit_test(the_machine_has_the_domains_verbs_and_no_others),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
