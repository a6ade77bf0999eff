/* problem_same_web.c — 疑似重复 /duplicates. */
#include "gen/tmpl.h"
#include "rooms/problem/problem_pages.h"

Err same_get(Cx *cx, const Req *req, Resp *resp)
{
    struct same_view v = {0};
    struct same_pairs pairs;
    struct same_mergeds mergeds;
    TRY(problem_pairs(cx, &pairs));
    TRY(problem_mergeds(cx, &mergeds));
    struct same_row *at = NEW_ARRAY(&cx->mem, pairs.n + 1, struct same_row);
    struct merged_row *done = NEW_ARRAY(&cx->mem, mergeds.n + 1, struct merged_row);
    for (size_t i = 0; i < pairs.n; i++)
        at[i] = (struct same_row){&pairs.at[i], new_key(cx)};
    for (size_t i = 0; i < mergeds.n; i++)
        done[i] = (struct merged_row){&mergeds.at[i], new_key(cx)};
    v.pairs.at = at;
    v.pairs.n = pairs.n;
    v.merged.at = done;
    v.merged.n = mergeds.n;
    v.shell = shell_of(cx, req, "duplicates");
    page_same(resp_page(cx, req, resp), &v);
    return OK;
}
