/* roster.h — 值班: who is on duty in which shift at which level, and whom one called.
 *
 * Urgent matters (limits in hours by day and night) are filed and dispatched within the hour by who
 * is on duty, who gets the ladder's rungs too.  Shifts: day and holiday 08:30–17:30 (a working day,
 * a day off), night from 17:30 of its day to 08:30 of the next.  The numbers lie sealed and are
 * shown in part; who may call asks for one, and that is an event. */
#pragma once
#include "gen/sql_roster.h"
#include "rooms/duty/duty.h"

typedef struct sql_roster_find_row Roster;

/* The row's day and shift at that instant. */
Err roster_shift(Cx *, int64_t at, Str *day, const char **shift) MUST_CHECK;
/* Who is on duty over that unit at cx->now at that level (0: at any), nearest first, lower levels
 * first. */
Err roster_now(Cx *, int64_t unit, int level, struct holders *) MUST_CHECK;
/* Whether cx->me is on duty over that unit now. */
Err roster_me(Cx *, int64_t unit, bool *) MUST_CHECK;

/* What the columns cannot say.  ERR_INVALID names the field. */
Err roster_check(Cx *, const Roster *) MUST_CHECK;
Err roster_add(Cx *, const Roster *) MUST_CHECK; /* inside a transaction */
Err roster_change(Cx *, const Roster *) MUST_CHECK;

/* One call to who stands in that row, logged; object: the matter, 0: none.  ERR_INVALID "outcome",
 * "object"; ERR_NOT_FOUND: no such row in scope; ERR_FORBIDDEN: not theirs to call. */
struct roster_called {
    int64_t roster, object;
    Str outcome, note; /* "reached" "not" */
    Str key;
};
Err roster_call(Cx *, const struct roster_called *) MUST_CHECK;
/* May cx->me call who is on duty over that unit? */
Err roster_may_call(Cx *, int64_t unit, bool *) MUST_CHECK;
/* The number of that row whole, for cx->me who is about to call.  ERR_NOT_FOUND, ERR_FORBIDDEN. */
Err roster_number(Cx *, int64_t roster, Str *phone) MUST_CHECK;
/* What a row's sealed number says. */
Err roster_open(Cx *, int64_t id, Str sealed, Str secret, Str *phone) MUST_CHECK;
/* The job, each minute: what was written before numbers were sealed. */
Err roster_seal_job(Cx *) MUST_CHECK;

extern const struct ledger roster_ledger;
extern const struct room roster_room;
