/* submit.h — 提交号: a form that arrives twice makes one row (REL-12).
 *
 * The key is 128 bits, printed by the server or made by the page's script for a draft; it is kept
 * 30 days.  Both are called inside the transaction that makes the row, with the sum of what was
 * sent (base/sum.h). */
#pragma once
#include "base/sum.h"
#include "store/db.h"

/* OK: this very form has arrived before and made object.  ERR_NOT_FOUND: it is new (also with an
 * empty key).  ERR_CONFLICT on field "key": the key came before with other content.
 * ERR_INVALID: no key of ours (16–64 of A–Z a–z 0–9 _ -, or a batch's "hash:line"). */
Err submit_seen(Cx *, Str key, const unsigned char sum[SUM_BYTES], int64_t *object) MUST_CHECK;
Err submit_keep(Cx *, Str key, const unsigned char sum[SUM_BYTES], int64_t object) MUST_CHECK;
/* The row is gone (an import undone): its form may come again. */
Err submit_forget(Cx *, int64_t object) MUST_CHECK;
/* Job: forget keys older than 30 days. */
Err submit_tidy(Cx *) MUST_CHECK;
