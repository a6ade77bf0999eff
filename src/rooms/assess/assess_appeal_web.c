/* assess_appeal_web.c — 申诉与复核: what was appealed, what the panel says, a member's vote. */
#include "gen/sql.h"
#include "gen/tmpl.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"
#include "rooms/attachment/attachment.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { VOTES_SHOWN = 50 };

/* Names of the panel stand for the office and the panel; others read what was said. */
static Err votes_of(Cx *cx, struct appeal_row *to)
{
    struct sql_assess_votes_rows v;
    bool names = cx->me.posts & (OFFICE_POSTS | HAS(POST_APPEAL) | HAS(POST_COMMANDER));
    TRY(sql_assess_votes(
        cx, &(struct sql_assess_votes){.appeal = to->id, .limit = VOTES_SHOWN}, &v));
    struct appeal_vote_row *at = NEW_ARRAY(&cx->mem, v.n + 1, struct appeal_vote_row);
    for (size_t i = 0; i < v.n; i++) {
        at[i] = (struct appeal_vote_row){
            .who = names ? people_name(cx, v.at[i].person) : say(cx, posts[POST_APPEAL].label),
            .said = v.at[i].said,
            .choice = appeal_state_label(v.at[i].choice)};
        to->voted |= v.at[i].person == cx->me.person;
    }
    to->votes.at = at;
    to->votes.n = v.n;
    return OK;
}

static Err photos_of(Cx *cx, struct appeal_row *to)
{
    struct attachments a;
    if (!assess_in_care(cx, to->unit))
        return OK;
    TRY(attachment_of(cx, to->deduct, &a));
    to->photo = a.n ? a.at[0].id : 0;
    TRY(attachment_of(cx, to->id, &a));
    to->their_photo = a.n ? a.at[0].id : 0;
    return OK;
}

/* unit 0: of all units. */
Err assess_appeal_rows(Cx *cx, const struct assess_round *r, int64_t unit, struct appeal_rows *to)
{
    struct sql_assess_appeals_rows a;
    TRY(sql_assess_appeals(
        cx, &(struct sql_assess_appeals){.round = r->id, .limit = APPEALS_MAX}, &a));
    struct appeal_row *at = NEW_ARRAY(&cx->mem, a.n + 1, struct appeal_row);
    *to = (struct appeal_rows){at, 0};
    for (size_t i = 0; i < a.n; i++) {
        struct sql_assess_inspect_deduct_find_row d;
        if (unit && a.at[i].unit != unit)
            continue;
        TRY(sql_assess_inspect_deduct_find(
            cx, &(struct sql_assess_inspect_deduct_find){.id = a.at[i].deduct}, &d));
        struct appeal_row *x = &at[to->n++];
        *x = (struct appeal_row){.id = a.at[i].id,
            .unit = a.at[i].unit,
            .deduct = a.at[i].deduct,
            .created_at = a.at[i].created_at,
            .decided_at = a.at[i].decided_at.v,
            .n = d.n,
            .n_left = a.at[i].n_left.set ? a.at[i].n_left.v : d.n,
            .unit_name = town_unit_name(cx, a.at[i].unit),
            .item = a.at[i].item,
            .place = d.place,
            .reason = d.said.v,
            .said = a.at[i].said,
            .state = appeal_state_label(a.at[i].state),
            .open = str_eq(a.at[i].state, S("open"))};
        TRY(votes_of(cx, x));
        TRY(photos_of(cx, x));
    }
    return OK;
}

static Err appeals_show(Cx *cx, const Req *req, Resp *resp, int64_t round, int64_t bad, Str wrong)
{
    struct assess_round r;
    TRY(assess_round_get(cx, round, &r));
    struct appeals_view v = {.r = &r,
        .month = assess_month_text(cx, r.month),
        .say = wrong,
        .bad_appeal = bad,
        .typed = form_text(req, "said"),
        .panel = cx->me.posts & HAS(POST_APPEAL)};
    TRY(assess_appeal_rows(cx, &r, 0, &v.appeals));
    v.shell = shell_of(cx, req, "assess");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_assess_appeals(out, &v);
    return OK;
}

Err assess_appeals_get(Cx *cx, const Req *req, Resp *resp)
{
    return appeals_show(cx, req, resp, path_i64(req, "id"), 0, (Str){0});
}

Err assess_vote_post(Cx *cx, const Req *req, Resp *resp)
{
    struct sql_assess_appeal_find_row a;
    int64_t id = path_i64(req, "id");
    struct assess_vote vote = {.choice = form_text(req, "choice"),
        .n_left = form_i64(req, "n_left"),
        .said = form_text(req, "said")};
    TRY(sql_assess_appeal_find(cx, &(struct sql_assess_appeal_find){.id = id}, &a));
    Err e = assess_vote(cx, id, &vote);
    if (e == ERR_INVALID)
        return appeals_show(cx, req, resp, a.round, id, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/assess/%" PRId64 "/appeals", a.round);
}
