/* demo_survey.c — the demonstration's surveys: the first went to every village and found what the
 * town still works on; the second is half way.  And its patrols of the river: one point of 乱堆
 * that is still there. */
#include "rooms/demo/demo_survey.h"

#include "base/day.h"
#include "rooms/demo/demo_deed.h"
#include "rooms/duty/duty.h"
#include "rooms/patrol/patrol.h"
#include "rooms/survey/survey.h"
#include "rooms/town/town.h"
#include "store/db.h"

enum { FIRST_DAYS_AGO = 66, FIRST_DAYS = 4, SECOND_DAYS_AGO = 1, SECOND_DAYS = 11, STREETS = 8 };
#define DAY_MS (INT64_C(24) * 3600000)

struct scene {
    const char *photo, *category, *said;
};
static const struct scene seen[] = {
    {"0104-1-after",  NULL,   NULL                   },
    {"0103-1-before", "0103", "沟边堆着渣土"   },
    {"6111-0-after",  NULL,   NULL                   },
    {"0102-1-before", "0102", "路口垃圾没清"   },
    {"6102-0-before", "6102", "排水沟堵了一段"},
};
enum { N_SCENES = sizeof seen / sizeof *seen };

struct walking {
    struct demo_cast cast; /* pictures only */
    int64_t commander, leader, walkers[3];
};

static Str hash_of(const struct walking *w, size_t i)
{
    for (size_t k = 0; k < w->cast.n_photos; k++)
        if (str_eq(w->cast.photos[k].name, str(seen[i % N_SCENES].photo)))
            return w->cast.photos[k].hash;
    return (Str){0};
}

static Err as(Cx *cx, int64_t person)
{
    cx->me.person = person;
    return duty_posts(cx, person, &cx->me.posts);
}

static Err cast_of(Cx *cx, struct walking *w)
{
    struct holders h;
    TRY(duty_all_holders(cx, HAS(POST_COMMANDER), &h));
    w->commander = h.n ? h.at[0].person : 0;
    TRY(duty_all_holders(cx, HAS(POST_TOWN_LEADER) | HAS(POST_LEAD) | HAS(POST_INSPECTOR), &h));
    for (size_t i = 0; i < 3; i++)
        w->walkers[i] = h.n ? h.at[i * (h.n / 3)].person : 0;
    w->cast.photos = NEW_ARRAY(&cx->mem, DEMO_PHOTOS_MAX, struct demo_photo);
    for (size_t i = 0; i < N_SCENES; i++)
        TRY(demo_photos_named(cx, &w->cast, str(seen[i].photo)));
    return demo_photos_take(cx, &w->cast);
}

static Err round_of(
    Cx *cx, const struct walking *w, Str name, int64_t from, int64_t days, int64_t *id)
{
    TRY(duty_operator(cx));
    return survey_put(cx,
        &(struct survey_new){.name = name,
            .from_on = day_text(cx, from),
            .to_on = day_text(cx, from + days),
            .led_by = w->commander,
            .person = w->walkers,
            .n_persons = 3},
        id);
}

/* Every village, then some streets, enterprises and sites. */
static Err route_of(Cx *cx, int64_t round, Str day, bool more)
{
    struct units u;
    struct places p;
    TRY(town_villages(cx, &u));
    struct survey_target *at = NEW_ARRAY(&cx->mem, u.n + STREETS + 1, struct survey_target);
    size_t n = 0;
    for (size_t i = 0; i < u.n; i++)
        at[n++].unit = u.at[i].code;
    TRY(town_places(cx, cx->town_id * 1000000, &p));
    for (size_t i = 0; more && i < p.n && n < u.n + STREETS; i++)
        if (str_eq(p.at[i].kind, S("enterprise")) || str_eq(p.at[i].kind, S("site"))
            || str_eq(p.at[i].kind, S("market")) || (str_eq(p.at[i].kind, S("road")) && i % 9 == 0))
            at[n++].place = p.at[i].id;
    return survey_stops_add(cx, round, at, n, day);
}

static Err walk_stop(
    Cx *cx, const struct walking *w, const struct survey_stop *s, size_t i, bool find)
{
    const struct scene *x = &seen[i % N_SCENES];
    Str photo = hash_of(w, i);
    int64_t problem;
    if (x->category && find)
        TRY(survey_find(cx,
            &(struct survey_find){.stop = s->id,
                .category = str(x->category),
                .said = str(x->said),
                .photo = &photo,
                .n_photos = 1},
            &problem));
    return survey_visit(
        cx, &(struct survey_result){
                .stop = s->id, .version = s->version, .photo = &photo, .n_photos = 1});
}

/* The first n stops; one of them was not walked. */
static Err walk(Cx *cx, const struct walking *w, int64_t round, size_t n, size_t missed, bool find)
{
    struct survey_stops s;
    TRY(survey_stops(cx, round, &s));
    TRY(as(cx, w->walkers[0]));
    for (size_t i = 0; i < s.n && i < n; i++) {
        cx->now += INT64_C(40) * 60000;
        TRY(i == missed ? survey_skip(cx, &(struct survey_result){.stop = s.at[i].id,
                                              .version = s.at[i].version,
                                              .note = S("当天防汛值守，下一轮先走")})
                        : walk_stop(cx, w, &s.at[i], i, find));
    }
    return OK;
}

static Err both(Cx *cx, struct walking *w)
{
    int64_t today = day_of(cx->now), now = cx->now, id;
    TRY(round_of(cx, w, S("第一轮大会诊"), today - FIRST_DAYS_AGO, FIRST_DAYS, &id));
    TRY(route_of(cx, id, day_text(cx, today - FIRST_DAYS_AGO), false));
    cx->now = day_start(today - FIRST_DAYS_AGO) + INT64_C(8) * 3600000;
    TRY(survey_start(cx, id));
    TRY(walk(cx, w, id, SURVEY_STOPS_MAX, 8, false));
    TRY(duty_operator(cx));
    TRY(survey_close(cx, id));
    cx->now = now;
    TRY(round_of(cx, w, S("第二轮大会诊"), today - SECOND_DAYS_AGO, SECOND_DAYS, &id));
    TRY(route_of(cx, id, day_text(cx, today - SECOND_DAYS_AGO), true));
    TRY(survey_start(cx, id));
    cx->now = day_start(today - SECOND_DAYS_AGO) + INT64_C(8) * 3600000;
    TRY(walk(cx, w, id, 6, SURVEY_STOPS_MAX, true));
    cx->now = now;
    return duty_operator(cx);
}

/* ---- patrols: each river section in turn, by the secretary of its village */
static Err patrol_one(Cx *cx, const struct walking *w, const struct patrol_place *p, size_t i)
{
    struct holders h;
    struct patrol_points points;
    int64_t now = cx->now, id;
    Str first = hash_of(w, 1), later = hash_of(w, 3);
    TRY(duty_holders(cx, p->unit, HAS(POST_SECRETARY), &h));
    if (!h.n)
        return OK;
    TRY(as(cx, h.at[0].person));
    cx->now = day_start(day_of(now) - (int64_t)i * 3 - 2) + INT64_C(9) * 3600000;
    if (!i)
        TRY(patrol_found(cx,
            &(struct patrol_find){.place = p->id,
                .category = S("6303"),
                .said = S("坝头下面堆了几车渣土"),
                .point = S("三号坝头乱堆"),
                .photo = &first,
                .n_photos = 1},
            &id));
    TRY(patrol_walked(cx, &(struct patrol_new){.place = p->id}, &id));
    TRY(patrol_points(cx, p->id, &points));
    cx->now += DAY_MS;
    if (points.n)
        TRY(patrol_looked(
            cx, &(struct patrol_look){.point = points.at[0].id, .photo = &later, .n_photos = 1}));
    cx->now = now;
    return OK;
}

static Err patrols(Cx *cx, const struct walking *w)
{
    struct patrol_places p;
    size_t n = 0;
    TRY(duty_operator(cx));
    TRY(patrol_places(cx, &p));
    for (size_t i = 0; i < p.n; i++)
        if (str_eq(p.at[i].kind, S("river_section")))
            TRY(patrol_one(cx, w, &p.at[i], n++));
    return duty_operator(cx);
}

static Err survey_step(Cx *cx, void *arg)
{
    TRY(both(cx, arg));
    return patrols(cx, arg);
}

Err demo_survey(Cx *cx)
{
    struct walking w = {0};
    TRY(cast_of(cx, &w));
    if (!w.commander || !w.walkers[0])
        return OK;
    return db_transaction(cx, survey_step, &w);
}
