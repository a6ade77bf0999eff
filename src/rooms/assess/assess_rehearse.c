/* assess_rehearse.c — 预演: the rows of past rounds, counted and reckoned by another table. */
#include "rooms/assess/assess_rehearse.h"

#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"

enum { MONTHS = 3, ROUNDS_MAX = 50 };

static size_t place_of(const struct assess_input *in, int64_t unit)
{
    size_t i = 0;
    while (i < in->n_units && in->unit[i].code != unit)
        i++;
    return i;
}

/* Under the new rules the months before were judged by them too. */
static void carry_history(
    struct assess_input *in, const struct assess_input *before, const struct reckoned *out_before)
{
    for (size_t u = 0; before && u < in->n_units; u++) {
        size_t b = place_of(before, in->unit[u].code);
        if (b == before->n_units)
            continue;
        bool black = out_before[b].flag == FLAG_BLACK;
        in->unit[u].before = out_before[b].score;
        in->unit[u].n_black_before = black ? before->unit[b].n_black_before + 1 : 0;
    }
}

struct month {
    struct assess_input in;
    struct reckoned *out;
};

static Err again(Cx *cx, int64_t round, const struct assess_table *t, const struct month *before,
    struct month *to)
{
    struct assess_round r;
    int64_t unit;
    TRY(assess_round_get(cx, round, &r));
    TRY(assess_collect_by(cx, &r, t, &to->in));
    carry_history(&to->in, before ? &before->in : NULL, before ? before->out : NULL);
    to->out = NEW_ARRAY(&cx->mem, to->in.n_units + 1, struct reckoned);
    struct reckon_in in = assess_reckon_in(&to->in);
    if (reckon(&in, to->out, &unit) != RECKON_FINE)
        return fail(cx, ERR_CONFLICT, "table", T("用这张表算不出这几个月，请看评分项和分组"));
    return OK;
}

static Err compare(Cx *cx, int64_t round, const struct month *now, struct rehearsed *at, size_t *n)
{
    struct assess_kept k;
    TRY(assess_kept(cx, round, 0, &k));
    for (size_t u = 0; u < now->in.n_units; u++) {
        size_t was = place_of(&k.in, now->in.unit[u].code);
        if (was == k.in.n_units)
            continue;
        at[(*n)++] = (struct rehearsed){.unit = now->in.unit[u].code,
            .name = now->in.unit_name[u],
            .month = now->in.month,
            .was = k.out[was].score,
            .now = now->out[u].score,
            .flag_was = k.out[was].flag,
            .flag_now = now->out[u].flag,
            .by = now->out[u].by};
    }
    return OK;
}

/* The newest published rounds, oldest first. */
static Err last_rounds(Cx *cx, int64_t id[MONTHS], size_t *n)
{
    struct sql_assess_rounds_rows r;
    TRY(sql_assess_rounds(cx, &(struct sql_assess_rounds){.limit = ROUNDS_MAX}, &r));
    *n = 0;
    for (size_t i = 0; i < r.n && *n < MONTHS; i++)
        if (r.at[i].published_at.set && !r.at[i].corrects)
            id[(*n)++] = r.at[i].id;
    for (size_t i = 0; i < *n / 2; i++) {
        int64_t t = id[i];
        id[i] = id[*n - 1 - i], id[*n - 1 - i] = t;
    }
    return *n ? OK : fail(cx, ERR_CONFLICT, "table", T("还没有公布过的轮次，没有可以预演的数据"));
}

Err assess_rehearse(Cx *cx, int64_t table, struct rehearsed **to, size_t *n)
{
    struct assess_table t;
    int64_t round[MONTHS];
    size_t rounds;
    struct month *m = NEW_ARRAY(&cx->mem, MONTHS, struct month);
    TRY(assess_table_get(cx, table, &t));
    TRY(score_table_check(cx, &t.t));
    TRY(last_rounds(cx, round, &rounds));
    *to = NEW_ARRAY(&cx->mem, rounds * RECKON_UNITS + 1, struct rehearsed);
    *n = 0;
    for (size_t i = 0; i < rounds; i++) {
        TRY(again(cx, round[i], &t, i ? &m[i - 1] : NULL, &m[i]));
        TRY(compare(cx, round[i], &m[i], *to, n));
    }
    return OK;
}
