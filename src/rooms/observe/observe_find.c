/* observe_find.c — 观摩发现的问题: kept with its photo, a problem in one tap; who sees pictures. */
#include "base/sum.h"
#include "base/utf8.h"
#include "gen/sql_observe.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/post.h"
#include "rooms/observe/observe.h"
#include "rooms/problem/problem.h"
#include "store/log.h"
#include "store/submit.h"

enum { FINDINGS_MAX = 500, SAID_MAX = 200 };

struct finding {
    const struct observe_finding_new *in;
    int64_t id;
};

static Err sound(Cx *cx, const struct observe_finding_new *in)
{
    struct observe_plan p;
    bool there = false, mine = cx->me.posts & OFFICE_POSTS;
    TRY(observe_plan_get(cx, in->round, &p));
    for (size_t i = 0; i < p.stops.n; i++)
        there |= p.stops.at[i].unit == in->unit;
    for (size_t i = 0; i < p.observers.n; i++)
        mine |= p.observers.at[i].person == cx->me.person;
    if (!there)
        return ERR_NOT_FOUND;
    if (!mine)
        return fail(cx, ERR_FORBIDDEN, "unit", T("您不是这一轮的观摩人"));
    if (!str_eq(p.r.state, S("running")))
        return fail(cx, ERR_CONFLICT, "state", T("观摩进行中才能记问题"));
    if (!in->said.len || text_wrong(in->said, false).zh || str_n_chars(in->said) > SAID_MAX)
        return fail(cx, ERR_INVALID, "said", T("请写看到了什么，最多 200 个字"));
    if (text_wrong(in->place, false).zh || str_n_chars(in->place) > PLACE_MAX)
        return fail(cx, ERR_INVALID, "place", T("地点最多 80 个字"));
    return in->photo.len ? OK : fail(cx, ERR_INVALID, "photo", T("请拍一张照片"));
}

static Err add_step(Cx *cx, void *arg)
{
    struct finding *f = arg;
    const struct observe_finding_new *in = f->in;
    unsigned char sum[SUM_BYTES];
    int64_t photo;
    Sum s;
    sum_begin(&s);
    sum_i64(&s, in->round);
    sum_i64(&s, in->unit);
    sum_str(&s, in->place);
    sum_str(&s, in->said);
    sum_str(&s, in->photo);
    sum_end(&s, sum);
    Err e = submit_seen(cx, in->key, sum, &f->id);
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(sound(cx, in));
    f->id = new_id(cx);
    TRY(sql_observe_finding_add(cx, &(struct sql_observe_finding_add){.id = f->id,
                                        .round = in->round,
                                        .unit = in->unit,
                                        .place = in->place,
                                        .said = in->said,
                                        .photo = in->photo}));
    TRY(attachment_add(cx, f->id, in->unit, "before", in->photo, &photo));
    if (in->key.len)
        TRY(submit_keep(cx, in->key, sum, f->id));
    return event_add(
        cx, &(struct event){
                .verb = "observe_find", .unit = in->unit, .object = f->id, .said = in->said});
}

Err observe_find_add(Cx *cx, const struct observe_finding_new *in, int64_t *id)
{
    struct finding f = {.in = in};
    TRY(db_transaction(cx, add_step, &f));
    *id = f.id;
    return OK;
}

struct reporting {
    int64_t id, problem;
};

static Err report_step(Cx *cx, void *arg)
{
    struct reporting *r = arg;
    struct sql_observe_finding_find_row f;
    struct problem_receipt receipt;
    TRY(sql_observe_finding_find(cx, &(struct sql_observe_finding_find){.id = r->id}, &f));
    if (f.observer != cx->me.person && !(cx->me.posts & OFFICE_POSTS))
        return fail(cx, ERR_FORBIDDEN, NULL, T("由发现的人或者办公室转为问题"));
    if (f.problem.set) { /* a second tap */
        r->problem = f.problem.v;
        return OK;
    }
    TRY(problem_report(cx,
        &(struct problem_new){
            .unit = f.unit,
            .place = f.place,
            .category = S("9999"),
            .body = f.said,
            .source = S("observe"),
            .before = {&f.photo, 1}
    },
        &receipt));
    r->problem = receipt.id;
    TRY(sql_observe_finding_problem(
        cx, &(struct sql_observe_finding_problem){.id = r->id, .problem = some_i64(r->problem)}));
    return event_add(
        cx, &(struct event){.verb = "observe_report", .unit = f.unit, .object = r->id});
}

Err observe_find_report(Cx *cx, int64_t id, int64_t *problem)
{
    struct reporting r = {.id = id};
    TRY(db_transaction(cx, report_step, &r));
    *problem = r.problem;
    return OK;
}

Err observe_findings(Cx *cx, int64_t round, struct observe_findings *to)
{
    struct sql_observe_findings_rows r;
    TRY(sql_observe_findings(
        cx, &(struct sql_observe_findings){.round = round, .limit = FINDINGS_MAX}, &r));
    struct observe_finding *at = NEW_ARRAY(&cx->mem, r.n + 1, struct observe_finding);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct observe_finding){.id = r.at[i].id,
            .unit = r.at[i].unit,
            .observer = r.at[i].observer,
            .problem = r.at[i].problem.set ? r.at[i].problem.v : 0,
            .at = r.at[i].at,
            .place = r.at[i].place,
            .said = r.at[i].said};
    *to = (struct observe_findings){at, r.n};
    return OK;
}

/* Staff see the pictures of a walk; the guard has asked who they are. */
Err observe_seen(Cx *cx, int64_t object)
{
    struct sql_observe_stop_find_row stop;
    struct sql_observe_finding_find_row f;
    if (!(cx->me.posts & STAFF_POSTS))
        return ERR_NOT_FOUND;
    Err e = sql_observe_stop_find(cx, &(struct sql_observe_stop_find){.id = object}, &stop);
    if (e != ERR_NOT_FOUND)
        return e;
    return sql_observe_finding_find(cx, &(struct sql_observe_finding_find){.id = object}, &f);
}
