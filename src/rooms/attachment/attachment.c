/* attachment.c — 照片: taking them, whose they are, who sees them. */
#include "rooms/attachment/attachment_rule.h"

#include "base/day.h"
#include "base/fd.h"
#include "base/secret.h"
#include "gen/sql_attachment.h"
#include "photo/photo.h"
#include "store/files.h"
#include "store/log.h"

#include <sodium.h>

enum { PICTURES_MAX = 200, DOORS_MAX = 16 };

/* Set by the rooms' open(), before the first request. */
static struct {
    attachment_door sees;
    const char *path; /* NULL: none of its own */
} doors[DOORS_MAX];
static size_t n_doors;

void attachment_seen_by(attachment_door door)
{
    attachment_lives_at(door, NULL);
}

void attachment_lives_at(attachment_door door, const char *path)
{
    for (size_t i = 0; i < n_doors; i++)
        if (doors[i].sees == door)
            return;
    if (n_doors < DOORS_MAX) {
        doors[n_doors].sees = door;
        doors[n_doors++].path = path;
    }
}

Err attachment_path(Cx *cx, const struct attachment *a, Str *path)
{
    *path = (Str){0};
    for (size_t i = 0; i < n_doors; i++) {
        Err e = doors[i].sees(cx, a->object);
        if (e == ERR_NOT_FOUND)
            continue;
        const char *at = doors[i].path, *hole = at ? strchr(at, '{') : NULL;
        if (hole)
            *path = str(arena_printf(&cx->mem, "%.*s%lld", (int)(hole - at), at,
                (long long)(hole[1] == 'u' ? a->unit : a->object)));
        return e;
    }
    return OK;
}

/* ---- taking ---- */

/* What the helper answered, as the person and the operator are told. */
static Err refused(Cx *cx, const struct photo_answer *a)
{
    switch ((enum photo_status)a->status) {
    case PHOTO_KIND:
        return fail(cx, ERR_INVALID, "photo", T("这不是照片：请选 JPG、PNG 或 WebP 格式的图片"));
    case PHOTO_HEIC:
        return fail(cx, ERR_INVALID, "photo",
            T("这是苹果手机的 HEIC 格式，这里打不开。请在手机“设置 › 相机 › "
              "格式”里选“兼容性最佳”后重拍，"
              "或用微信发给自己、保存后再选（会变成 JPG）"));
    case PHOTO_HUGE:
        return fail(
            cx, ERR_INVALID, "photo", T("照片太大：每张最多 12 MB、5000 万像素，请换小一些的"));
    case PHOTO_BROKEN: return fail(cx, ERR_INVALID, "photo", T("照片没有传完整，请重新选这张照片"));
    case PHOTO_DIED: {
        Err e = fail(cx, ERR_INVALID, "photo", T("这张照片打不开，请换一张"));
        (void)fail_log(cx, e, "photo: the child died, signal %d, %u ms, %u KiB", (int)a->signal,
            a->cpu_ms, a->rss_kib);
        return e;
    }
    case PHOTO_DISK: return fail_log(cx, ERR_BUSY, "photo: no room on the disk");
    case PHOTO_FULL: return fail(cx, ERR_BUSY, "photo", T("正在处理的照片太多，请一分钟后再试"));
    case PHOTO_GONE:
    default: {
        Err e = fail(cx, ERR_BUSY, "photo", T("暂时收不了照片。可以先不带照片提交，过后再补"));
        (void)fail_log(cx, e, "photo: the photo parent died; its keeper starts another");
        return e;
    }
    }
}

bool photo_hash_sound(Str s)
{
    return files_hash_sound(s);
}

Err photo_take(Cx *cx, int fd, int64_t size, Str *hash)
{
    return attachment_make(cx, fd, size, &(struct photo_veils){0}, hash);
}

Err attachment_make(Cx *cx, int fd, int64_t size, const struct photo_veils *veils, Str *hash)
{
    CLOSES int large = -1;
    CLOSES int small = -1;
    struct photo_answer answer = {.status = size > PHOTO_BYTES ? PHOTO_HUGE : PHOTO_OK};
    if (answer.status == PHOTO_OK) {
        TRY(files_new(cx, &large));
        TRY(files_new(cx, &small));
        photo_veil(fd, veils, large, small, &answer);
    }
    if (answer.status != PHOTO_OK)
        return refused(cx, &answer);

    char *hex = arena_raw(&cx->mem, FILES_HASH + 1);
    sodium_bin2hex(hex, FILES_HASH + 1, answer.large.hash, sizeof answer.large.hash);
    Str name = {hex, FILES_HASH};
    const struct file_part both[] = {
        {small, SMALL_NAME},
        {large, LARGE_NAME}
    };
    TRY(files_keep(cx, name, both, 2));
    *hash = name;
    return OK;
}

/* ---- whose ---- */

/* Both sizes are there; the small one's own hash is kept in the row, so that it can be proved too.
 */
Err attachment_measure(Cx *cx, Str hash, struct attachment_sizes *row)
{
    CLOSES int large = -1;
    CLOSES int small = -1;
    Err e = files_find(cx, hash, LARGE_NAME, &large, &row->bytes);
    if (e == OK)
        e = files_find(cx, hash, SMALL_NAME, &small, &row->small_bytes);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "photo", T("照片没有存好，请重新选一次"));
    TRY(e);
    return files_hash(cx, small, &row->small_hash);
}

Err attachment_add(Cx *cx, int64_t object, int64_t unit, const char *kind, Str hash, int64_t *id)
{
    struct sql_attachment_same_row same;
    Err e = sql_attachment_same(
        cx, &(struct sql_attachment_same){.object = object, .hash = hash}, &same);
    if (e == OK)
        *id = same.id;
    if (e != ERR_NOT_FOUND)
        return e;
    struct sql_attachment_insert row = {
        .object = object, .unit = unit, .kind = str(kind), .hash = hash};
    struct attachment_sizes is;
    TRY(attachment_measure(cx, hash, &is));
    row.bytes = is.bytes;
    row.small_hash = is.small_hash;
    row.small_bytes = is.small_bytes;
    row.id = new_id(cx);
    TRY(sql_attachment_insert(cx, &row));
    *id = row.id;
    /* the chain holds the picture: whoever changes the file and the row is found by heqing verify
     */
    return event_add(
        cx, &(struct event){.verb = PHOTO_ADDED, .unit = unit, .object = row.id, .to = hash});
}

Err attachment_of(Cx *cx, int64_t object, struct attachments *ret)
{
    struct sql_attachment_of_rows rows;
    TRY(sql_attachment_of(
        cx, &(struct sql_attachment_of){.object = object, .limit = PICTURES_MAX}, &rows));
    struct attachment *at = NEW_ARRAY(&cx->mem, rows.n, struct attachment);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct attachment){.id = rows.at[i].id,
            .object = rows.at[i].object,
            .unit = rows.at[i].unit,
            .kind = rows.at[i].kind,
            .hash = rows.at[i].hash,
            .by = rows.at[i].person,
            .at = rows.at[i].at,
            .cleared = rows.at[i].cleared != 0};
    *ret = (struct attachments){at, rows.n};
    return OK;
}

/* ---- who sees ---- */

Err attachment_for_staff(Cx *cx, int64_t id, Str *hash)
{
    struct sql_attachment_find_row row;
    TRY(sql_attachment_find(cx, &(struct sql_attachment_find){.id = id}, &row));
    for (size_t i = 0; i < n_doors; i++) {
        Err e = doors[i].sees(cx, row.object);
        if (e == OK)
            *hash = row.hash;
        if (e != ERR_NOT_FOUND)
            return e;
    }
    return ERR_NOT_FOUND;
}

/* The reporter's own matter shows its pictures; what a verifier took is the office's. */
Err attachment_for_holder(Cx *cx, int64_t id, int64_t object, Str *hash)
{
    struct sql_attachment_find_row row;
    TRY(sql_attachment_find(cx, &(struct sql_attachment_find){.id = id}, &row));
    if (row.object != object || str_eq(row.kind, S("check")))
        return ERR_NOT_FOUND;
    *hash = row.hash;
    return OK;
}

static Str pass_of(Cx *cx, int64_t id, int64_t day)
{
    enum { PASS = 16 };
    const char *what = arena_printf(
        &cx->mem, "%lld %lld %lld", (long long)cx->town_id, (long long)id, (long long)day);
    Str blind = secret_blind(cx, "photo.pass", str(what));
    return secret_text(cx, (Str){blind.at, PASS});
}

Str photo_pass(Cx *cx, int64_t id)
{
    Str token = pass_of(cx, id, day_of(cx->now));
    return str(arena_printf(&cx->mem, "/shown/%lld/%lld/%.*s", (long long)cx->town_id,
        (long long)id, (int)token.len, token.at));
}

Err attachment_for_pass(Cx *cx, int64_t town, int64_t id, Str token, Str *hash)
{
    struct sql_attachment_find_row row;
    int64_t today = day_of(cx->now);
    cx->town_id = town;
    if (!secret_same(token, pass_of(cx, id, today))
        && !secret_same(token, pass_of(cx, id, today - 1)))
        return ERR_NOT_FOUND;
    TRY(sql_attachment_find(cx, &(struct sql_attachment_find){.id = id}, &row));
    if (row.cleared == PHOTO_WITHHELD) /* by somebody of the office */
        return ERR_NOT_FOUND;
    *hash = row.hash;
    return OK;
}
