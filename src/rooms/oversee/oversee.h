/* oversee.h — 督办单: one a unit and day, a table of the matters that are three working days late.
 *
 * A matter comes onto the unit's sheet of the day when it reaches the fifth rung of the ladder; one
 * whose category already stands on an open sheet of that unit joins that sheet, so that there is at
 * most one open a unit and category.  The unit's secretary acknowledges it and answers within three
 * working days; a sheet that nobody answers climbs (climb.h). */
#pragma once
#include "base/cx.h"
#include "rooms/duty/post.h"

/* Who works with problems: members and volunteers do not. */
#define OVERSEERS                                                                                  \
    (TOWN_POSTS | CHAIN_POSTS | HAS(POST_INSPECTOR) | HAS(POST_SUPERVISOR)                         \
        | HAS(POST_VIEWER_DISTRICT))

struct oversee_line {
    int64_t problem, due_at, n_late, photo, put_at;
    Str number, category, title, chain, handler;
    Str done; /* what became of it, in words; empty in lists */
};
struct oversee_lines {
    const struct oversee_line *at;
    size_t n;
};
struct oversee_sheet {
    int64_t id, unit, village, issued_at, version;
    Str day, number, state, reply_on; /* "issued" "received" "answered" */
    OptI64 received_by, received_at, answered_by, answered_at;
    OptStr answer;
    int64_t n_lines;
};
struct oversee_sheets {
    const struct oversee_sheet *at;
    size_t n;
};
/* In cx->me's scope, newest first; at most 100. */
Err oversee_list(Cx *, struct oversee_sheets *) MUST_CHECK;
/* ERR_NOT_FOUND: none in scope. */
Err oversee_get(Cx *, int64_t id, struct oversee_sheet *, struct oversee_lines *) MUST_CHECK;
/* May cx->me receive and answer for the unit? */
Err oversee_may(Cx *, const struct oversee_sheet *, bool *) MUST_CHECK;
/* ERR_FORBIDDEN: not of that unit; ERR_CONFLICT: received already. */
Err oversee_receive(Cx *, int64_t id) MUST_CHECK;
/* What was done.  ERR_INVALID "answer"; ERR_CONFLICT: not received yet, or answered. */
Err oversee_answer(Cx *, int64_t id, Str answer) MUST_CHECK;

/* The job, each minute: who has become late enough stands on a sheet. */
Err oversee_job(Cx *) MUST_CHECK;
extern const struct handover_hook oversee_handover;
extern const struct room oversee_room;
