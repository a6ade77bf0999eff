/* assess_plan.c — 检查安排: the drawn sheets of a round, and what of them is still to do. */
#include "base/day.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_correct.h"
#include "rooms/assess/assess_draw.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"
#include "store/log.h"

/* Posts over the unit or something in it make it one's own; posts over the town do not. */
static Err mark_own(Cx *cx, struct draw_in *in, bool *own, size_t u)
{
    struct holders h;
    TRY(duty_holders(cx, in->unit[u], STAFF_POSTS, &h));
    for (size_t i = 0; i < h.n; i++)
        for (size_t p = 0; p < in->n_inspectors; p++)
            if (h.at[i].person == in->inspector[p] && town_village_of(h.at[i].unit) == in->unit[u])
                own[p * in->n_units + u] = true;
    return OK;
}

static Err inspectors(Cx *cx, struct draw_in *in)
{
    struct holders h;
    TRY(duty_all_holders(cx, HAS(POST_INSPECTOR) | HAS(POST_LEAD) | HAS(POST_DEPT), &h));
    int64_t *at = NEW_ARRAY(&cx->mem, h.n + 1, int64_t);
    for (size_t i = 0; i < h.n; i++) {
        size_t k = 0;
        while (k < in->n_inspectors && at[k] != h.at[i].person)
            k++;
        if (k == in->n_inspectors)
            at[in->n_inspectors++] = h.at[i].person;
    }
    in->inspector = at;
    return OK;
}

static Err judged_units(Cx *cx, const struct score_table *t, struct draw_in *in)
{
    struct units v;
    TRY(town_villages(cx, &v));
    int64_t *at = NEW_ARRAY(&cx->mem, v.n + 1, int64_t);
    for (size_t i = 0; i < v.n; i++)
        if (score_table_group(t, v.at[i].score_group) >= 0 && !v.at[i].succeeded_by)
            at[in->n_units++] = v.at[i].code;
    in->unit = at;
    return OK;
}

/* Wednesday of the week; the month-end inspection on the month's last working day. */
static Err planned_day(Cx *cx, const struct assess_week *week, int64_t last, Str *to)
{
    const struct calendar *cal;
    int64_t day = last;
    TRY(town_calendar(cx, &cal));
    if (week && day_parse(week->from_on, &day))
        day += 2;
    while (!week && !day_works(cal, day))
        day--;
    *to = day_text(cx, day);
    return OK;
}

static Err store_draw(Cx *cx, const struct assess_round *r, const struct draw_in *in,
    const struct assess_week *weeks, int64_t last)
{
    struct drawn *d;
    size_t n;
    assess_draw(cx, in, &d, &n);
    for (size_t i = 0; i < n; i++) {
        Str on;
        bool month_end = d[i].week == in->n_weeks - 1;
        if (d[i].inspector == in->n_inspectors)
            continue; /* nobody may: the office sees it as missing and names one */
        TRY(planned_day(cx, month_end ? NULL : &weeks[d[i].week], last, &on));
        TRY(sql_assess_inspect_sheet_add(
            cx, &(struct sql_assess_inspect_sheet_add){.id = new_id(cx),
                    .round = r->id,
                    .week = in->week[d[i].week],
                    .unit = in->unit[d[i].unit],
                    .inspector = in->inspector[d[i].inspector],
                    .planned_on = on}));
    }
    return OK;
}

/* Everything a draw depends on. */
struct lots {
    struct draw_in in;
    struct assess_week weeks[RECKON_WEEKS];
    Str code[RECKON_WEEKS + 1];
    int64_t last;
};

static Err lots_of(
    Cx *cx, const struct assess_round *r, const struct score_table *t, struct lots *l)
{
    int64_t first;
    *l = (struct lots){
        .in = {.seed = r->seed, .week = l->code, .sampled = t->drawn}
    };
    if (!assess_month_days(r->month, &first, &l->last))
        return fail(cx, ERR_INVALID, "month", T("月份应写成 2026-06 这样"));
    int n = assess_weeks(cx, r->month, l->weeks);
    for (int w = 0; w < n; w++)
        l->code[w] = l->weeks[w].code;
    l->code[n] = S("K");
    l->in.n_weeks = n + 1;
    TRY(judged_units(cx, t, &l->in));
    TRY(inspectors(cx, &l->in));
    bool *own = NEW_ARRAY(&cx->mem, l->in.n_inspectors * l->in.n_units + 1, bool);
    for (size_t u = 0; u < l->in.n_units; u++)
        TRY(mark_own(cx, &l->in, own, u));
    l->in.own = own;
    return OK;
}

Err assess_plan(Cx *cx, const struct assess_round *r, const struct score_table *t)
{
    struct lots *l = NEW(&cx->mem, struct lots);
    TRY(lots_of(cx, r, t, l));
    return store_draw(cx, r, &l->in, l->weeks, l->last);
}

Err assess_redraw(Cx *cx, const struct assess_round *r, struct assess_redrawn *to)
{
    struct lots *l = NEW(&cx->mem, struct lots);
    struct sql_assess_inspect_sheets_of_rows s;
    struct assess_table t;
    struct drawn *d;
    size_t n;
    TRY(assess_table_get(cx, r->score_table, &t));
    TRY(lots_of(cx, r, &t.t, l));
    TRY(sql_assess_inspect_sheets_of(
        cx, &(struct sql_assess_inspect_sheets_of){.round = r->id, .limit = SHEETS_MAX}, &s));
    assess_draw(cx, &l->in, &d, &n);
    struct assess_lot *at = NEW_ARRAY(&cx->mem, n + 1, struct assess_lot);
    *to = (struct assess_redrawn){.at = at, .n = n};
    for (size_t i = 0; i < n; i++) {
        at[i] = (struct assess_lot){.week = l->code[d[i].week], .unit = l->in.unit[d[i].unit]};
        for (size_t k = 0; k < s.n && !at[i].there; k++)
            at[i].there = s.at[k].unit == at[i].unit && str_eq(s.at[k].week, at[i].week);
        to->n_missing += !at[i].there;
    }
    return OK;
}

/* Every sheet is done or waived; each unit has a week and the month-end inspection. */
Err assess_missing(Cx *cx, const struct assess_round *r, Str *why)
{
    struct sql_assess_inspect_sheets_of_rows s;
    struct assess_input in;
    *why = S("");
    TRY(sql_assess_inspect_sheets_of(
        cx, &(struct sql_assess_inspect_sheets_of){.round = r->id, .limit = SHEETS_MAX}, &s));
    int64_t open = 0;
    for (size_t i = 0; i < s.n; i++)
        open += str_eq(s.at[i].state, S("drawn")) || str_eq(s.at[i].state, S("started"));
    if (open) {
        *why = say_n(cx, T("还有 {n} 张检查表没有交，请先交齐或写明原因免查"), open);
        return OK;
    }
    TRY(assess_collect_sheets(cx, r, &in));
    for (size_t u = 0; u < in.n_units; u++) {
        int n = 0;
        for (int w = 0; w < in.n_weeks; w++)
            n += in.unit[u].week[w].inspected;
        if (n && in.unit[u].month.inspected)
            continue;
        *why = say_s(cx,
            n ? T("{s} 没有月末检查，这一轮不能算分")
              : T("{s} 这个月一次周查也没有，这一轮不能算分"),
            in.unit_name[u]);
        return OK;
    }
    return OK;
}
