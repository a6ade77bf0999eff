/* attachment_piece.c — 续传: pictures that come in pieces. */
#include "base/fd.h"
#include "rooms/attachment/attachment.h"
#include "store/stage.h"

Err photo_pieces(Cx *cx, Str key, int64_t no, struct pieces *to)
{
    struct staged s;
    *to = (struct pieces){0};
    TRY(stage_look(cx, key, no, &s));
    *to = (struct pieces){s.have, s.hash};
    return OK;
}

/* The last piece has come: it is a picture, or it is none of ours. */
static Err take_whole(Cx *cx, const struct piece *p, struct staged *s)
{
    CLOSES int fd = -1;
    TRY(stage_open(cx, p->key, p->no, &fd));
    Err e = photo_take(cx, fd, s->have, &s->hash);
    if (e == ERR_BUSY)
        return e; /* the bytes wait */
    struct Cx said = *cx;
    Err end = stage_end(cx, p->key, p->no, e == OK ? s->hash : (Str){0});
    cx->why = said.why;
    return e != OK ? e : end;
}

Err photo_piece(Cx *cx, const struct piece *p, struct pieces *to)
{
    struct staged s = {0};
    *to = (struct pieces){0};
    if (p->total <= 0 || p->total > STAGE_FILE)
        return fail(
            cx, ERR_INVALID, "photo", T("照片太大：每张最多 12 MB、5000 万像素，请换小一些的"));
    Err e = stage_add(cx, p->key, p->no, p->offset, p->fd, p->size, &s);
    if (e == OK && !s.hash.len && s.have >= p->total)
        e = take_whole(cx, p, &s);
    *to = (struct pieces){s.have, e == OK ? s.hash : (Str){0}};
    return e;
}
