/* attachment.h — 照片: pictures of records.  Bytes lie in the data folder under their hash, in two
 * sizes; the row says of which record they are, and the record's scope decides who sees them. */
#pragma once
#include "base/cx.h"

struct attachment {
    int64_t id, object, unit;
    Str kind;       /* "before" "after" "check" "add" */
    Str hash;       /* 64 hex of BLAKE2b-256 of the 1600 px picture */
    int64_t by, at; /* by 0: the reporter */
    bool cleared;   /* may be shown in public */
};
struct attachments {
    const struct attachment *at;
    size_t n;
};

/* Decode, shrink and store one picture file before the transaction; the name is its hash.
 * ERR_INVALID field "photo": no picture of ours; ERR_BUSY: the photo helper is away. */
Err photo_take(Cx *, int fd, int64_t size, Str *hash) MUST_CHECK;
/* Inside a transaction: the record has this picture.  The same hash twice for one record: one row. */
Err attachment_add(Cx *, int64_t object, int64_t unit, const char *kind, Str hash) MUST_CHECK;
Err attachment_of(Cx *, int64_t object, struct attachments *) MUST_CHECK; /* oldest first */
