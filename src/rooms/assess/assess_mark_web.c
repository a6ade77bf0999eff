/* assess_mark_web.c — 加分、扣罚、取消红旗资格: facts with their paper, confirmed by another
 * person. */
#include "gen/tmpl.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"
#include "rooms/town/town.h"

enum { ITEMS_MAX = RECKON_ITEMS + 2 };

static struct assess_picks item_picks(Cx *cx, Str chosen)
{
    struct assess_table t;
    struct assess_pick *at = NEW_ARRAY(&cx->mem, ITEMS_MAX, struct assess_pick);
    size_t n = 0;
    if (assess_table_on(cx, town_today(cx), &t) == OK)
        for (size_t i = 0; i < t.t.n_items; i++)
            if (t.t.item[i].is.kind >= ITEM_BONUS) {
                Str code = t.t.item[i].is.code, name = t.t.item[i].name;
                at[n++] = (struct assess_pick){.value = code,
                    .label = str(arena_printf(
                        &cx->mem, "%.*s %.*s", (int)code.len, code.at, (int)name.len, name.at)),
                    .chosen = str_eq(code, chosen)};
            }
    at[n++] = (struct assess_pick){.value = S("V2"),
        .label = say(cx, T("V2 取消当月红旗资格（上级交办的火点、四乱属实）")),
        .chosen = str_eq(chosen, S("V2"))};
    at[n++] = (struct assess_pick){
        .value = S("V3"), .label = say(cx, T("V3 佐证作假")), .chosen = str_eq(chosen, S("V3"))};
    return (struct assess_picks){at, n};
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    Str day = form_text(req, "day");
    struct marks_view v = {.office = cx->me.posts & OFFICE_POSTS,
        .units = assess_village_picks(cx, form_i64(req, "unit")),
        .items = item_picks(cx, form_text(req, "item")),
        .day = day.len ? day : town_today(cx),
        .paper_no = form_text(req, "paper_no"),
        .said = form_text(req, "said"),
        .zero_items = form_text(req, "zero_items"),
        .say = wrong,
        .bad = wrong.len ? cx->why.field : NULL};
    TRY(assess_mark_rows(cx, &v));
    v.shell = shell_of(cx, req, "assess");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_assess_marks(out, &v);
    return OK;
}

Err assess_marks_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0});
}

static OptStr opt(Str s)
{
    return s.len ? some_str(s) : (OptStr){0};
}

Err assess_marks_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id;
    struct assess_mark_new in = {.unit = form_i64(req, "unit"),
        .item = form_text(req, "item"),
        .day = form_text(req, "day"),
        .said = form_text(req, "said"),
        .paper_no = opt(form_text(req, "paper_no")),
        .zero_items = opt(form_text(req, "zero_items"))};
    Err e = assess_mark_add(cx, &in, &id);
    if (e == ERR_INVALID)
        return show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/assess/marks");
}

Err assess_mark_confirm_post(Cx *cx, const Req *req, Resp *resp)
{
    Err e = assess_mark_confirm(cx, path_i64(req, "id"), form_i64(req, "version"));
    if ((e == ERR_CONFLICT || e == ERR_INVALID) && cx->why.say.len)
        return show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/assess/marks");
}

Err assess_mark_void_post(Cx *cx, const Req *req, Resp *resp)
{
    Err e = assess_mark_void(
        cx, path_i64(req, "id"), form_i64(req, "version"), form_text(req, "reason"));
    if (e == ERR_INVALID)
        return show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/assess/marks");
}
