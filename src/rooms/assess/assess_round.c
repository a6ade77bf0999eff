/* assess_round.c — 轮次: opened, scored, frozen, final, signed by two, published. */
#include "base/day.h"
#include "base/secret.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_correct.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/town/town.h"
#include "store/log.h"

enum { SEED_BYTES = 12, WINDOW_DAYS = 3, ROUNDS_MAX = 200 };

static struct assess_round round_of(const struct sql_assess_round_find_row *r)
{
    return (struct assess_round){.id = r->id,
        .score_table = r->score_table,
        .corrects = r->corrects,
        .frozen_no = r->frozen_no,
        .version = r->version,
        .month = r->month,
        .state = r->state,
        .seed = r->seed,
        .reason = r->reason.v,
        .frozen_at = r->frozen_at,
        .appeal_until = r->appeal_until,
        .first_by = r->first_by,
        .first_at = r->first_at,
        .second_by = r->second_by,
        .second_at = r->second_at,
        .published_at = r->published_at};
}

Err assess_round_get(Cx *cx, int64_t id, struct assess_round *to)
{
    struct sql_assess_round_find_row row;
    TRY(sql_assess_round_find(cx, &(struct sql_assess_round_find){.id = id}, &row));
    *to = round_of(&row);
    return OK;
}

Err assess_rounds(Cx *cx, struct assess_rounds *to)
{
    struct sql_assess_rounds_rows r;
    TRY(sql_assess_rounds(cx, &(struct sql_assess_rounds){.limit = ROUNDS_MAX}, &r));
    struct assess_round *at = NEW_ARRAY(&cx->mem, r.n + 1, struct assess_round);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct assess_round){.id = r.at[i].id,
            .score_table = r.at[i].score_table,
            .corrects = r.at[i].corrects,
            .frozen_no = r.at[i].frozen_no,
            .month = r.at[i].month,
            .state = r.at[i].state,
            .appeal_until = r.at[i].appeal_until,
            .published_at = r.at[i].published_at};
    *to = (struct assess_rounds){at, r.n};
    return OK;
}

Err assess_round_of_month(Cx *cx, Str month, int64_t *id)
{
    struct sql_assess_round_of_row row;
    TRY(sql_assess_round_of(cx, &(struct sql_assess_round_of){.month = month}, &row));
    *id = row.id;
    return OK;
}

/* ---- opening */
struct opening {
    Str month, seed;
    int64_t id;
};

static Err open_step(Cx *cx, void *arg)
{
    struct opening *o = arg;
    struct assess_table t;
    int64_t first, last, there;
    if (!assess_month_days(o->month, &first, &last))
        return fail(cx, ERR_INVALID, "month", T("月份应写成 2026-06 这样"));
    Err e = assess_round_of_month(cx, o->month, &there);
    if (e == OK)
        return fail(cx, ERR_CONFLICT, "month", T("这个月的考核已经开了"));
    if (e != ERR_NOT_FOUND)
        return e;
    e = assess_table_on(cx, day_text(cx, first), &t);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "month", T("这个月还没有已公布的评分表，请先公布一张"));
    TRY(e);
    o->id = new_id(cx);
    TRY(sql_assess_round_add(
        cx, &(struct sql_assess_round_add){
                .id = o->id, .month = o->month, .score_table = t.id, .seed = o->seed}));
    struct assess_round r = {.id = o->id, .month = o->month, .seed = o->seed};
    TRY(assess_plan(cx, &r, &t.t));
    return event_add(cx,
        &(struct event){.verb = "assess_open", .object = o->id, .to = S("open"), .said = o->seed});
}

Err assess_open(Cx *cx, Str month, int64_t *id)
{
    struct opening o = {.month = month, .seed = secret_token(cx, SEED_BYTES)};
    TRY(db_transaction(cx, open_step, &o));
    *id = o.id;
    return OK;
}

/* ---- scored */
static Err scored_step(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg;
    struct assess_round r;
    Str why;
    TRY(assess_round_get(cx, id, &r));
    if (!str_eq(r.state, S("open")) || r.corrects)
        return fail(cx, ERR_CONFLICT, "state", T("现在的状态不能这样办，请刷新看看"));
    TRY(assess_missing(cx, &r, &why));
    if (why.len)
        return fail_say(cx, ERR_CONFLICT, "state", why);
    TRY(sql_assess_round_move(
        cx, &(struct sql_assess_round_move){.id = id, .was = S("open"), .state = S("scored")}));
    return event_add(
        cx, &(struct event){
                .verb = "assess_scored", .object = id, .from = S("open"), .to = S("scored")});
}

Err assess_scored(Cx *cx, int64_t round)
{
    return db_transaction(cx, scored_step, &round);
}

/* ---- freezing */
static Str weeks_text(Cx *cx, const struct assess_input *in, const struct reckoned *r, size_t u)
{
    Str all = S("");
    for (int w = 0; w < in->n_weeks; w++)
        all = str(arena_printf(&cx->mem, "%.*s%s%s", (int)all.len, all.at, w ? " " : "",
            in->unit[u].week[w].inspected ? assess_points(cx, r[u].week[w].score).at : "-"));
    return all;
}

static Err keep_results(
    Cx *cx, int64_t round, const struct assess_input *in, const struct reckoned *out, Str hash)
{
    TRY(sql_assess_results_clear(cx, &(struct sql_assess_results_clear){.round = round}));
    for (size_t u = 0; u < in->n_units; u++)
        TRY(sql_assess_result_add(cx, &(struct sql_assess_result_add){.id = new_id(cx),
                                          .round = round,
                                          .unit = in->unit[u].code,
                                          .month = in->month,
                                          .unit_name = in->unit_name[u],
                                          .score_group = in->group[in->unit[u].group].code,
                                          .weeks = weeks_text(cx, in, out, u),
                                          .k = out[u].month.score,
                                          .score = out[u].score,
                                          .place = out[u].rank,
                                          .town_place = out[u].town_rank,
                                          .flag = str(assess_flag_code(out[u].flag)),
                                          .decided = str(assess_decided_code(out[u].by)),
                                          .in_public = out[u].in_public,
                                          .input_hash = hash}));
    return OK;
}

static Err reckon_told(Cx *cx, const struct assess_input *in, struct reckoned *out)
{
    int64_t unit;
    struct reckon_in r = assess_reckon_in(in);
    switch (reckon(&r, out, &unit)) {
    case RECKON_FINE: return OK;
    case NO_WEEK:
        return fail_say(cx, ERR_CONFLICT, "state",
            say_s(cx, T("{s} 这个月一次周查也没有，这一轮不能算分"), town_unit_name(cx, unit)));
    case NO_MONTH:
        return fail_say(cx, ERR_CONFLICT, "state",
            say_s(cx, T("{s} 没有月末检查，这一轮不能算分"), town_unit_name(cx, unit)));
    default: return fail_log(cx, ERR_INTERNAL, "round: input of unit %lld is odd", (long long)unit);
    }
}

/* The window of 3 working days begins with the first freezing; a later one does not stretch it. */
static Err window(Cx *cx, const struct assess_round *r, int64_t *until)
{
    const struct calendar *cal;
    if (r->appeal_until.set) {
        *until = r->appeal_until.v;
        return OK;
    }
    TRY(town_calendar(cx, &cal));
    *until = limit_due(cal, cx->now, (struct time_limit){WINDOW_DAYS, LIMIT_DAYS});
    return OK;
}

static bool may_freeze(const struct assess_round *r)
{
    if (r->corrects)
        return str_eq(r->state, S("open"));
    return str_eq(r->state, S("scored")) || str_eq(r->state, S("frozen"))
           || str_eq(r->state, S("in_appeal"));
}

/* A correction is itself the answer: it waits for no appeals. */
static Err freeze_fixed(Cx *cx, const struct assess_round *r)
{
    if (!r->corrects)
        return OK;
    return sql_assess_round_move(
        cx, &(struct sql_assess_round_move){.id = r->id, .was = S("frozen"), .state = S("final")});
}

Err assess_freeze_now(Cx *cx, int64_t id)
{
    struct assess_round r;
    struct assess_input in;
    int64_t until;
    TRY(assess_round_get(cx, id, &r));
    if (!may_freeze(&r))
        return fail(cx, ERR_CONFLICT, "state", T("现在的状态不能这样办，请刷新看看"));
    TRY(r.corrects ? assess_correct_input(cx, &r, &in) : assess_collect(cx, &r, &in));
    struct reckoned *out = NEW_ARRAY(&cx->mem, in.n_units + 1, struct reckoned);
    TRY(reckon_told(cx, &in, out));
    Str input = assess_input_text(cx, &in), hash = assess_hash(cx, input);
    Str result = assess_result_text(cx, &in, hash, out);
    TRY(window(cx, &r, &until));
    TRY(sql_assess_round_freeze(cx,
        &(struct sql_assess_round_freeze){
            .id = id, .was = r.state, .no = in.no, .frozen_at = cx->now, .appeal_until = until}));
    TRY(sql_assess_frozen_add(cx, &(struct sql_assess_frozen_add){.round = id,
                                      .no = in.no,
                                      .input = input,
                                      .input_hash = hash,
                                      .result = result,
                                      .result_hash = assess_hash(cx, result)}));
    TRY(keep_results(cx, id, &in, out, hash));
    TRY(freeze_fixed(cx, &r));
    return event_add(cx, &(struct event){.verb = "assess_freeze",
                             .object = id,
                             .from = r.state,
                             .to = S("frozen"),
                             .said = hash});
}

static Err freeze_step(Cx *cx, void *arg)
{
    return assess_freeze_now(cx, *(int64_t *)arg);
}

Err assess_freeze(Cx *cx, int64_t round)
{
    return db_transaction(cx, freeze_step, &round);
}

/* ---- final */
static Err final_step(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg;
    struct assess_round r;
    struct sql_assess_appeals_open_row open;
    TRY(assess_round_get(cx, id, &r));
    if (!str_eq(r.state, S("frozen")))
        return fail(cx, ERR_CONFLICT, "state", T("现在的状态不能这样办，请刷新看看"));
    TRY(sql_assess_appeals_open(cx, &(struct sql_assess_appeals_open){.round = id}, &open));
    if (open.n)
        return fail_say(cx, ERR_CONFLICT, "state", say_n(cx, T("还有 {n} 件申诉没有结论"), open.n));
    if (cx->now <= r.appeal_until.v)
        return fail(cx, ERR_CONFLICT, "state", T("申诉期还没有过，过了才能定稿"));
    TRY(sql_assess_round_move(
        cx, &(struct sql_assess_round_move){.id = id, .was = r.state, .state = S("final")}));
    return event_add(cx,
        &(struct event){.verb = "assess_final", .object = id, .from = r.state, .to = S("final")});
}

Err assess_final(Cx *cx, int64_t round)
{
    return db_transaction(cx, final_step, &round);
}

/* ---- what was kept */
Err assess_kept(Cx *cx, int64_t round, int64_t no, struct assess_kept *to)
{
    struct assess_round r;
    struct sql_assess_frozen_find_row row;
    TRY(assess_round_get(cx, round, &r));
    TRY(sql_assess_frozen_find(
        cx, &(struct sql_assess_frozen_find){.round = round, .no = no ? no : r.frozen_no}, &row));
    *to = (struct assess_kept){.input_text = row.input,
        .input_hash = row.input_hash,
        .result_text = row.result,
        .result_hash = row.result_hash,
        .at = row.at};
    TRY(assess_input_read(cx, row.input, &to->in));
    to->out = NEW_ARRAY(&cx->mem, to->in.n_units + 1, struct reckoned);
    return reckon_told(cx, &to->in, to->out);
}

Err assess_rerun(Cx *cx, int64_t round)
{
    struct assess_kept k;
    TRY(assess_kept(cx, round, 0, &k));
    if (!str_eq(assess_hash(cx, k.input_text), k.input_hash))
        return fail(cx, ERR_CONFLICT, NULL, T("冻结的输入和它的摘要对不上"));
    Str again = assess_result_text(cx, &k.in, k.input_hash, k.out);
    if (!str_eq(again, k.result_text) || !str_eq(assess_hash(cx, again), k.result_hash))
        return fail(cx, ERR_CONFLICT, NULL, T("重算的结果和保存的不一样"));
    return OK;
}
