/* route.h — the table that says what exists, who may use it, and where it runs.
 *
 * Deny by default: a row without .who does not start.  The guard has done sign-in, posts, CSRF,
 * limits and rate before .run; scope is checked where data is read. */
#pragma once
#include "rooms/duty/post.h"
#include "web/request.h"
#include "web/respond.h"

#define ANYONE (UINT32_C(1) << 31) /* also without an account */

enum lane {
    ON_LOOP = 1, /* answers at once from memory: files, 304s; never waits, has no database */
    ON_READ,     /* reads: a lane of reading threads, one connection each */
    ON_WAIT,     /* writes, password hashes, photos, exports: a lane of waiting threads */
};
enum limit {
    FORM_1M,    /* the usual: a body of at most 1 MiB */
    SIX_PHOTOS, /* 6 × 12 MiB + 1 MiB, spooled; 30 min */
    TABLE_20M,  /* one table file of at most 20 MiB, spooled */
};
enum rate {
    RATE_PAGE,
    RATE_LOGIN,
    RATE_REPORT,
    RATE_UPLOAD,
    RATE_EXPORT,
    RATE_PIECE,
    RATE_RECEIPT
};

struct route {
    enum method method;
    const char *path; /* "/problems/{id}/{verb}"; {id} and {…_id} match digits only */
    uint32_t who;     /* HAS(POST_…) | …, SIGNED_IN, STAFF_POSTS or ANYONE */
    Err (*run)(Cx *, const Req *, Resp *);
    enum lane on;
    enum limit limit;
    enum rate rate;
    bool public_form; /* POST without a session: its csrf is keyed over its submission key */
    bool fresh;       /* asks for the password again if it was typed over 5 minutes ago (AUT-6) */
};
