/* campaign_web.c — /campaigns: what is on, one campaign with its figures, records and report. */
#include "rooms/campaign/campaign_view.h"

#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"
#include "rooms/town/town_form_web.h"
#include "store/log.h"

enum { ROWS = 100 };
#define MAKERS (OFFICE_POSTS | HAS(POST_COMMANDER))

static Err campaigns_get(Cx *cx, const Req *req, Resp *resp)
{
    struct sql_campaign_list_rows rows;
    struct campaigns_view v = {.may = cx->me.posts & MAKERS};
    Str today = town_today(cx);
    TRY(sql_campaign_list(cx,
        &(struct sql_campaign_list){.limit = ROWS, .sort = SQL_CAMPAIGN_LIST_BY_LATEST}, &rows));
    struct campaign_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct campaign_row);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct campaign_row){.id = rows.at[i].id,
            .records_n = rows.at[i].records_n,
            .name = rows.at[i].name,
            .basis = rows.at[i].basis,
            .from_on = rows.at[i].from_on,
            .to_on = rows.at[i].to_on,
            .on = memcmp(rows.at[i].from_on.at, today.at, 10) <= 0
                  && memcmp(rows.at[i].to_on.at, today.at, 10) >= 0,
            .closed = rows.at[i].closed_on.set};
    v.rows.at = at;
    v.rows.n = rows.n;
    v.shell = shell_of(cx, req, "campaigns");
    page_campaigns(resp_page(cx, req, resp), &v);
    return OK;
}

static Err turns_of(Cx *cx, int64_t id, struct campaign_view *v)
{
    const struct event_row *rows;
    size_t n;
    TRY(events_of(cx, id, &rows, &n));
    struct campaign_turn *at = NEW_ARRAY(&cx->mem, n + 1, struct campaign_turn);
    for (size_t i = 0; i < n; i++) {
        bool ended = str_eq(rows[i].verb, S("campaign_close"));
        if (ended || str_eq(rows[i].verb, S("campaign_reopen")))
            at[v->turns.n++] = (struct campaign_turn){
                rows[i].at, people_name(cx, rows[i].actor), rows[i].said, ended};
    }
    v->turns.at = at;
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong, int status)
{
    Campaign c;
    struct problem_tallies tallies;
    int64_t id = path_i64(req, "id");
    TRY(sql_campaign_find(cx, &(struct sql_campaign_find){.id = id}, &c));
    TRY(problem_campaign_tally(cx, id, &tallies));
    struct campaign_view v = {.c = &c,
        .sum = &tallies.at[0],
        .categories = c.categories.v,
        .places = c.places.v,
        .targets = c.targets.v,
        .closed_on = c.closed_on.v,
        .summary = c.summary.v,
        .say = wrong,
        .typed = form_text(req, c.closed_on.set ? "reason" : "summary"),
        .may = cx->me.posts & MAKERS,
        .closed = c.closed_on.set};
    struct tally_row *at = NEW_ARRAY(&cx->mem, tallies.n, struct tally_row);
    for (size_t i = 1; i < tallies.n; i++)
        at[i - 1] =
            (struct tally_row){tallies.at[i].village ? town_unit_name(cx, tallies.at[i].village)
                                                     : say(cx, T("镇直管")),
                &tallies.at[i]};
    v.villages.at = at;
    v.villages.n = tallies.n - 1;
    TRY(problem_campaign_lines(cx, id, &v.lines));
    TRY(turns_of(cx, id, &v));
    v.shell = shell_of(cx, req, "campaigns");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_campaign(out, &v);
    return OK;
}

static Err campaign_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0);
}

static Err campaign_close_post(Cx *cx, const Req *req, Resp *resp)
{
    Err e = campaign_close(cx, path_i64(req, "id"), form_text(req, "summary"));
    return verb_answer(cx, req, resp, e, show, "/campaigns/", "");
}

static Err campaign_reopen_post(Cx *cx, const Req *req, Resp *resp)
{
    Err e = campaign_reopen(cx, path_i64(req, "id"), form_text(req, "reason"));
    return verb_answer(cx, req, resp, e, show, "/campaigns/", "");
}

/* clang-format off */
const struct route campaign_routes[] = {
    {GET, "/campaigns", .who = STAFF_POSTS, .run = campaigns_get, .on = ON_READ},
    {GET, "/campaigns/{id}", .who = STAFF_POSTS, .run = campaign_page_get, .on = ON_READ},
    {POST, "/campaigns/{id}/close", .who = MAKERS, .run = campaign_close_post, .on = ON_WAIT},
    {POST, "/campaigns/{id}/reopen", .who = MAKERS, .run = campaign_reopen_post, .on = ON_WAIT},
    {0}};

const struct menu_item campaign_menu[] = {
    {"/campaigns", "campaigns", TC("menu", "专项行动"), .who = STAFF_POSTS, .icon = "i-broom"},
    {0}};
/* clang-format on */
