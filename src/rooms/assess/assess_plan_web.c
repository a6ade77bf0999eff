/* assess_plan_web.c — 检查安排: who inspects whom in a round, naming one, waiving with a reason,
 * and the seed by which anybody draws it again.  What is not started is told to the office alone.
 */
#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

static struct assess_picks inspector_picks(Cx *cx, int64_t chosen)
{
    struct holders h;
    if (duty_all_holders(cx, HAS(POST_INSPECTOR) | HAS(POST_LEAD) | HAS(POST_DEPT), &h) != OK)
        return (struct assess_picks){0};
    struct assess_pick *at = NEW_ARRAY(&cx->mem, h.n + 1, struct assess_pick);
    size_t n = 0;
    for (size_t i = 0; i < h.n; i++) {
        Str value = str(arena_printf(&cx->mem, "%" PRId64, h.at[i].person));
        bool there = false;
        for (size_t k = 0; k < n; k++)
            there |= str_eq(at[k].value, value);
        if (there)
            continue;
        Str post = say(cx, posts[h.at[i].post].label);
        at[n++] = (struct assess_pick){.value = value,
            .label = str(arena_printf(&cx->mem, "%.*s（%.*s）", (int)h.at[i].name.len,
                h.at[i].name.at, (int)post.len, post.at)),
            .chosen = h.at[i].person == chosen};
    }
    return (struct assess_picks){at, n};
}

static struct assess_picks week_picks(Cx *cx, Str month, Str chosen)
{
    struct assess_week w[RECKON_WEEKS];
    int n = assess_weeks(cx, month, w);
    struct assess_pick *at = NEW_ARRAY(&cx->mem, RECKON_WEEKS + 1, struct assess_pick);
    for (int i = 0; i < n; i++)
        at[i] = (struct assess_pick){.value = w[i].code,
            .label = say_n(cx, T("第 {n} 周"), assess_week_no(w[i].code)),
            .chosen = str_eq(chosen, w[i].code)};
    at[n] = (struct assess_pick){
        .value = S("K"), .label = say(cx, T("月末检查")), .chosen = str_eq(chosen, S("K"))};
    return (struct assess_picks){at, (size_t)n + 1};
}

static Err sheets_of(Cx *cx, struct plan_view *v)
{
    struct assess_sheets all;
    TRY(assess_sheets_of(cx, v->r->id, &all));
    struct sheet_row *at = NEW_ARRAY(&cx->mem, all.n + 1, struct sheet_row);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct assess_sheet *s = &all.at[i];
        bool drawn = str_eq(s->state, S("drawn"));
        if (drawn && !v->office && s->inspector != cx->me.person) {
            v->n_hidden++;
            continue;
        }
        at[n++] = (struct sheet_row){.id = s->id,
            .unit = s->unit,
            .unit_name = town_unit_name(cx, s->unit),
            .week_no = assess_week_no(s->week),
            .planned_on = s->planned_on,
            .state = s->state,
            .state_label = sheet_state_label(s->state),
            .hidden = drawn,
            .who = v->office ? people_name(cx, s->inspector) : assess_posts_of(cx, s->inspector)};
    }
    v->sheets = (struct sheet_rows){at, n};
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    struct assess_round r;
    struct assess_table t;
    TRY(assess_round_get(cx, path_i64(req, "id"), &r));
    TRY(assess_table_get(cx, r.score_table, &t));
    Str day = form_text(req, "planned_on");
    struct plan_view v = {.r = &r,
        .month = assess_month_text(cx, r.month),
        .say = wrong,
        .bad = wrong.len ? cx->why.field : NULL,
        .office = cx->me.posts & OFFICE_POSTS,
        .open = str_eq(r.state, S("open")),
        .drawn = t.t.drawn,
        .units = assess_village_picks(cx, form_i64(req, "unit")),
        .inspectors = inspector_picks(cx, form_i64(req, "inspector")),
        .weeks = week_picks(cx, r.month, form_text(req, "week")),
        .day = day.len ? day : town_today(cx)};
    TRY(sheets_of(cx, &v));
    v.shell = shell_of(cx, req, "assess");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_assess_plan(out, &v);
    return OK;
}

Err assess_plan_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0});
}

Err assess_plan_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id, round = path_i64(req, "id");
    Err e = form_i64(req, "inspector") && form_i64(req, "unit")
                ? assess_sheet_name(cx, round, form_text(req, "week"), form_i64(req, "unit"),
                    form_i64(req, "inspector"), form_text(req, "planned_on"), &id)
                : fail(cx, ERR_INVALID, "inspector", T("请选村（社区）和检查员"));
    if (e == ERR_INVALID || ((e == ERR_FORBIDDEN || e == ERR_CONFLICT) && cx->why.field))
        return show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/assess/%" PRId64 "/plan", round);
}

Err inspect_waive_post(Cx *cx, const Req *req, Resp *resp)
{
    struct assess_sheet s;
    TRY(assess_sheet_get(cx, path_i64(req, "id"), &s));
    TRY(assess_sheet_waive(cx, s.id, form_text(req, "reason")));
    return redirect(cx, resp, "/assess/%" PRId64 "/plan", s.round);
}
