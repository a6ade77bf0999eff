/* problem_office.h — what the office's day asks of 问题台账: late matters, asks, what has changed,
 * what a campaign covers. */
#pragma once
#include "base/cx.h"

struct problem_late {
    int64_t id, unit, village, due_at, photo, n_late; /* n_late: working days */
    Str number, category, title, chain, handler;
};
struct problem_lates {
    const struct problem_late *at;
    size_t n;
};
/* Matters whose lateness has reached that level of the ladder (5: +3d), longest late first, at most
 * 500.  Of the whole town: for jobs and the leading group's agenda; without what is with the office
 * alone, because a unit's sheet and an agenda are read by others. */
Err problem_late(Cx *, int level, struct problem_lates *) MUST_CHECK;

struct problem_ask_row {
    int64_t id, version, asked_at, until;
    Str about; /* "extend" "suspend" "void" */
    Text label;
    Str title, by_name, text, plan, review_on;
};
struct problem_ask_rows {
    const struct problem_ask_row *at;
    size_t n;
};
/* Asks that cx->me may decide, earliest due first; at most 50. */
Err problem_asks_of_me(Cx *, struct problem_ask_rows *) MUST_CHECK;
/* All asks that wait, of the whole town: for the agenda. */
Err problem_asks_open(Cx *, struct problem_ask_rows *) MUST_CHECK;
/* One of them, as cx->me: problem_act() of extend_grant, extend_refuse …  ERR_INVALID "text": a
 * refusal says why. */
struct problem_decision {
    int64_t id, version;
    Str about, text, key;
    bool grants;
};
Err problem_decide(Cx *, const struct problem_decision *) MUST_CHECK;

/* Since that instant, in cx->me's scope; problem_since() leads to exactly those rows. */
struct problem_changes {
    int64_t n_reported, n_filed, n_handled, n_closed, n_newly_late;
    int64_t n_open, n_late, n_asks,
        n_waiting; /* as it stands; waiting: to be filed or dispatched */
};
Err problem_changes(Cx *, int64_t since, struct problem_changes *) MUST_CHECK;
/* The address of the rows behind one of them: "new_reported" "new_handled" "new_closed" "new_late"
 * "waiting". */
Str problem_since(Cx *, const char *figure, int64_t since);

/* What a campaign covers, through its records. */
struct problem_tally {
    int64_t n, n_open, n_closed, n_late, n_on_time, n_rework, n_suspended;
    int64_t village; /* 0: all */
};
struct problem_tallies {
    const struct problem_tally *at; /* the first is the sum; then by village */
    size_t n;
};
Err problem_campaign_tally(Cx *, int64_t campaign, struct problem_tallies *) MUST_CHECK;
struct problem_line {
    int64_t id, reported_at;
    Str title, village_name;
    Text state;
};
struct problem_lines {
    const struct problem_line *at;
    size_t n;
};
/* Its records in cx->me's scope, newest first; at most 200. */
Err problem_campaign_lines(Cx *, int64_t campaign, struct problem_lines *) MUST_CHECK;
/* Of the whole town, for the job that gives a new campaign its records: reported in that time. */
struct problem_reported {
    int64_t id, unit, place, reported_at;
    Str category;
};
struct problem_reporteds {
    const struct problem_reported *at;
    size_t n;
};
Err problem_reported(Cx *, int64_t from, int64_t until, int64_t after_at, int64_t after_id,
    struct problem_reporteds *) MUST_CHECK;
