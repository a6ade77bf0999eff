/* survey_walk_web.c — 走到一个点位: what came of it, and what was found there, on a phone. */
#include "gen/tmpl.h"
#include "rooms/attachment/attachment_form_web.h"
#include "rooms/category/category.h"
#include "rooms/people/people.h"
#include "rooms/survey/survey_view.h"
#include "rooms/town/town.h"

#include <inttypes.h>
#include <string.h>

static Err tiles_of(Cx *cx, Str chosen, struct survey_picks *to)
{
    const struct tile *tiles;
    size_t n;
    TRY(category_tiles(cx, &tiles, &n));
    struct survey_pick *at = NEW_ARRAY(&cx->mem, n + 1, struct survey_pick);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct survey_pick){
            tiles[i].code, tile_shown(cx, &tiles[i]), str_eq(chosen, tiles[i].code)};
    *to = (struct survey_picks){at, n};
    return OK;
}

static Err neighbours(Cx *cx, struct survey_walk_view *v)
{
    struct survey_stops s;
    TRY(survey_stops(cx, v->s.round, &s));
    for (size_t i = 0; i < s.n; i++) {
        if (s.at[i].id != v->s.id)
            continue;
        v->before = i ? s.at[i - 1].id : 0;
        v->after = i + 1 < s.n ? s.at[i + 1].id : 0;
    }
    return OK;
}

/* v: what was typed, where something came back. */
static Err show(Cx *cx, const Req *req, Resp *resp, struct survey_walk_view v, Err e)
{
    if (e != OK && e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    if (e != OK)
        v.say = cx->why.say;
    TRY(survey_stop_get(cx, path_i64(req, "id"), &v.s));
    TRY(survey_round_get(cx, v.s.round, &v.r));
    TRY(survey_walks(cx, &v.r, &v.walks));
    v.walking = str_eq(v.r.state, S("walking"));
    v.voided = str_eq(v.r.state, S("voided"));
    v.visited = str_eq(v.s.result, S("visited"));
    v.skipped = str_eq(v.s.result, S("not_visited"));
    v.kind = survey_label(survey_kinds, v.s.kind);
    v.label = survey_label(survey_results, v.s.result);
    v.village = v.s.place ? town_unit_name(cx, v.s.village) : (Str){0};
    v.by = v.s.visited_by ? people_name(cx, v.s.visited_by) : (Str){0};
    v.key = new_key(cx), v.key_skip = new_key(cx), v.key_find = new_key(cx);
    TRY(tiles_of(cx, form_text(req, "category"), &v.tiles));
    TRY(neighbours(cx, &v));
    TRY(survey_pictures_of(cx, v.s.id, &v.photos));
    TRY(survey_finding_views(cx, v.s.round, v.s.id, &v.findings));
    v.shell = shell_of(cx, req, "survey");
    Out *out = resp_page(cx, req, resp);
    if (e != OK)
        resp->status = e == ERR_INVALID ? 422 : 409;
    page_survey_stop(out, &v);
    return OK;
}

Err survey_stop_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (struct survey_walk_view){0}, OK);
}

static Err done(Cx *cx, const Req *req, Resp *resp)
{
    return redirect(cx, resp, "/survey/stops/%" PRId64, path_i64(req, "id"));
}

static struct survey_result result_of(const Req *req)
{
    return (struct survey_result){.key = form_text(req, "key"),
        .stop = path_i64(req, "id"),
        .version = form_i64(req, "version"),
        .at = form_i64(req, "found_at"),
        .note = form_text(req, "note")};
}

Err survey_visit_post(Cx *cx, const Req *req, Resp *resp)
{
    struct survey_result in = result_of(req);
    struct photo_hashes photos;
    Err e = photos_typed(cx, req, "photo", NULL, &photos);
    in.photo = photos.at, in.n_photos = photos.n;
    if (e == OK)
        e = survey_visit(cx, &in);
    if (e != OK)
        return show(cx, req, resp, (struct survey_walk_view){.bad = "visit", .note = in.note}, e);
    return done(cx, req, resp);
}

Err survey_skip_post(Cx *cx, const Req *req, Resp *resp)
{
    struct survey_result in = result_of(req);
    Err e = survey_skip(cx, &in);
    if (e != OK)
        return show(cx, req, resp, (struct survey_walk_view){.bad = "skip", .note = in.note}, e);
    return done(cx, req, resp);
}

Err survey_find_post(Cx *cx, const Req *req, Resp *resp)
{
    struct survey_find in = {.key = form_text(req, "key"),
        .stop = path_i64(req, "id"),
        .category = form_text(req, "category"),
        .said = form_text(req, "said")};
    struct photo_hashes photos;
    int64_t problem;
    Err e = photos_typed(cx, req, "photo", NULL, &photos);
    in.photo = photos.at, in.n_photos = photos.n;
    if (e == OK)
        e = survey_find(cx, &in, &problem);
    if (e != OK)
        return show(cx, req, resp, (struct survey_walk_view){.bad = "find", .said = in.said}, e);
    return done(cx, req, resp);
}
