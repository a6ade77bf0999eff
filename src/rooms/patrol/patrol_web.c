/* patrol_web.c — /patrol: what is walked, longest ago first; /patrol/places/ID: one road, ditch or
 * river section on a phone. */
#include "rooms/patrol/patrol_view.h"

#include "gen/tmpl.h"
#include "rooms/attachment/attachment_form_web.h"
#include "rooms/category/category.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"
#include "rooms/town/town_edit.h"

#include <inttypes.h>
#include <string.h>

static Err patrol_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct patrol_list_view v = {0};
    struct patrol_places p;
    TRY(patrol_places(cx, &p));
    struct patrol_place_view *at = NEW_ARRAY(&cx->mem, p.n + 1, struct patrol_place_view);
    for (size_t i = 0; i < p.n; i++) {
        at[i] = (struct patrol_place_view){.id = p.at[i].id,
            .last_at = p.at[i].last_at,
            .n_points = p.at[i].n_points,
            .name = p.at[i].name,
            .village = town_unit_name(cx, p.at[i].village),
            .kind = town_place_kind(p.at[i].kind),
            .late = p.at[i].late};
        v.n_late += p.at[i].late;
        v.n_points += p.at[i].n_points;
    }
    v.places = (struct patrol_place_views){at, p.n};
    v.shell = shell_of(cx, req, "patrol");
    page_patrol_list(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- one place */
Err patrol_shots_of(Cx *cx, int64_t point, struct patrol_shots *to)
{
    struct attachments a;
    TRY(attachment_of(cx, point, &a));
    struct patrol_shot *at = NEW_ARRAY(&cx->mem, a.n + 1, struct patrol_shot);
    for (size_t i = 0; i < a.n; i++)
        at[i] = (struct patrol_shot){.id = a.at[i].id, .at = a.at[i].at};
    *to = (struct patrol_shots){at, a.n};
    return OK;
}

Err patrol_point_view_of(Cx *cx, const struct patrol_point *p, struct patrol_point_view *to)
{
    struct category c;
    struct patrol_shots s;
    TRY(category_find(cx, p->category, &c));
    TRY(patrol_shots_of(cx, p->id, &s));
    *to = (struct patrol_point_view){.id = p->id,
        .problem = p->problem,
        .n_returns = p->n_returns,
        .version = p->version,
        .name = p->name,
        .category = category_shown(cx, &c),
        .ended_on = p->ended_on};
    if (s.n)
        to->first = s.at[0];
    if (s.n > 1)
        to->last = s.at[s.n - 1];
    return OK;
}

static Err points_of(Cx *cx, struct patrol_place_page *v)
{
    struct patrol_points p;
    TRY(patrol_points(cx, v->p.id, &p));
    struct patrol_point_view *at = NEW_ARRAY(&cx->mem, p.n + 1, struct patrol_point_view);
    for (size_t i = 0; i < p.n; i++)
        TRY(patrol_point_view_of(cx, &p.at[i], &at[i]));
    v->points = (struct patrol_point_views){at, p.n};
    return OK;
}

static Err walks_of(Cx *cx, struct patrol_place_page *v)
{
    struct patrol_walks w;
    TRY(patrol_walks(cx, v->p.id, &w));
    struct patrol_walk_view *at = NEW_ARRAY(&cx->mem, w.n + 1, struct patrol_walk_view);
    for (size_t i = 0; i < w.n; i++)
        at[i] = (struct patrol_walk_view){.id = w.at[i].id,
            .at = w.at[i].at,
            .n_problems = w.at[i].n_problems,
            .by = people_name(cx, w.at[i].by),
            .note = w.at[i].note};
    v->walks = (struct patrol_walk_views){at, w.n};
    return OK;
}

/* A river section has categories of its own, the four disorders; the rest has the tiles. */
static Err tiles_of(Cx *cx, Str kind, Str chosen, struct patrol_picks *to)
{
    struct categories all;
    const struct tile *tiles;
    size_t n_tiles, n = 0;
    TRY(category_all(cx, &all));
    TRY(category_tiles(cx, &tiles, &n_tiles));
    struct patrol_pick *at = NEW_ARRAY(&cx->mem, all.n + n_tiles + 1, struct patrol_pick);
    for (size_t i = 0; i < all.n && str_eq(kind, S("river_section")); i++)
        if (all.at[i].river)
            at[n++] = (struct patrol_pick){
                all.at[i].code, category_shown(cx, &all.at[i]), str_eq(chosen, all.at[i].code)};
    for (size_t i = 0; i < n_tiles; i++)
        at[n++] = (struct patrol_pick){
            tiles[i].code, tile_shown(cx, &tiles[i]), str_eq(chosen, tiles[i].code)};
    *to = (struct patrol_picks){at, n};
    return OK;
}

/* v: what was typed, where something came back. */
static Err show(Cx *cx, const Req *req, Resp *resp, struct patrol_place_page v, Err e)
{
    if (e != OK && e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    if (e != OK)
        v.say = cx->why.say;
    TRY(patrol_place_get(cx, path_i64(req, "id"), &v.p));
    TRY(patrol_may(cx, &v.p, &v.may));
    TRY(patrol_n_found(cx, v.p.id, &v.n_found));
    v.kind = town_place_kind(v.p.kind);
    v.village = town_unit_name(cx, v.p.village);
    v.key = new_key(cx), v.key_find = new_key(cx);
    TRY(walks_of(cx, &v));
    TRY(points_of(cx, &v));
    TRY(tiles_of(cx, v.p.kind, form_text(req, "category"), &v.tiles));
    v.shell = shell_of(cx, req, "patrol");
    Out *out = resp_page(cx, req, resp);
    if (e != OK)
        resp->status = e == ERR_INVALID ? 422 : 409;
    page_patrol_place(out, &v);
    return OK;
}

static Err patrol_place_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (struct patrol_place_page){0}, OK);
}

static Err patrol_walk_post(Cx *cx, const Req *req, Resp *resp)
{
    struct patrol_new in = {.key = form_text(req, "key"),
        .place = path_i64(req, "id"),
        .at = form_i64(req, "found_at"),
        .note = form_text(req, "note")};
    struct photo_hashes photos;
    int64_t id;
    Err e = photos_typed(cx, req, "photo", NULL, &photos);
    in.photo = photos.at, in.n_photos = photos.n;
    if (e == OK)
        e = patrol_walked(cx, &in, &id);
    if (e != OK)
        return show(cx, req, resp, (struct patrol_place_page){.bad = "walk", .note = in.note}, e);
    return redirect(cx, resp, "/patrol/places/%" PRId64, in.place);
}

static Err patrol_find_post(Cx *cx, const Req *req, Resp *resp)
{
    struct patrol_find in = {.key = form_text(req, "key"),
        .place = path_i64(req, "id"),
        .category = form_text(req, "category"),
        .said = form_text(req, "said"),
        .point = form_text(req, "point")};
    struct photo_hashes photos;
    int64_t problem;
    Err e = photos_typed(cx, req, "photo", NULL, &photos);
    in.photo = photos.at, in.n_photos = photos.n;
    if (e == OK)
        e = patrol_found(cx, &in, &problem);
    if (e != OK)
        return show(cx, req, resp,
            (struct patrol_place_page){.bad = "find", .said = in.said, .point = in.point}, e);
    return redirect(cx, resp, "/patrol/places/%" PRId64, in.place);
}

/* clang-format off */
const struct route patrol_routes[] = {
    {GET, "/patrol", .who = STAFF_POSTS, .run = patrol_list_get, .on = ON_READ},
    {GET, "/patrol/places/{id}", .who = STAFF_POSTS, .run = patrol_place_page_get, .on = ON_READ},
    {POST, "/patrol/places/{id}/walk", .who = STAFF_POSTS, .run = patrol_walk_post, .on = ON_WAIT, .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {POST, "/patrol/places/{id}/find", .who = STAFF_POSTS, .run = patrol_find_post, .on = ON_WAIT, .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {GET, "/patrol/points/{id}", .who = STAFF_POSTS, .run = patrol_point_page_get, .on = ON_READ},
    {POST, "/patrol/points/{id}/look", .who = STAFF_POSTS, .run = patrol_look_post, .on = ON_WAIT, .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {0}};

const struct menu_item patrol_menu[] = {
    {"/patrol", "patrol", TC("menu", "巡查"), .who = STAFF_POSTS, .icon = "i-road"},
    {0}};
/* clang-format on */
