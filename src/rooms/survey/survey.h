/* survey.h — 大会诊: leaders walk enterprises, sites, villages and streets (M2, domain: §3).
 *
 * A round has dates, who leads it, who walks, and a route of stops, each a unit or a known place
 * with its planned day.  A stop ends as visited (when, by whom, a photo at least) or not visited
 * with the reason; what is found there is a problem at once, with the stop's place and the photo.
 * planned → walking → closed; to close, every stop has its result. */
#pragma once
#include "base/ledger.h"

enum { SURVEY_STOPS_MAX = 400, SURVEY_WALKERS_MAX = 50, SURVEY_FINDINGS_MAX = 1000 };

struct survey_round {
    int64_t id, version, led_by;
    Str name, from_on, to_on, state; /* "planned" "walking" "closed" "voided" */
    /* Asked to be void, and by whom it became so; 0: nobody.  Not in a list of rounds. */
    int64_t void_by, voided_by;
    Str void_reason;
};
struct survey_rounds {
    const struct survey_round *at;
    size_t n;
};
Err survey_rounds(Cx *, struct survey_rounds *) MUST_CHECK; /* newest first, at most 100 */
Err survey_round_get(Cx *, int64_t id, struct survey_round *) MUST_CHECK;

struct survey_walkers {
    const int64_t *at; /* persons */
    size_t n;
};
Err survey_walkers(Cx *, int64_t round, struct survey_walkers *) MUST_CHECK;

struct survey_stop {
    int64_t id, round, no, unit, village, place; /* place 0: the unit itself */
    Str name, kind, planned_on;                  /* kind: one of survey_kinds */
    Str result, note; /* "visited", "not_visited"; empty: not yet.  note: or the reason */
    int64_t visited_at, visited_by, n_problems, version;
};
struct survey_stops {
    const struct survey_stop *at;
    size_t n;
};
Err survey_stops(Cx *, int64_t round, struct survey_stops *) MUST_CHECK; /* in their order */
Err survey_stop_get(Cx *, int64_t id, struct survey_stop *) MUST_CHECK;
extern const struct option survey_kinds[], survey_results[];

/* By the office.  id 0: a new round, with no stop yet; else a round not closed, at that version.
 * ERR_INVALID "name" "from_on" "to_on" "led_by" "walkers"; ERR_CONFLICT. */
struct survey_new {
    int64_t id, version, led_by;
    Str name, from_on, to_on;
    const int64_t *person;
    size_t n_persons;
};
Err survey_put(Cx *, const struct survey_new *, int64_t *id) MUST_CHECK;

/* Stops at the route's end, by the office, until the round is closed: a unit (place 0) or a known
 * place.  What is on the route already stays as it is.  ERR_INVALID "stop" "planned_on". */
struct survey_target {
    int64_t unit, place;
};
Err survey_stops_add(
    Cx *, int64_t round, const struct survey_target *, size_t n, Str planned_on) MUST_CHECK;
Err survey_stop_earlier(Cx *, int64_t stop) MUST_CHECK; /* one place up on the route */
/* Only while the round is planned: later, a stop nobody goes to has a reason. */
Err survey_stop_drop(Cx *, int64_t stop) MUST_CHECK;
Err survey_start(Cx *, int64_t round) MUST_CHECK;
/* ERR_CONFLICT "stops": some have no result yet. */
Err survey_close(Cx *, int64_t round) MUST_CHECK;
/* A round imported or opened by mistake is made void: the office asks with the reason, another of
 * the office or the commander decides.  Void, it counts nowhere and gives its name free; what was
 * found stays a problem.  ERR_INVALID "why"; ERR_CONFLICT: asked already, nothing to decide. */
Err survey_void_ask(Cx *, int64_t round, Str reason) MUST_CHECK;
Err survey_void_decide(Cx *, int64_t round, bool grant) MUST_CHECK;

/* As cx->me, who walks, leads the round, or is of the office. */
struct survey_result {
    Str key; /* the form's submission key: the same again is answered like the first */
    int64_t stop, version;
    int64_t at;       /* when they stood there; 0 or later than now: now */
    Str note;         /* what was seen (may be empty), or why nobody went */
    const Str *photo; /* hashes from photo_take() */
    size_t n_photos;
};
/* ERR_INVALID "photo": a visit shows at least one; ERR_CONFLICT: another told something else. */
Err survey_visit(Cx *, const struct survey_result *) MUST_CHECK;
Err survey_skip(Cx *, const struct survey_result *) MUST_CHECK; /* ERR_INVALID "note": no reason */

/* One tap with a photo: a problem with source 大会诊 at the stop's place.  ERR_INVALID "photo". */
struct survey_find {
    Str key;
    int64_t stop;
    Str category, said; /* both may be empty */
    const Str *photo;
    size_t n_photos;
};
Err survey_find(Cx *, const struct survey_find *, int64_t *problem) MUST_CHECK;
struct survey_finding {
    int64_t stop, problem, by, at, unit;
    Str number, category, place, state; /* number empty: not filed yet */
};
struct survey_findings {
    const struct survey_finding *at;
    size_t n;
};
Err survey_findings(Cx *, int64_t round, struct survey_findings *) MUST_CHECK;
/* Whether cx->me may tell what came of this round's stops. */
Err survey_walks(Cx *, const struct survey_round *, bool *) MUST_CHECK;

/* Coverage: of a village visited ÷ planned stops; of the town villages with a visit ÷ all. */
struct survey_village {
    int64_t unit, n_stops, n_visited, n_not, n_problems;
};
struct survey_coverage {
    const struct survey_village *at; /* every village, by code; those without a stop too */
    size_t n;
    int64_t n_stops, n_visited, n_not, n_problems, n_villages_visited;
};
Err survey_cover(Cx *, const struct survey_stops *, struct survey_coverage *) MUST_CHECK;

/* A line of a table: one stop of a route.  The round grows with its lines; the same stop on the
 * same day again is the same.  By the office, until the round starts. */
struct survey_line {
    Str round, stop, planned_on;
    int64_t village, led_by;
};
Err survey_line(Cx *, const struct survey_line *, struct taken *) MUST_CHECK;
/* The photos' door. */
Err survey_seen(Cx *, int64_t stop) MUST_CHECK;

extern const struct ledger survey_ledger;
extern const struct room survey_room;
