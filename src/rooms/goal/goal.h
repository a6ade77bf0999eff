/* goal.h — 因村施策: what city and district ask, what each village sets out to do, how far it is
 * (domain: §5).  Numbers are hundredths of the indicator's unit, days "2026-06-12".
 *
 * A tier 档次 asks a list of indicators at thresholds; a village has it when L3 has verified all of
 * them.  An indicator that a ledger answers (goal_measure.h) fills itself and is typed by nobody.
 */
#pragma once
#include "base/fields.h"
#include "gen/sql_goal.h"

typedef struct sql_requirement_find_row Requirement;
typedef struct sql_target_find_row Target;
typedef struct sql_target_progress_find_row Progress;

enum { TIERS = 3, GOAL_TARGETS_MAX = 60 };
extern const struct option goal_origins[], goal_headings[], goal_directions[], goal_tiers[];

/* ERR_INVALID names the field. */
Err requirement_check(Cx *, const Requirement *) MUST_CHECK;
Err requirement_add(Cx *, const Requirement *) MUST_CHECK;
Err requirement_change(Cx *, const Requirement *) MUST_CHECK;
Err target_check(Cx *, const Target *) MUST_CHECK;
Err target_add(Cx *, const Target *) MUST_CHECK;
Err target_change(Cx *, const Target *) MUST_CHECK;

/* Whether a value is at or past a mark. */
bool target_past(const Target *, int64_t value, int64_t mark);
OptI64 target_mark(const Target *, int tier);  /* 1…TIERS: its threshold */
int target_tier(const Target *, OptI64 value); /* 0: none yet */
/* At or past the goal, seen by L3. */
bool target_reached(const Target *);

struct goal_reading {
    int64_t target, value;
    Str day;
    OptStr said, photo; /* one of the two must be there; photo: hashes with commas */
};
/* ERR_NOT_FOUND, ERR_FORBIDDEN; ERR_INVALID names the field: also "value" of what a ledger fills.
 */
Err goal_progress(Cx *, const struct goal_reading *, int64_t *id) MUST_CHECK;
/* L3 has seen that it is so.  ERR_FORBIDDEN: not L3 (or L4 where there is none), or their own
 * entry; ERR_CONFLICT: it is verified already. */
Err goal_verify(Cx *, int64_t progress) MUST_CHECK;
/* The newest reading that nobody has verified; ERR_NOT_FOUND. */
Err goal_unseen(Cx *, int64_t target, int64_t *progress) MUST_CHECK;
/* May cx->me enter progress, verify, set targets of that village? */
struct goal_rights {
    bool enters, verifies, sets;
};
Err goal_rights(Cx *, int64_t village, struct goal_rights *) MUST_CHECK;

/* Requirements whose day has passed and that no village has refined into a target. */
struct goal_late {
    const struct sql_requirement_late_row *at;
    size_t n;
};
Err goal_requirements_late(Cx *, struct goal_late *) MUST_CHECK;

/* --- a village's standing */
struct goal_village {
    const Target *at;
    size_t n, n_reached, n_waiting, n_late; /* waiting: for L3; late: past due_on, not reached */
    int tier;                               /* the highest that all its targets have, 0: none */
};
Err goal_village(Cx *, int64_t village, struct goal_village *) MUST_CHECK;
bool goal_waits(const Target *); /* its newest reading is not verified */

/* --- 模板 */
typedef struct sql_target_template_lines_row TemplateLine;
struct goal_template_lines {
    const TemplateLine *at;
    size_t n;
};
Err goal_templates(Cx *, struct goal_template_lines *) MUST_CHECK; /* by name and position */
struct goal_baseline {
    int64_t position, value;
};
struct goal_applying {
    int64_t village;
    Str template, due_on;
    int tier; /* aimed at: its thresholds become the goals */
    OptI64 requirement;
    const struct goal_baseline *at; /* lines without one are left out, unless a ledger answers */
    size_t n;
    size_t n_made, n_there; /* out: made, and left as they are because they stood there */
};
Err goal_apply(Cx *, struct goal_applying *) MUST_CHECK;

/* The clock's work: targets that ledgers answer get their reading when it has changed. */
Err goal_measure_job(Cx *) MUST_CHECK;

extern const struct ledger requirement_ledger, target_ledger, target_template_ledger;
extern const struct names requirement_names;
extern const struct room goal_room;
