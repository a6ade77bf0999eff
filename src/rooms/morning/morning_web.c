/* morning_web.c — /morning: the morning report, and several asks decided in one list. */
#include "rooms/morning/morning_view.h"

#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { WEEK = 7, SHEETS = 20, ASKS = 50 };
#define DISPATCHERS (OFFICE_POSTS | HAS(POST_DEPT) | HAS(POST_SECRETARY))

static Str field_of(Cx *cx, const Req *req, const char *name, int64_t id)
{
    return form_text(req, arena_printf(&cx->mem, "%s-%" PRId64, name, id));
}

static Err asks_of(Cx *cx, const Req *req, struct morning_view *v)
{
    struct problem_ask_rows asks;
    TRY(problem_asks_of_me(cx, &asks));
    struct ask_line *at = NEW_ARRAY(&cx->mem, asks.n + 1, struct ask_line);
    for (size_t i = 0; i < asks.n; i++)
        at[i] = (struct ask_line){.a = &asks.at[i],
            .key = new_key(cx),
            .typed = field_of(cx, req, "text", asks.at[i].id)};
    v->asks.at = at;
    v->asks.n = asks.n;
    return OK;
}

static Err week_of(Cx *cx, struct morning_view *v)
{
    struct sql_morning_week_rows rows;
    TRY(sql_morning_week(cx, &(struct sql_morning_week){.limit = WEEK}, &rows));
    struct day_line *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct day_line);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct day_line){rows.at[i].day, rows.at[i].n_reported, rows.at[i].n_closed,
            rows.at[i].n_newly_late, rows.at[i].n_open, rows.at[i].n_late};
    v->week.at = at;
    v->week.n = rows.n;
    return OK;
}

static Err sheets_of(Cx *cx, struct morning_view *v)
{
    struct oversee_sheets sheets;
    size_t n = 0;
    TRY(oversee_list(cx, &sheets));
    struct sheet_line *at = NEW_ARRAY(&cx->mem, SHEETS, struct sheet_line);
    for (size_t i = 0; i < sheets.n && n < SHEETS; i++)
        if (!str_eq(sheets.at[i].state, S("answered")))
            at[n++] = (struct sheet_line){sheets.at[i].id, sheets.at[i].n_lines,
                sheets.at[i].number, town_unit_name(cx, sheets.at[i].unit)};
    v->sheets.at = at;
    v->sheets.n = n;
    return OK;
}

static struct given_lines given(Cx *cx, const struct task_rows *rows)
{
    struct given_line *at = NEW_ARRAY(&cx->mem, rows->n + 1, struct given_line);
    for (size_t i = 0; i < rows->n; i++)
        at[i] = (struct given_line){.id = rows->at[i].id,
            .text = rows->at[i].text,
            .owner = people_name(cx, rows->at[i].owner),
            .due_on = rows->at[i].due_on,
            .n_late = task_days_late(cx, rows->at[i].state, rows->at[i].due_on)};
    return (struct given_lines){at, rows->n};
}

/* What was decided just now: what could not be done says why, what was typed stays. */
struct outcome {
    int64_t id;
    Str why;
    int choice;
};

static Err show(Cx *cx, const Req *req, Resp *resp, const struct outcome *o, size_t n)
{
    struct problem_changes c;
    struct sql_morning_find_row row;
    struct task_rows mine, close;
    struct morning_view v = {.day = town_today(cx),
        .since = morning_since(cx),
        .c = &c,
        .meeter = cx->me.posts & MEETERS,
        .may_dispatch = cx->me.posts & DISPATCHERS,
        .decided = o != NULL};
    Err e = morning_of(cx, v.day, &row);
    if (e != ERR_NOT_FOUND)
        TRY(e);
    v.made_at = e == OK ? row.made_at : 0;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(problem_changes(cx, v.since, &c));
    v.reported = problem_since(cx, "new_reported", v.since);
    v.closed = problem_since(cx, "new_closed", v.since);
    v.handled = problem_since(cx, "new_handled", v.since);
    v.late = problem_since(cx, "new_late", v.since);
    v.waiting = problem_since(cx, "waiting", v.since);
    TRY(asks_of(cx, req, &v));
    struct ask_line *asks = (struct ask_line *)v.asks.at;
    for (size_t i = 0; i < n; i++) {
        v.n_done += !o[i].why.len;
        for (size_t k = 0; k < v.asks.n; k++)
            if (asks[k].a->id == o[i].id)
                asks[k].why = o[i].why, asks[k].choice = o[i].choice;
    }
    TRY(week_of(cx, &v));
    if (cx->me.posts & OVERSEERS)
        TRY(sheets_of(cx, &v));
    TRY(task_mine(cx, &mine));
    TRY(task_to_close(cx, &close));
    v.tasks = given(cx, &mine);
    v.to_close = given(cx, &close);
    if (v.meeter)
        TRY(meeting_next(cx, &v.meeting, &v.meeting_on));
    v.shell = shell_of(cx, req, "morning");
    page_morning(resp_page(cx, req, resp), &v);
    return OK;
}

static Err morning_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, NULL, 0);
}

/* Each in its own transaction, through the problem's own rule: who asked does not decide. */
static Err decide_one(Cx *cx, const Req *req, const struct problem_ask_row *a, struct outcome *o)
{
    Err e = problem_decide(cx, &(struct problem_decision){.id = a->id,
                                   .version = a->version,
                                   .about = a->about,
                                   .text = field_of(cx, req, "text", a->id),
                                   .key = field_of(cx, req, "key", a->id),
                                   .grants = o->choice == 1});
    if (e == ERR_BUSY || e == ERR_INTERNAL)
        return e;
    if (e != OK)
        o->why = cx->why.say.len ? cx->why.say : say(cx, T("现在不能这样办"));
    memset(&cx->why, 0, sizeof cx->why);
    return OK;
}

static Err morning_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_ask_rows asks;
    struct outcome *o = NEW_ARRAY(&cx->mem, ASKS + 1, struct outcome);
    size_t n = 0;
    TRY(problem_asks_of_me(cx, &asks));
    for (size_t i = 0; i < asks.n && n < ASKS; i++) {
        Str choice = field_of(cx, req, "do", asks.at[i].id);
        if (!str_eq(choice, S("grant")) && !str_eq(choice, S("refuse")))
            continue;
        o[n] = (struct outcome){.id = asks.at[i].id, .choice = str_eq(choice, S("grant")) ? 1 : 2};
        TRY(decide_one(cx, req, &asks.at[i], &o[n]));
        n++;
    }
    return show(cx, req, resp, o, n);
}

static Err keys_get(Cx *cx, const Req *req, Resp *resp)
{
    struct keys_view v = {.shell = shell_of(cx, req, "keys")};
    page_keys(resp_page(cx, req, resp), &v);
    return OK;
}

/* clang-format off */
const struct route morning_routes[] = {
    {GET, "/morning", .who = STAFF_POSTS, .run = morning_get, .on = ON_READ},
    {POST, "/morning", .who = STAFF_POSTS, .run = morning_post, .on = ON_WAIT},
    {GET, "/keys", .who = SIGNED_IN, .run = keys_get, .on = ON_READ},
    {0}};

const struct menu_item morning_menu[] = {
    {"/morning", "morning", T("晨报"), .who = STAFF_POSTS, .icon = "i-clock"},
    {0}};
/* clang-format on */
