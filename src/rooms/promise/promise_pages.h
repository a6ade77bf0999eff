/* promise_pages.h — what the pages of promises show. */
#pragma once
#include "base/view.h"
#include "rooms/promise/promise.h"
#include "web/respond.h"
#include "web/route.h"

struct promise_old { /* the words before a change, and why it was changed */
    Str text, goal, due_on, note;
    int64_t at;
};
struct promise_olds {
    const struct promise_old *at;
    size_t n;
};
struct promise_card {
    int64_t id, unit, version, public_at, claimed_at, confirmed_at;
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
struct promise_rank {
    int64_t village, n_public, n_due, n_confirmed, n_claimed, n_missed, n_late;
    Str name;
};
struct promise_ranks {
    const struct promise_rank *at;
    size_t n;
};
struct promises_view {
    const struct shell *shell;
    int64_t year, before, after; /* after 0: not yet */
    struct promise_rank sum;
    struct promise_ranks ranks;
    struct promise_cards cards, drafts;
    bool may_write;
};
struct promise_input {
    const char *name;
    Text label, hint;
    const char *type; /* "lines" "text" "number" "day" "photos" */
    bool required;
    Str value;
};
struct promise_inputs {
    const struct promise_input *at;
    size_t n;
};
struct promise_verb {
    const char *verb;
    Text label, hint;
    bool open;
    struct promise_inputs inputs;
};
struct promise_verbs {
    const struct promise_verb *at;
    size_t n;
};
struct promise_event {
    int64_t at;
    Text what;
    Str by, said;
};
struct promise_events {
    const struct promise_event *at;
    size_t n;
};
struct promise_view {
    const struct shell *shell;
    const struct promise_card *c;
    Str say;
    bool staff, draft;
    struct promise_verbs verbs;
    struct promise_events events;
    struct {
        const struct photo *at;
        size_t n;
    } photos;
};

/* promise_show.c.  names: also who (pages of staff). */
Err promise_card_of(Cx *, const Promise *, bool names, struct promise_card *) MUST_CHECK;
Err promise_cards_of(Cx *, const struct promises *, bool names, struct promise_cards *) MUST_CHECK;
/* A village's, this year's and those still open, for its public page. */
Err promise_of_village(Cx *, int64_t village, struct promise_cards *) MUST_CHECK;

extern const struct route promise_routes[];
extern const struct menu_item promise_menu[];
