/* assess_lowest.h — 最低一周: what a village's worst week brought in some items, of the newest
 * published round. */
#pragma once
#include "base/cx.h"

struct assess_lowest {
    int64_t round, points; /* 0.01 point */
    Str month, week;       /* "2026-06", "2026-W24" */
};
/* items end with NULL.  ERR_NOT_FOUND: nothing is published of that unit, or no such item. */
Err assess_lowest_week(
    Cx *, int64_t unit, const char *const *items, struct assess_lowest *) MUST_CHECK;
