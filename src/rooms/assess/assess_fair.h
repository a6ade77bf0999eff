/* assess_fair.h — 公平与述职: how evenly a round was judged (domain: §4 Fairness), and a village's
 * year in words (年终述职).  Points are 0.01 point. */
#pragma once
#include "rooms/assess/assess.h"
#include "rooms/assess/assess_inspect.h"

/* ---- fairness */
/* Lost points of one inspector's sheets in one item: n sheets, their mean and standard deviation,
 * and mean and deviation of everybody else's.  far: the mean lies more than 2σ from the others',
 * where both sides have FAIR_SHEETS sheets or more. */
enum { FAIR_SHEETS = 3 };
struct fair_spread {
    int64_t n, sum, squares, mean, sigma;
    int64_t n_others, mean_others, sigma_others;
    bool far;
};
struct fair_inspector {
    int64_t person;
    struct fair_spread all;
    struct fair_spread *item; /* by the table's order */
    size_t n_far;
};
struct fair_item {
    Str code, name;
    int64_t per, n_appeals, n_granted, n_open;
};
struct fair_unit {
    int64_t unit, lost, by_others;
};
struct fairness {
    struct assess_round round;
    struct fair_inspector *inspector;
    struct fair_item *item;
    struct fair_unit *unit; /* those that lost something, by code */
    size_t n_inspectors, n_items, n_units;
    int64_t n_points, n_paper, n_without, lost, by_others;
};
/* ERR_NOT_FOUND: no such round.  Only sheets that are done count. */
Err assess_fair_of(Cx *, int64_t round, struct fairness *) MUST_CHECK;
/* Closes a row of sums: mean and deviation rounded half up. */
void assess_fair_close(struct fair_spread *, int64_t n_all, int64_t sum_all, int64_t squares_all);
int64_t assess_fair_root(int64_t); /* whole square root, rounded down */

/* ---- 年终述职 */
struct year_report {
    int64_t unit, year, edited_by, edited_at; /* edited_at 0: not edited yet */
    Str drafted, body;                        /* body: the drafted text until it was edited */
};
Err assess_year(Cx *, int64_t unit, int64_t year, struct year_report *) MUST_CHECK;
/* Once, by the village's secretary or the office.  ERR_INVALID "body", ERR_FORBIDDEN, ERR_CONFLICT:
 * it was edited already. */
Err assess_year_edit(Cx *, int64_t unit, int64_t year, Str body) MUST_CHECK;
/* A section another room writes into the report; text: whole lines.  from, to: days of the year. */
struct year_part {
    Text heading;
    Err (*write)(Cx *, int64_t unit, Str from, Str to, Str *text);
};
/* From a room's open(), before the first request; the part lives for ever. */
void assess_year_part(const struct year_part *);
/* Whether cx->me reads the report of that village: its secretary, or the office. */
Err assess_year_mine(Cx *, int64_t unit, bool *) MUST_CHECK;
