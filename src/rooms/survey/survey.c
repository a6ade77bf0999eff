/* survey.c — 大会诊: a round is planned, started and closed by the office. */
#include "rooms/survey/survey_inner.h"

#include "base/day.h"
#include "base/utf8.h"
#include "gen/sql_survey.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "store/log.h"

enum { ROUNDS_SHOWN = 100, NAME_MAX_CHARS = 40, DAYS_MAX = 92 };

Err survey_rounds(Cx *cx, struct survey_rounds *to)
{
    struct sql_survey_rounds_rows r;
    TRY(sql_survey_rounds(cx, &(struct sql_survey_rounds){.limit = ROUNDS_SHOWN}, &r));
    struct survey_round *at = NEW_ARRAY(&cx->mem, r.n + 1, struct survey_round);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct survey_round){.id = r.at[i].id,
            .version = r.at[i].version,
            .led_by = r.at[i].led_by,
            .name = r.at[i].name,
            .from_on = r.at[i].from_on,
            .to_on = r.at[i].to_on,
            .state = r.at[i].state};
    *to = (struct survey_rounds){at, r.n};
    return OK;
}

Err survey_round_get(Cx *cx, int64_t id, struct survey_round *to)
{
    struct sql_survey_round_find_row r;
    TRY(sql_survey_round_find(cx, &(struct sql_survey_round_find){.id = id}, &r));
    *to = (struct survey_round){.id = r.id,
        .version = r.version,
        .led_by = r.led_by,
        .name = r.name,
        .from_on = r.from_on,
        .to_on = r.to_on,
        .state = r.state,
        .void_by = r.void_by.set ? r.void_by.v : 0,
        .voided_by = r.voided_by.set ? r.voided_by.v : 0,
        .void_reason = r.void_reason.set ? r.void_reason.v : (Str){0}};
    return OK;
}

Err survey_walkers(Cx *cx, int64_t round, struct survey_walkers *to)
{
    struct sql_survey_walkers_rows r;
    TRY(sql_survey_walkers(
        cx, &(struct sql_survey_walkers){.round = round, .limit = SURVEY_WALKERS_MAX}, &r));
    int64_t *at = NEW_ARRAY(&cx->mem, r.n + 1, int64_t);
    for (size_t i = 0; i < r.n; i++)
        at[i] = r.at[i].person;
    *to = (struct survey_walkers){at, r.n};
    return OK;
}

Err survey_walks(Cx *cx, const struct survey_round *r, bool *walks)
{
    struct survey_walkers w;
    *walks = cx->me.posts & OFFICE_POSTS || r->led_by == cx->me.person;
    TRY(survey_walkers(cx, r->id, &w));
    for (size_t i = 0; i < w.n; i++)
        *walks |= w.at[i] == cx->me.person;
    return OK;
}

Err survey_office_only(Cx *cx)
{
    if (cx->me.person == OPERATOR || cx->me.posts & OFFICE_POSTS)
        return OK;
    return fail(cx, ERR_FORBIDDEN, NULL, T("大会诊由领导小组办公室安排"));
}

bool survey_over(const struct survey_round *r)
{
    return str_eq(r->state, S("closed")) || str_eq(r->state, S("voided"));
}

Err survey_wrong_state(Cx *cx)
{
    return fail(cx, ERR_CONFLICT, "state", T("现在的状态不能这样办，请刷新看看"));
}

Err survey_moved(Cx *cx, int64_t round, const char *verb, Str from, Str to, Str said)
{
    return event_add(cx, &(struct event){.verb = verb,
                             .unit = cx->town_id * 1000000,
                             .object = round,
                             .from = from,
                             .to = to,
                             .said = said});
}

static Err check_people(Cx *cx, const struct survey_new *in)
{
    struct person p;
    if (people_find(cx, in->led_by, &p) != OK)
        return fail(cx, ERR_INVALID, "led_by", T("请从列表里选带队领导"));
    if (!in->n_persons || in->n_persons > SURVEY_WALKERS_MAX)
        return fail(cx, ERR_INVALID, "walkers", T("请选参加的人，1 到 50 位"));
    for (size_t i = 0; i < in->n_persons; i++)
        if (people_find(cx, in->person[i], &p) != OK)
            return fail(cx, ERR_INVALID, "walkers", T("没有这个人，请从列表里选"));
    return OK;
}

static Err check(Cx *cx, const struct survey_new *in)
{
    int64_t from, to;
    TRY(survey_office_only(cx));
    if (!in->name.len || text_wrong(in->name, false).zh || str_n_chars(in->name) > NAME_MAX_CHARS)
        return fail(cx, ERR_INVALID, "name", T("请给这一轮起个名字，最多 40 个字"));
    if (!day_parse(in->from_on, &from))
        return fail(cx, ERR_INVALID, "from_on", T("日期应写成 2026-06-12 这样"));
    if (!day_parse(in->to_on, &to))
        return fail(cx, ERR_INVALID, "to_on", T("日期应写成 2026-06-12 这样"));
    if (to < from || to - from > DAYS_MAX)
        return fail(cx, ERR_INVALID, "to_on", T("结束日不早于开始日，一轮最多三个月"));
    return check_people(cx, in);
}

static Err add(Cx *cx, const struct survey_new *in, int64_t *id)
{
    *id = new_id(cx);
    Err e = sql_survey_round_add(cx, &(struct sql_survey_round_add){.id = *id,
                                         .name = in->name,
                                         .from_on = in->from_on,
                                         .to_on = in->to_on,
                                         .led_by = in->led_by});
    return e == ERR_CONFLICT ? fail(cx, ERR_INVALID, "name", T("已经有一轮叫这个名字")) : e;
}

static Err change(Cx *cx, const struct survey_new *in)
{
    struct survey_round r;
    struct sql_survey_round_named_row same;
    TRY(survey_round_get(cx, in->id, &r));
    if (survey_over(&r))
        return survey_wrong_state(cx);
    if (sql_survey_round_named(cx, &(struct sql_survey_round_named){.name = in->name}, &same) == OK
        && same.id != in->id)
        return fail(cx, ERR_INVALID, "name", T("已经有一轮叫这个名字"));
    Err e = sql_survey_round_change(cx, &(struct sql_survey_round_change){.id = in->id,
                                            .version = in->version,
                                            .name = in->name,
                                            .from_on = in->from_on,
                                            .to_on = in->to_on,
                                            .led_by = in->led_by});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "version", T("别人刚改过这一轮，请刷新看看"));
    TRY(e);
    return sql_survey_walkers_drop(cx, &(struct sql_survey_walkers_drop){.round = in->id});
}

struct putting {
    const struct survey_new *in;
    int64_t id;
};

static Err put_step(Cx *cx, void *arg)
{
    struct putting *p = arg;
    const struct survey_new *in = p->in;
    p->id = in->id;
    TRY(check(cx, in));
    TRY(in->id ? change(cx, in) : add(cx, in, &p->id));
    for (size_t i = 0; i < in->n_persons; i++)
        TRY(sql_survey_walker_add(
            cx, &(struct sql_survey_walker_add){.round = p->id, .person = in->person[i]}));
    return survey_moved(cx, p->id, in->id ? "survey_change" : "survey_plan", (Str){0},
        in->id ? (Str){0} : S("planned"), in->name);
}

Err survey_put(Cx *cx, const struct survey_new *in, int64_t *id)
{
    struct putting p = {.in = in};
    TRY(db_transaction(cx, put_step, &p));
    *id = p.id;
    return OK;
}

static Err start_step(Cx *cx, void *arg)
{
    const int64_t *round = arg;
    struct survey_round r;
    struct survey_stops s;
    TRY(survey_office_only(cx));
    TRY(survey_round_get(cx, *round, &r));
    TRY(survey_stops(cx, *round, &s));
    if (!s.n)
        return fail(cx, ERR_CONFLICT, "stops", T("路线上还没有点位，先加上要走的地方"));
    Err e = sql_survey_round_start(cx, &(struct sql_survey_round_start){.id = *round});
    if (e == ERR_CONFLICT)
        return survey_wrong_state(cx);
    TRY(e);
    return survey_moved(cx, *round, "survey_start", r.state, S("walking"), (Str){0});
}

Err survey_start(Cx *cx, int64_t round)
{
    return db_transaction(cx, start_step, &round);
}

static Err close_step(Cx *cx, void *arg)
{
    const int64_t *round = arg;
    struct survey_round r;
    struct survey_stops s;
    int64_t n = 0;
    TRY(survey_office_only(cx));
    TRY(survey_round_get(cx, *round, &r));
    TRY(survey_stops(cx, *round, &s));
    for (size_t i = 0; i < s.n; i++)
        n += !s.at[i].result.len;
    if (n)
        return fail_say(cx, ERR_CONFLICT, "stops",
            say_n(cx, T("还有 {n} 个点位没有结果：走到的拍照，没走的写明原因"), n));
    Err e = sql_survey_round_close(cx, &(struct sql_survey_round_close){.id = *round});
    if (e == ERR_CONFLICT)
        return survey_wrong_state(cx);
    TRY(e);
    return survey_moved(cx, *round, "survey_close", r.state, S("closed"), (Str){0});
}

Err survey_close(Cx *cx, int64_t round)
{
    return db_transaction(cx, close_step, &round);
}
