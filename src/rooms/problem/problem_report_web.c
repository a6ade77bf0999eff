/* problem_report_web.c — the doors of 随手拍: GET/POST /report, and 即查即改: GET/POST /fix. */
#include "base/geo.h"
#include "base/utf8.h"
#include "gen/tmpl.h"
#include "rooms/problem/problem_pages.h"
#include "rooms/town/town.h"

#include <inttypes.h>

static const struct choice_row sources[] = {
    {"patrol",     T("巡查")      },
    {"hotline",    T("12345 热线")},
    {"survey",     T("大会诊")   },
    {"inspection", T("考核检查")},
    {"contact",    T("联系户")   },
    {"superior",   T("上级交办")},
    {"media",      T("媒体")      },
    {"opinion",    T("征集意见")},
    {"self",       T("村自查")   },
    {"observe",    T("逐村观摩")},
    {"resident",   T("群众上报")},
};

/* The town of a form is that of its unit; of an empty one that of ?unit= or ?town=, as a plate or a
 * link has it.  Signed in, one's own town stands. */
static void choose_town(Cx *cx, int64_t unit, int64_t town)
{
    struct towns towns;
    int64_t want = unit >= INT64_C(100000000000000) ? town_of(unit) : town;
    if (cx->me.person || !want || want == cx->town_id || town_all(cx, &towns) != OK)
        return;
    for (size_t i = 0; i < towns.n; i++)
        if (towns.at[i] == want)
            cx->town_id = want;
}

static struct picks tile_picks(Cx *cx, Str chosen)
{
    const struct tile *tiles;
    size_t n;
    if (category_tiles(cx, &tiles, &n) != OK)
        return (struct picks){0};
    struct pick *at = NEW_ARRAY(&cx->mem, n + 1, struct pick);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct pick){.value = tiles[i].code,
            .label = tiles[i].word,
            .icon = tiles[i].icon,
            .chosen = str_eq(chosen, tiles[i].code) || str_eq(chosen, tiles[i].word)};
    return (struct picks){at, n};
}

/* The finer words under all tiles: 井盖、塌陷, 有火有烟. */
static struct picks finer_picks(Cx *cx, Str chosen)
{
    enum { FINER_MAX = 40 };
    const struct tile *tiles, *finer;
    struct pick *at = NEW_ARRAY(&cx->mem, FINER_MAX, struct pick);
    size_t n_tiles, n, k = 0;
    if (category_tiles(cx, &tiles, &n_tiles) != OK)
        return (struct picks){0};
    for (size_t i = 0; i < n_tiles; i++) {
        if (category_chips(cx, tiles[i].word, &finer, &n) != OK)
            continue;
        for (size_t j = 0; j < n && k < FINER_MAX; j++)
            at[k++] = (struct pick){.value = finer[j].code,
                .label = finer[j].word,
                .chosen = str_eq(chosen, finer[j].code)};
    }
    return (struct picks){at, k};
}

static struct picks place_picks(Cx *cx)
{
    struct places places;
    if (town_places(cx, cx->town_id * 1000000, &places) != OK)
        return (struct picks){0};
    struct pick *at = NEW_ARRAY(&cx->mem, places.n + 1, struct pick);
    for (size_t i = 0; i < places.n; i++)
        at[i].label = places.at[i].name;
    return (struct picks){at, places.n};
}

/* Choices and shell; what was typed is the caller's. */
static void complete(Cx *cx, const Req *req, struct report_view *v, Str category, Str unit)
{
    v->tiles = tile_picks(cx, category);
    v->finer = finer_picks(cx, category);
    v->units = village_picks(cx, unit, (Text){0});
    v->places = place_picks(cx);
    v->staff = cx->me.posts != 0;
    v->sources = picks_of(
        cx, sources, sizeof sources / sizeof *sources, v->source.len ? v->source : S("patrol"));
    v->tel = town_setting_text(cx, "office_phone", S(""));
    v->plate = str_cut(req->method == GET ? query_text(req, "plate") : form_text(req, "plate"), 12);
    v->shell = shell_of(cx, req, "report");
    v->key = new_key(cx);
}

static void known_place(Cx *cx, Str id, struct report_view *v)
{
    struct place p;
    int64_t n = 0;
    for (size_t i = 0; i < id.len && id.len < 18; i++)
        n = n * 10 + (id.at[i] - '0');
    if (n > 0 && town_place(cx, n, &p) == OK) {
        v->known_place = id;
        v->known_place_name = p.name;
    }
}

Err problem_report_get(Cx *cx, const Req *req, Resp *resp)
{
    struct report_view v = {0};
    choose_town(cx, query_i64(req, "unit"), query_i64(req, "town"));
    known_place(cx, query_text(req, "place"), &v);
    complete(cx, req, &v, query_text(req, "category"), query_text(req, "unit"));
    page_report(resp_page(cx, req, resp), &v);
    return OK;
}

/* 422 with everything that was typed, and the pictures that have come through. */
static Err form_again(Cx *cx, const Req *req, Resp *resp, const struct problem_new *in,
    struct problem_photos after, bool fix)
{
    struct report_view v = {
        .say = cx->why.say,
        .bad = cx->why.field,
        .fix = fix,
        .kept = kept_of(cx, in->before),
        .kept_after = kept_of(cx, after),
        .body = in->body,
        .place = in->place,
        .phone = in->phone,
        .name = in->name,
        .source = in->source,
        .not_to_village = in->not_to_village,
        .entered_for = in->entered_for,
    };
    if (in->lat.set)
        v.lat = form_text(req, "lat"), v.lon = form_text(req, "lon");
    known_place(cx, form_text(req, "place"), &v);
    complete(cx, req, &v, form_text(req, "category"), form_text(req, "unit"));
    Out *out = resp_page(cx, req, resp);
    resp->status = 422;
    if (fix)
        page_fix(out, &v);
    else
        page_report(out, &v);
    return OK;
}

enum { SOUTH = 3000000, NORTH = 54000000, WEST = 73000000, EAST = 136000000 };

/* A position is whole or not there.  ERR_INVALID "lat" "lon". */
static Err position_typed(Cx *cx, const Req *req, struct problem_new *in)
{
    Str lat = form_text(req, "lat"), lon = form_text(req, "lon");
    int64_t y, x;
    if (!lat.len && !lon.len)
        return OK;
    if (!degrees_read(lat, &y) || y < SOUTH || y > NORTH)
        return fail(cx, ERR_INVALID, "lat",
            T("纬度 lat 应写成 34.9123 这样的度数；已替您去掉坐标，选好地点就能交"));
    if (!degrees_read(lon, &x) || x < WEST || x > EAST)
        return fail(cx, ERR_INVALID, "lon",
            T("经度 lon 应写成 113.5133 这样的度数；已替您去掉坐标，选好地点就能交"));
    in->lat = some_i64(y);
    in->lng = some_i64(x);
    return OK;
}

static void typed(Cx *cx, const Req *req, struct problem_new *in)
{
    struct place p;
    *in = (struct problem_new){
        .key = form_text(req, "key"),
        .unit = form_i64(req, "unit"),
        .known_place = form_i64(req, "place"),
        .place = form_text(req, "place_text"),
        .plate = str_cut(form_text(req, "plate"), 12),
        .category = form_text(req, "category"),
        .body = form_text(req, "body"),
        .name = form_text(req, "name"),
        .phone = form_text(req, "phone"),
        .not_to_village = form_has(req, "not_to_village"),
        .entered_for = cx->me.posts && form_has(req, "entered_for"),
    };
    if (cx->me.posts)
        in->source = form_text(req, "source");
    /* A place that is in the list by its exact name is that place. */
    if (!in->known_place && in->place.len && in->unit
        && town_place_named(cx, in->unit, in->place, &p) == OK)
        in->known_place = p.id;
    memset(&cx->why, 0, sizeof cx->why);
}

/* Pictures and position; the pictures are kept for the next try whatever the position was. */
static Err sent(Cx *cx, const Req *req, struct problem_new *in)
{
    TRY(form_photos(cx, req, "photo", "photo_hash", &in->before));
    return position_typed(cx, req, in);
}

Err problem_report_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_new in;
    struct problem_receipt receipt;

    choose_town(cx, form_i64(req, "unit"), 0);
    typed(cx, req, &in);
    Err e = sent(cx, req, &in);
    /* Other doors may leave the village open; on a page it is one tap. */
    if (e == OK && !in.unit && !in.known_place)
        e = fail(cx, ERR_INVALID, "unit", T("请选择是哪个村（社区）"));
    if (e == OK)
        e = problem_report(cx, &in, &receipt);
    if (e == ERR_INVALID)
        return form_again(cx, req, resp, &in, (struct problem_photos){0}, false);
    TRY(e);
    return redirect(cx, resp, "/p/%.*s", (int)receipt.code.len, receipt.code.at);
}

static void fix_phrases(Cx *cx, struct report_view *v, Str category)
{
    struct phrases p;
    if (category_phrases(cx, category.len ? category : S("0102"), S("feed_back"), &p) != OK)
        return;
    struct pick *at = NEW_ARRAY(&cx->mem, p.n + 1, struct pick);
    for (size_t i = 0; i < p.n; i++)
        at[i] = (struct pick){.value = p.at[i], .label = p.at[i], .chosen = i == 0};
    v->phrases = (struct picks){at, p.n};
}

Err problem_fix_get(Cx *cx, const Req *req, Resp *resp)
{
    struct report_view v = {.fix = true};
    complete(cx, req, &v, (Str){0}, query_text(req, "unit"));
    fix_phrases(cx, &v, (Str){0});
    page_fix(resp_page(cx, req, resp), &v);
    return OK;
}

Err problem_fix_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_new in;
    struct problem_photos after = {0};
    struct problem_receipt receipt;

    typed(cx, req, &in);
    Str said = in.body.len ? in.body : form_text(req, "phrase");
    in.body = (Str){0};
    Err e = sent(cx, req, &in);
    if (e == OK)
        e = form_photos(cx, req, "after", "after_hash", &after);
    if (e == OK)
        e = problem_fix(cx, &in, said, after, &receipt);
    if (e == ERR_INVALID)
        return form_again(cx, req, resp, &in, after, true);
    TRY(e);
    return redirect(cx, resp, "/problems/%" PRId64, receipt.id);
}
