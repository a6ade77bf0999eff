/* work.c — the lanes: threads that may wait, each with its own reading connection.
 *
 * Two queues a lane: staff (a session that was good a moment ago, /readyz) and everybody. Strangers
 * never fill the last thread nor the last tenth of the queue (security.md NET-3). */
#include "store/db.h"
#include "web/web.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { THREADS_MAX = 80 };

struct queue {
    struct work *head, **tail;
};

struct lane_of_threads {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct queue staff, all;
    int n_threads, n_waiting, most, n_common; /* n_common: threads busy for everybody */
    bool stops;
    pthread_t threads[THREADS_MAX];
};

static struct lane_of_threads lanes[2];
static const char *db_url;
static _Atomic int n_queued;

static struct lane_of_threads *lane_of(enum lane on)
{
    return &lanes[on == ON_READ ? 0 : 1];
}

static void put(struct queue *q, struct work *w)
{
    w->next = NULL;
    *q->tail = w;
    q->tail = &w->next;
}

static struct work *take(struct queue *q)
{
    struct work *w = q->head;
    if (w && (q->head = w->next) == NULL)
        q->tail = &q->head;
    return w;
}

bool work_put(enum lane on, struct work *w, bool staff)
{
    struct lane_of_threads *l = lane_of(on);

    pthread_mutex_lock(&l->lock);
    bool room = l->n_waiting < (staff ? l->most : l->most - l->most / 10) && !l->stops;
    if (room) {
        w->put_at = mono_ms();
        put(staff ? &l->staff : &l->all, w);
        l->n_waiting++;
        atomic_fetch_add(&n_queued, 1);
        pthread_cond_signal(&l->filled);
    }
    pthread_mutex_unlock(&l->lock);
    return room;
}

int work_waiting(void)
{
    return atomic_load(&n_queued);
}

/* NULL when the lane stops and nothing is left. */
static struct work *next(struct lane_of_threads *l, bool *common)
{
    struct work *w = NULL;

    pthread_mutex_lock(&l->lock);
    if (*common)
        l->n_common--;
    *common = false;
    for (;;) {
        w = take(&l->staff);
        if (!w && (l->n_common < l->n_threads - 1 || l->stops)) {
            w = take(&l->all);
            *common = w != NULL;
        }
        if (w || l->stops)
            break;
        pthread_cond_wait(&l->filled, &l->lock);
    }
    if (w) {
        l->n_waiting--;
        atomic_fetch_sub(&n_queued, 1);
        l->n_common += *common;
    }
    /* Who was woken for a stranger while only the kept thread was free has slept on. */
    if (l->all.head && l->n_common < l->n_threads - 1)
        pthread_cond_signal(&l->filled);
    pthread_mutex_unlock(&l->lock);
    return w;
}

static void *thread(void *arg)
{
    struct lane_of_threads *l = arg;
    struct Db *db = NULL;
    bool common = false;

    pthread_setname_np(pthread_self(), l == lane_of(ON_READ) ? "hq-read" : "hq-wait");
    for (struct work *w; (w = next(l, &common)) != NULL;) {
        if (!db)
            db = db_open(&(struct db_opt){.url = db_url, .node = "web", .reads = true});
        w->run(w, db);
    }
    if (db)
        db_close(db);
    return NULL;
}

static Err start(struct lane_of_threads *l, int n, int most)
{
    *l = (struct lane_of_threads){.n_threads = n, .most = most};
    l->staff.tail = &l->staff.head;
    l->all.tail = &l->all.head;
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->filled, NULL);
    for (int i = 0; i < n; i++)
        if (pthread_create(&l->threads[i], NULL, thread, l) != 0) {
            perror("heqing: thread");
            l->n_threads = i;
            return ERR_INTERNAL;
        }
    return OK;
}

Err work_start(const char *url)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    bool pg = db_is_pg(url);
    int reads = pg ? 12 : cores > 15 ? 16 : (int)cores + 1; /* one is kept for staff */

    db_url = url;
    TRY(start(lane_of(ON_READ), reads, 512));
    return start(lane_of(ON_WAIT), pg ? 32 : 72, 512); /* more than a batch holds */
}

void work_stop(void)
{
    for (int i = 0; i < 2; i++) {
        struct lane_of_threads *l = &lanes[i];
        pthread_mutex_lock(&l->lock);
        l->stops = true;
        pthread_cond_broadcast(&l->filled);
        pthread_mutex_unlock(&l->lock);
        for (int t = 0; t < l->n_threads; t++)
            pthread_join(l->threads[t], NULL);
        pthread_mutex_destroy(&l->lock);
        pthread_cond_destroy(&l->filled);
    }
}
