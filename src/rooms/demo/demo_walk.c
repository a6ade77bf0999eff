/* demo_walk.c — the demonstration's walks get their pictures: what stood badly in the round before,
 * mended in the one that is on. */
#include "rooms/demo/demo_walk.h"

#include "rooms/attachment/attachment.h"
#include "rooms/demo/demo_deed.h"
#include "rooms/duty/duty.h"
#include "rooms/observe/observe.h"
#include "rooms/people/people.h"
#include "store/db.h"

/* One a village, by its place on the route. */
static const char *const scenes[] = {"0104-1", "6111-0", "0103-1", "6102-0", "0102-1", "6111-1"};
enum { N_SCENES = sizeof scenes / sizeof *scenes };

struct walk {
    struct demo_cast cast; /* pictures only */
    struct observe_plan now, before;
};

static Str hash_of(Cx *cx, const struct walk *w, size_t scene, const char *when)
{
    Str name = str(arena_printf(&cx->mem, "%s-%s", scenes[scene % N_SCENES], when));
    for (size_t i = 0; i < w->cast.n_photos; i++)
        if (str_eq(w->cast.photos[i].name, name))
            return w->cast.photos[i].hash;
    return (Str){0};
}

static Err pictures_step(Cx *cx, void *arg)
{
    const struct walk *w = arg;
    int64_t photo;
    for (size_t i = 0; i < w->now.stops.n; i++) {
        const struct observe_stop *stop = &w->now.stops.at[i];
        TRY(attachment_add(cx, stop->id, stop->unit, "check", hash_of(cx, w, i, "after"), &photo));
        for (size_t k = 0; k < w->before.stops.n; k++)
            if (w->before.stops.at[k].unit == stop->unit)
                TRY(attachment_add(cx, w->before.stops.at[k].id, stop->unit, "check",
                    hash_of(cx, w, i, "before"), &photo));
    }
    return OK;
}

static Err take_pictures(Cx *cx, struct walk *w)
{
    w->cast.photos = NEW_ARRAY(&cx->mem, DEMO_PHOTOS_MAX, struct demo_photo);
    for (size_t i = 0; i < N_SCENES; i++)
        TRY(demo_photos_named(
            cx, &w->cast, str(arena_printf(&cx->mem, "%s-before,%s-after", scenes[i], scenes[i]))));
    return demo_photos_take(cx, &w->cast);
}

/* Somebody who walks has noted what nobody has reported yet. */
static Err find_one(Cx *cx, const struct walk *w)
{
    const struct observe_stop *stop = &w->now.stops.at[w->now.stops.n - 1];
    int64_t id;
    cx->me.person = w->now.observers.at[0].person;
    TRY(duty_posts(cx, cx->me.person, &cx->me.posts));
    return observe_find_add(cx,
        &(struct observe_finding_new){.round = w->now.r.id,
            .unit = stop->unit,
            .place = S("村东沟边"),
            .said = S("沟边倒了几车建筑垃圾"),
            .photo = hash_of(cx, w, 2, "before")},
        &id);
}

Err demo_walk(Cx *cx)
{
    struct walk w = {0};
    struct observe_rounds rounds;
    TRY(observe_rounds(cx, &rounds));
    if (rounds.n < 2)
        return OK;
    TRY(observe_plan_get(cx, rounds.at[0].id, &w.now));
    TRY(observe_plan_get(cx, rounds.at[1].id, &w.before));
    TRY(take_pictures(cx, &w));
    TRY(db_transaction(cx, pictures_step, &w));
    if (!str_eq(w.now.r.state, S("running")) || !w.now.stops.n || !w.now.observers.n)
        return OK;
    return find_one(cx, &w);
}
