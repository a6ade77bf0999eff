/* assess_inner.h — what the files of this room share. */
#pragma once
#include "rooms/assess/assess.h"
#include "rooms/duty/post.h"

enum { SHEETS_MAX = 5000, DEDUCTS_PAGE = 5000, MARKS_MAX = 1000, APPEALS_MAX = 1000 };
enum { SCORERS = OFFICE_POSTS | HAS(POST_LEAD) | HAS(POST_DEPT) | HAS(POST_INSPECTOR) };

/* The month before, in cx->mem. */
Str assess_month_before(Cx *, Str month);

/* All inputs of a round as they are now. */
Err assess_collect(Cx *, const struct assess_round *, struct assess_input *) MUST_CHECK;
/* The same rows by another table (rehearsal). */
Err assess_collect_by(Cx *, const struct assess_round *, const struct assess_table *,
    struct assess_input *) MUST_CHECK;
/* Only which sheets are in: what is found is left out. */
Err assess_collect_sheets(Cx *, const struct assess_round *, struct assess_input *) MUST_CHECK;
/* All of one unit; in->n_units 0: it is not judged. */
Err assess_collect_unit(
    Cx *, const struct assess_round *, int64_t unit, struct assess_input *) MUST_CHECK;
/* What is still to do before it can be frozen, as a sentence; empty: nothing. */
Err assess_missing(Cx *, const struct assess_round *, Str *) MUST_CHECK;
/* Draws and stores the sheets of a new round; inside its transaction. */
Err assess_plan(Cx *, const struct assess_round *, const struct score_table *) MUST_CHECK;
/* Whose own village it is does not inspect it: ERR_FORBIDDEN. */
Err assess_not_own(Cx *, int64_t unit, int64_t person) MUST_CHECK;
/* The category of problems an item is about: what a lost point becomes, whose phrases it offers. */
Str assess_item_category(Cx *, Str item);
/* How cx->me entered a score in that round, if at all: what keeps them from signing it. */
enum entered { ENTERED_NOTHING, ENTERED_SHEET, ENTERED_PAPER, ENTERED_CORRECTION };
Err assess_entered(Cx *, int64_t round, enum entered *) MUST_CHECK;
Text assess_entered_why(enum entered); /* why one does not sign, said to who asks; empty: one may */
/* Whether cx->me walked that village in the round, or entered a lost point of that item. */
Err assess_judged(Cx *, int64_t round, int64_t unit, Str item, bool *) MUST_CHECK;
/* Freezes as part of the transaction that is open (also after an appeal). */
Err assess_freeze_now(Cx *, int64_t round) MUST_CHECK;
