/* plate_count.c — 码牌: what is counted: scans by day, old plates that still hang, open matters. */
#include "base/day.h"
#include "gen/sql_plate.h"
#include "rooms/plate/plate_view.h"
#include "store/db.h"

enum { OLD_SHOWN = 50, A_STEP = 500, YEAR = 365 };

Err plate_days(Cx *cx, int64_t plate, const struct plate_day **to, size_t *n, int64_t *sum)
{
    struct sql_plate_scans_rows r;
    Str since = day_text(cx, day_of(cx->now) - PLATE_SCANS_DAYS);
    TRY(sql_plate_scans(cx,
        &(struct sql_plate_scans){.plate = plate, .since = since, .limit = PLATE_SCANS_DAYS + 1},
        &r));
    struct plate_day *at = NEW_ARRAY(&cx->mem, r.n + 1, struct plate_day);
    *sum = 0;
    for (size_t i = 0; i < r.n; i++) {
        at[i] = (struct plate_day){r.at[i].day, r.at[i].n};
        *sum += r.at[i].n;
    }
    *to = at;
    *n = r.n;
    return OK;
}

struct rounding {
    Str before;
    size_t n;
};

static Err round_step(Cx *cx, void *arg)
{
    struct rounding *r = arg;
    struct sql_plate_scans_before_rows old;
    TRY(sql_plate_scans_before(
        cx, &(struct sql_plate_scans_before){.day = r->before, .limit = A_STEP}, &old));
    for (size_t i = 0; i < old.n; i++) {
        int64_t unit = old.at[i].village ? old.at[i].village : old.at[i].unit;
        TRY(sql_plate_scan_round(cx,
            &(struct sql_plate_scan_round){.unit = unit, .day = old.at[i].day, .n = old.at[i].n}));
        TRY(sql_plate_scan_drop(
            cx, &(struct sql_plate_scan_drop){.plate = old.at[i].plate, .day = old.at[i].day}));
    }
    r->n = old.n;
    return OK;
}

/* No event, as for a scan itself: nobody has done anything. */
Err plate_scans_job(Cx *cx)
{
    struct rounding r = {.before = day_text(cx, day_of(cx->now) - PLATE_SCANS_DAYS)};
    do
        TRY(db_transaction(cx, round_step, &r));
    while (r.n == A_STEP);
    return OK;
}

Err plate_before(Cx *cx, int64_t village, int64_t *n)
{
    struct sql_plate_scans_rounded_row r;
    Str since = day_text(cx, day_of(cx->now) - YEAR);
    TRY(sql_plate_scans_rounded(
        cx, &(struct sql_plate_scans_rounded){.unit = village, .since = since}, &r));
    *n = r.n;
    return OK;
}

Err plate_old_of(Cx *cx, int64_t village, struct plate_old_lines *to)
{
    struct sql_plate_old_rows r;
    const struct plate_day *days;
    size_t n;
    TRY(sql_plate_old(cx, &(struct sql_plate_old){.village = village, .limit = OLD_SHOWN}, &r));
    struct plate_old_line *at = NEW_ARRAY(&cx->mem, r.n + 1, struct plate_old_line);
    for (size_t i = 0; i < r.n; i++) {
        at[i] = (struct plate_old_line){.shown = plate_code_shown(cx, r.at[i].code),
            .name = r.at[i].name,
            .to = r.at[i].replaced_by.v,
            .to_shown = plate_code_shown(cx, r.at[i].replaced_by.v),
            .at = r.at[i].replaced_at.v};
        TRY(plate_days(cx, r.at[i].id, &days, &n, &at[i].n_scans));
    }
    *to = (struct plate_old_lines){at, r.n};
    return OK;
}

Err plate_n_open(Cx *cx, const struct plate *p, int64_t *n)
{
    struct sql_plate_open_n_row at;
    struct sql_plate_open_in_row in;
    if (p->place) {
        TRY(sql_plate_open_n(cx, &(struct sql_plate_open_n){.place = p->place}, &at));
        *n = at.n;
        return OK;
    }
    TRY(sql_plate_open_in(cx, &(struct sql_plate_open_in){.village = p->village}, &in));
    *n = in.n;
    return OK;
}
