/* assess_web.c — the doors of 考核: /assess with rounds and tables, a round /assess/ID and its
 * steps.
 */
#include "gen/tmpl.h"
#include "rooms/assess/assess_correct.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

/* ---- /assess */
static Err list_show(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    Str typed = form_text(req, "month");
    struct assess_list_view v = {
        .say = wrong,
        .bad = wrong.len ? cx->why.field : NULL,
        .month = typed.len ? typed : (Str){town_today(cx).at, 7},
        .office = cx->me.posts & OFFICE_POSTS
    };
    TRY(assess_round_rows(cx, &v));
    TRY(assess_table_rows(cx, &v));
    v.shell = shell_of(cx, req, "assess");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_assess_list(out, &v);
    return OK;
}

Err assess_list_get(Cx *cx, const Req *req, Resp *resp)
{
    return list_show(cx, req, resp, (Str){0});
}

Err assess_open_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id;
    Err e = assess_open(cx, form_text(req, "month"), &id);
    if (e == ERR_INVALID || (e == ERR_CONFLICT && cx->why.field))
        return list_show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/assess/%" PRId64, id);
}

/* ---- the ranking of a frozen round */
static Str weeks_text(Cx *cx, const struct assess_kept *k, size_t u)
{
    const char *all = "";
    for (int w = 0; w < k->in.n_weeks; w++)
        all = arena_printf(&cx->mem, "%s%s%s", all, w ? " " : "",
            k->in.unit[u].week[w].inspected ? assess_points(cx, k->out[u].week[w].score).at : "—");
    return str(all);
}

static struct rank_line line_of(Cx *cx, const struct assess_kept *k, size_t u)
{
    const struct reckoned *x = &k->out[u];
    bool told =
        x->flag != FLAG_BLACK || x->in_public || assess_sees_private(cx, k->in.unit[u].code);
    return (struct rank_line){.unit = k->in.unit[u].code,
        .rank = x->rank,
        .town_rank = x->town_rank,
        .name = k->in.unit_name[u],
        .weeks = weeks_text(cx, k, u),
        .k = assess_points(cx, x->month.score),
        .score = assess_points(cx, x->score),
        .flag = str(told ? assess_flag_code(x->flag) : "none"),
        .why = told ? assess_why(cx, k, u) : (Str){0}};
}

/* Insertion by rank, then by code: a group has some tens at most. */
static void put_line(struct rank_line *at, size_t n, struct rank_line l)
{
    size_t i = n;
    while (i > 0
           && (at[i - 1].rank > l.rank || (at[i - 1].rank == l.rank && at[i - 1].unit > l.unit))) {
        at[i] = at[i - 1];
        i--;
    }
    at[i] = l;
}

Err assess_groups(
    Cx *cx, const struct assess_kept *k, const struct assess_kept *first, struct rank_groups *to)
{
    struct rank_group *at = NEW_ARRAY(&cx->mem, (size_t)k->in.n_groups + 1, struct rank_group);
    size_t n = 0;
    for (int g = 0; g < k->in.n_groups; g++) {
        struct rank_line *lines = NEW_ARRAY(&cx->mem, k->in.n_units + 1, struct rank_line);
        at[n] = (struct rank_group){.name = k->in.group[g].name, .lines.at = lines};
        for (size_t u = 0; u < k->in.n_units; u++) {
            if (k->in.unit[u].group != g)
                continue;
            struct rank_line l = line_of(cx, k, u);
            size_t was = first ? assess_unit_no(first, l.unit) : 0;
            if (first && was < first->in.n_units && first->out[was].score != k->out[u].score)
                l.before = assess_points(cx, first->out[was].score);
            at[n].n_red += str_eq(l.flag, S("red"));
            at[n].n_black += str_eq(l.flag, S("black"));
            put_line(lines, at[n].lines.n++, l);
        }
        n += at[n].lines.n > 0;
    }
    *to = (struct rank_groups){at, n};
    return OK;
}

/* ---- /assess/ID */
static int step_of(Str state)
{
    static const char *const states[] = {"open", "scored", "frozen", "final", "published"};
    for (int i = 0; i < 5; i++)
        if (str_eq(state, str(states[i])))
            return i + 1;
    return str_eq(state, S("in_appeal")) ? 3 : 5;
}

/* Which button stands there, or the words why it does not. */
static Err buttons(Cx *cx, struct round_view *v)
{
    const struct assess_round *r = v->r;
    enum entered how;
    bool commander = cx->me.posts & HAS(POST_COMMANDER);
    TRY(assess_entered(cx, r->id, &how));
    bool entered = how != ENTERED_NOTHING;
    v->second = r->first_by.set;
    v->may_score = v->office && v->step == 1 && !v->missing.len && !r->corrects;
    v->may_freeze = v->office && v->step == (r->corrects ? 1 : 2);
    v->may_correct = v->office && r->published_at.set && !r->corrects && !v->correction;
    v->fair = (v->office || commander) && !r->corrects;
    v->may_final = v->office && str_eq(r->state, S("frozen")) && cx->now > r->appeal_until.v;
    v->may_sign = v->step == 4 && !entered
                  && (v->second ? commander && r->first_by.v != cx->me.person : v->office);
    if (v->step <= 3 && !v->office)
        v->why_not = T("收卷、冻结和定稿由领导小组办公室办");
    else if (v->step == 3 && str_eq(r->state, S("in_appeal")))
        v->why_not = T("申诉都有了结论，才能定稿");
    else if (v->step == 3 && !v->may_final)
        v->why_not = T("申诉期过了，才能定稿");
    else if (v->step == 4 && entered)
        v->why_not = assess_entered_why(how);
    else if (v->step == 4 && !v->may_sign && v->second)
        v->why_not = T("第二个签字由总指挥来签，不能是第一个签字的人");
    else if (v->step == 4 && !v->may_sign)
        v->why_not = T("第一个签字由领导小组办公室来签");
    return OK;
}

static Err result_of(Cx *cx, struct round_view *v)
{
    struct assess_kept *k = NEW(&cx->mem, struct assess_kept);
    struct assess_kept *first = NULL;
    if (!v->r->frozen_no)
        return OK;
    TRY(assess_kept(cx, v->r->id, 0, k));
    if (v->r->frozen_no > 1 || v->r->corrects) {
        first = NEW(&cx->mem, struct assess_kept);
        TRY(v->r->corrects ? assess_kept(cx, v->r->corrects, 0, first)
                           : assess_kept(cx, v->r->id, 1, first));
    }
    v->hash = k->input_hash;
    v->week_share = assess_percent(cx, k->in.rules.week_share);
    v->month_share = assess_percent(cx, k->in.rules.month_share);
    TRY(assess_appeals_n(cx, v->r->id, &v->n_appeals));
    return assess_groups(cx, k, first, &v->groups);
}

static Err progress(Cx *cx, struct round_view *v)
{
    struct assess_sheets s;
    TRY(assess_sheets_of(cx, v->r->id, &s));
    for (size_t i = 0; i < s.n; i++) {
        v->n_done += str_eq(s.at[i].state, S("done")) || str_eq(s.at[i].state, S("waived"));
        v->n_open += str_eq(s.at[i].state, S("drawn")) || str_eq(s.at[i].state, S("started"));
    }
    if (v->step == 1 && v->office && !v->r->corrects)
        TRY(assess_missing(cx, v->r, &v->missing));
    return OK;
}

static Err round_show(Cx *cx, const Req *req, Resp *resp, Str wrong, int status)
{
    struct assess_round r;
    struct assess_table t;
    TRY(assess_round_get(cx, path_i64(req, "id"), &r));
    TRY(assess_table_get(cx, r.score_table, &t));
    struct round_view v = {.r = &r,
        .month = assess_month_text(cx, r.month),
        .table = t.t.code,
        .version = t.t.version,
        .state_label = assess_state_label(r.state),
        .step = step_of(r.state),
        .say = wrong,
        .bad = wrong.len ? cx->why.field : NULL,
        .office = cx->me.posts & OFFICE_POSTS,
        .first_name = r.first_by.set ? people_name(cx, r.first_by.v) : (Str){0},
        .second_name = r.second_by.set ? people_name(cx, r.second_by.v) : (Str){0}};
    bool published;
    TRY(assess_correction_of(cx, &r, &v.correction, &published));
    TRY(progress(cx, &v));
    TRY(buttons(cx, &v));
    TRY(result_of(cx, &v));
    v.shell = shell_of(cx, req, "assess");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_assess_round(out, &v);
    return OK;
}

Err assess_round_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return round_show(cx, req, resp, (Str){0}, 0);
}

/* Told on the page itself: what is missing, who may not, that the result was frozen anew. */
static Err done(Cx *cx, const Req *req, Resp *resp, Err e)
{
    if ((e == ERR_CONFLICT || e == ERR_FORBIDDEN) && cx->why.say.len)
        return round_show(cx, req, resp, cx->why.say, e == ERR_CONFLICT ? 409 : 403);
    TRY(e);
    return redirect(cx, resp, "/assess/%" PRId64, path_i64(req, "id"));
}

Err assess_score_post(Cx *cx, const Req *req, Resp *resp)
{
    return done(cx, req, resp, assess_scored(cx, path_i64(req, "id")));
}

Err assess_freeze_post(Cx *cx, const Req *req, Resp *resp)
{
    return done(cx, req, resp, assess_freeze(cx, path_i64(req, "id")));
}

Err assess_final_post(Cx *cx, const Req *req, Resp *resp)
{
    return done(cx, req, resp, assess_final(cx, path_i64(req, "id")));
}

Err assess_sign_post(Cx *cx, const Req *req, Resp *resp)
{
    return done(cx, req, resp, assess_sign(cx, path_i64(req, "id"), form_text(req, "hash")));
}
