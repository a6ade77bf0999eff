/* assess_fair_view.h — 公平、预演、述职 as their pages see them.  Points are texts ("95.04"). */
#pragma once
#include "rooms/assess/assess_fair.h"
#include "rooms/assess/assess_view.h"

/* ---- /assess/ID/fairness */
struct spread_row {
    Str item, who, mean, sigma, mean_others, sigma_others;
    int64_t n, n_others;
    bool far;
};
struct spread_rows {
    const struct spread_row *at;
    size_t n;
};
struct inspector_row {
    Str who, mean, sigma;
    int64_t n, n_far;
    bool far;
    struct spread_rows items; /* those that lost something */
};
struct granted_row {
    Str code, name;
    int64_t n_appeals, n_granted, n_open;
};
struct caused_row {
    int64_t unit;
    Str name, lost, by_others;
};
struct fairness_view {
    const struct shell *shell;
    const struct assess_round *r;
    Str month, lost, by_others;
    int64_t n_points, n_paper, n_without, n_far, n_appeals, n_granted;
    struct {
        const struct inspector_row *at;
        size_t n;
    } inspectors;
    struct {
        const struct granted_row *at;
        size_t n;
    } granted;
    struct {
        const struct caused_row *at;
        size_t n;
    } caused;
};

/* ---- /assess/rehearse?table=ID */
struct rehearsed_row {
    int64_t unit;
    Str name, was, now, change, flag_was, flag_now;
    Text by;
    bool up, down, moved; /* moved: the flag is another one */
};
struct rehearsed_month {
    Str month;
    int64_t n_up, n_down, n_same, n_moved;
    struct {
        const struct rehearsed_row *at;
        size_t n;
    } rows;
};
struct rehearse_view {
    const struct shell *shell;
    int64_t id;
    Str code, edition, say;
    bool draft;
    struct {
        const struct rehearsed_month *at;
        size_t n;
    } months;
};

/* ---- /assess/year/UNIT/YEAR */
struct text_line {
    Str text;
};
struct text_lines {
    const struct text_line *at;
    size_t n;
};
struct year_view {
    const struct shell *shell;
    int64_t unit, year, edited_at;
    Str unit_name, drafted, body, edited_by, say;
    struct text_lines lines, drafted_lines; /* what is printed; what the rows said */
    bool may_edit;
};

Err assess_fairness_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_rehearse_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_certificate_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_this_year_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_year_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_year_post(Cx *, const Req *, Resp *) MUST_CHECK;
