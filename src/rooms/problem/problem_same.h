/* problem_same.h — 疑似重复 for the office: pairs to be merged in one tap, and what was merged, to
 * be taken apart again. */
#pragma once
#include "rooms/problem/problem_view.h"

struct same_pair {
    struct problem_card one,
        other; /* one goes under the other, which came first or is further on */
    int64_t metres;
    bool same_place, same_words;
};
struct same_pairs {
    const struct same_pair *at;
    size_t n;
};
/* Of what is not dispatched yet and cx->me sees, newest first. */
Err problem_pairs(Cx *, struct same_pairs *) MUST_CHECK;

struct same_merged {
    struct problem_card one, master;
    bool may_undo; /* cx->me may, and it is not too long ago */
};
struct same_mergeds {
    const struct same_merged *at;
    size_t n;
};
/* The last that were merged and cx->me sees. */
Err problem_mergeds(Cx *, struct same_mergeds *) MUST_CHECK;
