/* observe_score.c — 观摩评分: sheets, one's own village refused, how a round stands. */
#include "base/day.h"
#include "base/sum.h"
#include "base/utf8.h"
#include "gen/sql_observe.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/observe/observe.h"
#include "rooms/town/town.h"
#include "store/log.h"
#include "store/submit.h"

enum { SUMS_MAX = STOPS_MAX * OBSERVERS_MAX };

Err observe_is_own(Cx *cx, int64_t unit, int64_t person, bool *own)
{
    struct holders h;
    *own = false;
    TRY(duty_holders(cx, unit, STAFF_POSTS, &h));
    for (size_t i = 0; i < h.n; i++)
        *own |= h.at[i].person == person && town_village_of(h.at[i].unit) == unit;
    return OK;
}

static const struct observe_stop *stop_of(const struct observe_plan *p, int64_t unit)
{
    for (size_t i = 0; i < p->stops.n; i++)
        if (p->stops.at[i].unit == unit)
            return &p->stops.at[i];
    return NULL;
}

static bool observes(const struct observe_plan *p, int64_t person)
{
    for (size_t i = 0; i < p->observers.n; i++)
        if (p->observers.at[i].person == person)
            return true;
    return false;
}

static Err points_sound(Cx *cx, const int64_t *score, size_t n, size_t n_items)
{
    if (n != n_items)
        return fail(cx, ERR_INVALID, "score", T("每一项都要打分"));
    for (size_t i = 0; i < n; i++)
        if (score[i] < 0 || score[i] > POINTS_MAX)
            return fail(cx, ERR_INVALID, "score", T("每一项都要打分，0 到 10 分"));
    return OK;
}

Err observe_not_own(Cx *cx, int64_t unit, int64_t person)
{
    bool own;
    TRY(observe_is_own(cx, unit, person, &own));
    return own ? fail(cx, ERR_FORBIDDEN, "unit", T("不能给自己任职的村（社区）打分")) : OK;
}

Err observe_score_put(Cx *cx, const struct observe_mark *m, size_t n, int64_t at)
{
    for (size_t i = 0; i < n; i++)
        TRY(sql_observe_score_put(cx, &(struct sql_observe_score_put){.id = new_id(cx),
                                          .round = m[i].round,
                                          .unit = m[i].unit,
                                          .observer = m[i].observer,
                                          .item = m[i].item,
                                          .score = m[i].score,
                                          .at = at}));
    return event_add(
        cx, &(struct event){.verb = "observe_score", .unit = m[0].unit, .object = m[0].round});
}

static void sum_of(const struct observe_sheet *in, unsigned char to[SUM_BYTES])
{
    Sum s;
    sum_begin(&s);
    sum_i64(&s, in->round);
    sum_i64(&s, in->unit);
    for (size_t i = 0; i < in->n; i++)
        sum_i64(&s, in->score[i]);
    for (size_t i = 0; i < in->n_photos; i++)
        sum_str(&s, in->photo[i]);
    sum_end(&s, to);
}

static Err judge_step(Cx *cx, void *arg)
{
    const struct observe_sheet *in = arg;
    struct observe_plan p;
    unsigned char sum[SUM_BYTES];
    int64_t photo, round;
    sum_of(in, sum);
    Err e = submit_seen(cx, in->key, sum, &round);
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(observe_plan_get(cx, in->round, &p));
    const struct observe_stop *stop = stop_of(&p, in->unit);
    if (!stop)
        return ERR_NOT_FOUND;
    if (!observes(&p, cx->me.person))
        return fail(cx, ERR_FORBIDDEN, "unit", T("您不是这一轮的观摩人"));
    TRY(observe_not_own(cx, in->unit, cx->me.person));
    if (!str_eq(p.r.state, S("running")))
        return fail(cx, ERR_CONFLICT, "state", T("观摩进行中才能打分"));
    TRY(points_sound(cx, in->score, in->n, p.items.n));
    for (size_t i = 0; i < in->n_photos; i++)
        TRY(attachment_add(cx, stop->id, in->unit, "check", in->photo[i], &photo));
    struct observe_mark mark[ITEMS_MAX];
    for (size_t i = 0; i < in->n; i++)
        mark[i] = (struct observe_mark){
            in->round, in->unit, cx->me.person, p.items.at[i].no, in->score[i]};
    if (in->key.len)
        TRY(submit_keep(cx, in->key, sum, in->round));
    return observe_score_put(cx, mark, in->n, cx->now);
}

Err observe_judge(Cx *cx, const struct observe_sheet *in)
{
    struct observe_sheet copy = *in;
    return db_transaction(cx, judge_step, &copy);
}

Err observe_sheet_get(Cx *cx, int64_t round, int64_t unit, int64_t observer, int64_t *points)
{
    struct sql_observe_sheet_rows r;
    for (size_t i = 0; i < ITEMS_MAX; i++)
        points[i] = -1;
    TRY(sql_observe_sheet(cx,
        &(struct sql_observe_sheet){
            .round = round, .unit = unit, .observer = observer, .limit = ITEMS_MAX},
        &r));
    for (size_t i = 0; i < r.n; i++)
        if (r.at[i].item >= 1 && r.at[i].item <= ITEMS_MAX)
            points[r.at[i].item - 1] = r.at[i].score;
    return OK;
}

/* ---- how it stands */
static Err villages_of(Cx *cx, const struct observe_plan *p, const struct sql_observe_sums_rows *r,
    struct observe_standing *to)
{
    struct observe_village *at = NEW_ARRAY(&cx->mem, p->stops.n + 1, struct observe_village);
    int64_t *sum = NEW_ARRAY(&cx->mem, p->observers.n + 1, int64_t);
    int64_t *score = NEW_ARRAY(&cx->mem, p->stops.n + 1, int64_t);
    int64_t *rank = NEW_ARRAY(&cx->mem, p->stops.n + 1, int64_t);
    for (size_t i = 0; i < p->stops.n; i++) {
        size_t n = 0;
        for (size_t k = 0; k < r->n; k++)
            if (r->at[k].unit == p->stops.at[i].unit && n < p->observers.n)
                sum[n++] = r->at[k].sum;
        score[i] = observe_mean(sum, n);
        at[i] = (struct observe_village){.stop = p->stops.at[i].id,
            .unit = p->stops.at[i].unit,
            .score = score[i],
            .n_sheets = (int64_t)n};
    }
    observe_ranks(score, p->stops.n, rank);
    for (size_t i = 0; i < p->stops.n; i++)
        at[i].rank = rank[i];
    to->villages.at = at;
    to->villages.n = p->stops.n;
    return OK;
}

static int64_t sheets_of(const struct sql_observe_sums_rows *r, int64_t person)
{
    int64_t n = 0;
    for (size_t k = 0; k < r->n; k++)
        n += r->at[k].observer == person;
    return n;
}

static Err observers_stand(Cx *cx, const struct observe_plan *p,
    const struct sql_observe_sums_rows *r, struct observe_standing *to)
{
    struct observe_missing *at = NEW_ARRAY(&cx->mem, p->observers.n + 1, struct observe_missing);
    for (size_t i = 0; i < p->observers.n; i++)
        at[i] = (struct observe_missing){.person = p->observers.at[i].person,
            .n_due = (int64_t)p->stops.n,
            .n_done = sheets_of(r, p->observers.at[i].person),
            .excuse = p->observers.at[i].excuse};
    for (size_t s = 0; s < p->stops.n; s++) { /* whose own village it is owes no sheet of it */
        struct holders h;
        TRY(duty_holders(cx, p->stops.at[s].unit, STAFF_POSTS, &h));
        for (size_t i = 0; i < p->observers.n; i++) {
            bool own = false;
            for (size_t k = 0; k < h.n; k++)
                own |= h.at[k].person == at[i].person
                       && town_village_of(h.at[k].unit) == p->stops.at[s].unit;
            at[i].n_due -= own;
        }
    }
    to->n_missing = 0;
    for (size_t i = 0; i < p->observers.n; i++)
        to->n_missing += at[i].n_done < at[i].n_due && !at[i].excuse.len;
    to->observers.at = at;
    to->observers.n = p->observers.n;
    return OK;
}

Err observe_stand(Cx *cx, const struct observe_plan *p, struct observe_standing *to)
{
    struct sql_observe_sums_rows r;
    TRY(sql_observe_sums(cx, &(struct sql_observe_sums){.round = p->r.id, .limit = SUMS_MAX}, &r));
    TRY(villages_of(cx, p, &r, to));
    return observers_stand(cx, p, &r, to);
}
