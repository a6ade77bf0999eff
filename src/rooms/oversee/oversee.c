/* oversee.c — 督办单: the sheet of a unit and day, made by the clock; received and answered. */
#include "rooms/oversee/oversee.h"

#include "base/day.h"
#include "base/utf8.h"
#include "gen/sql_oversee.h"
#include "rooms/climb/climb.h"
#include "rooms/duty/duty.h"
#include "rooms/problem/problem_office.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

enum { SHEETS = 100, LINES = 200, REPLY_DAYS = 3, ANSWER_MAX = 1000, LEVEL = 5 };

/* ---- made by the clock */

struct putting {
    const struct problem_late *late;
    int64_t unit;
};

static Str path_of(Cx *cx, int64_t id)
{
    return str(arena_printf(&cx->mem, "/oversee/%lld", (long long)id));
}

/* 督〔2026〕12号, without gaps within the year. */
static Err number_of(Cx *cx, Str day, Str *number)
{
    int64_t no;
    TRY(new_number(cx, str(arena_printf(&cx->mem, "oversee-%.4s", day.at)), &no));
    *number = str(arena_printf(&cx->mem, "督〔%.4s〕%lld号", day.at, (long long)no));
    return OK;
}

static Err told(Cx *cx, int64_t id, int64_t unit, Str number, int64_t reply_at)
{
    TRY(climb_tell(cx, &(struct climb){.object = id,
                           .unit = unit,
                           .level = 2,
                           .say = T("有督办单，请签收"),
                           .about = number,
                           .path = path_of(cx, id),
                           .key = "oversee"}));
    return climb_by(cx, &(struct climb_by){.object = id,
                            .unit = unit,
                            .due_at = reply_at,
                            .say = T("督办单没有按时答复"),
                            .about = number,
                            .path = path_of(cx, id)});
}

static Err sheet_new(Cx *cx, int64_t unit, Str day, int64_t *id)
{
    const struct calendar *cal;
    Str number;
    TRY(town_calendar(cx, &cal));
    TRY(number_of(cx, day, &number));
    int64_t reply_at = limit_due(cal, cx->now, (struct time_limit){REPLY_DAYS, LIMIT_DAYS});
    *id = new_id(cx);
    TRY(sql_oversee_insert(cx, &(struct sql_oversee_insert){.id = *id,
                                   .unit = unit,
                                   .village = town_village_of(unit),
                                   .day = day,
                                   .number = number,
                                   .reply_on = day_text(cx, day_of(reply_at))}));
    TRY(event_add(cx,
        &(struct event){
            .verb = "oversee", .unit = unit, .object = *id, .to = S("issued"), .said = number}));
    return told(cx, *id, unit, number, reply_at);
}

/* The open sheet that has its category, or the day's, or a new one; 0: the day's is answered. */
static Err sheet_for(Cx *cx, const struct putting *p, int64_t *id)
{
    struct sql_oversee_with_row with;
    struct sql_oversee_of_day_row of_day;
    Str day = town_today(cx);
    Err e = sql_oversee_with(
        cx, &(struct sql_oversee_with){.unit = p->unit, .category = p->late->category}, &with);
    if (e == OK)
        return *id = with.id, OK;
    if (e != ERR_NOT_FOUND)
        return e;
    e = sql_oversee_of_day(cx, &(struct sql_oversee_of_day){.unit = p->unit, .day = day}, &of_day);
    if (e == OK)
        return *id = str_eq(of_day.state, S("answered")) ? 0 : of_day.id, OK;
    return e == ERR_NOT_FOUND ? sheet_new(cx, p->unit, day, id) : e;
}

static Err put_step(Cx *cx, void *arg)
{
    const struct putting *p = arg;
    const struct problem_late *l = p->late;
    struct sql_oversee_has_rows has;
    int64_t id;
    TRY(sql_oversee_has(
        cx, &(struct sql_oversee_has){.problem = l->id, .due_at = l->due_at, .limit = 1}, &has));
    if (has.n)
        return OK;
    TRY(sheet_for(cx, p, &id));
    if (!id)
        return OK;
    Err e = sql_oversee_line_add(cx, &(struct sql_oversee_line_add){.oversee = id,
                                         .problem = l->id,
                                         .number = l->number,
                                         .category = l->category,
                                         .title = l->title,
                                         .chain = l->chain,
                                         .handler = l->handler,
                                         .due_at = l->due_at,
                                         .n_late = l->n_late,
                                         .photo = l->photo});
    if (e == ERR_CONFLICT)
        return OK;
    TRY(e);
    return event_add(cx, &(struct event){.verb = "overseen", .unit = p->unit, .object = l->id});
}

Err oversee_job(Cx *cx)
{
    struct problem_lates lates;
    TRY(problem_late(cx, LEVEL, &lates));
    for (size_t i = 0; i < lates.n; i++) {
        struct sql_oversee_has_rows has;
        const struct problem_late *l = &lates.at[i];
        struct putting p = {l, l->village ? l->village : cx->town_id * 1000000};
        TRY(sql_oversee_has(cx,
            &(struct sql_oversee_has){.problem = l->id, .due_at = l->due_at, .limit = 1}, &has));
        if (!has.n)
            TRY(db_transaction(cx, put_step, &p));
    }
    return OK;
}

/* ---- read */

#define SHEET(r)                                                                                   \
    ((struct oversee_sheet){.id = (r)->id,                                                         \
        .unit = (r)->unit,                                                                         \
        .village = (r)->village,                                                                   \
        .issued_at = (r)->issued_at,                                                               \
        .version = (r)->version,                                                                   \
        .day = (r)->day,                                                                           \
        .number = (r)->number,                                                                     \
        .state = (r)->state,                                                                       \
        .reply_on = (r)->reply_on,                                                                 \
        .received_by = (r)->received_by,                                                           \
        .received_at = (r)->received_at,                                                           \
        .answered_by = (r)->answered_by,                                                           \
        .answered_at = (r)->answered_at,                                                           \
        .answer = (r)->answer,                                                                     \
        .n_lines = (r)->n_lines})

Err oversee_list(Cx *cx, struct oversee_sheets *to)
{
    struct sql_oversee_shown_rows rows;
    TRY(sql_oversee_shown(cx, &(struct sql_oversee_shown){.limit = SHEETS}, &rows));
    struct oversee_sheet *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct oversee_sheet);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = SHEET(&rows.at[i]);
    *to = (struct oversee_sheets){at, rows.n};
    return OK;
}

static Err sheet_get(Cx *cx, int64_t id, struct oversee_sheet *to)
{
    struct sql_oversee_find_row row;
    TRY(sql_oversee_find(cx, &(struct sql_oversee_find){.id = id}, &row));
    *to = SHEET(&row);
    return OK;
}

Err oversee_get(Cx *cx, int64_t id, struct oversee_sheet *to, struct oversee_lines *lines)
{
    struct sql_oversee_lines_of_rows rows;
    TRY(sheet_get(cx, id, to));
    TRY(sql_oversee_lines_of(
        cx, &(struct sql_oversee_lines_of){.oversee = id, .limit = LINES}, &rows));
    struct oversee_line *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct oversee_line);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct oversee_line){.problem = rows.at[i].problem,
            .due_at = rows.at[i].due_at,
            .n_late = rows.at[i].n_late,
            .photo = rows.at[i].photo,
            .put_at = rows.at[i].put_at,
            .number = rows.at[i].number,
            .category = rows.at[i].category,
            .title = rows.at[i].title,
            .chain = rows.at[i].chain,
            .handler = rows.at[i].handler};
    *lines = (struct oversee_lines){at, rows.n};
    return OK;
}

/* ---- received, answered */

/* Its secretary, or whoever stands in: the chain over a village, the office over the town itself.
 */
Err oversee_may(Cx *cx, const struct oversee_sheet *s, bool *may)
{
    uint32_t have;
    TRY(duty_posts_over(cx, s->unit, &have));
    *may =
        have & (s->village ? HAS(POST_SECRETARY) | HAS(POST_DEPT) : OFFICE_POSTS | HAS(POST_DEPT));
    return OK;
}

struct answering {
    int64_t id;
    Str answer; /* empty: received */
};

static Err answer_step(Cx *cx, void *arg)
{
    const struct answering *a = arg;
    struct oversee_sheet s;
    bool may;
    TRY(sheet_get(cx, a->id, &s));
    TRY(oversee_may(cx, &s, &may));
    if (!may)
        return fail(cx, ERR_FORBIDDEN, NULL, T("督办单由这个村的书记签收、答复"));
    Err e = a->answer.len ? sql_oversee_answered(
                cx, &(struct sql_oversee_answered){.id = s.id, .answer = a->answer})
                          : sql_oversee_received(cx, &(struct sql_oversee_received){.id = s.id});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, NULL,
            a->answer.len ? T("这张督办单还没有签收，或者已经答复") : T("这张督办单已经签收"));
    TRY(e);
    if (a->answer.len)
        TRY(climb_end(cx, s.id));
    else
        TRY(climb_answered(cx, s.id, "oversee"));
    return event_add(
        cx, &(struct event){.verb = a->answer.len ? "oversee_answer" : "oversee_receive",
                .unit = s.unit,
                .object = s.id,
                .from = s.state,
                .to = a->answer.len ? S("answered") : S("received"),
                .said = a->answer});
}

Err oversee_receive(Cx *cx, int64_t id)
{
    return db_transaction(cx, answer_step, &(struct answering){.id = id});
}

Err oversee_answer(Cx *cx, int64_t id, Str answer)
{
    Str said = str_trim(answer);
    if (!said.len)
        return fail(cx, ERR_INVALID, "answer", T("请写清怎么办的、哪天办完"));
    if (str_n_chars(said) > ANSWER_MAX)
        return fail(cx, ERR_INVALID, "answer", T("答复最多 1000 个字"));
    return db_transaction(cx, answer_step, &(struct answering){.id = id, .answer = said});
}

/* A sheet is the unit's: its secretary answers it, whoever that is; the new one is to know. */
static Err hand_list(
    Cx *cx, int64_t person, int64_t unit, enum post post, struct handover_lines *to)
{
    enum { SHEETS_MAX = 100 };
    struct sql_oversee_unanswered_rows rows;
    struct unit u;
    (void)person;
    *to = (struct handover_lines){0};
    if (post != POST_SECRETARY)
        return OK;
    TRY(town_unit(cx, unit, &u));
    TRY(sql_oversee_unanswered(
        cx, &(struct sql_oversee_unanswered){.lo = u.lo, .hi = u.hi, .limit = SHEETS_MAX}, &rows));
    struct handover_line *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct handover_line);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct handover_line){
            say_ab(cx, T("督办单 {a}（{b} 前答复）"), rows.at[i].number, rows.at[i].reply_on),
            str(arena_printf(&cx->mem, "/oversee/%lld", (long long)rows.at[i].id))};
    *to = (struct handover_lines){at, rows.n};
    return OK;
}

const struct handover_hook oversee_handover = {.what = "oversee", .list = hand_list};
