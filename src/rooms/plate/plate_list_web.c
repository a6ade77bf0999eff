/* plate_list_web.c — /plates: what hangs in a village and what does not yet; the stickers as PDF.
 */
#include "gen/tmpl.h"
#include "paper/paper.h"
#include "rooms/duty/duty.h"
#include "rooms/plate/plate_view.h"
#include "rooms/town/town.h"

#include <inttypes.h>

Str plate_address(Cx *cx, const Req *req, Str code)
{
    return own_address(cx, req, "/q/%.*s", (int)code.len, code.at);
}

/* ---- the list */

/* The village that was asked for; else the first one this person holds a post over, else the first.
 */
static Err choose(Cx *cx, const Req *req, struct plate_list_view *v)
{
    struct units all;
    int64_t want = town_village_of(query_i64(req, "unit"));
    TRY(town_villages(cx, &all));
    struct plate_village *at = NEW_ARRAY(&cx->mem, all.n + 1, struct plate_village);
    for (size_t i = 0; i < all.n && !want; i++) {
        uint32_t mine;
        TRY(duty_posts_over(cx, all.at[i].code, &mine));
        want = mine & (PLATE_MAKERS | HAS(POST_DEPT) | HAS(POST_LEAD)) ? all.at[i].code : 0;
    }
    want = want || !all.n ? want : all.at[0].code;
    for (size_t i = 0; i < all.n; i++)
        at[i] = (struct plate_village){all.at[i].code, all.at[i].name, all.at[i].code == want};
    v->villages.at = at;
    v->villages.n = all.n;
    v->unit = want;
    v->name = town_unit_name(cx, want);
    return OK;
}

static Err line_of(
    Cx *cx, const struct plates *hang, int64_t unit, int64_t place, Str name, struct plate_line *to)
{
    const struct plate_day *days;
    size_t n;
    *to = (struct plate_line){.name = name};
    for (size_t i = 0; i < hang->n; i++) {
        const struct plate *p = &hang->at[i];
        if (p->place != place || (!place && p->unit != unit))
            continue;
        to->code = p->code;
        to->shown = plate_code_shown(cx, p->code);
        to->from_on = p->from_on;
        return plate_days(cx, p->id, &days, &n, &to->n_scans);
    }
    return OK;
}

static Err lines_of(Cx *cx, struct plate_list_view *v)
{
    struct plates hang;
    struct units below;
    struct places places;
    size_t n = 0;
    TRY(plate_hanging(cx, v->unit, &hang));
    TRY(town_units_in(cx, v->unit, &below));
    TRY(town_places(cx, v->unit, &places));
    struct plate_line *at = NEW_ARRAY(&cx->mem, 1 + below.n + places.n, struct plate_line);
    TRY(line_of(cx, &hang, v->unit, 0, v->name, &at[n++]));
    for (size_t i = 0; i < below.n; i++)
        TRY(line_of(
            cx, &hang, below.at[i].code, 0, town_unit_name(cx, below.at[i].code), &at[n++]));
    for (size_t i = 0; i < places.n; i++)
        TRY(line_of(cx, &hang, places.at[i].unit, places.at[i].id, places.at[i].name, &at[n++]));
    for (size_t i = 0; i < n; i++)
        v->n_missing += !at[i].code.len;
    v->n_hanging = (int64_t)n - v->n_missing;
    v->lines.at = at;
    v->lines.n = n;
    return OK;
}

Err plate_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct plate_list_view v = {.n_made = -1};
    uint32_t mine;
    TRY(choose(cx, req, &v));
    if (v.unit) {
        TRY(lines_of(cx, &v));
        TRY(plate_old_of(cx, v.unit, &v.old));
        TRY(plate_before(cx, v.unit, &v.n_before));
        TRY(duty_posts_over(cx, v.unit, &mine));
        v.may_make = mine & PLATE_MAKERS;
    }
    if (query_text(req, "made").len)
        v.n_made = query_i64(req, "made");
    v.key = new_key(cx);
    v.shell = shell_of(cx, req, "plates");
    page_plate_list(resp_page(cx, req, resp), &v);
    return OK;
}

Err plate_list_post(Cx *cx, const Req *req, Resp *resp)
{
    size_t n;
    int64_t unit = form_i64(req, "unit");
    TRY(plate_make(cx, unit, &n));
    return redirect(cx, resp, "/plates?unit=%" PRId64 "&made=%zu", unit, n);
}

/* ---- as PDF */

static Err stickers(
    Cx *cx, const Req *req, Resp *resp, const struct plates *plates, bool sheet, const char *name)
{
    Str pdf, tel = town_setting_text(cx, "office_phone", S(""));
    struct sticker *at = NEW_ARRAY(&cx->mem, plates->n + 1, struct sticker);
    for (size_t i = 0; i < plates->n; i++) {
        const struct plate *p = &plates->at[i];
        Str unit = town_unit_name(cx, p->unit);
        at[i] = (struct sticker){.name = p->name,
            .unit = str_eq(unit, p->name) ? town_unit_name(cx, cx->town_id * 1000000) : unit,
            .code = plate_code_shown(cx, p->code),
            .address = plate_address(cx, req, p->code)};
    }
    struct stickers s = {.at = at,
        .n = plates->n,
        .head = S("扫码报问题"),
        .foot = tel.len ? str(arena_printf(&cx->mem, "电话 %.*s", (int)tel.len, tel.at)) : tel};
    TRY(paper_plates(cx, &s, sheet, &pdf));
    Out *out = resp_data(cx, resp, "application/pdf", str(name));
    out_raw(out, pdf.at, pdf.len);
    return OK;
}

Err plate_sheet_get(Cx *cx, const Req *req, Resp *resp)
{
    int64_t unit = path_i64(req, "unit_id");
    struct plates all;
    if (town_of(unit) != cx->town_id)
        return ERR_NOT_FOUND;
    TRY(plate_hanging(cx, unit, &all));
    if (!all.n)
        return fail(cx, ERR_NOT_FOUND, NULL, T("这里还没有码牌，请先生成"));
    return stickers(
        cx, req, resp, &all, true, arena_printf(&cx->mem, "plates-%" PRId64 ".pdf", unit));
}

Err plate_pdf_get(Cx *cx, const Req *req, Resp *resp)
{
    struct plate p;
    TRY(plate_named(cx, path_text(req, "code"), &p));
    if (p.replaced_by.len)
        return fail(cx, ERR_NOT_FOUND, NULL, T("这块牌已经换过新牌，请打印新牌"));
    return stickers(cx, req, resp, &(struct plates){&p, 1}, false,
        arena_printf(&cx->mem, "plate-%.*s.pdf", (int)p.code.len, p.code.at));
}
