/* assess_explain.h — 逐项说明: the reckoning of one unit, line by line, as text or JSON. */
#pragma once
#include "base/json.h"
#include "rooms/assess/assess.h"

/* Plain lines for the command line and the page's print view. */
Str assess_explain_text(Cx *, const struct assess_kept *, int64_t unit);
/* Every item with points, full, count or numerator and denominator and rows; each week's W, K, M as
 * exact fractions and rounded; rank, flag, and the step that decided it. */
void assess_explain_json(Cx *, struct json *, const struct assess_kept *, int64_t unit);
/* The unit's place in the input; n_units: it is not judged in this round. */
size_t assess_unit_no(const struct assess_kept *, int64_t unit);
