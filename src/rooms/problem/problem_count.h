/* problem_count.h — the rates of a period (domain §2): each has a numerator and a denominator, and
 * each opens the rows it counts, because both are the same test over the same rows. */
#pragma once
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"

/* What is known of one problem for the figures. */
typedef struct sql_problem_facts_row Facts;
struct period {
    int64_t from, until; /* ms, until exclusive */
    int64_t now;
};
struct rate {
    const char *name;
    Text label;
    bool (*num)(const Facts *, const struct period *);
    bool (*den)(const Facts *, const struct period *);
    bool by_due_village; /* counts for who answered for the due time */
};
extern const struct rate problem_rate_rows[]; /* ends with {0} */
/* Σ working ms of the mean handling time is no count: its rows are those of "closing". */
Str percent_text(Cx *, int64_t num, int64_t den); /* "87.80%"; "—" for den 0 */

Err facts_of(Cx *, const struct period *, Facts **, size_t *n) MUST_CHECK;
Err period_of(Cx *, Str from_on, Str until_on, struct period *) MUST_CHECK;
/* The rows behind a figure, as cards. */
Err problem_figure_n(Cx *, const struct problem_filter *, int64_t *n) MUST_CHECK;
Err problem_figure_cards(Cx *, const struct problem_filter *, struct problem_cards *) MUST_CHECK;
