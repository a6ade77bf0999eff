/* assess_draw.h — 抽查: which units are looked at in which week, and by whom.
 *
 * Pure: the printed seed and the lists give the same draw to anyone.  A unit's and an inspector's
 * place in a week is BLAKE2b(seed, week, code); in a drawn table each week looks at ⅓ of the units
 * (rounded up) and each unit is looked at once a month at least.  Nobody inspects a unit they hold
 * a post over, and the pairs change from week to week as far as there are others (domain: §4). */
#pragma once
#include "base/cx.h"
#include "rooms/assess/reckon.h"

struct draw_in {
    Str seed;
    const int64_t *unit; /* codes */
    size_t n_units;
    const int64_t *inspector; /* persons */
    size_t n_inspectors;
    const bool *own; /* [inspector][unit]: holds a post over it */
    const Str *week; /* codes; the month-end "K" may stand last */
    int n_weeks;
    bool sampled; /* else all units every week; "K" is always all */
};
struct drawn {
    int week;
    size_t unit, inspector; /* inspector n_inspectors: there is nobody who may */
};
/* In the order of weeks, then units by code's place in the list. */
void assess_draw(Cx *, const struct draw_in *, struct drawn **, size_t *n);
