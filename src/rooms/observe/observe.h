/* observe.h — 逐村观摩: villages are walked one after another and judged by those who walk (M5).
 *
 * A round has a route, 5 to 10 items of 0 to 10 points, and observers.  Every observer judges each
 * village except their own.  A village's score is the mean of its observers' sums, without one
 * highest and one lowest where there are at least five, half up to 0.01 (domain: §3).  planned →
 * running → closed; to close needs every sheet or a reason. */
#pragma once
#include "base/ledger.h"

enum { ITEMS_MIN = 5, ITEMS_MAX = 10, POINTS_MAX = 10, STOPS_MAX = 200, OBSERVERS_MAX = 50 };

/* In hundredths of a point; −1 without a sum. */
int64_t observe_mean(const int64_t *sum, size_t n);
/* rank[i] of score[i], the highest first, equal ones alike (1 1 3); 0 for a score below 0. */
void observe_ranks(const int64_t *score, size_t n, int64_t *rank);

struct observe_round {
    int64_t id, version;
    Str name, held_on, state; /* "planned" "running" "closed" "voided" */
    bool paper;               /* from sheets of paper */
    /* Asked to be void, and by whom it became so; 0: nobody.  Not in a list of rounds. */
    int64_t void_by, voided_by;
    Str void_reason;
};
struct observe_rounds {
    const struct observe_round *at;
    size_t n;
};
Err observe_rounds(Cx *, struct observe_rounds *) MUST_CHECK; /* newest first, at most 100 */
Err observe_round_get(Cx *, int64_t id, struct observe_round *) MUST_CHECK;

struct observe_item {
    int64_t no;
    Str name;
};
struct observe_items {
    const struct observe_item *at;
    size_t n;
};
struct observe_stop {
    int64_t id, no, unit;
};
struct observe_stops {
    const struct observe_stop *at;
    size_t n;
};
struct observe_observer {
    int64_t person;
    Str excuse; /* empty: none */
};
struct observe_observers {
    const struct observe_observer *at;
    size_t n;
};
struct observe_plan {
    struct observe_round r;
    struct observe_items items;
    struct observe_stops stops;
    struct observe_observers observers;
};
Err observe_plan_get(Cx *, int64_t round, struct observe_plan *) MUST_CHECK;

/* By the office.  id 0: a new round; else one still planned, at that version.  The stops' order is
 * the route's.  ERR_INVALID "name" "held_on" "items" "route" "observers"; ERR_CONFLICT. */
struct observe_new {
    int64_t id, version;
    Str name, held_on;
    const Str *item;
    size_t n_items;
    const int64_t *unit;
    size_t n_units;
    const int64_t *person;
    size_t n_persons;
};
Err observe_put(Cx *, const struct observe_new *, int64_t *id) MUST_CHECK;
Err observe_start(Cx *, int64_t round) MUST_CHECK;
/* ERR_CONFLICT "sheets": somebody's sheets are missing and no reason is given. */
Err observe_close(Cx *, int64_t round) MUST_CHECK;
/* A walk entered from paper is made void: the office asks with the reason, another of the office or
 * the commander decides.  Void, it counts nowhere and gives its name free.  ERR_INVALID "why";
 * ERR_CONFLICT: not from paper, asked already, nothing to decide; ERR_FORBIDDEN. */
Err observe_void_ask(Cx *, int64_t round, Str reason) MUST_CHECK;
Err observe_void_decide(Cx *, int64_t round, bool grant) MUST_CHECK;
Err observe_excuse(Cx *, int64_t round, int64_t person, Str reason) MUST_CHECK;

/* Whether the person holds a post in that village (or over it alone). */
Err observe_is_own(Cx *, int64_t unit, int64_t person, bool *own) MUST_CHECK;

/* cx->me's sheet of one village, all items at once; again while the round runs: the new points
 * count.  ERR_FORBIDDEN "unit": one's own village, or no observer; ERR_INVALID "score". */
struct observe_sheet {
    Str key; /* the form's submission key: the same again is answered like the first */
    int64_t round, unit;
    const int64_t *score; /* one an item, in their order */
    size_t n;
    const Str *photo; /* hashes from photo_take(); may be none */
    size_t n_photos;
};
Err observe_judge(Cx *, const struct observe_sheet *) MUST_CHECK;
/* Points from a sheet of paper, entered by the office: one village, one observer, some items or
 * all.  The round, its items, its route and its observers grow with the lines. */
struct observe_paper {
    Str name, held_on;
    const Str *item;
    const int64_t *score;
    size_t n;
    int64_t unit, observer;
};
Err observe_paper(Cx *, const struct observe_paper *, struct taken *) MUST_CHECK;
/* points[no − 1] of a sheet; −1: not judged.  ITEMS_MAX of them. */
Err observe_sheet_get(
    Cx *, int64_t round, int64_t unit, int64_t observer, int64_t *points) MUST_CHECK;

/* How a round stands. */
struct observe_village {
    int64_t stop, unit, score, rank, n_sheets; /* score in hundredths; −1: no sheet yet */
};
struct observe_missing {
    int64_t person, n_due, n_done;
    Str excuse;
};
struct observe_standing {
    struct {
        const struct observe_village *at; /* in the order of the route */
        size_t n;
    } villages;
    struct {
        const struct observe_missing *at; /* every observer */
        size_t n;
    } observers;
    int64_t n_missing; /* observers without all their sheets and without a reason */
};
Err observe_stand(Cx *, const struct observe_plan *, struct observe_standing *) MUST_CHECK;
/* The closed round before this one; ERR_NOT_FOUND: none. */
Err observe_before(Cx *, const struct observe_round *, int64_t *id) MUST_CHECK;

/* A finding, with its photo, while the round runs; in one's own village too.  ERR_INVALID "said"
 * "photo". */
struct observe_finding_new {
    Str key;
    int64_t round, unit;
    Str place, said, photo;
};
Err observe_find_add(Cx *, const struct observe_finding_new *, int64_t *id) MUST_CHECK;
/* One tap: it becomes a problem with the same photo; by who found it or the office. */
Err observe_find_report(Cx *, int64_t id, int64_t *problem) MUST_CHECK;
struct observe_finding {
    int64_t id, unit, observer, problem, at; /* problem 0: not yet */
    Str place, said;
};
struct observe_findings {
    const struct observe_finding *at;
    size_t n;
};
Err observe_findings(Cx *, int64_t round, struct observe_findings *) MUST_CHECK;

/* The photos' door. */
Err observe_seen(Cx *, int64_t object) MUST_CHECK;

struct observe_mark {
    int64_t round, unit, observer, item, score;
};
/* Inside a transaction: points of one sheet, with their event. */
Err observe_score_put(Cx *, const struct observe_mark *, size_t n, int64_t at) MUST_CHECK;
Err observe_not_own(Cx *, int64_t unit, int64_t person) MUST_CHECK;

extern const struct ledger observe_ledger, observe_sheet_ledger;
extern const struct room observe_room;
