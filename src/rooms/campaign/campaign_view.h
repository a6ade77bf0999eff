/* campaign_view.h — what the pages of 专项行动 show. */
#pragma once
#include "rooms/campaign/campaign.h"
#include "rooms/problem/problem_office.h"
#include "web/respond.h"
#include "web/route.h"

struct campaign_row {
    int64_t id, records_n;
    Str name, basis, from_on, to_on;
    bool on, closed;
};
struct campaigns_view {
    const struct shell *shell;
    struct {
        const struct campaign_row *at;
        size_t n;
    } rows;
    bool may;
};
struct tally_row {
    Str name;
    const struct problem_tally *t;
};
/* When it was ended, and went on again. */
struct campaign_turn {
    int64_t at;
    Str by, said;
    bool ended;
};
struct campaign_view {
    const struct shell *shell;
    struct {
        const struct campaign_turn *at;
        size_t n;
    } turns;
    const Campaign *c;
    const struct problem_tally *sum;
    struct {
        const struct tally_row *at;
        size_t n;
    } villages;
    struct problem_lines lines;
    Str categories, places, targets, closed_on, summary, say, typed;
    bool may, closed;
};
extern const struct route campaign_routes[];
extern const struct menu_item campaign_menu[];
