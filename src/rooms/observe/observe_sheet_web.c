/* observe_sheet_web.c — 观摩打分表: one village on a phone, and what was found there. */
#include "gen/tmpl.h"
#include "rooms/attachment/attachment_form_web.h"
#include "rooms/observe/observe_view.h"
#include "rooms/problem/problem.h"
#include "rooms/town/town.h"

#include <inttypes.h>

static struct points points_of(Cx *cx, int64_t chosen)
{
    struct point *at = NEW_ARRAY(&cx->mem, POINTS_MAX + 1, struct point);
    for (size_t i = 0; i <= POINTS_MAX; i++)
        at[i] = (struct point){(int64_t)i, (int64_t)i == chosen};
    return (struct points){at, POINTS_MAX + 1};
}

static const struct observe_stop *stop_of(const struct observe_plan *p, int64_t unit)
{
    for (size_t i = 0; i < p->stops.n; i++)
        if (p->stops.at[i].unit == unit)
            return &p->stops.at[i];
    return NULL;
}

/* v: what was typed, where something came back. */
static Err show(Cx *cx, const Req *req, Resp *resp, int64_t unit, const int64_t *typed,
    struct observe_sheet_view v, int status)
{
    struct observe_plan p;
    int64_t kept[ITEMS_MAX];
    TRY(observe_plan_get(cx, path_i64(req, "id"), &p));
    const struct observe_stop *stop = stop_of(&p, unit);
    if (!stop)
        return ERR_NOT_FOUND;
    TRY(observe_sheet_get(cx, p.r.id, unit, cx->me.person, kept));
    TRY(observe_is_own(cx, unit, cx->me.person, &v.own));
    for (size_t i = 0; i < p.observers.n; i++)
        v.observer |= p.observers.at[i].person == cx->me.person;
    struct sheet_item *at = NEW_ARRAY(&cx->mem, p.items.n + 1, struct sheet_item);
    for (size_t i = 0; i < p.items.n; i++) {
        int64_t now = typed ? typed[i] : kept[i];
        at[i] = (struct sheet_item){.no = p.items.at[i].no,
            .name = p.items.at[i].name,
            .points = points_of(cx, now),
            .wrong = typed && now < 0};
    }
    v.items = (struct sheet_items){at, p.items.n};
    v.round = p.r.id, v.unit = unit, v.name = p.r.name;
    v.village = town_unit_name(cx, unit);
    v.running = str_eq(p.r.state, S("running"));
    v.again = kept[0] >= 0;
    v.key = new_key(cx), v.key_sheet = new_key(cx);
    TRY(observe_pictures_of(cx, stop->id, &v.photos));
    v.shell = shell_of(cx, req, "observe");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_observe_sheet(out, &v);
    return OK;
}

Err observe_sheet_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, query_i64(req, "village"), NULL, (struct observe_sheet_view){0}, 0);
}

/* −1 where nothing, or no number from 0 to 10, was chosen. */
static int64_t point_typed(Cx *cx, const Req *req, size_t no)
{
    Str s = form_text(req, arena_printf(&cx->mem, "score%zu", no));
    for (int64_t n = 0; n <= POINTS_MAX; n++)
        if (str_eq(s, str(arena_printf(&cx->mem, "%" PRId64, n))))
            return n;
    return -1;
}

Err observe_sheet_page_post(Cx *cx, const Req *req, Resp *resp)
{
    struct observe_items items;
    struct observe_plan p;
    struct photo_hashes photos;
    int64_t score[ITEMS_MAX], unit = form_i64(req, "village"), id = path_i64(req, "id");
    TRY(observe_plan_get(cx, id, &p));
    items = p.items;
    for (size_t i = 0; i < items.n; i++)
        score[i] = point_typed(cx, req, i + 1);
    Err e = photos_typed(cx, req, "photo", NULL, &photos);
    if (e == OK)
        e = observe_judge(cx, &(struct observe_sheet){.key = form_text(req, "key"),
                                  .round = id,
                                  .unit = unit,
                                  .score = score,
                                  .n = items.n,
                                  .photo = photos.at,
                                  .n_photos = photos.n});
    if (e == ERR_INVALID || e == ERR_CONFLICT)
        return show(cx, req, resp, unit, score,
            (struct observe_sheet_view){.say = cx->why.say, .bad = cx->why.field},
            e == ERR_INVALID ? 422 : 409);
    TRY(e);
    return redirect(cx, resp, "/observe/%" PRId64 "?sent=%" PRId64, id, unit);
}

Err observe_finding_post(Cx *cx, const Req *req, Resp *resp)
{
    struct photo_hashes photos;
    struct observe_finding_new in = {.key = form_text(req, "key"),
        .round = path_i64(req, "id"),
        .unit = form_i64(req, "village"),
        .place = form_text(req, "place"),
        .said = form_text(req, "said")};
    int64_t id, problem;
    Err e = photos_typed(cx, req, "photo", NULL, &photos);
    if (e == OK) {
        in.photo = photos.n ? photos.at[0] : (Str){0};
        e = observe_find_add(cx, &in, &id);
    }
    if (e == OK && form_has(req, "problem"))
        e = observe_find_report(cx, id, &problem);
    if (e == ERR_INVALID || e == ERR_CONFLICT)
        return show(cx, req, resp, in.unit, NULL,
            (struct observe_sheet_view){
                .say = cx->why.say, .bad = "finding", .place = in.place, .said = in.said},
            e == ERR_INVALID ? 422 : 409);
    TRY(e);
    return redirect(cx, resp, "/observe/%" PRId64 "#found", in.round);
}
