/* assess_view.h — 红黑旗与检查 as their pages see them.  Made by the *_web.c, shown by the *.html.
 * Points are texts ("95.04") unless said; times are ms UTC. */
#pragma once
#include "rooms/assess/assess_explain.h"
#include "rooms/assess/assess_follow.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/assess/assess_me.h"
#include "web/respond.h"
#include "web/route.h"

/* One choice of a select or a row of chips. */
struct assess_pick {
    Str value, label;
    bool chosen, taken; /* taken: shown, not selectable */
};
struct assess_picks {
    const struct assess_pick *at;
    size_t n;
};

/* ---- /inspect, /inspect/ID */
struct sheet_row {
    int64_t id, unit, version, week_no; /* week_no 0: the month's end */
    Str unit_name, planned_on, state, who;
    Text state_label;
    bool late, hidden; /* hidden: who and when is not told before it is started */
};
struct sheet_rows {
    const struct sheet_row *at;
    size_t n;
};
struct inspect_list_view {
    const struct shell *shell;
    struct sheet_rows sheets;
    bool office;
    int64_t plan_round; /* for the office: the open round; 0: none */
};

struct place_row {
    int64_t id, n, n_left, found_at, photo, problem; /* photo 0: none to see; n_left −1: as n */
    Str place, said, appeal;
    bool may_void;
};
struct place_rows {
    const struct place_row *at;
    size_t n;
};
struct item_row {
    Str code, name, rule, full, per, lost, left;
    int64_t n;
    bool open;
    struct place_rows places;
    struct assess_picks known, reasons;
    Str key;                            /* of its form */
    Str say, place, words, count, kept; /* what was typed, when it came back; kept: a photo */
    const char *bad;
    bool no_problem;
};
struct item_rows {
    const struct item_row *at;
    size_t n;
};
struct item_group {
    Str head, left, full; /* "A 道路环境卫生" */
    struct item_rows items;
};
struct auto_row {
    Str code, name, points, full;
    int64_t num, den;
    bool out;       /* too few cases to count */
    bool no_ledger; /* nothing is kept that could be counted */
};
struct auto_rows {
    const struct auto_row *at;
    size_t n;
};
struct inspect_view {
    const struct shell *shell;
    int64_t id, week_no;
    Str unit_name, day, table, version, state, say;
    bool started, may_start;
    struct {
        const struct item_group *at;
        size_t n;
    } groups;
    struct auto_rows autos;
    Str inspected, inspected_full, autos_sum, autos_full, total, lost;
};

/* ---- /assess */
struct round_row {
    int64_t id, published_at;
    Str month, state;
    Text state_label;
    bool corrects;
};
struct table_row {
    int64_t id;
    Str code, edition, from_on, hash;
    bool draft;
};
struct assess_list_view {
    const struct shell *shell;
    struct {
        const struct round_row *at;
        size_t n;
    } rounds;
    struct {
        const struct table_row *at;
        size_t n;
    } tables;
    Str month, say, who_opens; /* month: as typed, or the next one to open */
    const char *bad;
    bool office;
};

/* ---- /assess/ID */
struct rank_line {
    int64_t unit, rank, town_rank;
    Str name, weeks, k, score, flag,
        why;    /* flag: "red" "black" "none"; why: what decided, in words */
    Str before; /* the points before an appeal; empty: the same */
};
struct rank_lines {
    const struct rank_line *at;
    size_t n;
};
struct rank_group {
    Str name;
    int64_t n_red, n_black;
    struct rank_lines lines;
};
struct rank_groups {
    const struct rank_group *at;
    size_t n;
};
struct appeal_vote_row {
    Str who, said;
    Text choice;
};
struct appeal_row {
    int64_t id, unit, deduct, created_at, decided_at, n, n_left;
    int64_t photo, their_photo; /* of the lost point, of the appeal; 0: none to see */
    Str unit_name, item, place, reason, said;
    Text state;
    bool open, voted;
    struct {
        const struct appeal_vote_row *at;
        size_t n;
    } votes;
};
struct appeal_rows {
    const struct appeal_row *at;
    size_t n;
};
struct round_view {
    const struct shell *shell;
    const struct assess_round *r;
    Str month, table, version, missing, hash, say, week_share, month_share;
    Text state_label;
    int64_t step; /* 1 open … 6 published, for the steps shown */
    const char *bad;
    bool office, may_score, may_freeze, may_final, may_sign, second;
    Text why_not; /* why a button that was expected is absent */
    Str first_name, second_name;
    struct rank_groups groups;
    struct appeal_rows appeals;
    int64_t n_open, n_done, n_appeals;
    int64_t correction;     /* of this round; 0: none */
    bool may_correct, fair; /* fair: reads how evenly it was judged */
};

/* ---- /assess/ID/plan */
struct plan_view {
    const struct shell *shell;
    const struct assess_round *r;
    Str month, say;
    const char *bad;
    bool office, open, drawn;
    struct sheet_rows sheets;
    struct assess_picks units, inspectors, weeks;
    Str day;
    int64_t n_hidden;
};

/* ---- /assess/ID/UNIT */
struct row_link {
    int64_t id;
};
struct score_line {
    Str code, name, kind, points, lost, full, per, rule, definition, rows;
    int64_t n, num, den;
    bool out, is_lost, shown; /* shown: has something to open */
    bool no_ledger;
    struct place_rows places;
    struct {
        const struct row_link *at;
        size_t n;
    } problems; /* the rows behind num/den */
};
struct score_lines {
    const struct score_line *at;
    size_t n;
};
struct unit_view {
    const struct shell *shell;
    const struct assess_round *r;
    int64_t unit, week_no;
    Str month, unit_name, group, hash, say, typed;
    Str score, week_score, flag, why, num, den, month_score, bonus, penalty, inspector;
    int64_t rank, town_rank, bad_deduct;
    bool own, live, secretary, window; /* own: in whose care the unit lies */
    bool reports;                      /* may read the 年终述职 */
    bool extras_on_month;
    struct {
        const struct week_chip *at;
        size_t n;
    } weeks;
    struct score_lines lines;
    Str lost, sum, out; /* of the chosen week */
    struct appeal_rows appeals;
    struct assess_duties duties;
    bool photos, seen;
    Text no_appeal;
};
struct week_chip {
    int64_t no; /* 0: the month's end */
    Str code, score;
    bool chosen, seen;
};

/* ---- /assess/ID/appeals */
struct appeals_view {
    const struct shell *shell;
    const struct assess_round *r;
    Str month, say, typed;
    int64_t bad_appeal; /* the one whose vote came back */
    bool panel;
    struct appeal_rows appeals;
};

/* ---- /assess/marks */
struct mark_row {
    int64_t id, version, unit;
    Str unit_name, item, day, paper_no, said, zero_items, void_reason, by;
    bool confirmed, voided, own;
};
struct marks_view {
    const struct shell *shell;
    bool office;
    struct {
        const struct mark_row *at;
        size_t n;
    } marks;
    struct assess_picks units, items;
    Str day, paper_no, said, zero_items, say;
    const char *bad;
};

/* ---- /assess/tables/ID */
struct table_item {
    Str code, name, kind, full, per, groups, focus, source, rule, definition;
    Text kind_label, measure;
    bool no_ledger;
};
struct table_items {
    const struct table_item *at;
    size_t n;
};
struct table_sum {
    Str name, full;
    bool wrong;
};
struct number_row {
    Text label;
    Str value;
};
struct table_view {
    const struct shell *shell;
    int64_t id, version;
    Str code, edition, from_on, hash, say;
    const char *bad;
    bool draft, office, may_publish, drawn, sampled;
    Text why_not;
    struct table_items items;
    struct {
        const struct table_sum *at;
        size_t n;
    } sums;
    struct {
        const struct number_row *at;
        size_t n;
    } numbers;
    struct table_item edit; /* the form's values */
    Str was;                /* the code being edited; empty: a new item */
    struct assess_picks kinds, focuses, sources;
    Str copy_edition, copy_from;
};

/* ---- /flags */
struct strip_cell {
    int64_t month;
    Str flag; /* "red" "black" "none"; empty: no round that month */
};
struct flag_line {
    int64_t unit, rank, town_rank;
    Str name, flag, score, k, weeks, why, said; /* said: the strip in words */
    struct {
        const struct strip_cell *at;
        size_t n;
    } strip;
};
struct flag_group {
    Str name;
    int64_t n, n_red, n_black;
    struct {
        const struct flag_line *at;
        size_t n;
    } lines;
};
struct flags_view {
    const struct shell *shell;
    Str month, reds, blacks, table, version, hash;
    int64_t round, n_red, n_black, published_at, n_units;
    bool staff, v2, none;
    Str red_percent, red_min, black_percent, black_max, black_any, week_share, month_share;
    Str first_by, second_by, reason, said_black;
    bool corrects;
    struct {
        const struct flag_group *at;
        size_t n;
    } groups;
    struct {
        const struct assess_pick *at;
        size_t n;
    } months;
};

/* ---- assess_words.c: what the pages share */
Str assess_month_text(Cx *, Str month); /* "2026 年 6 月" */
int64_t assess_week_no(Str week);       /* 24; 0: K */
Text assess_state_label(Str state);
Text sheet_state_label(Str state);
Text appeal_state_label(Str state);
Str assess_percent(Cx *, int64_t);
Str assess_posts_of(Cx *, int64_t person); /* "检查员": the post somebody inspects in */
struct assess_picks assess_village_picks(Cx *, int64_t chosen);
Err assess_reasons(Cx *, Str item, Str chosen, struct assess_picks *) MUST_CHECK;
/* Whether cx->me sees a black flag that the public does not. */
bool assess_sees_private(Cx *, int64_t unit);
/* Whether cx->me sees the unit's own photos and names: it lies in their care. */
bool assess_in_care(Cx *, int64_t unit);
Str assess_why(Cx *, const struct assess_kept *, size_t unit_no); /* what decided, with fractions */
/* Of an item in a week, the places that lost points; photos only for who may see them. */
Err assess_places(Cx *, const struct assess_deducts *, Str week, Str item, bool photos,
    struct place_rows *) MUST_CHECK;
/* The ranking; first: the first freezing, to show what an appeal has changed; NULL. */
Err assess_groups(Cx *, const struct assess_kept *, const struct assess_kept *first,
    struct rank_groups *) MUST_CHECK;

/* ---- assess_shown.c */
Err assess_round_rows(Cx *, struct assess_list_view *) MUST_CHECK;
Err assess_table_rows(Cx *, struct assess_list_view *) MUST_CHECK;
Err assess_mark_rows(Cx *, struct marks_view *) MUST_CHECK;
Err assess_appeal_rows(Cx *, const struct assess_round *, int64_t unit,
    struct appeal_rows *) MUST_CHECK; /* unit 0: all */
Err assess_appeal_round(Cx *, int64_t id, int64_t *round) MUST_CHECK;
Err assess_appeals_n(Cx *, int64_t round, int64_t *n) MUST_CHECK;
/* assess_board.c: the public board of a published round (0: the newest), as cx->me may see it. */
Err assess_board(Cx *, int64_t round, struct flags_view *) MUST_CHECK;

/* ---- handlers */
Err inspect_list_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err inspect_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err inspect_start_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err inspect_deduct_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err inspect_void_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err inspect_done_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err inspect_waive_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_plan_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_plan_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_list_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_open_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_round_page_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_score_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_freeze_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_final_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_sign_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_unit_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_unit_json_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_unit_text_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_appeal_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_appeals_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_vote_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_marks_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_marks_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_mark_confirm_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_mark_void_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_table_page_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_table_item_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_table_drop_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_table_copy_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_table_publish_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err assess_duty_done_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err flags_get(Cx *, const Req *, Resp *) MUST_CHECK;

Err assess_seen(Cx *, int64_t object) MUST_CHECK; /* a lost point's picture */
extern const struct route assess_routes[];
extern const struct menu_item assess_menu[];
