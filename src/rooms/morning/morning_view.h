/* morning_view.h — what the page of 晨报 shows. */
#pragma once
#include "rooms/meeting/meeting.h"
#include "rooms/morning/morning.h"
#include "rooms/oversee/oversee.h"
#include "rooms/problem/problem_office.h"
#include "web/respond.h"
#include "web/route.h"

struct ask_line {
    const struct problem_ask_row *a;
    Str key, why; /* why: it could not be done; empty */
    int choice;   /* 0 leave, 1 grant, 2 refuse */
    Str typed;
};
struct day_line {
    Str day;
    int64_t n_reported, n_closed, n_newly_late, n_open, n_late;
};
struct sheet_line {
    int64_t id, n_lines;
    Str number, unit_name;
};
struct given_line {
    int64_t id;
    Str text, owner, due_on;
    int64_t n_late; /* days past its day */
};
struct given_lines {
    const struct given_line *at;
    size_t n;
};
struct morning_view {
    const struct shell *shell;
    Str day, say;
    int64_t since, made_at; /* made_at 0: not written yet */
    const struct problem_changes *c;
    Str reported, closed, handled, late, waiting; /* addresses of exactly the rows counted */
    struct {
        const struct ask_line *at;
        size_t n;
    } asks;
    struct {
        const struct day_line *at;
        size_t n;
    } week;
    struct {
        const struct sheet_line *at;
        size_t n;
    } sheets;
    struct given_lines tasks, to_close;
    int64_t meeting; /* today's or the next one; 0: none */
    Str meeting_on;
    int64_t n_done; /* of the list that was just decided */
    bool decided, meeter, may_dispatch;
};
struct keys_view {
    const struct shell *shell;
};
extern const struct route morning_routes[];
extern const struct menu_item morning_menu[];
