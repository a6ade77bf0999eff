/* lease.h — 租约: who runs a job for a town, until when. */
#pragma once
#include "store/db.h"

/* OK: it is ours until `until`.  ERR_CONFLICT: another holds it, or it ran less than every_ms ago.
 * due_at: when it is worth asking again. */
Err lease_take(Cx *, const char *job, const char *holder, int64_t every_ms, int64_t for_ms,
    int64_t *due_at) MUST_CHECK;
Err lease_done(Cx *, const char *job, const char *holder) MUST_CHECK;
