/* assess_fair_count.c — 公平: spread between inspectors, photos, appeals, points that others
 * caused. */
#include "gen/sql_assess.h"
#include "rooms/assess/assess_fair.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/duty/post.h"

enum { PAGE = 1000 };

int64_t assess_fair_root(int64_t n)
{
    int64_t x = n, y = (n + 1) / 2;
    while (y < x)
        x = y, y = (x + n / x) / 2;
    return x;
}

static void mean_of(int64_t n, int64_t sum, int64_t squares, int64_t *mean, int64_t *sigma)
{
    *mean = *sigma = 0;
    if (!n)
        return;
    *mean = half_up(sum, n);
    *sigma = assess_fair_root((squares * n - sum * sum) / (n * n));
}

void assess_fair_close(struct fair_spread *s, int64_t n_all, int64_t sum_all, int64_t squares_all)
{
    s->n_others = n_all - s->n;
    mean_of(s->n, s->sum, s->squares, &s->mean, &s->sigma);
    mean_of(
        s->n_others, sum_all - s->sum, squares_all - s->squares, &s->mean_others, &s->sigma_others);
    int64_t apart = s->mean > s->mean_others ? s->mean - s->mean_others : s->mean_others - s->mean;
    s->far = s->n >= FAIR_SHEETS && s->n_others >= FAIR_SHEETS && apart > 2 * s->sigma_others;
}

/* What one sheet lost, item by item. */
struct lost_sheet {
    int64_t id;
    size_t inspector;
    int64_t *item;
};
struct counting {
    struct fairness *to;
    const struct assess_table *table;
    struct lost_sheet *sheet;
    size_t n_sheets;
};

static size_t inspector_no(struct fairness *f, int64_t person)
{
    size_t i = 0;
    while (i < f->n_inspectors && f->inspector[i].person != person)
        i++;
    if (i == f->n_inspectors)
        f->inspector[f->n_inspectors++].person = person;
    return i;
}

static Err begin(Cx *cx, struct counting *c)
{
    struct assess_sheets all;
    struct fairness *f = c->to;
    TRY(assess_sheets_of(cx, f->round.id, &all));
    f->n_items = c->table->t.n_items;
    f->item = NEW_ARRAY(&cx->mem, f->n_items + 1, struct fair_item);
    f->inspector = NEW_ARRAY(&cx->mem, all.n + 1, struct fair_inspector);
    c->sheet = NEW_ARRAY(&cx->mem, all.n + 1, struct lost_sheet);
    for (size_t i = 0; i < f->n_items; i++) {
        const struct score_item *it = &c->table->t.item[i];
        f->item[i] = (struct fair_item){.code = it->is.code, .name = it->name, .per = it->is.per};
    }
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.at[i].state, S("done")))
            c->sheet[c->n_sheets++] = (struct lost_sheet){.id = all.at[i].id,
                .inspector = inspector_no(f, all.at[i].inspector),
                .item = NEW_ARRAY(&cx->mem, f->n_items + 1, int64_t)};
    for (size_t i = 0; i < f->n_inspectors; i++)
        f->inspector[i].item = NEW_ARRAY(&cx->mem, f->n_items + 1, struct fair_spread);
    return OK;
}

/* A matter that no village answers for, or that a department or contractor handled. */
static bool of_others(OptI64 due_village, OptStr handler_post)
{
    if (!due_village.set || !handler_post.set)
        return false;
    enum post p = post_named(handler_post.v.at, handler_post.v.len);
    return p == POST_DEPT || p == POST_CONTRACTOR || (due_village.v == 0 && handler_post.v.len);
}

static struct fair_unit *unit_of(struct fairness *f, int64_t unit)
{
    size_t i = f->n_units;
    while (i && f->unit[i - 1].unit > unit)
        i--;
    if (i && f->unit[i - 1].unit == unit)
        return &f->unit[i - 1];
    memmove(&f->unit[i + 1], &f->unit[i], (f->n_units - i) * sizeof *f->unit);
    f->unit[i] = (struct fair_unit){.unit = unit};
    f->n_units++;
    return &f->unit[i];
}

static void take(struct counting *c, const struct sql_assess_fair_points_rows *r)
{
    struct fairness *f = c->to;
    for (size_t i = 0; i < r->n; i++) {
        int no = score_table_item(&c->table->t, r->at[i].item);
        int64_t places = r->at[i].n_left.set ? r->at[i].n_left.v : r->at[i].n;
        int64_t lost = no < 0 ? 0 : places * f->item[no].per;
        for (size_t s = 0; no >= 0 && s < c->n_sheets; s++)
            if (c->sheet[s].id == r->at[i].sheet)
                c->sheet[s].item[no] += lost;
        bool others = of_others(r->at[i].due_village, r->at[i].handler_post);
        struct fair_unit *u = f->n_units < RECKON_UNITS ? unit_of(f, r->at[i].unit) : NULL;
        f->n_points++;
        f->n_paper += r->at[i].batch.set;
        f->n_without += !r->at[i].batch.set && !r->at[i].n_photos;
        f->lost += lost;
        f->by_others += others ? lost : 0;
        if (u)
            u->lost += lost, u->by_others += others ? lost : 0;
    }
}

static Err points(Cx *cx, struct counting *c)
{
    struct sql_assess_fair_points_rows r;
    int64_t above = 0;
    c->to->unit = NEW_ARRAY(&cx->mem, RECKON_UNITS + 1, struct fair_unit);
    do {
        TRY(sql_assess_fair_points(cx,
            &(struct sql_assess_fair_points){
                .round = c->to->round.id, .above = above, .limit = PAGE},
            &r));
        take(c, &r);
        above = r.n ? r.at[r.n - 1].id : above;
    } while (r.n == PAGE);
    return OK;
}

static void add(struct fair_spread *s, int64_t lost)
{
    s->n++, s->sum += lost, s->squares += lost * lost;
}

/* Sums per inspector and item, then mean and deviation against everybody else. */
static void spread(Cx *cx, struct counting *c)
{
    struct fairness *f = c->to;
    struct fair_spread *town = NEW_ARRAY(&cx->mem, f->n_items + 1, struct fair_spread);
    for (size_t s = 0; s < c->n_sheets; s++) {
        struct fair_inspector *by = &f->inspector[c->sheet[s].inspector];
        int64_t sum = 0;
        for (size_t i = 0; i < f->n_items; i++) {
            add(&by->item[i], c->sheet[s].item[i]);
            add(&town[i], c->sheet[s].item[i]);
            sum += c->sheet[s].item[i];
        }
        add(&by->all, sum);
        add(&town[f->n_items], sum);
    }
    for (size_t p = 0; p < f->n_inspectors; p++) {
        struct fair_inspector *by = &f->inspector[p];
        const struct fair_spread *t = &town[f->n_items];
        assess_fair_close(&by->all, t->n, t->sum, t->squares);
        for (size_t i = 0; i < f->n_items; i++) {
            assess_fair_close(&by->item[i], town[i].n, town[i].sum, town[i].squares);
            by->n_far += by->item[i].far;
        }
    }
}

static Err appeals(Cx *cx, struct counting *c)
{
    struct sql_assess_appeals_rows r;
    TRY(sql_assess_appeals(
        cx, &(struct sql_assess_appeals){.round = c->to->round.id, .limit = APPEALS_MAX}, &r));
    for (size_t i = 0; i < r.n; i++) {
        int no = score_table_item(&c->table->t, r.at[i].item);
        if (no < 0)
            continue;
        struct fair_item *it = &c->to->item[no];
        it->n_appeals++;
        it->n_open += str_eq(r.at[i].state, S("open"));
        it->n_granted += !str_eq(r.at[i].state, S("open")) && !str_eq(r.at[i].state, S("upheld"));
    }
    return OK;
}

Err assess_fair_of(Cx *cx, int64_t round, struct fairness *to)
{
    struct assess_table t;
    struct counting c = {.to = to, .table = &t};
    *to = (struct fairness){0};
    TRY(assess_round_get(cx, round, &to->round));
    TRY(assess_table_get(cx, to->round.score_table, &t));
    TRY(begin(cx, &c));
    TRY(points(cx, &c));
    spread(cx, &c);
    return appeals(cx, &c);
}
