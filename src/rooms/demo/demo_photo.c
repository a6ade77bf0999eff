/* demo_photo.c — the deeds' pictures, through the same helper as a resident's, several at once. */
#include "rooms/demo/demo_deed.h"

#include "base/fd.h"
#include "rooms/attachment/attachment.h"
#include "rooms/demo/demo_pictures.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HANDS = 4 }; /* as many as the helper has children */

static const struct demo_picture *picture_named(Str name)
{
    for (const struct demo_picture *p = demo_pictures; p->name; p++)
        if (str_eq(str(p->name), name))
            return p;
    return NULL;
}

static Err name_one(Cx *cx, struct demo_cast *cast, Str name)
{
    for (size_t i = 0; i < cast->n_photos; i++)
        if (str_eq(cast->photos[i].name, name))
            return OK;
    if (!picture_named(name) || cast->n_photos == DEMO_PHOTOS_MAX)
        return fail_log(cx, ERR_INVALID, "no picture %.*s", (int)name.len, name.at);
    cast->photos[cast->n_photos++].name = name;
    return OK;
}

Err demo_photos_named(Cx *cx, struct demo_cast *cast, Str list)
{
    while (list.len) {
        const char *comma = memchr(list.at, ',', list.len);
        Str one = {list.at, comma ? (size_t)(comma - list.at) : list.len};
        TRY(name_one(cx, cast, one));
        size_t gone = comma ? one.len + 1 : one.len;
        list = (Str){list.at + gone, list.len - gone};
    }
    return OK;
}

static Err take_one(Cx *cx, struct demo_photo *to)
{
    const struct demo_picture *p = picture_named(to->name);
    size_t n = (size_t)(p->to - p->from);
    CLOSES int fd = memfd_create("picture", MFD_CLOEXEC);
    if (fd < 0 || write(fd, p->from, n) != (ssize_t)n)
        return fail_log(cx, ERR_INTERNAL, "picture %s: %m", p->name);
    return photo_take(cx, fd, (int64_t)n, &to->hash);
}

/* A thread of its own memory; the cast is shared, each photo is one hand's. */
struct hand {
    Cx cx;
    struct demo_cast *cast;
    atomic_size_t *next;
    Err e;
};

static void *hand(void *arg)
{
    struct hand *h = arg;
    for (size_t i; h->e == OK && (i = atomic_fetch_add(h->next, 1)) < h->cast->n_photos;)
        h->e = take_one(&h->cx, &h->cast->photos[i]);
    return NULL;
}

Err demo_photos_take(Cx *cx, struct demo_cast *cast)
{
    struct hand hands[HANDS];
    pthread_t threads[HANDS];
    bool runs[HANDS];
    atomic_size_t next = 0;
    Err e = OK;
    for (int i = 0; i < HANDS; i++) {
        hands[i] = (struct hand){.cx = *cx, .cast = cast, .next = &next};
        hands[i].cx.mem = (Arena){0};
        hands[i].cx.db = NULL;
        runs[i] = pthread_create(&threads[i], NULL, hand, &hands[i]) == 0;
    }
    for (int i = 0; i < HANDS; i++) {
        if (runs[i])
            pthread_join(threads[i], NULL);
        else
            hand(&hands[i]);
        if (e == OK && hands[i].e != OK)
            e = fail_log(cx, hands[i].e, "%s",
                hands[i].cx.why.log ? hands[i].cx.why.log : "a picture was not taken");
    }
    for (size_t i = 0; i < cast->n_photos; i++) /* out of the hands' memory */
        cast->photos[i].hash.at =
            arena_copy(&cx->mem, cast->photos[i].hash.at, cast->photos[i].hash.len);
    for (int i = 0; i < HANDS; i++)
        arena_reset(&hands[i].cx.mem);
    return e;
}
