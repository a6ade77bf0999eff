/* counter_web.c — the doors of 代报: /counter, and the slip at /slip/CODE as a page to print and as
 * PDF for a roll of 58 or 80 mm. */
#include "base/day.h"
#include "gen/tmpl.h"
#include "paper/paper.h"
#include "rooms/category/category.h"
#include "rooms/counter/counter_view.h"
#include "rooms/duty/duty.h"
#include "rooms/problem/problem.h"
#include "rooms/town/town.h"
#include "web/qr.h"

#include <inttypes.h>

/* ---- /counter */

/* The villages; the first one this person holds a post over is chosen, where none is yet. */
static Err units_of(Cx *cx, int64_t chosen, struct counter_choices *to)
{
    struct units all;
    TRY(town_villages(cx, &all));
    struct counter_choice *at = NEW_ARRAY(&cx->mem, all.n + 1, struct counter_choice);
    for (size_t i = 0; i < all.n; i++) {
        uint32_t mine;
        TRY(duty_posts_over(cx, all.at[i].code, &mine));
        if (!chosen && mine & (CHAIN_POSTS | HAS(POST_GRID_KEEPER)))
            chosen = all.at[i].code;
        at[i] = (struct counter_choice){
            .value = str(arena_printf(&cx->mem, "%" PRId64, all.at[i].code)),
            .label = all.at[i].name,
            .chosen = chosen == all.at[i].code};
    }
    *to = (struct counter_choices){at, all.n};
    return OK;
}

static Err tiles_of(Cx *cx, Str chosen, struct counter_choices *to)
{
    const struct tile *tiles;
    size_t n;
    TRY(category_tiles(cx, &tiles, &n));
    struct counter_choice *at = NEW_ARRAY(&cx->mem, n + 1, struct counter_choice);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct counter_choice){.value = tiles[i].code,
            .label = tile_shown(cx, &tiles[i]),
            .chosen = str_eq(chosen, tiles[i].code)};
    *to = (struct counter_choices){at, n};
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, struct counter_view *v, int64_t unit, Str tile)
{
    TRY(units_of(cx, unit, &v->units));
    TRY(tiles_of(cx, tile, &v->tiles));
    TRY(counter_mine(cx, &v->mine));
    v->key = new_key(cx);
    v->shell = shell_of(cx, req, "counter");
    Out *out = resp_page(cx, req, resp);
    if (v->say.len)
        resp->status = 422;
    page_counter(out, v);
    return OK;
}

static Err counter_get(Cx *cx, const Req *req, Resp *resp)
{
    struct counter_view v = {0};
    return show(cx, req, resp, &v, query_i64(req, "unit"), (Str){0});
}

static Err counter_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_new in = {.key = form_text(req, "key"),
        .unit = form_i64(req, "unit"),
        .place = form_text(req, "place_text"),
        .category = form_text(req, "category"),
        .body = form_text(req, "body"),
        .name = form_text(req, "name"),
        .phone = form_text(req, "phone"),
        .source = S("resident"),
        .not_to_village = form_has(req, "not_to_village"),
        .entered_for = true};
    struct problem_receipt receipt;
    struct place p;
    if (in.unit && in.place.len && town_place_named(cx, in.unit, in.place, &p) == OK)
        in.known_place = p.id;
    memset(&cx->why, 0, sizeof cx->why);
    Err e = in.unit ? problem_report(cx, &in, &receipt)
                    : fail(cx, ERR_INVALID, "unit", T("请选择是哪个村（社区）"));
    if (e == ERR_INVALID) {
        struct counter_view v = {.say = cx->why.say,
            .bad = cx->why.field,
            .body = in.body,
            .place = in.place,
            .name = in.name,
            .phone = in.phone,
            .not_to_village = in.not_to_village};
        return show(cx, req, resp, &v, in.unit, in.category);
    }
    TRY(e);
    return redirect(cx, resp, "/slip/%.*s", (int)receipt.code.len, receipt.code.at);
}

/* ---- /slip/{code} */

static int64_t width_asked(const Req *req)
{
    return query_i64(req, "w") == 58 ? 58 : 80;
}

static Str address_of(Cx *cx, const Req *req, Str code)
{
    return own_address(cx, req, "/p/%.*s", (int)code.len, code.at);
}

static Err slip_get(Cx *cx, const Req *req, Resp *resp)
{
    struct counter_slip s;
    struct slip_view v = {.s = &s, .wide = width_asked(req), .staff = cx->me.posts != 0};
    TRY(counter_slip(cx, path_text(req, "code"), &s));
    v.url = address_of(cx, req, s.code);
    v.qr = qr_path(cx, v.url, &v.qr_size);
    v.tel = town_setting_text(cx, "office_phone", S(""));
    v.town = town_unit_name(cx, cx->town_id * 1000000);
    v.shell = shell_of(cx, req, cx->me.posts ? "counter" : "find");
    page_slip(resp_page(cx, req, resp), &v);
    return OK;
}

static Str joined(Cx *cx, Str a, const char *between, Str b)
{
    return b.len ? str(
               arena_printf(&cx->mem, "%.*s%s%.*s", (int)a.len, a.at, between, (int)b.len, b.at))
                 : a;
}

static Err slip_pdf_get(Cx *cx, const Req *req, Resp *resp)
{
    struct counter_slip s;
    Str pdf;
    TRY(counter_slip(cx, path_text(req, "code"), &s));
    Str tel = town_setting_text(cx, "office_phone", S("")),
        town = town_unit_name(cx, cx->town_id * 1000000), at = day_time_text(cx, s.reported_at);
    struct slip paper = {.wide = (int)width_asked(req),
        .head = say_s(cx, T("{s} 上报回执"), town),
        .code_label = say(cx, T("回执号（打电话时报这个号）")),
        .code =
            str(arena_printf(&cx->mem, "%.4s %.4s %.4s", s.code.at, s.code.at + 4, s.code.at + 8)),
        .lines = joined(cx, joined(cx, s.where, "\n", s.category), "\n", at),
        .note = joined(cx, say(cx, T("扫码或凭回执号查进度。请收好，不要给别人看。")), "\n",
            tel.len ? say_s(cx, T("电话 {s}"), tel) : tel),
        .address = address_of(cx, req, s.code)};
    TRY(paper_slip(cx, &paper, &pdf));
    Out *out = resp_data(cx, resp, "application/pdf", S("slip.pdf"));
    out_raw(out, pdf.at, pdf.len);
    return OK;
}

/* clang-format off */
const struct route counter_routes[] = {
    {GET, "/counter", .who = STAFF_POSTS, .run = counter_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/counter", .who = STAFF_POSTS, .run = counter_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_UPLOAD},
    {GET, "/slip/{code}", .who = ANYONE, .run = slip_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_RECEIPT},
    {GET, "/slip/{code}.pdf", .who = ANYONE, .run = slip_pdf_get, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_EXPORT},
    {0}};

const struct menu_item counter_menu[] = {
    {.path = "/counter", .id = "counter", .label = T("代报"), .who = STAFF_POSTS, .icon = "i-edit"},
    {0}};
/* clang-format on */
