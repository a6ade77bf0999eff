/* promise_pages.h — what the pages of promises show. */
#pragma once
#include "base/view.h"
#include "rooms/attachment/attachment.h"
#include "rooms/promise/promise_card.h"
#include "web/respond.h"
#include "web/route.h"

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
    bool staff, may_edit; /* may_edit: a draft, by who writes the ledger there */
    struct promise_verbs verbs;
    struct promise_events events;
    struct {
        const struct photo *at;
        size_t n;
    } photos;
    struct open_photos open_photos;
};

extern const struct route promise_routes[];
extern const struct menu_item promise_menu[];
