/* survey_view.h — what the pages of 大会诊 show. */
#pragma once
#include "rooms/duty/void.h"
#include "rooms/survey/survey.h"
#include "web/respond.h"
#include "web/route.h"

struct survey_line_view {
    int64_t id, n_stops, n_visited, n_not, n_villages, n_problems;
    Str name, from_on, to_on, state, led_by;
    Text label;
};
struct survey_line_views {
    const struct survey_line_view *at;
    size_t n;
};
struct survey_list_view {
    const struct shell *shell;
    struct survey_line_views rounds;
    int64_t n_town; /* villages of the town */
    bool office;
};

struct survey_picture {
    int64_t id;
};
struct survey_pictures {
    const struct survey_picture *at;
    size_t n;
};
struct survey_stop_view {
    int64_t no, id, visited_at, n_problems;
    Str name, village, planned_on, result, note, by;
    Text kind, label;
    bool first;
    struct survey_pictures photos; /* on the round's sheet */
};
struct survey_stop_views {
    const struct survey_stop_view *at;
    size_t n;
};
struct survey_village_view {
    int64_t unit, n_stops, n_visited, n_not, n_problems;
    Str name;
};
struct survey_village_views {
    const struct survey_village_view *at;
    size_t n;
};
struct survey_finding_view {
    int64_t problem, at;
    Str number, category, place, village, by;
    Text state;
    bool seen; /* the problem's own page opens for the reader */
};
struct survey_finding_views {
    const struct survey_finding_view *at;
    size_t n;
};
struct survey_pick {
    Str value, label;
    bool chosen;
};
struct survey_picks {
    const struct survey_pick *at;
    size_t n;
};
struct survey_group {
    Str label; /* a village; its first pick is the village itself */
    struct survey_picks picks;
};
struct survey_groups {
    const struct survey_group *at;
    size_t n;
};
struct survey_round_view {
    const struct shell *shell;
    struct survey_round r;
    Text label;
    Str led_by, say, day; /* say: what was refused; day: typed or the first day */
    struct survey_coverage cover;
    struct survey_stop_views stops;
    struct survey_village_views villages;
    struct survey_finding_views findings;
    struct survey_picks walkers; /* their names */
    struct survey_groups targets;
    int64_t next, n_due; /* next: the first stop without a result; 0: none */
    struct void_view voiding;
    bool office, walks, walking, planned, over; /* over: closed or void */
};

struct survey_walk_view {
    const struct shell *shell;
    struct survey_round r;
    struct survey_stop s;
    Text kind, label;
    Str village, by, say, note, said, key, key_skip, key_find;
    const char *bad; /* the field; "find_photo" … of the finding */
    struct survey_pictures photos;
    struct survey_picks tiles;
    struct survey_finding_views findings;
    int64_t before, after; /* stops beside it on the route; 0: none */
    bool walks, walking, voided, visited, skipped;
};

struct survey_form_view {
    const struct shell *shell;
    int64_t id, version;
    Str name, from_on, to_on, say;
    const char *bad;
    struct survey_picks leaders, people;
};

Text survey_state_label(Str state);
Text survey_label(const struct option *, Str code);
Err survey_pictures_of(Cx *, int64_t stop, struct survey_pictures *) MUST_CHECK;
/* stop 0: of the whole round. */
Err survey_finding_views(
    Cx *, int64_t round, int64_t stop, struct survey_finding_views *) MUST_CHECK;

Err survey_form_new_get(Cx *, const Req *, Resp *);
Err survey_form_new_post(Cx *, const Req *, Resp *);
Err survey_form_edit_get(Cx *, const Req *, Resp *);
Err survey_form_edit_post(Cx *, const Req *, Resp *);
Err survey_stop_page_get(Cx *, const Req *, Resp *);
Err survey_visit_post(Cx *, const Req *, Resp *);
Err survey_skip_post(Cx *, const Req *, Resp *);
Err survey_find_post(Cx *, const Req *, Resp *);

extern const struct route survey_routes[];
extern const struct menu_item survey_menu[];
