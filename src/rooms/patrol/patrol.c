/* patrol.c — 巡查: what there is to walk, and a walk that is over. */
#include "rooms/patrol/patrol.h"

#include "base/sum.h"
#include "base/utf8.h"
#include "gen/sql_patrol.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/patrol/patrol_inner.h"
#include "rooms/problem/problem.h"
#include "rooms/town/town.h"
#include "store/log.h"
#include "store/submit.h"

enum { PLACES_MAX = 2000, WALKS_SHOWN = 20, FOUND_MAX = 200, PATROL_DAYS = 7 };
#define DAY_MS (INT64_C(24) * 3600000)
#define PATROLLERS                                                                                 \
    (CHAIN_POSTS | OFFICE_POSTS | HAS(POST_GRID_KEEPER) | HAS(POST_INSPECTOR)                      \
        | HAS(POST_CONTRACTOR) | HAS(POST_TEAM_LEADER))

/* ---- what there is to walk */
static bool is_walked(Str kind)
{
    return str_eq(kind, S("road")) || str_eq(kind, S("river_section")) || str_eq(kind, S("ditch"));
}

/* Longest ago first, never before all. */
static void by_age(struct patrol_place *at, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct patrol_place x = at[i];
        size_t k = i;
        for (; k > 0 && at[k - 1].last_at > x.last_at; k--)
            at[k] = at[k - 1];
        at[k] = x;
    }
}

static Err last_of(Cx *cx, struct patrol_place *at, size_t n)
{
    struct sql_patrol_last_rows last;
    struct sql_patrol_points_rows points;
    int64_t days = town_setting(cx, "patrol_days", PATROL_DAYS);
    TRY(sql_patrol_last(cx, &(struct sql_patrol_last){.limit = PLACES_MAX}, &last));
    TRY(sql_patrol_points(cx, &(struct sql_patrol_points){.limit = PATROL_POINTS_MAX}, &points));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < last.n; k++)
            if (last.at[k].place == at[i].id)
                at[i].last_at = last.at[k].at;
        for (size_t k = 0; k < points.n; k++)
            at[i].n_points += points.at[k].place == at[i].id;
        at[i].late = at[i].last_at < cx->now - days * DAY_MS;
    }
    return OK;
}

static Err sees(Cx *cx, const struct place *p, bool *yes)
{
    uint32_t held = 0;
    TRY(duty_posts_at(cx, p->unit, p->id, &held));
    *yes = held & STAFF_POSTS || cx->me.person == OPERATOR;
    return OK;
}

Err patrol_places(Cx *cx, struct patrol_places *to)
{
    struct sql_patrol_places_rows r;
    TRY(sql_patrol_places(
        cx, &(struct sql_patrol_places){.today = town_today(cx), .limit = PLACES_MAX}, &r));
    struct patrol_place *at = NEW_ARRAY(&cx->mem, r.n + 1, struct patrol_place);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct patrol_place){.id = r.at[i].id,
            .unit = r.at[i].unit,
            .village = r.at[i].village,
            .name = r.at[i].name,
            .kind = r.at[i].kind};
    TRY(last_of(cx, at, r.n));
    by_age(at, r.n);
    *to = (struct patrol_places){at, r.n};
    return OK;
}

Err patrol_place_get(Cx *cx, int64_t place, struct patrol_place *to)
{
    struct place p;
    bool mine = false;
    TRY(town_place(cx, place, &p));
    TRY(sees(cx, &p, &mine));
    if (!mine || !is_walked(p.kind))
        return ERR_NOT_FOUND;
    *to = (struct patrol_place){.id = p.id,
        .unit = p.unit,
        .village = town_village_of(p.unit),
        .name = p.name,
        .kind = p.kind};
    return last_of(cx, to, 1);
}

Err patrol_may(Cx *cx, const struct patrol_place *p, bool *may)
{
    uint32_t held = 0;
    TRY(duty_posts_at(cx, p->unit, p->id, &held));
    *may = (held & PATROLLERS) != 0;
    return OK;
}

Err patrol_asked(Cx *cx, int64_t place, struct patrol_place *to)
{
    bool may = false;
    TRY(patrol_place_get(cx, place, to));
    TRY(patrol_may(cx, to, &may));
    return may ? OK : fail(cx, ERR_FORBIDDEN, NULL, T("这里的巡查由管这个地点的岗位来记"));
}

Err patrol_walks(Cx *cx, int64_t place, struct patrol_walks *to)
{
    struct sql_patrol_of_place_rows r;
    TRY(sql_patrol_of_place(
        cx, &(struct sql_patrol_of_place){.place = place, .limit = WALKS_SHOWN}, &r));
    struct patrol_walk *at = NEW_ARRAY(&cx->mem, r.n + 1, struct patrol_walk);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct patrol_walk){.id = r.at[i].id,
            .at = r.at[i].walked_at,
            .by = r.at[i].walked_by,
            .n_problems = r.at[i].problems_n,
            .note = r.at[i].note.set ? r.at[i].note.v : (Str){0}};
    *to = (struct patrol_walks){at, r.n};
    return OK;
}

/* ---- a walk is over */
Err patrol_words(Cx *cx, Str note, size_t n_photos)
{
    if (text_wrong(note, true).zh || str_n_chars(note) > PATROL_NOTE_MAX)
        return fail(cx, ERR_INVALID, "note", T("记录最多 200 个字"));
    return n_photos > PHOTOS_MAX ? fail(cx, ERR_INVALID, "photo", T("照片最多 6 张")) : OK;
}

Err patrol_n_found(Cx *cx, int64_t place, int64_t *n)
{
    struct sql_patrol_findings_open_rows r;
    TRY(sql_patrol_findings_open(
        cx, &(struct sql_patrol_findings_open){.place = place, .limit = FOUND_MAX}, &r));
    *n = (int64_t)r.n;
    return OK;
}

void patrol_sum(
    unsigned char to[SUM_BYTES], int64_t object, int64_t what, Str note, const Str *photo, size_t n)
{
    Sum s;
    sum_begin(&s);
    sum_i64(&s, object);
    sum_i64(&s, what);
    sum_str(&s, note);
    for (size_t i = 0; i < n; i++)
        sum_str(&s, photo[i]);
    sum_end(&s, to);
}

struct walking {
    const struct patrol_new *in;
    int64_t id;
};

static Err write(Cx *cx, struct walking *w, const struct patrol_place *p)
{
    const struct patrol_new *in = w->in;
    int64_t at = in->at > 0 && in->at < cx->now ? in->at : cx->now, photo, n;
    OptStr note = in->note.len ? some_str(in->note) : (OptStr){0};
    w->id = new_id(cx);
    TRY(patrol_n_found(cx, p->id, &n));
    TRY(sql_patrol_add(cx, &(struct sql_patrol_add){.id = w->id,
                               .unit = p->unit,
                               .village = p->village,
                               .place = p->id,
                               .name = p->name,
                               .walked_at = at,
                               .note = note,
                               .problems_n = n}));
    TRY(sql_patrol_findings_told(
        cx, &(struct sql_patrol_findings_told){.place = p->id, .walk = w->id}));
    for (size_t i = 0; i < in->n_photos; i++)
        TRY(attachment_add(cx, w->id, p->unit, "check", in->photo[i], &photo));
    return event_add(cx,
        &(struct event){.verb = "patrol_walk", .unit = p->unit, .object = w->id, .said = in->note});
}

static Err walk_step(Cx *cx, void *arg)
{
    struct walking *w = arg;
    struct patrol_place p;
    unsigned char sum[SUM_BYTES];
    patrol_sum(sum, w->in->place, 0, w->in->note, w->in->photo, w->in->n_photos);
    Err e = submit_seen(cx, w->in->key, sum, &w->id);
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(patrol_asked(cx, w->in->place, &p));
    TRY(patrol_words(cx, w->in->note, w->in->n_photos));
    TRY(write(cx, w, &p));
    return w->in->key.len ? submit_keep(cx, w->in->key, sum, w->id) : OK;
}

Err patrol_walked(Cx *cx, const struct patrol_new *in, int64_t *id)
{
    struct walking w = {.in = in};
    TRY(db_transaction(cx, walk_step, &w));
    *id = w.id;
    return OK;
}

Err patrol_seen(Cx *cx, int64_t object)
{
    struct sql_patrol_find_row walk;
    struct patrol_point point;
    Err e = sql_patrol_find(cx, &(struct sql_patrol_find){.id = object}, &walk);
    return e == ERR_NOT_FOUND ? patrol_point_get(cx, object, &point) : e;
}
