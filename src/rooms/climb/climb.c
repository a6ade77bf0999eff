/* climb.c — 逐级提醒: tell a level, keep its line, and go one up when nobody reads. */
#include "rooms/climb/climb.h"

#include "base/day.h"
#include "gen/sql_climb.h"
#include "rooms/duty/duty.h"
#include "rooms/notice/notice.h"
#include "rooms/roster/roster.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

#include <stdlib.h>

enum { LINES = 60, BATCH = 200, TOP = 6, UNREAD_HOURS = 7 };
static const int64_t HOUR_MS = 3600 * 1000;

Str climb_level_name(int level)
{
    for (int post = POST_NONE + 1; post < N_POSTS; post++)
        if (posts[post].level == level && post != POST_OFFICE_HEAD)
            return str(posts[post].label.zh);
    return (Str){0};
}

Err climb_line_add(Cx *cx, const struct climb *c, int64_t person)
{
    return sql_climb_line_put(cx, &(struct sql_climb_line_put){.person = person,
                                      .object = c->object,
                                      .unit = c->unit,
                                      .level = c->level,
                                      .say = str(c->say.zh),
                                      .about = c->about,
                                      .path = c->path});
}

static Err tell_one(Cx *cx, const struct climb *c, int64_t person)
{
    if (!person || person == cx->me.person)
        return OK;
    TRY(notice_add(cx, &(struct notice){.to = person,
                           .say = c->say,
                           .about = c->about,
                           .object = c->object,
                           .path = c->path,
                           .key = c->key}));
    return climb_line_add(cx, c, person);
}

static Err holders_of(Cx *cx, const struct climb *c, struct holders *at)
{
    if (!c->posts)
        return duty_level(cx, c->unit, c->level, at);
    enum post post = post_named(c->posts, strlen(c->posts));
    return duty_holders(cx, c->unit, HAS(post) & OFFICE_POSTS ? OFFICE_POSTS : HAS(post), at);
}

/* When somebody must have opened it. */
static Err read_by(Cx *cx, bool urgent, int64_t *at)
{
    const struct calendar *cal;
    TRY(town_calendar(cx, &cal));
    *at = urgent
              ? cx->now + HOUR_MS
              : work_after(cal, cx->now, town_setting(cx, "unread_hours", UNREAD_HOURS) * HOUR_MS);
    return OK;
}

Err climb_tell(Cx *cx, const struct climb *c)
{
    struct holders at, on_duty = {0};
    struct climb told = *c;
    int64_t unread_at;
    TRY(holders_of(cx, c, &at));
    if (at.n && posts[at.at[0].post].level > told.level)
        told.level = posts[at.at[0].post].level; /* vacant levels pass it up */
    for (size_t i = 0; i < at.n; i++)
        TRY(tell_one(cx, &told, at.at[i].person));
    if (c->urgent)
        TRY(roster_now(cx, c->unit, told.level, &on_duty));
    for (size_t i = 0; i < on_duty.n; i++)
        TRY(tell_one(cx, &told, on_duty.at[i].person));
    TRY(tell_one(cx, &told, c->also));
    if (told.level >= TOP || !c->key)
        return OK;
    TRY(read_by(cx, c->urgent, &unread_at));
    return sql_climb_unread_put(cx, &(struct sql_climb_unread_put){.object = c->object,
                                        .mark = str(c->key),
                                        .unit = c->unit,
                                        .level = told.level,
                                        .at = unread_at,
                                        .urgent = c->urgent,
                                        .say = str(c->say.zh),
                                        .about = c->about,
                                        .path = c->path});
}

Err climb_end(Cx *cx, int64_t object)
{
    TRY(sql_climb_lines_end(cx, &(struct sql_climb_lines_end){.object = object}));
    TRY(sql_climb_due_end(cx, &(struct sql_climb_due_end){.object = object}));
    return sql_climb_unread_end(cx, &(struct sql_climb_unread_end){.object = object});
}

Err climb_answered(Cx *cx, int64_t object, const char *key)
{
    return sql_climb_unread_read(cx, &(struct sql_climb_unread_read){.object = object,
                                         .mark = str(key),
                                         .mark_end = str(arena_printf(&cx->mem, "%s~", key))});
}

/* What has climbed to the old holder is the new one's, and a clock asks the new one. */
static Err hand_over(Cx *cx, int64_t from_person, int64_t to_person, int64_t unit, enum post post)
{
    struct unit u;
    (void)post;
    TRY(town_unit(cx, unit, &u));
    TRY(sql_climb_lines_hand(
        cx, &(struct sql_climb_lines_hand){
                .from_person = from_person, .to_person = to_person, .lo = u.lo, .hi = u.hi}));
    TRY(sql_climb_lines_left(
        cx, &(struct sql_climb_lines_left){.person = from_person, .lo = u.lo, .hi = u.hi}));
    return sql_climb_due_hand(
        cx, &(struct sql_climb_due_hand){
                .from_person = from_person, .to_person = to_person, .lo = u.lo, .hi = u.hi});
}

/* A hand-over somebody was reminded of is a line on their /me until they confirm. */
static Err stands(Cx *cx, int64_t id, int64_t unit, int64_t person, Text said, Str about, Str path)
{
    return climb_line_add(cx,
        &(struct climb){
            .object = id, .unit = unit, .level = 1, .say = said, .about = about, .path = path},
        person);
}

static Err confirmed(Cx *cx, int64_t id, int64_t person)
{
    if (!person)
        return sql_climb_lines_end(cx, &(struct sql_climb_lines_end){.object = id});
    return sql_climb_line_end(cx, &(struct sql_climb_line_end){.object = id, .person = person});
}

const struct handover_hook climb_handover = {
    .what = "climb", .move = hand_over, .stands = stands, .confirmed = confirmed};

static Text kept_text(Cx *cx, Str s)
{
    return (Text){arena_printf(&cx->mem, "%.*s", (int)s.len, s.at), ""};
}

static int higher_first(const void *a, const void *b)
{
    const struct climb_line *x = a, *y = b;
    if (x->level != y->level)
        return x->level < y->level ? 1 : -1;
    return x->at != y->at ? (x->at < y->at ? -1 : 1)
                          : (x->object > y->object) - (x->object < y->object);
}

Err climb_mine(Cx *cx, struct climb_lines *to)
{
    struct sql_climb_lines_of_rows rows;
    TRY(sql_climb_lines_of(cx, &(struct sql_climb_lines_of){.limit = LINES}, &rows));
    struct climb_line *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct climb_line);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct climb_line){.object = rows.at[i].object,
            .level = rows.at[i].level,
            .at = rows.at[i].at,
            .say = kept_text(cx, rows.at[i].say),
            .about = rows.at[i].about,
            .path = rows.at[i].path};
    qsort(at, rows.n, sizeof *at, higher_first);
    *to = (struct climb_lines){at, rows.n};
    return OK;
}

/* ---- nobody has opened it: one level up */

static Err unread_step(Cx *cx, void *arg)
{
    const struct sql_climb_unread_due_row *r = arg;
    bool heard;
    Err e = sql_climb_unread_take(
        cx, &(struct sql_climb_unread_take){.object = r->object, .mark = r->mark});
    if (e == ERR_CONFLICT)
        return OK; /* moved meanwhile */
    TRY(e);
    TRY(notice_heard(cx, r->object, r->mark, &heard));
    if (heard)
        return OK;
    int level = (int)r->level + 1;
    TRY(event_add(cx, &(struct event){.verb = "climb_unread",
                          .unit = r->unit,
                          .object = r->object,
                          .said = climb_level_name(level)}));
    return climb_tell(
        cx, &(struct climb){.object = r->object,
                .unit = r->unit,
                .level = level,
                .say = kept_text(cx, r->say),
                .about = r->about,
                .path = r->path,
                .urgent = r->urgent,
                .key = arena_printf(&cx->mem, "%.*s ^%d", (int)r->mark.len, r->mark.at, level)});
}

Err climb_unread_job(Cx *cx)
{
    struct sql_climb_unread_due_rows due;
    TRY(sql_climb_unread_due(cx, &(struct sql_climb_unread_due){.limit = BATCH}, &due));
    for (size_t i = 0; i < due.n; i++)
        TRY(db_transaction(cx, unread_step, (void *)&due.at[i]));
    return OK;
}
