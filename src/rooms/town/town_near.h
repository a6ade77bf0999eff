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

/* 相邻乡镇, for the town's page. */
struct neighbour {
    Str name, tel, shape;
};
struct neighbours {
    const struct neighbour *at;
    size_t n;
};
Err town_neighbours(Cx *, struct neighbours *) MUST_CHECK;
/* Put by name; changed: not the same as before.  ERR_INVALID names the field. */
Err town_neighbour_check(Cx *, const struct neighbour *) MUST_CHECK;
Err town_neighbour_put(Cx *, const struct neighbour *, bool *was, bool *changed) MUST_CHECK;
