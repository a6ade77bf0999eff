/* assess_collect.c — from the rows of a month to a round's input. */
#include "base/day.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_measure.h"
#include "rooms/assess/lines.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { POOL_WEEKS = 4, HISTORY = 12, LOST_MAX = 10000 };

bool assess_month_days(Str month, int64_t *first, int64_t *last)
{
    char text[11];
    if (month.len != 7)
        return false;
    memcpy(text, month.at, 7);
    memcpy(text + 7, "-01", 4);
    if (!day_parse(str(text), first))
        return false;
    int64_t y, m, d;
    day_civil(*first + 31, &y, &m, &d);
    *last = *first + 31 - d;
    return true;
}

Str assess_month_before(Cx *cx, Str month)
{
    int64_t first, last;
    if (!assess_month_days(month, &first, &last))
        return S("");
    Str day = day_text(cx, first - 1);
    return (Str){day.at, 7};
}

int assess_weeks(Cx *cx, Str month, struct assess_week to[RECKON_WEEKS])
{
    int64_t first, last;
    int n = 0;
    if (!assess_month_days(month, &first, &last))
        return 0;
    for (int64_t sunday = first + 7 - day_weekday(first); sunday <= last; sunday += 7) {
        int64_t year, week;
        day_iso_week(sunday, &year, &week);
        to[n++] =
            (struct assess_week){str(arena_printf(&cx->mem, "%" PRId64 "-W%02" PRId64, year, week)),
                day_text(cx, sunday - 6), day_text(cx, sunday)};
    }
    return n;
}

/* ---- what the sheets and deductions say */
static int week_no(const struct assess_input *in, Str code)
{
    for (int w = 0; w < in->n_weeks; w++)
        if (str_eq(in->week[w].code, code))
            return w;
    return str_eq(code, S("K")) ? in->n_weeks : -1;
}

/* Units stand in the order of their codes. */
static size_t unit_no(const struct assess_input *in, int64_t code)
{
    size_t lo = 0, hi = in->n_units;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (in->unit[mid].code < code)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < in->n_units && in->unit[lo].code == code ? lo : in->n_units;
}

static struct sheet *sheet_at(struct assess_input *in, size_t u, int w)
{
    return w == in->n_weeks ? &in->unit[u].month : &in->unit[u].week[w];
}

static Err take_sheets(Cx *cx, int64_t round, struct assess_input *in)
{
    struct sql_assess_inspect_sheets_of_rows r;
    TRY(sql_assess_inspect_sheets_of(
        cx, &(struct sql_assess_inspect_sheets_of){.round = round, .limit = SHEETS_MAX}, &r));
    for (size_t i = 0; i < r.n; i++) {
        int w = week_no(in, r.at[i].week);
        size_t u = unit_no(in, r.at[i].unit);
        if (w >= 0 && u < in->n_units && str_eq(r.at[i].state, S("done")))
            sheet_at(in, u, w)->inspected = true;
    }
    return OK;
}

static void note_row(Cx *cx, struct assess_input *in, size_t u, int w, size_t i, int64_t id)
{
    Str *rows = &ASSESS_ROWS(in, u, w, i);
    *rows = str(arena_printf(
        &cx->mem, "%.*s%s%" PRId64, (int)rows->len, rows->at, rows->len ? "," : "", id));
}

static size_t item_no(const struct assess_input *in, Str code)
{
    size_t i = 0;
    while (i < in->n_items && !str_eq(in->item[i].code, code))
        i++;
    return i;
}

static Err take_deducts(Cx *cx, int64_t round, struct assess_input *in, size_t u)
{
    struct sql_assess_inspect_lost_rows r;
    TRY(sql_assess_inspect_lost(cx,
        &(struct sql_assess_inspect_lost){
            .round = round, .unit = in->unit[u].code, .limit = LOST_MAX},
        &r));
    if (r.n == LOST_MAX)
        return fail_log(cx, ERR_INTERNAL, "round: a unit lost more than %d points", LOST_MAX);
    for (size_t k = 0; k < r.n; k++) {
        int w = week_no(in, r.at[k].week);
        size_t i = item_no(in, r.at[k].item);
        if (w < 0 || i == in->n_items)
            continue;
        sheet_at(in, u, w)->found[i].n += r.at[k].n_left.set ? r.at[k].n_left.v : r.at[k].n;
        note_row(cx, in, u, w, i, r.at[k].id);
    }
    return OK;
}

/* ---- bonus, penalty, veto: confirmed facts in the week they happened */
static void take_veto(struct assess_input *in, size_t u, int w, Str item, Str zero)
{
    struct reckon_unit *unit = &in->unit[u];
    unit->bar_red = true;
    if (!str_eq(item, S("V3")))
        return;
    unit->falsified = true;
    for (size_t i = 0; i < in->n_items && in->rules.extras_on_month; i++)
        for (Str rest = zero; rest.len;) {
            size_t k = 0;
            while (k < rest.len && rest.at[k] != ' ')
                k++;
            if (str_eq(in->item[i].code, (Str){rest.at, k}))
                sheet_at(in, u, w)->found[i].zero = unit->month.found[i].zero = true;
            rest.at += k + (k < rest.len);
            rest.len -= k + (k < rest.len);
        }
}

static Err take_marks(Cx *cx, struct assess_input *in)
{
    struct sql_assess_marks_rows r;
    if (!in->n_weeks)
        return OK;
    TRY(sql_assess_marks(cx,
        &(struct sql_assess_marks){.from_day = in->week[0].from_on,
            .to_day = in->week[in->n_weeks - 1].to_on,
            .limit = MARKS_MAX},
        &r));
    for (size_t k = 0; k < r.n; k++) {
        size_t u = unit_no(in, r.at[k].unit), i = item_no(in, r.at[k].item);
        int w = 0;
        int64_t day, to;
        if (!r.at[k].confirmed_by.set || r.at[k].void_reason.set || u == in->n_units
            || !day_parse(r.at[k].day, &day))
            continue;
        while (w < in->n_weeks - 1 && day_parse(in->week[w].to_on, &to) && day > to)
            w++;
        if (str_eq(r.at[k].item, S("V2")) || str_eq(r.at[k].item, S("V3")))
            take_veto(in, u, w, r.at[k].item, r.at[k].zero_items.v);
        else if (i < in->n_items) {
            sheet_at(in, u, w)->found[i].n++;
            note_row(cx, in, u, w, i, r.at[k].id);
        }
    }
    return OK;
}

/* ---- automatic items: a week by itself (v1) or the last four pooled (v2); K the whole month */
static void spans_of(const struct assess_input *in, int64_t first, int64_t last, struct span *to)
{
    for (int w = 0; w < in->n_weeks; w++) {
        int64_t sunday = 0;
        (void)day_parse(in->week[w].to_on, &sunday);
        to[w] = (struct span){day_start(sunday + 1 - 7 * (in->rules.min_den ? POOL_WEEKS : 1)),
            day_start(sunday + 1)};
    }
    to[in->n_weeks] = (struct span){day_start(first), day_start(last + 1)};
}

/* An item whose ledger is not kept says so in the frozen text. */
static void without_ledger(const struct score_table *t, struct assess_input *in)
{
    for (size_t i = 0; i < in->n_items; i++) {
        const struct assess_measure *how = assess_measure_named(t->item[i].source);
        if (t->item[i].is.kind != ITEM_AUTO || !how || how->count)
            continue;
        for (size_t u = 0; u < in->n_units; u++)
            for (int w = 0; w <= in->n_weeks; w++)
                ASSESS_ROWS(in, u, w, i) = S("-");
    }
}

/* Each measure is asked once a unit, for all weeks and the month, whatever items take it. */
static Err take_measure(Cx *cx, const struct score_table *t, const struct assess_measure *how,
    const struct span *span, struct assess_input *in)
{
    struct assess_measured m[RECKON_WEEKS + 1];
    size_t n = (size_t)in->n_weeks + 1;
    for (size_t u = 0; u < in->n_units; u++) {
        struct reckon_unit *unit = &in->unit[u];
        TRY(assess_measure_count(cx, how, unit->code, span, n, m));
        for (size_t i = 0; i < in->n_items; i++) {
            if (t->item[i].is.kind != ITEM_AUTO || !str_eq(t->item[i].source, str(how->code)))
                continue;
            for (int w = 0; w <= in->n_weeks; w++) {
                struct finding *f = &sheet_at(in, u, w)->found[i];
                f->num = m[w].num, f->den = m[w].den;
                ASSESS_ROWS(in, u, w, i) = m[w].rows;
            }
        }
        /* for ties: the month's */
        if (!strcmp(how->code, "on_time"))
            unit->on_time_num = m[n - 1].num, unit->on_time_den = m[n - 1].den;
        if (!strcmp(how->code, "pleased"))
            unit->pleased_num = m[n - 1].num, unit->pleased_den = m[n - 1].den;
    }
    return OK;
}

static bool is_taken(const struct score_table *t, const struct assess_measure *how)
{
    bool taken = !strcmp(how->code, "on_time") || !strcmp(how->code, "pleased");
    for (size_t i = 0; i < t->n_items && !taken; i++)
        taken = t->item[i].is.kind == ITEM_AUTO && str_eq(t->item[i].source, str(how->code));
    return taken;
}

static Err take_measures(Cx *cx, const struct score_table *t, Str month, struct assess_input *in)
{
    int64_t first, last;
    struct span span[RECKON_WEEKS + 1];
    if (!assess_month_days(month, &first, &last))
        return fail_log(cx, ERR_INTERNAL, "round: month %.*s", (int)month.len, month.at);
    for (size_t i = 0; i < t->n_items; i++)
        if (t->item[i].is.kind == ITEM_AUTO && !assess_measure_named(t->item[i].source))
            return fail_log(cx, ERR_INTERNAL, "score table: no measure %.*s",
                (int)t->item[i].source.len, t->item[i].source.at);
    without_ledger(t, in);
    spans_of(in, first, last, span);
    for (const struct assess_measure *how = assess_measures; how->code; how++)
        if (how->count && is_taken(t, how))
            TRY(take_measure(cx, t, how, span, in));
    return OK;
}

/* What the flag's conditions need of the month, and of the months before. */
static Err take_unit(Cx *cx, Str month, struct reckon_unit *u)
{
    int64_t first, last;
    struct sql_assess_history_rows h;
    if (!assess_month_days(month, &first, &last))
        return OK;
    TRY(assess_open_late(cx, u->code, day_start(last + 1), &u->open_late));
    TRY(sql_assess_history(
        cx, &(struct sql_assess_history){.unit = u->code, .limit = HISTORY}, &h));
    Str want = assess_month_before(cx, month);
    u->before = -1;
    for (size_t i = 0; i < h.n && str_eq(h.at[i].month, want); i++) {
        if (!i)
            u->before = h.at[i].score;
        if (!str_eq(h.at[i].flag, S("black")))
            break;
        u->n_black_before++;
        want = assess_month_before(cx, want);
    }
    return OK;
}

/* only: a unit's code; 0: all of them. */
static Err take_units(Cx *cx, const struct score_table *t, int64_t only, struct assess_input *in)
{
    struct units villages;
    TRY(town_villages(cx, &villages));
    in->n_units = villages.n;
    in->n_items = t->n_items;
    in->n_groups = t->n_groups;
    if (villages.n > RECKON_UNITS)
        return fail_log(cx, ERR_INTERNAL, "round: %zu units are too many", villages.n);
    assess_input_room(cx, in);
    size_t n = 0;
    for (size_t i = 0; i < villages.n; i++) {
        int g = score_table_group(t, villages.at[i].score_group);
        if (g < 0 || villages.at[i].succeeded_by)
            continue; /* a unit of no group is not judged */
        if (only && villages.at[i].code != only)
            continue;
        in->unit[n] = (struct reckon_unit){.code = villages.at[i].code, .group = g};
        in->unit_name[n++] = villages.at[i].name;
    }
    in->n_units = n;
    return OK;
}

static Str calendar_sum(Cx *cx)
{
    const struct calendar *cal;
    Out o = {.mem = &cx->mem};
    if (town_calendar(cx, &cal) != OK)
        return S("");
    for (size_t i = 0; i < cal->n; i++) {
        line_begin(&o, "day");
        line_n(&o, cal->at[i].day), line_n(&o, cal->at[i].kind), line_end(&o);
    }
    return assess_hash(cx, (Str){o.at, o.len});
}

/* The round with its units and which of their sheets are in, nothing found yet. */
static Err collect_sheets(Cx *cx, const struct assess_round *r, const struct assess_table *t,
    int64_t only, struct assess_input *in)
{
    struct assess_week weeks[RECKON_WEEKS];
    *in = (struct assess_input){.table = t->t.code,
        .version = t->t.version,
        .table_hash = t->hash,
        .month = r->month,
        .no = r->frozen_no + 1,
        .program = S(HEQING_VERSION),
        .calendar_hash = calendar_sum(cx),
        .rules = t->t.rules,
        .n_weeks = assess_weeks(cx, r->month, weeks)};
    TRY(take_units(cx, &t->t, only, in));
    memcpy(in->week, weeks, (size_t)in->n_weeks * sizeof *weeks);
    for (int g = 0; g < in->n_groups; g++)
        in->group[g] = (struct assess_label){t->t.group[g].code, t->t.group[g].name};
    for (size_t i = 0; i < in->n_items; i++) {
        in->item[i] = t->t.item[i].is;
        in->item_name[i] = t->t.item[i].name;
    }
    return take_sheets(cx, r->id, in);
}

static Err collect(Cx *cx, const struct assess_round *r, const struct assess_table *t, int64_t only,
    struct assess_input *in)
{
    TRY(collect_sheets(cx, r, t, only, in));
    TRY(take_measures(cx, &t->t, r->month, in));
    TRY(take_marks(cx, in));
    for (size_t u = 0; u < in->n_units; u++) {
        TRY(take_deducts(cx, r->id, in, u));
        TRY(take_unit(cx, r->month, &in->unit[u]));
    }
    return OK;
}

Err assess_collect_by(
    Cx *cx, const struct assess_round *r, const struct assess_table *t, struct assess_input *in)
{
    return collect(cx, r, t, 0, in);
}

Err assess_collect(Cx *cx, const struct assess_round *r, struct assess_input *in)
{
    struct assess_table t;
    TRY(assess_table_get(cx, r->score_table, &t));
    return collect(cx, r, &t, 0, in);
}

Err assess_collect_sheets(Cx *cx, const struct assess_round *r, struct assess_input *in)
{
    struct assess_table t;
    TRY(assess_table_get(cx, r->score_table, &t));
    return collect_sheets(cx, r, &t, 0, in);
}

Err assess_collect_unit(Cx *cx, const struct assess_round *r, int64_t unit, struct assess_input *in)
{
    struct assess_table t;
    TRY(assess_table_get(cx, r->score_table, &t));
    return collect(cx, r, &t, unit, in);
}
