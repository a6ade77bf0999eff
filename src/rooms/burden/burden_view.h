/* burden_view.h — 太重了 as its pages see it. */
#pragma once
#include "rooms/burden/burden.h"
#include "web/respond.h"

struct burden_view {
    const struct shell *shell;
    struct burden_rows counts, words;
};
struct burden_done_view {
    const struct shell *shell;
    Str back, say, said;
};
