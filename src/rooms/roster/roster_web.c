/* roster_web.c — /roster: who is on duty now, the call and who is next, the days to come. */
#include "rooms/roster/roster_view.h"

#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/people/people.h"
#include "rooms/roster/roster_words.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { ROWS = 200, CALLS = 30, DAYS = 7 };
#define WRITERS (OFFICE_POSTS | HAS(POST_COMMANDER) | HAS(POST_SECRETARY))

static Text word_of(const struct option *o, Str code)
{
    for (; o->code; o++)
        if (str_eq(code, str(o->code)))
            return o->label;
    return (Text){0};
}

/* Shown in part; who may call asks for the whole number. */
static Err line_of(Cx *cx, const struct sql_roster_shown_row *r, struct roster_line *to)
{
    Str phone;
    TRY(roster_open(cx, r->id, r->phone, r->secret, &phone));
    *to = (struct roster_line){.id = r->id,
        .calls_n = r->calls_n,
        .reached_n = r->reached_n,
        .shift = word_of(roster_shifts, r->shift),
        .level = word_of(roster_levels, r->level),
        .unit_name = town_unit_name(cx, r->unit),
        .name = people_name(cx, r->person),
        .phone = mask_phone(cx, phone),
        .key = new_key(cx)};
    return roster_may_call(cx, r->unit, &to->may_call);
}

static Err day_of_roster(Cx *cx, Str day, const char *shift, struct roster_lines *to)
{
    struct sql_roster_shown_rows rows;
    size_t n = 0;
    TRY(sql_roster_shown(cx, &(struct sql_roster_shown){.day = day, .limit = ROWS}, &rows));
    struct roster_line *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct roster_line);
    for (int level = 1; level <= 6; level++)
        for (size_t i = 0; i < rows.n; i++)
            if (roster_level(rows.at[i].level) == level
                && (!shift || str_eq(rows.at[i].shift, str(shift))))
                TRY(line_of(cx, &rows.at[i], &at[n++]));
    *to = (struct roster_lines){at, n};
    return OK;
}

static Err calls_of(Cx *cx, struct roster_view *v)
{
    struct call_line *at = NEW_ARRAY(&cx->mem, CALLS, struct call_line);
    size_t n = 0;
    for (size_t i = 0; i < v->now.n; i++) {
        struct sql_roster_calls_rows rows;
        if (!v->now.at[i].calls_n)
            continue;
        TRY(sql_roster_calls(
            cx, &(struct sql_roster_calls){.roster = v->now.at[i].id, .limit = CALLS}, &rows));
        for (size_t k = 0; k < rows.n && n < CALLS; k++)
            at[n++] = (struct call_line){.at = rows.at[k].at,
                .object = rows.at[k].object,
                .whom = v->now.at[i].name,
                .by = people_name(cx, rows.at[k].called_by),
                .note = rows.at[k].note,
                .reached = str_eq(rows.at[k].outcome, S("reached"))};
    }
    v->calls = (struct call_lines){at, n};
    return OK;
}

/* Who did not answer: the next one on the list is pointed out. */
static void point_next(const struct roster_lines *lines, int64_t missed)
{
    struct roster_line *at = (struct roster_line *)lines->at;
    for (size_t i = 0; missed && i + 1 < lines->n; i++)
        if (at[i].id == missed)
            at[i + 1].next = true;
}

/* number: what the page shows whole, of that row; 0: nothing. */
struct number {
    int64_t roster;
    Str phone;
};

static void show_number(const struct roster_lines *lines, const struct number *n)
{
    struct roster_line *at = (struct roster_line *)lines->at;
    for (size_t i = 0; i < lines->n; i++)
        if (at[i].id == n->roster)
            at[i].phone = n->phone, at[i].whole = true;
}

static Err show(
    Cx *cx, const Req *req, Resp *resp, Str wrong, int status, const struct number *number)
{
    struct roster_view v = {.say = wrong};
    const char *shift;
    TRY(roster_shift(cx, cx->now, &v.day, &shift));
    v.shift = word_of(roster_shifts, str(shift));
    v.object = query_i64(req, "object") ? query_i64(req, "object") : form_i64(req, "object");
    v.may_write = cx->me.posts & WRITERS;
    TRY(day_of_roster(cx, v.day, shift, &v.now));
    point_next(&v.now, query_i64(req, "missed"));
    show_number(&v.now, number);
    TRY(calls_of(cx, &v));
    struct roster_day *days = NEW_ARRAY(&cx->mem, DAYS, struct roster_day);
    for (int64_t i = 0; i < DAYS; i++) {
        days[i] = (struct roster_day){.day = day_text(cx, day_of(cx->now) + i), .today = i == 0};
        TRY(day_of_roster(cx, days[i].day, NULL, &days[i].lines));
    }
    v.days.at = days;
    v.days.n = DAYS;
    v.shell = shell_of(cx, req, "roster");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_roster(out, &v);
    return OK;
}

static Err roster_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0, &(struct number){0});
}

static Err roster_number_post(Cx *cx, const Req *req, Resp *resp)
{
    struct number n = {.roster = path_i64(req, "id")};
    TRY(roster_number(cx, n.roster, &n.phone));
    return show(cx, req, resp, (Str){0}, 0, &n);
}

static Err roster_call_post(Cx *cx, const Req *req, Resp *resp)
{
    struct roster_called in = {.roster = path_i64(req, "id"),
        .object = form_i64(req, "object"),
        .outcome = form_text(req, "outcome"),
        .note = form_text(req, "note"),
        .key = form_text(req, "key")};
    Err e = roster_call(cx, &in);
    if (e == ERR_INVALID)
        return show(cx, req, resp, cx->why.say, 422, &(struct number){0});
    TRY(e);
    if (str_eq(in.outcome, S("reached")))
        return redirect(cx, resp, "/roster?object=%" PRId64, in.object);
    return redirect(cx, resp, "/roster?object=%" PRId64 "&missed=%" PRId64, in.object, in.roster);
}

/* clang-format off */
const struct route roster_routes[] = {
    {GET, "/roster", .who = STAFF_POSTS, .run = roster_get, .on = ON_READ},
    {POST, "/roster/{id}/number", .who = STAFF_POSTS, .run = roster_number_post, .on = ON_WAIT},
    {POST, "/roster/{id}/call", .who = STAFF_POSTS, .run = roster_call_post, .on = ON_WAIT},
    {0}};

const struct menu_item roster_menu[] = {
    {"/roster", "roster", TC("menu", "值班"), .who = STAFF_POSTS, .icon = "i-phone"},
    {0}};
/* clang-format on */
