/* town_near.c — 就近. */
#include "rooms/town/town_near.h"

#include "gen/sql_town.h"
#include "rooms/town/town_impl.h"
#include "store/db.h"
#include "store/log.h"

enum { PLACES_MAX = 2000, NEIGHBOURS_MAX = 50, NAME_MAX = 40, TEL_MAX = 40, SHAPE_MAX = 12000 };

static void take(struct nearest *to, size_t most, struct near_place one)
{
    size_t at = to->n < most ? to->n : most;
    while (at > 0 && to->at[at - 1].metres > one.metres)
        at--;
    if (at >= most)
        return;
    size_t end = to->n < most ? to->n : most - 1;
    memmove(&to->at[at + 1], &to->at[at], (end - at) * sizeof to->at[0]);
    to->at[at] = one;
    if (to->n < most)
        to->n++;
}

static bool is_among(const struct nearest *n, int64_t place)
{
    for (size_t i = 0; i < n->n; i++)
        if (n->at[i].place == place)
            return true;
    return false;
}

/* The nearest of another village than the first one's, if it is about as near. */
static void other_side(Cx *cx, const struct near_place *all, size_t n, struct nearest *to)
{
    const struct near_place *best = NULL;
    int64_t village = town_village_of(to->at[0].unit);
    for (size_t i = 0; i < n; i++)
        if (town_village_of(all[i].unit) != village && (!best || all[i].metres < best->metres))
            best = &all[i];
    if (!best || best->metres - to->at[0].metres > town_setting(cx, "border_m", 200))
        return;
    to->border = true;
    if (!is_among(to, best->place))
        to->at[to->n < NEAR_SHOWN ? to->n++ : NEAR_SHOWN - 1] = *best;
}

static Err other_town(Cx *cx, struct point p, struct nearest *to)
{
    struct neighbours all;
    int64_t own = to->n ? to->at[0].metres : INT64_MAX;
    to->town_m = -1;
    TRY(town_neighbours(cx, &all));
    for (size_t i = 0; i < all.n; i++) {
        int64_t m = metres_to_shape(p, all.at[i].shape);
        if (m < 0 || (to->town_m >= 0 && m >= to->town_m))
            continue;
        to->town_m = m;
        to->town = all.at[i].name;
        to->tel = all.at[i].tel;
    }
    int64_t border = town_setting(cx, "border_m", 200), far = town_setting(cx, "far_m", 5000);
    to->outside = own > far || (to->town_m >= 0 && own > border && to->town_m < own);
    if (own > far && to->town_m > 2 * far)
        to->town = to->tel = (Str){0}; /* far from everything */
    return OK;
}

Err town_near(Cx *cx, struct point p, struct nearest *to)
{
    struct sql_town_place_shapes_rows rows;
    size_t n = 0;
    *to = (struct nearest){0};
    TRY(sql_town_place_shapes(
        cx, &(struct sql_town_place_shapes){.today = town_today(cx), .limit = PLACES_MAX}, &rows));
    struct near_place *all = NEW_ARRAY(&cx->mem, rows.n + 1, struct near_place);
    for (size_t i = 0; i < rows.n; i++) {
        int64_t m = metres_to_shape(p, rows.at[i].shape.v);
        if (m < 0)
            continue;
        all[n] = (struct near_place){rows.at[i].id, rows.at[i].unit, m, rows.at[i].name, {0}};
        take(to, NEAR_SHOWN - 1, all[n++]);
    }
    if (to->n)
        other_side(cx, all, n, to);
    for (size_t i = 0; i < to->n; i++)
        to->at[i].village = town_unit_name(cx, town_village_of(to->at[i].unit));
    return other_town(cx, p, to);
}

static bool same_villages(const struct nearest *a, const struct nearest *b)
{
    for (size_t i = 0; i < a->n; i++) {
        bool there = false;
        for (size_t k = 0; k < b->n; k++)
            there |= town_village_of(a->at[i].unit) == town_village_of(b->at[k].unit);
        if (!there)
            return false;
    }
    return true;
}

static bool same_answer(const struct nearest *a, const struct nearest *b)
{
    if (a->outside != b->outside)
        return false;
    if (a->outside)
        return str_eq(a->town, b->town);
    if (!a->n || !b->n)
        return a->n == b->n;
    bool sides = a->border || b->border;
    return a->at[0].place == b->at[0].place
           && (!sides || (same_villages(a, b) && same_villages(b, a)));
}

Err town_readings(Cx *cx, struct point given, struct readings *to)
{
    TRY(town_near(cx, given, &to->wgs));
    TRY(town_near(cx, wgs_of_gcj(given), &to->gcj));
    to->differ = !same_answer(&to->wgs, &to->gcj);
    return OK;
}

/* ---- 相邻乡镇 */

Err town_neighbours(Cx *cx, struct neighbours *to)
{
    struct sql_town_neighbours_rows rows;
    TRY(sql_town_neighbours(cx, &(struct sql_town_neighbours){.limit = NEIGHBOURS_MAX}, &rows));
    struct neighbour *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct neighbour);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct neighbour){
            rows.at[i].name, rows.at[i].tel, rows.at[i].shape, rows.at[i].updated_at};
    *to = (struct neighbours){at, rows.n};
    return OK;
}

Err town_neighbour_find(Cx *cx, Str name, struct neighbour *to)
{
    struct sql_town_neighbour_find_row r;
    TRY(sql_town_neighbour_find(cx, &(struct sql_town_neighbour_find){.name = name}, &r));
    *to = (struct neighbour){r.name, r.tel, r.shape, r.updated_at};
    return OK;
}

Err town_neighbour_check(Cx *cx, const struct neighbour *in)
{
    if (!in->name.len || str_n_chars(in->name) > NAME_MAX)
        return fail(cx, ERR_INVALID, "name", T("请填写名称，最多 40 字"));
    if (!in->tel.len || str_n_chars(in->tel) > TEL_MAX)
        return fail(cx, ERR_INVALID, "tel", T("请填写电话，最多 40 字"));
    if (metres_to_shape((struct point){0, 0}, in->shape) < 0 || in->shape.len > SHAPE_MAX)
        return fail(cx, ERR_INVALID, "shape",
            T("位置应为“纬度,经度”，多个点用空格隔开，例如 34.8921,113.5133"));
    return OK;
}

struct putting {
    const struct neighbour *in;
    bool was, changed;
};

static Err put_step(Cx *cx, void *arg)
{
    struct putting *p = arg;
    struct neighbour r = {0};
    Err e = town_neighbour_find(cx, p->in->name, &r);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    p->was = e == OK;
    if (p->in->version == NEIGHBOUR_NEW && p->was)
        return fail(cx, ERR_INVALID, "name", T("表里已经有它，请到它那一行改"));
    if (p->in->version > 0 && r.version != p->in->version)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚改过，请看新的内容再改"));
    p->changed = !p->was || !str_eq(r.tel, p->in->tel) || !str_eq(r.shape, p->in->shape);
    memset(&cx->why, 0, sizeof cx->why);
    if (!p->changed)
        return OK;
    TRY(sql_town_neighbour_put(
        cx, &(struct sql_town_neighbour_put){
                .name = p->in->name, .tel = p->in->tel, .shape = p->in->shape}));
    return event_add(
        cx, &(struct event){
                .verb = "neighbour_put", .unit = cx->town_id * 1000000, .said = p->in->name});
}

Err town_neighbour_put(Cx *cx, const struct neighbour *in, bool *was, bool *changed)
{
    struct putting p = {.in = in};
    TRY(town_may_edit(cx));
    TRY(town_neighbour_check(cx, in));
    TRY(db_transaction(cx, put_step, &p));
    *was = p.was;
    *changed = p.changed;
    return OK;
}

static Err drop_step(Cx *cx, void *arg)
{
    const struct neighbour *n = arg;
    Err e = sql_town_neighbour_drop(
        cx, &(struct sql_town_neighbour_drop){.name = n->name, .updated_at = n->version});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚改过，请看新的内容再改"));
    TRY(e);
    return event_add(cx,
        &(struct event){.verb = "neighbour_drop", .unit = cx->town_id * 1000000, .said = n->name});
}

Err town_neighbour_drop(Cx *cx, Str name, int64_t version)
{
    struct neighbour n = {.name = name, .version = version};
    TRY(town_may_edit(cx));
    return db_transaction(cx, drop_step, &n);
}
