/* problem_clock.h — 时限: when a problem is due, what stops its clock, and who is told when nobody
 * acts (domain §2, Clock).  Pure: calendar in, instants out.
 *
 * Limits in hours and days run in working time, urgent ones (u) by day and night; so do their
 * pauses.  The clock of a problem starts with its dispatch. */
#pragma once
#include "base/day.h"

/* Time of the limit's own kind between two instants, and an instant that much later. */
int64_t clock_between(const struct calendar *, enum limit_unit, int64_t from, int64_t to);
int64_t clock_after(const struct calendar *, enum limit_unit, int64_t from, int64_t ms);

/* A verification that failed is given back: due ⊕ (handled → now), at least now ⊕ least_h. */
int64_t clock_given_back(const struct calendar *, enum limit_unit, int64_t due, int64_t handled,
    int64_t now, int64_t least_h);
/* The limit again from its start, with what was given since: pauses and failed verifications. */
int64_t clock_anew(const struct calendar *, int64_t start, struct time_limit, int64_t given_ms);
/* An extension ends after due and adds at most one limit; never one of an urgent limit. */
bool clock_may_extend(const struct calendar *, int64_t due, struct time_limit, int64_t until);
/* Whether now lies in the first half of the way from start to due. */
bool clock_first_half(
    const struct calendar *, enum limit_unit, int64_t start, int64_t due, int64_t now);

/* Who is told when the limit nears and passes: rung 0 the reminder, 1 due_at, then levels 3…6. */
enum { RUNG_REMINDER, RUNG_DUE, RUNG_L3, RUNG_L4, RUNG_L5, RUNG_L6, N_RUNGS };
int64_t clock_rung_at(
    const struct calendar *, int64_t start, int64_t due, struct time_limit, int rung);
/* The first rung that is still ahead of now, at least from; N_RUNGS: none. */
int clock_next_rung(
    const struct calendar *, int64_t start, int64_t due, struct time_limit, int64_t now, int from);
int rung_level(int rung); /* 1 for the reminder, 2 for due, 3 … 6 */

/* 先易后难: integer, higher first.  The addends, so that a page can list them. */
struct work_order {
    int64_t severity, difficulty, age, overdue, duplicates, resident;
    int64_t age_days; /* working days since filing; at most 40 count */
};
struct work_facts {
    int64_t severity, difficulty, filed_at, n_merged; /* filed_at 0: not yet */
    bool overdue, from_resident;
};
int64_t work_order(
    const struct calendar *, int64_t now, const struct work_facts *, struct work_order *addends);
