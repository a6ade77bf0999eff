/* property_view.h — what the pages of 红色物业 show. */
#pragma once
#include "rooms/property/property.h"
#include "web/respond.h"
#include "web/route.h"

struct company_line {
    int64_t n_due, n_in_time, n_closed, n_rework, n_late;
    Str name, phone, brand;
    bool account;
};
struct company_lines {
    const struct company_line *at;
    size_t n;
};
struct compound_line {
    int64_t place;
    Str name, village, company, committee;
    bool blind, no_company, no_committee, no_contact;
};
struct compound_lines {
    const struct compound_line *at;
    size_t n;
};
struct property_pick {
    Str value, label;
    bool chosen;
};
struct property_picks {
    const struct property_pick *at;
    size_t n;
};
struct property_board_view {
    const struct shell *shell;
    struct company_lines companies;
    struct compound_lines compounds;
    struct property_picks holders;
    int64_t n_blind;
    Str say, name, phone, brand;
    bool office;
};
struct promise_line {
    int64_t id, version;
    Str text, due_on, done_on, done_said;
    Text side;
    bool late;
};
struct promise_lines {
    const struct promise_line *at;
    size_t n;
};
struct meeting_line {
    int64_t id;
    Str held_on, sides, said;
};
struct meeting_lines {
    const struct meeting_line *at;
    size_t n;
};
struct promise_input {
    int64_t no;
    Str text, due_on;
    struct property_picks sides;
};
struct promise_inputs {
    const struct promise_input *at;
    size_t n;
};
struct property_compound_view {
    const struct shell *shell;
    struct property_compound c;
    Str village, contact_title, say, held_on, said, key, committee;
    const char *bad; /* "care" "meet" "done" */
    struct property_picks companies, contacts, sides;
    struct meeting_lines meetings;
    struct promise_lines promises;
    struct promise_inputs inputs;
    int64_t n_kept, n_due;
    bool may, staff;
};

extern const struct route property_routes[];
extern const struct menu_item property_menu[];

Err property_compound_page_get(Cx *, const Req *, Resp *);
Err property_care_post(Cx *, const Req *, Resp *);
Err property_meet_post(Cx *, const Req *, Resp *);
Err property_done_post(Cx *, const Req *, Resp *);
