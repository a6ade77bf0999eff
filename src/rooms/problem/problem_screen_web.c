/* problem_screen_web.c — the doors of 防滥用与保护: /screening for the office, /hidden in public,
 * /retaliation for who is punished for having reported. */
#include "gen/tmpl.h"
#include "rooms/problem/problem_screen_view.h"
#include "rooms/town/town.h"

#include <inttypes.h>

Err screen_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct screen_list_view v = {0};
    TRY(screen_waiting(cx, &v.rows));
    v.key = new_key(cx);
    v.shell = shell_of(cx, req, "screening");
    page_screen_list(resp_page(cx, req, resp), &v);
    return OK;
}

static Err one(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    struct problem_detail d;
    struct screen_one_view v = {
        .id = path_i64(req, "id"), .say = wrong, .typed = form_text(req, "why")};
    TRY(problem_seen(cx, v.id));
    TRY(problem_detail(cx, v.id, &d));
    TRY(screen_state(cx, v.id, &v.state));
    v.title = d.card.title;
    v.body = d.card.body;
    v.key = new_key(cx);
    v.shell = shell_of(cx, req, "screening");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_screen_one(out, &v);
    return OK;
}

Err screen_one_get(Cx *cx, const Req *req, Resp *resp)
{
    return one(cx, req, resp, (Str){0});
}

Err screen_verb_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");
    Str verb = path_text(req, "verb"), why = form_text(req, "why");
    Err e = str_eq(verb, S("release"))  ? screen_release(cx, id)
            : str_eq(verb, S("hide"))   ? screen_hide(cx, id, why)
            : str_eq(verb, S("unhide")) ? screen_show(cx, id, why)
                                        : ERR_NOT_FOUND;
    if (e == ERR_INVALID)
        return one(cx, req, resp, cx->why.say);
    TRY(e);
    if (str_eq(verb, S("release")))
        return redirect(cx, resp, "/screening");
    return redirect(cx, resp, "/screening/%" PRId64, id);
}

Err screen_hidden_get(Cx *cx, const Req *req, Resp *resp)
{
    struct screen_stub_view v = {0};
    TRY(screen_stubs(cx, &v.stubs));
    v.tel = town_setting_text(cx, "office_phone", S(""));
    v.shell = shell_of(cx, req, "hidden");
    page_screen_stubs(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- 打击报复: category 6902, to the office alone, never public */

static Err retaliation(Cx *cx, const Req *req, Resp *resp, struct retaliation_view *v)
{
    struct units all;
    TRY(town_villages(cx, &all));
    struct screen_unit *at = NEW_ARRAY(&cx->mem, all.n + 1, struct screen_unit);
    for (size_t i = 0; i < all.n; i++)
        at[i] = (struct screen_unit){
            all.at[i].code, all.at[i].name, all.at[i].code == form_i64(req, "unit")};
    v->units.at = at;
    v->units.n = all.n;
    v->tel = town_setting_text(cx, "office_phone", S(""));
    v->key = new_key(cx);
    v->shell = shell_of(cx, req, "report");
    Out *out = resp_page(cx, req, resp);
    if (v->say.len)
        resp->status = 422;
    page_retaliation(out, v);
    return OK;
}

Err retaliation_get(Cx *cx, const Req *req, Resp *resp)
{
    struct retaliation_view v = {0};
    return retaliation(cx, req, resp, &v);
}

Err retaliation_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_new in = {.key = form_text(req, "key"),
        .unit = form_i64(req, "unit"),
        .category = S("6902"),
        .body = form_text(req, "body"),
        .phone = form_text(req, "phone"),
        .from = req->remote,
        .not_to_village = true};
    struct problem_receipt receipt;
    Err e = OK;
    if (!in.unit)
        e = fail(cx, ERR_INVALID, "unit", T("请选择是哪个村（社区）"));
    else if (!in.body.len)
        e = fail(cx, ERR_INVALID, "body", T("请写明发生了什么，不必写您是谁"));
    else
        e = problem_report(cx, &in, &receipt);
    if (e == ERR_INVALID) {
        struct retaliation_view v = {
            .say = cx->why.say, .bad = cx->why.field, .body = in.body, .phone = in.phone};
        return retaliation(cx, req, resp, &v);
    }
    TRY(e);
    return redirect(cx, resp, "/p/%.*s", (int)receipt.code.len, receipt.code.at);
}
