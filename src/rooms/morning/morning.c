/* morning.c — 晨报: the day's figures, written at 07:30. */
#include "rooms/morning/morning.h"

#include "base/day.h"
#include "rooms/duty/duty.h"
#include "rooms/meeting/meeting.h"
#include "rooms/notice/notice.h"
#include "rooms/problem/problem_office.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

#define MINUTE INT64_C(60000)
#define WRITTEN_AT ((7 * 60 + 30) * MINUTE)
#define DAY_ENDS ((17 * 60 + 30) * MINUTE)

int64_t morning_since(const Cx *cx)
{
    return day_start(day_of(cx->now) - 1) + DAY_ENDS;
}

Err morning_of(Cx *cx, Str day, struct sql_morning_find_row *to)
{
    return sql_morning_find(cx, &(struct sql_morning_find){.day = day}, to);
}

struct writing {
    Str day;
    int64_t since;
    struct problem_changes c;
};

static Err tell_group(Cx *cx, Str day)
{
    struct holders group;
    TRY(meeting_group(cx, &group));
    for (size_t i = 0; i < group.n; i++)
        TRY(notice_add(
            cx, &(struct notice){.to = group.at[i].person,
                    .say = T("今天的晨报好了"),
                    .about = day,
                    .path = S("/morning"),
                    .key = arena_printf(&cx->mem, "morning %.*s", (int)day.len, day.at)}));
    return OK;
}

static Err write_step(Cx *cx, void *arg)
{
    const struct writing *w = arg;
    Err e = sql_morning_put(cx, &(struct sql_morning_put){.day = w->day,
                                    .since_at = w->since,
                                    .n_reported = w->c.n_reported,
                                    .n_filed = w->c.n_filed,
                                    .n_handled = w->c.n_handled,
                                    .n_closed = w->c.n_closed,
                                    .n_newly_late = w->c.n_newly_late,
                                    .n_open = w->c.n_open,
                                    .n_late = w->c.n_late,
                                    .n_asks = w->c.n_asks,
                                    .n_waiting = w->c.n_waiting});
    if (e == ERR_CONFLICT)
        return OK; /* another node was first */
    TRY(e);
    TRY(event_add(
        cx, &(struct event){.verb = "morning", .unit = cx->town_id * 1000000, .said = w->day}));
    return tell_group(cx, w->day);
}

Err morning_job(Cx *cx)
{
    struct writing w = {.day = town_today(cx), .since = morning_since(cx)};
    struct sql_morning_find_row row;
    if (cx->now - day_start(day_of(cx->now)) < WRITTEN_AT)
        return OK;
    Err e = morning_of(cx, w.day, &row);
    if (e != ERR_NOT_FOUND)
        return e;
    int64_t me = cx->me.person;
    TRY(duty_operator(cx)); /* the whole town's figures */
    e = problem_changes(cx, w.since, &w.c);
    cx->me.person = me;
    TRY(e);
    return db_transaction(cx, write_step, &w);
}
