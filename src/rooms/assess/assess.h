/* assess.h — 红黑旗: scoring tables, rounds, and what follows from them (domain: §4).
 *
 * A round is a month judged by one published table.  It goes open → scored → frozen (in_appeal
 * while an appeal is open) → final → published → archived; freezing writes every input down as one
 * text, and everything after it is reckoned from that text alone. */
#pragma once
#include "base/cx.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_text.h"
#include "rooms/assess/score_table.h"

/* ---- scoring tables: who edits one does not publish it */
struct assess_table {
    int64_t id, version, edited_by;
    Str state, hash; /* "draft" "published" */
    struct score_table t;
};
Err assess_table_new(Cx *, const struct score_table *, int64_t *id) MUST_CHECK;
Err assess_table_save(Cx *, int64_t id, int64_t version, const struct score_table *) MUST_CHECK;
/* ERR_INVALID: it does not add up; ERR_FORBIDDEN: by who edited it last; ERR_CONFLICT: published,
 * or somebody was first. */
Err assess_table_publish(Cx *, int64_t id, int64_t version) MUST_CHECK;
Err assess_table_get(Cx *, int64_t id, struct assess_table *) MUST_CHECK;
Err assess_table_named(Cx *, Str code, Str edition, int64_t *id) MUST_CHECK; /* ERR_NOT_FOUND */
/* The newest published one whose start is not after that day; ERR_NOT_FOUND. */
Err assess_table_on(Cx *, Str day, struct assess_table *) MUST_CHECK;

/* ---- rounds */
struct assess_round {
    int64_t id, score_table, corrects, frozen_no, version;
    Str month, state, seed, reason; /* reason: of a correction */
    OptI64 frozen_at, appeal_until, first_by, first_at, second_by, second_at, published_at;
};
/* Opens a month's round by the table in force on its first day, and draws who inspects what.
 * ERR_CONFLICT: it is open already.  ERR_INVALID "month": not "2026-06", or no table. */
Err assess_open(Cx *, Str month, int64_t *id) MUST_CHECK;
Err assess_round_get(Cx *, int64_t id, struct assess_round *) MUST_CHECK;
struct assess_rounds {
    const struct assess_round *at;
    size_t n;
};
Err assess_rounds(Cx *, struct assess_rounds *) MUST_CHECK; /* newest month first */
Err assess_round_of_month(Cx *, Str month, int64_t *id) MUST_CHECK;
/* "2026-06" → its first and last day; false: no such month. */
bool assess_month_days(Str month, int64_t *first, int64_t *last);
/* Weeks whose Sunday lies in the month. */
int assess_weeks(Cx *, Str month, struct assess_week to[RECKON_WEEKS]);

/* The draw of a round once more, from its printed seed and today's list of units: who is looked at
 * in which week, and whether a sheet of the round says the same. */
struct assess_lot {
    Str week;
    int64_t unit;
    bool there;
};
struct assess_redrawn {
    const struct assess_lot *at;
    size_t n, n_missing;
};
Err assess_redraw(Cx *, const struct assess_round *, struct assess_redrawn *) MUST_CHECK;

/* All sheets are in: open → scored. ERR_CONFLICT names what is missing. */
Err assess_scored(Cx *, int64_t round) MUST_CHECK;
/* Writes all inputs down, reckons, keeps both; the appeal window of 3 working days begins with the
 * first freezing.  ERR_CONFLICT: wrong state, or a unit has no week or no month-end inspection. */
Err assess_freeze(Cx *, int64_t round) MUST_CHECK;
/* After the window, with no appeal open. */
Err assess_final(Cx *, int64_t round) MUST_CHECK;
/* First signature by the office, second by the commander: different people, neither of whom entered
 * a score in this round; both over hash, the frozen input's.  The second publishes. */
Err assess_sign(Cx *, int64_t round, Str hash) MUST_CHECK;

/* The newest freezing, read back and reckoned anew. */
struct assess_kept {
    Str input_text, input_hash, result_text, result_hash;
    struct assess_input in;
    struct reckoned *out;
    int64_t at;
};
Err assess_kept(
    Cx *, int64_t round, int64_t no, struct assess_kept *) MUST_CHECK; /* no 0: newest */
/* ERR_CONFLICT: the result is not the one that was kept; says which. */
Err assess_rerun(Cx *, int64_t round) MUST_CHECK;

/* ---- appeals 申诉 */
Err assess_appeal(Cx *, int64_t deduct, Str said, int64_t *id) MUST_CHECK;
/* The same with a picture: a hash from photo_take(). */
Err assess_appeal_with(Cx *, int64_t deduct, Str said, Str photo, int64_t *id) MUST_CHECK;
struct assess_vote {
    Str choice; /* "upheld" "reduced" "struck" */
    int64_t n_left;
    Str said;
};
/* With the third equal vote of a panel of at least three the appeal is decided, the deduction gets
 * its new row of input, and the round is frozen anew. */
Err assess_vote(Cx *, int64_t appeal, const struct assess_vote *) MUST_CHECK;

/* Appeals that wait for the panel, of whatever round. */
struct assess_waiting {
    const struct sql_assess_appeals_waiting_row *at;
    size_t n;
};
Err assess_appeals_waiting(Cx *, struct assess_waiting *) MUST_CHECK;

/* ---- bonus, penalty, veto */
struct assess_mark_new {
    int64_t unit;
    Str item, day, said;
    OptStr paper_no, zero_items;
};
Err assess_mark_add(Cx *, const struct assess_mark_new *, int64_t *id) MUST_CHECK;
Err assess_mark_confirm(Cx *, int64_t id, int64_t version) MUST_CHECK; /* by another person */
Err assess_mark_void(Cx *, int64_t id, int64_t version, Str reason) MUST_CHECK;
