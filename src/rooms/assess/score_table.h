/* score_table.h — 评分表: what is looked at, for how many points, by which rules.
 *
 * A table is one canonical text (its hash is what a round names) and never changes once published;
 * it is brought as a table file (heqing import score_table FILE) or edited item by item before
 * that.  For every group the full marks of its inspected and automatic items add up to exactly
 * 100.00, or it cannot be published (domain: §4). */
#pragma once
#include "base/cx.h"
#include "rooms/assess/reckon.h"

struct score_item {
    struct reckon_item is;
    Str name, focus; /* focus: "road" "look" "air" "people", or empty */
    Str source;      /* an automatic item's measure: "on_time"; else empty */
    Str rule;        /* in words, shown with each lost point: "每处扣 1 分，扣完为止" */
};
struct score_group {
    Str code, name;
};
struct score_table {
    Str code, version, from_on; /* GX-RH, v1, 2026-01-01 */
    struct reckon_rules rules;
    struct score_group *group;
    struct score_item *item;
    size_t n_items;
    int n_groups;
    bool drawn; /* v2: weeks look at a drawn sample of the units, not at all */
};

enum { SCORE_FULL = 10000, SCORE_GROUPS = 8 };

void score_table_room(Cx *, struct score_table *); /* empty, with room for groups and items */
int score_kind(Str code);                          /* "inspected" …; −1: no such */
const char *score_kind_code(enum item_kind);
Str score_table_text(Cx *, const struct score_table *);
/* ERR_INTERNAL names the line. */
Err score_table_read(Cx *, Str text, struct score_table *) MUST_CHECK;

/* One item by itself.  ERR_INVALID names the column. */
Err score_item_check(Cx *, const struct score_table *, size_t item) MUST_CHECK;
/* What keeps it from being published, as a sentence: a group that does not add up, an unknown
 * measure, an item without name.  ERR_INVALID on field "item" or "group". */
Err score_table_check(Cx *, const struct score_table *) MUST_CHECK;
/* Full marks of the inspected and automatic items of one group. */
int64_t score_table_full(const struct score_table *, int group);
/* −1: no such. */
int score_table_item(const struct score_table *, Str code);
int score_table_group(const struct score_table *, Str code);
/* "G R", blanks between → bits; empty: 0, all of them.  False: one is no group of the table. */
bool score_table_bits(const struct score_table *, Str codes, uint32_t *bits);
