/* assess_correct.c — 更正轮. */
#include "rooms/assess/assess_correct.h"

#include "base/utf8.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_explain.h"
#include "rooms/assess/assess_inner.h"
#include "store/log.h"

#include <inttypes.h>

enum { FIXES_MAX = 500, REASON_MAX = 200, N_MAX = 9999 };

static Err by_office(Cx *cx)
{
    if (cx->me.posts & OFFICE_POSTS)
        return OK;
    return fail(cx, ERR_FORBIDDEN, "reason", T("更正由领导小组办公室提出"));
}

static Err reason_fits(Cx *cx, Str reason)
{
    if (reason.len && str_n_chars(reason) <= REASON_MAX)
        return OK;
    return fail(cx, ERR_INVALID, "reason", T("请写明更正的原因，最多 200 个字"));
}

Err assess_correction_of(Cx *cx, const struct assess_round *r, int64_t *id, bool *published)
{
    struct sql_assess_correct_of_row row;
    *id = 0, *published = false;
    Err e = sql_assess_correct_of(
        cx, &(struct sql_assess_correct_of){.month = r->month, .round = r->id}, &row);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    *id = row.id, *published = row.published_at.set;
    return OK;
}

/* ---- asked for */
struct asking {
    int64_t round, id;
    Str reason;
};

static Err ask_step(Cx *cx, void *arg)
{
    struct asking *a = arg;
    struct assess_round r;
    int64_t there;
    bool published;
    TRY(by_office(cx));
    TRY(assess_round_get(cx, a->round, &r));
    if (!r.published_at.set)
        return fail(cx, ERR_CONFLICT, "reason", T("公布以后才有更正；公布以前请走申诉"));
    TRY(assess_correction_of(cx, &r, &there, &published));
    if (there)
        return fail(cx, ERR_CONFLICT, "reason", T("这一轮已经有更正轮，请在那里改"));
    a->id = new_id(cx);
    TRY(sql_assess_round_add(cx, &(struct sql_assess_round_add){.id = a->id,
                                     .month = r.month,
                                     .score_table = r.score_table,
                                     .corrects = r.id,
                                     .reason = some_str(a->reason),
                                     .seed = r.seed}));
    return event_add(
        cx, &(struct event){
                .verb = "assess_correct", .object = a->id, .to = S("open"), .said = a->reason});
}

Err assess_correct(Cx *cx, int64_t round, Str reason, int64_t *id)
{
    struct asking a = {.round = round, .reason = str_trim(reason)};
    TRY(reason_fits(cx, a.reason));
    TRY(db_transaction(cx, ask_step, &a));
    *id = a.id;
    return OK;
}

/* ---- its rows */
static Err open_correction(Cx *cx, int64_t id, struct assess_round *r)
{
    TRY(by_office(cx));
    TRY(assess_round_get(cx, id, r));
    if (!r->corrects)
        return ERR_NOT_FOUND;
    if (!str_eq(r->state, S("open")))
        return fail(cx, ERR_CONFLICT, "state", T("更正轮已经冻结，不能再改"));
    return OK;
}

static int week_in(const struct assess_input *in, Str code)
{
    for (int w = 0; w < in->n_weeks; w++)
        if (str_eq(in->week[w].code, code))
            return w;
    return str_eq(code, S("K")) ? in->n_weeks : -1;
}

/* Where a finding stands in an input. */
struct spot {
    size_t u, i;
    int w;
    struct finding *f;
};

static Err spot_of(
    Cx *cx, struct assess_input *in, int64_t unit, Str week, Str item, struct spot *to)
{
    *to = (struct spot){.w = week_in(in, week)};
    while (to->u < in->n_units && in->unit[to->u].code != unit)
        to->u++;
    if (to->u == in->n_units)
        return fail(cx, ERR_INVALID, "unit", T("请选这一轮里的村（社区）"));
    if (to->w < 0)
        return fail(cx, ERR_INVALID, "week", T("周次应是这个月的一周，如 2026-W24，月末检查写 K"));
    while (to->i < in->n_items && !str_eq(in->item[to->i].code, item))
        to->i++;
    if (to->i == in->n_items)
        return fail(cx, ERR_INVALID, "item", T("请选评分表里的一项"));
    struct reckon_unit *x = &in->unit[to->u];
    struct sheet *s = to->w == in->n_weeks ? &x->month : &x->week[to->w];
    if (!s->inspected && in->item[to->i].kind <= ITEM_AUTO)
        return fail(cx, ERR_INVALID, "week", T("这一周没有检查这个村，没有可更正的"));
    to->f = &s->found[to->i];
    return OK;
}

static Err value_fits(
    Cx *cx, const struct assess_input *in, const struct spot *s, const struct assess_fix *fix)
{
    const struct finding *f = s->f;
    if (in->item[s->i].kind == ITEM_AUTO) {
        if (fix->num < 0 || fix->den < fix->num || fix->den > N_MAX)
            return fail(cx, ERR_INVALID, "num", T("分子和分母应是整数，分子不大于分母"));
        if (fix->num == f->num && fix->den == f->den)
            return fail(cx, ERR_INVALID, "num", T("和原来一样，没有可更正的"));
        return OK;
    }
    if (fix->n < 0 || fix->n > N_MAX)
        return fail(cx, ERR_INVALID, "n", T("处数应在 0 到 9999 之间"));
    if (fix->n == f->n)
        return fail(cx, ERR_INVALID, "n", T("和原来一样，没有可更正的"));
    return OK;
}

struct fixing {
    int64_t correction, id;
    const struct assess_fix *fix;
};

static Err fix_step(Cx *cx, void *arg)
{
    struct fixing *x = arg;
    struct assess_round r;
    struct assess_kept k;
    struct spot s;
    TRY(open_correction(cx, x->correction, &r));
    TRY(assess_kept(cx, r.corrects, 0, &k));
    TRY(spot_of(cx, &k.in, x->fix->unit, x->fix->week, x->fix->item, &s));
    TRY(value_fits(cx, &k.in, &s, x->fix));
    bool counted = k.in.item[s.i].kind == ITEM_AUTO;
    x->id = new_id(cx);
    Err e = sql_assess_correct_add(cx, &(struct sql_assess_correct_add){.id = x->id,
                                           .round = r.id,
                                           .unit = x->fix->unit,
                                           .week = x->fix->week,
                                           .item = x->fix->item,
                                           .n_was = s.f->n,
                                           .num_was = s.f->num,
                                           .den_was = s.f->den,
                                           .n = counted ? 0 : x->fix->n,
                                           .num = counted ? x->fix->num : 0,
                                           .den = counted ? x->fix->den : 0,
                                           .reason = x->fix->reason});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "item", T("这个村这一周这一项已经有更正，先撤掉再填"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = "assess_fix",
                             .unit = x->fix->unit,
                             .object = x->id,
                             .to = x->fix->item,
                             .said = x->fix->reason});
}

Err assess_correct_add(Cx *cx, int64_t correction, const struct assess_fix *fix, int64_t *id)
{
    struct assess_fix trimmed = *fix;
    struct fixing x = {.correction = correction, .fix = &trimmed};
    trimmed.reason = str_trim(fix->reason);
    TRY(reason_fits(cx, trimmed.reason));
    TRY(db_transaction(cx, fix_step, &x));
    *id = x.id;
    return OK;
}

static Err drop_step(Cx *cx, void *arg)
{
    const struct fixing *x = arg;
    struct assess_round r;
    TRY(open_correction(cx, x->correction, &r));
    Err e =
        sql_assess_correct_drop(cx, &(struct sql_assess_correct_drop){.id = x->id, .round = r.id});
    if (e == ERR_CONFLICT)
        return ERR_NOT_FOUND;
    TRY(e);
    return event_add(cx, &(struct event){.verb = "assess_unfix", .object = x->id});
}

Err assess_correct_drop(Cx *cx, int64_t correction, int64_t id)
{
    return db_transaction(cx, drop_step, &(struct fixing){.correction = correction, .id = id});
}

Err assess_correct_rows(Cx *cx, int64_t correction, struct assess_fixes *to)
{
    struct sql_assess_correct_rows_rows r;
    TRY(sql_assess_correct_rows(
        cx, &(struct sql_assess_correct_rows){.round = correction, .limit = FIXES_MAX}, &r));
    struct assess_fixed *at = NEW_ARRAY(&cx->mem, r.n + 1, struct assess_fixed);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct assess_fixed){.id = r.at[i].id,
            .unit = r.at[i].unit,
            .n_was = r.at[i].n_was,
            .num_was = r.at[i].num_was,
            .den_was = r.at[i].den_was,
            .n = r.at[i].n,
            .num = r.at[i].num,
            .den = r.at[i].den,
            .by = r.at[i].created_by,
            .at = r.at[i].created_at,
            .week = r.at[i].week,
            .item = r.at[i].item,
            .reason = r.at[i].reason};
    *to = (struct assess_fixes){at, r.n};
    return OK;
}

Err assess_correct_entered(Cx *cx, int64_t correction, int64_t person, bool *entered)
{
    struct assess_fixes f;
    TRY(assess_correct_rows(cx, correction, &f));
    *entered = false;
    for (size_t i = 0; i < f.n; i++)
        *entered |= f.at[i].by == person;
    return OK;
}

/* ---- reckoned from what was published, with the rows in their places */
Err assess_correct_input(Cx *cx, const struct assess_round *r, struct assess_input *in)
{
    struct assess_kept k;
    struct assess_fixes f;
    TRY(assess_kept(cx, r->corrects, 0, &k));
    TRY(assess_correct_rows(cx, r->id, &f));
    if (!f.n)
        return fail(cx, ERR_CONFLICT, "state", T("还没有一条更正，先填上再冻结"));
    *in = k.in;
    in->no = r->frozen_no + 1;
    in->program = S(HEQING_VERSION);
    for (size_t i = 0; i < f.n; i++) {
        struct spot s;
        TRY(spot_of(cx, in, f.at[i].unit, f.at[i].week, f.at[i].item, &s));
        s.f->n = f.at[i].n, s.f->num = f.at[i].num, s.f->den = f.at[i].den;
        Str *rows = &ASSESS_ROWS(in, s.u, s.w, s.i);
        bool first = !rows->len || assess_no_ledger(*rows);
        *rows = str(arena_printf(&cx->mem, "%.*s%s%" PRId64, first ? 0 : (int)rows->len,
            first ? "" : rows->at, first ? "" : ",", f.at[i].id));
    }
    return OK;
}
