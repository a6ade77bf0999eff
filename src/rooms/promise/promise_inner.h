/* promise_inner.h — within the room. */
#pragma once
#include "rooms/promise/promise.h"

struct promising {
    int64_t id;
    Str verb;
    const struct promise_fields *in;
    const struct step *step;
    Promise p;
    struct sql_promise_move to;
};

/* What the table of steps cannot say. */
Err promise_rule_publish(Cx *, void *) MUST_CHECK;
Err promise_rule_withdraw(Cx *, void *) MUST_CHECK;
Err promise_rule_change(Cx *, void *) MUST_CHECK;
Err promise_rule_claim(Cx *, void *) MUST_CHECK;
Err promise_rule_confirm(Cx *, void *) MUST_CHECK;
Err promise_rule_send_back(Cx *, void *) MUST_CHECK;
Err promise_rule_miss(Cx *, void *) MUST_CHECK;

/* cx->me's posts over the unit; where it has no L3, the lead does what L3 would. */
Err promise_posts(Cx *, int64_t unit, uint32_t *mine) MUST_CHECK;
/* No other promise of the village has these words.  ERR_INVALID "text". */
Err promise_words_free(Cx *, int64_t village, Str text, int64_t id) MUST_CHECK;
/* When a promise is late: the beginning of the day after due_on. */
int64_t promise_over_at(Str due_on);
Err promise_tell(Cx *, const Promise *, int level, Text what, const char *key) MUST_CHECK;
