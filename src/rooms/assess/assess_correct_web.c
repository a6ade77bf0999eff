/* assess_correct_web.c — 更正轮: asked for on a published round's page, filled in on its own. */
#include "gen/tmpl.h"
#include "rooms/assess/assess_correct_view.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

static Str counted(
    Cx *cx, const struct score_table *t, Str item, int64_t n, int64_t num, int64_t den)
{
    int no = score_table_item(t, item);
    if (no >= 0 && t->item[no].is.kind == ITEM_AUTO)
        return str(arena_printf(&cx->mem, "%" PRId64 "/%" PRId64, num, den));
    return str(arena_printf(&cx->mem, "%" PRId64, n));
}

static Err rows_of(Cx *cx, const struct score_table *t, struct correct_view *v)
{
    struct assess_fixes f;
    TRY(assess_correct_rows(cx, v->r->id, &f));
    struct fix_row *at = NEW_ARRAY(&cx->mem, f.n + 1, struct fix_row);
    for (size_t i = 0; i < f.n; i++) {
        const struct assess_fixed *x = &f.at[i];
        at[i] = (struct fix_row){.id = x->id,
            .unit_name = town_unit_name(cx, x->unit),
            .week = x->week,
            .item = x->item,
            .was = counted(cx, t, x->item, x->n_was, x->num_was, x->den_was),
            .now = counted(cx, t, x->item, x->n, x->num, x->den),
            .reason = x->reason,
            .by = people_name(cx, x->by)};
    }
    v->fixes.at = at;
    v->fixes.n = f.n;
    return OK;
}

static void picks_of(Cx *cx, const Req *req, const struct score_table *t, struct correct_view *v)
{
    struct assess_week weeks[RECKON_WEEKS];
    int n = assess_weeks(cx, v->r->month, weeks);
    struct assess_pick *at = NEW_ARRAY(&cx->mem, (size_t)n + 1, struct assess_pick);
    struct assess_pick *items = NEW_ARRAY(&cx->mem, t->n_items + 1, struct assess_pick);
    for (int w = 0; w <= n; w++) {
        Str code = w == n ? S("K") : weeks[w].code;
        at[w] = (struct assess_pick){code, w == n ? say(cx, T("月末检查")) : code,
            .chosen = str_eq(code, form_text(req, "week"))};
    }
    for (size_t i = 0; i < t->n_items; i++)
        items[i] = (struct assess_pick){t->item[i].is.code,
            str(arena_printf(&cx->mem, "%.*s %.*s", (int)t->item[i].is.code.len,
                t->item[i].is.code.at, (int)t->item[i].name.len, t->item[i].name.at)),
            .chosen = str_eq(t->item[i].is.code, form_text(req, "item"))};
    v->units = assess_village_picks(cx, form_i64(req, "unit"));
    v->weeks = (struct assess_picks){at, (size_t)n + 1};
    v->items = (struct assess_picks){items, t->n_items};
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    struct assess_round r;
    struct assess_table t;
    TRY(assess_round_get(cx, path_i64(req, "id"), &r));
    if (!r.corrects)
        return ERR_NOT_FOUND;
    TRY(assess_table_get(cx, r.score_table, &t));
    struct correct_view v = {.r = &r,
        .month = assess_month_text(cx, r.month),
        .reason = r.reason,
        .say = wrong,
        .bad = wrong.len ? cx->why.field : NULL,
        .typed = form_text(req, "reason"),
        .n = form_text(req, "n"),
        .num = form_text(req, "num"),
        .den = form_text(req, "den"),
        .may = (cx->me.posts & OFFICE_POSTS) && str_eq(r.state, S("open"))};
    TRY(rows_of(cx, &t.t, &v));
    picks_of(cx, req, &t.t, &v);
    v.shell = shell_of(cx, req, "assess");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_assess_correct(out, &v);
    return OK;
}

Err assess_correct_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0});
}

Err assess_correct_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id;
    TRY(assess_correct(cx, path_i64(req, "id"), form_text(req, "reason"), &id));
    return redirect(cx, resp, "/assess/%" PRId64 "/correct", id);
}

Err assess_fix_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id"), row;
    Err e = assess_correct_add(cx, id,
        &(struct assess_fix){.unit = form_i64(req, "unit"),
            .week = form_text(req, "week"),
            .item = form_text(req, "item"),
            .n = form_i64(req, "n"),
            .num = form_i64(req, "num"),
            .den = form_i64(req, "den"),
            .reason = form_text(req, "reason")},
        &row);
    if ((e == ERR_INVALID || e == ERR_CONFLICT) && cx->why.say.len)
        return show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/assess/%" PRId64 "/correct", id);
}

Err assess_unfix_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");
    TRY(assess_correct_drop(cx, id, form_i64(req, "fix")));
    return redirect(cx, resp, "/assess/%" PRId64 "/correct", id);
}
