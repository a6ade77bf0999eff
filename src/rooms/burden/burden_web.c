/* burden_web.c — 太重了: the button, its thank-you, and what the office and the district read. */
#include "gen/tmpl.h"
#include "rooms.h"
#include "rooms/burden/burden_view.h"

Err burden_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err burden_post(Cx *, const Req *, Resp *) MUST_CHECK;

#define READERS (OFFICE_POSTS | HAS(POST_VIEWER_DISTRICT))

Err burden_get(Cx *cx, const Req *req, Resp *resp)
{
    struct burden_view v = {0};
    TRY(burden_counts(cx, &v.counts));
    TRY(burden_words(cx, &v.words));
    v.shell = shell_of(cx, req, "burden");
    page_burden(resp_page(cx, req, resp), &v);
    return OK;
}

Err burden_post(Cx *cx, const Req *req, Resp *resp)
{
    Str back = form_text(req, "back"), said = form_text(req, "said");
    struct burden_done_view v = {.back = local_path(back) ? back : S("/")};
    Err e = burden_add(cx, v.back, said);
    if (e == ERR_INVALID)
        v.say = cx->why.say, v.said = said;
    else
        TRY(e);
    v.shell = shell_of(cx, req, "burden");
    Out *out = resp_page(cx, req, resp);
    if (e != OK)
        resp->status = 422;
    page_burden_done(out, &v);
    return OK;
}

/* clang-format off */
static const struct route routes[] = {
    {GET, "/burden", .who = READERS, .run = burden_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/burden", .who = SIGNED_IN, .run = burden_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {0}};
/* clang-format on */

static const struct menu_item menu[] = {
    {.path = "/burden",        .id = "burden", .label = T("太重了"), .who = READERS, .icon = "i-warn"},
    {0}
};

const struct room burden_room = {.name = "burden", .routes = routes, .menu = menu};
