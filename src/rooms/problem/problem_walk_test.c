/* problem_walk_test.c — 10,000 random walks: reports that anybody tries any verb on, legal or not.
 * After each try the row moved as the table says or did not move at all; at the end the counters
 * are those of a recount, the chain holds, every state has an exit, and nobody decided what they
 * had asked or checked what they had done.
 *
 * HEQING_WALKS and HEQING_SEED change number and chance; what was used is printed. */
#include "rooms/problem/problem_test.h"

#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_due.h"

#include <stdio.h>
#include <stdlib.h>

enum { WALKS = 10000, WALKS_PG = 600, A_STEP = 5, TRIES = 9, KEPT = 64, WALKS_MAX = 200000 };

struct walk {
    int64_t id;
    char code[13];
};
static struct walk *walks;
static size_t n_walks;
static uint64_t chance;
static size_t moved, refused, n_from[N_STATES][N_STATES];

static uint32_t dice(uint32_t n)
{
    assert_true(n > 0);
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (uint32_t)(chance >> 11) % (n ? n : 1);
}

/* Mostly who may do something in 南王村, sometimes anybody. */
static int64_t somebody(void)
{
    static const int64_t likely[] = {SECRETARY_QIAN, CADRE_SUN, CADRE_SUN, CADRE_ZHOU, DEPT_ZHAO,
        LEAD_WANG, OFFICE_ZHENG, OFFICE_HEAD_FENG, COMMANDER_CHEN, INSPECTOR_SHI, GRID_KEEPER_WU};
    return dice(6) ? likely[dice(sizeof likely / sizeof *likely)]
                   : 1 + (int64_t)dice(N_TOWN_PEOPLE - 1);
}

/* Mostly one of those whom the table lets do it. */
static int64_t one_for(const struct step *s, const Case *before)
{
    static const struct {
        uint32_t posts;
        int64_t person;
    } who[] = {
        {HAS(POST_SECRETARY),   SECRETARY_QIAN  },
        {HAS(POST_DEPT),        DEPT_ZHAO       },
        {HAS(POST_LEAD),        LEAD_WANG       },
        {HAS(POST_OFFICE),      OFFICE_ZHENG    },
        {HAS(POST_OFFICE_HEAD), OFFICE_HEAD_FENG},
        {HAS(POST_COMMANDER),   COMMANDER_CHEN  },
        {HAS(POST_INSPECTOR),   INSPECTOR_SHI   },
    };
    enum { N = sizeof who / sizeof *who };
    if (s->who & IS_HANDLER && before->handler.set && dice(8))
        return before->handler.v;
    for (uint32_t i = dice(N), tries = 0; tries < N && dice(10); i = (i + 1) % N, tries++)
        if (s->who & who[i].posts)
            return who[i].person;
    return somebody();
}

static bool needs(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; at && (at = strstr(at, word)); at += n)
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    return false;
}

static Str photo;

static OptI64 master_of(void)
{
    size_t back = n_walks < KEPT ? n_walks : KEPT;
    return some_i64(back ? walks[n_walks - 1 - dice((uint32_t)back)].id : 1);
}

/* What the verb needs, now and then without one of it. */
static struct problem_fields fields_of(Cx *cx, const struct step *s)
{
    struct problem_fields in = {0};
#define NEEDS(name) (needs(s->needs, name) && dice(12))
    if (NEEDS("text"))
        in.text = TEXT("试一试");
    if (NEEDS("reason"))
        in.reason = some_str(str(problem_reasons(s->verb)->code));
    if (NEEDS("handler"))
        in.handler = some_i64(dice(3) ? CADRE_SUN : somebody());
    if (NEEDS("master"))
        in.master = master_of();
    if (NEEDS("category"))
        in.category = dice(2) ? TEXT("6103") : TEXT("0102");
    if (NEEDS("body"))
        in.body = TEXT("河务局");
    if (NEEDS("paper_no"))
        in.paper_no = TEXT("古政〔2026〕1号");
    if (NEEDS("until"))
        in.until = some_i64(cx->now + INT64_C(3) * 86400000);
    if (NEEDS("plan"))
        in.plan = TEXT("等拨款");
    if (NEEDS("review_on"))
        in.review_on = some_str(day_text(cx, day_of(cx->now) + 20));
    if (NEEDS("photo") || (!strcmp(s->verb, "pass") && dice(2)))
        in.photo = some_str(photo);
    if (NEEDS("answer"))
        in.answer = dice(2) ? TEXT("solved") : TEXT("not");
    if (NEEDS("evaluation"))
        in.evaluation = TEXT("good");
    return in;
}

/* Half of the time a verb that the state knows, else any. */
static const struct step *a_step(enum problem_state at, const Case *p)
{
    bool decide = p->ask.set && dice(2), expected = dice(3) == 0;
    for (const struct step *s = problem_steps; s->verb && decide; s++)
        if (s->ask == GRANTS && str_eq(p->ask.v, str(s->about)) && (s->from & IN(at)))
            return s; /* what waits is decided */
    for (const struct step *s = problem_steps; s->verb && expected; s++)
        if ((s->from & IN(at)) && s->flags & IS_BIG && s->ask == NO_ASK)
            return s; /* what is expected next */
    size_t all = 0;
    while (problem_steps[all].verb)
        all++;
    for (int tries = 0; tries < 40; tries++) {
        const struct step *s = &problem_steps[dice((uint32_t)all)];
        if (((s->from & IN(at)) && !(s->who == IS_RULE)) || tries > 30 || !dice(20))
            return s;
    }
    return &problem_steps[0];
}

static Err attempt(Cx *cx, const struct walk *w, const struct step *s, const Case *before)
{
    struct problem_fields in = fields_of(cx, s);
    memset(&cx->why, 0, sizeof cx->why);
    if (s->who & IS_REPORTER && dice(8)) {
        sign_in(cx, NOBODY_THERE);
        return problem_act_by_code(cx, str(w->code), str(s->verb), &in);
    }
    sign_in(cx, one_for(s, before));
    return problem_act(cx, w->id, str(s->verb), &in);
}

/* Some row of the table leads from there to here by that verb. */
static bool table_has(const char *verb, enum problem_state from, enum problem_state to)
{
    for (const struct step *s = problem_steps; s->verb; s++)
        if (!strcmp(s->verb, verb) && (s->from & IN(from))
            && (s->to == (int)to || (s->to == SAME && from == to)))
            return true;
    /* a resident's word closes or sends back a light matter; who unmerges gives back what was */
    return (!strcmp(verb, "answer") && from == HANDLED && (to == CLOSED || to == HANDLING))
           || (!strcmp(verb, "unmerge") && to == FILED)
           || (!strcmp(verb, "take_back") && to == FILED);
}

static Err one_walk(Cx *cx)
{
    struct problem_receipt r;
    struct problem_new in = {.place = dice(3) ? S("南王村口") : S("北地头"),
        .category = dice(2) ? S("6103") : S("6101"),
        .body = S("随便走走"),
        .unit = dice(4) ? NANWANG_GRID_1 : NANWANG};
    struct walk *w = &walks[n_walks];
    sign_in(cx, NOBODY_THERE);
    TRY(problem_report(cx, &in, &r));
    w->id = r.id;
    memcpy(w->code, r.code.at, 12);
    for (int i = 0; i < TRIES; i++) {
        Case before, after;
        TRY(case_any(cx, w->id, &before));
        enum problem_state from = (enum problem_state)machine_state(&problem_machine, before.state);
        const struct step *s = a_step(from, &before);
        Err e = attempt(cx, w, s, &before);
        TRY(case_any(cx, w->id, &after));
        enum problem_state to = (enum problem_state)machine_state(&problem_machine, after.state);
        if (e != OK) {
            refused++;
            assert_int_equal(after.version, before.version);
            assert_true(str_eq(after.state, before.state));
            continue;
        }
        moved++;
        n_from[from][to]++;
        if (from != MERGED || strcmp(s->verb, "unmerge") == 0)
            assert_true(table_has(s->verb, from, to) || from == MERGED);
        cx->now += dice(5) ? 60000 : (int64_t)dice(200) * 3600 * 1000 / 10;
    }
    n_walks++;
    return OK;
}

struct stretch {
    size_t from, moved, refused;
    uint64_t chance;
    int64_t now;
};

/* The same again where the transaction runs twice. */
static Err stretch_step(Cx *cx, void *arg)
{
    const struct stretch *s = arg;
    n_walks = s->from;
    moved = s->moved;
    refused = s->refused;
    chance = s->chance;
    cx->now = s->now;
    for (int i = 0; i < A_STEP; i++)
        TRY(one_walk(cx));
    return OK;
}

/* ---- what must hold at the end */

static int64_t below(const int64_t *masters, size_t n, int64_t id)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        if (masters[i] == id)
            sum += 1 + below(masters, n, walks[i].id);
    return sum;
}

static bool ends(enum problem_state s)
{
    return s == WITHDRAWN || s == VOIDED;
}

static bool leads_out(const char *verb, enum problem_state s)
{
    for (const struct step *t = problem_steps; t->verb; t++)
        if (!strcmp(t->verb, verb) && (t->from & IN(s)) && t->to != SAME)
            return true;
    return !strcmp(verb, "unmerge") || !strcmp(verb, "take_back");
}

/* Somebody of the town may do now what leads out of its state; what is closed or rejected may stay
 * so, and what is merged goes with the one it is merged into. */
static bool has_exit(Cx *cx, const Case *p, enum problem_state s)
{
    static const int64_t likely[] = {
        OFFICE_ZHENG, COMMANDER_CHEN, DEPT_ZHAO, LEAD_WANG, SECRETARY_QIAN, INSPECTOR_SHI};
    bool out = s == CLOSED || s == REJECTED || s == MERGED;
    for (size_t i = 0; i <= sizeof likely / sizeof *likely && !out; i++) {
        struct problem_buttons buttons;
        uint32_t have;
        sign_in(cx, i ? likely[i - 1] : p->handler.v);
        if (case_posts(cx, p, &have) != OK || card_buttons(cx, p, have, &buttons) != OK)
            continue;
        for (size_t b = 0; b < buttons.n; b++)
            out |= leads_out(buttons.at[b].verb, s);
    }
    sign_in(cx, NOBODY_THERE);
    return out;
}

/* The counters of the row are those of a recount of its events. */
static void counters_are_a_recount(Cx *cx, const Case *p)
{
    static const char *const verbs[] = {
        "extend_grant", "suspend_grant", "return", "reopen", "reject"};
    const int64_t kept[] = {
        p->n_extensions, p->n_suspensions, p->n_returns, p->n_reopens, p->n_rejects};
    const struct event_row *e;
    int64_t again = 0;
    size_t n;
    assert_int_equal(events_of(cx, p->id, &e, &n), OK);
    for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++) {
        int64_t found = 0;
        for (size_t i = 0; i < n; i++)
            found += str_eq(e[i].verb, str(verbs[v]));
        assert_int_equal(kept[v], found);
    }
    for (size_t i = 0; i < n; i++)
        again += str_eq(e[i].verb, S("reopen"))
                 || (str_eq(e[i].from, S("handled")) && str_eq(e[i].to, S("handling")));
    assert_int_equal(p->rework, again);
}

/* What lists and boards count is what is there. */
static void lists_are_a_recount(Cx *cx, const size_t in_state[N_STATES], size_t live)
{
    int64_t n;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(problem_n_open(cx, NANWANG, &n), OK);
    assert_int_equal(n, live);
    for (int s = 0; s < N_STATES; s++) {
        struct problem_filter f = {.state = str(problem_states[s].code)};
        assert_int_equal(problem_n(cx, &f, &n), OK);
        assert_int_equal(n, in_state[s]);
    }
    sign_in(cx, NOBODY_THERE);
}

static void own_work_is_not_checked(Cx *cx, const Case *p)
{
    bool worked = false;
    if (p->verifier.set && str_eq(p->state, S("closed")))
        assert_int_equal(holder_worked(cx, p->id, p->verifier.v, &worked), OK);
    assert_false(worked);
}

static void own_asks_are_not_decided(Cx *cx, const Case *p)
{
    struct sql_problem_trail_asks_rows asks;
    size_t open = 0;
    assert_int_equal(sql_problem_trail_asks(cx,
                         &(struct sql_problem_trail_asks){.problem = p->id, .limit = 200}, &asks),
        OK);
    for (size_t i = 0; i < asks.n; i++) {
        open += !asks.at[i].decision.set;
        bool decided =
            asks.at[i].decision.set && !str_eq(asks.at[i].decision.v, S("dropped")); /* overtaken */
        if (decided && asks.at[i].decided_by.v)                                      /* 0: a rule */
            assert_true(asks.at[i].decided_by.v != asks.at[i].asked_by);
    }
    assert_int_equal(open, p->ask.set ? 1 : 0);
}

static void all_of_it_holds(Cx *cx)
{
    struct verdict v;
    size_t in_state[N_STATES] = {0}, live = 0;
    int64_t *masters = calloc(n_walks, sizeof *masters), *merged = calloc(n_walks, sizeof *merged);
    sign_in(cx, NOBODY_THERE);
    for (size_t i = 0; i < n_walks; i++) {
        Cx own = *cx;
        own.mem = (Arena){0};
        Case p = the_case(&own, walks[i].id);
        enum problem_state s = (enum problem_state)machine_state(&problem_machine, p.state);
        assert_int_equal(p.live, state_live(s));
        assert_true(ends(s) || has_exit(&own, &p, s));
        counters_are_a_recount(&own, &p);
        in_state[s]++;
        live += p.live != 0;
        assert_int_equal(p.master.set, s == MERGED);
        assert_true(!p.live || p.turn.len || s == SUSPENDED); /* a day brings it back */
        masters[i] = p.master.v;
        merged[i] = p.n_merged;
        own_work_is_not_checked(&own, &p);
        own_asks_are_not_decided(&own, &p);
        arena_reset(&own.mem);
    }
    for (size_t i = 0; i < n_walks; i++)
        assert_int_equal(merged[i], below(masters, n_walks, walks[i].id));
    lists_are_a_recount(cx, in_state, live);
    assert_int_equal(log_verify(cx, NULL, &v), OK);
    assert_int_equal(v.bad_seq, 0);
    free(masters);
    free(merged);
}

static size_t asked(const char *name, size_t usual)
{
    const char *s = getenv(name);
    size_t n = s ? strtoul(s, NULL, 10) : usual;
    return n && n < WALKS_MAX ? n : usual;
}

static void random_walks_keep_every_invariant(void **state)
{
    Cx *cx = *state;
    size_t want = asked("HEQING_WALKS", db_is_pg(town_db_url()) ? WALKS_PG : WALKS);
    uint64_t seed = asked("HEQING_SEED", 4120);
    walks = calloc(want + A_STEP, sizeof *walks);
    photo = a_photo(cx);
    chance = seed * 2654435761U + 88172645463325252U;
    while (n_walks < want) {
        Cx own = *cx;
        own.mem = (Arena){0};
        struct stretch s = {n_walks, moved, refused, chance, cx->now};
        Err e =
            ERR_BUSY; /* a slow machine: over the time a transaction may take, it is tried again */
        for (int tries = 0; e == ERR_BUSY && tries < 20; tries++)
            e = db_transaction(&own, stretch_step, &s);
        assert_int_equal(e, OK);
        cx->now = own.now;
        if (n_walks / A_STEP % 200 == 0) {
            memset(&own.me, 0, sizeof own.me);
            assert_int_equal(problem_watch_job(&own), OK);
        }
        arena_reset(&own.mem);
    }
    printf("%zu walks of seed %llu: %zu verbs done, %zu refused\n", n_walks,
        (unsigned long long)seed, moved, refused);
    assert_true(moved > n_walks && refused > n_walks);
    for (int to = 0; to < N_STATES && want > 500; to++) {
        size_t n = 0;
        for (int from = 0; from < N_STATES; from++)
            n += n_from[from][to];
        if (!n)
            printf("no walk came to %s\n", problem_states[to].code);
        assert_true(n > 0);
    }
    all_of_it_holds(cx);
    free(walks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_TOWN(random_walks_keep_every_invariant)};
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
