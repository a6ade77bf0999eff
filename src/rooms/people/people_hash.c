/* people_hash.c — 口令: Argon2id, and how many may be computed at once (AUT-1). */
#include "rooms/people/people_inner.h"

#include <semaphore.h>
#include <sodium.h>
#include <stdatomic.h>
#include <time.h>

/* 64 MiB, two passes: 2 at once are 128 MiB, what the smallest machine we name can spare. */
enum { AT_ONCE = 2, QUEUE = 16, WAIT_S = 4 };
#define DEAR_OPS 2
#define DEAR_MEM (UINT64_C(64) << 20)

static sem_t running, queued;

__attribute__((constructor)) static void make_queue(void)
{
    sem_init(&running, 0, AT_ONCE);
    sem_init(&queued, 0, QUEUE);
}

static bool enter(void)
{
    struct timespec until;

    if (sem_trywait(&queued) != 0)
        return false;
    clock_gettime(CLOCK_REALTIME, &until); /* the only clock sem_timedwait knows */
    until.tv_sec += WAIT_S;
    bool in = sem_timedwait(&running, &until) == 0;
    sem_post(&queued);
    return in;
}

static Err busy(Cx *cx)
{
    return fail(cx, ERR_BUSY, NULL, T("登录的人较多，请过几秒再试"));
}

Err people_hash(Cx *cx, Str password, bool cheap, Str *hash)
{
    char *text = arena_alloc(&cx->mem, crypto_pwhash_STRBYTES);
    uint64_t ops = cheap ? crypto_pwhash_OPSLIMIT_MIN : DEAR_OPS;
    size_t mem = cheap ? crypto_pwhash_MEMLIMIT_MIN : DEAR_MEM;

    if (!cheap && !enter())
        return busy(cx);
    int bad = crypto_pwhash_str_alg(
        text, password.at, password.len, ops, mem, crypto_pwhash_ALG_ARGON2ID13);
    if (!cheap)
        sem_post(&running);
    if (bad)
        return fail_log(cx, ERR_BUSY, "no memory for a password's hash");
    *hash = str(text);
    return OK;
}

static atomic_llong verified;

int64_t people_n_verified(void)
{
    return atomic_load(&verified);
}

Err people_verify(Cx *cx, Str hash, Str password, bool *right)
{
    char *text = arena_copy(&cx->mem, hash.at, hash.len);
    char *whole = arena_alloc(&cx->mem, crypto_pwhash_STRBYTES);
    bool cheap;

    if (hash.len >= crypto_pwhash_STRBYTES)
        return fail_log(cx, ERR_INTERNAL, "a password's hash is too long");
    memcpy(whole, text, hash.len);
    cheap = crypto_pwhash_str_needs_rehash(
                whole, crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN)
            == 0;
    if (!cheap && !enter())
        return busy(cx);
    atomic_fetch_add(&verified, 1);
    *right = crypto_pwhash_str_verify(whole, password.len ? password.at : "", password.len) == 0;
    if (!cheap)
        sem_post(&running);
    return OK;
}

/* Of random bytes that were thrown away. */
Str people_decoy(bool cheap)
{
    return cheap ? S("$argon2id$v=19$m=8,t=1,p=1$6KtOZ+hXDNHJgwhnxyVBpQ"
                     "$+CYGU3FoJ/XFDQHux+UyedtjwOVKi3CeFsUjqPoWSHE")
                 : S("$argon2id$v=19$m=65536,t=2,p=1$3qQEE4wtaB8ro/zn+yZL5g"
                     "$UWPik31hlJdOWM7wVFmN+eKaqflg2slbAs9KcmImEI4");
}
