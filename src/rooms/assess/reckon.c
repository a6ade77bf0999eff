/* reckon.c — 红黑旗的算法 (domain: §4). */
#include "rooms/assess/reckon.h"

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

static int64_t points_of(const struct reckon_item *it, const struct finding *f)
{
    if (f->zero)
        return 0;
    if (it->kind == ITEM_INSPECTED)
        return clamp(it->full - it->per * f->n, 0, it->full);
    return f->den ? half_up(it->full * f->num, f->den) : it->full;
}

/* Items that are out leave their marks to the inspected ones, in proportion, rounded once. */
static void score_sheet(const struct reckon_in *in, int group, const struct sheet *s,
    bool with_extras, struct scored *to)
{
    int64_t looked = 0, looked_full = 0, computed = 0;
    *to = (struct scored){0};
    for (size_t i = 0; i < in->n_items; i++) {
        const struct reckon_item *it = &in->item[i];
        const struct finding *f = &s->found[i];
        if (!counts_for(it, group))
            continue;
        switch (it->kind) {
        case ITEM_INSPECTED:
            looked += to->points[i] = points_of(it, f);
            looked_full += it->full;
            break;
        case ITEM_AUTO:
            if (is_out(in->rules, it, f))
                to->out += it->full;
            else
                computed += to->points[i] = points_of(it, f);
            break;
        case ITEM_BONUS: to->bonus += it->per * f->n; break;
        case ITEM_PENALTY: to->penalty += it->per * f->n; break;
        }
    }
    if (to->out && looked_full)
        looked = half_up(looked * (looked_full + to->out), looked_full);
    to->sum = looked + computed;
    if (!with_extras) {
        to->score = to->sum;
        return;
    }
    to->score = clamp(to->sum + at_most(to->bonus, in->rules->bonus_cap)
                          - at_most(to->penalty, in->rules->penalty_cap),
        0, in->rules->top);
}

static enum reckon_fault score_unit(
    const struct reckon_in *in, const struct reckon_unit *u, struct reckoned *to)
{
    const struct reckon_rules *r = in->rules;
    int64_t sum = 0;
    *to = (struct reckoned){.in_public = true};
    for (int w = 0; w < in->n_weeks; w++) {
        /* Bonus and penalty of a week that was not drawn still count on the month (v2). */
        score_sheet(in, u->group, &u->week[w], !r->extras_on_month, &to->week[w]);
        to->bonus += to->week[w].bonus;
        to->penalty += to->week[w].penalty;
        if (!u->week[w].inspected)
            continue;
        sum += to->week[w].score;
        to->n++;
    }
    if (!to->n)
        return NO_WEEK;
    if (!u->month.inspected)
        return NO_MONTH;
    score_sheet(in, u->group, &u->month, false, &to->month);
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

static void rank(const struct reckon_in *in, struct reckoned *out)
{
    for (size_t i = 0; i < in->n_units; i++) {
        out[i].rank = out[i].town_rank = 1;
        for (size_t k = 0; k < in->n_units; k++) {
            bool higher = out[k].score > out[i].score;
            out[i].town_rank += higher;
            out[i].rank += higher && in->unit[k].group == in->unit[i].group;
        }
    }
}

/* Who stands better where M is equal, and which step says so. */
static int better(
    const struct reckon_in *in, const struct reckoned *out, size_t a, size_t b, enum decided *by)
{
    const struct reckon_unit *x = &in->unit[a], *y = &in->unit[b];
    *by = BY_RANK;
    if (out[a].score != out[b].score)
        return out[a].score > out[b].score ? 1 : -1;
    *by = BY_PENALTY;
    if (out[a].penalty != out[b].penalty)
        return out[a].penalty < out[b].penalty ? 1 : -1;
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

/* The field for a flag: indices of one group's units that may have it. */
struct field {
    size_t at[RECKON_UNITS];
    size_t n;
};

/* How many of the field stand strictly better (sign 1) or worse (sign −1) than i, and how many are
 * equal to it in every step; by: the step that parts i from its nearest neighbour of equal M. */
static void stand(const struct reckon_in *in, const struct reckoned *out, const struct field *f,
    size_t i, int sign, int *ahead, int *equal, enum decided *by)
{
    *ahead = *equal = 0;
    *by = BY_RANK;
    for (size_t k = 0; k < f->n; k++) {
        enum decided step;
        if (f->at[k] == i)
            continue;
        int c = better(in, out, f->at[k], i, &step) * sign;
        *ahead += c > 0;
        *equal += c == 0;
        if (out[f->at[k]].score == out[i].score && step > *by)
            *by = step;
    }
}

/* Red: the first places of those that may have it; equal to the last step: all of them. */
static void flag_red(const struct reckon_in *in, struct reckoned *out, int group, int n_group)
{
    const struct reckon_rules *r = in->rules;
    int places = reckon_places_red(r, n_group);
    struct field f = {.n = 0};
    for (size_t i = 0; i < in->n_units; i++) {
        const struct reckon_unit *u = &in->unit[i];
        if (u->group == group && out[i].score >= r->red_min && !u->bar_red && !u->falsified
            && !u->open_late)
            f.at[f.n++] = i;
    }
    for (size_t k = 0; k < f.n; k++) {
        int ahead, equal;
        enum decided by;
        stand(in, out, &f, f.at[k], 1, &ahead, &equal, &by);
        bool in_places = ahead < places;
        struct reckoned *o = &out[f.at[k]];
        o->flag = in_places ? FLAG_RED : FLAG_NONE;
        o->by = in_places && equal && ahead + equal >= places ? BY_TIE_FOR_ALL
                : in_places || by != BY_RANK                  ? by
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
static void flag_black_places(
    const struct reckon_in *in, struct reckoned *out, int group, int n_group)
{
    int places = reckon_places_black(in->rules, n_group);
    struct field f = {.n = 0};
    for (size_t i = 0; i < in->n_units; i++)
        if (in->unit[i].group == group && out[i].score < in->rules->black_max)
            f.at[f.n++] = i;
    for (size_t k = 0; k < f.n; k++) {
        int behind, equal;
        enum decided by;
        struct reckoned *o = &out[f.at[k]];
        stand(in, out, &f, f.at[k], -1, &behind, &equal, &by);
        if (behind + equal < places) {
            o->flag = FLAG_BLACK;
            o->by = by;
        } else if (behind < places) {
            o->by = BY_TIE_FOR_ALL;
        } else {
            o->by = by == BY_RANK ? BY_NOTHING : by;
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

static int group_size(const struct reckon_in *in, int group)
{
    int n = 0;
    for (size_t i = 0; i < in->n_units; i++)
        n += in->unit[i].group == group;
    return n;
}

static bool input_fine(const struct reckon_in *in, int64_t *unit)
{
    *unit = 0;
    if (in->n_items > RECKON_ITEMS || in->n_weeks > RECKON_WEEKS || in->n_units > RECKON_UNITS)
        return false;
    for (size_t i = 0; i < in->n_units; i++) {
        *unit = in->unit[i].code;
        if (in->unit[i].group < 0 || in->unit[i].group >= in->n_groups)
            return false;
        for (int w = 0; w <= in->n_weeks; w++) {
            const struct sheet *s = w < in->n_weeks ? &in->unit[i].week[w] : &in->unit[i].month;
            for (size_t k = 0; k < in->n_items; k++) {
                const struct finding *f = &s->found[k];
                if (f->n < 0 || f->num < 0 || f->den < 0 || (f->den && f->num > f->den))
                    return false;
            }
        }
    }
    return true;
}

enum reckon_fault reckon(const struct reckon_in *in, struct reckoned *out, int64_t *unit)
{
    if (!input_fine(in, unit))
        return BAD_INPUT;
    for (size_t i = 0; i < in->n_units; i++) {
        enum reckon_fault fault = score_unit(in, &in->unit[i], &out[i]);
        *unit = in->unit[i].code;
        if (fault != RECKON_FINE)
            return fault;
        out[i].by = BY_NOTHING;
    }
    rank(in, out);
    for (int g = 0; g < in->n_groups; g++) {
        int n = group_size(in, g);
        if (n)
            flag_red(in, out, g, n);
        if (n && !in->rules->black_in_a_row)
            flag_black_places(in, out, g, n);
    }
    flag_black_by_mark(in, out);
    *unit = 0;
    return RECKON_FINE;
}
