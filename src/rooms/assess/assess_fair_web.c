/* assess_fair_web.c — 公平 of a round, in words, for the office and the commander: the office reads
 * names, others the post and a number. */
#include "gen/tmpl.h"
#include "rooms/assess/assess_fair_view.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

static Str who_of(Cx *cx, int64_t person, size_t no)
{
    Str post = assess_posts_of(cx, person);
    if (cx->me.posts & OFFICE_POSTS) {
        Str name = people_name(cx, person);
        return str(arena_printf(&cx->mem, "%.*s %.*s", (int)post.len, post.len ? post.at : "",
            (int)name.len, name.len ? name.at : ""));
    }
    return say_sn(cx, T("{s} {n} 号"), post, (int64_t)no + 1);
}

static struct spread_row spread_row(Cx *cx, Str who, Str item, const struct fair_spread *s)
{
    return (struct spread_row){.item = item,
        .who = who,
        .mean = assess_points(cx, s->mean),
        .sigma = assess_points(cx, s->sigma),
        .mean_others = assess_points(cx, s->mean_others),
        .sigma_others = assess_points(cx, s->sigma_others),
        .n = s->n,
        .n_others = s->n_others,
        .far = s->far};
}

static struct spread_rows items_of(
    Cx *cx, const struct fairness *f, const struct fair_inspector *by, Str who)
{
    struct spread_row *at = NEW_ARRAY(&cx->mem, f->n_items + 1, struct spread_row);
    size_t n = 0;
    for (size_t i = 0; i < f->n_items; i++)
        if (by->item[i].sum || by->item[i].far)
            at[n++] = spread_row(cx, who,
                str(arena_printf(&cx->mem, "%.*s %.*s", (int)f->item[i].code.len,
                    f->item[i].code.at, (int)f->item[i].name.len, f->item[i].name.at)),
                &by->item[i]);
    return (struct spread_rows){at, n};
}

static void inspectors_of(Cx *cx, const struct fairness *f, struct fairness_view *v)
{
    struct inspector_row *at = NEW_ARRAY(&cx->mem, f->n_inspectors + 1, struct inspector_row);
    for (size_t i = 0; i < f->n_inspectors; i++) {
        const struct fair_inspector *by = &f->inspector[i];
        Str who = who_of(cx, by->person, i);
        at[i] = (struct inspector_row){.who = who,
            .mean = assess_points(cx, by->all.mean),
            .sigma = assess_points(cx, by->all.sigma),
            .n = by->all.n,
            .n_far = (int64_t)by->n_far,
            .far = by->all.far || by->n_far,
            .items = items_of(cx, f, by, who)};
        v->n_far += at[i].far;
    }
    v->inspectors.at = at;
    v->inspectors.n = f->n_inspectors;
}

static void others_of(Cx *cx, const struct fairness *f, struct fairness_view *v)
{
    struct granted_row *g = NEW_ARRAY(&cx->mem, f->n_items + 1, struct granted_row);
    struct caused_row *c = NEW_ARRAY(&cx->mem, f->n_units + 1, struct caused_row);
    v->granted.at = g, v->caused.at = c;
    for (size_t i = 0; i < f->n_items; i++) {
        const struct fair_item *it = &f->item[i];
        v->n_appeals += it->n_appeals;
        v->n_granted += it->n_granted;
        if (it->n_appeals)
            g[v->granted.n++] =
                (struct granted_row){it->code, it->name, it->n_appeals, it->n_granted, it->n_open};
    }
    for (size_t i = 0; i < f->n_units; i++)
        if (f->unit[i].by_others)
            c[v->caused.n++] = (struct caused_row){.unit = f->unit[i].unit,
                .name = town_unit_name(cx, f->unit[i].unit),
                .lost = assess_points(cx, f->unit[i].lost),
                .by_others = assess_points(cx, f->unit[i].by_others)};
}

Err assess_fairness_get(Cx *cx, const Req *req, Resp *resp)
{
    struct fairness f;
    TRY(assess_fair_of(cx, path_i64(req, "id"), &f));
    struct fairness_view v = {.r = &f.round,
        .month = assess_month_text(cx, f.round.month),
        .lost = assess_points(cx, f.lost),
        .by_others = assess_points(cx, f.by_others),
        .n_points = f.n_points,
        .n_paper = f.n_paper,
        .n_without = f.n_without};
    inspectors_of(cx, &f, &v);
    others_of(cx, &f, &v);
    v.shell = shell_of(cx, req, "assess");
    page_fairness(resp_page(cx, req, resp), &v);
    return OK;
}
