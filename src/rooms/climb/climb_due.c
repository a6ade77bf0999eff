/* climb_due.c — 交办、督办单逐级提醒: what has a day of its own climbs like a problem. */
#include "base/day.h"
#include "gen/sql_climb.h"
#include "rooms/climb/climb.h"
#include "rooms/duty/duty.h"
#include "rooms/notice/notice.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

enum { BATCH = 200, RUNGS = 5, FAR = 3 };
typedef struct sql_climb_due_now_row Due;
/* Rung 1 is due_at; the others by the table of domain §2. */
static const int level_of[RUNGS + 1] = {0, 2, 3, 4, 5, 6};
static const struct time_limit in_days = {FAR, LIMIT_DAYS};

Err climb_by(Cx *cx, const struct climb_by *c)
{
    return sql_climb_due_put(cx, &(struct sql_climb_due_put){.object = c->object,
                                     .unit = c->unit,
                                     .person = c->owner,
                                     .at = c->due_at,
                                     .due_at = c->due_at,
                                     .say = str(c->say.zh),
                                     .about = c->about,
                                     .path = c->path});
}

static Err move_on(Cx *cx, const Due *d)
{
    const struct calendar *cal;
    int next = (int)d->rung + 1;
    if (next > RUNGS)
        return sql_climb_due_move(
            cx, &(struct sql_climb_due_move){
                    .object = d->object, .was = d->rung, .rung = next, .at = INT64_MAX});
    TRY(town_calendar(cx, &cal));
    return sql_climb_due_move(cx, &(struct sql_climb_due_move){.object = d->object,
                                      .was = d->rung,
                                      .rung = next,
                                      .at = limit_climb(cal, d->due_at, in_days, level_of[next])});
}

/* At due_at it is the owner's alone, if there is one: a task is not a village's. */
static Err owner_told(Cx *cx, const Due *d, const char *key)
{
    Text say = {arena_printf(&cx->mem, "%.*s", (int)d->say.len, d->say.at), ""};
    TRY(notice_add(cx, &(struct notice){.to = d->person,
                           .say = say,
                           .about = d->about,
                           .object = d->object,
                           .path = d->path,
                           .key = key}));
    return climb_line_add(cx,
        &(struct climb){.object = d->object,
            .unit = d->unit,
            .level = 1,
            .say = say,
            .about = d->about,
            .path = d->path},
        d->person);
}

/* As the history names it: the owner's highest post today. */
static Err owner_post(Cx *cx, int64_t person, Str *to)
{
    uint32_t have;
    int level = -1;
    *to = str(T("责任人").zh);
    TRY(duty_posts(cx, person, &have));
    for (int post = POST_NONE + 1; post < N_POSTS; post++)
        if (have & HAS(post) && posts[post].level > level) {
            level = posts[post].level;
            *to = str(posts[post].label.zh);
        }
    return OK;
}

static Err due_step(Cx *cx, void *arg)
{
    const Due *d = arg;
    int level = level_of[d->rung];
    const char *key =
        arena_printf(&cx->mem, "by %lld %lld", (long long)d->rung, (long long)d->due_at);
    Err e = move_on(cx, d);
    if (e == ERR_CONFLICT)
        return OK;
    TRY(e);
    bool owners = d->rung == 1 && d->person;
    Str said = climb_level_name(level);
    if (owners)
        TRY(owner_post(cx, d->person, &said));
    TRY(event_add(
        cx, &(struct event){.verb = "climb", .unit = d->unit, .object = d->object, .said = said}));
    if (owners)
        return owner_told(cx, d, key);
    return climb_tell(
        cx, &(struct climb){
                .object = d->object,
                .unit = d->unit,
                .level = level,
                .say = {arena_printf(&cx->mem, "%.*s", (int)d->say.len, d->say.at), ""},
                .about = d->about,
                .path = d->path,
                .key = key
    });
}

Err climb_due_job(Cx *cx)
{
    struct sql_climb_due_now_rows due;
    for (int round = 0; round < RUNGS; round++) { /* after a standstill: rung after rung */
        TRY(sql_climb_due_now(cx, &(struct sql_climb_due_now){.limit = BATCH}, &due));
        for (size_t i = 0; i < due.n; i++)
            TRY(db_transaction(cx, due_step, (void *)&due.at[i]));
        if (!due.n)
            break;
    }
    return OK;
}
