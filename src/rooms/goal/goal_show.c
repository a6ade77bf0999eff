/* goal_show.c — rows of targets and readings into what their pages show. */
#include "base/fields.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/goal/goal_measure.h"
#include "rooms/goal/goal_pages.h"
#include "rooms/people/people.h"
#include "rooms/problem/problem.h"
#include "rooms/town/town.h"

#include <inttypes.h>
#include <stdlib.h>

enum { ENTRIES_SHOWN = 12, ROWS_SHOWN = 40 };

/* 95.10 is said as 95.1, 1200.00 as 1,200. */
Str goal_number(Cx *cx, int64_t hundredths)
{
    static const struct field number = {.type = FIELD_DECIMAL, .keeps = KEEPS_I64, .scale = 2};
    Str s = field_text(cx, &number, (struct value){.set = true, .i = hundredths}, SHOW_PAGE);
    if (!memchr(s.at, '.', s.len))
        return s;
    while (s.len && s.at[s.len - 1] == '0')
        s.len--;
    s.len -= s.len && s.at[s.len - 1] == '.';
    return s;
}

Text goal_tier_label(int tier)
{
    return tier ? goal_tiers[tier - 1].label : (Text){0};
}

static Text heading_label(Str code)
{
    for (const struct option *o = goal_headings; o->code; o++)
        if (str_eq(code, str(o->code)))
            return o->label;
    return T("其他");
}

Str goal_value_text(Cx *cx, const Target *t, int64_t value)
{
    Str n = goal_number(cx, value);
    bool close = str_eq(t->unit_of_measure, S("%"));
    return str(arena_printf(&cx->mem, "%.*s%s%.*s", (int)n.len, n.at, close ? "" : " ",
        (int)t->unit_of_measure.len, t->unit_of_measure.at));
}

static Str mark_text(Cx *cx, const Target *t, int64_t mark)
{
    Str n = goal_value_text(cx, t, mark);
    const char *sign = str_eq(t->direction, S("down")) ? "≤" : "≥";
    return str(arena_printf(&cx->mem, "%s %.*s", sign, (int)n.len, n.at));
}

/* --- one indicator */

static Err entries_of(Cx *cx, const Target *t, const struct goal_rights *may, struct goal_line *l)
{
    struct sql_target_progress_of_rows r;
    TRY(sql_target_progress_of(
        cx, &(struct sql_target_progress_of){.target = t->id, .limit = ENTRIES_SHOWN}, &r));
    struct goal_entry *at = NEW_ARRAY(&cx->mem, r.n + 1, struct goal_entry);
    for (size_t i = 0; i < r.n; i++) {
        const struct sql_target_progress_of_row *p = &r.at[i];
        struct attachments photos;
        at[i] = (struct goal_entry){.id = p->id,
            .day = p->day,
            .value = goal_value_text(cx, t, p->value),
            .said = p->said.set ? p->said.v : (Str){0},
            .by = p->by ? people_name(cx, p->by) : say(cx, T("由台账得出")),
            .seen_by = p->verified_by.set ? people_name(cx, p->verified_by.v) : (Str){0},
            .may_verify = may->verifies && !p->verified_by.set && p->by != cx->me.person};
        TRY(attachment_of(cx, p->id, &photos));
        struct photo *ph = NEW_ARRAY(&cx->mem, photos.n + 1, struct photo);
        for (size_t k = 0; k < photos.n; k++)
            ph[k] = (struct photo){photos.at[k].hash, photos.at[k].id};
        at[i].photos.at = ph;
        at[i].photos.n = photos.n;
    }
    l->entries = (struct goal_entries){at, r.n};
    return OK;
}

/* What a ledger's number rests on: its problems, or the published round. */
static void rows_of(Cx *cx, const Target *t, const struct goal_measured *m, struct goal_line *l)
{
    struct goal_link *at = NEW_ARRAY(&cx->mem, ROWS_SHOWN + 1, struct goal_link);
    size_t n = 0;
    if (m->round)
        at[n++] = (struct goal_link){m->note,
            str(arena_printf(&cx->mem, "/assess/%" PRId64 "/%" PRId64, m->round, t->village))};
    for (size_t i = 0, end; i < m->rows.len; i = end + 1) {
        for (end = i; end < m->rows.len && m->rows.at[end] != ',';)
            end++;
        if (n == ROWS_SHOWN) {
            l->n_rows_more++;
            continue;
        }
        Str id = {m->rows.at + i, end - i};
        bool seen = problem_seen(cx, strtoll(id.at, NULL, 10)) == OK; /* else a number, no link */
        at[n++] = (struct goal_link){
            id, seen ? str(arena_printf(&cx->mem, "/problems/%.*s", (int)id.len, id.at)) : S("")};
    }
    l->rows = (struct goal_links){at, n};
}

static struct goal_steps steps_of(Cx *cx, const Target *t)
{
    struct goal_step *at = NEW_ARRAY(&cx->mem, TIERS, struct goal_step);
    int has = target_tier(t, t->verified);
    size_t n = 0;
    for (int k = 1; k <= TIERS; k++) {
        OptI64 mark = target_mark(t, k);
        if (mark.set)
            at[n++] = (struct goal_step){goal_tier_label(k), mark_text(cx, t, mark.v), k <= has};
    }
    return (struct goal_steps){at, n};
}

static void next_of(Cx *cx, const Target *t, struct goal_line *l)
{
    for (int k = target_tier(t, t->verified) + 1; k <= TIERS; k++) {
        OptI64 mark = target_mark(t, k);
        if (!mark.set)
            continue;
        l->next_tier = goal_tier_label(k);
        l->next = mark_text(cx, t, mark.v);
        return;
    }
}

static Err line_of(
    Cx *cx, const Target *t, const struct goal_rights *may, bool for_staff, struct goal_line *l)
{
    const struct goal_measure *how = t->measure.set ? goal_measure_named(t->measure.v) : NULL;
    Str today = town_today(cx);
    *l = (struct goal_line){.id = t->id,
        .heading = heading_label(t->heading),
        .indicator = t->indicator,
        .unit = t->unit_of_measure,
        .baseline = goal_value_text(cx, t, t->baseline),
        .goal = mark_text(cx, t, t->goal),
        .current = t->current.set ? goal_value_text(cx, t, t->current.v) : (Str){0},
        .current_on = t->current_on.set ? t->current_on.v : (Str){0},
        .verified = t->verified.set ? goal_value_text(cx, t, t->verified.v) : (Str){0},
        .due_on = t->due_on,
        .measured = how != NULL,
        .reached = target_reached(t),
        .waiting = goal_waits(t),
        .steps = steps_of(cx, t)};
    l->late = !l->reached && memcmp(t->due_on.at, today.at, 10) < 0;
    next_of(cx, t, l);
    if (t->requirement.set)
        l->paper_no = requirement_names.name(cx, t->requirement.v);
    if (how) {
        struct goal_measured m;
        l->definition = how->definition;
        TRY(goal_measure(cx, t, &m));
        l->nothing_yet = !m.has;
        if (m.has) {
            l->current = goal_value_text(cx, t, m.value);
            l->current_on = today;
        }
        rows_of(cx, t, &m, l);
    }
    return for_staff ? entries_of(cx, t, may, l) : OK;
}

/* --- a village */

static void tiers_of(Cx *cx, const struct goal_village *g, struct goal_village_view *v)
{
    struct goal_tier_part *at = NEW_ARRAY(&cx->mem, TIERS, struct goal_tier_part);
    struct goal_missing *no = NEW_ARRAY(&cx->mem, g->n + 1, struct goal_missing);
    int next = g->tier + 1;
    size_t n = 0;
    for (int k = 1; k <= TIERS; k++)
        at[k - 1] = (struct goal_tier_part){goal_tier_label(k), k <= g->tier};
    v->tiers = (struct goal_tier_parts){at, TIERS};
    v->tier = goal_tier_label(g->tier);
    for (size_t i = 0; next <= TIERS && i < g->n; i++) {
        const Target *t = &g->at[i];
        OptI64 mark = target_mark(t, next);
        if (!mark.set || (t->verified.set && target_past(t, t->verified.v, mark.v)))
            continue;
        no[n++] = (struct goal_missing){t->indicator, mark_text(cx, t, mark.v),
            t->verified.set ? goal_value_text(cx, t, t->verified.v) : (Str){0}};
    }
    v->missing = (struct goal_missings){no, n};
    v->next_tier = n ? goal_tier_label(next) : (Text){0};
}

Err goal_show_village(Cx *cx, int64_t village, bool for_staff, struct goal_village_view *v)
{
    struct goal_rights may = {0};
    struct goal_village g;
    uint32_t over = 0;
    TRY(goal_village(cx, village, &g));
    if (for_staff)
        TRY(goal_rights(cx, village, &may));
    v->village = village;
    v->name = town_unit_name(cx, village);
    v->today = town_today(cx);
    v->n_reached = (int64_t)g.n_reached;
    v->n_waiting = (int64_t)g.n_waiting;
    v->may_enter = may.enters;
    v->may_set = may.sets;
    if (for_staff)
        TRY(duty_posts_over(cx, village, &over));
    v->may_open = over != 0;
    tiers_of(cx, &g, v);
    struct goal_line *at = NEW_ARRAY(&cx->mem, g.n + 1, struct goal_line);
    for (size_t i = 0; i < g.n; i++)
        TRY(line_of(cx, &g.at[i], &may, for_staff, &at[i]));
    v->lines = (struct goal_lines){at, g.n};
    return OK;
}

/* --- the comparison: a village's tier in one heading is the lowest of its indicators there */

static struct goal_cell cell_of(const struct goal_village *g, const struct option *heading)
{
    struct goal_cell c = {.heading = heading->label};
    int low = TIERS;
    for (size_t i = 0; i < g->n; i++) {
        const Target *t = &g->at[i];
        if (!str_eq(t->heading, str(heading->code)))
            continue;
        int has = target_tier(t, t->verified);
        c.has = true;
        low = has < low ? has : low;
    }
    c.tier = c.has ? goal_tier_label(low) : (Text){0};
    return c;
}

static bool used(const struct goal_village *all, size_t n, const struct option *heading)
{
    for (size_t i = 0; i < n; i++)
        if (cell_of(&all[i], heading).has)
            return true;
    return false;
}

Err goal_show_rows(Cx *cx, struct goal_cells *heads, struct goal_rows *to)
{
    struct units villages;
    const struct option *shown[16];
    size_t n = 0;
    TRY(town_villages(cx, &villages));
    struct goal_village *all = NEW_ARRAY(&cx->mem, villages.n + 1, struct goal_village);
    for (size_t i = 0; i < villages.n; i++)
        TRY(goal_village(cx, villages.at[i].code, &all[i]));
    for (const struct option *h = goal_headings; h->code && n < 16; h++)
        if (used(all, villages.n, h))
            shown[n++] = h;
    struct goal_cell *head = NEW_ARRAY(&cx->mem, n + 1, struct goal_cell);
    for (size_t k = 0; k < n; k++)
        head[k] = (struct goal_cell){.heading = shown[k]->label, .has = true};
    *heads = (struct goal_cells){head, n};
    struct goal_row *at = NEW_ARRAY(&cx->mem, villages.n + 1, struct goal_row);
    for (size_t i = 0; i < villages.n; i++) {
        struct goal_cell *cells = NEW_ARRAY(&cx->mem, n + 1, struct goal_cell);
        for (size_t k = 0; k < n; k++)
            cells[k] = cell_of(&all[i], shown[k]);
        at[i] = (struct goal_row){
            .village = villages.at[i].code,
            .name = villages.at[i].name,
            .n = (int64_t)all[i].n,
            .n_reached = (int64_t)all[i].n_reached,
            .n_waiting = (int64_t)all[i].n_waiting,
            .n_late = (int64_t)all[i].n_late,
            .tier = goal_tier_label(all[i].tier),
            .cells = {cells, n}
        };
    }
    *to = (struct goal_rows){at, villages.n};
    return OK;
}
