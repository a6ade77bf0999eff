/* observe.c — 逐村观摩: a round is planned, started and closed. */
#include "rooms/observe/observe.h"

#include "base/day.h"
#include "base/utf8.h"
#include "gen/sql_observe.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"
#include "store/log.h"

enum { ROUNDS_SHOWN = 100, NAME_MAX_CHARS = 40, ITEM_MAX_CHARS = 20, REASON_MAX = 200 };

Err observe_rounds(Cx *cx, struct observe_rounds *to)
{
    struct sql_observe_rounds_rows r;
    TRY(sql_observe_rounds(cx, &(struct sql_observe_rounds){.limit = ROUNDS_SHOWN}, &r));
    struct observe_round *at = NEW_ARRAY(&cx->mem, r.n + 1, struct observe_round);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct observe_round){.id = r.at[i].id,
            .version = r.at[i].version,
            .name = r.at[i].name,
            .held_on = r.at[i].held_on,
            .state = r.at[i].state,
            .paper = r.at[i].paper != 0};
    *to = (struct observe_rounds){at, r.n};
    return OK;
}

Err observe_round_get(Cx *cx, int64_t id, struct observe_round *to)
{
    struct sql_observe_round_find_row r;
    TRY(sql_observe_round_find(cx, &(struct sql_observe_round_find){.id = id}, &r));
    *to = (struct observe_round){.id = r.id,
        .version = r.version,
        .name = r.name,
        .held_on = r.held_on,
        .state = r.state,
        .paper = r.paper != 0,
        .void_by = r.void_by.set ? r.void_by.v : 0,
        .voided_by = r.voided_by.set ? r.voided_by.v : 0,
        .void_reason = r.void_reason.set ? r.void_reason.v : (Str){0}};
    return OK;
}

static Err items_of(Cx *cx, int64_t round, struct observe_items *to)
{
    struct sql_observe_items_rows r;
    TRY(sql_observe_items(cx, &(struct sql_observe_items){.round = round, .limit = ITEMS_MAX}, &r));
    struct observe_item *at = NEW_ARRAY(&cx->mem, r.n + 1, struct observe_item);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct observe_item){r.at[i].no, r.at[i].name};
    *to = (struct observe_items){at, r.n};
    return OK;
}

static Err stops_of(Cx *cx, int64_t round, struct observe_stops *to)
{
    struct sql_observe_stops_rows r;
    TRY(sql_observe_stops(cx, &(struct sql_observe_stops){.round = round, .limit = STOPS_MAX}, &r));
    struct observe_stop *at = NEW_ARRAY(&cx->mem, r.n + 1, struct observe_stop);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct observe_stop){r.at[i].id, r.at[i].no, r.at[i].unit};
    *to = (struct observe_stops){at, r.n};
    return OK;
}

static Err observers_of(Cx *cx, int64_t round, struct observe_observers *to)
{
    struct sql_observe_observers_rows r;
    TRY(sql_observe_observers(
        cx, &(struct sql_observe_observers){.round = round, .limit = OBSERVERS_MAX}, &r));
    struct observe_observer *at = NEW_ARRAY(&cx->mem, r.n + 1, struct observe_observer);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct observe_observer){
            r.at[i].person, r.at[i].excuse.set ? r.at[i].excuse.v : (Str){0}};
    *to = (struct observe_observers){at, r.n};
    return OK;
}

Err observe_plan_get(Cx *cx, int64_t round, struct observe_plan *to)
{
    TRY(observe_round_get(cx, round, &to->r));
    TRY(items_of(cx, round, &to->items));
    TRY(stops_of(cx, round, &to->stops));
    return observers_of(cx, round, &to->observers);
}

Err observe_before(Cx *cx, const struct observe_round *r, int64_t *id)
{
    struct sql_observe_round_before_rows rows;
    TRY(sql_observe_round_before(cx,
        &(struct sql_observe_round_before){.held_on = r->held_on, .id = r->id, .limit = 1}, &rows));
    if (!rows.n)
        return ERR_NOT_FOUND;
    *id = rows.at[0].id;
    return OK;
}

/* ---- planned by the office */
static Err office_only(Cx *cx)
{
    if (cx->me.person == OPERATOR || cx->me.posts & OFFICE_POSTS)
        return OK;
    return fail(cx, ERR_FORBIDDEN, NULL, T("观摩由领导小组办公室安排"));
}

static Err check_items(Cx *cx, const struct observe_new *in)
{
    if (in->n_items < ITEMS_MIN || in->n_items > ITEMS_MAX)
        return fail(cx, ERR_INVALID, "items", T("评议项要 5 到 10 项，一行一项"));
    for (size_t i = 0; i < in->n_items; i++) {
        if (text_wrong(in->item[i], false).zh || str_n_chars(in->item[i]) > ITEM_MAX_CHARS)
            return fail(cx, ERR_INVALID, "items", T("每个评议项最多 20 个字"));
        for (size_t k = 0; k < i; k++)
            if (str_eq(in->item[i], in->item[k]))
                return fail(cx, ERR_INVALID, "items", T("有两个评议项一样"));
    }
    return OK;
}

static Err check_route(Cx *cx, const struct observe_new *in)
{
    struct unit u;
    if (!in->n_units || in->n_units > STOPS_MAX)
        return fail(cx, ERR_INVALID, "route", T("请给要看的村填上次序 1、2、3……"));
    for (size_t i = 0; i < in->n_units; i++) {
        if (town_of(in->unit[i]) != cx->town_id || town_unit(cx, in->unit[i], &u) != OK
            || (u.kind != UNIT_VILLAGE && u.kind != UNIT_COMMUNITY))
            return fail(cx, ERR_INVALID, "route", T("路线只走本镇的村（社区）"));
        for (size_t k = 0; k < i; k++)
            if (in->unit[i] == in->unit[k])
                return fail(cx, ERR_INVALID, "route", T("一个村在路线上只走一次"));
    }
    return OK;
}

static Err check_new(Cx *cx, const struct observe_new *in)
{
    int64_t day;
    struct person p;
    TRY(office_only(cx));
    if (!in->name.len || text_wrong(in->name, false).zh || str_n_chars(in->name) > NAME_MAX_CHARS)
        return fail(cx, ERR_INVALID, "name", T("请给这一轮起个名字，最多 40 个字"));
    if (!day_parse(in->held_on, &day))
        return fail(cx, ERR_INVALID, "held_on", T("日期应写成 2026-06-12 这样"));
    TRY(check_items(cx, in));
    TRY(check_route(cx, in));
    if (!in->n_persons || in->n_persons > OBSERVERS_MAX)
        return fail(cx, ERR_INVALID, "observers", T("请选观摩人，1 到 50 位"));
    for (size_t i = 0; i < in->n_persons; i++)
        if (people_find(cx, in->person[i], &p) != OK)
            return fail(cx, ERR_INVALID, "observers", T("没有这个人，请从列表里选"));
    return OK;
}

static Err put_parts(Cx *cx, const struct observe_new *in, int64_t id)
{
    for (size_t i = 0; i < in->n_items; i++)
        TRY(sql_observe_item_add(cx, &(struct sql_observe_item_add){
                                         .round = id, .no = (int64_t)i + 1, .name = in->item[i]}));
    for (size_t i = 0; i < in->n_units; i++)
        TRY(sql_observe_stop_add(
            cx, &(struct sql_observe_stop_add){
                    .id = new_id(cx), .round = id, .no = (int64_t)i + 1, .unit = in->unit[i]}));
    for (size_t i = 0; i < in->n_persons; i++)
        TRY(sql_observe_observer_add(
            cx, &(struct sql_observe_observer_add){.round = id, .person = in->person[i]}));
    return OK;
}

struct putting {
    const struct observe_new *in;
    int64_t id;
};

static Err drop_parts(Cx *cx, const struct observe_new *in)
{
    struct observe_round r;
    TRY(observe_round_get(cx, in->id, &r));
    if (!str_eq(r.state, S("planned")))
        return fail(cx, ERR_CONFLICT, "state", T("已经开始的观摩不能再改"));
    if (sql_observe_round_change(cx,
            &(struct sql_observe_round_change){
                .id = in->id, .version = in->version, .name = in->name, .held_on = in->held_on})
        != OK)
        return fail(cx, ERR_CONFLICT, "name", T("别人刚改过这一轮，或者名字重了；请刷新看看"));
    TRY(sql_observe_items_drop(cx, &(struct sql_observe_items_drop){.round = in->id}));
    TRY(sql_observe_stops_drop(cx, &(struct sql_observe_stops_drop){.round = in->id}));
    return sql_observe_observers_drop(cx, &(struct sql_observe_observers_drop){.round = in->id});
}

static Err put_step(Cx *cx, void *arg)
{
    struct putting *p = arg;
    const struct observe_new *in = p->in;
    p->id = in->id;
    TRY(check_new(cx, in));
    if (in->id) {
        TRY(drop_parts(cx, in));
    } else {
        p->id = new_id(cx);
        Err e = sql_observe_round_add(cx, &(struct sql_observe_round_add){.id = p->id,
                                              .name = in->name,
                                              .held_on = in->held_on,
                                              .state = S("planned"),
                                              .paper = 0});
        if (e == ERR_CONFLICT)
            return fail(cx, ERR_INVALID, "name", T("已经有一轮叫这个名字"));
        TRY(e);
    }
    TRY(put_parts(cx, in, p->id));
    return event_add(cx, &(struct event){.verb = in->id ? "observe_change" : "observe_plan",
                             .unit = cx->town_id * 1000000,
                             .object = p->id,
                             .to = S("planned"),
                             .said = in->name});
}

Err observe_put(Cx *cx, const struct observe_new *in, int64_t *id)
{
    struct putting p = {.in = in};
    TRY(db_transaction(cx, put_step, &p));
    *id = p.id;
    return OK;
}

/* ---- started, excused, closed */
static Err moved(Cx *cx, int64_t round, const char *verb, Str from, Str to)
{
    return event_add(cx,
        &(struct event){
            .verb = verb, .unit = cx->town_id * 1000000, .object = round, .from = from, .to = to});
}

static Err wrong_state(Cx *cx)
{
    return fail(cx, ERR_CONFLICT, "state", T("现在的状态不能这样办，请刷新看看"));
}

static Err start_step(Cx *cx, void *arg)
{
    const int64_t *round = arg;
    struct observe_round r;
    TRY(office_only(cx));
    TRY(observe_round_get(cx, *round, &r));
    Err e = sql_observe_round_start(cx, &(struct sql_observe_round_start){.id = *round});
    if (e == ERR_CONFLICT)
        return wrong_state(cx);
    TRY(e);
    return moved(cx, *round, "observe_start", r.state, S("running"));
}

Err observe_start(Cx *cx, int64_t round)
{
    return db_transaction(cx, start_step, &round);
}

static Err close_step(Cx *cx, void *arg)
{
    const int64_t *round = arg;
    struct observe_plan p;
    struct observe_standing s;
    TRY(office_only(cx));
    TRY(observe_plan_get(cx, *round, &p));
    if (!str_eq(p.r.state, S("running")))
        return wrong_state(cx);
    TRY(observe_stand(cx, &p, &s));
    if (s.n_missing)
        return fail_say(cx, ERR_CONFLICT, "sheets",
            say_n(cx, T("还有 {n} 位观摩人的表没交齐：请催交，或者写明原因"), s.n_missing));
    TRY(sql_observe_round_close(cx, &(struct sql_observe_round_close){.id = *round}));
    return moved(cx, *round, "observe_close", S("running"), S("closed"));
}

Err observe_close(Cx *cx, int64_t round)
{
    return db_transaction(cx, close_step, &round);
}

struct excusing {
    int64_t round, person;
    Str reason;
};

static Err excuse_step(Cx *cx, void *arg)
{
    const struct excusing *x = arg;
    struct observe_round r;
    TRY(office_only(cx));
    TRY(observe_round_get(cx, x->round, &r));
    if (!str_eq(r.state, S("running")))
        return wrong_state(cx);
    if (!x->reason.len || text_wrong(x->reason, false).zh || str_n_chars(x->reason) > REASON_MAX)
        return fail(cx, ERR_INVALID, "reason", T("请写明没交表的原因，最多 200 个字"));
    Err e = sql_observe_excuse(
        cx, &(struct sql_observe_excuse){
                .round = x->round, .person = x->person, .excuse = some_str(x->reason)});
    if (e == ERR_CONFLICT)
        return ERR_NOT_FOUND;
    TRY(e);
    return event_add(cx, &(struct event){.verb = "observe_excuse",
                             .unit = cx->town_id * 1000000,
                             .object = x->round,
                             .said = x->reason});
}

Err observe_excuse(Cx *cx, int64_t round, int64_t person, Str reason)
{
    struct excusing x = {round, person, str_trim(reason)};
    return db_transaction(cx, excuse_step, &x);
}
