/* observe_view.h — what the pages of 逐村观摩 show. */
#pragma once
#include "rooms/duty/void.h"
#include "rooms/observe/observe.h"
#include "web/respond.h"
#include "web/route.h"

struct site_line {
    int64_t id, unit;
    Str name, standard, named_by, basis, from_on, to_on; /* to_on empty: open */
    Text word;                                           /* 示范点, 学习点 */
    bool over;
};
struct site_lines {
    const struct site_line *at;
    size_t n;
};
struct round_line {
    int64_t id;
    Str name, held_on, state;
    Text label;
};
struct round_lines {
    const struct round_line *at;
    size_t n;
};
struct observe_list_view {
    const struct shell *shell;
    struct round_lines rounds;
    struct site_lines sites;
    bool office;
};

struct observe_picture {
    int64_t id;
};
struct observe_pictures {
    const struct observe_picture *at;
    size_t n;
};
struct village_line {
    int64_t no, unit, rank, n_sheets;
    Str name, score, last, change; /* "41.50"; last, change empty: not walked before */
    bool up, down, may_judge, done, own;
    struct observe_pictures now, before;
};
struct village_lines {
    const struct village_line *at;
    size_t n;
};
struct observer_line {
    int64_t person, n_due, n_done;
    Str name, excuse;
    bool late;
};
struct observer_lines {
    const struct observer_line *at;
    size_t n;
};
struct finding_line {
    int64_t id, problem, at;
    Str village, place, said, by;
    bool may_report;
    struct observe_pictures photos;
};
struct finding_lines {
    const struct finding_line *at;
    size_t n;
};
struct observe_round_view {
    const struct shell *shell;
    struct observe_round r;
    Text label;
    struct observe_items items;
    int64_t full, n_missing, before_id, sent, n_photos;
    Str before; /* the round compared with; empty: none */
    struct village_lines villages;
    struct village_line a, b; /* side by side; unit 0: none chosen */
    struct observer_lines observers;
    struct finding_lines findings;
    bool office, observer, running, planned;
    struct void_view voiding;
    Str say; /* what was refused */
};

struct point {
    int64_t value;
    bool chosen;
};
struct points {
    const struct point *at;
    size_t n;
};
struct sheet_item {
    int64_t no;
    Str name;
    struct points points;
    bool wrong;
};
struct sheet_items {
    const struct sheet_item *at;
    size_t n;
};
struct observe_sheet_view {
    const struct shell *shell;
    int64_t round, unit;
    Str name, village, say, key, key_sheet, place, said; /* place, said: a finding that came back */
    const char *bad;
    struct sheet_items items;
    struct observe_pictures photos;
    bool own, observer, running, again;
};

struct stop_choice {
    int64_t unit;
    Str name, order;
};
struct stop_choices {
    const struct stop_choice *at;
    size_t n;
};
struct person_choice {
    int64_t id;
    Str name;
    Text post;
    bool chosen;
};
struct person_choices {
    const struct person_choice *at;
    size_t n;
};
struct observe_form_view {
    const struct shell *shell;
    int64_t id, version;
    Str name, held_on, items, say;
    const char *bad;
    struct stop_choices stops;
    struct person_choices people;
};

Str observe_points(Cx *, int64_t hundredths); /* "41.50"; empty: below 0 */
Text observe_state_label(Str state);

Err observe_form_new_get(Cx *, const Req *, Resp *);
Err observe_form_new_post(Cx *, const Req *, Resp *);
Err observe_form_edit_get(Cx *, const Req *, Resp *);
Err observe_form_edit_post(Cx *, const Req *, Resp *);
Err observe_sheet_page_get(Cx *, const Req *, Resp *);
Err observe_sheet_page_post(Cx *, const Req *, Resp *);
Err observe_finding_post(Cx *, const Req *, Resp *);
Err observe_pictures_of(Cx *, int64_t object, struct observe_pictures *);

extern const struct route observe_routes[];
extern const struct menu_item observe_menu[];
