/* promise_card.h — a promise as pages show it, also those of other rooms. */
#pragma once
#include "base/view.h"
#include "rooms/promise/promise.h"

struct promise_old { /* the words before a change, and why it was changed */
    Str text, goal, due_on, note;
    int64_t at;
};
struct promise_olds {
    const struct promise_old *at;
    size_t n;
};
struct promise_card {
    int64_t id, unit, version, public_at, claimed_at, confirmed_at, n_evidence;
    Str village, text, asks, did, due_on, claim_text, end_text;
    Str made_by, claimed_by, confirmed_by; /* names; only on pages of staff */
    const char *state;
    Text label;
    bool late;
    struct promise_olds olds;
};
struct promise_cards {
    const struct promise_card *at;
    size_t n;
};
/* promise_show.c.  names: also who (pages of staff). */
Err promise_card_of(Cx *, const Promise *, bool names, struct promise_card *) MUST_CHECK;
Err promise_cards_of(Cx *, const struct promises *, bool names, struct promise_cards *) MUST_CHECK;
/* A village's, this year's and those still open, for its public page. */
Err promise_of_village(Cx *, int64_t village, struct promise_cards *) MUST_CHECK;
