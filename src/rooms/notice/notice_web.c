/* notice_web.c — the doors of the inbox 消息: GET /inbox; opening one is a POST, for it marks it
 * seen. */
#include "gen/tmpl.h"
#include "rooms/notice/notice_view.h"

#include <inttypes.h>

static Err inbox_get(Cx *cx, const Req *req, Resp *resp)
{
    struct inbox_view v = {0};

    TRY(notice_inbox(cx, query_i64(req, "after"), &v.rows));
    v.tasks = cx->me.posts & STAFF_POSTS;
    if (v.rows.n)
        v.newest = v.rows.at[0].id;
    if (v.rows.after)
        v.next = str(arena_printf(&cx->mem, "/inbox?after=%" PRId64, v.rows.after));
    v.shell = shell_of(cx, req, "inbox");
    page_inbox(resp_page(cx, req, resp), &v);
    return OK;
}

static Err inbox_open_post(Cx *cx, const Req *req, Resp *resp)
{
    Str path;
    TRY(notice_opened(cx, path_i64(req, "id"), &path));
    return redirect(cx, resp, "%.*s", (int)path.len, path.at);
}

static Err inbox_about_post(Cx *cx, const Req *req, Resp *resp)
{
    Str path;
    TRY(notice_opened_about(cx, path_i64(req, "id"), &path));
    return redirect(cx, resp, "%.*s", (int)path.len, path.at);
}

static Err inbox_read_post(Cx *cx, const Req *req, Resp *resp)
{
    TRY(notice_read_all(cx, form_i64(req, "id")));
    return redirect(cx, resp, "/inbox");
}

const struct route notice_routes[] = {
    {GET,               "/inbox", .who = SIGNED_IN, .run = inbox_get, .on = ON_READ, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {POST, "/inbox/{id}", .who = SIGNED_IN, .run = inbox_open_post, .on = ON_WAIT, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {POST,    "/inbox/about/{id}", .who = SIGNED_IN, .run = inbox_about_post, .on = ON_WAIT,
     .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/inbox/read", .who = SIGNED_IN, .run = inbox_read_post, .on = ON_WAIT, .limit = FORM_1M,
     .rate = RATE_PAGE},
    {0             }
};
const struct menu_item notice_menu[] = {
    {.path = "/inbox",      .id = "inbox", .label = T("消息"), .who = SIGNED_IN, .icon = "i-bell"},
    {0}
};
