/* plain.h — 第二本账: a round reckoned a second time, plainly, from the domain's §4 alone.
 *
 * It shares no code with src/rooms/assess/reckon.c: whole numbers in fractions, one unit after the
 * other, no cleverness.  What both agree on is what the rules say, or the same mistake made twice.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { PLAIN_ITEMS = 24, PLAIN_WEEKS = 5, PLAIN_UNITS = 24 };
enum plain_kind { PLAIN_LOOKED, PLAIN_COUNTED, PLAIN_BONUS, PLAIN_PENALTY };

struct plain_item {
    enum plain_kind kind;
    int64_t full, per; /* 0.01 point */
    int only_group;    /* −1: of every group */
};
struct plain_seen {
    bool looked; /* somebody was there */
    int64_t n[PLAIN_ITEMS], num[PLAIN_ITEMS], den[PLAIN_ITEMS];
    bool forged[PLAIN_ITEMS];
};
struct plain_unit {
    int group;
    struct plain_seen week[PLAIN_WEEKS], month_end;
    bool barred, forged, open_at_5_days;
    int64_t on_time_num, on_time_den, pleased_num, pleased_den;
    int64_t last_month; /* M of the month before; −1: none */
    int blacks_before;
};
struct plain_round {
    bool v2;
    int n_items, n_weeks, n_groups, n_units;
    struct plain_item item[PLAIN_ITEMS];
    struct plain_unit unit[PLAIN_UNITS];
};
struct plain_result {
    int64_t w[PLAIN_WEEKS], k, m; /* 0.01 point */
    int rank, town_rank;
    bool red, black, in_public;
};
void plain_reckon(const struct plain_round *, struct plain_result *);
