/* notice.h — 消息: the in-app inbox, and the outbox that later channels read.  A row of the outbox is
 * written in the transaction of what it tells; a leased job delivers it. */
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
