/* oversee_view.h — what the pages of 督办单 show. */
#pragma once
#include "rooms/oversee/oversee.h"
#include "web/respond.h"
#include "web/route.h"

struct oversee_row {
    int64_t id, n_lines;
    Str number, unit_name, day, reply_on, state;
    Text label;
    bool late;
};
struct oversee_rows {
    const struct oversee_row *at;
    size_t n;
};
struct oversee_list_view {
    const struct shell *shell;
    struct oversee_rows rows;
    int64_t n_open;
};
struct oversee_view {
    const struct shell *shell;
    const struct oversee_sheet *s;
    struct oversee_lines lines;
    Str unit_name, received_by, answered_by, answer, typed, say;
    int64_t received_at, answered_at;
    Text label;
    bool may, late, received, answered;
};
extern const struct route oversee_routes[];
extern const struct menu_item oversee_menu[];
