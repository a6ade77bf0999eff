/* attachment_web.c — the pictures' two doors: for staff, and for who holds a receipt. */
#include "rooms/attachment/attachment_public_web.h"

#include "rooms.h"
#include "rooms/attachment/attachment_rule.h"
#include "rooms/town/town.h"
#include "store/files.h"

enum { DAY_S = 24 * 3600 };

const char *attachment_file(Str size)
{
    return str_eq(size, S("1600")) ? LARGE_NAME : str_eq(size, S("320")) ? SMALL_NAME : NULL;
}

/* By descriptor, never by a path of ours; the browser may keep it but asks again each time, so that
 * who loses a post loses its pictures. */
Err attachment_send(Cx *cx, Resp *resp, Str hash, const char *name)
{
    const char *tag = arena_printf(&cx->mem, "%.*s-%s", (int)hash.len, hash.at, name);
    Err e = files_find(cx, hash, name, &resp->fd, &resp->size);
    if (e == ERR_NOT_FOUND)
        return fail_log(cx, ERR_INTERNAL, "photo %s is missing", tag);
    resp->etag = str(tag);
    resp->filename = str(name);
    resp->type = "image/jpeg";
    resp->private_file = true;
    return e;
}

static Err photo_get(Cx *cx, const Req *req, Resp *resp)
{
    const char *name = attachment_file(path_text(req, "size"));
    Str hash;
    if (!name)
        return ERR_NOT_FOUND;
    TRY(attachment_for_staff(cx, path_i64(req, "id"), &hash));
    return attachment_send(cx, resp, hash, name);
}

static Err receipt_photo_get(Cx *cx, const Req *req, Resp *resp)
{
    const char *name = attachment_file(path_text(req, "size"));
    int64_t town, object;
    char digits[13];
    Str hash, kind;
    if (!name || !town_code_sound(path_text(req, "code"), digits))
        return ERR_NOT_FOUND;
    TRY(town_code_find(cx, str(digits), &kind, &town, &object));
    cx->town_id = town;
    TRY(attachment_for_holder(cx, path_i64(req, "id"), object, &hash));
    return attachment_send(cx, resp, hash, name);
}

static Err shown_get(Cx *cx, const Req *req, Resp *resp)
{
    Str hash;
    TRY(attachment_for_pass(
        cx, path_i64(req, "town_id"), path_i64(req, "id"), path_text(req, "token"), &hash));
    return attachment_send(cx, resp, hash, LARGE_NAME);
}

/* clang-format off */
static const struct route routes[] = {
    {GET, "/photos", .who = PHOTO_CLEARERS, .run = photo_list_get, .on = ON_READ},
    {GET, "/photos/{id}", .who = PHOTO_CLEARERS, .run = photo_page_get, .on = ON_READ},
    {GET, "/photos/{id}/{size}", .who = PHOTO_CLEARERS, .run = photos_file_get, .on = ON_READ},
    {POST, "/photos/{id}/veil", .who = PHOTO_CLEARERS, .run = photo_veil_post, .on = ON_WAIT},
    {POST, "/photos/{id}/clear", .who = PHOTO_CLEARERS, .run = photo_clear_post, .on = ON_WAIT},
    {POST, "/photos/{id}/original", .who = PHOTO_KEEPERS, .run = photo_original_post, .on = ON_WAIT, .fresh = true},
    {GET, "/open/photo/{town_id}/{id}/{size}", .who = ANYONE, .run = open_photo_get, .on = ON_READ},
    {GET,                 "/photo/{id}/{size}", .who = STAFF_POSTS, .run = photo_get, .on = ON_READ},
    {GET, "/p/{code}/photo/{id}/{size}", .who = ANYONE, .run = receipt_photo_get, .on = ON_READ},
    {GET,      "/shown/{town_id}/{id}/{token}", .who = ANYONE, .run = shown_get, .on = ON_READ},
    {0                }
};

/* clang-format on */

static const struct menu_item menu[] = {
    {.path = "/photos",
     .id = "photos",
     .label = T("照片公开"),
     .who = PHOTO_CLEARERS,
     .icon = "i-camera"},
    {0}
};

static const struct job jobs[] = {
    {.name = "photo_sweep",        .every_s = DAY_S, .run = attachment_sweep_job},
    {0}
};

const struct room attachment_room = {
    .name = "attachment", .routes = routes, .menu = menu, .jobs = jobs};
