/* assess_inspect.h — 检查: the sheet on a phone; each place that loses points, once a week and
 * item.
 *
 * Nobody inspects a unit they hold a post over.  A sheet is started on the spot, which also tells
 * nobody before; every lost point has its place and a photo, and becomes a problem in one tap; the
 * two stay linked.  Two inspectors' sheets of one unit are both kept: their places are joined, the
 * same place counting once (domain: §4). */
#pragma once
#include "rooms/assess/assess.h"

struct assess_sheet {
    int64_t id, round, unit, inspector, version;
    Str week, state, planned_on; /* state: "drawn" "started" "done" "waived" */
};
struct assess_sheets {
    const struct assess_sheet *at;
    size_t n;
};
Err assess_sheets_mine(Cx *, struct assess_sheets *) MUST_CHECK; /* to do, by planned day */
Err assess_sheet_get(Cx *, int64_t id, struct assess_sheet *) MUST_CHECK;
Err assess_sheets_of(Cx *, int64_t round, struct assess_sheets *) MUST_CHECK;
/* The office names an inspector where the draw found none, or another one. */
Err assess_sheet_name(Cx *, int64_t round, Str week, int64_t unit, int64_t inspector,
    Str planned_on, int64_t *id) MUST_CHECK;
Err assess_sheet_start(Cx *, int64_t id) MUST_CHECK;
Err assess_sheet_done(Cx *, int64_t id) MUST_CHECK;
Err assess_sheet_waive(Cx *, int64_t id, Str reason) MUST_CHECK; /* by the office */

struct assess_deduct_new {
    Str key; /* submission key: an offline queue sends twice without doubling */
    int64_t sheet;
    Str item;
    int64_t n;           /* places, 1 unless said */
    Str place;           /* in words */
    int64_t known_place; /* 0: none */
    Str said;            /* a reason from the list or words; may be empty */
    Str photo;           /* hash from photo_take(); required */
    bool no_problem;     /* usually a lost point becomes a problem */
    int64_t found_at;    /* 0: now; an offline sheet brings its own, never in the future */
};
/* ERR_CONFLICT "place": this place lost points for this item this week already. */
Err assess_deduct_add(Cx *, const struct assess_deduct_new *, int64_t *id) MUST_CHECK;
/* From a sheet of paper, entered by the office: the inspector's sheet is made and done with it.  It
 * has no photo, which the fairness page counts. */
struct assess_paper {
    int64_t round, unit, inspector, n, found_at;
    Str week, item, place, said;
};
Err assess_deduct_paper(Cx *, const struct assess_paper *, int64_t *id) MUST_CHECK;
/* While the sheet is open, by who entered it. */
Err assess_deduct_void(Cx *, int64_t id, Str reason) MUST_CHECK;

struct assess_deduct {
    int64_t id, sheet, round, unit, inspector, found_at, problem, n, n_left; /* n_left −1: as n */
    Str week, item, place, said, appeal;
};
struct assess_deducts {
    const struct assess_deduct *at;
    size_t n;
};
Err assess_deducts_of_unit(Cx *, int64_t round, int64_t unit, struct assess_deducts *) MUST_CHECK;
Err assess_deducts_of_round(Cx *, int64_t round, struct assess_deducts *) MUST_CHECK;
