/* stage.h — 续传: pictures that come in pieces over a bad network, until they are whole.
 *
 * DIR/staging/TOWN-KEY-NO.part grows piece by piece; once whole it is taken as a picture and the
 * bytes go: what stays, as .done, is its hash, so that a piece sent again after a lost answer is
 * answered the same.  KEY is a sum of the form's submission key, which only its sender knows.
 * Nothing in here outlives STAGE_KEPT_MS, and what is oldest goes first when room is short. */
#pragma once
#include "base/cx.h"

enum {
    STAGE_FILES = 6,         /* pictures of one form */
    STAGE_FILE = 12 << 20,   /* bytes of one */
    STAGE_PIECE = 768 << 10, /* bytes of one piece */
};
static const int64_t STAGE_KEPT_MS = INT64_C(48) * 3600 * 1000;
static const int64_t STAGE_ROOM = INT64_C(512) << 20;

struct staged {
    int64_t have; /* bytes that are here */
    Str hash;     /* of the picture once it was taken; else empty */
};

/* What has come of picture no (0…5) of that form; nothing yet is OK. */
Err stage_look(Cx *, Str key, int64_t no, struct staged *) MUST_CHECK;
/* Put size bytes of `from` behind what is here.  ERR_CONFLICT: the piece does not begin where the
 * last one ended (have says where); ERR_INVALID "photo": too large; ERR_BUSY: no room. */
Err stage_add(
    Cx *, Str key, int64_t no, int64_t offset, int from, int64_t size, struct staged *) MUST_CHECK;
/* Open what is here for reading; the caller closes it. */
Err stage_open(Cx *, Str key, int64_t no, int *fd) MUST_CHECK;
/* It was taken as that picture, or (empty hash) refused: its bytes go. */
Err stage_end(Cx *, Str key, int64_t no, Str hash) MUST_CHECK;
/* Job: what is older than STAGE_KEPT_MS goes, of all towns. */
Err stage_sweep(Cx *) MUST_CHECK;
