/* demo_office.c — 示范镇办公室: shifts of ten days, a meeting a week ago, three tasks of it: one
 * done, one late, one to come. */
#include "rooms/demo/demo_office.h"

#include "base/day.h"
#include "rooms/meeting/meeting.h"
#include "rooms/people/people.h"
#include "rooms/roster/roster.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

enum { DAYS_BEFORE = 3, DAYS_AHEAD = 7, N_PEOPLE = 6 };
#define HOUR INT64_C(3600000)
static const char *const logins[N_PEOPLE] = {
    "lisi", "zheng11", "feng12", "wangwu", "zhaoliu", "zhangsan"};
enum { LISI, ZHENG, FENG, WANGWU, ZHAOLIU, ZHANGSAN };

struct office {
    int64_t person[N_PEOPLE], day;
};

/* Office, lead and department take turns. */
static Err shift_put(Cx *cx, const struct office *o, const char *shift, const char *level, int who)
{
    Roster r = {.id = new_id(cx),
        .unit = cx->town_id * 1000000,
        .day = day_text(cx, o->day),
        .shift = str(shift),
        .level = str(level),
        .person = o->person[who],
        .phone = str(arena_printf(&cx->mem, "1390000010%d", who))};
    return roster_add(cx, &r);
}

static Err day_step(Cx *cx, void *arg)
{
    const struct office *o = arg;
    const struct calendar *cal;
    TRY(town_calendar(cx, &cal));
    const char *by_day = day_works(cal, o->day) ? "day" : "holiday";
    int turn = (int)(o->day % 3);
    TRY(shift_put(cx, o, by_day, "dept", ZHAOLIU));
    TRY(shift_put(cx, o, by_day, "office", turn == 0 ? LISI : turn == 1 ? ZHENG : FENG));
    TRY(shift_put(cx, o, "night", "lead", WANGWU));
    return shift_put(cx, o, "night", "office", turn == 0 ? FENG : turn == 1 ? LISI : ZHENG);
}

static Err shifts(Cx *cx, struct office *o)
{
    int64_t today = day_of(cx->now);
    for (int64_t d = today - DAYS_BEFORE; d <= today + DAYS_AHEAD; d++) {
        o->day = d;
        TRY(db_transaction(cx, day_step, o));
    }
    return OK;
}

static Err as(Cx *cx, const struct office *o, int who, int64_t at)
{
    cx->me.person = o->person[who];
    cx->now = at;
    return duty_posts(cx, cx->me.person, &cx->me.posts);
}

static Err given(Cx *cx, int64_t meeting, int64_t owner, Str text, Str due_on, int64_t *task)
{
    struct meeting_decision d = {
        .meeting = meeting, .owner = owner, .text = text, .due_on = due_on};
    return meeting_decide(cx, &d, task);
}

static Err last_week(Cx *cx, const struct office *o)
{
    const int64_t now = cx->now, day = day_of(now) - 7, at = day_start(day);
    int64_t meeting, done, late, coming;
    const char *present = "";
    struct meeting_new in = {.held_on = day_text(cx, day),
        .begins = S("08:30"),
        .place = S("镇三楼会议室"),
        .presider = o->person[ZHANGSAN],
        .recorder = o->person[ZHENG]};
    TRY(as(cx, o, LISI, at + 8 * HOUR));
    TRY(meeting_draft(cx, &in, &meeting));
    TRY(meeting_item_add(cx, meeting, S("汛期前的沟渠清淤怎么分段")));
    TRY(given(cx, meeting, o->person[WANGWU], S("南王、孙庄交界的沟渠分清段落，立牌"),
        day_text(cx, day + 3), &done));
    TRY(given(cx, meeting, o->person[ZHAOLIU], S("联系执法中队，夜间查渣土车撒漏"),
        day_text(cx, day + 5), &late));
    TRY(given(cx, meeting, o->person[FENG], S("把各村清运车的联系电话印到报问题的回执上"),
        day_text(cx, day + 14), &coming));
    for (int i = 0; i < N_PEOPLE; i++)
        present = arena_printf(
            &cx->mem, "%s%s%lld", present, *present ? "," : "", (long long)o->person[i]);
    TRY(meeting_hold(cx, &(struct meeting_held){.id = meeting,
                             .version = 1,
                             .present = str(present),
                             .minutes = S("逐项过了超期的事；沟渠分段由包村干部现场定；"
                                          "渣土车夜间撒漏联合执法中队查。")}));
    TRY(as(cx, o, WANGWU, at + 2 * 24 * HOUR + 16 * HOUR));
    TRY(task_report(cx, done, S("两村现场分了段，立了四块牌")));
    TRY(as(cx, o, LISI, at + 3 * 24 * HOUR + 9 * HOUR));
    TRY(task_close(cx, done, true, S("")));
    cx->now = now;
    memset(&cx->me, 0, sizeof cx->me);
    return OK;
}

Err demo_office(Cx *cx)
{
    struct office o = {0};
    for (int i = 0; i < N_PEOPLE; i++) {
        Err e = people_of_login(cx, str(logins[i]), &o.person[i]);
        if (e == ERR_NOT_FOUND)
            return OK;
        TRY(e);
    }
    TRY(duty_operator(cx));
    TRY(shifts(cx, &o));
    return last_week(cx, &o);
}
