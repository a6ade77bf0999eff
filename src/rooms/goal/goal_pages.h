/* goal_pages.h — what the pages of goals show. */
#pragma once
#include "base/view.h"
#include "rooms/attachment/attachment.h"
#include "rooms/goal/goal.h"
#include "rooms/promise/promise_card.h"
#include "web/respond.h"
#include "web/route.h"

/* --- /goals: the town */
struct goal_requirement {
    int64_t id, n_villages;
    Str paper_no, text, due_on, to; /* to: a village's name; empty: the whole town */
    Text from;
    bool over; /* its day has passed */
};
struct goal_requirements {
    const struct goal_requirement *at;
    size_t n;
};
struct goal_cell {
    Text tier; /* {0}: none yet */
    Text heading;
    bool has; /* the village has targets of this heading */
};
struct goal_cells {
    const struct goal_cell *at;
    size_t n;
};
struct goal_row {
    int64_t village, n, n_reached, n_waiting, n_late;
    Str name;
    Text tier; /* {0}: none yet */
    struct goal_cells cells;
};
struct goal_rows {
    const struct goal_row *at;
    size_t n;
};
struct goal_measure_line {
    Text name, definition;
};
struct goal_measure_lines {
    const struct goal_measure_line *at;
    size_t n;
};
struct goals_view {
    const struct shell *shell;
    struct goal_requirements requirements;
    int64_t n_open; /* requirements that no village refines */
    struct goal_cells heads;
    struct goal_rows rows;
    struct goal_measure_lines measures;
    bool may_require, may_set;
};

/* --- /goals/{unit_id}: a village */
struct goal_step { /* a tier of one indicator */
    Text tier;
    Str mark; /* "≥ 95 %"; empty: not asked */
    bool on;
};
struct goal_steps {
    const struct goal_step *at;
    size_t n;
};
struct goal_link {
    Str text, path;
};
struct goal_links {
    const struct goal_link *at;
    size_t n;
};
struct goal_entry { /* a reading */
    int64_t id;
    Str day, value, said, by;
    Str seen_by; /* empty: not verified */
    struct {
        const struct photo *at;
        size_t n;
    } photos;
    bool may_verify;
};
struct goal_entries {
    const struct goal_entry *at;
    size_t n;
};
struct goal_line {
    int64_t id, baseline_raw;
    Text heading;
    Str indicator, unit, baseline, goal, current, current_on, verified, due_on, paper_no, next;
    Text next_tier;  /* {0}: nothing more is asked */
    Text definition; /* {0}: it is typed */
    bool measured, nothing_yet, reached, waiting, late;
    struct goal_steps steps;
    struct goal_links rows; /* what a ledger's number rests on */
    int64_t n_rows_more;
    struct goal_entries entries;
};
struct goal_lines {
    const struct goal_line *at;
    size_t n;
};
struct goal_missing { /* what keeps the village from its next tier */
    Str indicator, asks, has;
};
struct goal_missings {
    const struct goal_missing *at;
    size_t n;
};
struct goal_tier_part {
    Text tier;
    bool on;
};
struct goal_tier_parts {
    const struct goal_tier_part *at;
    size_t n;
};
struct goal_village_view {
    const struct shell *shell;
    int64_t village;
    Str name, today, key;
    Text tier, next_tier;
    struct goal_tier_parts tiers;
    struct goal_missings missing;
    struct goal_lines lines;
    int64_t n_reached, n_waiting;
    Str say; /* after a refused form */
    int64_t typed_target;
    Str typed_value, typed_day, typed_said;
    bool may_enter, may_set, may_open; /* may_open: holds a post over the village */
    int64_t made, there;               /* after a template */
    bool applied;
};

/* --- /goals/{unit_id}/template */
struct goal_template_line {
    int64_t position;
    Text heading;
    Str indicator, unit, tier_1, tier_2, tier_3, typed;
    bool measured;
};
struct goal_template_lines_view {
    const struct goal_template_line *at;
    size_t n;
};
struct goal_pick {
    Str code, label;
    bool chosen;
};
struct goal_picks {
    const struct goal_pick *at;
    size_t n;
};
struct goal_template_view {
    const struct shell *shell;
    int64_t village;
    Str name, template, due_on, say, key;
    struct goal_picks templates, tiers, requirements;
    struct goal_template_lines_view lines;
};

/* --- /v and /v/{unit_id}: in public, nobody's name beyond post and 姓 */
struct village_holder {
    Text post;
    Str title; /* 钱同志; empty: vacant */
};
struct village_holders {
    const struct village_holder *at;
    size_t n;
};
struct village_view {
    const struct shell *shell;
    int64_t village;
    Str name;
    struct village_holders chain;
    struct goal_village_view goals;
    struct promise_cards promises;
    struct open_photos photos;
};
struct villages_view {
    const struct shell *shell;
    struct goal_rows rows;
};

/* goal_show.c: rows into what is shown. */
Err goal_show_village(Cx *, int64_t village, bool for_staff, struct goal_village_view *) MUST_CHECK;
Err goal_show_rows(Cx *, struct goal_cells *heads, struct goal_rows *) MUST_CHECK;
Str goal_number(Cx *, int64_t hundredths);
/* A value of that target with its unit: "96%", "1,200 米". */
Str goal_value_text(Cx *, const Target *, int64_t value);
Text goal_tier_label(int tier); /* {0}: none */

Err village_get(Cx *, const Req *, Resp *);
Err villages_get(Cx *, const Req *, Resp *);
Err goal_template_get(Cx *, const Req *, Resp *);
Err goal_template_post(Cx *, const Req *, Resp *);
extern const struct route goal_routes[];
extern const struct menu_item goal_menu[];
