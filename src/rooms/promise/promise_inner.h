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
Err promise_rule_change(Cx *, void *) MUST_CHECK;
Err promise_rule_claim(Cx *, void *) MUST_CHECK;
Err promise_rule_confirm(Cx *, void *) MUST_CHECK;
Err promise_rule_send_back(Cx *, void *) MUST_CHECK;
Err promise_rule_miss(Cx *, void *) MUST_CHECK;

/* When a promise is late: the beginning of the day after due_on. */
int64_t promise_over_at(Str due_on);
Err promise_tell(Cx *, const Promise *, int level, Text what, const char *key) MUST_CHECK;
