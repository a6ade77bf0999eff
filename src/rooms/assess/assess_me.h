/* assess_me.h — 本村红黑旗 on /me: where a secretary's village stands, what lost points, what can
 * still be saved; and what follows from a flag, for whoever has to do it. */
#pragma once
#include "rooms/assess/assess_follow.h"

struct lost_row {
    Str code, name, lost;
    int64_t n, num, den; /* places; of an automatic item num of den */
    bool counted;        /* automatic */
};
struct assess_me {
    int64_t unit, round, last_round, rank, of, week_no;
    Str unit_name, week_score, month_score, last_score, last_flag, last_month;
    bool there, live, last, seen;
    struct {
        const struct lost_row *at;
        size_t n;
    } lost;
    struct assess_chances chances;
    struct assess_duties duties;
};
/* For whoever signs in: the village they are secretary of, and what they have to follow up. */
Err assess_me(Cx *, struct assess_me *) MUST_CHECK;
