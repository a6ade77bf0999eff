/* goal_measure.h — 台账得出的指标: the closed set of indicators that ledgers answer, each with its
 * exact definition and the rows behind it. */
#pragma once
#include "rooms/goal/goal.h"

struct goal_measured {
    bool has;      /* false: nothing to count yet (no case was due, nothing is published) */
    int64_t value; /* hundredths */
    int64_t num, den;
    Str rows;      /* problem ids, commas between */
    int64_t round; /* of an assessment; 0: none */
    Str note;      /* "2026-06 2026-W24" */
};
struct goal_measure {
    const char *code;
    Text name, definition;
    const char *unit, *direction;
    /* For a village since the baseline's day, as of cx->now. */
    Err (*count)(Cx *, int64_t village, int64_t from, struct goal_measured *);
};
extern const struct goal_measure goal_measures[]; /* ends with {0} */
extern const struct option goal_measure_options[];
const struct goal_measure *goal_measure_named(Str code); /* NULL: no such */
Err goal_measure(Cx *, const Target *, struct goal_measured *) MUST_CHECK;
