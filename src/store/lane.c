/* lane.c — group commit over db.h.
 *
 * Nothing about a town is remembered between transactions: its row is read under the lock and
 * written before COMMIT, so a rollback has nothing to repair and a second node nothing to tell us.
 */
#include "store/lane.h"
#include "gen/sql_store.h"
#include "store/db_impl.h"
#include "store/kept.h"
#include "store/log_impl.h"

#include <pthread.h>
#include <semaphore.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { BATCH = 64, QUEUE = 1024, QUEUE_MS = 2000, BUDGET_MS = 500, BATCH_MS = 100, MEND_MS = 200 };

struct job {
    struct job *next;
    Cx *cx;
    Err (*fn)(Cx *, void *);
    void *arg;
    Err err;
    bool taken; /* by the lane; under its lock */
    bool late;  /* used up its time: not run again */
    Town *town;
    atomic_bool answered; /* done orders too, but only this one ThreadSanitizer sees */
    sem_t done;
};

struct lane {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct job *head, **tail; /* and queued, stop, down: under lock */
    int queued;
    bool stop, down;
    pthread_t thread;
    Db *db;
    struct lanes_stats stats;
};

static struct {
    struct lanes_opt o;
    struct lane *lane;
    atomic_bool dead;
} house;

enum outcome { DONE, AGAIN, LOST };

static enum outcome give_up(Db *db)
{
    db->ops->rollback(db);
    return db->ops->state(db) == TX_LOST ? LOST : AGAIN;
}

/* The towns of the batch, each once, in the order of their ids. */
static size_t towns_of(struct job **job, size_t n, Town *town)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        while (at < k && town[at].id < job[i]->cx->town_id)
            at++;
        if (at < k && town[at].id == job[i]->cx->town_id)
            continue;
        memmove(town + at + 1, town + at, (k - at) * sizeof *town);
        town[at] = (Town){.id = job[i]->cx->town_id};
        k++;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0; at < k; at++)
            if (town[at].id == job[i]->cx->town_id)
                job[i]->town = &town[at];
    return k;
}

/* One by one, in the order of their ids: two nodes with several towns in hand cannot deadlock. */
static Err towns_lock(Cx *cx, Town *town, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        cx->town_id = town[i].id;
        TRY(log_lock(cx, &town[i]));
    }
    return OK;
}

static Err towns_save(Cx *cx, Town *town, size_t n)
{
    bool reference = false;
    for (size_t i = 0; i < n; i++) {
        cx->town_id = town[i].id;
        TRY(log_save(cx, &town[i]));
        reference |= town[i].touched_reference;
    }
    return reference ? sql_store_reference_stamp(cx) : OK; /* last: many towns wait for this row */
}

/* One callback.  DONE: its answer stands; AGAIN: it spoilt the transaction. */
static enum outcome run_one(Db *db, struct job *j, bool savepoints)
{
    if (j->late || !j->town->found) {
        j->err = j->late ? ERR_BUSY : ERR_NOT_FOUND;
        return DONE;
    }
    if (savepoints && db->ops->script(db, "SAVEPOINT one") != OK)
        return AGAIN;
    Town keep = *j->town;
    int64_t wrote = db->wrote;
    Db *own = j->cx->db;
    int64_t town_id = j->cx->town_id;
    db->town = j->town;
    db->late = false;
    db->deadline = mono_ms() + house.o.budget_ms;
    j->cx->db = db;
    memset(&j->cx->why, 0, sizeof j->cx->why);
    j->err = j->fn(j->cx, j->arg);
    j->cx->db = own;
    j->cx->town_id = town_id;
    db->town = NULL;
    db->deadline = INT64_MAX;
    j->late = db->late;

    enum tx state = db->ops->state(db);
    if (state == TX_OPEN && j->err == OK)
        return !savepoints || db->ops->script(db, "RELEASE SAVEPOINT one") == OK ? DONE : AGAIN;
    *j->town = keep;
    if (j->err == OK || j->late)
        j->err = ERR_BUSY;
    if (state == TX_OPEN && db->wrote == wrote && !savepoints)
        return DONE; /* it said no before it wrote */
    if (savepoints && state <= TX_ABORTED && db->ops->script(db, "ROLLBACK TO SAVEPOINT one") == OK
        && db->ops->script(db, "RELEASE SAVEPOINT one") == OK)
        return DONE;
    return AGAIN;
}

/* Run the first *n jobs in one transaction; fewer if time is up, then *n says how many. */
static enum outcome run_batch(struct lane *l, struct job **job, size_t *n, bool savepoints)
{
    Db *db = l->db;
    Town town[BATCH];
    size_t towns = towns_of(job, *n, town), i = 0;
    Cx cx = {.db = db};
    Town nobody = {0};
    enum outcome o = DONE;
    db->town = &nobody; /* within a transaction, though of no callback yet */
    db->careful = savepoints || house.o.no_pipeline;
    db->deadline = INT64_MAX;
    int64_t wrote = db->wrote, start = mono_ms();
    if (db->ops->begin(db) != OK || towns_lock(&cx, town, towns) != OK) {
        for (i = 0; i < *n; i++)
            job[i]->err =
                ERR_BUSY; /* someone else holds the lock: trying more carefully helps nobody */
        o = give_up(db) == LOST ? LOST : DONE;
        db->town = NULL;
        arena_reset(&cx.mem);
        return o;
    }
    while (i < *n && o == DONE && (i == 0 || mono_ms() - start < BATCH_MS))
        o = run_one(db, job[i++], savepoints);
    *n = i;
    db->town = &nobody;
    if (o == DONE && wrote == db->wrote)
        db->ops->rollback(db);
    else if (o == DONE && (towns_save(&cx, town, towns) != OK || db->ops->commit(db) != OK))
        o = AGAIN;
    l->stats.commits += o == DONE;
    db->town = NULL;
    arena_reset(&cx.mem);
    return o == DONE ? DONE : give_up(db);
}

static void answer(struct lane *l, struct job **job, size_t n)
{
    l->stats.jobs += (long)n;
    for (size_t i = 0; i < n; i++) {
        atomic_store_explicit(&job[i]->answered, true, memory_order_release);
        sem_post(&job[i]->done); /* from here on *job[i] is gone */
    }
}

static void refuse(struct lane *l, struct job **job, size_t n)
{
    for (size_t i = 0; i < n; i++)
        job[i]->err = ERR_BUSY;
    answer(l, job, n);
}

/* All together; if that fails all with savepoints; if that fails the first alone, and so on. */
static enum outcome run_jobs(struct lane *l, struct job **job, size_t n)
{
    size_t alone = 0; /* jobs that still have to run by themselves */
    while (n) {
        size_t k = alone ? 1 : n;
        enum outcome o = run_batch(l, job, &k, alone > 0);
        if (o == AGAIN && !alone) {
            l->stats.reruns++;
            o = run_batch(l, job, &k, true);
        }
        if (o == AGAIN && k > 1) {
            l->stats.singles++;
            alone = k;
            continue;
        }
        if (o == AGAIN && job[0]->err == OK)
            job[0]->err = ERR_BUSY;
        if (o == LOST) {
            refuse(l, job, n);
            return LOST;
        }
        answer(l, job, k);
        job += k, n -= k;
        alone -= alone ? 1 : 0;
    }
    return DONE;
}

/* What queued, in order, at most a batch.  Under the lock. */
static size_t take(struct lane *l, struct job **job, size_t max, bool one_town)
{
    size_t n = 0;
    for (struct job **at = &l->head; *at && n < max;) {
        if (one_town && n && (*at)->cx->town_id != job[0]->cx->town_id) {
            at = &(*at)->next;
            continue;
        }
        job[n] = *at;
        job[n++]->taken = true;
        if (!(*at = (*at)->next))
            l->tail = at;
    }
    l->queued -= (int)n;
    return n;
}

static bool stopping(struct lane *l)
{
    pthread_mutex_lock(&l->lock);
    bool stop = l->stop;
    pthread_mutex_unlock(&l->lock);
    return stop;
}

/* The database is away: everybody hears BUSY at once until it is back. */
static void mend(struct lane *l)
{
    struct job *job[BATCH];
    size_t n;
    l->stats.lost++;
    do {
        pthread_mutex_lock(&l->lock);
        l->down = true;
        n = take(l, job, BATCH, false);
        pthread_mutex_unlock(&l->lock);
        refuse(l, job, n);
    } while (n);
    if (!db_is_pg(house.o.url))
        atomic_store(&house.dead, true);
    while (!stopping(l) && l->db->ops->reopen(l->db) != OK) {
        struct timespec t = {0, MEND_MS * 1000000L};
        nanosleep(&t, NULL);
    }
    pthread_mutex_lock(&l->lock);
    l->down = false;
    pthread_mutex_unlock(&l->lock);
}

static void *lane_thread(void *arg)
{
    struct lane *l = arg;
    struct job *job[BATCH];
    pthread_setname_np(pthread_self(), "hq-lane");
    for (;;) {
        pthread_mutex_lock(&l->lock);
        while (!l->head && !l->stop)
            pthread_cond_wait(&l->filled, &l->lock);
        size_t n = take(l, job, (size_t)house.o.batch, house.o.one_town);
        pthread_mutex_unlock(&l->lock);
        if (!n)
            return NULL;
        if (run_jobs(l, job, n) == LOST)
            mend(l);
        else
            l->db->ops->rest(l->db);
    }
}

static bool enqueue(struct lane *l, struct job *j)
{
    pthread_mutex_lock(&l->lock);
    bool room = l->queued < house.o.queue && !l->stop && !l->down;
    if (room) {
        *l->tail = j;
        l->tail = &j->next;
        if (l->queued++ == 0)
            pthread_cond_signal(&l->filled);
    }
    pthread_mutex_unlock(&l->lock);
    return room;
}

/* Leave the queue if the lane has not begun with us. */
static bool dequeue(struct lane *l, struct job *j)
{
    pthread_mutex_lock(&l->lock);
    bool mine = !j->taken;
    if (mine) {
        struct job **at = &l->head;
        while (*at != j)
            at = &(*at)->next;
        if (!(*at = j->next))
            l->tail = at;
        l->queued--;
    }
    pthread_mutex_unlock(&l->lock);
    return mine;
}

Err db_transaction(Cx *cx, Err (*fn)(Cx *, void *), void *arg)
{
    if (cx->db && cx->db->town)
        return fn(cx, arg); /* inside a step: it joins what is open */
    if (cx->db)
        db_fresh(cx->db); /* what it reads afterwards is as this leaves it */
    struct lane *l = &house.lane[(uint64_t)cx->town_id % (uint64_t)house.o.lanes];
    struct job j = {.cx = cx, .fn = fn, .arg = arg};
    struct timespec until;
    sem_init(&j.done, 0, 0);
    if (!enqueue(l, &j))
        return fail(cx, ERR_BUSY, NULL, T("现在太忙，请稍后再试"));
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += QUEUE_MS / 1000;
    while (sem_clockwait(&j.done, CLOCK_MONOTONIC, &until) != 0) {
        if (mono_ms() >= (int64_t)until.tv_sec * 1000 + until.tv_nsec / 1000000) {
            if (dequeue(l, &j))
                return fail(cx, ERR_BUSY, NULL, T("现在太忙，请稍后再试"));
            while (sem_wait(&j.done) != 0)
                ;
            break;
        }
    }
    sem_destroy(&j.done);
    return atomic_load_explicit(&j.answered, memory_order_acquire) ? j.err : ERR_INTERNAL;
}

bool lanes_dead(void)
{
    return atomic_load(&house.dead);
}

Err lanes_open(const struct lanes_opt *o)
{
    house.o = *o;
    atomic_store(&house.dead, false);
    kept_forget();
    house.o.lanes = !db_is_pg(o->url) ? 1 : o->lanes ? o->lanes : 8;
    house.o.batch = o->batch > 0 && o->batch < BATCH ? o->batch : BATCH;
    house.o.queue = o->queue ? o->queue : QUEUE;
    house.o.budget_ms = o->budget_ms ? o->budget_ms : BUDGET_MS;
    house.lane = calloc((size_t)house.o.lanes, sizeof *house.lane);
    if (!house.lane || sodium_init() < 0)
        abort();
    for (int i = 0; i < house.o.lanes; i++) {
        struct lane *l = &house.lane[i];
        pthread_mutex_init(&l->lock, NULL);
        pthread_cond_init(&l->filled, NULL);
        l->tail = &l->head;
        l->db = db_open(&(struct db_opt){.url = o->url,
            .node = o->node,
            .budget_ms = house.o.budget_ms,
            .keeps = true,
            .checkpointer = !o->no_checkpointer});
        if (!l->db || pthread_create(&l->thread, NULL, lane_thread, l) != 0)
            return ERR_INTERNAL;
    }
    return OK;
}

struct lanes_stats lanes_close(void)
{
    struct lanes_stats s = {0};
    for (int i = 0; i < house.o.lanes; i++) {
        struct lane *l = &house.lane[i];
        pthread_mutex_lock(&l->lock);
        l->stop = true;
        pthread_cond_signal(&l->filled);
        pthread_mutex_unlock(&l->lock);
        pthread_join(l->thread, NULL);
        l->db->ops->close(l->db);
        s.commits += l->stats.commits, s.jobs += l->stats.jobs, s.reruns += l->stats.reruns;
        s.singles += l->stats.singles, s.lost += l->stats.lost;
    }
    free(house.lane);
    return s;
}
