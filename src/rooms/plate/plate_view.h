/* plate_view.h — 码牌 as its pages see it. */
#pragma once
#include "rooms/plate/plate.h"
#include "web/respond.h"
#include "web/route.h"

struct plate_village {
    int64_t code;
    Str name;
    bool chosen;
};
struct plate_line {
    Str name, code, shown, from_on; /* code empty: none hangs there */
    int64_t n_scans;                /* in the last 30 days */
};
struct plate_old_line {
    Str shown, name, to, to_shown;
    int64_t at, n_scans; /* scans of the last 30 days: it still hangs somewhere */
};
struct plate_old_lines {
    const struct plate_old_line *at;
    size_t n;
};
struct plate_list_view {
    const struct shell *shell;
    int64_t unit, n_missing, n_hanging, n_made; /* n_made: just now; -1: nobody asked */
    int64_t n_before;                           /* scans of the year before the last 30 days */
    Str name, key, say;
    bool may_make;
    struct {
        const struct plate_village *at;
        size_t n;
    } villages;
    struct {
        const struct plate_line *at;
        size_t n;
    } lines;
    struct plate_old_lines old;
};

struct plate_day {
    Str day;
    int64_t n;
};
struct plate_detail_view {
    const struct shell *shell;
    Str code, shown, name, unit_name, from_on, url, qr, key, say, why;
    Str now, now_shown; /* what replaced it; empty: it hangs there */
    int64_t unit, qr_size, n_scans;
    bool may_make;
    struct {
        const struct plate_day *at;
        size_t n;
    } days;
};

struct plate_holder {
    Text post;
    Str title;
};
struct plate_who_view {
    const struct shell *shell;
    Str code, shown, name, unit_name, tel;
    int64_t unit, place, n_open;
    bool old; /* scanned on a plate that was replaced */
    struct {
        const struct plate_holder *at;
        size_t n;
    } chain;
};

extern const struct route plate_routes[];
extern const struct menu_item plate_menu[];

/* plate_list_web.c */
Err plate_list_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err plate_list_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err plate_sheet_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err plate_pdf_get(Cx *, const Req *, Resp *) MUST_CHECK;
Str plate_address(Cx *, const Req *, Str code); /* what its square opens */
/* plate_count.c: scans of the last 30 days; plates that were replaced; what is open there. */
enum { PLATE_SCANS_DAYS = 30 };
Err plate_days(Cx *, int64_t plate, const struct plate_day **, size_t *n, int64_t *sum) MUST_CHECK;
Err plate_before(Cx *, int64_t village, int64_t *n) MUST_CHECK; /* of a year, by village alone */
Err plate_old_of(Cx *, int64_t village, struct plate_old_lines *) MUST_CHECK;
Err plate_n_open(Cx *, const struct plate *, int64_t *n) MUST_CHECK;
