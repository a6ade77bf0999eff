/* attachment.h — 照片: pictures of records.  Bytes lie in the data folder under their hash, in two
 * sizes; the row says of which record they are, and the record's room decides who sees them.
 *
 * Pages show them by id: /photo/ID/320 and /photo/ID/1600 to staff, /p/CODE/photo/ID/320 to who
 * holds the record's receipt. */
#pragma once
#include "base/cx.h"

struct attachment {
    int64_t id, object, unit;
    Str kind;         /* "before" "after" "check" "add" */
    Str hash;         /* 64 hex of BLAKE2b-256 of the 1600 px picture */
    int64_t by, at;   /* by 0: the reporter */
    bool cleared;     /* may be shown in public, at /open/photo/TOWN/ID/320 and /1600 */
    int64_t redacted; /* how often parts of it were made unrecognisable */
};
struct attachments {
    const struct attachment *at;
    size_t n;
};

enum { PHOTOS_MAX = 6 }; /* of one act */
struct photo_hashes {
    const Str *at; /* names from photo_take(), each once */
    size_t n;
};
bool photo_hash_sound(Str); /* could be such a name */

/* Decode, shrink and store one picture file before the transaction; the name is its hash.
 * cx->town_id is known.  ERR_INVALID field "photo": no picture of ours; ERR_BUSY: the photo helper
 * is away, too many wait, the disk is full. */
Err photo_take(Cx *, int fd, int64_t size, Str *hash) MUST_CHECK;
/* The same over a bad network: picture no (0…5) of a form, in pieces.  photo_pieces says what has
 * come; photo_piece puts one behind it and, with the last, takes the picture.  A piece sent twice
 * is answered like the first.  ERR_CONFLICT: go on at `have`; else as photo_take. */
enum { PIECES_PHOTOS = 6 };
struct piece {
    Str key; /* the form's submission key: who knows it goes on */
    int64_t no, offset, total;
    int fd; /* the bytes */
    int64_t size;
};
struct pieces {
    int64_t have;
    Str hash; /* once the picture was taken */
};
Err photo_pieces(Cx *, Str key, int64_t no, struct pieces *) MUST_CHECK;
Err photo_piece(Cx *, const struct piece *, struct pieces *) MUST_CHECK;

/* Inside a transaction: the record has this picture.  The same hash twice for one record is one
 * row, and its id again.  ERR_INVALID field "photo": no such picture was taken. */
Err attachment_add(
    Cx *, int64_t object, int64_t unit, const char *kind, Str hash, int64_t *id) MUST_CHECK;
Err attachment_of(Cx *, int64_t object, struct attachments *) MUST_CHECK; /* oldest first */

/* ---- by who clears them for everybody ---- */
enum { PHOTO_UNDECIDED, PHOTO_CLEARED, PHOTO_WITHHELD }; /* attachment.cleared */
/* `was`: what the person saw.  ERR_CONFLICT: somebody else was faster. */
Err attachment_clear(Cx *, int64_t id, int64_t was, int64_t cleared) MUST_CHECK;
/* Makes those parts of the shown picture unrecognisable; `was`: how often that was done before. The
 * picture as it was is kept apart for 30 days.  ERR_INVALID "boxes", ERR_CONFLICT. */
Err attachment_veil(Cx *, int64_t id, int64_t was, Str boxes) MUST_CHECK;

enum { PHOTOS_A_PAGE = 24 };
/* Pictures of cx->me's units, newest first, below that id (0: the newest); one more than a page
 * says that there are more. */
Err attachment_page(Cx *, int64_t cleared, int64_t below, struct attachments *) MUST_CHECK;

enum { PHOTOS_SHOWN = 12 }; /* of a public page */
/* What everybody may see of a unit and below, newest first; object 0: of all its records. */
struct open_photos {
    struct attachments list;
    int64_t town;
};
Err attachment_public(
    Cx *, int64_t unit, int64_t object, size_t most, struct open_photos *) MUST_CHECK;

/* A room with pictures says whether cx->me may see a record of its own; ERR_NOT_FOUND: no, or no
 * record of this room.  Called from the room's open(); without an OK no picture is shown. */
typedef Err (*attachment_door)(Cx *, int64_t object);
void attachment_seen_by(attachment_door);
/* The same, and where such a record's page is: "/problems/{object}", "/goals/{unit}". */
void attachment_lives_at(attachment_door, const char *path);

/* The path of a large picture for whom a page shows it to without an account: good today and
 * tomorrow, and for nobody who was not given it.  The room that shows it has asked whether it may.
 */
Str photo_pass(Cx *, int64_t id);

/* Hold every picture of cx->town_id against its hash; stops at the first that is missing or wrong.
 * Reads only. */
struct attachment_verdict {
    int64_t n;       /* pictures looked at */
    int64_t bad_id;  /* 0: nothing found */
    const char *why; /* "missing" "changed" */
    Str name;        /* of the file */
};
Err attachment_verify(Cx *, struct attachment_verdict *) MUST_CHECK;

extern const struct room attachment_room;
