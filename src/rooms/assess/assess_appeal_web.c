/* assess_appeal_web.c — 申诉与复核: what was appealed, what the panel says, a member's vote. */
#include "gen/tmpl.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"

#include <inttypes.h>

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
    int64_t id = path_i64(req, "id"), round;
    struct assess_vote vote = {.choice = form_text(req, "choice"),
        .n_left = form_i64(req, "n_left"),
        .said = form_text(req, "said")};
    TRY(assess_appeal_round(cx, id, &round));
    Err e = assess_vote(cx, id, &vote);
    if (e == ERR_INVALID)
        return appeals_show(cx, req, resp, round, id, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/assess/%" PRId64 "/appeals", round);
}
