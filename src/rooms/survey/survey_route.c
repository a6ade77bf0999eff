/* survey_route.c — 大会诊的路线: stops in their order, from the page or from a table. */
#include "base/day.h"
#include "gen/sql_survey.h"
#include "rooms/survey/survey_inner.h"
#include "rooms/town/town.h"
#include "store/log.h"

/* clang-format off */
const struct option survey_kinds[] = {
    {"village", T("村（社区）")}, {"street", T("街道")}, {"enterprise", T("企业")},
    {"site", T("工地")}, {"other", T("其他地点")}, {0}};
const struct option survey_results[] = {
    {"visited", T("走到了")}, {"not_visited", T("没有走")}, {0}};
/* clang-format on */

static Str kind_of(Str place_kind)
{
    if (str_eq(place_kind, S("road")))
        return S("street");
    if (str_eq(place_kind, S("enterprise")) || str_eq(place_kind, S("site")))
        return place_kind;
    return S("other");
}

#define STOP_OF(r)                                                                                 \
    ((struct survey_stop){.id = (r)->id,                                                           \
        .round = (r)->round,                                                                       \
        .no = (r)->no,                                                                             \
        .unit = (r)->unit,                                                                         \
        .village = (r)->village,                                                                   \
        .place = (r)->place.set ? (r)->place.v : 0,                                                \
        .name = (r)->name,                                                                         \
        .kind = (r)->kind,                                                                         \
        .planned_on = (r)->planned_on,                                                             \
        .result = (r)->result.set ? (r)->result.v : (Str){0},                                      \
        .note = (r)->note.set ? (r)->note.v : (Str){0},                                            \
        .visited_at = (r)->visited_at.set ? (r)->visited_at.v : 0,                                 \
        .visited_by = (r)->visited_by.set ? (r)->visited_by.v : 0,                                 \
        .n_problems = (r)->n_problems,                                                             \
        .version = (r)->version})

Err survey_stops(Cx *cx, int64_t round, struct survey_stops *to)
{
    struct sql_survey_stops_rows r;
    TRY(sql_survey_stops(
        cx, &(struct sql_survey_stops){.round = round, .limit = SURVEY_STOPS_MAX}, &r));
    struct survey_stop *at = NEW_ARRAY(&cx->mem, r.n + 1, struct survey_stop);
    for (size_t i = 0; i < r.n; i++)
        at[i] = STOP_OF(&r.at[i]);
    *to = (struct survey_stops){at, r.n};
    return OK;
}

Err survey_stop_get(Cx *cx, int64_t id, struct survey_stop *to)
{
    struct sql_survey_stop_find_row r;
    TRY(sql_survey_stop_find(cx, &(struct sql_survey_stop_find){.id = id}, &r));
    *to = STOP_OF(&r);
    return OK;
}

/* ---- stops are added */
static Err stop_of(Cx *cx, const struct survey_target *t, struct survey_stop *to)
{
    struct unit u;
    struct place p;
    if (t->place) {
        if (town_place(cx, t->place, &p) != OK)
            return fail(cx, ERR_INVALID, "stop", T("没有这个地点，请从列表里选"));
        *to = (struct survey_stop){
            .unit = p.unit, .place = p.id, .name = p.name, .kind = kind_of(p.kind)};
    } else {
        if (town_of(t->unit) != cx->town_id || town_unit(cx, t->unit, &u) != OK
            || (u.kind != UNIT_VILLAGE && u.kind != UNIT_COMMUNITY))
            return fail(cx, ERR_INVALID, "stop", T("请选本镇的村（社区）或者已登记的地点"));
        *to = (struct survey_stop){.unit = u.code, .name = u.name, .kind = S("village")};
    }
    to->village = town_village_of(to->unit);
    return to->village ? OK : fail(cx, ERR_INVALID, "stop", T("这个地点不在任何村（社区）里"));
}

static bool on_route(const struct survey_stops *s, const struct survey_stop *x)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->at[i].place == x->place && s->at[i].unit == x->unit)
            return true;
    return false;
}

struct adding {
    int64_t round, added;
    const struct survey_target *at;
    size_t n;
    Str planned_on;
};

static Err add_step(Cx *cx, void *arg)
{
    struct adding *a = arg;
    struct survey_round r;
    struct survey_stops s;
    int64_t day;
    a->added = 0;
    TRY(survey_office_only(cx));
    TRY(survey_round_get(cx, a->round, &r));
    if (survey_over(&r))
        return survey_wrong_state(cx);
    if (!day_parse(a->planned_on, &day) || memcmp(a->planned_on.at, r.from_on.at, 10) < 0
        || memcmp(a->planned_on.at, r.to_on.at, 10) > 0)
        return fail(cx, ERR_INVALID, "planned_on", T("计划日要在这一轮的起止日期以内"));
    TRY(survey_stops(cx, a->round, &s));
    int64_t no = s.n ? s.at[s.n - 1].no : 0;
    if (!a->n)
        return fail(cx, ERR_INVALID, "stop", T("请选要走的地方"));
    if (s.n + a->n > SURVEY_STOPS_MAX)
        return fail(cx, ERR_INVALID, "stop", T("一轮最多 400 个点位"));
    for (size_t i = 0; i < a->n; i++) {
        struct survey_stop x = {0};
        TRY(stop_of(cx, &a->at[i], &x));
        if (on_route(&s, &x))
            continue;
        a->added++;
        no++;
        TRY(sql_survey_stop_add(cx, &(struct sql_survey_stop_add){.id = new_id(cx),
                                        .round = a->round,
                                        .no = no,
                                        .unit = x.unit,
                                        .village = x.village,
                                        .place = x.place ? some_i64(x.place) : (OptI64){0},
                                        .name = x.name,
                                        .kind = x.kind,
                                        .planned_on = a->planned_on}));
    }
    if (!a->added)
        return OK;
    return survey_moved(
        cx, a->round, "survey_route", (Str){0}, (Str){0}, say_n(cx, T("加 {n} 个点位"), a->added));
}

Err survey_stops_add(
    Cx *cx, int64_t round, const struct survey_target *at, size_t n, Str planned_on)
{
    struct adding a = {.round = round, .at = at, .n = n, .planned_on = planned_on};
    return db_transaction(cx, add_step, &a);
}

/* ---- their order */
static Err earlier_step(Cx *cx, void *arg)
{
    const int64_t *stop = arg;
    struct survey_stop x;
    struct survey_stops s;
    struct survey_round r;
    TRY(survey_office_only(cx));
    TRY(survey_stop_get(cx, *stop, &x));
    TRY(survey_round_get(cx, x.round, &r));
    if (survey_over(&r))
        return survey_wrong_state(cx);
    TRY(survey_stops(cx, x.round, &s));
    for (size_t i = 1; i < s.n; i++) {
        if (s.at[i].id != x.id)
            continue;
        const struct survey_stop *before = &s.at[i - 1];
        TRY(sql_survey_stop_place(
            cx, &(struct sql_survey_stop_place){.id = x.id, .was = x.no, .no = before->no}));
        TRY(sql_survey_stop_place(
            cx, &(struct sql_survey_stop_place){.id = before->id, .was = before->no, .no = x.no}));
        return survey_moved(cx, x.round, "survey_route", (Str){0}, (Str){0}, x.name);
    }
    return OK; /* the first already */
}

Err survey_stop_earlier(Cx *cx, int64_t stop)
{
    return db_transaction(cx, earlier_step, &stop);
}

static Err drop_step(Cx *cx, void *arg)
{
    const int64_t *stop = arg;
    struct survey_stop x;
    struct survey_round r;
    TRY(survey_office_only(cx));
    TRY(survey_stop_get(cx, *stop, &x));
    TRY(survey_round_get(cx, x.round, &r));
    if (!str_eq(r.state, S("planned")))
        return fail(cx, ERR_CONFLICT, "state", T("已经开始走了：不去的点位写明原因，不能删"));
    TRY(sql_survey_stop_drop(cx, &(struct sql_survey_stop_drop){.id = x.id}));
    return survey_moved(cx, x.round, "survey_route", x.name, (Str){0}, (Str){0});
}

Err survey_stop_drop(Cx *cx, int64_t stop)
{
    return db_transaction(cx, drop_step, &stop);
}

/* ---- a line of a table */
static Err target_of(Cx *cx, const struct survey_line *l, struct survey_target *to)
{
    struct place p;
    struct unit u;
    TRY(town_unit(cx, l->village, &u));
    *to = (struct survey_target){.unit = u.code};
    if (str_eq(l->stop, u.name))
        return OK;
    if (town_place_named(cx, u.code, l->stop, &p) != OK)
        return fail(cx, ERR_INVALID, "stop", T("这个村没有登记这个地点，先登记地点再排路线"));
    to->place = p.id;
    return OK;
}

static Err round_of(Cx *cx, const struct survey_line *l, int64_t *round)
{
    struct sql_survey_round_named_row same;
    struct survey_new in = {.name = l->round, .from_on = l->planned_on, .to_on = l->planned_on};
    struct survey_walkers w;
    struct survey_round r;
    Err e = sql_survey_round_named(cx, &(struct sql_survey_round_named){.name = l->round}, &same);
    in.led_by = l->led_by, in.person = &l->led_by, in.n_persons = 1;
    if (e == ERR_NOT_FOUND)
        return survey_put(cx, &in, round);
    TRY(e);
    *round = same.id;
    TRY(survey_round_get(cx, same.id, &r));
    if (!str_eq(r.state, S("planned")))
        return fail(cx, ERR_CONFLICT, "round", T("这一轮已经开始走了，路线在页面上加"));
    bool earlier = memcmp(l->planned_on.at, r.from_on.at, 10) < 0;
    bool later = memcmp(l->planned_on.at, r.to_on.at, 10) > 0;
    if (!earlier && !later)
        return OK;
    TRY(survey_walkers(cx, r.id, &w));
    in = (struct survey_new){.id = r.id,
        .version = r.version,
        .led_by = r.led_by,
        .name = r.name,
        .from_on = earlier ? l->planned_on : r.from_on,
        .to_on = later ? l->planned_on : r.to_on,
        .person = w.at,
        .n_persons = w.n};
    return survey_put(cx, &in, round);
}

Err survey_line(Cx *cx, const struct survey_line *l, struct taken *to)
{
    struct survey_target t;
    struct survey_stops was, now;
    int64_t round;
    TRY(target_of(cx, l, &t));
    TRY(round_of(cx, l, &round));
    TRY(survey_stops(cx, round, &was));
    TRY(survey_stops_add(cx, round, &t, 1, l->planned_on));
    TRY(survey_stops(cx, round, &now));
    *to = (struct taken){.object = round, .same = was.n == now.n};
    return OK;
}
