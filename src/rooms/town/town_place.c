/* town_place.c — 地点: what is no unit but has a name people use: a road section, a river section,
 * a zone, a site.  It lies in one unit; a road over three villages is three places. */
#include "gen/sql_town.h"
#include "rooms/town/town_impl.h"
#include "store/db.h"
#include "store/log.h"

enum { PLACES_MAX = 2000, PLACE_NAME_MAX = 40, POINTS_MAX = 500 };

const struct option place_kinds[] = {
    {"road",          TC("place", "道路")},
    {"river_section",      T("河段")},
    {"ditch", T("沟渠")},
    {"zone",               T("责任区")},
    {"site",    T("工地")},
    {"enterprise",          T("企业")},
    {"facility",               T("设施")},
    {"market", T("集镇")},
    {"public",    T("公共场所")},
    {"heritage",               T("文物古迹")},
    {"compound",T("小区")},
    {"household_stop",        T("户收集点")},
    {0              },
};

Text town_place_kind(Str code)
{
    for (const struct option *k = place_kinds; k->code; k++)
        if (str_eq(str(k->code), code))
            return k->label;
    return (Text){0};
}

Err town_place(Cx *cx, int64_t id, struct place *to)
{
    struct sql_town_place_find_row r;
    TRY(sql_town_place_find(cx, &(struct sql_town_place_find){.id = id}, &r));
    *to = (struct place){.id = r.id,
        .unit = r.unit,
        .name = r.name,
        .kind = r.kind,
        .from_on = r.from_on,
        .to_on = r.to_on,
        .version = r.version};
    return OK;
}

Err town_place_full(Cx *cx, int64_t id, struct place_new *to)
{
    struct sql_town_place_find_row r;
    TRY(sql_town_place_find(cx, &(struct sql_town_place_find){.id = id}, &r));
    *to = (struct place_new){.id = r.id,
        .version = r.version,
        .unit = r.unit,
        .kind = r.kind,
        .name = r.name,
        .shape = r.shape,
        .from_on = r.from_on,
        .to_on = r.to_on};
    return OK;
}

Err town_places(Cx *cx, int64_t unit, struct places *to)
{
    struct unit u;
    struct sql_town_place_range_rows rows;
    TRY(town_unit(cx, unit, &u));
    struct sql_town_place_range in = {
        .lo = u.lo, .hi = u.hi, .today = town_today(cx), .limit = PLACES_MAX};
    TRY(sql_town_place_range(cx, &in, &rows));
    struct place *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct place);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct place){.id = rows.at[i].id,
            .unit = rows.at[i].unit,
            .name = rows.at[i].name,
            .kind = rows.at[i].kind,
            .from_on = rows.at[i].from_on,
            .to_on = rows.at[i].to_on,
            .version = rows.at[i].version};
    *to = (struct places){at, rows.n};
    return OK;
}

Err town_place_named(Cx *cx, int64_t unit, Str name, struct place *to)
{
    struct unit u;
    struct sql_town_place_named_rows rows;
    TRY(town_unit(cx, unit, &u));
    struct sql_town_place_named in = {
        .lo = u.lo, .hi = u.hi, .name = name, .today = town_today(cx), .limit = 1};
    TRY(sql_town_place_named(cx, &in, &rows));
    if (!rows.n)
        return ERR_NOT_FOUND;
    return town_place(cx, rows.at[0].id, to);
}

/* "34.8921,113.5133": degrees, at most 7 digits behind the point, within China. */
static bool degree(Str *s, int64_t lo, int64_t hi)
{
    int64_t whole = 0;
    size_t i = 0, places = 0;
    for (; i < s->len && i < 3 && s->at[i] >= '0' && s->at[i] <= '9'; i++)
        whole = whole * 10 + (s->at[i] - '0');
    if (!i || whole < lo || whole >= hi)
        return false;
    if (i < s->len && s->at[i] == '.')
        for (i++; i < s->len && s->at[i] >= '0' && s->at[i] <= '9'; i++)
            places++;
    *s = (Str){s->at + i, s->len - i};
    return places <= 7;
}

static bool shape_sound(Str s)
{
    size_t points = 0;
    while (s.len) {
        if (++points > POINTS_MAX || !degree(&s, 3, 54) || !s.len || *s.at != ',')
            return false;
        s = (Str){s.at + 1, s.len - 1};
        if (!degree(&s, 73, 136) || (s.len && *s.at != ' '))
            return false;
        if (s.len)
            s = (Str){s.at + 1, s.len - 1};
    }
    return points > 0;
}

Err town_place_check(Cx *cx, const struct place_new *in)
{
    struct unit u;
    int64_t from, to;
    if (town_of(in->unit) != cx->town_id)
        return fail(cx, ERR_INVALID, "unit", T("地点应在本乡镇的单元内，请填 15 位单元编码"));
    Err e = town_unit(cx, in->unit, &u);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "unit", T("没有这个单元"));
    TRY(e);
    if (!town_place_kind(in->kind).zh)
        return fail(cx, ERR_INVALID, "kind", T("没有这种地点类型"));
    if (!in->name.len || str_n_chars(in->name) > PLACE_NAME_MAX)
        return fail(cx, ERR_INVALID, "name", T("请填写名称，最多 40 字"));
    if (in->shape.set && !shape_sound(in->shape.v))
        return fail(cx, ERR_INVALID, "shape",
            T("位置应为“纬度,经度”，多个点用空格隔开，例如 34.8921,113.5133"));
    if (in->from_on.set && !day_parse(in->from_on.v, &from))
        return fail(cx, ERR_INVALID, "from_on", T("日期应写成 2026-06-12"));
    if (in->to_on.set && !day_parse(in->to_on.v, &to))
        return fail(cx, ERR_INVALID, "to_on", T("日期应写成 2026-06-12"));
    if (in->from_on.set && in->to_on.set && to < from)
        return fail(cx, ERR_INVALID, "to_on", T("止日不能早于起日"));
    return OK;
}

/* The one of that id, or of that name in the very unit. */
static Err find_place(Cx *cx, const struct place_new *in, struct sql_town_place_find_row *was)
{
    struct sql_town_place_named_rows same = {0};
    struct sql_town_place_named ask = {
        .lo = in->unit, .hi = in->unit, .name = in->name, .today = town_today(cx), .limit = 1};
    TRY(sql_town_place_named(cx, &ask, &same));
    if (in->id && same.n && same.at[0].id != in->id)
        return fail(cx, ERR_INVALID, "name", T("这个单元里已有同名的地点"));
    if (!in->id && !same.n)
        return ERR_NOT_FOUND;
    TRY(sql_town_place_find(
        cx, &(struct sql_town_place_find){.id = in->id ? in->id : same.at[0].id}, was));
    if (in->id && was->unit != in->unit)
        return fail(cx, ERR_INVALID, "unit", T("地点不能换单元：请停用它，在那边另建一个"));
    if (in->id && was->version != in->version)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚改过，请看新的内容再改"));
    return OK;
}

static Err add_place(Cx *cx, const struct place_new *in, int64_t *id)
{
    *id = new_id(cx);
    TRY(sql_town_place_add(cx, &(struct sql_town_place_add){.id = *id,
                                   .unit = in->unit,
                                   .village = town_village_of(in->unit),
                                   .kind = in->kind,
                                   .name = in->name,
                                   .shape = in->shape,
                                   .from_on = in->from_on,
                                   .to_on = in->to_on}));
    return event_add(cx,
        &(struct event){.verb = "place_add", .unit = in->unit, .object = *id, .said = in->name});
}

static Err change_place(
    Cx *cx, const struct place_new *in, const struct sql_town_place_find_row *was)
{
    Str said = in->name;
    if (!str_eq(was->name, in->name))
        said = str(arena_printf(&cx->mem, "%.*s → %.*s", (int)was->name.len, was->name.at,
            (int)in->name.len, in->name.at));
    TRY(sql_town_place_change(cx, &(struct sql_town_place_change){.id = was->id,
                                      .kind = in->kind,
                                      .name = in->name,
                                      .shape = in->shape,
                                      .from_on = in->from_on,
                                      .to_on = in->to_on,
                                      .version = was->version}));
    return event_add(
        cx, &(struct event){
                .verb = "place_change", .unit = was->unit, .object = was->id, .said = said});
}

static Err place_put_in(Cx *cx, const struct place_new *in, enum put *put, int64_t *id)
{
    struct sql_town_place_find_row was;
    TRY(town_may_edit(cx));
    TRY(town_place_check(cx, in));
    Err e = find_place(cx, in, &was);
    if (e == ERR_NOT_FOUND && !in->id) {
        TRY(add_place(cx, in, id));
        *put = PUT_ADDED;
        return OK;
    }
    TRY(e);
    *id = was.id;
    bool same = str_eq(was.kind, in->kind) && str_eq(was.name, in->name)
                && same_text(was.shape, in->shape) && same_text(was.from_on, in->from_on)
                && same_text(was.to_on, in->to_on);
    *put = same ? PUT_SAME : PUT_CHANGED;
    return same ? OK : change_place(cx, in, &was);
}

struct place_put_step {
    const struct place_new *in;
    enum put *put;
    int64_t *id;
};

static Err place_put_step(Cx *cx, void *arg)
{
    const struct place_put_step *s = arg;
    return place_put_in(cx, s->in, s->put, s->id);
}

Err town_place_put(Cx *cx, const struct place_new *in, enum put *put, int64_t *id)
{
    struct place_put_step s = {in, put, id};
    return db_transaction(cx, place_put_step, &s);
}
