/* problem_measure.c — 测算 of what a village answered for. */
#include "rooms/problem/problem_measure.h"

#include "base/day.h"
#include "base/html.h"
#include "gen/sql_problem.h"
#include "rooms/category/category.h"
#include "rooms/town/town.h"

enum { ROWS_MAX = 10000, LATE_DAYS = 5 };

/* From the earliest begin to the latest end. */
static struct span whole_of(const struct span *at, size_t n)
{
    struct span all = at[0];
    for (size_t i = 1; i < n; i++) {
        all.from = at[i].from < all.from ? at[i].from : all.from;
        all.until = at[i].until > all.until ? at[i].until : all.until;
    }
    return all;
}

static void note(Cx *cx, Out *ids, int64_t id)
{
    ids->mem = &cx->mem;
    if (ids->len)
        out_raw(ids, ",", 1);
    html_i(ids, id);
}

/* One case more in every span that `at` lies in. */
static void note_in(Cx *cx, const struct span *span, size_t n, int64_t at, int64_t id, bool good,
    Out *ids, struct problem_measured *m)
{
    for (size_t i = 0; i < n; i++) {
        if (at < span[i].from || at >= span[i].until)
            continue;
        note(cx, &ids[i], id);
        m[i] = (struct problem_measured){
            m[i].num + good, m[i].den + 1, {ids[i].at, ids[i].len}
        };
    }
}

static bool is(Str state, const char *code)
{
    return str_eq(state, str(code));
}

/* Merged, transferred and voided ones, those fixed on the spot, and suspended ones (whose due time
 * is put off until their review) are nobody's case. */
static bool is_due_case(const struct sql_problem_measure_due_row *r)
{
    return !r->fixed && !is(r->state, "merged") && !is(r->state, "transferred")
           && !is(r->state, "voided") && !is(r->state, "withdrawn") && !is(r->state, "suspended");
}

Err problem_measure_on_time(
    Cx *cx, int64_t village, const struct span *span, size_t n, struct problem_measured *m)
{
    struct sql_problem_measure_due_rows r;
    struct span all = whole_of(span, n);
    Out *ids = NEW_ARRAY(&cx->mem, n, Out);
    memset(m, 0, n * sizeof *m);
    TRY(sql_problem_measure_due(
        cx, &(struct sql_problem_measure_due){village, all.from, all.until, ROWS_MAX}, &r));
    for (size_t i = 0; i < r.n; i++) {
        if (!is_due_case(&r.at[i]))
            continue;
        bool ended = is(r.at[i].state, "closed") || is(r.at[i].state, "handled");
        bool good = ended && r.at[i].handled_at.set && r.at[i].handled_at.v <= r.at[i].due_at.v;
        note_in(cx, span, n, r.at[i].due_at.v, r.at[i].id, good, ids, m);
    }
    return OK;
}

/* What a closed problem counts for. */
typedef bool CaseFn(const struct sql_problem_measure_closed_row *, bool *good);

static bool evaluated(const struct sql_problem_measure_closed_row *r, bool *good)
{
    *good = !str_eq(r->evaluation.v, S("bad"));
    return r->evaluation.set;
}

static bool any(const struct sql_problem_measure_closed_row *r, bool *good)
{
    *good = r->rework == 0;
    return true;
}

static Err of_closed(Cx *cx, int64_t village, const struct span *span, size_t n, CaseFn *is_case,
    struct problem_measured *m)
{
    struct sql_problem_measure_closed_rows r;
    struct span all = whole_of(span, n);
    Out *ids = NEW_ARRAY(&cx->mem, n, Out);
    memset(m, 0, n * sizeof *m);
    TRY(sql_problem_measure_closed(
        cx, &(struct sql_problem_measure_closed){village, all.from, all.until, ROWS_MAX}, &r));
    for (size_t i = 0; i < r.n; i++) {
        bool good;
        if (is_case(&r.at[i], &good))
            note_in(cx, span, n, r.at[i].closed_at.v, r.at[i].id, good, ids, m);
    }
    return OK;
}

Err problem_measure_pleased(
    Cx *cx, int64_t village, const struct span *span, size_t n, struct problem_measured *m)
{
    return of_closed(cx, village, span, n, evaluated, m);
}

Err problem_measure_once(
    Cx *cx, int64_t village, const struct span *span, size_t n, struct problem_measured *m)
{
    return of_closed(cx, village, span, n, any, m);
}

Err problem_measure_open_late(Cx *cx, int64_t village, int64_t at, bool *late)
{
    static const char *const open[] = {"dispatched", "handling", "filed"};
    struct sql_problem_measure_due_rows r;
    const struct calendar *cal;
    TRY(town_calendar(cx, &cal));
    TRY(sql_problem_measure_due(
        cx, &(struct sql_problem_measure_due){village, 0, at, ROWS_MAX}, &r));
    *late = false;
    for (size_t i = 0; i < r.n && !*late; i++)
        for (size_t k = 0; k < sizeof open / sizeof *open; k++)
            *late |= is(r.at[i].state, open[k])
                     && work_days_after(cal, r.at[i].due_at.v, LATE_DAYS) <= at;
    return OK;
}

Err problem_measure_hopeful(Cx *cx, int64_t village, int64_t until, struct problem_hopefuls *to)
{
    enum { HOPEFUL_MAX = 50 };
    struct sql_problem_measure_hopeful_rows r;
    TRY(sql_problem_measure_hopeful(cx,
        &(struct sql_problem_measure_hopeful){
            .village = village, .until_at = until, .limit = HOPEFUL_MAX},
        &r));
    struct problem_hopeful *at = NEW_ARRAY(&cx->mem, r.n + 1, struct problem_hopeful);
    for (size_t i = 0; i < r.n; i++) {
        struct place p;
        at[i] = (struct problem_hopeful){.id = r.at[i].id,
            .due_at = r.at[i].due_at.v,
            .title = category_code_shown(cx, r.at[i].category),
            .where = r.at[i].place_text.v};
        if (!at[i].where.len && r.at[i].place.set && town_place(cx, r.at[i].place.v, &p) == OK)
            at[i].where = p.name;
    }
    *to = (struct problem_hopefuls){at, r.n};
    return OK;
}

Err problem_measure_open(Cx *cx, int64_t village, Str category, struct problem_measured *m)
{
    struct sql_problem_measure_open_rows r;
    Out ids = {0};
    TRY(sql_problem_measure_open(
        cx, &(struct sql_problem_measure_open){village, category, ROWS_MAX}, &r));
    for (size_t i = 0; i < r.n; i++)
        note(cx, &ids, r.at[i].id);
    *m = (struct problem_measured){
        .num = (int64_t)r.n, .den = (int64_t)r.n, .rows = {ids.at, ids.len}
    };
    return OK;
}

Err problem_measure_removed(
    Cx *cx, int64_t village, Str category, int64_t from, int64_t until, struct problem_measured *m)
{
    struct sql_problem_measure_removed_rows r;
    Out ids = {0};
    TRY(sql_problem_measure_removed(
        cx, &(struct sql_problem_measure_removed){village, category, from, until, ROWS_MAX}, &r));
    for (size_t i = 0; i < r.n; i++)
        note(cx, &ids, r.at[i].id);
    *m = (struct problem_measured){
        .num = (int64_t)r.n, .den = (int64_t)r.n, .rows = {ids.at, ids.len}
    };
    return OK;
}
