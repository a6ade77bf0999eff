/* burden.h — 太重了: a button on every staff page that says "this page is too much work" (domain:
 * burden 减负).
 *
 * A tap counts for the page and the month.  Who tapped is kept nowhere, not even in the log: the
 * one change of this house without an event, because an event names its actor and nobody would
 * press a button that reports them. */
#pragma once
#include "base/cx.h"

enum { BURDEN_WORDS = 200 };

/* "/problems/12/edit?x=1" → "/problems/{id}/edit": digits and receipts name nothing any more. */
Str burden_page(Cx *, Str path);
/* said may be empty.  ERR_INVALID "said": over 200 characters. */
Err burden_add(Cx *, Str path, Str said) MUST_CHECK;

struct burden_row {
    Str month, page, said;
    int64_t n;
};
struct burden_rows {
    const struct burden_row *at;
    size_t n;
};
/* The last twelve months, newest first, the heaviest page of a month first. */
Err burden_counts(Cx *, struct burden_rows *) MUST_CHECK;
Err burden_words(Cx *, struct burden_rows *) MUST_CHECK;
