/* record_view.h — what the log's page shows. */
#pragma once
#include "store/log.h"
#include "web/respond.h"

struct record_line {
    int64_t seq, at, object, unit;
    Str who, unit_name, verb, source, from, to, hash; /* hash: its first 16 hex digits */
    Text post;
    bool said;
};
struct record_page_view {
    const struct shell *shell;
    struct {
        const struct record_line *at;
        size_t n;
    } lines;
    Str actor, verb, object; /* the filter as typed */
    Str wrong;               /* what is wrong with it; empty: nothing */
    int64_t next;            /* below this; 0: this is the end */
    int64_t seq;             /* the chain's last event, and its hash */
    Str hash;
};
