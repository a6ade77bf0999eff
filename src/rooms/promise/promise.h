/* promise.h — 承诺: 亮承诺、赛实绩: what a village's secretary promised for the year, what was
 * done, and who saw it (domain: §5).
 *
 * draft → public (confirmed by the lead, L4) → done_claimed → confirmed by the department's head
 * (L3, another person) | missed.  A draft may be withdrawn.  After it is public it changes only
 * with a public note, and the old words stay.  Late: its day is over and nobody claimed it done;
 * that climbs like a problem. States and verbs are the table promise_machine. */
#pragma once
#include "base/steps.h"
#include "gen/sql_promise.h"

typedef struct sql_promise_find_row Promise;

enum promise_state {
    DRAFT,
    PUBLIC_NOW,
    DONE_CLAIMED,
    CONFIRMED,
    MISSED,
    DRAFT_WITHDRAWN,
    N_PROMISE_STATES
};
enum { PROMISE_MAX = 120, PROMISE_SAID_MAX = 500 };

/* What a verb can carry; promise_machine says which of it a verb must have. */
struct promise_fields {
    OptStr text;     /* what is said */
    OptStr words;    /* a change: the new words */
    OptI64 goal;     /* … the new number, hundredths */
    OptStr due_on;   /* … the new day */
    OptI64 result;   /* a claim: the number that was reached */
    OptStr evidence; /* photos, hashes with commas */
    OptI64 version;  /* the row that was on the screen; not set: any */
};

/* The draft, by ledger.  ERR_INVALID names the field; ERR_CONFLICT: it is public already. */
Err promise_check(Cx *, const Promise *) MUST_CHECK;
Err promise_add(Cx *, const Promise *) MUST_CHECK;
Err promise_change(Cx *, const Promise *) MUST_CHECK;

/* Do a verb (publish, withdraw, change, claim, confirm, send_back, miss) as cx->me.  ERR_NOT_FOUND:
 * out of scope, or no such verb; ERR_FORBIDDEN: not theirs; ERR_CONFLICT: wrong state, or not yet,
 * or somebody was first. */
Err promise_act(Cx *, int64_t id, Str verb, const struct promise_fields *) MUST_CHECK;

/* By its words in a village.  ERR_NOT_FOUND. */
Err promise_named(Cx *, int64_t village, Str text, int64_t *id) MUST_CHECK;
/* One that everybody may see; staff also what never was public, in their scope.  ERR_NOT_FOUND. */
Err promise_open(Cx *, int64_t id, Promise *) MUST_CHECK;
bool promise_was_public(const Promise *);
bool promise_late(Cx *, const Promise *);
Text promise_state_label(Str code);
/* "硬化里巷 1200 米", "做到" */
Str promise_measure_text(Cx *, const Promise *, OptI64 value);

/* Public ones by day: due in [from_on, to_on]; village 0: all. */
struct promises {
    const Promise *at;
    size_t n;
};
Err promise_due(Cx *, int64_t village, Str from_on, Str to_on, struct promises *) MUST_CHECK;

/* The old words of each change, oldest first. */
typedef struct sql_promise_changes_row PromiseChange;
struct promise_changes {
    const PromiseChange *at;
    size_t n;
};
Err promise_changes(Cx *, int64_t id, struct promise_changes *) MUST_CHECK;

/* 赛实绩: what was due up to today against what was done. */
struct promise_score {
    int64_t n_public, n_due, n_confirmed, n_claimed, n_missed, n_late;
};
void promise_count(Cx *, const Promise *, struct promise_score *);

/* The clock's work: the late ones are told to the secretary, then L3, L4 and the office. */
Err promise_watch_job(Cx *) MUST_CHECK;

extern const struct option promise_states[], promise_kinds[];
extern const struct field promise_form[];
extern const struct machine promise_machine;
extern const struct ledger promise_ledger;
extern const struct handover_hook promise_handover;
extern const struct room promise_room;
