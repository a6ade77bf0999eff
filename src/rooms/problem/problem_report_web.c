/* problem_report_web.c — the doors of 随手拍: GET/POST /report, and 即查即改: GET/POST /fix. */
#include "base/geo.h"
#include "base/utf8.h"
#include "gen/tmpl.h"
#include "rooms/attachment/attachment_form_web.h"
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

void town_of_form(Cx *cx, int64_t unit, int64_t town)
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
            .label = tile_shown(cx, &tiles[i]),
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
                .label = tile_shown(cx, &finer[j]),
                .chosen = str_eq(chosen, finer[j].code)};
    }
    return (struct picks){at, k};
}

/* The town's places under their villages, in the villages' order. */
static struct place_groups place_list(Cx *cx, Str chosen)
{
    struct places all;
    struct units villages;
    size_t n = 0;
    if (town_places(cx, cx->town_id * 1000000, &all) != OK || town_villages(cx, &villages) != OK)
        return (struct place_groups){0};
    struct place_group *at = NEW_ARRAY(&cx->mem, villages.n + 1, struct place_group);
    struct pick *picks = NEW_ARRAY(&cx->mem, all.n + 1, struct pick);
    size_t used = 0;
    for (size_t v = 0; v < villages.n; v++) {
        size_t from = used;
        for (size_t i = 0; i < all.n; i++) {
            if (town_village_of(all.at[i].unit) != villages.at[v].code)
                continue;
            Str id = str(arena_printf(&cx->mem, "%lld", (long long)all.at[i].id));
            picks[used++] =
                (struct pick){.value = id, .label = all.at[i].name, .chosen = str_eq(id, chosen)};
        }
        if (used > from)
            at[n++] = (struct place_group){
                villages.at[v].name, {picks + from, used - from}
            };
    }
    return (struct place_groups){at, n};
}

/* A grid's plate names the grid: it stands before the villages, already chosen. */
static void add_grid(Cx *cx, Str unit, struct picks *to)
{
    int64_t code = 0;
    for (size_t i = 0; i < unit.len && unit.len == 15; i++)
        code = code * 10 + (unit.at[i] - '0');
    if (code / 1000000 != cx->town_id || code % 1000 == 0)
        return;
    Str name = town_unit_name(cx, code);
    if (!name.len)
        return;
    struct pick *at = NEW_ARRAY(&cx->mem, to->n + 1, struct pick);
    at[0] = (struct pick){.value = unit, .label = name, .chosen = true};
    for (size_t i = 0; i < to->n; i++)
        at[i + 1] = to->at[i];
    *to = (struct picks){at, to->n + 1};
}

/* Choices and shell; what was typed is the caller's. */
static void complete(
    Cx *cx, const Req *req, struct report_view *v, Str category, Str unit, Str place)
{
    v->tiles = tile_picks(cx, category);
    v->finer = finer_picks(cx, category);
    v->units = village_picks(cx, unit, (Text){0});
    add_grid(cx, unit, &v->units);
    v->places = place_list(cx, place);
    v->mine = mine_of(cx, req);
    v->staff = cx->me.posts != 0;
    v->sources = picks_of(
        cx, sources, sizeof sources / sizeof *sources, v->source.len ? v->source : S("patrol"));
    v->tel = town_setting_text(cx, "office_phone", S(""));
    v->plate = str_cut(req->method == GET ? query_text(req, "plate") : form_text(req, "plate"), 12);
    v->shell = shell_of(cx, req, "report");
    v->key = new_key(cx);
    v->town = cx->town_id;
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
        v->known_village = town_unit_name(cx, town_village_of(p.unit));
    }
}

Err problem_report_get(Cx *cx, const Req *req, Resp *resp)
{
    struct report_view v = {.plate = query_text(req, "plate")};
    town_of_form(cx, query_i64(req, "unit"), query_i64(req, "town"));
    known_place(cx, query_text(req, "place"), &v);
    complete(cx, req, &v, query_text(req, "category"), query_text(req, "unit"), (Str){0});
    page_report(resp_page(cx, req, resp), &v);
    return OK;
}

/* 422 with everything that was typed, and the pictures that have come through. */
static Err form_again(Cx *cx, const Req *req, Resp *resp, const struct problem_new *in,
    struct photo_hashes after, bool fix)
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
        .datum = form_text(req, "datum"),
        .accuracy = form_text(req, "accuracy"),
        .plate = form_text(req, "plate"),
        .source = in->source,
        .not_to_village = in->not_to_village,
        .entered_for = in->entered_for,
    };
    if (in->lat.set)
        v.lat = form_text(req, "lat"), v.lon = form_text(req, "lon");
    known_place(cx, form_text(req, "place"), &v);
    complete(cx, req, &v, form_text(req, "category"), form_text(req, "unit"),
        form_text(req, "place_list"));
    Out *out = resp_page(cx, req, resp);
    resp->status = 422;
    if (fix)
        page_fix(out, &v);
    else
        page_report(out, &v);
    return OK;
}

enum { SOUTH = 3000000, NORTH = 54000000, WEST = 73000000, EAST = 136000000 };

/* Where the phone says it is, as it says it; kept as WGS-84 beside that.  A position is whole or
 * not there.  ERR_INVALID "lat" "lon". */
Err report_position(Cx *cx, const Req *req, struct problem_new *in)
{
    Str lat = form_text(req, "lat"), lon = form_text(req, "lon");
    int64_t y, x, metres = form_i64(req, "accuracy");
    if (!lat.len && !lon.len)
        return OK;
    if (!degrees_read(lat, &y) || y < SOUTH || y > NORTH)
        return fail(cx, ERR_INVALID, "lat",
            T("纬度 lat 应写成 34.9123 这样的度数；已替您去掉坐标，选好地点就能交"));
    if (!degrees_read(lon, &x) || x < WEST || x > EAST)
        return fail(cx, ERR_INVALID, "lon",
            T("经度 lon 应写成 113.5133 这样的度数；已替您去掉坐标，选好地点就能交"));
    bool gcj = str_eq(form_text(req, "datum"), S("gcj02"));
    struct point p = {y, x};
    if (gcj)
        p = wgs_of_gcj(p);
    in->lat = some_i64(p.lat);
    in->lng = some_i64(p.lng);
    in->given.lat = some_i64(y);
    in->given.lng = some_i64(x);
    in->given.datum = gcj ? S("gcj02") : S("wgs84");
    if (metres > 0 && metres < 100000)
        in->given.metres = some_i64(metres);
    return OK;
}

/* A place of the list, of what lies near, or of a plate; its own unit counts where another village
 * was chosen before. */
static void place_of(Cx *cx, const Req *req, struct problem_new *in)
{
    struct place p;
    int64_t plate_place = form_i64(req, "plate_place");
    in->known_place = form_i64(req, "place");
    if (in->known_place && plate_place == in->known_place)
        in->located = S("plate");
    else if (in->known_place && form_has(req, "lat") && form_text(req, "lat").len)
        in->located = S("near");
    if (!in->known_place)
        in->known_place = form_i64(req, "place_list");
    /* A place that is in the list by its exact name is that place. */
    if (!in->known_place && in->place.len && in->unit
        && town_place_named(cx, in->unit, in->place, &p) == OK)
        in->known_place = p.id;
    if (in->known_place && town_place(cx, in->known_place, &p) == OK
        && town_village_of(p.unit) != town_village_of(in->unit))
        in->unit = p.unit;
    if (!in->located.len)
        in->located = in->known_place || !in->place.len ? S("list") : S("typed");
    memset(&cx->why, 0, sizeof cx->why);
}

void report_typed(Cx *cx, const Req *req, struct problem_new *in)
{
    *in = (struct problem_new){
        .key = form_text(req, "key"),
        .unit = form_i64(req, "unit"),
        .place = form_text(req, "place_text"),
        .plate = str_cut(form_text(req, "plate"), 12),
        .category = form_text(req, "category"),
        .from = req->remote,
        .body = form_text(req, "body"),
        .name = form_text(req, "name"),
        .phone = form_text(req, "phone"),
        .not_to_village = form_has(req, "not_to_village"),
        .entered_for = cx->me.posts && form_has(req, "entered_for"),
        .same_as = form_i64(req, "same_as"),
    };
    if (cx->me.posts)
        in->source = form_text(req, "source");
    place_of(cx, req, in);
}

/* Pictures and position; the pictures are kept for the next try whatever the position was. */
static Err sent(Cx *cx, const Req *req, struct problem_new *in)
{
    TRY(photos_typed(cx, req, "photo", "photo_hash", &in->before));
    return report_position(cx, req, in);
}

Err problem_report_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_new in;
    struct problem_receipt receipt;
    struct step_view step = {0};

    town_of_form(cx, form_i64(req, "unit"), form_i64(req, "town"));
    report_typed(cx, req, &in);
    Err e = sent(cx, req, &in);
    /* Other doors may leave the village open; on a page it is one tap. */
    if (e == OK && !in.unit && !in.known_place)
        e = fail(cx, ERR_INVALID, "unit", T("请选择是哪个村（社区）"));
    if (e == OK)
        e = likes_asked(cx, req, &in, &step);
    if (e == OK && step.likes.n)
        return step_show(cx, req, resp, &in, &step);
    if (e == OK)
        e = problem_report(cx, &in, &receipt);
    if (e == ERR_INVALID)
        return form_again(cx, req, resp, &in, (struct photo_hashes){0}, false);
    TRY(e);
    mine_add(cx, req, resp, receipt.code);
    return redirect(cx, resp, "/p/%.*s", (int)receipt.code.len, receipt.code.at);
}

/* Whether it lies nearer in the other reading: it is offered there. */
static bool nearer(const struct nearest *other, const struct near_place *p)
{
    for (size_t i = 0; other && i < other->n && !other->outside; i++)
        if (other->at[i].place == p->place)
            return other->at[i].metres < p->metres;
    return false;
}

/* What a reading offers; outside the town it offers nothing. */
static struct near_rows near_rows(
    Cx *cx, const struct nearest *n, const char *datum, const struct nearest *other)
{
    struct near_row *at = NEW_ARRAY(&cx->mem, NEAR_SHOWN, struct near_row);
    size_t k = 0;
    for (size_t i = 0; i < n->n && !n->outside; i++)
        if (!nearer(other, &n->at[i]))
            at[k++] = (struct near_row){&n->at[i], datum};
    return (struct near_rows){.at = at, .n = k};
}

/* What lies where the phone stands; the report's page takes the choices out of this one.  A page
 * that knows its phone's datum says so (?datum=gcj02, a shell around the browser); else both
 * readings are looked up, and both are offered where they differ. */
Err near_get(Cx *cx, const Req *req, Resp *resp)
{
    struct readings both = {0};
    struct near_view v = {.n = &both.wgs};
    struct point p;
    Str datum = query_text(req, "datum");
    bool gcj = str_eq(datum, S("gcj02"));

    town_of_form(cx, query_i64(req, "unit"), query_i64(req, "town"));
    if (!degrees_read(query_text(req, "lat"), &p.lat)
        || !degrees_read(query_text(req, "lon"), &p.lng))
        return fail(cx, ERR_INVALID, "lat", T("位置不对，请重新定位，或者直接选村"));
    TRY(datum.len ? town_near(cx, gcj ? wgs_of_gcj(p) : p, &both.wgs)
                  : town_readings(cx, p, &both));
    v.other = both.differ ? &both.gcj : NULL;
    v.rows = near_rows(cx, &both.wgs, gcj ? "gcj02" : "wgs84", v.other);
    v.rows.first = true;
    if (v.other)
        v.others = near_rows(cx, v.other, "gcj02", &both.wgs);
    v.tel = town_setting_text(cx, "office_phone", S(""));
    v.shell = shell_of(cx, req, "report");
    page_near(resp_page(cx, req, resp), &v);
    return OK;
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
    complete(cx, req, &v, (Str){0}, query_text(req, "unit"), (Str){0});
    fix_phrases(cx, &v, (Str){0});
    page_fix(resp_page(cx, req, resp), &v);
    return OK;
}

Err problem_fix_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_new in;
    struct photo_hashes after = {0};
    struct problem_receipt receipt;

    report_typed(cx, req, &in);
    Str said = in.body.len ? in.body : form_text(req, "phrase");
    in.body = (Str){0};
    Err e = sent(cx, req, &in);
    if (e == OK)
        e = photos_typed(cx, req, "after", "after_hash", &after);
    if (e == OK)
        e = problem_fix(cx, &in, said, after, &receipt);
    if (e == ERR_INVALID)
        return form_again(cx, req, resp, &in, after, true);
    TRY(e);
    return redirect(cx, resp, "/problems/%" PRId64, receipt.id);
}
