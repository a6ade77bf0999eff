/* assess_live.c — 还能挽回: the open round's points of one unit at this moment, and the matters
 * that still change them. */
#include "base/day.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_follow.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/problem/problem_measure.h"
#include "rooms/town/town.h"

enum { ROUNDS_LOOKED = 24, CHANCES_MAX = 20 };

static int week_of_today(Cx *cx, const struct assess_input *in)
{
    Str today = town_today(cx);
    for (int w = 0; w < in->n_weeks; w++)
        if (memcmp(today.at, in->week[w].from_on.at, 10) >= 0
            && memcmp(today.at, in->week[w].to_on.at, 10) <= 0)
            return w;
    return -1;
}

static Err reckon_live(Cx *cx, struct assess_live *l)
{
    struct reckon_unit *u = &l->in.unit[0];
    int64_t wrong;
    for (int w = 0; w < l->in.n_weeks; w++) {
        l->seen[w] = u->week[w].inspected;
        u->week[w].inspected = true;
    }
    l->seen[l->in.n_weeks] = u->month.inspected;
    u->month.inspected = true;
    struct reckon_in r = assess_reckon_in(&l->in);
    if (reckon(&r, &l->out, &wrong) != RECKON_FINE)
        return fail_log(cx, ERR_INTERNAL, "live: unit %lld cannot be reckoned", (long long)u->code);
    return OK;
}

Err assess_live_of(Cx *cx, int64_t round, int64_t unit, struct assess_live *l)
{
    *l = (struct assess_live){.week = -1};
    TRY(assess_round_get(cx, round, &l->round));
    TRY(assess_table_get(cx, l->round.score_table, &l->table));
    TRY(assess_collect_unit(cx, &l->round, unit, &l->in));
    if (!l->in.n_units)
        return ERR_NOT_FOUND;
    l->week = week_of_today(cx, &l->in);
    return reckon_live(cx, l);
}

Err assess_live(Cx *cx, int64_t unit, struct assess_live *l)
{
    struct sql_assess_rounds_rows r;
    TRY(sql_assess_rounds(cx, &(struct sql_assess_rounds){.limit = ROUNDS_LOOKED}, &r));
    for (size_t i = 0; i < r.n; i++)
        if (str_eq(r.at[i].state, S("open")) && !r.at[i].corrects)
            return assess_live_of(cx, r.at[i].id, unit, l);
    return ERR_NOT_FOUND;
}

/* ---- what can still be saved */
static bool in_rows(Str rows, int64_t id)
{
    int64_t n = 0;
    for (size_t i = 0; i <= rows.len; i++) {
        if (i < rows.len && rows.at[i] != ',') {
            n = n * 10 + (rows.at[i] - '0');
            continue;
        }
        if (n == id)
            return true;
        n = 0;
    }
    return false;
}

/* The item that counts what was done in time; n_items: the table has none. */
static size_t on_time_item(const struct assess_live *l)
{
    size_t i = 0;
    while (i < l->in.n_items && !str_eq(l->table.t.item[i].source, S("on_time")))
        i++;
    return i;
}

Err assess_chances(Cx *cx, const struct assess_live *l, struct assess_chances *to)
{
    struct problem_hopefuls open;
    int64_t last = 0;
    size_t i = on_time_item(l);
    *to = (struct assess_chances){0};
    if (l->week < 0 || i == l->in.n_items)
        return OK;
    const struct finding *f = &l->in.unit[0].week[l->week].found[i];
    if (!f->den || f->den < l->in.rules.min_den)
        return OK;
    int64_t full = l->in.item[i].full;
    int64_t worth = half_up(full * (f->num + 1), f->den) - half_up(full * f->num, f->den);
    (void)day_parse(l->in.week[l->week].to_on, &last);
    TRY(problem_measure_hopeful(cx, l->in.unit[0].code, day_start(last + 1), &open));
    struct assess_chance *at = NEW_ARRAY(&cx->mem, CHANCES_MAX, struct assess_chance);
    for (size_t k = 0; k < open.n && to->n < CHANCES_MAX; k++)
        if (in_rows(ASSESS_ROWS(&l->in, 0, l->week, i), open.at[k].id))
            at[to->n++] = (struct assess_chance){.problem = open.at[k].id,
                .due_at = open.at[k].due_at,
                .worth = worth,
                .worth_text = assess_points(cx, worth),
                .title = open.at[k].title,
                .where = open.at[k].where};
    to->at = at;
    return OK;
}
