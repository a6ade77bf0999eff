/* duty_web.c — 责任: the list of appointments, one of them, and what may be done to it. */
#include "rooms/duty/duty_web.h"
#include "gen/tmpl.h"
#include "rooms/duty/duty_inner.h"
#include "rooms/duty/duty_room.h"
#include "rooms/people/people.h"
#include "store/log.h"

Str duty_where(Cx *cx, int64_t unit, int64_t place)
{
    struct place p;

    if (place && town_place(cx, place, &p) == OK)
        return p.name;
    return town_unit_name(cx, unit);
}

Text duty_kind(Str kind)
{
    return str_eq(kind, S("acting"))   ? T("代理")
           : str_eq(kind, S("relief")) ? T("顶岗")
                                       : T("正式");
}

/* --- the list --- */

static struct duty_line line_of(Cx *cx, const struct appointment *a)
{
    Str today = duty_today(cx);

    return (struct duty_line){.id = a->id,
        .person = a->person,
        .post = posts[a->post].label,
        .kind = duty_kind(a->kind),
        .name = a->name,
        .where = duty_where(cx, a->unit, a->place),
        .from_on = a->from_on,
        .to_on = a->to_on,
        .paper_no = a->paper_no,
        .asked_by = people_name(cx, a->asked_by),
        .acting = !str_eq(a->kind, S("formal")),
        .now = str_eq(a->state, S("granted")) && memcmp(a->from_on.at, today.at, 10) <= 0
               && (a->to_on.len == 0 || memcmp(a->to_on.at, today.at, 10) >= 0)};
}

/* With one post and one unit (0: all) asked for; only those in office where now says so. */
static Err lines(Cx *cx, Str state, enum post post, int64_t unit, bool now, struct duty_lines *out)
{
    struct appointments all;

    TRY(duty_appointments(cx, state, &all));
    struct duty_line *at = NEW_ARRAY(&cx->mem, all.n + 1, struct duty_line);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct appointment *a = &all.at[i];
        if ((post && a->post != post)
            || (unit && a->unit != unit && town_village_of(a->unit) != unit))
            continue;
        at[n] = line_of(cx, a);
        n += !now || at[n].now;
    }
    *out = (struct duty_lines){at, n};
    return OK;
}

static Err duty_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct duty_list_view v = {
        .may_ask = cx->me.posts & DUTY_ASK, .staff = cx->me.posts & STAFF_POSTS};
    enum post post = duty_post(query_text(req, "post"));
    int64_t unit = query_i64(req, "unit");
    struct units villages;

    TRY(town_villages(cx, &villages));
    struct pick *p = NEW_ARRAY(&cx->mem, N_POSTS, struct pick);
    struct pick *u = NEW_ARRAY(&cx->mem, villages.n + 1, struct pick);
    for (int i = POST_NONE + 1; i < N_POSTS; i++)
        p[v.posts.n++] =
            (struct pick){.code = posts[i].code, .label = posts[i].label, .chosen = i == (int)post};
    for (size_t i = 0; i < villages.n; i++)
        u[v.units.n++] = (struct pick){.id = villages.at[i].code,
            .name = villages.at[i].name,
            .chosen = villages.at[i].code == unit};
    v.posts.at = p;
    v.units.at = u;
    TRY(lines(cx, S("granted"), post, unit, true, &v.current));
    if (v.may_ask)
        TRY(lines(cx, S("asked"), POST_NONE, 0, false, &v.asked));
    v.shell = shell_of(cx, req, "duty");
    page_duty(resp_page(cx, req, resp), &v);
    return OK;
}

/* --- one --- */

static Text deed(Str verb)
{
    return str_eq(verb, S("appoint_ask"))      ? T("提出任职（记录）")
           : str_eq(verb, S("appoint"))        ? T("任命")
           : str_eq(verb, S("appoint_refuse")) ? T("不批准任职")
                                               : T("任期结束");
}

static Err one_page(Cx *cx, const Req *req, Resp *resp, Str why)
{
    struct duty_one_view v = {.why = why, .today = duty_today(cx)};
    const struct event_row *rows;
    struct appointment a;
    size_t n;

    TRY(duty_find(cx, path_i64(req, "id"), &a));
    v.line = line_of(cx, &a);
    v.state = a.state;
    v.asked = str_eq(a.state, S("asked"));
    v.granted = str_eq(a.state, S("granted"));
    v.may_decide = v.asked && (cx->me.posts & DUTY_ASK & ~HAS(POST_OFFICE))
                   && a.asked_by != cx->me.person && a.person != cx->me.person;
    v.may_end = v.granted && (cx->me.posts & (OFFICE_POSTS | HAS(POST_SECADMIN)))
                && (a.to_on.len == 0 || memcmp(a.to_on.at, v.today.at, 10) >= 0);
    v.may_away = v.line.now && (cx->me.posts & OFFICE_POSTS);
    if (v.may_away)
        TRY(duty_absences(cx, a.person, &v.absences));
    TRY(events_of(cx, a.id, &rows, &n));
    struct duty_event *at = NEW_ARRAY(&cx->mem, n + 1, struct duty_event);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct duty_event){rows[i].at, deed(rows[i].verb), people_name(cx, rows[i].actor)};
    v.events.at = at;
    v.events.n = n;
    v.shell = shell_of(cx, req, "duty");
    page_duty_one(resp_page(cx, req, resp), &v);
    return OK;
}

static Err duty_one_get(Cx *cx, const Req *req, Resp *resp)
{
    return one_page(cx, req, resp, (Str){0});
}

/* The page again with what is wrong, or on to the page. */
static Err answer(Cx *cx, const Req *req, Resp *resp, Err e)
{
    if (e == ERR_INVALID || (e == ERR_CONFLICT && cx->why.say.len)) {
        resp->status = e == ERR_INVALID ? 422 : 409;
        return one_page(cx, req, resp, cx->why.say);
    }
    TRY(e);
    return redirect(cx, resp, "/duty/%lld", (long long)path_i64(req, "id"));
}

static Err duty_grant_post(Cx *cx, const Req *req, Resp *resp)
{
    return answer(cx, req, resp, duty_grant(cx, path_i64(req, "id")));
}

static Err duty_refuse_post(Cx *cx, const Req *req, Resp *resp)
{
    return answer(cx, req, resp, duty_refuse(cx, path_i64(req, "id")));
}

static Err duty_end_post(Cx *cx, const Req *req, Resp *resp)
{
    return answer(cx, req, resp, duty_end(cx, path_i64(req, "id"), form_text(req, "to_on")));
}

static Err duty_away_post(Cx *cx, const Req *req, Resp *resp)
{
    struct appointment a;

    TRY(duty_find(cx, path_i64(req, "id"), &a));
    return answer(
        cx, req, resp, duty_away(cx, a.person, form_text(req, "from_on"), form_text(req, "to_on")));
}

static Err duty_away_back_post(Cx *cx, const Req *req, Resp *resp)
{
    struct appointment a;

    TRY(duty_find(cx, path_i64(req, "id"), &a));
    return answer(cx, req, resp, duty_away_back(cx, a.person, form_i64(req, "away")));
}

const struct menu_item duty_menu[] = {
    {"/gaps",         "gaps", T("空岗榜"), STAFF_POSTS, false, "i-gap"},
    {"/duty", "duty", T("责任"), DUTY_SEE, false, "i-usercheck"},
    {"/handover",          "handover", T("交接"), SIGNED_IN, false, "i-swap"},
    {0              },
};

const struct route duty_routes[] = {
    {GET,                  "/gaps", .who = STAFF_POSTS, .run = duty_gaps_get, .on = ON_READ},
    {GET,  "/duty", .who = DUTY_SEE, .run = duty_list_get, .on = ON_READ},
    {GET,       "/duty/new", .who = DUTY_ASK, .run = duty_new_get, .on = ON_READ},
    {POST,                  "/duty", .who = DUTY_ASK, .run = duty_new_post, .on = ON_WAIT, .fresh = true},
    {GET,     "/duty/{id}", .who = DUTY_SEE, .run = duty_one_get, .on = ON_READ},
    {POST,       "/duty/{id}/grant", .who = DUTY_ASK & ~HAS(POST_OFFICE), .run = duty_grant_post,
     .on = ON_WAIT, .fresh = true},
    {POST,                  "/duty/{id}/refuse", .who = DUTY_ASK & ~HAS(POST_OFFICE), .run = duty_refuse_post,
     .on = ON_WAIT},
    {POST,     "/duty/{id}/end", .who = OFFICE_POSTS | HAS(POST_SECADMIN), .run = duty_end_post,
     .on = ON_WAIT, .fresh = true},
    {POST,       "/duty/{id}/away", .who = OFFICE_POSTS, .run = duty_away_post, .on = ON_WAIT},
    {POST,                 "/duty/{id}/away/back", .who = OFFICE_POSTS, .run = duty_away_back_post, .on = ON_WAIT},
    {GET,     "/handover", .who = SIGNED_IN, .run = duty_handovers_get, .on = ON_READ},
    {GET,       "/handover/{id}", .who = SIGNED_IN, .run = duty_handover_get, .on = ON_READ},
    {POST,                    "/handover/{id}/confirm", .who = SIGNED_IN, .run = duty_handover_confirm_post,
     .on = ON_WAIT},
    {POST,    "/handover/{id}/items", .who = SIGNED_IN, .run = duty_handover_item_post, .on = ON_WAIT},
    {POST, "/handover/{id}/object", .who = SIGNED_IN, .run = duty_handover_object_post,
     .on = ON_WAIT},
    {GET,                    "/posts", .who = SIGNED_IN, .run = duty_posts_get, .on = ON_READ},
    {0},
};
