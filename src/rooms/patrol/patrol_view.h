/* patrol_view.h — what the pages of 巡查 show. */
#pragma once
#include "rooms/patrol/patrol.h"
#include "web/respond.h"
#include "web/route.h"

struct patrol_place_view {
    int64_t id, last_at, n_points;
    Str name, village;
    Text kind;
    bool late;
};
struct patrol_place_views {
    const struct patrol_place_view *at;
    size_t n;
};
struct patrol_list_view {
    const struct shell *shell;
    struct patrol_place_views places;
    int64_t n_late, n_points;
};

struct patrol_shot {
    int64_t id, at;
    bool chosen;
};
struct patrol_shots {
    const struct patrol_shot *at;
    size_t n;
};
struct patrol_point_view {
    int64_t id, problem, n_returns, version;
    Str name, category, ended_on;
    struct patrol_shot first, last; /* id 0: no picture */
};
struct patrol_point_views {
    const struct patrol_point_view *at;
    size_t n;
};
struct patrol_walk_view {
    int64_t id, at, n_problems;
    Str by, note;
};
struct patrol_walk_views {
    const struct patrol_walk_view *at;
    size_t n;
};
struct patrol_pick {
    Str value, label;
    bool chosen;
};
struct patrol_picks {
    const struct patrol_pick *at;
    size_t n;
};
struct patrol_place_page {
    const struct shell *shell;
    struct patrol_place p;
    Str village, say, note, said, point, key, key_find;
    Text kind;
    const char *bad; /* "walk" "find" */
    int64_t n_found, days;
    struct patrol_walk_views walks;
    struct patrol_point_views points;
    struct patrol_picks tiles;
    bool may;
};
struct patrol_point_page {
    const struct shell *shell;
    struct patrol_point_view p;
    Str place, village, say, note, key;
    int64_t place_id;
    struct patrol_shots shots;
    struct patrol_shot a, b; /* side by side; id 0: none */
    bool may, problem_seen;
};

Err patrol_shots_of(Cx *, int64_t point, struct patrol_shots *) MUST_CHECK;
Err patrol_point_view_of(Cx *, const struct patrol_point *, struct patrol_point_view *) MUST_CHECK;
Err patrol_point_page_get(Cx *, const Req *, Resp *);
Err patrol_look_post(Cx *, const Req *, Resp *);

extern const struct route patrol_routes[];
extern const struct menu_item patrol_menu[];
