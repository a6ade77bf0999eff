/* assess_rehearse_web.c — 预演: who would gain and who would lose under a table that is not in
 * force yet. */
#include "gen/tmpl.h"
#include "rooms/assess/assess_fair_view.h"
#include "rooms/assess/assess_rehearse.h"

static struct rehearsed_row row_of(Cx *cx, const struct rehearsed *r)
{
    int64_t change = r->now - r->was;
    Str points = assess_points(cx, change);
    return (struct rehearsed_row){.unit = r->unit,
        .name = r->name,
        .was = assess_points(cx, r->was),
        .now = assess_points(cx, r->now),
        .change =
            change > 0 ? str(arena_printf(&cx->mem, "+%.*s", (int)points.len, points.at)) : points,
        .flag_was = str(assess_flag_code(r->flag_was)),
        .flag_now = str(assess_flag_code(r->flag_now)),
        .by = assess_decided_text(r->by),
        .up = change > 0,
        .down = change < 0,
        .moved = r->flag_was != r->flag_now};
}

/* The one that loses most stands first: they are asked first. */
static void put_row(struct rehearsed_row *at, const struct rehearsed *all,
    const struct rehearsed *r, size_t *place, size_t n, Cx *cx)
{
    size_t i = n;
    int64_t change = r->now - r->was;
    while (i && all[place[i - 1]].now - all[place[i - 1]].was > change) {
        at[i] = at[i - 1];
        place[i] = place[i - 1];
        i--;
    }
    at[i] = row_of(cx, r);
    place[i] = (size_t)(r - all);
}

static void months_of(Cx *cx, const struct rehearsed *all, size_t n, struct rehearse_view *v)
{
    struct rehearsed_month *at = NEW_ARRAY(&cx->mem, n + 1, struct rehearsed_month);
    size_t months = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && str_eq(all[end].month, all[i].month))
            end++;
        struct rehearsed_row *rows = NEW_ARRAY(&cx->mem, end - i + 1, struct rehearsed_row);
        size_t *place = NEW_ARRAY(&cx->mem, end - i + 1, size_t);
        struct rehearsed_month *m = &at[months++];
        m->month = assess_month_text(cx, all[i].month);
        for (size_t k = i; k < end; k++) {
            put_row(rows, all, &all[k], place, k - i, cx);
            m->n_up += all[k].now > all[k].was;
            m->n_down += all[k].now < all[k].was;
            m->n_same += all[k].now == all[k].was;
            m->n_moved += all[k].flag_now != all[k].flag_was;
        }
        m->rows.at = rows;
        m->rows.n = end - i;
        i = end;
    }
    v->months.at = at;
    v->months.n = months;
}

Err assess_rehearse_get(Cx *cx, const Req *req, Resp *resp)
{
    struct assess_table t;
    struct rehearsed *all = NULL;
    size_t n = 0;
    TRY(assess_table_get(cx, query_i64(req, "table"), &t));
    struct rehearse_view v = {
        .id = t.id, .code = t.t.code, .edition = t.t.version, .draft = str_eq(t.state, S("draft"))};
    Err e = assess_rehearse(cx, t.id, &all, &n);
    if (e == ERR_CONFLICT || e == ERR_INVALID)
        v.say = cx->why.say;
    else
        TRY(e);
    months_of(cx, all, e == OK ? n : 0, &v);
    v.shell = shell_of(cx, req, "assess");
    page_rehearse(resp_page(cx, req, resp), &v);
    return OK;
}
