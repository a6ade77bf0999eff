/* climb.h — 逐级提醒: a rung of the four-level ladder, from 两委干部 to 总指挥.
 *
 * Each rung is a notice to whoever holds the level (the first filled one at or above it), a line on
 * their /me until the matter moves, and a clock of its own: if none of them has opened the notice
 * in time (setting unread_hours, 7 working hours; urgent: one hour by day and night), the next
 * level up is told, and the matter's history says so.  Who calls writes the history's row of the
 * rung itself, because only they know the state it is in. */
#pragma once
#include "base/cx.h"

struct climb {
    int64_t object, unit;
    int level; /* 1…6 */
    Text say;  /* what is late */
    Str about, path;
    const char *key;   /* told once a person, object and key */
    bool urgent;       /* who is on duty now at that level is told too */
    int64_t also;      /* a person told beside them, the handler; 0: nobody */
    const char *posts; /* instead of a level's holders: of these posts, "secretary"; NULL */
};
/* Inside a transaction. */
Err climb_tell(Cx *, const struct climb *) MUST_CHECK;
/* 交办、督办单: something that has to be done by an instant and climbs like a problem when it is
 * not: at due_at its owner (0: the unit's secretary), then L3 … L6 after 1, 2, 3, 5 working days.
 * Set again it begins anew; climb_end() ends it.  Inside a transaction. */
struct climb_by {
    int64_t object, unit, owner, due_at;
    Text say; /* "交办的事到期没办完" */
    Str about, path;
};
Err climb_by(Cx *, const struct climb_by *) MUST_CHECK;
/* The job, each minute. */
Err climb_due_job(Cx *) MUST_CHECK;

/* What was told under that key was decided: nobody has to open it any more. */
Err climb_answered(Cx *, int64_t object, const char *key) MUST_CHECK;
/* The line on that person's /me alone, without a notice. */
Err climb_line_add(Cx *, const struct climb *, int64_t person) MUST_CHECK;
/* The matter has moved: its lines and clocks go.  Inside a transaction. */
Err climb_end(Cx *, int64_t object) MUST_CHECK;

struct climb_line {
    int64_t object, level, at;
    Text say;
    Str about, path;
};
struct climb_lines {
    const struct climb_line *at;
    size_t n;
};
/* What has climbed to cx->me and still stands, highest rung first; at most 60. */
Err climb_mine(Cx *, struct climb_lines *) MUST_CHECK;

/* The job, each minute: notices that nobody opened in time go a level up. */
Err climb_unread_job(Cx *) MUST_CHECK;
/* 两委干部 … 总指挥: the post at a level, as the history says it. */
Str climb_level_name(int level);
extern const struct handover_hook climb_handover;
extern const struct room climb_room;
