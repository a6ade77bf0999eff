/* town_near.h — 就近: what lies where somebody stands, on which side of a border, or in which other
 * town. */
#pragma once
#include "base/geo.h"
#include "rooms/town/town.h"

struct near_place {
    int64_t place, unit, metres;
    Str name, village;
};
enum { NEAR_SHOWN = 4 };
struct nearest {
    struct near_place at[NEAR_SHOWN]; /* the nearest first */
    size_t n;
    bool border;    /* another village is about as near: both are among them */
    bool outside;   /* another town is nearer, or nothing of ours is near */
    Str town, tel;  /* whose place it is likely to be, and whom to call; empty: not known */
    int64_t town_m; /* how far that is; -1: not known */
};
/* Of the places that have a position; n is 0 where none has. */
Err town_near(Cx *, struct point wgs, struct nearest *) MUST_CHECK;

/* A browser gives numbers and does not say in which datum: the standard has WGS-84, and there are
 * phones that answer with GCJ-02, some hundred metres off.  Both readings of the same numbers;
 * differ: the nearest place, the sides of a border or the town is not the same in both, so a person
 * says which. */
struct readings {
    struct nearest wgs, gcj;
    bool differ;
};
Err town_readings(Cx *, struct point given, struct readings *) MUST_CHECK;

/* 相邻乡镇, for the town's page. */
struct neighbour {
    Str name, tel, shape;
    int64_t version; /* the one looked at; 0: nobody looked, NEIGHBOUR_NEW: there is to be none */
};
enum { NEIGHBOUR_NEW = -1 };
struct neighbours {
    const struct neighbour *at;
    size_t n;
};
Err town_neighbours(Cx *, struct neighbours *) MUST_CHECK;
Err town_neighbour_find(Cx *, Str name, struct neighbour *) MUST_CHECK;
/* Put by name; changed: not the same as before.  ERR_INVALID names the field; ERR_CONFLICT:
 * somebody changed it meanwhile. */
Err town_neighbour_check(Cx *, const struct neighbour *) MUST_CHECK;
Err town_neighbour_put(Cx *, const struct neighbour *, bool *was, bool *changed) MUST_CHECK;
Err town_neighbour_drop(Cx *, Str name, int64_t version) MUST_CHECK;
