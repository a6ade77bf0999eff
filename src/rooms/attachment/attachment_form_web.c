/* attachment_form_web.c — 表单里的照片: new ones are taken, those of an earlier try stay. */
#include "rooms/attachment/attachment_form_web.h"

#include "base/text.h"

#include <string.h>

static bool among(const struct photo_hashes *p, Str hash)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->at[i], hash))
            return true;
    return false;
}

Err photos_typed(
    Cx *cx, const Req *req, const char *field, const char *kept, struct photo_hashes *to)
{
    Str *at = NEW_ARRAY(&cx->mem, PHOTOS_MAX, Str);
    const struct upload *up;
    size_t n = 0; /* also of the same picture twice, which is kept once */

    *to = (struct photo_hashes){.at = at};
    for (size_t i = 0; kept && i < req->form.n && n < PHOTOS_MAX; i++) {
        const struct pair *p = &req->form.at[i];
        if (!str_eq(p->name, str(kept)) || !photo_hash_sound(p->value))
            continue;
        n++;
        if (!among(to, p->value))
            at[to->n++] = p->value;
    }
    for (size_t i = 0; (up = form_upload(req, field, i)); i++) {
        Str hash;
        if (!up->size)
            continue; /* a browser sends an empty file where none was chosen */
        if (n++ == PHOTOS_MAX)
            return fail(cx, ERR_INVALID, field, T("最多 6 张照片"));
        TRY(photo_take(cx, up->fd, up->size, &hash));
        if (!among(to, hash))
            at[to->n++] = hash;
    }
    return OK;
}

OptStr photos_joined(Cx *cx, const struct photo_hashes *p)
{
    if (!p->n)
        return (OptStr){0};
    char *at = arena_alloc(&cx->mem, p->n * 65);
    size_t len = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (i)
            at[len++] = ',';
        memcpy(at + len, p->at[i].at, p->at[i].len);
        len += p->at[i].len;
    }
    return some_str((Str){at, len});
}
