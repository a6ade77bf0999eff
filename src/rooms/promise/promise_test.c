/* promise_test.c — 承诺: every state, verb and person; changes, claims, lateness, the board. */
#include "tests/publicity.h"
#include "tests/web_town.h"

#include "photo/photo.h"
#include "rooms/duty/duty.h"
#include "rooms/promise/promise_inner.h"
#include "store/db.h"
#include "store/log.h"
#include "web/web_call.h"

#include <stdio.h>
#include <string.h>

#define TEXT(s) some_str(S(s))
#define NOTHING (&(struct promise_fields){0})
enum { DAY_MS = 24 * 3600 * 1000 };

static Promise a_promise(void)
{
    return (Promise){.unit = NANWANG,
        .text = S("硬化里巷 1200 米"),
        .measure = S("number"),
        .metric = TEXT("米"),
        .goal = some_i64(120000),
        .due_on = S("2026-06-30")};
}

static Err add_step(Cx *cx, void *arg)
{
    Promise *p = arg;
    p->id = new_id(cx);
    return promise_add(cx, p);
}

static int64_t drafted(Cx *cx, Promise p)
{
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(db_transaction(cx, add_step, &p), OK);
    return p.id;
}

static Err does(Cx *cx, int64_t who, int64_t id, const char *verb, const struct promise_fields *in)
{
    sign_in(cx, who);
    return promise_act(cx, id, str(verb), in);
}

static int64_t published(Cx *cx)
{
    int64_t id = drafted(cx, a_promise());
    assert_int_equal(does(cx, LEAD_WANG, id, "publish", NOTHING), OK);
    return id;
}

static Promise row(Cx *cx, int64_t id)
{
    Promise p;
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(promise_open(cx, id, &p), OK);
    return p;
}

static void assert_state(Cx *cx, int64_t id, const char *state)
{
    Promise p = row(cx, id);
    assert_true(str_eq(p.state, str(state)));
}

static struct promise_fields a_claim(Cx *cx)
{
    return (struct promise_fields){.text = TEXT("三条巷子完工"),
        .result = some_i64(126000),
        .evidence = some_str(a_photo(cx))};
}

static int64_t claimed(Cx *cx)
{
    struct promise_fields in = a_claim(cx);
    int64_t id = published(cx);
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "claim", &in), OK);
    return id;
}

/* ---- every state × verb × person, against the domain written a second time */
static const struct {
    const char *verb, *from;
    uint32_t who;
} says_the_domain[] = {
    {"publish",   "draft",               HAS(POST_LEAD)                    },
    {"withdraw",  "draft",               HAS(POST_SECRETARY) | OFFICE_POSTS},
    {"change",    "public",              HAS(POST_SECRETARY)               },
    {"claim",     "public",              HAS(POST_SECRETARY)               },
    {"confirm",   "done_claimed",        HAS(POST_DEPT)                    },
    {"send_back", "done_claimed",        HAS(POST_DEPT)                    },
    {"miss",      "public done_claimed", HAS(POST_DEPT)                    },
};
enum { VERBS = sizeof says_the_domain / sizeof *says_the_domain };

struct trying {
    int64_t id;
    const char *verb;
    Err is;
};

/* Whatever it did is undone. */
static Err try_step(Cx *cx, void *arg)
{
    struct trying *t = arg;
    t->is = promise_act(cx, t->id, str(t->verb), NOTHING);
    return ERR_INVALID;
}

static Err tried(Cx *cx, int64_t id, const char *verb)
{
    struct trying t = {.id = id, .verb = verb};
    assert_int_equal(db_transaction(cx, try_step, &t), ERR_INVALID);
    return t.is == ERR_INVALID ? OK : t.is; /* theirs to do, whatever the form lacks */
}

static void every_state_verb_and_person_is_as_the_domain_says(void **state)
{
    Cx *cx = *state;
    static const char *const names[N_PROMISE_STATES] = {
        "draft", "public", "done_claimed", "confirmed", "missed", "withdrawn"};
    int64_t ids[N_PROMISE_STATES];
    struct promise_fields why = {.text = TEXT("没有做到")}, claim = a_claim(cx);
    static const char *const texts[N_PROMISE_STATES] = {"甲", "乙", "丙", "丁", "戊", "己"};
    for (int s = 0; s < N_PROMISE_STATES; s++) {
        Promise p = a_promise();
        p.text = str(texts[s]);
        p.due_on = S("2026-06-15");
        ids[s] = drafted(cx, p);
        if (s == DRAFT_WITHDRAWN)
            assert_int_equal(does(cx, SECRETARY_QIAN, ids[s], "withdraw", NOTHING), OK);
        else if (s > DRAFT)
            assert_int_equal(does(cx, LEAD_WANG, ids[s], "publish", NOTHING), OK);
        if (s == DONE_CLAIMED || s == CONFIRMED)
            assert_int_equal(does(cx, SECRETARY_QIAN, ids[s], "claim", &claim), OK);
        if (s == CONFIRMED)
            assert_int_equal(does(cx, DEPT_ZHAO, ids[s], "confirm", NOTHING), OK);
    }
    cx->now += DAY_MS; /* the day is over */
    assert_int_equal(does(cx, DEPT_ZHAO, ids[MISSED], "miss", &why), OK);
    size_t allowed = 0;
    for (int s = 0; s < N_PROMISE_STATES; s++) {
        assert_state(cx, ids[s], names[s]);
        for (int64_t who = 1; who < N_TOWN_PEOPLE; who++) {
            uint32_t have;
            Promise seen;
            sign_in(cx, who);
            bool sees = sql_promise_find(cx, &(struct sql_promise_find){ids[s]}, &seen) == OK;
            assert_int_equal(duty_posts_over(cx, NANWANG, &have), OK);
            for (int v = 0; v < VERBS; v++) {
                Err should = !sees                                       ? ERR_NOT_FOUND
                             : !(have & says_the_domain[v].who)          ? ERR_FORBIDDEN
                             : strstr(says_the_domain[v].from, names[s]) ? OK
                                                                         : ERR_CONFLICT;
                Err is = tried(cx, ids[s], says_the_domain[v].verb);
                if (is != should)
                    fprintf(stderr, "%s %s as person %d: %d, should be %d\n", names[s],
                        says_the_domain[v].verb, (int)who, (int)is, (int)should);
                assert_int_equal(is, should);
                allowed += is == OK;
            }
        }
    }
    assert_int_equal(allowed, 1 + 3 + 3 + 3);
}

static void the_machine_has_the_domains_verbs_and_no_others(void **state)
{
    (void)state;
    size_t n = 0;
    for (const struct step *s = promise_machine.steps; s->verb; s++, n++)
        assert_string_equal(s->verb, says_the_domain[n].verb);
    assert_int_equal(n, VERBS);
}

/* ---- what the table does not say */

static void a_promise_by_number_says_how_much_and_one_by_fact_does_not(void **state)
{
    Cx *cx = *state;
    Promise p = a_promise();
    sign_in(cx, SECRETARY_QIAN);
    p.goal = (OptI64){0};
    assert_int_equal(promise_check(cx, &p), ERR_INVALID);
    assert_string_equal(cx->why.field, "goal");
    p = a_promise();
    p.measure = S("fact");
    assert_int_equal(promise_check(cx, &p), ERR_INVALID);
    assert_string_equal(cx->why.field, "goal");
    p = a_promise();
    p.due_on = S("2026-06-14");
    assert_int_equal(promise_check(cx, &p), ERR_INVALID);
    assert_string_equal(cx->why.field, "due_on");
    drafted(cx, a_promise());
    p = a_promise();
    assert_int_equal(promise_check(cx, &p), ERR_INVALID); /* the same words again */
    assert_string_equal(cx->why.field, "text");
}

static void a_change_needs_a_note_and_keeps_the_old_words(void **state)
{
    Cx *cx = *state;
    int64_t id = published(cx);
    struct promise_fields in = {.words = TEXT("硬化里巷 1500 米"), .goal = some_i64(150000)};
    struct promise_changes past;
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "change", &in), ERR_INVALID);
    in.text = TEXT("加上东二巷");
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "change", &in), OK);
    assert_int_equal(promise_changes(cx, id, &past), OK);
    assert_int_equal(past.n, 1);
    assert_true(str_eq(past.at[0].old_text, S("硬化里巷 1200 米")));
    assert_int_equal(past.at[0].old_goal.v, 120000);
    assert_true(str_eq(past.at[0].note, S("加上东二巷")));
    assert_int_equal(row(cx, id).goal.v, 150000);
    cx->now += 20 * DAY_MS;
    in.words = TEXT("少做一点");
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "change", &in), ERR_CONFLICT); /* too late */
}

static void a_claim_brings_evidence_and_the_whole_number(void **state)
{
    Cx *cx = *state;
    int64_t id = published(cx);
    struct promise_fields in = a_claim(cx), bare = in;
    bare.evidence = (OptStr){0};
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "claim", &bare), ERR_INVALID);
    assert_string_equal(cx->why.field, "evidence");
    in.result = some_i64(119900);
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "claim", &in), ERR_INVALID);
    assert_string_equal(cx->why.field, "result");
    in.result = some_i64(120000);
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "claim", &in), OK);
    assert_int_equal(does(cx, DEPT_ZHAO, id, "confirm", NOTHING), OK);
    Promise p = row(cx, id);
    assert_int_equal(p.confirmed_by.v, DEPT_ZHAO);
    assert_int_equal(p.result.v, 120000);
}

static void it_is_missed_only_after_its_day(void **state)
{
    Cx *cx = *state;
    int64_t id = published(cx);
    struct promise_fields why = {.text = TEXT("没有做到")};
    assert_int_equal(does(cx, DEPT_ZHAO, id, "miss", &why), ERR_CONFLICT);
    cx->now = promise_over_at(S("2026-06-30"));
    assert_int_equal(does(cx, DEPT_ZHAO, id, "miss", &why), OK);
    assert_state(cx, id, "missed");
}

static void a_withdrawn_draft_is_over_and_its_words_are_free(void **state)
{
    Cx *cx = *state;
    int64_t id = drafted(cx, a_promise());
    struct promise_fields why = {.text = TEXT("量错了，重写")};
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "withdraw", &why), OK);
    assert_state(cx, id, "withdrawn");
    Promise p = row(cx, id);
    assert_true(str_eq(p.end_text.v, S("量错了，重写")));
    assert_int_equal(promise_check(cx, &p), ERR_INVALID); /* no edit brings it back */
    assert_int_equal(does(cx, LEAD_WANG, id, "publish", NOTHING), ERR_CONFLICT);
    int64_t again = drafted(cx, a_promise());
    assert_int_equal(does(cx, LEAD_WANG, again, "publish", NOTHING), OK);
    assert_int_equal(does(cx, SECRETARY_QIAN, again, "withdraw", &why), ERR_CONFLICT);
    struct promises shown;
    assert_int_equal(promise_due(cx, NANWANG, S("2026-01-01"), S("2026-12-31"), &shown), OK);
    assert_int_equal(shown.n, 1);
}

static void a_public_one_is_no_draft_any_more(void **state)
{
    Cx *cx = *state;
    int64_t id = published(cx);
    Promise p = row(cx, id);
    p.text = S("悄悄改小");
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(promise_check(cx, &p), ERR_INVALID);
}

static int64_t rung(Cx *cx, int64_t id)
{
    return row(cx, id).rung;
}

static void the_clock(Cx *cx)
{
    sign_in(cx, 0);
    assert_int_equal(promise_watch_job(cx), OK);
}

static void a_late_one_climbs_a_level_a_working_day(void **state)
{
    Cx *cx = *state;
    int64_t id = published(cx);
    Promise p = row(cx, id);
    assert_false(promise_late(cx, &p));
    the_clock(cx);
    assert_int_equal(rung(cx, id), 0);
    cx->now = promise_over_at(S("2026-06-30")); /* Wednesday, 1 July 00:00 */
    p = row(cx, id);
    assert_true(promise_late(cx, &p));
    the_clock(cx);
    the_clock(cx);
    assert_int_equal(rung(cx, id), 1); /* the secretary, once */
    cx->now = town_ms(2026, 7, 1, 17, 31);
    the_clock(cx);
    assert_int_equal(rung(cx, id), 2); /* L3 */
    cx->now = town_ms(2026, 7, 2, 17, 31);
    the_clock(cx);
    assert_int_equal(rung(cx, id), 3); /* L4 */
    cx->now = town_ms(2026, 7, 3, 17, 31);
    the_clock(cx);
    assert_int_equal(rung(cx, id), 4); /* the office */
    p = row(cx, id);
    assert_false(p.next_at.set);
}

static void a_claim_stops_the_clock_and_sending_back_starts_it(void **state)
{
    Cx *cx = *state;
    int64_t id = claimed(cx);
    struct promise_fields why = {.text = TEXT("还差一条")};
    cx->now = promise_over_at(S("2026-06-30"));
    the_clock(cx);
    assert_int_equal(rung(cx, id), 0);
    assert_int_equal(does(cx, DEPT_ZHAO, id, "send_back", &why), OK);
    the_clock(cx);
    assert_int_equal(rung(cx, id), 1);
}

/* ---- pages */

static void residents_see_what_is_public_with_its_old_words_and_no_draft(void **state)
{
    Cx *cx = *state;
    Promise other = a_promise();
    other.text = S("还没亮出来的");
    int64_t draft = drafted(cx, other), id = published(cx);
    struct promise_fields in = {.text = TEXT("加上东二巷"), .words = TEXT("硬化里巷 1500 米")};
    assert_int_equal(does(cx, SECRETARY_QIAN, id, "change", &in), OK);
    web_call_open(cx, town_dir());
    struct web_answer a = web_page(cx, 0, "/promises?village=410108101206000");
    assert_int_equal(a.status, 200);
    assert_true(has_words(a.body, "硬化里巷 1500 米"));
    assert_true(has_words(a.body, "硬化里巷 1200 米"));
    assert_false(has_words(a.body, "还没亮出来的"));
    assert_false(has_words(a.body, "钱七"));
    a = web_page(
        cx, 0, arena_printf(&cx->mem, "/promises/%lld?village=410108101206000", (long long)id));
    assert_int_equal(a.status, 200);
    assert_true(has_words(a.body, "加上东二巷"));
    const char *path =
        arena_printf(&cx->mem, "/promises/%lld?village=410108101206000", (long long)draft);
    assert_int_equal(web_page(cx, 0, path).status, 404);
    assert_int_equal(web_page(cx, SECRETARY_OF_SUNZHUANG, path).status, 404);
    a = web_page(cx, LEAD_WANG, path);
    assert_int_equal(a.status, 200);
    assert_true(has_words(a.body, "同意亮出"));
    assert_true(has_words(web_page(cx, LEAD_WANG, "/promises").body, "还没亮出来的"));
    web_call_close();
}

static void the_board_holds_what_was_due_against_what_was_done(void **state)
{
    Cx *cx = *state;
    struct promise_score s = {0};
    int64_t id = claimed(cx);
    assert_int_equal(does(cx, DEPT_ZHAO, id, "confirm", NOTHING), OK);
    Promise p = row(cx, id);
    promise_count(cx, &p, &s);
    p = a_promise();
    p.text = S("另一条");
    id = drafted(cx, p);
    assert_int_equal(does(cx, LEAD_WANG, id, "publish", NOTHING), OK);
    p = row(cx, id);
    promise_count(cx, &p, &s);
    assert_int_equal(s.n_public, 2);
    assert_int_equal(s.n_due, 1);
    assert_int_equal(s.n_confirmed, 1);
    cx->now += 20 * DAY_MS;
    s = (struct promise_score){0};
    promise_count(cx, &p, &s);
    assert_int_equal(s.n_due, 1);
    assert_int_equal(s.n_late, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(every_state_verb_and_person_is_as_the_domain_says),
        cmocka_unit_test(the_machine_has_the_domains_verbs_and_no_others),
        IN_TOWN(a_promise_by_number_says_how_much_and_one_by_fact_does_not),
        IN_TOWN(a_change_needs_a_note_and_keeps_the_old_words),
        IN_TOWN(a_claim_brings_evidence_and_the_whole_number),
        IN_TOWN(it_is_missed_only_after_its_day),
        IN_TOWN(a_withdrawn_draft_is_over_and_its_words_are_free),
        IN_TOWN(a_public_one_is_no_draft_any_more),
        IN_TOWN(a_late_one_climbs_a_level_a_working_day),
        IN_TOWN(a_claim_stops_the_clock_and_sending_back_starts_it),
        IN_TOWN(residents_see_what_is_public_with_its_old_words_and_no_draft),
        IN_TOWN(the_board_holds_what_was_due_against_what_was_done),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
