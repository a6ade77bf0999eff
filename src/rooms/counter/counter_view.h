/* counter_view.h — 代报与回执单 as their pages see them. */
#pragma once
#include "rooms/counter/counter.h"
#include "web/respond.h"
#include "web/route.h"

struct counter_choice {
    Str value, label;
    bool chosen;
};
struct counter_choices {
    const struct counter_choice *at;
    size_t n;
};
struct counter_view {
    const struct shell *shell;
    Str key, say;
    const char *bad;
    struct counter_choices units, tiles;
    Str body, place, name, phone;
    bool not_to_village;
    struct counter_slips mine;
};
struct slip_view {
    const struct shell *shell;
    const struct counter_slip *s;
    Str qr, url, tel, town;
    int64_t qr_size, wide; /* mm: 58 or 80 */
    bool staff;
};

extern const struct route counter_routes[];
extern const struct menu_item counter_menu[];
