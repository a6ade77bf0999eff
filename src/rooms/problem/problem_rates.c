/* problem_rates.c — 作战图: the board's numbers, the ranking of villages, the rates of a period. */
#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_count.h"
#include "rooms/problem/problem_sum.h"

enum { WEEKS = 8, BOARD_DAYS = 84, PRESSED = 8, OTHERS = -1 };

static struct problem_filter rows_of(
    const char *figure, const char *part, int64_t village, Str from_on, Str until_on)
{
    return (struct problem_filter){
        .figure = str(figure),
        .part = str(part),
        .village = village,
        .from_on = from_on,
        .until_on = until_on,
        .state = S("all"),
    };
}

struct counting {
    const Facts *at;
    size_t n;
    struct period t;
    Str from_on, until_on;
};

/* A rate of one village (0: the town; OTHERS: departments and town contractors) and one focus. */
static struct problem_figure figure(
    Cx *cx, const struct counting *c, const struct rate *r, int64_t village, Str focus)
{
    struct problem_figure f = {.name = r->name, .label = r->label};
    int64_t ms = 0;
    f.num = rows_of(r->name, "num", village, c->from_on, c->until_on);
    f.den = rows_of(r->name, "den", village, c->from_on, c->until_on);
    f.num.focus = f.den.focus = focus;
    for (size_t i = 0; i < c->n; i++) {
        const Facts *p = &c->at[i];
        int64_t own = r->by_due_village ? (p->due_village ? p->due_village : OTHERS) : p->village;
        if ((village && own != village) || (focus.len && !str_eq(focus, p->focus)))
            continue;
        bool num = r->num(p, &c->t);
        f.n += num;
        f.of += r->den(p, &c->t);
        ms += num && p->work_ms.set ? p->work_ms.v : 0;
    }
    f.shown = percent_text(cx, f.n, f.of);
    if (!strcmp(r->name, "hours"))
        f.shown = f.n ? str(arena_printf(&cx->mem, "%lld.%lld", (long long)(ms / f.n / 3600000),
                      (long long)(ms / f.n % 3600000 / 360000)))
                      : S("—");
    f.num_query = problem_filter_query(cx, &f.num);
    f.den_query = problem_filter_query(cx, &f.den);
    return f;
}

static int64_t count_of(const struct counting *c, const char *name, int64_t village)
{
    int64_t n = 0;
    for (const struct rate *r = problem_rate_rows; r->name; r++)
        for (size_t i = 0; i < c->n && !strcmp(r->name, name); i++)
            n += (!village || c->at[i].village == village) && r->num(&c->at[i], &c->t);
    return n;
}

static void rates_of(
    Cx *cx, const struct counting *c, int64_t village, Str name, struct problem_rates *to)
{
    enum { N = sizeof to->at / sizeof *to->at };
    *to = (struct problem_rates){.village = village, .village_name = name};
    for (size_t i = 0; i < N; i++)
        to->at[i] = figure(cx, c, &problem_rate_rows[i], village, (Str){0});
    to->n_voided = count_of(c, "voided", village);
    to->n_fixed = count_of(c, "fixed", village);
}

static Err counting_of(Cx *cx, Str from_on, Str until_on, struct counting *c)
{
    Facts *at;
    *c = (struct counting){.from_on = from_on, .until_on = until_on};
    TRY(period_of(cx, from_on, until_on, &c->t));
    TRY(facts_of(cx, &c->t, &at, &c->n));
    c->at = at;
    return OK;
}

Err problem_rates(Cx *cx, Str from_on, Str until_on, const struct problem_rates **to, size_t *n)
{
    struct counting c;
    struct units villages;
    TRY(counting_of(cx, from_on, until_on, &c));
    TRY(town_villages(cx, &villages));
    struct problem_rates *at = NEW_ARRAY(&cx->mem, villages.n + 2, struct problem_rates);
    rates_of(cx, &c, 0, town_unit_name(cx, cx->town_id * 1000000), &at[0]);
    for (size_t i = 0; i < villages.n; i++)
        rates_of(cx, &c, villages.at[i].code, villages.at[i].name, &at[i + 1]);
    rates_of(cx, &c, OTHERS, say(cx, T("部门和镇里")), &at[villages.n + 1]);
    *to = at;
    *n = villages.n + 2;
    return OK;
}

/* ---- the board */

static Err plain(
    Cx *cx, const char *name, Text label, struct problem_filter f, struct problem_figure *to)
{
    *to = (struct problem_figure){.name = name, .label = label, .of = -1, .num = f};
    TRY(problem_n(cx, &f, &to->n));
    to->shown = str(arena_printf(&cx->mem, "%lld", (long long)to->n));
    to->num_query = problem_filter_query(cx, &f);
    return OK;
}

/* One side of a rate as a plain number. */
static struct problem_figure side(
    Cx *cx, const struct problem_figure *rate, const char *name, Text label, bool num)
{
    struct problem_figure f = {.name = name, .label = label, .of = -1};
    f.n = num ? rate->n : rate->of;
    f.num = num ? rate->num : rate->den;
    f.num_query = num ? rate->num_query : rate->den_query;
    f.shown = str(arena_printf(&cx->mem, "%lld", (long long)f.n));
    return f;
}

static const struct rate *rate_of(const char *name)
{
    const struct rate *r = problem_rate_rows;
    while (strcmp(r->name, name))
        r++;
    return r;
}

/* Better first: the higher closing rate, then the fewer overdue, then by code; nothing filed last.
 */
static bool before(const struct problem_ranked *a, const struct problem_ranked *b)
{
    if (!a->closing.of != !b->closing.of)
        return a->closing.of;
    int64_t left = a->closing.n * b->closing.of, right = b->closing.n * a->closing.of;
    if (left != right)
        return left > right;
    if (a->n_overdue != b->n_overdue)
        return a->n_overdue < b->n_overdue;
    return a->village < b->village;
}

static bool same_rank(const struct problem_ranked *a, const struct problem_ranked *b)
{
    return !a->closing.of == !b->closing.of
           && a->closing.n * b->closing.of == b->closing.n * a->closing.of
           && a->n_overdue == b->n_overdue;
}

static Err rank_villages(Cx *cx, const struct counting *c, struct problem_board *to)
{
    struct units villages;
    TRY(town_villages(cx, &villages));
    struct problem_ranked *at = NEW_ARRAY(&cx->mem, villages.n + 1, struct problem_ranked);
    for (size_t i = 0; i < villages.n; i++) {
        struct problem_ranked v = {.village = villages.at[i].code, .name = villages.at[i].name};
        TRY(problem_n(cx, &(struct problem_filter){.village = v.village}, &v.n_open));
        TRY(problem_n(
            cx, &(struct problem_filter){.village = v.village, .overdue = true}, &v.n_overdue));
        v.closing = figure(cx, c, rate_of("closing"), v.village, (Str){0});
        v.on_time = figure(cx, c, rate_of("on_time"), v.village, (Str){0});
        size_t k = i;
        for (; k > 0 && before(&v, &at[k - 1]); k--)
            at[k] = at[k - 1];
        at[k] = v;
    }
    for (size_t i = 0; i < villages.n; i++)
        at[i].rank = i && same_rank(&at[i - 1], &at[i]) ? at[i - 1].rank : (int64_t)i + 1;
    to->villages = at;
    to->n_villages = villages.n;
    return OK;
}

/* Reported and closed in each of the last weeks, Monday to Sunday, this one last. */
static void count_weeks(Cx *cx, const struct counting *c, int64_t weeks[WEEKS][2])
{
    int64_t today = day_of(cx->now), monday = today - (day_weekday(today) - 1);
    int64_t first = day_start(monday - 7 * (WEEKS - 1));
    const int64_t week = INT64_C(7) * 86400000;
    for (size_t i = 0; i < c->n; i++) {
        const Facts *p = &c->at[i];
        int64_t r = (p->reported_at - first) / week, e = (p->closed_at.v - first) / week;
        if (p->reported_at >= first && r < WEEKS)
            weeks[r][0]++;
        if (p->closed_at.set && p->closed_at.v >= first && e < WEEKS)
            weeks[e][1]++;
    }
}

Err problem_board(Cx *cx, struct problem_board *to)
{
    struct counting c;
    static const struct option focuses[] = {
        {"road", T("道路环境卫生")},
        {"look", T("村容村貌")      },
        {"air",  T("大气污染")      }
    };
    int64_t today = day_of(cx->now);
    *to = (struct problem_board){
        .from_on = day_text(cx, today - (BOARD_DAYS - 1)), .until_on = day_text(cx, today)};
    TRY(counting_of(cx, to->from_on, to->until_on, &c));
    const struct rate *closing = rate_of("closing");
    to->mended_rate = figure(cx, &c, closing, 0, (Str){0});
    to->five[0] = side(cx, &to->mended_rate, "registered", T("在册问题"), false);
    to->five[1] = side(cx, &to->mended_rate, "mended", T("已整改"), true);
    TRY(plain(cx, "today", T("今日新报"), (struct problem_filter){.state = S("all"), .today = true},
        &to->five[2]));
    TRY(plain(
        cx, "overdue", T("超期未办"), (struct problem_filter){.overdue = true}, &to->five[3]));
    TRY(plain(cx, "to_verify", T("待核查"), (struct problem_filter){.state = S("handled")},
        &to->five[4]));
    for (int i = 0; i < 3; i++) {
        to->focus[i] = figure(cx, &c, closing, 0, str(focuses[i].code));
        to->focus[i].name = focuses[i].code;
        to->focus[i].label = focuses[i].label;
    }
    rates_of(cx, &c, 0, town_unit_name(cx, cx->town_id * 1000000), &to->rates);
    count_weeks(cx, &c, to->weeks);
    TRY(rank_villages(cx, &c, to));
    TRY(problem_cards(cx,
        &(struct problem_filter){.overdue = true, .order = FIRST_BY_DUE, .limit = PRESSED},
        &to->press));
    return problem_news(cx, &to->news);
}
