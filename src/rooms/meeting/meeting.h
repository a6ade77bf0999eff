/* meeting.h — 领导小组、调度会、交办.
 *
 * The leading group's members are those who hold its posts.  A meeting's agenda is drafted from
 * what was decided before and is not done (read first), matters three working days late, asks that
 * wait, appeals and requirements nobody has refined in time.  Each decision is a task with an owner
 * and a day, which climbs like a problem (climb.h) until somebody else has seen that it is done. */
#pragma once
#include "gen/sql_meeting.h"
#include "rooms/duty/duty.h"

enum {
    MEETERS = TOWN_POSTS | HAS(POST_LEAD) | HAS(POST_DEPT), /* who may look */
    MEETING_MAKERS = OFFICE_POSTS | HAS(POST_COMMANDER),
    USUAL_MEMBERS = TOWN_POSTS | HAS(POST_LEAD) | HAS(POST_DEPT),
};
typedef struct sql_task_one_row Task;

/* Everybody who holds one of its posts, highest first, each once. */
Err meeting_group(Cx *, struct holders *) MUST_CHECK;
Err meeting_group_posts(Cx *, uint32_t *posts) MUST_CHECK;
Err meeting_group_set(Cx *, uint32_t posts) MUST_CHECK; /* ERR_INVALID "post": none */

struct meeting_new {
    Str held_on, begins, place, key;
    int64_t presider, recorder;
};
/* With its agenda.  ERR_INVALID names the field: who writes the minutes does not preside. */
Err meeting_draft(Cx *, const struct meeting_new *, int64_t *id) MUST_CHECK;
/* What has come up since joins the agenda; ERR_CONFLICT: it was held. */
Err meeting_redraft(Cx *, int64_t id) MUST_CHECK;
Err meeting_item_add(Cx *, int64_t id, Str text) MUST_CHECK;

/* The next one that is not held yet; id 0: none. */
Err meeting_next(Cx *, int64_t *id, Str *held_on) MUST_CHECK;

struct meeting_decision {
    int64_t meeting, item, owner; /* item: its number on the agenda */
    Str text, due_on, key;
};
/* The decision's task.  ERR_INVALID names the field; ERR_FORBIDDEN. */
Err meeting_decide(Cx *, const struct meeting_decision *, int64_t *task) MUST_CHECK;
struct meeting_held {
    int64_t id, version;
    Str present, minutes; /* present: persons' ids with commas */
};
Err meeting_hold(Cx *, const struct meeting_held *) MUST_CHECK;

/* ERR_NOT_FOUND: none, or not theirs to see. */
Err task_get(Cx *, int64_t id, Task *) MUST_CHECK;
/* The owner says that it is done, and how; then somebody else closes it or sends it back.
 * ERR_FORBIDDEN, ERR_CONFLICT, ERR_INVALID "text". */
Err task_report(Cx *, int64_t id, Str text) MUST_CHECK;
Err task_close(Cx *, int64_t id, bool done, Str text) MUST_CHECK;

struct task_rows {
    const struct sql_task_mine_row *at;
    size_t n;
};
/* cx->me's that are not closed, earliest day first. */
Err task_mine(Cx *, struct task_rows *) MUST_CHECK;
/* By how many days a task is past its day today; 0: it is not, or its owner has reported it. */
int64_t task_days_late(Cx *, Str state, Str due_on);
/* Reported ones that cx->me may close. */
Err task_to_close(Cx *, struct task_rows *) MUST_CHECK;

extern const struct handover_hook task_handover;
extern const struct ledger task_ledger;
extern const struct room meeting_room;
