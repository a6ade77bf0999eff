/* assess_measure.h — 自动项的测算: the closed set of measures that automatic items may take.
 *
 * Each has an exact definition in words and its rows; cases are counted by holder (domain: §2 By
 * holder): what a department or a town's contractor held does not weigh on the village.  A measure
 * whose ledger has no cases has no denominator: full marks (v1) or out (v2). */
#pragma once
#include "base/cx.h"

struct assess_measured {
    int64_t num, den;
    Str rows; /* ids of what was counted, commas between; numerator and denominator together */
};
struct assess_measure {
    const char *code; /* "on_time" */
    Text name, definition;
    /* Of one unit's subtree, over [from, to) in ms. */
    Err (*count)(Cx *, int64_t unit, int64_t from, int64_t to, struct assess_measured *);
};
extern const struct assess_measure assess_measures[];        /* ends with {0} */
const struct assess_measure *assess_measure_named(Str code); /* NULL: no such */
/* Whether the unit itself held a matter that was open 5 working days past its due time at `at`. */
Err assess_open_late(Cx *, int64_t unit, int64_t at, bool *) MUST_CHECK;
