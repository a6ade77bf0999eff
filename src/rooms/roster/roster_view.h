/* roster_view.h — what the page of 值班 shows. */
#pragma once
#include "rooms/roster/roster.h"
#include "web/respond.h"
#include "web/route.h"

struct roster_line {
    int64_t id, calls_n, reached_n;
    Text shift, level;
    Str unit_name, name, phone, key;
    bool next, may_call, whole; /* next: to be called after one who did not answer; whole: the
                                   number is shown so that one can call it */
};
struct roster_lines {
    const struct roster_line *at;
    size_t n;
};
struct call_line {
    int64_t at, object;
    Str whom, by, note;
    bool reached;
};
struct call_lines {
    const struct call_line *at;
    size_t n;
};
struct roster_day {
    Str day;
    bool today;
    struct roster_lines lines;
};
struct roster_view {
    const struct shell *shell;
    Str day, say; /* day: of the shift that is on */
    Text shift;
    int64_t object; /* the matter one calls about; 0: none */
    struct roster_lines now;
    struct call_lines calls;
    struct {
        const struct roster_day *at;
        size_t n;
    } days;
    bool may_write;
};
extern const struct route roster_routes[];
extern const struct menu_item roster_menu[];
