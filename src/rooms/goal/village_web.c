/* village_web.c — /v: the villages for everybody; /v/CODE: one of them: whom to ask, what it set
 * out to do and how far it is, what its secretary promised.  No name beyond post and 姓. */
#include "gen/tmpl.h"
#include "rooms/duty/duty.h"
#include "rooms/goal/goal_pages.h"
#include "rooms/town/town.h"

/* "钱同志": the post stands above it already. */
static Str short_title(Cx *cx, const struct holder *h)
{
    Str s = duty_title(cx, h, true), post = say(cx, posts[h->post].label);
    size_t gone = s.len > post.len && !memcmp(s.at, post.at, post.len) ? post.len + 1 : 0;
    return (Str){s.at + gone, s.len - gone};
}

static Err chain_of(Cx *cx, int64_t village, struct village_holders *to)
{
    static const enum post levels[] = {POST_NONE, POST_CADRE, POST_SECRETARY, POST_DEPT, POST_LEAD};
    struct village_holder *at = NEW_ARRAY(&cx->mem, 4, struct village_holder);
    struct chain chain;
    size_t n = 0;
    TRY(duty_chain(cx, village, 0, &chain));
    for (int level = 4; level > 0; level--) {
        const struct holder *h = &chain.level[level];
        if (h->name.len && (level > 1 || h->unit == village))
            at[n++] = (struct village_holder){posts[levels[level]].label, short_title(cx, h)};
        else if (level > 1)
            at[n++] = (struct village_holder){posts[levels[level]].label, (Str){0}};
    }
    *to = (struct village_holders){at, n};
    return OK;
}

Err village_get(Cx *cx, const Req *req, Resp *resp)
{
    struct village_view v = {.village = path_i64(req, "unit_id")};
    struct town_info town;
    if (!cx->me.person)
        cx->town_id = town_of(v.village); /* a visitor's town is the village's */
    TRY(town_info(cx, &town));
    v.shell = shell_of(cx, req, "villages");
    if (town_of(v.village) != cx->town_id || town_village_of(v.village) != v.village)
        return ERR_NOT_FOUND;
    v.name = town_unit_name(cx, v.village);
    if (!v.name.len)
        return ERR_NOT_FOUND;
    TRY(chain_of(cx, v.village, &v.chain));
    TRY(goal_show_village(cx, v.village, false, &v.goals));
    TRY(promise_of_village(cx, v.village, &v.promises));
    TRY(attachment_public(cx, v.village, 0, PHOTOS_SHOWN, &v.photos));
    page_village(resp_page(cx, req, resp), &v);
    return OK;
}

Err villages_get(Cx *cx, const Req *req, Resp *resp)
{
    struct villages_view v = {.shell = shell_of(cx, req, "villages")};
    struct goal_cells heads;
    TRY(goal_show_rows(cx, &heads, &v.rows));
    page_villages(resp_page(cx, req, resp), &v);
    return OK;
}
