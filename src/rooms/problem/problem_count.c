/* problem_count.c — 办理指标: rates with numerator and denominator (domain §2, Rates). */
#include "rooms/problem/problem_count.h"

#include "rooms/problem/problem_card.h"

enum { FACTS_PAGE = 1000, FACTS_MAX = 100000 };

static bool in(OptI64 at, const struct period *t)
{
    return at.set && at.v >= t->from && at.v < t->until;
}

static bool is(const Facts *p, const char *state)
{
    return str_eq(p->state, str(state));
}

/* Merged ones get their master's answer; transferred and voided ones are out of the rates. */
static bool counts(const Facts *p)
{
    return !is(p, "merged") && !is(p, "transferred") && !is(p, "voided");
}

static bool was_decided(const Facts *p, const struct period *t)
{
    return in(some_i64(p->reported_at), t) && !is(p, "withdrawn")
           && (p->filed_at.set || !is(p, "reported"));
}

static bool was_filed(const Facts *p, const struct period *t)
{
    return was_decided(p, t) && p->filed_at.set;
}

static bool filed_in(const Facts *p, const struct period *t)
{
    return in(p->filed_at, t) && counts(p);
}

static bool filed_and_closed(const Facts *p, const struct period *t)
{
    return filed_in(p, t) && is(p, "closed");
}

static bool due_in(const Facts *p, const struct period *t)
{
    bool waits = is(p, "suspended") && p->next_at > t->now;
    return in(p->due_at, t) && p->due_at.v <= t->now && counts(p) && !p->fixed && !waits;
}

static bool due_and_kept(const Facts *p, const struct period *t)
{
    return due_in(p, t) && p->handled_at.set && p->handled_at.v <= p->due_at.v
           && (is(p, "closed") || is(p, "handled"));
}

static bool closed_in(const Facts *p, const struct period *t)
{
    return in(p->closed_at, t) && is(p, "closed");
}

static bool closed_reworked(const Facts *p, const struct period *t)
{
    return closed_in(p, t) && p->rework > 0;
}

static bool closed_evaluated(const Facts *p, const struct period *t)
{
    return closed_in(p, t) && p->evaluation.set;
}

static bool closed_satisfied(const Facts *p, const struct period *t)
{
    return closed_evaluated(p, t) && !str_eq(p->evaluation.v, S("bad"));
}

static bool closed_reachable(const Facts *p, const struct period *t)
{
    return closed_in(p, t) && p->reachable;
}

static bool reachable_evaluated(const Facts *p, const struct period *t)
{
    return closed_reachable(p, t) && p->evaluation.set;
}

static bool dispatched_in(const Facts *p, const struct period *t)
{
    return in(p->dispatched_at, t) && counts(p) && !p->fixed;
}

static bool dispatched_extended(const Facts *p, const struct period *t)
{
    return dispatched_in(p, t) && p->n_extensions > 0;
}

static bool closed_timed(const Facts *p, const struct period *t)
{
    return closed_in(p, t) && p->work_ms.set && !p->fixed;
}

static bool is_open(const Facts *p, const struct period *t)
{
    (void)t;
    return state_live((enum problem_state)machine_state(&problem_machine, p->state));
}

static bool is_suspended(const Facts *p, const struct period *t)
{
    (void)t;
    return is(p, "suspended");
}

static bool closed_by_people(const Facts *p, const struct period *t)
{
    bool people = p->handler_post.set
                  && (str_eq(p->handler_post.v, S("team_leader"))
                      || str_eq(p->handler_post.v, S("volunteer")));
    return closed_in(p, t) && (p->from_resident || people);
}

static bool reported_today(const Facts *p, const struct period *t)
{
    return p->reported_at >= day_start(day_of(t->now)) && p->reported_at <= t->now;
}

static bool none(const Facts *p, const struct period *t)
{
    (void)p;
    (void)t;
    return false;
}

static bool was_voided(const Facts *p, const struct period *t)
{
    return in(some_i64(p->reported_at), t) && is(p, "voided");
}

static bool was_fixed(const Facts *p, const struct period *t)
{
    return in(some_i64(p->reported_at), t) && p->fixed;
}

static bool handled_in(const Facts *p, const struct period *t)
{
    return in(p->handled_at, t);
}

static bool reported_in(const Facts *p, const struct period *t)
{
    return in(some_i64(p->reported_at), t);
}

static bool ended_closed_in(const Facts *p, const struct period *t)
{
    return !is_open(p, t) && in(p->closed_at, t);
}

static bool newly_late(const Facts *p, const struct period *t)
{
    return (is(p, "dispatched") || is(p, "handling")) && in(p->due_at, t) && p->due_at.v < t->now;
}

static bool waits_for_dispatch(const Facts *p, const struct period *t)
{
    (void)t;
    return is(p, "reported") || is(p, "filed");
}

const struct rate problem_rate_rows[] = {
    {"filing",             T("立案率"), was_filed, was_decided, false},
    {"closing",           T("结案率"), filed_and_closed, filed_in, false},
    {"on_time",               T("按期结案率"), due_and_kept, due_in, true},
    {"rework",            T("返工率"), closed_reworked, closed_in, false},
    {"satisfied",    T("满意率"), closed_satisfied, closed_evaluated, false},
    {"evaluated",               T("评价率"), reachable_evaluated, closed_reachable, false},
    {"extended",            T("延期率"), dispatched_extended, dispatched_in, false},
    {"hours",        T("平均处置时长"), closed_timed, closed_timed, false},
    {"suspended",                T("挂账率"), is_suspended, is_open, false},
    {"public",             T("群众参与率"), closed_by_people, closed_in, false},
 /* plain counts, no rates: their rows open the same way */
    {"today",     T("今日新报"), reported_today, none, false},
    {"voided",               T("作废"), was_voided, none, false},
    {"fixed",          T("即查即改"), was_fixed, none, false},
 /* 晨报: since an instant; problem_changes() counts the same in one pass */
    {"new_reported",    T("新上报"), reported_in, none, false},
    {"new_handled",               T("反馈办完"), handled_in, none, false},
    {"new_closed",          T("已结案"), ended_closed_in, none, false},
    {"new_late", T("新超期"), newly_late, none, false},
    {"waiting",               T("待立案、待派遣"), waits_for_dispatch, none, false},
    {0          },
};

/* Two decimals, half up, whole numbers all the way. */
Str percent_text(Cx *cx, int64_t num, int64_t den)
{
    if (!den)
        return S("—");
    int64_t hundredths = (num * 20000 + den) / (2 * den);
    return str(arena_printf(
        &cx->mem, "%lld.%02lld%%", (long long)(hundredths / 100), (long long)(hundredths % 100)));
}

Err period_of(Cx *cx, Str from_on, Str until_on, struct period *to)
{
    int64_t from, until;
    if (!day_parse(from_on, &from))
        return fail(cx, ERR_INVALID, "from_on", T("请写日期，例如 2026-06-12"));
    if (!day_parse(until_on, &until) || until < from)
        return fail(cx, ERR_INVALID, "until_on", T("请写不早于开始的日期，例如 2026-06-30"));
    *to = (struct period){day_start(from), day_start(until + 1), cx->now};
    return OK;
}

/* All that can matter to the period: what was reported before its end and had not ended before it
 * began.  What ended is walked in the order of its end, page by page. */
Err facts_of(Cx *cx, const struct period *t, Facts **to, size_t *n)
{
    struct sql_problem_facts ask = {
        .ended_from = t->from, .reported_until = t->until, .limit = FACTS_PAGE};
    Facts *all = NULL;
    size_t have = 0, cap = 0;
    for (;;) {
        struct sql_problem_facts_rows rows;
        TRY(sql_problem_facts(cx, &ask, &rows));
        if (have + rows.n > cap) {
            cap = (have + rows.n) * 2;
            Facts *more = NEW_ARRAY(&cx->mem, cap, Facts);
            if (have)
                memcpy(more, all, have * sizeof *all);
            all = more;
        }
        if (rows.n)
            memcpy(all + have, rows.at, rows.n * sizeof *all);
        have += rows.n;
        if (rows.n < FACTS_PAGE || have >= FACTS_MAX)
            break;
        ask.after_at = rows.at[rows.n - 1].ended_at;
        ask.after_id = rows.at[rows.n - 1].id;
    }
    *to = all;
    *n = have;
    return OK;
}

static bool fits(
    const Facts *p, const struct rate *r, const struct problem_filter *f, const struct period *t)
{
    int64_t village = r->by_due_village ? (p->due_village ? p->due_village : -1) : p->village;
    if (f->village && village != f->village)
        return false;
    if (f->focus.len && !str_eq(f->focus, p->focus))
        return false;
    return str_eq(f->part, S("den")) ? r->den(p, t) : r->num(p, t);
}

static const struct rate *rate_named(Str name)
{
    for (const struct rate *r = problem_rate_rows; r->name; r++)
        if (str_eq(name, str(r->name)))
            return r;
    return NULL;
}

/* The ids behind a figure, newest first. */
static Err figure_ids(Cx *cx, const struct problem_filter *f, int64_t **ids, size_t *n)
{
    const struct rate *r = rate_named(f->figure);
    struct period t;
    Facts *all;
    size_t n_all;
    if (!r)
        return fail(cx, ERR_INVALID, "figure", T("筛选里没有这一项，请重新选"));
    if (f->since)
        t = (struct period){f->since, cx->now + 1, cx->now};
    else
        TRY(period_of(cx, f->from_on, f->until_on, &t));
    TRY(facts_of(cx, &t, &all, &n_all));
    *ids = NEW_ARRAY(&cx->mem, n_all + 1, int64_t);
    *n = 0;
    for (size_t i = 0; i < n_all; i++)
        if (fits(&all[i], r, f, &t))
            (*ids)[(*n)++] = all[i].id;
    for (size_t i = 1; i < *n; i++) /* nearly sorted: the order of their ends */
        for (size_t k = i; k > 0 && (*ids)[k - 1] < (*ids)[k]; k--) {
            int64_t swap = (*ids)[k];
            (*ids)[k] = (*ids)[k - 1];
            (*ids)[k - 1] = swap;
        }
    return OK;
}

Err problem_figure_n(Cx *cx, const struct problem_filter *f, int64_t *n)
{
    int64_t *ids;
    size_t have;
    TRY(figure_ids(cx, f, &ids, &have));
    *n = (int64_t)have;
    return OK;
}

Err problem_figure_cards(Cx *cx, const struct problem_filter *f, struct problem_cards *to)
{
    int64_t *ids;
    size_t have, at = 0, limit = f->limit ? (size_t)f->limit : 50, n = 0;
    struct card_page page;
    TRY(figure_ids(cx, f, &ids, &have));
    TRY(card_page(cx, &page));
    while (f->after && at < have && ids[at] >= f->after)
        at++;
    struct problem_card *cards = NEW_ARRAY(&cx->mem, limit, struct problem_card);
    for (; at < have && n < limit; at++)
        TRY(card_find(cx, &page, ids[at], &cards[n++]));
    *to = (struct problem_cards){cards, n, at < have ? cards[n - 1].id : 0};
    return OK;
}
