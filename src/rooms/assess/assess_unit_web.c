/* assess_unit_web.c — 评分单: one unit's points of a round, each lost point with its rule, place,
 * photo and appeal; as text and JSON; the secretary's appeal; what follows. */
#include "gen/tmpl.h"
#include "rooms/assess/assess_explain.h"
#include "rooms/assess/assess_fair.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_measure.h"
#include "rooms/assess/assess_view.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { PROBLEMS_SHOWN = 40 };

/* The frozen result of a unit, or the open round as it stands. */
struct look {
    const struct assess_input *in;
    const struct reckoned *out;
    const struct assess_table *table;
    size_t u;
    int week; /* the chosen one; n_weeks: the month's end */
    bool seen[RECKON_WEEKS + 1];
    bool live;
    struct assess_kept kept;
    struct assess_live now;
};

static Str code_of(const struct look *l, int w)
{
    return w == l->in->n_weeks ? S("K") : l->in->week[w].code;
}

static const struct scored *scored_of(const struct look *l, int w)
{
    return w == l->in->n_weeks ? &l->out->month : &l->out->week[w];
}

static const struct finding *found_of(const struct look *l, size_t i)
{
    const struct reckon_unit *u = &l->in->unit[l->u];
    return l->week == l->in->n_weeks ? &u->month.found[i] : &u->week[l->week].found[i];
}

static Err look_frozen(Cx *cx, const struct assess_round *r, int64_t unit, struct look *l)
{
    TRY(assess_kept(cx, r->id, 0, &l->kept));
    l->in = &l->kept.in;
    l->u = assess_unit_no(&l->kept, unit);
    if (l->u == l->in->n_units)
        return ERR_NOT_FOUND;
    struct reckoned *x = &l->kept.out[l->u];
    if (x->flag == FLAG_BLACK && !x->in_public && !assess_sees_private(cx, unit))
        x->flag = FLAG_NONE, x->by = BY_NOTHING;
    l->out = x;
    for (int w = 0; w < l->in->n_weeks; w++)
        l->seen[w] = l->in->unit[l->u].week[w].inspected;
    l->seen[l->in->n_weeks] = l->in->unit[l->u].month.inspected;
    return OK;
}

static Err look_live(Cx *cx, const struct assess_round *r, int64_t unit, struct look *l)
{
    if (!assess_in_care(cx, unit))
        return fail(cx, ERR_FORBIDDEN, NULL, T("冻结以后，别的村（社区）的得分才看得到"));
    TRY(assess_live_of(cx, r->id, unit, &l->now));
    l->live = true;
    l->in = &l->now.in;
    l->out = &l->now.out;
    memcpy(l->seen, l->now.seen, sizeof l->seen);
    return OK;
}

/* ?week=, or the one that lost most. */
static void choose_week(struct look *l, Str asked)
{
    int worst = -1;
    l->week = -1;
    for (int w = 0; w <= l->in->n_weeks; w++) {
        if (str_eq(asked, code_of(l, w)))
            l->week = w;
        if (l->seen[w] && (worst < 0 || scored_of(l, w)->score < scored_of(l, worst)->score))
            worst = w;
    }
    if (l->week < 0)
        l->week = worst < 0 ? l->in->n_weeks : worst;
}

/* ---- the lines */
static bool counts(const struct look *l, size_t i)
{
    uint32_t groups = l->in->item[i].groups;
    return !groups || groups >> l->in->unit[l->u].group & 1;
}

static void problems_of(Cx *cx, Str rows, struct score_line *to)
{
    struct row_link *at = NEW_ARRAY(&cx->mem, PROBLEMS_SHOWN, struct row_link);
    int64_t n = 0;
    for (size_t i = 0; i <= rows.len && to->problems.n < PROBLEMS_SHOWN && rows.len; i++) {
        if (i < rows.len && rows.at[i] != ',') {
            n = n * 10 + (rows.at[i] - '0');
            continue;
        }
        at[to->problems.n++].id = n;
        n = 0;
    }
    to->problems.at = at;
}

static Err line_of(Cx *cx, const struct look *l, const struct assess_deducts *d, size_t i,
    bool photos, struct score_line *to)
{
    const struct reckon_item *it = &l->in->item[i];
    const struct finding *f = found_of(l, i);
    int64_t points = scored_of(l, l->week)->points[i];
    int no = score_table_item(&l->table->t, it->code);
    *to = (struct score_line){.code = it->code,
        .name = l->in->item_name[i],
        .kind = str(score_kind_code(it->kind)),
        .full = assess_points(cx, it->full),
        .per = assess_points(cx, it->per),
        .rule = no >= 0 ? l->table->t.item[no].rule : (Str){0},
        .n = f->n,
        .num = f->num,
        .den = f->den};
    if (it->kind > ITEM_AUTO) {
        to->is_lost = it->kind == ITEM_PENALTY;
        to->lost = assess_points(cx, it->per * f->n);
        return OK;
    }
    to->out =
        it->kind == ITEM_AUTO && l->in->rules.min_den && f->den < l->in->rules.min_den && !f->zero;
    to->points = assess_points(cx, points);
    to->is_lost = !to->out && points < it->full;
    to->lost = assess_points(cx, it->full - points);
    if (it->kind == ITEM_INSPECTED)
        return assess_places(cx, d, code_of(l, l->week), it->code, photos, &to->places);
    const struct assess_measure *how =
        no >= 0 ? assess_measure_named(l->table->t.item[no].source) : NULL;
    Str rows = ASSESS_ROWS(l->in, l->u, l->week, i);
    to->definition = how ? say(cx, how->definition) : (Str){0};
    to->no_ledger = assess_no_ledger(rows);
    if (!to->no_ledger)
        problems_of(cx, rows, to);
    return OK;
}

static Err lines_of(Cx *cx, const struct look *l, struct unit_view *v)
{
    struct assess_deducts d;
    struct score_line *at = NEW_ARRAY(&cx->mem, l->in->n_items + 1, struct score_line);
    size_t n = 0;
    int64_t lost = 0;
    TRY(assess_deducts_of_unit(cx, v->r->id, v->unit, &d));
    for (size_t i = 0; i < l->in->n_items; i++) {
        const struct reckon_item *it = &l->in->item[i];
        if (!counts(l, i) || (it->kind > ITEM_AUTO && !found_of(l, i)->n))
            continue;
        TRY(line_of(cx, l, &d, i, v->photos, &at[n]));
        if (it->kind <= ITEM_AUTO && !at[n].out)
            lost += it->full - scored_of(l, l->week)->points[i];
        at[n].shown = at[n].places.n || at[n].problems.n;
        n++;
    }
    v->lines = (struct score_lines){at, n};
    v->lost = assess_points(cx, lost);
    return OK;
}

static void weeks_of(Cx *cx, const struct look *l, struct unit_view *v)
{
    struct week_chip *at = NEW_ARRAY(&cx->mem, (size_t)l->in->n_weeks + 1, struct week_chip);
    for (int w = 0; w <= l->in->n_weeks; w++)
        at[w] = (struct week_chip){.no = assess_week_no(code_of(l, w)),
            .code = code_of(l, w),
            .score = assess_points(cx, scored_of(l, w)->score),
            .chosen = w == l->week,
            .seen = l->seen[w]};
    v->weeks.at = at;
    v->weeks.n = (size_t)l->in->n_weeks + 1;
}

static void sums_of(Cx *cx, const struct look *l, struct unit_view *v)
{
    const struct reckoned *x = l->out;
    const struct scored *s = scored_of(l, l->week);
    v->live = l->live;
    v->group = l->in->group[l->in->unit[l->u].group].name;
    v->score = assess_points(cx, x->score);
    v->month_score = assess_points(cx, half_up(x->num, x->den));
    v->num = number_text(cx, x->num), v->den = number_text(cx, x->den);
    v->bonus = assess_points(cx, x->bonus), v->penalty = assess_points(cx, x->penalty);
    v->extras_on_month = l->in->rules.extras_on_month;
    v->week_score = assess_points(cx, s->score);
    v->sum = assess_points(cx, s->sum);
    v->out = s->out ? assess_points(cx, s->out) : (Str){0};
    v->week_no = assess_week_no(code_of(l, l->week));
    v->seen = l->seen[l->week];
    v->rank = x->rank, v->town_rank = x->town_rank;
    v->flag = str(assess_flag_code(l->live ? FLAG_NONE : x->flag));
    v->why = l->live ? (Str){0} : assess_why(cx, &l->kept, l->u);
    v->hash = l->live ? (Str){0} : l->kept.input_hash;
}

/* The post of who filled in the chosen week's sheets. */
static Err inspectors_of(Cx *cx, const struct look *l, struct unit_view *v)
{
    struct assess_sheets s;
    TRY(assess_sheets_of(cx, v->r->id, &s));
    for (size_t i = 0; i < s.n; i++)
        if (s.at[i].unit == v->unit && str_eq(s.at[i].week, code_of(l, l->week))
            && str_eq(s.at[i].state, S("done")) && !v->inspector.len)
            v->inspector = assess_posts_of(cx, s.at[i].inspector);
    return OK;
}

static void window_of(Cx *cx, struct unit_view *v)
{
    uint32_t mine = 0;
    const struct assess_round *r = v->r;
    bool open = str_eq(r->state, S("frozen")) || str_eq(r->state, S("in_appeal"));
    if (duty_posts_over(cx, v->unit, &mine) != OK)
        mine = 0;
    v->secretary = mine & HAS(POST_SECRETARY);
    v->window = open && r->appeal_until.set && cx->now <= r->appeal_until.v;
    if (!r->frozen_no)
        v->no_appeal = T("冻结以后三个工作日内，由本村书记一处一处申诉");
    else if (!v->window)
        v->no_appeal = T("申诉期已过");
    else if (!v->secretary)
        v->no_appeal = T("申诉由本村书记提出");
}

static Err unit_show(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    struct assess_round r;
    struct assess_table t;
    struct look *l = NEW(&cx->mem, struct look);
    struct unit_view v = {.r = &r, .unit = path_i64(req, "unit_id"), .say = wrong};
    TRY(assess_round_get(cx, path_i64(req, "id"), &r));
    TRY(assess_table_get(cx, r.score_table, &t));
    TRY(r.frozen_no ? look_frozen(cx, &r, v.unit, l) : look_live(cx, &r, v.unit, l));
    l->table = &t;
    Str asked = query_text(req, "week");
    choose_week(l, asked.len ? asked : form_text(req, "week"));
    v.month = assess_month_text(cx, r.month);
    v.unit_name = l->in->unit_name[l->u];
    v.own = v.photos = assess_in_care(cx, v.unit);
    TRY(assess_year_mine(cx, v.unit, &v.reports));
    v.typed = form_text(req, "said"), v.bad_deduct = form_i64(req, "deduct");
    sums_of(cx, l, &v);
    weeks_of(cx, l, &v);
    TRY(lines_of(cx, l, &v));
    TRY(inspectors_of(cx, l, &v));
    window_of(cx, &v);
    TRY(assess_appeal_rows(cx, &r, v.unit, &v.appeals));
    if (v.own)
        TRY(assess_duties(cx, v.unit, &v.duties));
    v.shell = shell_of(cx, req, "assess");
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_assess_unit(out, &v);
    return OK;
}

Err assess_unit_get(Cx *cx, const Req *req, Resp *resp)
{
    return unit_show(cx, req, resp, (Str){0});
}

/* ---- the reckoning as text and JSON, of what is frozen */
static Err frozen_of(Cx *cx, const Req *req, struct look *l)
{
    struct assess_round r;
    TRY(assess_round_get(cx, path_i64(req, "id"), &r));
    if (!r.frozen_no)
        return fail(cx, ERR_NOT_FOUND, NULL, T("冻结以后才有逐项说明"));
    return look_frozen(cx, &r, path_i64(req, "unit_id"), l);
}

Err assess_unit_json_get(Cx *cx, const Req *req, Resp *resp)
{
    struct look *l = NEW(&cx->mem, struct look);
    TRY(frozen_of(cx, req, l));
    struct sink to = sink_to_out(resp_data(cx, resp, "application/json; charset=utf-8", (Str){0}));
    struct json j = {.to = &to};
    assess_explain_json(cx, &j, &l->kept, path_i64(req, "unit_id"));
    return sink_end(&to);
}

Err assess_unit_text_get(Cx *cx, const Req *req, Resp *resp)
{
    struct look *l = NEW(&cx->mem, struct look);
    TRY(frozen_of(cx, req, l));
    struct sink to = sink_to_out(resp_data(cx, resp, "text/plain; charset=utf-8", (Str){0}));
    sink_put(&to, assess_explain_text(cx, &l->kept, path_i64(req, "unit_id")));
    return sink_end(&to);
}

/* ---- the secretary's appeal */
Err assess_appeal_post(Cx *cx, const Req *req, Resp *resp)
{
    const struct upload *up = form_upload(req, "photo", 0);
    Str photo = {0};
    int64_t id;
    Err e = up && up->size ? photo_take(cx, up->fd, up->size, &photo) : OK;
    if (e == OK)
        e = assess_appeal_with(cx, form_i64(req, "deduct"), form_text(req, "said"), photo, &id);
    if (e == ERR_INVALID)
        return unit_show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(
        cx, resp, "/assess/%" PRId64 "/%" PRId64, path_i64(req, "id"), path_i64(req, "unit_id"));
}

/* ---- what follows, done with words */
Err assess_duty_done_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t round, unit;
    TRY(assess_duty_done(cx, path_i64(req, "id"), form_text(req, "said"), &round, &unit));
    if (str_eq(form_text(req, "back"), S("me")))
        return redirect(cx, resp, "/me");
    return redirect(cx, resp, "/assess/%" PRId64 "/%" PRId64, round, unit);
}
