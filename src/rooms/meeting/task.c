/* task.c — 交办: given, reported, closed by somebody else, or sent back; late ones climb. */
#include "base/day.h"
#include "base/utf8.h"
#include "rooms/climb/climb.h"
#include "rooms/meeting/meeting.h"
#include "rooms/meeting/meeting_inner.h"
#include "rooms/notice/notice.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

enum { MINE_MAX = 60, REPORT_MAX = 500 };
#define DAY_ENDS ((17 * 60 + 30) * INT64_C(60000))

/* Where the owner works: their first post's unit; the town for who holds one over all of it. */
static Err unit_of(Cx *cx, int64_t person, int64_t *unit)
{
    struct appointments terms;
    Str today = town_today(cx);
    *unit = cx->town_id * 1000000;
    TRY(duty_of_person(cx, person, &terms));
    for (size_t i = 0; i < terms.n; i++) {
        const struct appointment *a = &terms.at[i];
        bool over = a->to_on.len && memcmp(a->to_on.at, today.at, 10) < 0;
        if (str_eq(a->state, S("granted")) && !over && a->unit)
            return *unit = town_village_of(a->unit) ? town_village_of(a->unit) : *unit, OK;
    }
    return OK;
}

static Str path_of(Cx *cx, int64_t id)
{
    return str(arena_printf(&cx->mem, "/tasks/%lld", (long long)id));
}

static Err clock(Cx *cx, int64_t id, int64_t unit, int64_t owner, Str text, Str due_on)
{
    int64_t day = 0;
    if (!day_parse(due_on, &day))
        return fail_log(cx, ERR_INTERNAL, "task %lld: no day", (long long)id);
    return climb_by(cx, &(struct climb_by){.object = id,
                            .unit = unit,
                            .owner = owner,
                            .due_at = day_start(day) + DAY_ENDS,
                            .say = T("调度会交办的事到期没办完"),
                            .about = text,
                            .path = path_of(cx, id)});
}

Err task_new(Cx *cx, const struct task_new *in, int64_t *id)
{
    int64_t unit;
    TRY(unit_of(cx, in->owner, &unit));
    *id = new_id(cx);
    TRY(sql_task_insert(cx, &(struct sql_task_insert){.id = *id,
                                .unit = unit,
                                .meeting = in->meeting,
                                .item = in->item,
                                .held_on = in->held_on,
                                .text = in->text,
                                .owner = in->owner,
                                .due_on = in->due_on}));
    TRY(notice_add(cx, &(struct notice){.to = in->owner,
                           .say = T("调度会交办给您"),
                           .about = in->text,
                           .object = *id,
                           .path = path_of(cx, *id),
                           .key = "task"}));
    TRY(clock(cx, *id, unit, in->owner, in->text, in->due_on));
    return event_add(
        cx, &(struct event){
                .verb = "task", .unit = unit, .object = *id, .to = S("open"), .said = in->text});
}

Err task_get(Cx *cx, int64_t id, Task *to)
{
    uint32_t have;
    TRY(sql_task_one(cx, &(struct sql_task_one){.id = id}, to));
    if (to->owner == cx->me.person || cx->me.posts & MEETERS)
        return OK;
    TRY(duty_posts_over(cx, to->unit, &have));
    return have & STAFF_POSTS ? OK : ERR_NOT_FOUND;
}

struct moving {
    int64_t id;
    Str text;
    enum { REPORT, CLOSE, SEND_BACK } how;
};

/* Who was given it does not close it; the office, the commander and who gave it do. */
static Err may_close(Cx *cx, const Task *t)
{
    uint32_t have;
    TRY(duty_posts_over(cx, cx->town_id * 1000000, &have));
    if (t->owner == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("自己办的事，由别人核对销号"));
    return have & MEETING_MAKERS
               ? OK
               : fail(cx, ERR_FORBIDDEN, NULL, T("由领导小组办公室或者总指挥办理"));
}

static Err report(Cx *cx, const struct moving *m, const Task *t)
{
    if (t->owner != cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("这件事交办给了别人，由责任人来报"));
    TRY(sql_task_reported(cx, &(struct sql_task_reported){.id = m->id, .report = m->text}));
    TRY(climb_end(cx, m->id));
    return notice_add(cx, &(struct notice){.to = t->made_by,
                              .say = T("交办的事报办完了，请核对"),
                              .about = t->text,
                              .object = m->id,
                              .path = path_of(cx, m->id)});
}

static Err close_or_not(Cx *cx, const struct moving *m, const Task *t)
{
    TRY(may_close(cx, t));
    if (m->how == CLOSE) {
        TRY(sql_task_closed(cx, &(struct sql_task_closed){.id = m->id}));
        return climb_end(cx, m->id);
    }
    TRY(sql_task_sent_back(cx, &(struct sql_task_sent_back){.id = m->id}));
    TRY(notice_add(cx, &(struct notice){.to = t->owner,
                           .say = T("交办的事没有办好，请接着办"),
                           .about = t->text,
                           .object = m->id,
                           .path = path_of(cx, m->id)}));
    return clock(cx, m->id, t->unit, t->owner, t->text, t->due_on);
}

static Err move_step(Cx *cx, void *arg)
{
    static const char *const verbs[] = {"task_report", "task_close", "task_back"};
    static const char *const to[] = {"reported", "closed", "open"};
    const struct moving *m = arg;
    Task t;
    TRY(task_get(cx, m->id, &t));
    Err e = m->how == REPORT ? report(cx, m, &t) : close_or_not(cx, m, &t);
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, NULL, T("这件事刚有人动过，请刷新看看再办"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = verbs[m->how],
                             .unit = t.unit,
                             .object = m->id,
                             .from = t.state,
                             .to = str(to[m->how]),
                             .said = m->text});
}

static Err move(Cx *cx, struct moving *m, bool must_say)
{
    m->text = str_trim(m->text);
    if (must_say && !m->text.len)
        return fail(
            cx, ERR_INVALID, "text", m->how == REPORT ? T("请写怎么办的") : T("请写哪里没办好"));
    if (str_n_chars(m->text) > REPORT_MAX)
        return fail(cx, ERR_INVALID, "text", T("最多 500 个字"));
    return db_transaction(cx, move_step, m);
}

Err task_report(Cx *cx, int64_t id, Str text)
{
    return move(cx, &(struct moving){id, text, REPORT}, true);
}

Err task_close(Cx *cx, int64_t id, bool done, Str text)
{
    return move(cx, &(struct moving){id, text, done ? CLOSE : SEND_BACK}, !done);
}

/* ---- with the post goes what was given to its holder; the day stays */

static Err held(Cx *cx, int64_t person, int64_t unit, struct sql_task_held_rows *rows)
{
    struct unit u;
    TRY(town_unit(cx, unit, &u));
    return sql_task_held(cx,
        &(struct sql_task_held){.person = person, .lo = u.lo, .hi = u.hi, .limit = MINE_MAX}, rows);
}

static Err hand_over(Cx *cx, int64_t from_person, int64_t to_person, int64_t unit, enum post post)
{
    struct sql_task_held_rows rows;
    (void)post;
    TRY(held(cx, from_person, unit, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(sql_task_hand(cx, &(struct sql_task_hand){.id = rows.at[i].id, .owner = to_person}));
        TRY(event_add(
            cx, &(struct event){.verb = "handover", .unit = unit, .object = rows.at[i].id}));
        TRY(notice_add(cx, &(struct notice){.to = to_person,
                               .say = T("交办的事随岗位交接到您手上"),
                               .about = rows.at[i].text,
                               .object = rows.at[i].id,
                               .path = path_of(cx, rows.at[i].id)}));
    }
    return OK;
}

static Err hand_list(
    Cx *cx, int64_t person, int64_t unit, enum post post, struct handover_lines *to)
{
    struct sql_task_held_rows rows;
    (void)post;
    TRY(held(cx, person, unit, &rows));
    struct handover_line *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct handover_line);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct handover_line){
            say_ab(cx, T("交办（{b} 前）：{a}"), rows.at[i].text, rows.at[i].due_on),
            path_of(cx, rows.at[i].id)};
    *to = (struct handover_lines){at, rows.n};
    return OK;
}

const struct handover_hook task_handover = {.what = "task", .move = hand_over, .list = hand_list};

int64_t task_days_late(Cx *cx, Str state, Str due_on)
{
    int64_t due = 0, today = day_of(cx->now);
    return str_eq(state, S("open")) && day_parse(due_on, &due) && due < today ? today - due : 0;
}

Err task_mine(Cx *cx, struct task_rows *to)
{
    struct sql_task_mine_rows rows;
    TRY(sql_task_mine(cx, &(struct sql_task_mine){.limit = MINE_MAX}, &rows));
    *to = (struct task_rows){rows.at, rows.n};
    return OK;
}

Err task_to_close(Cx *cx, struct task_rows *to)
{
    struct sql_task_all_open_rows rows;
    size_t n = 0;
    *to = (struct task_rows){0};
    if (!(cx->me.posts & MEETING_MAKERS))
        return OK;
    TRY(sql_task_all_open(cx, &(struct sql_task_all_open){.limit = 4 * MINE_MAX}, &rows));
    struct sql_task_mine_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct sql_task_mine_row);
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.at[i].state, S("reported")) && rows.at[i].owner != cx->me.person)
            at[n++] = (struct sql_task_mine_row){.id = rows.at[i].id,
                .text = rows.at[i].text,
                .owner = rows.at[i].owner,
                .held_on = rows.at[i].held_on,
                .due_on = rows.at[i].due_on,
                .state = rows.at[i].state,
                .report = rows.at[i].report};
    *to = (struct task_rows){at, n};
    return OK;
}
