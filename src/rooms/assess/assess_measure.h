/* assess_measure.h — 自动项的测算: the closed set of measures that automatic items may take.
 *
 * Each has an exact definition in words and its rows; cases are counted by holder (domain: §2 By
 * holder): what a department or a town's contractor held does not weigh on the village.  A measure
 * whose ledger has no cases has no denominator: full marks (v1) or out (v2). */
#pragma once
#include "base/cx.h"
#include "base/day.h"

struct assess_measured {
    int64_t num, den;
    Str rows; /* ids of what was counted, commas between; numerator and denominator together */
};
/* Of one unit's subtree, a result for each of n spans. */
typedef Err MeasureFn(Cx *, int64_t unit, const struct span *, size_t n, struct assess_measured *);
struct assess_measure {
    const char *code; /* "on_time" */
    Text name, definition, rows;
    MeasureFn *count; /* NULL: its ledger is not kept yet, so that nothing is ever due */
};
/* Through ->count, or nothing due where there is none. */
Err assess_measure_count(Cx *, const struct assess_measure *, int64_t unit, const struct span *,
    size_t n, struct assess_measured *) MUST_CHECK;
extern const struct assess_measure assess_measures[];        /* ends with {0} */
const struct assess_measure *assess_measure_named(Str code); /* NULL: no such */
/* Whether the unit itself held a matter that was open 5 working days past its due time at `at`. */
Err assess_open_late(Cx *, int64_t unit, int64_t at, bool *) MUST_CHECK;
