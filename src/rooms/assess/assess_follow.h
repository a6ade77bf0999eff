/* assess_follow.h — 后续与还能挽回: what follows from a flag, and what a month still holds. */
#pragma once
#include "rooms/assess/assess.h"

/* ---- what follows: owner, day, done with words */
struct assess_duty {
    int64_t id, round, unit, done_at;
    Str unit_name, due_on, said;
    Text label, owner; /* 交整改计划, 书记 */
    bool done, mine, late;
};
struct assess_duties {
    const struct assess_duty *at;
    size_t n;
};
Text assess_duty_label(Str kind);
Err assess_duties(Cx *, int64_t unit, struct assess_duties *) MUST_CHECK; /* in scope */
Err assess_duties_mine(Cx *, struct assess_duties *) MUST_CHECK; /* open, owned by cx->me's posts */
/* By who holds the owner's post over the unit.  ERR_INVALID "said", ERR_FORBIDDEN, ERR_CONFLICT. */
Err assess_duty_done(Cx *, int64_t id, Str said, int64_t *round, int64_t *unit) MUST_CHECK;

/* ---- the open round as it stands: one unit, reckoned on the rows of this moment; what nobody has
 * inspected yet counts as without fault */
struct assess_live {
    struct assess_round round;
    struct assess_table table;
    struct assess_input in; /* one unit */
    struct reckoned out;
    bool seen[RECKON_WEEKS + 1]; /* a sheet is in; the month's end last */
    int week;                    /* the one today lies in; −1: none of this month */
};
/* ERR_NOT_FOUND: no round is open, or the unit is not judged. */
Err assess_live(Cx *, int64_t unit, struct assess_live *) MUST_CHECK;
Err assess_live_of(Cx *, int64_t round, int64_t unit, struct assess_live *) MUST_CHECK;

/* A matter that counts this week and is not done: by when, and what it is worth if done in time. */
struct assess_chance {
    int64_t problem, due_at, worth; /* 0.01 point of this week */
    Str title, where, worth_text;
};
struct assess_chances {
    const struct assess_chance *at;
    size_t n;
};
Err assess_chances(Cx *, const struct assess_live *, struct assess_chances *) MUST_CHECK;
