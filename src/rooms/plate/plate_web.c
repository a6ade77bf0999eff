/* plate_web.c — the doors of 码牌: /q/PLATE for who scans, /plates/CODE for who looks after them.
 */
#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/duty/duty.h"
#include "rooms/plate/plate_view.h"
#include "rooms/town/town.h"
#include "web/qr.h"

#include <inttypes.h>

/* ---- /q/{code}: the form with the place filled in */

static Err scanned(Cx *cx, const Req *req, struct plate *p)
{
    Err e = plate_named(cx, path_text(req, "code"), p);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_NOT_FOUND, NULL,
            T("没有这块码牌：请对照牌上的字母再试，或者直接报问题，选村就行"));
    return e;
}

static Err q_get(Cx *cx, const Req *req, Resp *resp)
{
    struct plate p, now;
    TRY(scanned(cx, req, &p));
    TRY(plate_scanned(cx, &p));
    TRY(plate_now(cx, &p, &now));
    const char *place = now.place ? arena_printf(&cx->mem, "&place=%" PRId64, now.place) : "";
    return redirect(cx, resp, "/report?unit=%" PRId64 "%s&plate=%.*s", now.unit, place,
        (int)p.code.len, p.code.at);
}

/* ---- /q/{code}/who: whose place it is */

static Err chain_of(Cx *cx, const struct plate *p, struct plate_who_view *v)
{
    static const enum post levels[] = {POST_CADRE, POST_SECRETARY, POST_DEPT, POST_LEAD};
    struct plate_holder *at = NEW_ARRAY(&cx->mem, 4, struct plate_holder);
    struct chain chain;
    if (!p->village)
        return OK;
    TRY(duty_chain(cx, p->unit, p->place, &chain));
    for (size_t i = 0; i < 4; i++) {
        const struct holder *h = &chain.level[i + 1];
        at[i] = (struct plate_holder){
            posts[levels[i]].label, h->person ? duty_title(cx, h, true) : (Str){0}};
    }
    v->chain.at = at;
    v->chain.n = 4;
    return OK;
}

static Err who_get(Cx *cx, const Req *req, Resp *resp)
{
    struct plate p, now;
    struct plate_who_view v = {0};
    TRY(scanned(cx, req, &p));
    TRY(plate_now(cx, &p, &now));
    v.code = p.code;
    v.shown = plate_code_shown(cx, now.code);
    v.old = p.id != now.id;
    v.name = now.name;
    v.unit = now.unit;
    v.place = now.place;
    v.unit_name = town_unit_name(cx, now.unit);
    v.tel = town_setting_text(cx, "office_phone", S(""));
    TRY(chain_of(cx, &now, &v));
    TRY(plate_n_open(cx, &now, &v.n_open));
    v.shell = shell_of(cx, req, "report");
    page_plate_who(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- /plates/{code} */

static Err detail(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    struct plate p, now;
    uint32_t mine;
    struct plate_detail_view v = {.say = wrong, .why = form_text(req, "why")};
    TRY(plate_named(cx, path_text(req, "code"), &p));
    TRY(plate_now(cx, &p, &now));
    TRY(duty_posts_over(cx, p.unit, &mine));
    TRY(plate_days(cx, p.id, &v.days.at, &v.days.n, &v.n_scans));
    v.code = p.code;
    v.shown = plate_code_shown(cx, p.code);
    v.name = p.name;
    v.unit = p.unit;
    v.unit_name = town_unit_name(cx, p.unit);
    v.from_on = p.from_on;
    v.url = plate_address(cx, req, p.code);
    v.qr = qr_path(cx, v.url, &v.qr_size);
    v.now = p.id == now.id ? (Str){0} : now.code;
    v.now_shown = plate_code_shown(cx, v.now);
    v.may_make = (mine & PLATE_MAKERS) && p.id == now.id;
    v.key = new_key(cx);
    v.shell = shell_of(cx, req, "plates");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_plate(out, &v);
    return OK;
}

static Err detail_get(Cx *cx, const Req *req, Resp *resp)
{
    return detail(cx, req, resp, (Str){0});
}

static Err lost_post(Cx *cx, const Req *req, Resp *resp)
{
    Str fresh;
    Err e = plate_lost(cx, path_text(req, "code"), form_text(req, "why"), &fresh);
    if (e == ERR_INVALID)
        return detail(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/plates/%.*s", (int)fresh.len, fresh.at);
}

/* clang-format off */
const struct route plate_routes[] = {
    {GET, "/q/{code}", .who = ANYONE, .run = q_get, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/q/{code}/who", .who = ANYONE, .run = who_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/plates", .who = STAFF_POSTS, .run = plate_list_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/plates", .who = PLATE_MAKERS, .run = plate_list_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/plates/sheet/{unit_id}.pdf", .who = STAFF_POSTS, .run = plate_sheet_get, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_EXPORT},
    {GET, "/plates/{code}", .who = STAFF_POSTS, .run = detail_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/plates/{code}.pdf", .who = STAFF_POSTS, .run = plate_pdf_get, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_EXPORT},
    {POST, "/plates/{code}/lost", .who = PLATE_MAKERS, .run = lost_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {0}};

const struct menu_item plate_menu[] = {
    {.path = "/plates", .id = "plates", .label = T("码牌"), .who = STAFF_POSTS, .icon = "i-qr"},
    {0}};
/* clang-format on */
