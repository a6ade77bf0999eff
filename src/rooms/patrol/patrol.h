/* patrol.h — 巡查: roads, ditches and river sections are walked, and points of 四乱 are looked at
 * again and again until they are gone (M16).
 *
 * A walk is told when it is over, with one tap; what was found on the way is a problem already
 * (source 巡查).  A point is a spot of one place with a name of its own: its pictures stand side by
 * side by date.  Only posts over the place, or over the unit it lies in, tell (domain: §1, Seeing).
 */
#pragma once
#include "base/ledger.h"

enum { PATROL_POINTS_MAX = 500, PATROL_NOTE_MAX = 200, PATROL_NAME_MAX = 40 };

/* Every road, ditch and river section in cx->me's scope. */
struct patrol_place {
    int64_t id, unit, village, last_at, n_points; /* last_at 0: never walked */
    Str name, kind;
    bool late; /* longer ago than the setting patrol_days */
};
struct patrol_places {
    const struct patrol_place *at;
    size_t n;
};
Err patrol_places(Cx *, struct patrol_places *) MUST_CHECK; /* never and longest ago first */
/* ERR_NOT_FOUND: no such place, or not in scope. */
Err patrol_place_get(Cx *, int64_t place, struct patrol_place *) MUST_CHECK;
Err patrol_may(Cx *, const struct patrol_place *, bool *) MUST_CHECK;

struct patrol_walk {
    int64_t id, at, by, n_problems;
    Str note;
};
struct patrol_walks {
    const struct patrol_walk *at;
    size_t n;
};
Err patrol_walks(Cx *, int64_t place, struct patrol_walks *) MUST_CHECK; /* the newest 20 */

struct patrol_new {
    Str key;
    int64_t place, at; /* at: when they stood there; 0 or later than now: now */
    Str note;
    const Str *photo; /* hashes; may be none */
    size_t n_photos;
};
/* The walk is over; the problems found since the last one are counted to it.  ERR_FORBIDDEN;
 * ERR_INVALID "note" "photo". */
Err patrol_walked(Cx *, const struct patrol_new *, int64_t *id) MUST_CHECK;

struct patrol_find {
    Str key;
    int64_t place;
    Str category, said, point; /* point: its name, and it becomes a point; empty: just a problem */
    const Str *photo;
    size_t n_photos;
};
/* ERR_INVALID "photo" "point": there is one of that name here. */
Err patrol_found(Cx *, const struct patrol_find *, int64_t *problem) MUST_CHECK;
Err patrol_n_found(Cx *, int64_t place, int64_t *n) MUST_CHECK; /* on the walk that is not over */

struct patrol_point {
    int64_t id, unit, place, problem, n_returns, created_at, version;
    Str name, category, ended_on; /* ended_on empty: still there */
};
struct patrol_points {
    const struct patrol_point *at;
    size_t n;
};
Err patrol_points(Cx *, int64_t place, struct patrol_points *) MUST_CHECK;
Err patrol_point_get(Cx *, int64_t id, struct patrol_point *) MUST_CHECK; /* scoped */
/* The same spot again: still there, gone, or back.  A picture shows it.  ERR_INVALID "photo";
 * ERR_CONFLICT: somebody told first. */
enum patrol_says { POINT_STAYS, POINT_GONE, POINT_BACK };
struct patrol_look {
    Str key;
    int64_t point, version;
    enum patrol_says says;
    Str note;
    const Str *photo;
    size_t n_photos;
};
Err patrol_looked(Cx *, const struct patrol_look *) MUST_CHECK;

/* The photos' door: walks and points in scope. */
Err patrol_seen(Cx *, int64_t object) MUST_CHECK;

extern const struct ledger patrol_ledger;
extern const struct room patrol_room;
