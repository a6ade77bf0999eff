/* attachment_public.c — 照片公开: a picture is shown to everybody only when somebody of the office
 * has looked at it and cleared it; faces and plates in it are made unrecognisable by hand before.
 */
#include "rooms/attachment/attachment_rule.h"

#include "base/fd.h"
#include "base/utf8.h"
#include "gen/sql_attachment.h"
#include "photo/look.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/files.h"
#include "store/log.h"

#include <sys/mman.h>

enum { REASON_CHARS = 200 };

Err attachment_in_public(Cx *cx, int64_t id, Str *hash)
{
    struct sql_attachment_in_public_row row;
    TRY(sql_attachment_in_public(cx, &(struct sql_attachment_in_public){.id = id}, &row));
    *hash = row.hash;
    return OK;
}

Err attachment_public(Cx *cx, int64_t unit, int64_t object, size_t most, struct open_photos *ret)
{
    struct sql_attachment_public_rows rows;
    struct unit is;
    *ret = (struct open_photos){.town = cx->town_id};
    TRY(town_unit(cx, unit, &is));
    TRY(sql_attachment_public(cx,
        &(struct sql_attachment_public){
            .lo = is.lo, .hi = is.hi, .object = object, .limit = (int64_t)most},
        &rows));
    struct attachment *at = NEW_ARRAY(&cx->mem, rows.n, struct attachment);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct attachment){.id = rows.at[i].id,
            .object = rows.at[i].object,
            .unit = rows.at[i].unit,
            .kind = rows.at[i].kind,
            .at = rows.at[i].at,
            .cleared = true};
    ret->list = (struct attachments){at, rows.n};
    return OK;
}

Err attachment_page(Cx *cx, int64_t cleared, int64_t below, struct attachments *ret)
{
    struct sql_attachment_page_rows rows;
    TRY(sql_attachment_page(cx,
        &(struct sql_attachment_page){
            .cleared = cleared, .below = below ? below : INT64_MAX, .limit = PHOTOS_A_PAGE + 1},
        &rows));
    struct attachment *at = NEW_ARRAY(&cx->mem, rows.n, struct attachment);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct attachment){.id = rows.at[i].id,
            .object = rows.at[i].object,
            .unit = rows.at[i].unit,
            .kind = rows.at[i].kind,
            .by = rows.at[i].person,
            .at = rows.at[i].at,
            .cleared = rows.at[i].cleared == PHOTO_CLEARED,
            .redacted = rows.at[i].redacted};
    *ret = (struct attachments){at, rows.n};
    return OK;
}

Err attachment_one(Cx *cx, int64_t id, struct attachment_shown *ret)
{
    struct sql_attachment_one_row row;
    TRY(sql_attachment_one(cx, &(struct sql_attachment_one){.id = id}, &row));
    *ret = (struct attachment_shown){
        .is = {.id = row.id,
               .object = row.object,
               .unit = row.unit,
               .kind = row.kind,
               .hash = row.hash,
               .by = row.person,
               .at = row.at,
               .cleared = row.cleared == PHOTO_CLEARED,
               .redacted = row.redacted},
        .cleared = row.cleared,
        .shown = row.shown,
        .has_original = row.veiled_at.set && !row.gone_at.set
    };
    return OK;
}

Err attachment_height(Cx *cx, Str hash, int64_t wide, int64_t *high)
{
    CLOSES int fd = -1;
    int64_t size;
    TRY(files_find(cx, hash, LARGE_NAME, &fd, &size));
    void *at = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED)
        return fail_log(cx, ERR_INTERNAL, "photo %.*s cannot be mapped", (int)hash.len, hash.at);
    struct look seen = look(at, (size_t)size);
    munmap(at, (size_t)size);
    *high = seen.width ? wide * seen.height / seen.width : wide;
    return OK;
}

/* ---- cleared, or not ---- */

struct clearing {
    int64_t id, was, cleared;
};

static Err clear_step(Cx *cx, void *arg)
{
    const struct clearing *c = arg;
    static const char *const words[] = {"undecided", "cleared", "withheld"};
    struct attachment_shown a;
    TRY(attachment_one(cx, c->id, &a));
    if (a.cleared == c->cleared)
        return OK;
    if (a.cleared != c->was
        || sql_attachment_clear(cx,
               &(struct sql_attachment_clear){.id = c->id, .was = c->was, .cleared = c->cleared})
               == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚刚处理过这张照片，请再看一眼"));
    return event_add(cx, &(struct event){.verb = "photo_clear",
                             .unit = a.is.unit,
                             .object = c->id,
                             .from = str(words[c->was]),
                             .to = str(words[c->cleared])});
}

Err attachment_clear(Cx *cx, int64_t id, int64_t was, int64_t cleared)
{
    if (was < 0 || was > PHOTO_WITHHELD || cleared < 0 || cleared > PHOTO_WITHHELD)
        return fail(cx, ERR_INVALID, "to", T("请选公开、不公开或待定"));
    return db_transaction(cx, clear_step, &(struct clearing){id, was, cleared});
}

/* ---- made unrecognisable ---- */

static bool thousandth(Str s, size_t *i, int32_t *n)
{
    size_t from = *i;
    *n = 0;
    while (*i < s.len && s.at[*i] >= '0' && s.at[*i] <= '9' && *i - from < 4)
        *n = *n * 10 + (s.at[(*i)++] - '0');
    return *i > from && *n <= 1000;
}

bool attachment_veils_read(Str s, struct photo_veils *v)
{
    *v = (struct photo_veils){0};
    for (size_t i = 0; i < s.len; i++) {
        if (v->n == PHOTO_VEILS)
            return false;
        struct photo_veil *at = &v->at[v->n++];
        int32_t *const part[] = {&at->x, &at->y, &at->width, &at->height};
        for (size_t k = 0; k < 4; k++) {
            if (!thousandth(s, &i, part[k]) || (k < 3 && (i >= s.len || s.at[i] != ',')))
                return false;
            i += k < 3;
        }
        if (at->width < 1 || at->height < 1 || (i < s.len && s.at[i] != ';'))
            return false;
    }
    return true;
}

struct veiling {
    int64_t id, was;
    Str hash, boxes;
};

static Err veil_step(Cx *cx, void *arg)
{
    const struct veiling *v = arg;
    struct attachment_shown a;
    struct attachment_sizes is;
    TRY(attachment_one(cx, v->id, &a));
    TRY(attachment_measure(cx, v->hash, &is));
    if (a.is.redacted != v->was
        || sql_attachment_veil(cx, &(struct sql_attachment_veil){.id = v->id,
                                       .was = v->was,
                                       .hash = v->hash,
                                       .bytes = is.bytes,
                                       .small_hash = is.small_hash,
                                       .small_bytes = is.small_bytes})
               == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚刚处理过这张照片，请再看一眼"));
    return event_add(cx, &(struct event){.verb = PHOTO_VEILED,
                             .unit = a.is.unit,
                             .object = v->id,
                             .from = a.shown,
                             .to = v->hash,
                             .said = v->boxes});
}

Err attachment_veil(Cx *cx, int64_t id, int64_t was, Str boxes)
{
    CLOSES int fd = -1;
    struct attachment_shown a;
    struct photo_veils veils;
    struct veiling v = {.id = id, .was = was, .boxes = boxes};
    int64_t size;
    if (!attachment_veils_read(boxes, &veils))
        return fail(cx, ERR_INVALID, "boxes",
            T("框的位置不对：左、上、宽、高，每个最多 1000，最多 20 个框"));
    if (veils.n == 0)
        return fail(cx, ERR_INVALID, "boxes", T("还没有框。先在照片上框住人脸或车牌"));
    TRY(attachment_one(cx, id, &a));
    TRY(files_find(cx, a.shown, LARGE_NAME, &fd, &size));
    TRY(attachment_make(cx, fd, size, &veils, &v.hash));
    return db_transaction(cx, veil_step, &v);
}

/* ---- the picture as it was ---- */

struct looking {
    int64_t id;
    Str reason, hash;
};

static Err look_step(Cx *cx, void *arg)
{
    struct looking *l = arg;
    struct attachment_shown a;
    TRY(attachment_one(cx, l->id, &a));
    if (!a.has_original)
        return ERR_NOT_FOUND;
    l->hash = a.is.hash;
    return event_add(
        cx, &(struct event){
                .verb = "photo_original", .unit = a.is.unit, .object = l->id, .said = l->reason});
}

Err attachment_original(Cx *cx, int64_t id, Str reason, Str *hash)
{
    struct looking l = {.id = id, .reason = reason};
    if (reason.len == 0 || str_n_chars(reason) > REASON_CHARS)
        return fail(cx, ERR_INVALID, "reason", T("看原图要写明原因，最多 200 字；会记入日志"));
    TRY(db_transaction(cx, look_step, &l));
    *hash = l.hash;
    return OK;
}
