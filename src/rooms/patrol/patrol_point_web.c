/* patrol_point_web.c — /patrol/points/ID: one spot, its pictures side by side by date. */
#include "gen/tmpl.h"
#include "rooms/attachment/attachment_form_web.h"
#include "rooms/patrol/patrol_view.h"
#include "rooms/problem/problem.h"
#include "rooms/town/town.h"

#include <inttypes.h>
#include <string.h>

/* The two chosen; to begin with, the first and the last. */
static void beside(const Req *req, struct patrol_shot *at, size_t n, struct patrol_point_page *v)
{
    int64_t a = query_i64(req, "a"), b = query_i64(req, "b");
    if (!n)
        return;
    v->a = at[0];
    v->b = n > 1 ? at[n - 1] : (struct patrol_shot){0};
    for (size_t i = 0; i < n; i++) {
        if (at[i].id == a)
            v->a = at[i];
        if (at[i].id == b)
            v->b = at[i];
    }
}

static Err show(Cx *cx, const Req *req, Resp *resp, struct patrol_point_page v, Err e)
{
    struct patrol_point p;
    struct patrol_place place;
    struct patrol_shots s;
    if (e != OK && e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    if (e != OK)
        v.say = cx->why.say;
    TRY(patrol_point_get(cx, path_i64(req, "id"), &p));
    TRY(patrol_place_get(cx, p.place, &place));
    TRY(patrol_may(cx, &place, &v.may));
    TRY(patrol_point_view_of(cx, &p, &v.p));
    TRY(patrol_shots_of(cx, p.id, &s));
    struct patrol_shot *at = NEW_ARRAY(&cx->mem, s.n + 1, struct patrol_shot);
    for (size_t i = 0; i < s.n; i++)
        at[i] = s.at[i];
    beside(req, at, s.n, &v);
    v.shots = (struct patrol_shots){at, s.n};
    v.problem_seen = problem_seen(cx, p.problem) == OK;
    memset(&cx->why, 0, sizeof cx->why);
    v.place = place.name, v.place_id = place.id;
    v.village = town_unit_name(cx, place.village);
    v.key = new_key(cx);
    v.shell = shell_of(cx, req, "patrol");
    Out *out = resp_page(cx, req, resp);
    if (e != OK)
        resp->status = e == ERR_INVALID ? 422 : 409;
    page_patrol_point(out, &v);
    return OK;
}

Err patrol_point_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (struct patrol_point_page){0}, OK);
}

Err patrol_look_post(Cx *cx, const Req *req, Resp *resp)
{
    Str says = form_text(req, "says");
    struct patrol_look in = {.key = form_text(req, "key"),
        .point = path_i64(req, "id"),
        .version = form_i64(req, "version"),
        .says = str_eq(says, S("gone"))   ? POINT_GONE
                : str_eq(says, S("back")) ? POINT_BACK
                                          : POINT_STAYS,
        .note = form_text(req, "note")};
    struct photo_hashes photos;
    Err e = photos_typed(cx, req, "photo", NULL, &photos);
    in.photo = photos.at, in.n_photos = photos.n;
    if (e == OK)
        e = patrol_looked(cx, &in);
    if (e != OK)
        return show(cx, req, resp, (struct patrol_point_page){.note = in.note}, e);
    return redirect(cx, resp, "/patrol/points/%" PRId64, in.point);
}
