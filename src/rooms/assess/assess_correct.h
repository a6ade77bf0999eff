/* assess_correct.h — 更正轮: what is found wrong after publishing is set right by a round of its
 * own.
 *
 * The office asks for it with a reason, and says finding by finding what should have been counted.
 * It is reckoned from the published round's frozen input with these rows in their places, needs the
 * same two signatures, and is shown beside the old one, which stays as it was (domain: §4). */
#pragma once
#include "rooms/assess/assess.h"

/* One finding: places or times of an item, or numerator and denominator of an automatic one. */
struct assess_fix {
    int64_t unit, n, num, den;
    Str week, item, reason; /* "2026-W24", or K */
};
struct assess_fixed {
    int64_t id, unit, n_was, num_was, den_was, n, num, den, by, at;
    Str week, item, reason;
};
struct assess_fixes {
    const struct assess_fixed *at;
    size_t n;
};
/* By the office.  ERR_INVALID "reason"; ERR_CONFLICT: not published, or a correction is there. */
Err assess_correct(Cx *, int64_t round, Str reason, int64_t *id) MUST_CHECK;
/* While the correction is open.  ERR_INVALID names the field: no such finding, or it is the same.
 */
Err assess_correct_add(Cx *, int64_t correction, const struct assess_fix *, int64_t *id) MUST_CHECK;
Err assess_correct_drop(Cx *, int64_t correction, int64_t id) MUST_CHECK;
Err assess_correct_rows(Cx *, int64_t correction, struct assess_fixes *) MUST_CHECK;
/* The correction of a round, 0: none; published: whether it stands in its place. */
Err assess_correction_of(
    Cx *, const struct assess_round *, int64_t *id, bool *published) MUST_CHECK;
/* The published round's input with the correction's rows in it. */
Err assess_correct_input(Cx *, const struct assess_round *, struct assess_input *) MUST_CHECK;
/* Whether the person entered one of its rows. */
Err assess_correct_entered(Cx *, int64_t correction, int64_t person, bool *) MUST_CHECK;
