/* attachment_rule.h — inside the room: what its rules give to its doors and its job. */
#pragma once
#include "rooms/attachment/attachment.h"

#define LARGE_NAME "1600.jpg"
#define SMALL_NAME "320.jpg"

/* The picture's hash, for who may see it: staff by its record's room, or who holds the receipt of
 * `object`.  ERR_NOT_FOUND else. */
Err attachment_for_staff(Cx *, int64_t id, Str *hash) MUST_CHECK;
Err attachment_for_holder(Cx *, int64_t id, int64_t object, Str *hash) MUST_CHECK;

/* The same for who was given a pass; sets cx->town_id. */
Err attachment_for_pass(Cx *, int64_t town, int64_t id, Str token, Str *hash) MUST_CHECK;
#define PHOTO_ADDED "photo_add" /* event.to: the picture's hash; its object is the attachment */
#define PHOTO_VEILED                                                                               \
    "photo_veil" /* from, to: the hashes shown before and from now on; said: where */

enum { PHOTO_ORIGINAL_DAYS = 30 }; /* the unveiled picture is kept apart so long (UPL-1) */

struct photo_veils;
/* photo_take() with parts made unrecognisable. */
Err attachment_make(Cx *, int fd, int64_t size, const struct photo_veils *, Str *hash) MUST_CHECK;
struct attachment_sizes {
    int64_t bytes, small_bytes;
    Str small_hash;
};
/* Both sizes of a kept picture.  ERR_INVALID field "photo": not there. */
Err attachment_measure(Cx *, Str hash, struct attachment_sizes *) MUST_CHECK;

/* The page of the picture's record; empty: it has none, or cx->me does not see it. */
Err attachment_path(Cx *, const struct attachment *, Str *path) MUST_CHECK;

/* ---- in public ---- */

/* The hash of what everybody may see of it; ERR_NOT_FOUND: not cleared. */
Err attachment_in_public(Cx *, int64_t id, Str *hash) MUST_CHECK;
struct attachment_shown {
    struct attachment is;
    int64_t cleared;
    Str shown;         /* the hash of what is shown */
    bool has_original; /* it was veiled, and the picture as it was is still kept */
};
Err attachment_one(Cx *, int64_t id, struct attachment_shown *) MUST_CHECK;
/* "x,y,width,height;…" in thousandths; false: it is not that. */
bool attachment_veils_read(Str, struct photo_veils *);
/* How high a kept picture is when it is shown `wide` px wide. */
Err attachment_height(Cx *, Str hash, int64_t wide, int64_t *high) MUST_CHECK;
/* The picture as it was, for a reason that the log keeps.  ERR_INVALID "reason", ERR_NOT_FOUND. */
Err attachment_original(Cx *, int64_t id, Str reason, Str *hash) MUST_CHECK;

/* Take away files that no record has two days after they came. */
Err attachment_sweep_job(Cx *) MUST_CHECK;
