/* assess_draw.c — 抽查: the draw that anyone can repeat. */
#include "rooms/assess/assess_draw.h"

#include "base/sum.h"

#include <stdlib.h>

/* The first 8 bytes of a sum: enough to part units and persons. */
static uint64_t lot(Str seed, Str week, int64_t code)
{
    unsigned char sum[SUM_BYTES];
    uint64_t n = 0;
    Sum s;
    sum_begin(&s);
    sum_str(&s, seed);
    sum_str(&s, week);
    sum_i64(&s, code);
    sum_end(&s, sum);
    for (int i = 0; i < 8; i++)
        n = n << 8 | sum[i];
    return n;
}

struct ticket {
    uint64_t lot;
    size_t no;
};

static int by_lot(const void *a, const void *b)
{
    const struct ticket *x = a, *y = b;
    if (x->lot != y->lot)
        return x->lot < y->lot ? -1 : 1;
    return (x->no > y->no) - (x->no < y->no);
}

static struct ticket *shuffled(Cx *cx, Str seed, Str week, const int64_t *code, size_t n)
{
    struct ticket *t = NEW_ARRAY(&cx->mem, n + 1, struct ticket);
    for (size_t i = 0; i < n; i++)
        t[i] = (struct ticket){lot(seed, week, code[i]), i};
    if (n)
        qsort(t, n, sizeof *t, by_lot);
    return t;
}

/* Which units week w looks at.  The month's order is one for all weeks, so that the windows of
 * ⅓, each beginning 1/weeks further on, cover every unit. */
static void choose_units(const struct draw_in *in, const struct ticket *month, int w, bool *looked)
{
    size_t n = in->n_units, third = (n + 2) / 3;
    int weeks = in->n_weeks;
    if (weeks && str_eq(in->week[weeks - 1], S("K")))
        weeks--;
    bool all = !in->sampled || w >= weeks || weeks < 3;
    for (size_t i = 0; i < n; i++)
        looked[i] = all;
    for (size_t k = 0; !all && k < third; k++)
        looked[month[((size_t)w * n / (size_t)weeks + k) % n].no] = true;
}

/* Whoever has the fewest sheets this week, was not there last week, in the order of the lots. */
static size_t choose_inspector(const struct draw_in *in, const struct ticket *order, size_t unit,
    const size_t *load, const size_t *last)
{
    size_t best = in->n_inspectors, best_cost = SIZE_MAX;
    for (size_t k = 0; k < in->n_inspectors; k++) {
        size_t who = order[k].no;
        if (in->own[who * in->n_units + unit])
            continue;
        size_t cost = 2 * load[who]
                      + (last[unit] == who ? 3 : 0); /* rather one sheet more than the same pair */
        if (cost < best_cost)
            best = who, best_cost = cost;
    }
    return best;
}

void assess_draw(Cx *cx, const struct draw_in *in, struct drawn **to, size_t *n)
{
    struct drawn *at = NEW_ARRAY(&cx->mem, (size_t)in->n_weeks * in->n_units + 1, struct drawn);
    bool *looked = NEW_ARRAY(&cx->mem, in->n_units + 1, bool);
    size_t *last = NEW_ARRAY(&cx->mem, in->n_units + 1, size_t);
    const struct ticket *month = shuffled(cx, in->seed, S("month"), in->unit, in->n_units);
    for (size_t i = 0; i < in->n_units; i++)
        last[i] = SIZE_MAX;
    *n = 0;
    for (int w = 0; w < in->n_weeks; w++) {
        size_t *load = NEW_ARRAY(&cx->mem, in->n_inspectors + 1, size_t);
        const struct ticket *order =
            shuffled(cx, in->seed, in->week[w], in->inspector, in->n_inspectors);
        choose_units(in, month, w, looked);
        for (size_t u = 0; u < in->n_units; u++) {
            if (!looked[u])
                continue;
            size_t who = choose_inspector(in, order, u, load, last);
            load[who]++;
            last[u] = who;
            at[(*n)++] = (struct drawn){w, u, who};
        }
    }
    *to = at;
}
