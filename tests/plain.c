/* plain.c — 第二本账 (domain: §4 Assessment, sentence by sentence). */
#include "plain.h"

/* ---- fractions, kept as they come */
struct frac {
    __int128 over, under;
};

static struct frac whole(int64_t n)
{
    return (struct frac){n, 1};
}

static struct frac times(struct frac a, struct frac b)
{
    return (struct frac){a.over * b.over, a.under * b.under};
}

static struct frac plus(struct frac a, struct frac b)
{
    return (struct frac){a.over * b.under + b.over * a.under, a.under * b.under};
}

static bool more(struct frac a, struct frac b)
{
    return a.over * b.under > b.over * a.under;
}

/* "half up": the whole number nearest, a half goes up.  Nothing here is negative. */
static int64_t rounded(struct frac a)
{
    __int128 down = a.over / a.under, rest = a.over - down * a.under;
    return (int64_t)(down + (2 * rest >= a.under ? 1 : 0));
}

static int64_t between(int64_t low, int64_t n, int64_t high)
{
    if (n < low)
        return low;
    if (n > high)
        return high;
    return n;
}

/* "A ratio without a denominator gives full marks (nothing was due)." */
static struct frac rate(int64_t num, int64_t den)
{
    if (den == 0)
        return whole(1);
    return (struct frac){num, den};
}

/* ---- a sheet */
static bool is_for(const struct plain_item *it, int group)
{
    return it->only_group < 0 || it->only_group == group;
}

/* "inspected (−per for each place, floor 0)"; "V3 also scores the items concerned 0" (v2) */
static int64_t looked_points(const struct plain_item *it, const struct plain_seen *s, int i)
{
    if (s->forged[i])
        return 0;
    int64_t left = it->full - it->per * s->n[i];
    return left < 0 ? 0 : left;
}

/* "denominator <5: the item is out" (v2) */
static bool too_few(const struct plain_round *r, const struct plain_seen *s, int i)
{
    return r->v2 && !s->forged[i] && s->den[i] < 5;
}

/* "each ratio item is rounded once, half up" */
static int64_t counted_points(const struct plain_item *it, const struct plain_seen *s, int i)
{
    if (s->forged[i])
        return 0;
    return rounded(times(whole(it->full), rate(s->num[i], s->den[i])));
}

/* "A–C × (75 + its points)/75, half up once" */
static int64_t sheet_points(const struct plain_round *r, int group, const struct plain_seen *s)
{
    int64_t looked = 0, of_looked = 0, counted = 0, out = 0;
    for (int i = 0; i < r->n_items; i++) {
        const struct plain_item *it = &r->item[i];
        if (!is_for(it, group))
            continue;
        if (it->kind == PLAIN_LOOKED) {
            looked += looked_points(it, s, i);
            of_looked += it->full;
        }
        if (it->kind == PLAIN_COUNTED && too_few(r, s, i))
            out += it->full;
        else if (it->kind == PLAIN_COUNTED)
            counted += counted_points(it, s, i);
    }
    if (out && of_looked)
        looked = rounded(times(whole(looked), (struct frac){of_looked + out, of_looked}));
    return looked + counted;
}

static int64_t sum_of(
    const struct plain_round *r, int group, const struct plain_seen *s, enum plain_kind kind)
{
    int64_t sum = 0;
    for (int i = 0; i < r->n_items; i++)
        if (r->item[i].kind == kind && is_for(&r->item[i], group))
            sum += r->item[i].per * s->n[i];
    return sum;
}

/* "W = clamp(Σ items + min(bonus,5) − min(penalty,10), 0, 105)"; v2: "E, V on M" */
static int64_t week_points(const struct plain_round *r, int group, const struct plain_seen *s)
{
    int64_t points = sheet_points(r, group, s);
    if (r->v2)
        return points;
    int64_t bonus = sum_of(r, group, s, PLAIN_BONUS), penalty = sum_of(r, group, s, PLAIN_PENALTY);
    return between(0, points + between(0, bonus, 500) - between(0, penalty, 1000), 10500);
}

/* ---- a month */
/* All penalty points of the month's weeks; v2 counts at most three. */
static int64_t penalty_of(const struct plain_round *r, const struct plain_unit *u)
{
    int64_t sum = 0;
    for (int w = 0; w < r->n_weeks; w++)
        sum += sum_of(r, u->group, &u->week[w], PLAIN_PENALTY);
    return r->v2 ? between(0, sum, 300) : sum;
}

static int64_t bonus_of(const struct plain_round *r, const struct plain_unit *u)
{
    int64_t sum = 0;
    for (int w = 0; w < r->n_weeks; w++)
        sum += sum_of(r, u->group, &u->week[w], PLAIN_BONUS);
    return between(0, sum, 100);
}

/* "M = half_up(60% × mean(W) + 40% × K)"; v2: "E, V on M, then clamped 0–101" */
static void month(const struct plain_round *r, const struct plain_unit *u, struct plain_result *to)
{
    struct frac mean = {0, 1};
    int n = 0;
    for (int w = 0; w < r->n_weeks; w++) {
        to->w[w] = week_points(r, u->group, &u->week[w]);
        if (!u->week[w].looked)
            continue;
        mean = plus(mean, whole(to->w[w]));
        n++;
    }
    to->k = sheet_points(r, u->group, &u->month_end);
    mean = times(mean, (struct frac){1, n});
    to->m = rounded(
        plus(times((struct frac){60, 100}, mean), times((struct frac){40, 100}, whole(to->k))));
    if (r->v2)
        to->m = between(0, to->m + bonus_of(r, u) - penalty_of(r, u), 10100);
    else if (u->forged) /* "V3 falsified evidence: round score 0.00 and black" */
        to->m = 0;
}

/* ---- places */
/* Whether a stands before b: "fewer penalty points, then higher on_time, then higher 满意率". */
static int before(const struct plain_round *r, const struct plain_result *of, int a, int b)
{
    const struct plain_unit *x = &r->unit[a], *y = &r->unit[b];
    if (of[a].m != of[b].m)
        return of[a].m > of[b].m ? 1 : -1;
    int64_t p = penalty_of(r, x), q = penalty_of(r, y);
    if (p != q)
        return p < q ? 1 : -1;
    struct frac c = rate(x->on_time_num, x->on_time_den), d = rate(y->on_time_num, y->on_time_den);
    if (more(c, d) || more(d, c))
        return more(c, d) ? 1 : -1;
    c = rate(x->pleased_num, x->pleased_den), d = rate(y->pleased_num, y->pleased_den);
    if (more(c, d) || more(d, c))
        return more(c, d) ? 1 : -1;
    return 0;
}

static int group_of_size(const struct plain_round *r, int group)
{
    int n = 0;
    for (int i = 0; i < r->n_units; i++)
        n += r->unit[i].group == group;
    return n;
}

static bool may_be_red(const struct plain_round *r, const struct plain_result *of, int i)
{
    const struct plain_unit *u = &r->unit[i];
    return of[i].m >= 9000 && !u->barred && !u->forged && !u->open_at_5_days;
}

/* "red = first max(1, half_up(25% of group))"; "still equal: all get red" */
static bool is_red(const struct plain_round *r, const struct plain_result *of, int i)
{
    int64_t places = rounded((struct frac){25 * group_of_size(r, r->unit[i].group), 100});
    int ahead = 0;
    if (!may_be_red(r, of, i))
        return false;
    for (int k = 0; k < r->n_units; k++)
        if (k != i && r->unit[k].group == r->unit[i].group && may_be_red(r, of, k))
            ahead += before(r, of, k, i) > 0;
    return ahead < (places < 1 ? 1 : places);
}

/* v1: "black = last floor(15% of group) with M < 80.00", "still equal: none gets black" */
static bool is_last(const struct plain_round *r, const struct plain_result *of, int i)
{
    int places = 15 * group_of_size(r, r->unit[i].group) / 100, not_ahead = 0;
    if (of[i].m >= 8000)
        return false;
    for (int k = 0; k < r->n_units; k++)
        if (k != i && r->unit[k].group == r->unit[i].group && of[k].m < 8000)
            not_ahead += before(r, of, k, i) <= 0;
    return not_ahead < places;
}

static void flags(const struct plain_round *r, struct plain_result *of, int i)
{
    const struct plain_unit *u = &r->unit[i];
    struct plain_result *to = &of[i];
    to->in_public = true;
    if (r->v2) { /* "M < 70.00, or M < 80.00 two months in a row"; "public from the second in a row"
                  */
        bool twice = to->m < 8000 && u->last_month >= 0 && u->last_month < 8000;
        to->black = to->m < 7000 || twice;
        to->in_public = !to->black || u->blacks_before >= 1;
    } else { /* "M < 70.00 is black anywhere" */
        to->black = to->m < 7000 || u->forged || is_last(r, of, i);
    }
    to->red = !to->black && is_red(r, of, i);
}

void plain_reckon(const struct plain_round *r, struct plain_result *of)
{
    for (int i = 0; i < r->n_units; i++)
        month(r, &r->unit[i], &of[i]);
    for (int i = 0; i < r->n_units; i++) { /* "1 + number strictly higher" */
        of[i].rank = of[i].town_rank = 1;
        for (int k = 0; k < r->n_units; k++) {
            of[i].town_rank += of[k].m > of[i].m;
            of[i].rank += of[k].m > of[i].m && r->unit[k].group == r->unit[i].group;
        }
    }
    for (int i = 0; i < r->n_units; i++)
        flags(r, of, i);
}
