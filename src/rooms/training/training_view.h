/* training_view.h — what the pages of 培训·观摩学习 show. */
#pragma once
#include "rooms/training/training.h"
#include "web/respond.h"
#include "web/route.h"

struct training_line {
    int64_t id, due_n, present_n, times;
    Str title, held_on, place;
    Text kind, mine; /* mine: {0} where I am not on its sheet */
    bool opening, approx, to_come, missed;
};
struct training_lines {
    const struct training_line *at;
    size_t n;
};
struct training_list_view {
    const struct shell *shell;
    struct training_sum sum;
    struct training_lines lines;
    int64_t n_missed; /* mine */
    bool may_add;
};
struct attend_line {
    int64_t id, person, at;
    Str name, said, state;
    Text label;
    bool due, late;
};
struct attend_lines {
    const struct attend_line *at;
    size_t n;
};
struct learned_line {
    Str text;
};
struct learned_lines {
    const struct learned_line *at;
    size_t n;
};
struct training_picture {
    int64_t id;
};
struct training_pictures {
    const struct training_picture *at;
    size_t n;
};
struct training_view {
    const struct shell *shell;
    int64_t id, due_n, present_n, n_guests, n_left, times, cost; /* cost < 0: none */
    Str title, held_on, begins, ends, place, unit_name, host, teacher, material, posts, note, say;
    Text kind, mine;
    struct learned_lines learned;
    struct training_pictures photos;
    struct attend_lines attends; /* for who hosts */
    bool erased;                 /* who came: three years ago, and gone */
    bool host_here, opening, approx, visit, over, may_make_up, link;
};
struct signin_view {
    const struct shell *shell;
    int64_t id, qr_size, n_present, n_due;
    Str title, qr, url, code, say, guest;
    Str opens, closes; /* "2026-06-12 08:30" */
    bool host_here, has_code, open, early, done;
    struct attend_lines guests;
};
struct missed_line {
    int64_t id, training;
    Str name, title, held_on, said;
    Text label;
    bool mine;
};
struct missed_lines {
    const struct missed_line *at;
    size_t n;
};
struct missed_view {
    const struct shell *shell;
    struct missed_lines lines;
    bool all; /* of everybody */
};

Text training_state_label(Str state, bool over);
Text training_kind_label(Str kind);
bool training_sees_all(const Cx *);

Err training_signin_get(Cx *, const Req *, Resp *);
Err training_signin_post(Cx *, const Req *, Resp *);
Err training_guest_post(Cx *, const Req *, Resp *);

extern const struct route training_routes[];
extern const struct menu_item training_menu[];
