/* assess_board.c — 公开榜: a published round as anybody may see it.  Red is shown to all; a first
 * black of a table that keeps it private is shown to the unit and the town's lead alone. */
#include "base/day.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { ROUNDS_SHOWN = 24, MONTHS = 12, RED_RUN = 3, CELLS_MAX = 8000 };

typedef struct sql_assess_results_of_row Result;

struct board {
    struct sql_assess_results_of_rows r;
    struct sql_assess_strip_rows strip;
    const char *month[MONTHS];             /* "2026-06", the oldest first */
    struct assess_kept *kept;              /* where a tie is to be explained; NULL */
    struct sql_assess_results_of_rows old; /* what a correction corrects */
};

static bool told(Cx *cx, Str flag, int64_t in_public, int64_t unit)
{
    return in_public || !str_eq(flag, S("black")) || assess_sees_private(cx, unit);
}

static Str flag_of(Cx *cx, Str flag, int64_t in_public, int64_t unit)
{
    return told(cx, flag, in_public, unit) ? flag : S("none");
}

/* 张同志; whole for staff. */
static Str signer(Cx *cx, OptI64 person)
{
    Str name = person.set ? people_name(cx, person.v) : (Str){0};
    if (cx->me.posts & STAFF_POSTS || !name.len)
        return name;
    return say_s(cx, T("{s}同志"), str_cut(name, 1));
}

static Str month_name(Cx *cx, const char *month)
{
    return say_n(cx, T("{n} 月"), (month[5] - '0') * 10 + (month[6] - '0'));
}

static Str joined(Cx *cx, Str all, Str one)
{
    if (!one.len)
        return all;
    Str comma = all.len ? say(cx, T("、")) : (Str){0};
    return str(arena_printf(&cx->mem, "%.*s%.*s%.*s", (int)all.len, all.len ? all.at : "",
        (int)comma.len, comma.len ? comma.at : "", (int)one.len, one.at));
}

/* ---- twelve months of a unit; the last row of a month stands (a correction comes later) */
static void strip_of(Cx *cx, const struct board *b, int64_t unit, struct flag_line *l)
{
    struct strip_cell *at = NEW_ARRAY(&cx->mem, MONTHS, struct strip_cell);
    int run = 0;
    for (int m = 0; m < MONTHS; m++) {
        at[m].month = (b->month[m][5] - '0') * 10 + (b->month[m][6] - '0');
        for (size_t i = 0; i < b->strip.n; i++)
            if (b->strip.at[i].unit == unit && str_eq(b->strip.at[i].month, str(b->month[m])))
                at[m].flag = flag_of(cx, b->strip.at[i].flag, b->strip.at[i].in_public, unit);
        bool red = str_eq(at[m].flag, S("red")), black = str_eq(at[m].flag, S("black"));
        run = red ? run + 1 : 0;
        if (red || black)
            l->said = joined(cx, l->said,
                say_s(cx, red ? T("{s}红旗") : T("{s}黑旗"), month_name(cx, b->month[m])));
    }
    if (!l->said.len)
        l->said = say(cx, T("12 个月没有红黑旗"));
    if (run >= RED_RUN)
        l->why = joined(cx, l->why, say_n(cx, T("连续 {n} 个月红旗，提名示范点"), run));
    l->strip.at = at;
    l->strip.n = MONTHS;
}

static Str why_of(Cx *cx, const struct board *b, const Result *r)
{
    size_t u = b->kept ? assess_unit_no(b->kept, r->unit) : 0;
    if (!told(cx, r->flag, r->in_public, r->unit))
        return (Str){0};
    return b->kept && u < b->kept->in.n_units ? assess_why(cx, b->kept, u) : (Str){0};
}

/* What was not inspected is a dash of its own width. */
static Str weeks_of(Cx *cx, Str weeks)
{
    const char *all = "";
    for (size_t i = 0; i < weeks.len; i++) {
        bool dash = weeks.at[i] == '-' && (i + 1 == weeks.len || weeks.at[i + 1] == ' ');
        all = dash ? arena_printf(&cx->mem, "%s—", all)
                   : arena_printf(&cx->mem, "%s%c", all, weeks.at[i]);
    }
    return str(all);
}

/* "更正前 75.19 分，黑旗", where a correction changed points or flag. */
static Str changed(Cx *cx, const struct board *b, const Result *now)
{
    for (size_t i = 0; i < b->old.n; i++) {
        const Result *was = &b->old.at[i];
        if (was->unit != now->unit || (was->score == now->score && str_eq(was->flag, now->flag)))
            continue;
        Str flag = flag_of(cx, was->flag, was->in_public, was->unit);
        return say_s(cx,
            str_eq(flag, S("red"))     ? T("更正前 {s} 分，红旗")
            : str_eq(flag, S("black")) ? T("更正前 {s} 分，黑旗")
                                       : T("更正前 {s} 分，没有旗"),
            assess_points(cx, was->score));
    }
    return (Str){0};
}

static struct flag_line line_of(Cx *cx, const struct board *b, const Result *r)
{
    struct flag_line l = {.unit = r->unit,
        .rank = r->place,
        .town_rank = r->town_place,
        .name = r->unit_name,
        .flag = flag_of(cx, r->flag, r->in_public, r->unit),
        .score = assess_points(cx, r->score),
        .k = assess_points(cx, r->k),
        .weeks = weeks_of(cx, r->weeks),
        .why = why_of(cx, b, r)};
    l.why = joined(cx, l.why, changed(cx, b, r));
    strip_of(cx, b, r->unit, &l);
    return l;
}

static void groups_of(
    Cx *cx, const struct board *b, const struct score_table *t, struct flags_view *v)
{
    struct flag_group *groups = NEW_ARRAY(&cx->mem, (size_t)t->n_groups + 1, struct flag_group);
    size_t n = 0;
    for (int g = 0; g < t->n_groups; g++) {
        struct flag_line *lines = NEW_ARRAY(&cx->mem, b->r.n + 1, struct flag_line);
        struct flag_group *to = &groups[n];
        *to = (struct flag_group){.name = t->group[g].name, .lines.at = lines};
        for (size_t i = 0; i < b->r.n; i++) {
            if (!str_eq(b->r.at[i].score_group, t->group[g].code))
                continue;
            struct flag_line l = line_of(cx, b, &b->r.at[i]);
            bool red = str_eq(l.flag, S("red")), black = str_eq(l.flag, S("black"));
            lines[to->lines.n++] = l;
            to->n_red += red, to->n_black += black;
            v->n_red += red, v->n_black += black;
            if (red)
                v->reds = joined(cx, v->reds, l.name);
            if (black)
                v->blacks = joined(cx, v->blacks, l.name);
        }
        to->n = (int64_t)to->lines.n;
        n += to->lines.n > 0;
    }
    v->groups.at = groups;
    v->groups.n = n;
}

static void rules_of(Cx *cx, const struct reckon_rules *r, struct flags_view *v)
{
    v->v2 = r->black_in_a_row;
    v->week_share = assess_percent(cx, r->week_share);
    v->month_share = assess_percent(cx, r->month_share);
    v->red_percent = assess_percent(cx, r->red_percent);
    v->red_min = assess_points(cx, r->red_min);
    v->black_percent = assess_percent(cx, r->black_percent);
    v->black_max = assess_points(cx, r->black_max);
    v->black_any = assess_points(cx, r->black_any);
}

static Err read_round(Cx *cx, const struct sql_assess_rounds_published_row *round, struct board *b)
{
    Str month = round->month;
    bool tie = false;
    for (int m = MONTHS - 1; m >= 0; m--) {
        b->month[m] = arena_printf(&cx->mem, "%.*s", (int)month.len, month.at);
        month = assess_month_before(cx, month);
    }
    TRY(sql_assess_results_of(
        cx, &(struct sql_assess_results_of){.round = round->id, .limit = RECKON_UNITS}, &b->r));
    TRY(sql_assess_strip(cx,
        &(struct sql_assess_strip){.from_month = str(b->month[0]), .limit = CELLS_MAX}, &b->strip));
    if (round->corrects)
        TRY(sql_assess_results_of(cx,
            &(struct sql_assess_results_of){.round = round->corrects, .limit = RECKON_UNITS},
            &b->old));
    for (size_t i = 0; i < b->r.n; i++) /* what went by rank alone needs no words */
        tie |= !str_eq(b->r.at[i].decided, S("rank")) && !str_eq(b->r.at[i].decided, S("none"));
    if (!tie)
        return OK;
    b->kept = NEW(&cx->mem, struct assess_kept);
    return assess_kept(cx, round->id, 0, b->kept);
}

static void history(
    Cx *cx, const struct sql_assess_rounds_published_rows *all, struct flags_view *v)
{
    struct assess_pick *at = NEW_ARRAY(&cx->mem, all->n + 1, struct assess_pick);
    for (size_t i = 0; i < all->n; i++)
        at[i] =
            (struct assess_pick){.value = str(arena_printf(&cx->mem, "%" PRId64, all->at[i].id)),
                .label = all->at[i].corrects
                             ? say_s(cx, T("{s} 更正"), assess_month_text(cx, all->at[i].month))
                             : assess_month_text(cx, all->at[i].month),
                .chosen = all->at[i].id == v->round};
    v->months.at = at;
    v->months.n = all->n;
}

Err assess_board(Cx *cx, int64_t round, struct flags_view *v)
{
    struct sql_assess_rounds_published_rows all;
    struct assess_table t;
    struct board b = {.kept = NULL};
    size_t at = 0;
    v->staff = cx->me.posts & STAFF_POSTS;
    TRY(sql_assess_rounds_published(
        cx, &(struct sql_assess_rounds_published){.limit = ROUNDS_SHOWN}, &all));
    while (round && at < all.n && all.at[at].id != round)
        at++;
    if (at == all.n) {
        v->none = true;
        return round ? ERR_NOT_FOUND : OK;
    }
    v->round = all.at[at].id;
    v->month = assess_month_text(cx, all.at[at].month);
    v->published_at = all.at[at].published_at.v;
    v->corrects = all.at[at].corrects != 0;
    v->reason = all.at[at].reason.v;
    v->first_by = signer(cx, all.at[at].first_by);
    v->second_by = signer(cx, all.at[at].second_by);
    TRY(assess_table_get(cx, all.at[at].score_table, &t));
    v->table = t.t.code, v->version = t.t.version;
    TRY(read_round(cx, &all.at[at], &b));
    v->n_units = (int64_t)b.r.n;
    v->hash = b.r.n ? b.r.at[0].input_hash : (Str){0};
    rules_of(cx, &t.t.rules, v);
    groups_of(cx, &b, &t.t, v);
    history(cx, &all, v);
    return OK;
}
