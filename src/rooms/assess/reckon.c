/* reckon.c — 红黑旗的算法 (domain: §4). */
#include "rooms/assess/reckon.h"

#include <stdlib.h>

const struct reckon_rules reckon_v1 = {.week_share = 60,
    .month_share = 40,
    .bonus_cap = 500,
    .penalty_cap = 1000,
    .top = 10500,
    .red_percent = 25,
    .red_min = 9000,
    .black_percent = 15,
    .black_max = 8000,
    .black_any = 7000,
    .veto_zeroes = 1};

const struct reckon_rules reckon_v2 = {.week_share = 60,
    .month_share = 40,
    .bonus_cap = 100,
    .penalty_cap = 300,
    .top = 10100,
    .red_percent = 25,
    .red_min = 9000,
    .black_max = 8000,
    .black_any = 7000,
    .min_den = 5,
    .extras_on_month = 1,
    .black_in_a_row = 1};

#define NUMBER(m)                                                                                  \
    {                                                                                              \
#m, offsetof(struct reckon_rules, m)                                                       \
    }
const struct reckon_number reckon_numbers[RECKON_NUMBERS] = {NUMBER(week_share),
    NUMBER(month_share), NUMBER(bonus_cap), NUMBER(penalty_cap), NUMBER(top), NUMBER(red_percent),
    NUMBER(red_min), NUMBER(black_percent), NUMBER(black_max), NUMBER(black_any), NUMBER(min_den),
    NUMBER(extras_on_month), NUMBER(black_in_a_row), NUMBER(veto_zeroes)};

int64_t half_up(int64_t num, int64_t den)
{
    return (2 * num + den) / (2 * den);
}

static int64_t clamp(int64_t v, int64_t low, int64_t high)
{
    return v < low ? low : v > high ? high : v;
}

static int64_t at_most(int64_t v, int64_t cap)
{
    return v < cap ? v : cap;
}

int compare_rates(int64_t a, int64_t b, int64_t c, int64_t d)
{
    if (b == 0)
        a = b = 1;
    if (d == 0)
        c = d = 1;
    __int128 left = (__int128)a * d, right = (__int128)c * b;
    return (left > right) - (left < right);
}

int reckon_places_red(const struct reckon_rules *r, int n)
{
    int k = (int)half_up(r->red_percent * n, 100);
    return k > 1 ? k : 1;
}

int reckon_places_black(const struct reckon_rules *r, int n)
{
    return (int)(r->black_percent * n / 100);
}

static bool counts_for(const struct reckon_item *it, int group)
{
    return !it->groups || it->groups >> group & 1;
}

/* Full marks of an item that has too few cases to say anything (v2). */
static bool is_out(
    const struct reckon_rules *r, const struct reckon_item *it, const struct finding *f)
{
    return it->kind == ITEM_AUTO && r->min_den && f->den < r->min_den && !f->zero;
}

static int64_t looked_points(const struct reckon_item *it, const struct finding *f)
{
    int64_t left = it->full - it->per * f->n;
    return f->zero || left < 0 ? 0 : left;
}

static int64_t counted_points(const struct reckon_item *it, const struct finding *f)
{
    if (f->zero)
        return 0;
    return f->den ? half_up(it->full * f->num, f->den) : it->full;
}

static bool is_bad(const struct finding *f)
{
    return (f->n | f->num | f->den) < 0 || (f->den && f->num > f->den);
}

/* Items that are out leave their marks to the inspected ones, in proportion, rounded once.
 * false: a finding cannot be.  to is all zero. */
static bool score_sheet(const struct reckon_in *in, int group, const struct sheet *s,
    bool with_extras, struct scored *to)
{
    const struct reckon_rules *r = in->rules;
    int64_t looked = 0, looked_full = 0, computed = 0, out = 0, bonus = 0, penalty = 0;
    for (size_t i = 0, n = in->n_items; i < n; i++) {
        const struct reckon_item *it = &in->item[i];
        const struct finding *f = &s->found[i];
        if (is_bad(f))
            return false;
        if (!counts_for(it, group))
            continue;
        switch (it->kind) {
        case ITEM_INSPECTED:
            looked += to->points[i] = looked_points(it, f);
            looked_full += it->full;
            break;
        case ITEM_AUTO:
            if (is_out(r, it, f))
                out += it->full;
            else
                computed += to->points[i] = counted_points(it, f);
            break;
        case ITEM_BONUS: bonus += it->per * f->n; break;
        case ITEM_PENALTY: penalty += it->per * f->n; break;
        }
    }
    if (out && looked_full)
        looked = half_up(looked * (looked_full + out), looked_full);
    to->sum = to->score = looked + computed;
    to->out = out, to->bonus = bonus, to->penalty = penalty;
    if (with_extras)
        to->score = clamp(
            to->sum + at_most(bonus, r->bonus_cap) - at_most(penalty, r->penalty_cap), 0, r->top);
    return true;
}

static enum reckon_fault score_unit(
    const struct reckon_in *in, const struct reckon_unit *u, struct reckoned *to)
{
    const struct reckon_rules *r = in->rules;
    int64_t sum = 0;
    *to = (struct reckoned){.in_public = true};
    for (int w = 0; w < in->n_weeks; w++) {
        /* Bonus and penalty of a week that was not drawn still count on the month (v2). */
        if (!score_sheet(in, u->group, &u->week[w], !r->extras_on_month, &to->week[w]))
            return BAD_INPUT;
        to->bonus += to->week[w].bonus;
        to->penalty += to->week[w].penalty;
        if (!u->week[w].inspected)
            continue;
        sum += to->week[w].score;
        to->n++;
    }
    if (!score_sheet(in, u->group, &u->month, false, &to->month))
        return BAD_INPUT;
    if (!to->n)
        return NO_WEEK;
    if (!u->month.inspected)
        return NO_MONTH;
    to->num = r->week_share * sum + r->month_share * to->n * to->month.score;
    to->den = 100 * to->n;
    to->score = half_up(to->num, to->den);
    if (r->extras_on_month) {
        to->bonus = at_most(to->bonus, r->bonus_cap);
        to->penalty = at_most(to->penalty, r->penalty_cap);
        to->score = clamp(to->score + to->bonus - to->penalty, 0, r->top);
    }
    if (u->falsified && r->veto_zeroes)
        to->score = 0;
    return RECKON_FINE;
}

/* What places are given by, close together: every unit is held against every other. */
struct standing {
    int64_t score, penalty, on_time_num, on_time_den, pleased_num, pleased_den;
    int group;
};

static void stand_up(
    const struct reckon_in *in, const struct reckoned *out, struct standing to[RECKON_UNITS])
{
    for (size_t i = 0; i < in->n_units; i++) {
        const struct reckon_unit *u = &in->unit[i];
        to[i] = (struct standing){out[i].score, out[i].penalty, u->on_time_num, u->on_time_den,
            u->pleased_num, u->pleased_den, u->group};
    }
}

/* Who of two stands better, and which step says so; BY_TIE_FOR_ALL: none does. */
static int better(const struct standing *x, const struct standing *y, enum decided *by)
{
    *by = BY_RANK;
    if (x->score != y->score)
        return x->score > y->score ? 1 : -1;
    *by = BY_PENALTY;
    if (x->penalty != y->penalty)
        return x->penalty < y->penalty ? 1 : -1;
    *by = BY_ON_TIME;
    int c = compare_rates(x->on_time_num, x->on_time_den, y->on_time_num, y->on_time_den);
    if (c)
        return c;
    *by = BY_PLEASED;
    c = compare_rates(x->pleased_num, x->pleased_den, y->pleased_num, y->pleased_den);
    if (!c)
        *by = BY_TIE_FOR_ALL;
    return c;
}

static int by_standing(const void *a, const void *b, void *of)
{
    enum decided by;
    const struct standing *s = of;
    return better(&s[*(const size_t *)b], &s[*(const size_t *)a], &by);
}

/* Units, the best first. */
struct field {
    size_t at[RECKON_UNITS];
    size_t n;
};

/* 1 + the number strictly higher: 1 2 2 4.  group −1: of the town. */
static void rank(const struct standing *s, const struct field *all, int group, struct reckoned *out)
{
    int n = 0, place = 0;
    int64_t last = -1;
    for (size_t k = 0; k < all->n; k++) {
        size_t i = all->at[k];
        if (group >= 0 && s[i].group != group)
            continue;
        n++;
        if (s[i].score != last)
            place = n;
        last = s[i].score;
        *(group < 0 ? &out[i].town_rank : &out[i].rank) = place;
    }
}

/* Of the k-th of a field: how many stand strictly better and strictly worse, how many are equal to
 * it in every step; by: the step that parts it from its nearest neighbour of equal M. */
struct stand {
    int ahead, behind, equal;
    enum decided by;
};

static struct stand stand(const struct standing *s, const struct field *f, size_t k)
{
    size_t lo = k, hi = k + 1;
    enum decided before = BY_RANK, after = BY_RANK;
    while (lo > 0 && better(&s[f->at[lo - 1]], &s[f->at[k]], &before) == 0)
        lo--;
    while (hi < f->n && better(&s[f->at[hi]], &s[f->at[k]], &after) == 0)
        hi++;
    bool tied = hi - lo > 1;
    return (struct stand){(int)lo, (int)(f->n - hi), (int)(hi - lo) - 1,
        tied             ? BY_TIE_FOR_ALL
        : before > after ? before
                         : after};
}

/* Red: the first places of those that may have it; equal to the last step: all of them. */
static void flag_red(const struct reckon_in *in, const struct standing *s, const struct field *all,
    struct reckoned *out, int group, int n_group)
{
    const struct reckon_rules *r = in->rules;
    int places = reckon_places_red(r, n_group);
    struct field f = {.n = 0};
    for (size_t k = 0; k < all->n; k++) {
        const struct reckon_unit *u = &in->unit[all->at[k]];
        if (u->group == group && s[all->at[k]].score >= r->red_min && !u->bar_red && !u->falsified
            && !u->open_late)
            f.at[f.n++] = all->at[k];
    }
    for (size_t k = 0; k < f.n; k++) {
        struct stand x = stand(s, &f, k);
        bool in_places = x.ahead < places;
        struct reckoned *o = &out[f.at[k]];
        o->flag = in_places ? FLAG_RED : FLAG_NONE;
        o->by = in_places && x.equal && x.ahead + x.equal >= places ? BY_TIE_FOR_ALL
                : in_places || x.by != BY_RANK                      ? x.by
                                                                    : BY_NOTHING;
    }
    int64_t last_red = INT64_MAX;
    for (size_t i = 0; i < in->n_units; i++)
        if (in->unit[i].group == group && out[i].flag == FLAG_RED && out[i].score < last_red)
            last_red = out[i].score;
    /* Who is passed over by a red flag, or stands within the places, is told why. */
    for (size_t i = 0; i < in->n_units; i++) {
        const struct reckon_unit *u = &in->unit[i];
        if (u->group != group || out[i].flag == FLAG_RED
            || (out[i].rank > places && out[i].score <= last_red))
            continue;
        if (out[i].score < r->red_min)
            out[i].by = BY_MARK;
        else if (u->bar_red || u->falsified)
            out[i].by = BY_BARRED;
        else if (u->open_late)
            out[i].by = BY_OPEN_LATE;
    }
}

/* v1: the last places of those under the mark; equal at the border: none of them. */
static void flag_black_places(const struct reckon_in *in, const struct standing *s,
    const struct field *all, struct reckoned *out, int group, int n_group)
{
    int places = reckon_places_black(in->rules, n_group);
    struct field f = {.n = 0};
    for (size_t k = 0; k < all->n; k++)
        if (s[all->at[k]].group == group && s[all->at[k]].score < in->rules->black_max)
            f.at[f.n++] = all->at[k];
    for (size_t k = 0; k < f.n; k++) {
        struct stand x = stand(s, &f, k);
        struct reckoned *o = &out[f.at[k]];
        if (x.behind + x.equal < places) {
            o->flag = FLAG_BLACK;
            o->by = x.by;
        } else if (x.behind < places) {
            o->by = BY_TIE_FOR_ALL;
        } else {
            o->by = x.by == BY_RANK ? BY_NOTHING : x.by;
        }
    }
}

static void flag_black_by_mark(const struct reckon_in *in, struct reckoned *out)
{
    const struct reckon_rules *r = in->rules;
    for (size_t i = 0; i < in->n_units; i++) {
        const struct reckon_unit *u = &in->unit[i];
        struct reckoned *o = &out[i];
        bool in_a_row = r->black_in_a_row && o->score < r->black_max && u->before >= 0
                        && u->before < r->black_max;
        bool forged = u->falsified && r->veto_zeroes;
        if (!in_a_row && !forged && o->score >= r->black_any)
            continue;
        o->flag = FLAG_BLACK;
        o->by = forged ? BY_FALSIFIED : o->score < r->black_any ? BY_FLOOR : BY_IN_A_ROW;
    }
    for (size_t i = 0; r->black_in_a_row && i < in->n_units; i++)
        if (out[i].flag == FLAG_BLACK)
            out[i].in_public = in->unit[i].n_black_before > 0;
}

static int group_size(const struct standing *s, size_t n_units, int group)
{
    int n = 0;
    for (size_t i = 0; i < n_units; i++)
        n += s[i].group == group;
    return n;
}

static void places(const struct reckon_in *in, struct reckoned *out)
{
    struct standing s[RECKON_UNITS];
    struct field all = {.n = in->n_units};
    stand_up(in, out, s);
    for (size_t i = 0; i < all.n; i++)
        all.at[i] = i;
    qsort_r(all.at, all.n, sizeof *all.at, by_standing, s);
    rank(s, &all, -1, out);
    for (int g = 0; g < in->n_groups; g++) {
        int n = group_size(s, in->n_units, g);
        if (!n)
            continue;
        rank(s, &all, g, out);
        flag_red(in, s, &all, out, g, n);
        if (!in->rules->black_in_a_row)
            flag_black_places(in, s, &all, out, g, n);
    }
    flag_black_by_mark(in, out);
}

enum reckon_fault reckon(const struct reckon_in *in, struct reckoned *out, int64_t *unit)
{
    *unit = 0;
    if (in->n_items > RECKON_ITEMS || in->n_weeks > RECKON_WEEKS || in->n_units > RECKON_UNITS)
        return BAD_INPUT;
    for (size_t i = 0; i < in->n_units; i++) {
        *unit = in->unit[i].code;
        if (in->unit[i].group < 0 || in->unit[i].group >= in->n_groups)
            return BAD_INPUT;
        enum reckon_fault fault = score_unit(in, &in->unit[i], &out[i]);
        if (fault != RECKON_FINE)
            return fault;
        out[i].by = BY_NOTHING;
    }
    places(in, out);
    *unit = 0;
    return RECKON_FINE;
}
