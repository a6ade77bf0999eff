/* assess_rehearse.h — 预演: the last rounds judged again by another scoring table, before it is in
 * force: who would gain, who would lose.  Nothing is stored. */
#pragma once
#include "rooms/assess/assess.h"

struct rehearsed {
    int64_t unit;
    Str name, month;
    int64_t was, now; /* M */
    enum flag flag_was, flag_now;
    enum decided by; /* of the new flag */
};
/* The published rounds of the last 12 weeks (at most 3 months), oldest first; draft or published
 * table.  ERR_NOT_FOUND: no such table; ERR_CONFLICT: there is no published round yet, or the table
 * does not add up. */
Err assess_rehearse(Cx *, int64_t table, struct rehearsed **, size_t *n) MUST_CHECK;
