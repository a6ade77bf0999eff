/* assess_flag_web.c — the door of 红黑旗公开榜 /flags: without an account. */
#include "gen/tmpl.h"
#include "rooms/assess/assess_view.h"
#include "rooms/town/town.h"

/* Signed in, one's own town stands; a link may name another: ?town=410108100. */
static void choose_town(Cx *cx, int64_t want)
{
    struct towns towns;
    if (cx->me.person || !want || town_all(cx, &towns) != OK)
        return;
    for (size_t i = 0; i < towns.n; i++)
        if (towns.at[i] == want)
            cx->town_id = want;
}

Err flags_get(Cx *cx, const Req *req, Resp *resp)
{
    struct flags_view v = {0};
    choose_town(cx, query_i64(req, "town"));
    TRY(assess_board(cx, query_i64(req, "round"), &v));
    v.shell = shell_of(cx, req, "flags");
    page_flags(resp_page(cx, req, resp), &v);
    return OK;
}
