/* jobs.c — 定时任务: looks once a second which job of which town is due, takes its lease, runs it.
 */
#include "jobs/jobs.h"

#include "rooms.h"
#include "store/lease.h"
#include "store/towns.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

enum { LEASE_MS = 120000, LOOK_MS = 1000, TOWNS_MS = 60000 };

static struct {
    struct jobs_opt o;
    sem_t stop;
    pthread_t thread;
    bool runs;
} house;

static size_t n_jobs(void)
{
    size_t n = 0;
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct job *j = (*r)->jobs; j && j->name; j++)
            n++;
    return n;
}

static const struct job *job_no(size_t no)
{
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct job *j = (*r)->jobs; j && j->name; j++)
            if (no-- == 0)
                return j;
    return NULL;
}

static void as_nobody(Cx *cx)
{
    memset(&cx->me, 0, sizeof cx->me);
    memset(&cx->why, 0, sizeof cx->why);
    cx->door = "job";
}

/* ran: it was ours and ended well. */
static Err run_one(
    Cx *cx, const struct job *j, const char *node, bool forced, int64_t *due_at, bool *ran)
{
    *ran = false;
    as_nobody(cx);
    Err e =
        lease_take(cx, j->name, node, forced ? 0 : (int64_t)j->every_s * 1000, LEASE_MS, due_at);
    if (e == ERR_CONFLICT)
        return OK; /* another node has it, or it is not due */
    TRY(e);
    e = j->run(cx);
    if (e != OK)
        fprintf(stderr, "{\"job\":\"%s\",\"town\":%lld,\"err\":%d,\"why\":\"%s\"}\n", j->name,
            (long long)cx->town_id, (int)e, cx->why.log ? cx->why.log : "");
    *ran = e == OK;
    *due_at = cx->now + (int64_t)j->every_s * 1000;
    as_nobody(cx);
    return lease_done(cx, j->name, node);
}

Err jobs_run(Cx *cx, bool forced, size_t *n)
{
    *n = 0;
    for (size_t k = 0; k < n_jobs(); k++) {
        int64_t due_at;
        bool ran;
        TRY(run_one(cx, job_no(k), "cli", forced, &due_at, &ran));
        *n += ran;
    }
    return OK;
}

Err jobs_run_named(Cx *cx, const char *name)
{
    for (size_t k = 0; k < n_jobs(); k++) {
        const struct job *j = job_no(k);
        if (strcmp(j->name, name) != 0)
            continue;
        const char *door = cx->door;
        as_nobody(cx);
        Err e = j->run(cx);
        cx->door = door;
        return e;
    }
    return ERR_NOT_FOUND;
}

/* When each job of each town is worth asking for again; made anew with the list of towns. */
struct plan {
    Arena mem;
    const int64_t *town;
    size_t n_towns;
    int64_t *due;
    int64_t made_at; /* mono */
};

static Err make_plan(Cx *cx, struct plan *p)
{
    if (p->due && mono_ms() - p->made_at < TOWNS_MS)
        return OK;
    const int64_t *town;
    size_t n;
    TRY(store_towns(cx, &town, &n));
    arena_reset(&p->mem);
    int64_t *copy = NEW_ARRAY(&p->mem, n + 1, int64_t);
    if (n)
        memcpy(copy, town, n * sizeof *copy);
    *p = (struct plan){.mem = p->mem, .town = copy, .n_towns = n, .made_at = mono_ms()};
    p->due = NEW_ARRAY(&p->mem, n * n_jobs() + 1, int64_t);
    return OK;
}

static int64_t wall_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool stopped(int wait_ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += wait_ms / 1000;
    t.tv_nsec += wait_ms % 1000 * 1000000L;
    t.tv_sec += t.tv_nsec / 1000000000L;
    t.tv_nsec %= 1000000000L;
    return sem_clockwait(&house.stop, CLOCK_MONOTONIC, &t) == 0;
}

static void look(Cx *cx, struct plan *p)
{
    size_t n = n_jobs();
    for (size_t i = 0; i < p->n_towns; i++)
        for (size_t k = 0; k < n; k++) {
            int64_t *due = &p->due[i * n + k];
            bool ran;
            cx->now = wall_ms();
            if (*due > cx->now && *due <= cx->now + (int64_t)job_no(k)->every_s * 1000 + LEASE_MS)
                continue;
            cx->town_id = p->town[i];
            if (run_one(cx, job_no(k), house.o.node, false, due, &ran) != OK)
                *due = cx->now + 5000; /* busy: in a while */
            arena_again(&cx->mem);
        }
}

static void *clock_thread(void *arg)
{
    Cx cx = {.db = arg};
    struct plan p = {0};
    do {
        cx.town_id = 0;
        as_nobody(&cx);
        if (make_plan(&cx, &p) == OK)
            look(&cx, &p);
        arena_again(&cx.mem);
    } while (!stopped(LOOK_MS));
    db_close(cx.db);
    arena_reset(&cx.mem);
    arena_reset(&p.mem);
    return NULL;
}

Err jobs_start(const struct jobs_opt *o)
{
    house.o = *o;
    sem_init(&house.stop, 0, 0);
    Db *db = db_open(&(struct db_opt){.url = o->url, .node = o->node, .reads = true});
    if (!db)
        return ERR_BUSY;
    house.runs = pthread_create(&house.thread, NULL, clock_thread, db) == 0;
    return house.runs ? OK : ERR_BUSY;
}

void jobs_stop(void)
{
    if (!house.runs)
        return;
    sem_post(&house.stop);
    pthread_join(house.thread, NULL);
    house.runs = false;
}
