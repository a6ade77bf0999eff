/* store_test.c — the lane, the log and its proof, on whichever engine is set. */
#include "town.h"

#include "gen/sql_store.h"
#include "store/db_impl.h"
#include "store/lane.h"
#include "store/lease.h"
#include "store/log.h"
#include "store/submit.h"
#include "store/towns.h"

#include <pthread.h>

struct said {
    const char *verb;
    Str text;
    int64_t id;
    Err then; /* what the step says in the end */
};

static Err say_step(Cx *cx, void *arg)
{
    struct said *s = arg;
    s->id = new_id(cx);
    TRY(event_add(cx, &(struct event){.verb = s->verb,
                          .unit = cx->town_id * 1000000,
                          .object = s->id,
                          .to = S("open"),
                          .said = s->text}));
    return s->then;
}

static Err say_it(Cx *cx, const char *verb, Str text)
{
    struct said s = {.verb = verb, .text = text};
    return db_transaction(cx, say_step, &s);
}

static void what_was_acknowledged_is_there_and_the_chain_holds(void **state)
{
    Cx *cx = *state;
    struct verdict v;
    struct said s = {.verb = "report", .text = S("村口有垃圾")};
    const struct event_row *e;
    size_t n;

    assert_int_equal(db_transaction(cx, say_step, &s), OK);
    assert_int_equal(events_of(cx, s.id, &e, &n), OK);
    assert_int_equal(n, 1);
    assert_true(str_eq(e[0].said, S("村口有垃圾")));
    assert_true(str_eq(e[0].to, S("open")));
    assert_int_equal(e[0].at, cx->now);
    assert_int_equal(log_verify(cx, NULL, &v), OK);
    assert_null(v.why);
    assert_int_equal(v.rows, 1);
}

static void a_step_that_refuses_after_writing_leaves_nothing(void **state)
{
    Cx *cx = *state;
    struct said s = {.verb = "report", .text = S("x"), .then = ERR_FORBIDDEN};
    struct checkpoint before, after;

    assert_int_equal(log_head(cx, &before), OK);
    assert_int_equal(db_transaction(cx, say_step, &s), ERR_FORBIDDEN);
    assert_int_equal(log_head(cx, &after), OK);
    assert_int_equal(before.seq, after.seq);
    assert_int_equal(say_it(cx, "report", S("y")), OK);
    assert_int_equal(log_head(cx, &after), OK);
    assert_int_equal(after.seq, before.seq + 1);
}

static Err erase_step(Cx *cx, void *arg)
{
    return event_erase(cx, *(int64_t *)arg);
}

static void an_erased_text_is_gone_and_the_chain_still_holds(void **state)
{
    Cx *cx = *state;
    int64_t seq = 1;
    struct verdict v;

    assert_int_equal(say_it(cx, "report", S("13800001234")), OK);
    assert_int_equal(db_transaction(cx, erase_step, &seq), OK);
    assert_int_equal(db_transaction(cx, erase_step, &seq), ERR_NOT_FOUND);
    assert_int_equal(log_verify(cx, NULL, &v), OK);
    assert_null(v.why);
    assert_int_equal(v.rows, 2);
}

/* Who holds the file can change it; the chain tells. */
static void tamper(const char *sql)
{
    Db *db = db_open(&(struct db_opt){.url = town_db_url(), .node = "thief"});
    assert_non_null(db);
    assert_int_equal(db->ops->script(db, sql), OK);
    db_close(db);
}

static const char *verdict_after(Cx *cx, const char *sql)
{
    struct verdict v = {0};
    for (int i = 0; i < 3; i++)
        assert_int_equal(say_it(cx, "report", S("原话")), OK);
    tamper(sql);
    assert_int_equal(log_verify(cx, NULL, &v), OK);
    return v.why ? v.why : "nothing";
}

static void a_changed_event_is_noticed(void **state)
{
    assert_string_equal(verdict_after(*state, "UPDATE event SET actor = 9 WHERE seq = 2"), "hash");
}

static void a_missing_event_is_noticed(void **state)
{
    assert_string_equal(
        verdict_after(*state, "DELETE FROM event WHERE seq = 2"), "missing or out of order");
}

static void a_cut_end_is_noticed(void **state)
{
    assert_string_equal(verdict_after(*state, "DELETE FROM event WHERE seq = 3"),
        "not the end the town's row knows");
}

static void a_changed_text_is_noticed(void **state)
{
    assert_string_equal(
        verdict_after(*state, "UPDATE event_text SET body = 'lies' WHERE seq = 1"), "text changed");
}

static void a_text_gone_without_its_erasure_is_noticed(void **state)
{
    assert_string_equal(verdict_after(*state, "DELETE FROM event_text WHERE seq = 3"),
        "text gone without its erasure");
}

static void a_changed_counter_is_noticed(void **state)
{
    assert_string_equal(verdict_after(*state, "UPDATE day_count SET n = n + 1"), "counter");
}

static void a_cut_chain_that_was_patched_up_is_noticed_by_a_kept_checkpoint(void **state)
{
    Cx *cx = *state;
    struct checkpoint early, kept;
    struct verdict v;
    assert_int_equal(say_it(cx, "report", S("一")), OK);
    assert_int_equal(log_head(cx, &early), OK);
    assert_int_equal(say_it(cx, "report", S("二")), OK);
    assert_int_equal(log_head(cx, &kept), OK);
    assert_int_equal(log_verify(cx, &kept, &v), OK);
    assert_null(v.why);
    kept.hash[0] ^= 1;
    assert_int_equal(log_verify(cx, &kept, &v), OK);
    assert_string_equal(v.why, "not the chain of the checkpoint");
    kept.seq = 3;
    assert_int_equal(log_verify(cx, &kept, &v), OK);
    assert_string_equal(v.why, "ends before the checkpoint");
}

struct number {
    Str series;
    int64_t n;
    Err then;
};

static Err number_step(Cx *cx, void *arg)
{
    struct number *k = arg;
    TRY(new_number(cx, k->series, &k->n));
    TRY(event_add(cx, &(struct event){.verb = "file", .object = k->n}));
    return k->then;
}

static void numbers_have_no_gaps_even_after_a_refusal(void **state)
{
    Cx *cx = *state;
    struct number k = {.series = S("GX-2026")};
    assert_int_equal(db_transaction(cx, number_step, &k), OK);
    assert_int_equal(k.n, 1);
    k.then = ERR_CONFLICT;
    assert_int_equal(db_transaction(cx, number_step, &k), ERR_CONFLICT);
    k.then = OK;
    assert_int_equal(db_transaction(cx, number_step, &k), OK);
    assert_int_equal(k.n, 2);
}

static void an_unknown_town_is_not_found(void **state)
{
    Cx *cx = *state;
    cx->town_id = 999999999;
    assert_int_equal(say_it(cx, "report", S("x")), ERR_NOT_FOUND);
}

static void the_towns_are_listed_without_the_chain_of_none(void **state)
{
    Cx *cx = *state;
    const int64_t *at;
    size_t n;
    assert_int_equal(store_towns(cx, &at, &n), OK);
    assert_int_equal(n, 2);
    assert_int_equal(at[0], OTHER_TOWN);
    assert_int_equal(at[1], TEST_TOWN);
}

enum { WRITERS = 16, EACH = 25 };

static void *writer(void *arg)
{
    int64_t town = (int64_t)(intptr_t)arg;
    for (int i = 0; i < EACH; i++) {
        Cx cx = {.now = town_ms(2026, 6, 15, 10, i), .town_id = town, .door = "web"};
        struct said s = {.verb = "report", .text = S("同时"), .then = i % 5 ? OK : ERR_FORBIDDEN};
        Err e = db_transaction(&cx, say_step, &s);
        arena_reset(&cx.mem);
        if (e != s.then)
            return "a write ended otherwise";
    }
    return NULL;
}

static void sixteen_writers_of_two_towns_leave_whole_chains(void **state)
{
    Cx *cx = *state;
    pthread_t t[WRITERS];
    struct verdict v;
    for (intptr_t i = 0; i < WRITERS; i++)
        assert_int_equal(
            pthread_create(&t[i], NULL, writer, (void *)(intptr_t)(i % 2 ? TEST_TOWN : OTHER_TOWN)),
            0);
    for (int i = 0; i < WRITERS; i++) {
        void *why;
        pthread_join(t[i], &why);
        assert_null(why);
    }
    for (int i = 0; i < 2; i++) {
        cx->town_id = i ? TEST_TOWN : OTHER_TOWN;
        assert_int_equal(log_verify(cx, NULL, &v), OK);
        assert_null(v.why);
        assert_int_equal(v.rows, WRITERS / 2 * EACH * 4 / 5);
    }
}

static void a_reading_connection_refuses_to_write(void **state)
{
    Cx *cx = *state;
    unsigned char head[32] = {0};
    assert_int_not_equal(sql_store_town_new(cx,
                             &(struct sql_store_town_new){
                                 .head = {(char *)head, 32}
    }),
        OK);
}

static void migrating_again_changes_nothing(void **state)
{
    Cx *cx = *state;
    const struct db_migration *m;
    size_t n;
    Cx own = {.now = cx->now, .db = db_open(&(struct db_opt){.url = town_db_url()})};
    assert_int_equal(db_migrate(&own), OK);
    assert_int_equal(db_migrations(&own, &m, &n), OK);
    for (size_t i = 0; i < n; i++)
        assert_true(m[i].applied);
    db_close(own.db);
    arena_reset(&own.mem);
}

struct form {
    Str key, words;
    int64_t id;
    bool again;
};

static Err form_step(Cx *cx, void *arg)
{
    struct form *f = arg;
    unsigned char sum[SUM_BYTES];
    Sum s;
    sum_begin(&s);
    sum_str(&s, f->words);
    sum_end(&s, sum);
    Err e = submit_seen(cx, f->key, sum, &f->id);
    f->again = e == OK;
    if (e != ERR_NOT_FOUND)
        return e;
    f->id = new_id(cx);
    TRY(submit_keep(cx, f->key, sum, f->id));
    return event_add(cx, &(struct event){.verb = "report", .object = f->id});
}

static void the_same_form_twice_is_one_row_and_other_content_is_a_conflict(void **state)
{
    Cx *cx = *state;
    struct form f = {.key = S("AbCd-0123456789_efgh"), .words = S("路灯不亮")}, again = f,
                other = {.key = f.key, .words = S("路面破损")}, odd = {.key = S("short")};
    assert_int_equal(db_transaction(cx, form_step, &f), OK);
    assert_false(f.again);
    assert_int_equal(db_transaction(cx, form_step, &again), OK);
    assert_true(again.again);
    assert_int_equal(again.id, f.id);
    assert_int_equal(db_transaction(cx, form_step, &other), ERR_CONFLICT);
    assert_string_equal(cx->why.field, "key");
    assert_int_equal(db_transaction(cx, form_step, &odd), ERR_INVALID);
    cx->now += INT64_C(31) * 86400000;
    assert_int_equal(submit_tidy(cx), OK);
    assert_int_equal(db_transaction(cx, form_step, &other), OK);
    assert_false(other.again);
}

static void of_two_nodes_one_gets_the_job_and_the_next_turn_comes_in_time(void **state)
{
    Cx *cx = *state;
    int64_t due, minute = 60000;
    assert_int_equal(lease_take(cx, "urge", "a", minute, minute, &due), OK);
    assert_int_equal(lease_take(cx, "urge", "b", minute, minute, &due), ERR_CONFLICT);
    assert_int_equal(lease_done(cx, "urge", "a"), OK);
    assert_int_equal(lease_take(cx, "urge", "b", minute, minute, &due), ERR_CONFLICT);
    assert_int_equal(due, cx->now + minute);
    cx->now += minute;
    assert_int_equal(lease_take(cx, "urge", "b", minute, minute, &due), OK);
}

static void a_job_whose_holder_died_is_taken_over_when_its_lease_is_over(void **state)
{
    Cx *cx = *state;
    int64_t due, minute = 60000;
    assert_int_equal(lease_take(cx, "urge", "a", 0, 2 * minute, &due), OK);
    cx->now += minute;
    assert_int_equal(lease_take(cx, "urge", "b", 0, 2 * minute, &due), ERR_CONFLICT);
    cx->now += 2 * minute;
    assert_int_equal(lease_take(cx, "urge", "b", 0, 2 * minute, &due), OK);
}

static void a_clock_set_back_an_hour_stops_no_job(void **state)
{
    Cx *cx = *state;
    int64_t due, minute = 60000;
    assert_int_equal(lease_take(cx, "urge", "a", minute, minute, &due), OK);
    cx->now -= 60 * minute;
    assert_int_equal(lease_take(cx, "urge", "b", minute, minute, &due), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(what_was_acknowledged_is_there_and_the_chain_holds),
        IN_EMPTY_TOWN(a_step_that_refuses_after_writing_leaves_nothing),
        IN_EMPTY_TOWN(an_erased_text_is_gone_and_the_chain_still_holds),
        IN_EMPTY_TOWN(a_changed_event_is_noticed),
        IN_EMPTY_TOWN(a_missing_event_is_noticed),
        IN_EMPTY_TOWN(a_cut_end_is_noticed),
        IN_EMPTY_TOWN(a_changed_text_is_noticed),
        IN_EMPTY_TOWN(a_text_gone_without_its_erasure_is_noticed),
        IN_EMPTY_TOWN(a_changed_counter_is_noticed),
        IN_EMPTY_TOWN(a_cut_chain_that_was_patched_up_is_noticed_by_a_kept_checkpoint),
        IN_EMPTY_TOWN(numbers_have_no_gaps_even_after_a_refusal),
        IN_EMPTY_TOWN(an_unknown_town_is_not_found),
        IN_EMPTY_TOWN(the_towns_are_listed_without_the_chain_of_none),
        IN_EMPTY_TOWN(sixteen_writers_of_two_towns_leave_whole_chains),
        IN_EMPTY_TOWN(a_reading_connection_refuses_to_write),
        IN_EMPTY_TOWN(migrating_again_changes_nothing),
        IN_EMPTY_TOWN(the_same_form_twice_is_one_row_and_other_content_is_a_conflict),
        IN_EMPTY_TOWN(of_two_nodes_one_gets_the_job_and_the_next_turn_comes_in_time),
        IN_EMPTY_TOWN(a_job_whose_holder_died_is_taken_over_when_its_lease_is_over),
        IN_EMPTY_TOWN(a_clock_set_back_an_hour_stops_no_job),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
