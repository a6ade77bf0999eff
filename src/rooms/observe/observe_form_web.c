/* observe_form_web.c — 安排观摩: name, day, items, route, observers in one form. */
#include "base/utf8.h"
#include "gen/tmpl.h"
#include "rooms/duty/duty.h"
#include "rooms/observe/observe_view.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { ORDER_MAX = 999 };

static const char usual_items[] =
    "村口和主干道\n背街小巷\n房前屋后\n坑塘沟渠\n公厕和垃圾点\n长效机制";

static Err stops_of(Cx *cx, const struct observe_new *in, struct stop_choices *to)
{
    struct units all;
    TRY(town_villages(cx, &all));
    struct stop_choice *at = NEW_ARRAY(&cx->mem, all.n + 1, struct stop_choice);
    for (size_t i = 0; i < all.n; i++) {
        at[i] = (struct stop_choice){.unit = all.at[i].code, .name = all.at[i].name};
        for (size_t k = 0; k < in->n_units; k++)
            if (in->unit[k] == all.at[i].code)
                at[i].order = str(arena_printf(&cx->mem, "%zu", k + 1));
    }
    *to = (struct stop_choices){at, all.n};
    return OK;
}

/* Who may be asked to walk along. */
static Err people_of(Cx *cx, const struct observe_new *in, struct person_choices *to)
{
    struct holders h;
    TRY(duty_each_holder(cx, TOWN_POSTS | CHAIN_POSTS | HAS(POST_INSPECTOR), &h));
    struct person_choice *at = NEW_ARRAY(&cx->mem, h.n + 1, struct person_choice);
    for (size_t i = 0; i < h.n; i++)
        at[i] = (struct person_choice){.id = h.at[i].person,
            .name = h.at[i].name,
            .post = posts[h.at[i].post].label,
            .chosen = i64_among(in->person, in->n_persons, h.at[i].person)};
    *to = (struct person_choices){at, h.n};
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, const struct observe_new *in, Str items, Err e)
{
    struct observe_form_view v = {.id = in->id,
        .version = in->version,
        .name = in->name,
        .held_on = in->held_on,
        .items = items};
    if (e != OK && e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    if (e != OK)
        v.say = cx->why.say, v.bad = cx->why.field;
    TRY(stops_of(cx, in, &v.stops));
    TRY(people_of(cx, in, &v.people));
    v.shell = shell_of(cx, req, "observe");
    Out *out = resp_page(cx, req, resp);
    if (e != OK)
        resp->status = e == ERR_INVALID ? 422 : 409;
    page_observe_form(out, &v);
    return OK;
}

Err observe_form_new_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(
        cx, req, resp, &(struct observe_new){.held_on = town_today(cx)}, str(usual_items), OK);
}

Err observe_form_edit_get(Cx *cx, const Req *req, Resp *resp)
{
    struct observe_plan p;
    TRY(observe_plan_get(cx, path_i64(req, "id"), &p));
    if (!str_eq(p.r.state, S("planned")))
        return fail(cx, ERR_CONFLICT, "state", T("已经开始的观摩不能再改"));
    int64_t *unit = NEW_ARRAY(&cx->mem, p.stops.n + 1, int64_t);
    int64_t *person = NEW_ARRAY(&cx->mem, p.observers.n + 1, int64_t);
    Str items = {0};
    for (size_t i = 0; i < p.stops.n; i++)
        unit[i] = p.stops.at[i].unit;
    for (size_t i = 0; i < p.observers.n; i++)
        person[i] = p.observers.at[i].person;
    for (size_t i = 0; i < p.items.n; i++)
        items = str(arena_printf(&cx->mem, "%.*s%s%.*s", (int)items.len, items.len ? items.at : "",
            i ? "\n" : "", (int)p.items.at[i].name.len, p.items.at[i].name.at));
    return show(cx, req, resp,
        &(struct observe_new){.id = p.r.id,
            .version = p.r.version,
            .name = p.r.name,
            .held_on = p.r.held_on,
            .unit = unit,
            .n_units = p.stops.n,
            .person = person,
            .n_persons = p.observers.n},
        items, OK);
}

/* ---- what was typed */
static void items_typed(Cx *cx, Str text, struct observe_new *in)
{
    Str *at = NEW_ARRAY(&cx->mem, ITEMS_MAX + 1, Str);
    while (text.len && in->n_items <= ITEMS_MAX) {
        const char *end = memchr(text.at, '\n', text.len);
        size_t len = end ? (size_t)(end - text.at) : text.len;
        Str one = str_trim((Str){text.at, len});
        if (one.len)
            at[in->n_items++] = one;
        len += end != NULL;
        text = (Str){text.at + len, text.len - len};
    }
    in->item = at;
}

/* "order.410108101206000" = "3": the villages by their numbers; equal numbers by the list. */
static Err route_typed(Cx *cx, const Req *req, struct observe_new *in)
{
    struct units all;
    TRY(town_villages(cx, &all));
    int64_t *unit = NEW_ARRAY(&cx->mem, all.n + 1, int64_t);
    int64_t *order = NEW_ARRAY(&cx->mem, all.n + 1, int64_t);
    for (size_t i = 0; i < all.n; i++) {
        int64_t o = form_i64(req, arena_printf(&cx->mem, "order%" PRId64, all.at[i].code));
        size_t k = in->n_units;
        if (o < 1 || o > ORDER_MAX)
            continue;
        for (; k > 0 && order[k - 1] > o; k--)
            unit[k] = unit[k - 1], order[k] = order[k - 1];
        unit[k] = all.at[i].code, order[k] = o;
        in->n_units++;
    }
    in->unit = unit;
    return OK;
}

static Err save(Cx *cx, const Req *req, Resp *resp, int64_t id)
{
    struct observe_new in = {.id = id,
        .version = form_i64(req, "version"),
        .name = form_text(req, "name"),
        .held_on = form_text(req, "held_on")};
    int64_t became;
    items_typed(cx, form_text(req, "items"), &in);
    TRY(route_typed(cx, req, &in));
    in.person = form_i64s(cx, req, "observer", &in.n_persons);
    Err e = observe_put(cx, &in, &became);
    if (e != OK)
        return show(cx, req, resp, &in, form_text(req, "items"), e);
    return redirect(cx, resp, "/observe/%" PRId64, became);
}

Err observe_form_new_post(Cx *cx, const Req *req, Resp *resp)
{
    return save(cx, req, resp, 0);
}

Err observe_form_edit_post(Cx *cx, const Req *req, Resp *resp)
{
    return save(cx, req, resp, path_i64(req, "id"));
}
