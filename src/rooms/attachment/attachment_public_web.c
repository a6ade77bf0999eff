/* attachment_public_web.c — 照片公开: the office's list and one picture's page, and the door for
 * everybody to what was cleared. */
#include "rooms/attachment/attachment_public_web.h"

#include "gen/tmpl.h"
#include "photo/photo.h"
#include "rooms/attachment/attachment_rule.h"
#include "rooms/attachment/attachment_view.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { NARROW = 320, WIDE = 1280, BOXES_MAX = 20 * 20 };

static const char *kind_of(Cx *cx, Str kind)
{
    Text t = str_eq(kind, S("before"))  ? T("整改前")
             : str_eq(kind, S("after")) ? T("整改后")
             : str_eq(kind, S("check")) ? TC("photo", "核查")
                                        : TC("photo", "佐证");
    Str s = say(cx, t);
    return arena_printf(&cx->mem, "%.*s", (int)s.len, s.at);
}

static Err card_of(Cx *cx, const struct attachment *a, struct photo_card *to)
{
    *to = (struct photo_card){.id = a->id,
        .at = a->at,
        .redacted = a->redacted,
        .unit = town_unit_name(cx, a->unit),
        .by = a->by ? people_name(cx, a->by) : (Str){0},
        .kind = kind_of(cx, a->kind)};
    return OK;
}

Err photo_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct photos_view v = {.cleared = query_i64(req, "state")};
    struct attachments all;
    if (v.cleared > PHOTO_WITHHELD)
        return ERR_NOT_FOUND;
    TRY(attachment_page(cx, v.cleared, query_i64(req, "below"), &all));
    size_t n = all.n < PHOTOS_A_PAGE ? all.n : PHOTOS_A_PAGE;
    struct photo_card *at = NEW_ARRAY(&cx->mem, n + 1, struct photo_card);
    for (size_t i = 0; i < n; i++)
        TRY(card_of(cx, &all.at[i], &at[i]));
    v.list = (struct photo_cards){at, n};
    if (all.n > n)
        v.next = str(arena_printf(
            &cx->mem, "/photos?state=%" PRId64 "&below=%" PRId64, v.cleared, all.at[n - 1].id));
    v.shell = shell_of(cx, req, "photos");
    page_photos(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- one picture ---- */

static Str address(Cx *cx, int64_t id, Str boxes, int64_t width)
{
    return str(arena_printf(&cx->mem, "/photos/%" PRId64 "?width=%" PRId64 "&boxes=%.*s", id, width,
        (int)boxes.len, boxes.at));
}

static Str with_box(Cx *cx, Str boxes, const struct photo_veil *b)
{
    return str(arena_printf(&cx->mem, "%.*s%s%d,%d,%d,%d", (int)boxes.len,
        boxes.len ? boxes.at : "", boxes.len ? ";" : "", b->x, b->y, b->width, b->height));
}

/* What was tapped or typed becomes one more box: two taps are its corners. */
static void take_box(Cx *cx, const Req *req, struct photo_page_view *v)
{
    Str from = query_text(req, "from"), x = query_text(req, "x");
    struct photo_veils corner;
    struct photo_veil b = {(int32_t)query_i64(req, "x"), (int32_t)query_i64(req, "y"),
        (int32_t)query_i64(req, "w"), (int32_t)query_i64(req, "h")};
    if (x.len && b.width > 0 && b.height > 0)
        v->boxes = with_box(cx, v->boxes, &b);
    if (!query_text(req, "at.x").len)
        return;
    int64_t px = query_i64(req, "at.x") * 1000 / v->width,
            py = query_i64(req, "at.y") * 1000 / v->height;
    px = px > 1000 ? 1000 : px;
    py = py > 1000 ? 1000 : py;
    Str as_box = str(arena_printf(&cx->mem, "%.*s,1,1", (int)from.len, from.len ? from.at : ""));
    if (!attachment_veils_read(as_box, &corner) || corner.n != 1) {
        v->from = str(arena_printf(&cx->mem, "%" PRId64 ",%" PRId64, px, py));
        v->has_from = true;
        v->from_x = px;
        v->from_y = py;
        return;
    }
    int64_t fx = corner.at[0].x, fy = corner.at[0].y;
    b = (struct photo_veil){(int32_t)(px < fx ? px : fx), (int32_t)(py < fy ? py : fy),
        (int32_t)(px < fx ? fx - px : px - fx), (int32_t)(py < fy ? fy - py : py - fy)};
    if (b.width > 0 && b.height > 0)
        v->boxes = with_box(cx, v->boxes, &b);
}

static void list_boxes(Cx *cx, struct photo_page_view *v)
{
    struct photo_veils veils;
    if (!attachment_veils_read(v->boxes, &veils)) {
        v->boxes = (Str){0};
        v->say = say(cx, T("框的位置不对：左、上、宽、高，每个最多 1000，最多 20 个框"));
        return;
    }
    struct photo_box *at = NEW_ARRAY(&cx->mem, (size_t)veils.n + 1, struct photo_box);
    for (int32_t i = 0; i < veils.n; i++) {
        Str others = {0};
        for (int32_t k = 0; k < veils.n; k++)
            if (k != i)
                others = with_box(cx, others, &veils.at[k]);
        at[i] = (struct photo_box){veils.at[i].x, veils.at[i].y, veils.at[i].width,
            veils.at[i].height, address(cx, v->c->id, others, v->width)};
    }
    v->list = (struct photo_boxes){at, (size_t)veils.n};
}

static Err show(Cx *cx, const Req *req, Resp *resp, struct photo_page_view *v)
{
    struct attachment_shown a;
    struct photo_card *card = NEW_ARRAY(&cx->mem, 1, struct photo_card);
    TRY(attachment_one(cx, path_i64(req, "id"), &a));
    TRY(card_of(cx, &a.is, card));
    TRY(attachment_path(cx, &a.is, &card->path));
    v->c = card;
    v->cleared = a.cleared;
    v->was = a.is.redacted;
    v->has_original = a.has_original;
    v->may_original = (cx->me.posts & PHOTO_KEEPERS) != 0;
    v->width = query_i64(req, "width");
    v->width = v->width < NARROW ? NARROW : v->width > WIDE ? WIDE : v->width;
    TRY(attachment_height(cx, a.shown, v->width, &v->height));
    if (v->boxes.len == 0 && query_text(req, "boxes").len <= BOXES_MAX)
        v->boxes = query_text(req, "boxes");
    take_box(cx, req, v);
    list_boxes(cx, v);
    if (v->width > NARROW)
        v->smaller = address(cx, card->id, v->boxes, v->width / 2);
    if (v->width < WIDE)
        v->larger = address(cx, card->id, v->boxes, v->width * 2);
    v->shell = shell_of(cx, req, "photos");
    Out *out = resp_page(cx, req, resp);
    if (v->say.len)
        resp->status = 422;
    page_photo(out, v);
    return OK;
}

Err photo_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, &(struct photo_page_view){0});
}

/* What is wrong with a form is said on the picture's page, with what was typed. */
static Err again(Cx *cx, const Req *req, Resp *resp, Err e)
{
    if (e != ERR_INVALID)
        return e;
    struct photo_page_view v = {
        .say = cx->why.say, .boxes = form_text(req, "boxes"), .reason = form_text(req, "reason")};
    return show(cx, req, resp, &v);
}

Err photo_veil_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");
    Err e = attachment_veil(cx, id, form_i64(req, "was"), form_text(req, "boxes"));
    return e == OK ? redirect(cx, resp, "/photos/%" PRId64, id) : again(cx, req, resp, e);
}

Err photo_clear_post(Cx *cx, const Req *req, Resp *resp)
{
    TRY(attachment_clear(cx, path_i64(req, "id"), form_i64(req, "was"),
        form_has(req, "to") ? form_i64(req, "to") : -1));
    return redirect(cx, resp, "/photos/%" PRId64, path_i64(req, "id"));
}

Err photo_original_post(Cx *cx, const Req *req, Resp *resp)
{
    Str hash;
    Err e = attachment_original(cx, path_i64(req, "id"), form_text(req, "reason"), &hash);
    return e == OK ? attachment_send(cx, resp, hash, LARGE_NAME) : again(cx, req, resp, e);
}

/* ---- files ---- */

Err photos_file_get(Cx *cx, const Req *req, Resp *resp)
{
    const char *name = attachment_file(path_text(req, "size"));
    struct attachment_shown a;
    if (!name)
        return ERR_NOT_FOUND;
    TRY(attachment_one(cx, path_i64(req, "id"), &a));
    return attachment_send(cx, resp, a.shown, name);
}

Err open_photo_get(Cx *cx, const Req *req, Resp *resp)
{
    const char *name = attachment_file(path_text(req, "size"));
    Str hash;
    if (!name)
        return ERR_NOT_FOUND;
    cx->town_id = path_i64(req, "town_id"); /* ids are a town's; who has no session is in none */
    TRY(attachment_in_public(cx, path_i64(req, "id"), &hash));
    return attachment_send(cx, resp, hash, name);
}
