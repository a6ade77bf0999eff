/* ledger_inner.h — between the parts of this room. */
#pragma once
#include "base/sum.h"
#include "rooms/ledger/ledger.h"

int64_t ledger_i64(const void *row, size_t at); /* 0 if at is NOWHERE */
/* Sealed columns come from the database as bytes; from here on they are text. */
Err ledger_opened(Cx *, const struct ledger *, void *row) MUST_CHECK;
/* args.after = behind this row; its text is kept in cx->mem. */
void ledger_after(Cx *, const struct ledger *, void *args, const void *last);

/* Whether cx->me may write rows of that unit (within the units their posts are held over). */
Err ledger_may_write(Cx *, const struct ledger *, const void *row, uint32_t any_of) MUST_CHECK;
/* Inside a transaction: a new row.  again: this very form has been stored before; to->object is
 * what it became. */
Err ledger_keep(
    Cx *, const struct ledger *, void *row, Str key, struct taken *to, bool *again) MUST_CHECK;
Err ledger_keep_changed(Cx *, const struct ledger *, const void *was, const void *row) MUST_CHECK;
/* What two equal forms share. */
void ledger_sum(Cx *, const struct ledger *, const void *row, unsigned char sum[SUM_BYTES]);
/* What a Cx of shorter life says of its failure, kept in cx. */
void ledger_why(Cx *, const Cx *mem);

/* The parts of a row that names of photos stand for: ids to show them by. */
Err ledger_photos(Cx *, int64_t object, struct cells *) MUST_CHECK;
/* Whether cx->me may see the record that a photo belongs to. */
Err ledger_photo_seen(Cx *, int64_t object) MUST_CHECK;
