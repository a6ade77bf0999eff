/* assess_deduct.c — 扣分: one place, once a week and item, with its photo; usually a problem too.
 */
#include "base/day.h"
#include "base/sum.h"
#include "base/utf8.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/attachment/attachment.h"
#include "rooms/category/category.h"
#include "rooms/problem/problem.h"
#include "store/log.h"
#include "store/submit.h"

enum { DEDUCT_PLACE_MAX = 80, SAID_MAX = 200, N_MAX = 99, UNIT_DEDUCTS = 2000 };

/* Items' usual category, where a lost point becomes a problem (domain: §2, §4 GX-RH). */
static const struct {
    const char *item, *category;
} usual[] = {
    {"A1", "0104"},
    {"A2", "0103"},
    {"A3", "6102"},
    {"A4", "6101"},
    {"B1", "6111"},
    {"B2", "0502"},
    {"B3", "0201"},
    {"B4", "0101"},
    {"B5", "6113"},
    {"C1", "6201"},
    {"C2", "6202"},
    {"C3", "6203"}
};

/* A town that keeps no such category gets it as "other", for the office to sort. */
Str assess_item_category(Cx *cx, Str item)
{
    struct category c;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (str_eq(item, str(usual[i].item)) && category_find(cx, str(usual[i].category), &c) == OK)
            return c.code;
    return S("9999");
}

struct deducting {
    const struct assess_deduct_new *in;
    int64_t id;
};

static void sum_of(const struct assess_deduct_new *in, unsigned char sum[SUM_BYTES])
{
    Sum s;
    sum_begin(&s);
    sum_i64(&s, in->sheet);
    sum_str(&s, in->item);
    sum_i64(&s, in->n);
    sum_str(&s, in->place);
    sum_str(&s, in->said);
    sum_str(&s, in->photo);
    sum_i64(&s, in->no_problem);
    sum_end(&s, sum);
}

static Err item_fits(Cx *cx, const struct assess_round *r, Str item)
{
    struct assess_table t;
    TRY(assess_table_get(cx, r->score_table, &t));
    int no = score_table_item(&t.t, item);
    if (no < 0 || t.t.item[no].is.kind != ITEM_INSPECTED)
        return fail(cx, ERR_INVALID, "item", T("请选评分表里现场检查的一项"));
    return OK;
}

static Err sheet_fits(Cx *cx, const struct assess_deduct_new *in, struct assess_sheet *s)
{
    struct assess_round r;
    TRY(assess_sheet_get(cx, in->sheet, s));
    if (s->inspector != cx->me.person)
        return ERR_NOT_FOUND;
    if (!str_eq(s->state, S("started")))
        return fail(cx, ERR_CONFLICT, "sheet", T("请先在现场点“开始检查”"));
    TRY(assess_round_get(cx, s->round, &r));
    if (!str_eq(r.state, S("open")))
        return fail(cx, ERR_CONFLICT, "sheet", T("这一轮已经收卷，不能再扣分"));
    return item_fits(cx, &r, in->item);
}

/* The problem has the same photo; who it was dispatched to is the rule's business. */
static Err also_a_problem(
    Cx *cx, const struct assess_sheet *s, const struct assess_deduct_new *in, int64_t deduct)
{
    struct problem_receipt receipt;
    struct problem_new p = {
        .unit = s->unit,
        .known_place = in->known_place,
        .place = in->place,
        .category = assess_item_category(cx, in->item),
        .body = in->said,
        .source = S("inspection"),
        .before = {&in->photo, 1}
    };
    TRY(problem_report(cx, &p, &receipt));
    return sql_assess_inspect_deduct_problem(
        cx, &(struct sql_assess_inspect_deduct_problem){.id = deduct, .problem = receipt.id});
}

/* Asked before it is written: a refused row would end the whole transaction. */
static Err not_there(Cx *cx, const struct sql_assess_inspect_deduct_add *row)
{
    struct sql_assess_inspect_deduct_there in = {.round = row->round,
        .week = row->week,
        .unit = row->unit,
        .item = row->item,
        .place = row->place};
    struct sql_assess_inspect_deduct_there_row there;
    Err e = sql_assess_inspect_deduct_there(cx, &in, &there);
    if (e == OK)
        return fail(cx, ERR_CONFLICT, "place", T("这个地方这一周这一项已经扣过，一处只扣一次"));
    return e == ERR_NOT_FOUND ? OK : e;
}

static Err store(Cx *cx, struct deducting *d, const struct assess_sheet *s)
{
    const struct assess_deduct_new *in = d->in;
    int64_t photo;
    d->id = new_id(cx);
    struct sql_assess_inspect_deduct_add row = {.id = d->id,
        .sheet = s->id,
        .round = s->round,
        .week = s->week,
        .unit = s->unit,
        .item = in->item,
        .n = in->n,
        .place = in->place,
        .known_place = in->known_place,
        .found_at = in->found_at ? in->found_at : cx->now,
        .inspector = cx->me.person};
    if (in->said.len)
        row.said = some_str(in->said);
    TRY(not_there(cx, &row));
    TRY(sql_assess_inspect_deduct_add(cx, &row));
    TRY(attachment_add(cx, d->id, s->unit, "before", in->photo, &photo));
    return event_add(cx,
        &(struct event){
            .verb = "deduct", .unit = s->unit, .object = d->id, .to = in->item, .said = in->place});
}

static Err deduct_step(Cx *cx, void *arg)
{
    struct deducting *d = arg;
    struct assess_sheet s;
    unsigned char sum[SUM_BYTES];
    sum_of(d->in, sum);
    Err e = submit_seen(cx, d->in->key, sum, &d->id);
    if (e != ERR_NOT_FOUND)
        return e;
    TRY(sheet_fits(cx, d->in, &s));
    TRY(store(cx, d, &s));
    TRY(submit_keep(cx, d->in->key, sum, d->id));
    return d->in->no_problem ? OK : also_a_problem(cx, &s, d->in, d->id);
}

Err assess_deduct_add(Cx *cx, const struct assess_deduct_new *in, int64_t *id)
{
    struct assess_deduct_new n = *in;
    struct deducting d = {.in = &n};
    n.place = str_trim(in->place);
    n.said = str_trim(in->said);
    n.n = in->n ? in->n : 1;
    if (!n.place.len || str_n_chars(n.place) > DEDUCT_PLACE_MAX)
        return fail(cx, ERR_INVALID, "place", T("请写明扣分的地点，最多 80 个字"));
    if (str_n_chars(n.said) > SAID_MAX)
        return fail(cx, ERR_INVALID, "said", T("原因过长，最多 200 个字"));
    if (n.n < 1 || n.n > N_MAX)
        return fail(cx, ERR_INVALID, "n", T("处数应在 1 到 99 之间"));
    if (!n.photo.len)
        return fail(cx, ERR_INVALID, "photo", T("每一处扣分都要有照片"));
    if (n.found_at > cx->now)
        return fail(cx, ERR_INVALID, "found_at", T("发现时间不能晚于现在"));
    TRY(db_transaction(cx, deduct_step, &d));
    *id = d.id;
    return OK;
}

/* ---- from paper */
struct papering {
    const struct assess_paper *in;
    int64_t id;
};

static Err paper_sheet(Cx *cx, const struct assess_paper *in, int64_t *sheet)
{
    struct sql_assess_inspect_sheet_by_row row;
    Err e = sql_assess_inspect_sheet_by(cx,
        &(struct sql_assess_inspect_sheet_by){in->round, in->week, in->unit, in->inspector}, &row);
    if (e == ERR_NOT_FOUND) {
        *sheet = new_id(cx);
        return sql_assess_inspect_sheet_paper(
            cx, &(struct sql_assess_inspect_sheet_paper){.id = *sheet,
                    .round = in->round,
                    .week = in->week,
                    .unit = in->unit,
                    .inspector = in->inspector,
                    .planned_on = day_text(cx, day_of(in->found_at))});
    }
    TRY(e);
    *sheet = row.id;
    if (str_eq(row.state, S("done")))
        return OK;
    return sql_assess_inspect_sheet_papered(
        cx, &(struct sql_assess_inspect_sheet_papered){.id = row.id});
}

static bool week_known(Cx *cx, Str month, Str week)
{
    struct assess_week w[RECKON_WEEKS];
    int n = assess_weeks(cx, month, w);
    for (int i = 0; i < n; i++)
        if (str_eq(w[i].code, week))
            return true;
    return str_eq(week, S("K"));
}

static Err paper_step(Cx *cx, void *arg)
{
    struct papering *p = arg;
    const struct assess_paper *in = p->in;
    struct assess_round r;
    int64_t sheet;
    TRY(assess_round_get(cx, in->round, &r));
    if (!str_eq(r.state, S("open")))
        return fail(cx, ERR_CONFLICT, "month", T("这一轮已经收卷，不能再扣分"));
    if (!week_known(cx, r.month, in->week))
        return fail(cx, ERR_INVALID, "week", T("周次应是这个月的一周，如 2026-W24，月末检查写 K"));
    TRY(item_fits(cx, &r, in->item));
    TRY(assess_not_own(cx, in->unit, in->inspector));
    TRY(paper_sheet(cx, in, &sheet));
    p->id = new_id(cx);
    struct sql_assess_inspect_deduct_add row = {.id = p->id,
        .sheet = sheet,
        .round = in->round,
        .week = in->week,
        .unit = in->unit,
        .item = in->item,
        .n = in->n,
        .place = in->place,
        .found_at = in->found_at,
        .inspector = in->inspector};
    if (in->said.len)
        row.said = some_str(in->said);
    TRY(not_there(cx, &row));
    TRY(sql_assess_inspect_deduct_add(cx, &row));
    return event_add(cx, &(struct event){.verb = "deduct_paper",
                             .unit = in->unit,
                             .object = p->id,
                             .to = in->item,
                             .said = in->place});
}

Err assess_deduct_paper(Cx *cx, const struct assess_paper *in, int64_t *id)
{
    struct papering p = {.in = in};
    TRY(db_transaction(cx, paper_step, &p));
    *id = p.id;
    return OK;
}

struct voiding {
    int64_t id;
    Str reason;
};

static Err void_step(Cx *cx, void *arg)
{
    const struct voiding *v = arg;
    struct sql_assess_inspect_deduct_find_row d;
    struct assess_sheet s;
    TRY(sql_assess_inspect_deduct_find(
        cx, &(struct sql_assess_inspect_deduct_find){.id = v->id}, &d));
    if (d.inspector != cx->me.person)
        return fail(cx, ERR_FORBIDDEN, "reason", T("谁扣的分由谁撤；别人可以申诉"));
    TRY(assess_sheet_get(cx, d.sheet, &s));
    if (!str_eq(s.state, S("started")))
        return fail(cx, ERR_CONFLICT, "reason", T("检查表已交，不能再撤；请走申诉"));
    Err e = sql_assess_inspect_deduct_void(
        cx, &(struct sql_assess_inspect_deduct_void){.id = v->id, .reason = v->reason});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "reason", T("这一处已经撤过"));
    TRY(e);
    return event_add(cx,
        &(struct event){.verb = "deduct_void", .unit = d.unit, .object = d.id, .said = v->reason});
}

Err assess_deduct_void(Cx *cx, int64_t id, Str reason)
{
    struct voiding v = {id, str_trim(reason)};
    if (!v.reason.len || str_n_chars(v.reason) > SAID_MAX)
        return fail(cx, ERR_INVALID, "reason", T("请写明撤销原因，最多 200 个字"));
    return db_transaction(cx, void_step, &v);
}

/* ---- reading */
static Err deducts_of(
    Cx *cx, const struct sql_assess_inspect_deducts_of *in, struct assess_deducts *to)
{
    struct sql_assess_inspect_deducts_of_rows r;
    TRY(sql_assess_inspect_deducts_of(cx, in, &r));
    struct assess_deduct *at = NEW_ARRAY(&cx->mem, r.n + 1, struct assess_deduct);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct assess_deduct){.id = r.at[i].id,
            .sheet = r.at[i].sheet,
            .round = in->round,
            .unit = r.at[i].unit,
            .inspector = r.at[i].inspector,
            .found_at = r.at[i].found_at,
            .problem = r.at[i].problem.v,
            .n = r.at[i].n,
            .n_left = r.at[i].n_left.set ? r.at[i].n_left.v : -1,
            .week = r.at[i].week,
            .item = r.at[i].item,
            .place = r.at[i].place,
            .said = r.at[i].said.v,
            .appeal = r.at[i].appeal.v};
    *to = (struct assess_deducts){at, r.n};
    return OK;
}

Err assess_deducts_of_unit(Cx *cx, int64_t round, int64_t unit, struct assess_deducts *to)
{
    struct sql_assess_inspect_deducts_of in = {
        .round = round, .unit = some_i64(unit), .limit = UNIT_DEDUCTS};
    return deducts_of(cx, &in, to);
}

Err assess_deducts_of_round(Cx *cx, int64_t round, struct assess_deducts *to)
{
    return deducts_of(
        cx, &(struct sql_assess_inspect_deducts_of){.round = round, .limit = DEDUCTS_PAGE}, to);
}
