/* counter.h — 代报与回执单: a report entered for somebody without a phone, in four fields, and the
 * slip that goes home with them.  No person stands on a slip: who finds it learns nothing. */
#pragma once
#include "base/cx.h"

struct counter_slip {
    int64_t id, reported_at;
    Str code, where, category; /* code: twelve digits */
};
struct counter_slips {
    const struct counter_slip *at;
    size_t n;
};

/* The slip of a receipt; sets cx->town_id.  ERR_NOT_FOUND: no such receipt. */
Err counter_slip(Cx *, Str code, struct counter_slip *) MUST_CHECK;
/* What cx->me has entered for others today, newest first. */
Err counter_mine(Cx *, struct counter_slips *) MUST_CHECK;

extern const struct room counter_room;
