/* problem_photos_web.c — 照片续传: GET and POST /report/photos.  A phone sends each picture in
 * pieces before the report, asks what has come, and goes on from there; the report then names the
 * hashes. Without script the form carries its files itself. */
#include "base/json.h"
#include "rooms/attachment/attachment.h"
#include "rooms/problem/problem_pages.h"

static void json_pieces(struct json *j, int64_t no, const struct pieces *p)
{
    json_i64(j, "no", no);
    json_i64(j, "have", p->have);
    if (p->hash.len)
        json_str(j, "hash", p->hash);
}

/* What has come of each picture of that form, and the token it may go on with: a draft may be older
 * than its page's token. */
Err photos_get(Cx *cx, const Req *req, Resp *resp)
{
    Str key = query_text(req, "key");
    struct pieces have[PIECES_PHOTOS];
    town_of_form(cx, query_i64(req, "unit"), 0);
    for (int64_t no = 0; no < PIECES_PHOTOS; no++)
        TRY(photo_pieces(cx, key, no, &have[no]));
    struct sink to = sink_to_out(resp_data(cx, resp, "application/json; charset=utf-8", (Str){0}));
    struct json j = {.to = &to};
    json_open(&j, '{');
    json_str(&j, "csrf", form_token(cx, req, key));
    json_list(&j, "photos");
    for (int64_t no = 0; no < PIECES_PHOTOS; no++) {
        json_open(&j, '{');
        json_pieces(&j, no, &have[no]);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    return sink_end(&to);
}

Err photos_post(Cx *cx, const Req *req, Resp *resp)
{
    const struct upload *up = form_upload(req, "piece", 0);
    struct piece p = {.key = form_text(req, "key"),
        .no = form_i64(req, "no"),
        .offset = form_i64(req, "offset"),
        .total = form_i64(req, "total")};
    struct pieces have;

    town_of_form(cx, form_i64(req, "unit"), 0);
    if (!up)
        return fail(cx, ERR_INVALID, "photo", T("照片没有传完整，请重新选这张照片"));
    p.fd = up->fd;
    p.size = up->size;
    Err e = photo_piece(cx, &p, &have);
    if (e != OK && e != ERR_CONFLICT && e != ERR_INVALID)
        return e;
    struct sink to = sink_to_out(resp_data(cx, resp, "application/json; charset=utf-8", (Str){0}));
    resp->status = e == OK ? 200 : e == ERR_CONFLICT ? 409 : 422;
    struct json j = {.to = &to};
    json_open(&j, '{');
    json_pieces(&j, p.no, &have);
    if (e != OK)
        json_str(&j, "say", cx->why.say);
    json_close(&j, '}');
    memset(&cx->why, 0, sizeof cx->why);
    return sink_end(&to);
}
