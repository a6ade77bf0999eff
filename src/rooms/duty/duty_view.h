/* duty_view.h — what the pages of the room duty show. */
#pragma once
#include "rooms/duty/duty.h"
#include "web/respond.h"

struct duty_line {
    int64_t id, person;
    Text post, kind;
    Str name, where, from_on, to_on, paper_no, asked_by;
    bool acting, now;
};
struct duty_lines {
    const struct duty_line *at;
    size_t n;
};
struct pick {
    int64_t id;
    Str name;
    const char *code;
    Text label;
    bool chosen;
};
struct picks {
    const struct pick *at;
    size_t n;
};
struct duty_list_view {
    const struct shell *shell;
    struct duty_lines asked, current;
    struct picks posts, units;
    bool may_ask, staff; /* staff: the admins do not see ledgers and hand-overs */
};
struct duty_form_view {
    const struct shell *shell;
    Str key, from_on, to_on, paper_no, place, why;
    int64_t replaces;
    Str replaced; /* "书记 钱七": whose post is taken over */
    struct picks people, posts, units, kinds;
};

struct duty_one_view {
    const struct shell *shell;
    struct duty_line line;
    Str state, why;
    struct {
        const struct duty_event *at;
        size_t n;
    } events;
    Str today;
    bool asked, granted, may_decide, may_end, may_away;
    struct absences absences;
};
struct duty_event {
    int64_t at;
    Text what;
    Str who;
};

struct gap_cell {
    Str name, since_on;
    bool acting, gap, own, expired;
};
struct gap_row {
    Str name;
    int64_t unit, place;
    bool village, grid;
    struct gap_cell l4, l3, l2, l1, keeper;
};
struct gap_group {
    struct gap_row head;
    struct {
        const struct gap_row *at;
        size_t n;
    } below;         /* its grids and places with a gap */
    int64_t n_below; /* all of its grids and places */
};
struct gaps_view {
    const struct shell *shell;
    struct {
        const struct gap_group *at;
        size_t n;
    } groups;
    int64_t n4, n3, n2, n1, n0;
    bool any, all, may_ask; /* all: also what is filled */
};

struct handover_line_view {
    int64_t id;
    Text post;
    Str where, from, to, from_on;
    bool moved, old_ok, new_ok, witness_ok;
};
struct handovers_view {
    const struct shell *shell;
    struct {
        const struct handover_line_view *at;
        size_t n;
    } list;
};
struct handover_note_view {
    int64_t at;
    Str by, body;
};
struct handover_view {
    const struct shell *shell;
    struct {
        const struct handover_note_view *at;
        size_t n;
    } notes;
    struct handover_line_view line;
    int64_t n_moved, old_at, new_at, witness_at;
    Str witness, key, why;
    struct handover_lines work;
    struct handover_things items;
    bool may_confirm, may_add, may_object, all_ok;
};

struct may_step {
    Text label;
    Str from, to;
    bool itself; /* the state stays */
};
struct may_machine {
    Text label;
    struct {
        const struct may_step *at;
        size_t n;
    } steps;
};
struct may_route {
    const char *method, *path;
};
struct may_room {
    const char *name;
    Text label; /* of its menu; empty */
    struct {
        const struct may_route *at;
        size_t n;
    } routes;
};
struct may_view {
    const struct shell *shell;
    struct picks posts;
    Text post;
    const char *code;
    struct {
        const struct may_machine *at;
        size_t n;
    } machines;
    struct {
        const struct may_room *at;
        size_t n;
    } rooms;
};
