/* multipart.h — multipart/form-data (RFC 7578), read as it comes in, in pieces of any size.
 *
 * Holds one mark and one part's headers, never a part.  A body that does not follow the rules to
 * the letter is refused: what two readers may read differently, nobody should read. */
#pragma once
#include "base/str.h"

struct part {
    Str name, filename, type;
    bool is_file; /* it has a filename, maybe an empty one */
};

struct multipart {
    /* Each gives 0, or the HTTP status that ends the reading.  The part's Strs live until data. */
    int (*begin)(void *who, const struct part *);
    int (*data)(void *who, const char *at, size_t len);
    int (*end)(void *who);
    void *who;

    enum { MP_BEFORE, MP_MARK, MP_HEAD, MP_DATA, MP_OVER, MP_BROKEN } at;
    char mark[80]; /* "\r\n--boundary" */
    char head[2048];
    size_t mark_len, matched, head_len;
    int parts;
};

enum { PARTS_MAX = 210 };

/* The boundary from the Content-Type.  0 or 400. */
int multipart_open(struct multipart *, Str content_type);
/* 0, or a status: 400 (form), 413 (too many parts), or what a callback said. */
int multipart_feed(struct multipart *, const char *at, size_t len);
/* 0, or 400 if the end mark has not come. */
int multipart_close(const struct multipart *);
