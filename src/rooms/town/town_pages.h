/* town_pages.h — what the pages of units, places and settings show. */
#pragma once
#include "rooms/duty/duty.h"
#include "rooms/problem/problem_view.h"
#include "rooms/town/town_form_web.h"
#include "rooms/town/town_near.h"

/* --- units and places --- */
struct unit_card {
    int64_t code, n_open;
    Str name;
    Text kind;
};
struct unit_cards {
    const struct unit_card *at;
    size_t n;
};
struct town_list_view {
    const struct shell *shell;
    Str name;
    int64_t code, n_places;
    struct unit_cards units;
    struct {
        const struct neighbour *at;
        size_t n;
    } neighbours;
    Str key;
    bool may_edit;
};
struct chain_line {
    Text label;
    Str name;
    bool acting;
    Str at; /* over which unit it is held, if not over this one */
};
struct chain_lines {
    const struct chain_line *at;
    size_t n;
};
struct place_card {
    int64_t id;
    Str name, unit;
    Text kind;
};
struct place_cards {
    const struct place_card *at;
    size_t n;
};
struct fact {
    Text label;
    int64_t n;
};
struct facts {
    const struct fact *at;
    size_t n;
};
struct change_line {
    int64_t at;
    Text what;
    Str said, by;
};
struct change_lines {
    const struct change_line *at;
    size_t n;
};
struct unit_view {
    const struct shell *shell;
    int64_t code, village, n_open;
    Str name;
    Text kind;
    Text group; /* {0}: in none */
    Str heir;   /* its successor's name; empty: still there */
    int64_t heir_code;
    struct unit_cards above, in;
    struct chain_lines chain;
    struct problem_cards problems;
    struct place_cards places;
    struct facts facts;
    struct change_lines changes;
    bool may_edit, has_gaps;
};
struct place_view {
    const struct shell *shell;
    int64_t id, unit;
    Str name, unit_name, from_on, to_on;
    Text kind;
    bool ended, may_edit, has_gaps;
    struct chain_lines chain;
    struct change_lines changes;
};

/* --- settings --- */
struct setting_line {
    Str name, value, from_on;
    Text label, unit;
    bool usual; /* never set: the house's own number */
    Str later;  /* a value that begins later */
    Str later_on;
};
struct setting_lines {
    const struct setting_line *at;
    size_t n;
};
struct year_line {
    int64_t year, version, n_days;
    Str source, from_on;
};
struct year_lines {
    const struct year_line *at;
    size_t n;
};
struct settings_view {
    const struct shell *shell;
    struct setting_lines numbers, texts;
    struct year_lines years;
    Str missing; /* "2027": this year or the next has no data; empty: all is there */
    int64_t missing_year;
    bool saved;
};
struct day_line {
    Str on, name;
    Text kind;
    bool works;
};
struct day_lines {
    const struct day_line *at;
    size_t n;
};
struct calendar_view {
    const struct shell *shell;
    int64_t year, version;
    bool there;
    Str key, why, source, from_on, rest, makeup; /* rest, makeup: the text areas */
    struct day_lines days;
    struct history_lines history;
};
