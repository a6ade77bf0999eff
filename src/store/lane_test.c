/* lane_test.c — the write path under what can happen to it: refusals in a batch, endless
 * statements, a full queue, two lanes that meet. */
#include "town.h"

#include "store/db_impl.h"
#include "store/lane.h"
#include "store/log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

static void nap(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

/* One write of a thread of its own. */
struct one {
    pthread_t thread;
    Err (*step)(Cx *, void *);
    int64_t town_id;
    int no;
    Err err;
    int64_t id, took_ms;
    pthread_barrier_t *gate; /* what all wait at before they write; NULL: none */
};

static void *run_one(void *arg)
{
    struct one *o = arg;
    Cx cx = {.now = town_ms(2026, 6, 15, 10, 0), .town_id = o->town_id, .door = "web"};
    if (o->gate)
        pthread_barrier_wait(o->gate);
    int64_t start = mono_ms();
    o->err = db_transaction(&cx, o->step, o);
    o->took_ms = mono_ms() - start;
    arena_reset(&cx.mem);
    return NULL;
}

static void start(struct one *o, size_t n, Err (*step)(Cx *, void *))
{
    for (size_t i = 0; i < n; i++) {
        o[i].step = step;
        o[i].no = (int)i;
        o[i].town_id = o[i].town_id ? o[i].town_id : TEST_TOWN;
        assert_int_equal(pthread_create(&o[i].thread, NULL, run_one, &o[i]), 0);
    }
}

static void join(struct one *o, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pthread_join(o[i].thread, NULL);
}

static Err write_something(Cx *cx, struct one *o)
{
    o->id = new_id(cx);
    return event_add(cx, &(struct event){.verb = "report", .object = o->id, .said = S("内容")});
}

static Err just_writes(Cx *cx, void *arg)
{
    return write_something(cx, arg);
}

static Err holds_the_lane(Cx *cx, void *arg)
{
    nap(300);
    return write_something(cx, arg);
}

static Err third_one_refuses_after_writing(Cx *cx, void *arg)
{
    struct one *o = arg;
    TRY(write_something(cx, o));
    return o->no % 3 == 0 ? ERR_FORBIDDEN : OK;
}

static void a_refusal_in_a_batch_takes_nothing_of_the_others(void **state)
{
    Cx *cx = *state;
    struct one first[1] = {{0}}, rest[24] = {{0}};
    struct verdict v;
    start(first, 1, holds_the_lane); /* so that the rest queue up into one batch */
    nap(50);
    start(rest, 24, third_one_refuses_after_writing);
    join(first, 1);
    join(rest, 24);
    for (int i = 0; i < 24; i++)
        assert_int_equal(rest[i].err, i % 3 == 0 ? ERR_FORBIDDEN : OK);
    for (int i = 0; i < 24; i++)
        for (int k = 0; k < i; k++)
            assert_true(rest[i].err || rest[k].err || rest[i].id != rest[k].id);
    assert_int_equal(log_verify(cx, NULL, &v), OK);
    assert_null(v.why);
    assert_int_equal(v.rows, 17);
}

static Err never_ends(Cx *cx, void *arg)
{
    TRY(write_something(cx, arg));
    return cx->db->ops->script(cx->db,
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 10000000000)"
        " SELECT count(*) FROM c");
}

static void a_statement_past_its_time_is_busy_and_the_next_write_goes_on(void **state)
{
    Cx *cx = *state;
    struct one slow[1] = {{0}}, next[1] = {{0}};
    struct verdict v;
    start(slow, 1, never_ends);
    nap(50);
    start(next, 1, just_writes);
    join(slow, 1);
    join(next, 1);
    assert_int_equal(slow[0].err, ERR_BUSY);
    assert_int_equal(log_verify(cx, NULL, &v), OK);
    assert_null(v.why);
}

static Err holds_the_lane_long(Cx *cx, void *arg)
{
    nap(2600);
    return write_something(cx, arg);
}

static void who_waits_two_seconds_in_the_queue_is_told_busy_and_nothing_of_it_is_written(
    void **state)
{
    Cx *cx = *state;
    struct one first[1] = {{0}}, late[3] = {{0}};
    struct checkpoint c;
    start(first, 1, holds_the_lane_long);
    nap(100);
    start(late, 3, just_writes);
    join(first, 1);
    join(late, 3);
    assert_int_equal(first[0].err, OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(late[i].err, ERR_BUSY);
        assert_in_range(late[i].took_ms, 1900, 2500);
    }
    assert_int_equal(log_head(cx, &c), OK);
    assert_int_equal(c.seq, 1);
}

static Err holds_the_lane_until_all_wait(Cx *cx, void *arg)
{
    nap(1800); /* shorter than one may wait: who is busy found the queue full */
    return write_something(cx, arg);
}

static void a_thousand_in_the_queue_are_enough_the_rest_hear_busy_at_once(void **state)
{
    (void)state;
    enum { MANY = 1100 };
    struct one *all = calloc(MANY, sizeof *all), first[1] = {{0}};
    int busy = 0, fine = 0;
    pthread_barrier_t gate;
    assert_non_null(all);
    pthread_barrier_init(&gate, NULL, MANY + 1);
    for (int i = 0; i < MANY; i++)
        all[i].gate = &gate;
    start(all, MANY, just_writes); /* a second is short for making so many threads */
    start(first, 1, holds_the_lane_until_all_wait);
    nap(50);
    pthread_barrier_wait(&gate);
    join(first, 1);
    join(all, MANY);
    pthread_barrier_destroy(&gate);
    for (int i = 0; i < MANY; i++) {
        busy += all[i].err == ERR_BUSY;
        fine += all[i].err == OK;
    }
    assert_int_equal(busy + fine, MANY);
    assert_in_range(busy, 1, MANY - 1);
    free(all);
}

static Err joins_what_is_open(Cx *cx, void *arg)
{
    TRY(just_writes(cx, arg));
    return db_transaction(cx, just_writes, arg);
}

static void a_transaction_inside_a_step_joins_it(void **state)
{
    Cx *cx = *state;
    struct one o = {0};
    struct checkpoint c;
    assert_int_equal(db_transaction(cx, joins_what_is_open, &o), OK);
    assert_int_equal(log_head(cx, &c), OK);
    assert_int_equal(c.seq, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(a_refusal_in_a_batch_takes_nothing_of_the_others),
        IN_EMPTY_TOWN(a_statement_past_its_time_is_busy_and_the_next_write_goes_on),
        IN_EMPTY_TOWN(who_waits_two_seconds_in_the_queue_is_told_busy_and_nothing_of_it_is_written),
        IN_EMPTY_TOWN(a_thousand_in_the_queue_are_enough_the_rest_hear_busy_at_once),
        IN_EMPTY_TOWN(a_transaction_inside_a_step_joins_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
