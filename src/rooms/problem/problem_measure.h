/* problem_measure.h — 测算: numerator, denominator and rows of what a village answered for.
 *
 * A problem counts for the village whose post or contractor held it when it was due (domain: §2 By
 * holder); what departments and the town held counts for nobody's flag. */
#pragma once
#include "base/cx.h"
#include "base/day.h"

struct problem_measured {
    int64_t num, den;
    Str rows; /* ids of the denominator, commas between */
};
/* Each over n spans of time, one result a span; the rows are read once for all of them. */
/* 按期结案率 of those due in it. */
Err problem_measure_on_time(
    Cx *, int64_t village, const struct span *, size_t n, struct problem_measured *) MUST_CHECK;
/* 满意率 of those closed in it and evaluated. */
Err problem_measure_pleased(
    Cx *, int64_t village, const struct span *, size_t n, struct problem_measured *) MUST_CHECK;
/* 一次办成率: closed in it without rework. */
Err problem_measure_once(
    Cx *, int64_t village, const struct span *, size_t n, struct problem_measured *) MUST_CHECK;
/* Whether one of the village's own is open at `at`, 5 working days past its due time. */
Err problem_measure_open_late(Cx *, int64_t village, int64_t at, bool *) MUST_CHECK;

/* Of those due until then, what is in hand and not late yet, by due time. */
struct problem_hopeful {
    int64_t id, due_at;
    Str title, where;
};
struct problem_hopefuls {
    const struct problem_hopeful *at;
    size_t n;
};
Err problem_measure_hopeful(
    Cx *, int64_t village, int64_t until, struct problem_hopefuls *) MUST_CHECK;
/* 未办结: open in the village now, of one category. */
Err problem_measure_open(Cx *, int64_t village, Str category, struct problem_measured *) MUST_CHECK;
/* 已清除: closed in [from, until), of one category. */
Err problem_measure_removed(Cx *, int64_t village, Str category, int64_t from, int64_t until,
    struct problem_measured *) MUST_CHECK;
