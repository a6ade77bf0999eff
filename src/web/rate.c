/* rate.c — how much one source or session may ask (security.md NET-3).
 *
 * A bucket is one number: the time at which it would be full again (GCRA).  Buckets lie in a table
 * of fixed size; a source that finds its set full takes the place of the one that asked least. */
#include "web/web.h"

#include "store/db.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SETS = 4096, WAYS = 4, SHARDS = 16, RECENT = 4096, SOURCES = 4096, PER_SOURCE = 64 };

struct bucket {
    uint64_t who;
    int64_t full_at; /* monotonic ms: the bucket is fresh again */
};
static struct bucket buckets[SETS][WAYS];
static pthread_mutex_t locks[SHARDS] = {[0 ... SHARDS - 1] = PTHREAD_MUTEX_INITIALIZER};

/* cost: ms a request takes from the bucket; depth: how many may come at once. */
static const struct {
    int64_t cost, depth;
} rates[] = {
    [RATE_PAGE] = {50,   60},
    [RATE_LOGIN] = {6000, 10},
    [RATE_REPORT] = {6000, 10},
    [RATE_UPLOAD] = {2000, 30},
    [RATE_EXPORT] = {6000, 10},
    [RATE_PIECE] = {500,  90}, /* of a picture: 768 KiB at most */
  /* Apart from RATE_REPORT: whose report was taken must be led to its receipt. */
    [RATE_RECEIPT] = {1000, 60},
};

uint64_t rate_hash(Str s)
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "heqing.rate.v1";
    unsigned char h[crypto_shorthash_BYTES];
    uint64_t n;
    crypto_shorthash(h, (const unsigned char *)s.at, s.len, key);
    memcpy(&n, h, sizeof n);
    return n ? n : 1;
}

uint64_t rate_source(Str address)
{
    size_t colons = 0, n = 0;
    if (!memchr(address.at ? address.at : "", ':', address.len))
        return rate_hash(address);
    while (n < address.len && (address.at[n] != ':' || ++colons < 4))
        n++;
    return rate_hash((Str){address.at, n});
}

bool rate_take(uint64_t who, enum rate rate, int *retry_after)
{
    int64_t now = mono_ms(), cost = rates[rate].cost, most = cost * rates[rate].depth;
    who ^= (uint64_t)(rate + 1) * UINT64_C(0x9E3779B97F4A7C15);
    size_t set = who % SETS;
    struct bucket *b = NULL, *oldest = &buckets[set][0];
    pthread_mutex_t *lock = &locks[set % SHARDS];

    pthread_mutex_lock(lock);
    for (int i = 0; i < WAYS; i++) {
        struct bucket *one = &buckets[set][i];
        if (one->who == who)
            b = one;
        if (one->full_at < oldest->full_at)
            oldest = one;
    }
    if (!b) {
        b = oldest;
        *b = (struct bucket){.who = who};
    }
    int64_t full_at = (b->full_at > now ? b->full_at : now) + cost;
    bool may = full_at - now <= most;
    if (may)
        b->full_at = full_at;
    pthread_mutex_unlock(lock);
    *retry_after = may ? 0 : (int)((full_at - now - most + 999) / 1000);
    return may;
}

/* ---- sessions that were good a moment ago ---- */
static _Atomic uint64_t recent[RECENT];

void recent_add(uint64_t session)
{
    atomic_store_explicit(&recent[session % RECENT], session, memory_order_relaxed);
}

bool recent_has(uint64_t session)
{
    return session
           && atomic_load_explicit(&recent[session % RECENT], memory_order_relaxed) == session;
}

/* ---- connections a source ---- */
static _Atomic int connections[SOURCES]; /* two sources in one slot share it: 64 is plenty */

bool source_enter(uint64_t source)
{
    return atomic_fetch_add(&connections[source % SOURCES], 1) < PER_SOURCE;
}

void source_leave(uint64_t source)
{
    atomic_fetch_sub(&connections[source % SOURCES], 1);
}
