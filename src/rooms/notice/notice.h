/* notice.h — 消息: the in-app inbox, and the outbox that later channels read.  A row of the outbox
 * is written in the transaction of what it tells; a leased job delivers it. */
#pragma once
#include "base/cx.h"

struct notice {
    int64_t to;      /* a person */
    Text say;        /* what happened */
    Str about;       /* a name: the place, the number */
    int64_t object;  /* the matter */
    Str path;        /* where it is looked at: "/problems/12" */
    const char *key; /* told once a person, object and key; NULL: always */
};
/* Inside a transaction. */
Err notice_add(Cx *, const struct notice *) MUST_CHECK;
Err notice_unread(Cx *, int64_t *n) MUST_CHECK; /* of cx->me */

/* Whether anybody who was told of that object under that key has opened it. */
Err notice_heard(Cx *, int64_t object, Str key, bool *heard) MUST_CHECK;

/* cx->me's inbox, newest first. */
struct notice_row {
    int64_t id, at, object;
    Text say;
    Str about, path;
    bool seen;
};
struct notice_rows {
    const struct notice_row *at;
    size_t n;
    int64_t after; /* for the next page; 0: that was all */
};
Err notice_inbox(Cx *, int64_t after, struct notice_rows *) MUST_CHECK;
/* One was opened: where it leads.  ERR_NOT_FOUND: none of cx->me's. */
Err notice_opened(Cx *, int64_t id, Str *path) MUST_CHECK;
/* All that cx->me was told about that object were opened: where the newest leads.
 * ERR_NOT_FOUND. */
Err notice_opened_about(Cx *, int64_t object, Str *path) MUST_CHECK;
/* All up to that one were read. */
Err notice_read_all(Cx *, int64_t id) MUST_CHECK;
/* The job: what waits goes to its inbox, each once. */
Err notice_deliver_job(Cx *) MUST_CHECK;
extern const struct room notice_room;
