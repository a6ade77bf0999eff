/* assess_text.h — 冻结的输入: everything a round is reckoned from, as one canonical text, and the
 * result as another.  Equal facts give equal bytes on any engine and machine; their BLAKE2b-256 is
 * what two people sign (domain: §4 Round states).
 *
 * A line a fact, fields parted by one TAB, lines ended by LF, in a fixed order:
 *   heqing-assess 1
 *   table CODE VERSION HASH          the scoring table and the hash of its own text
 *   rules N×14                       struct reckon_rules in its order
 *   round MONTH NO                   2026-06, and how often it was frozen
 *   program VERSION / calendar HASH
 *   group CODE NAME
 *   week CODE FROM TO                2026-W23 and its Monday and Sunday
 *   item CODE KIND FULL PER GROUPS NAME
 *   unit CODE GROUP BEFORE BLACKS BAR FORGED LATE ON_TIME OF PLEASED OF NAME
 *   seen UNIT WEEK                   a sheet that was filled in; WEEK K: the month-end inspection
 *   find UNIT WEEK ITEM N NUM DEN ZERO ROWS   only where something is to say; ROWS: ids with
 * commas, or "-": no ledger is kept that could have rows
 */
#pragma once
#include "base/cx.h"
#include "rooms/assess/reckon.h"

struct assess_label {
    Str code, name;
};
struct assess_week {
    Str code, from_on, to_on;
};
/* A round's input with the words around its numbers. */
struct assess_input {
    Str table, version, table_hash, month, program, calendar_hash;
    int64_t no;
    struct reckon_rules rules;
    struct assess_label *group;
    struct assess_week *week;
    struct reckon_item *item;
    Str *item_name;
    struct reckon_unit *unit;
    Str *unit_name;
    Str *rows; /* [unit][week, K last][item]: ids of the rows that were counted */
    size_t n_items, n_units;
    int n_groups, n_weeks;
};
#define ASSESS_ROWS(in, u, w, i)                                                                   \
    (in)->rows[((u) * (size_t)((in)->n_weeks + 1) + (size_t)(w)) * (in)->n_items + (i)]

/* Whether an automatic item had no ledger to count from when the round was frozen. */
bool assess_no_ledger(Str rows);

/* Makes room for the tables of an input whose n_… are set. */
void assess_input_room(Cx *, struct assess_input *);
/* The canonical text; units are written by code, whatever order they are in. */
Str assess_input_text(Cx *, const struct assess_input *);
/* The units' places in the order of their codes. */
size_t *assess_by_code(Cx *, const struct assess_input *);
/* Back again; ERR_INTERNAL names the line: nobody writes these texts by hand. */
Err assess_input_read(Cx *, Str text, struct assess_input *) MUST_CHECK;
struct reckon_in assess_reckon_in(const struct assess_input *);

/* 64 hex digits of BLAKE2b-256. */
Str assess_hash(Cx *, Str text);
/* The result as canonical text: what a re-run is compared with. */
Str assess_result_text(Cx *, const struct assess_input *, Str input_hash, const struct reckoned *);
/* "95.04", "-1.00" */
Str assess_points(Cx *, int64_t points);
Text assess_decided_text(enum decided);
const char *assess_flag_code(enum flag);       /* "red" "black" "none" */
const char *assess_decided_code(enum decided); /* "rank" "tie_on_time" … */
