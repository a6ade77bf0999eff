/* town_web.c — /town, /units/CODE, /places/ID: a unit or place with its chain, its open problems,
 * what lies in it, and its history. */
#include "rooms/town/town_web.h"

#include "gen/tmpl.h"
#include "rooms/people/people.h"
#include "rooms/problem/problem.h"
#include "rooms/town/town_import.h"
#include "rooms/town/town_pages.h"
#include "store/log.h"

#include <inttypes.h>

enum { PROBLEMS_READ = 200, PROBLEMS_SHOWN = 20, CHANGES_SHOWN = 30 };

static bool may_edit(const Cx *cx)
{
    return (cx->me.posts & OFFICE_POSTS) != 0;
}

static struct unit_cards cards_of(Cx *cx, const struct units *in)
{
    struct unit_card *at = NEW_ARRAY(&cx->mem, in->n + 1, struct unit_card);
    for (size_t i = 0; i < in->n; i++)
        at[i] = (struct unit_card){
            .code = in->at[i].code, .name = in->at[i].name, .kind = town_unit_kind(in->at[i].kind)};
    return (struct unit_cards){at, in->n};
}

/* --- the chain --- */

static struct chain_line line_of(Cx *cx, Text label, const struct holder *h, int64_t unit)
{
    return (struct chain_line){.label = label,
        .name = h->name,
        .acting = h->acting,
        .at = h->name.len && h->unit != unit ? town_unit_name(cx, h->unit) : (Str){0}};
}

static Err chain_of_town(Cx *cx, int64_t unit, struct chain_lines *to)
{
    static const enum post shown[] = {POST_COMMANDER, POST_OFFICE_HEAD};
    struct chain_line *at = NEW_ARRAY(&cx->mem, 2, struct chain_line);
    for (size_t i = 0; i < 2; i++) {
        struct holders h;
        TRY(duty_holders(cx, unit, HAS(shown[i]), &h));
        at[i] = line_of(cx, posts[shown[i]].label, h.n ? &h.at[0] : &(struct holder){0}, unit);
    }
    *to = (struct chain_lines){at, 2};
    return OK;
}

static Err chain_of(
    Cx *cx, int64_t unit, int64_t place, bool grid, struct chain_lines *to, bool *gaps)
{
    static const enum post levels[] = {
        POST_GRID_KEEPER, POST_CADRE, POST_SECRETARY, POST_DEPT, POST_LEAD};
    struct chain chain;
    *gaps = false;
    if (!town_village_of(unit))
        return chain_of_town(cx, unit, to);
    TRY(duty_chain(cx, unit, place, &chain));
    struct chain_line *at = NEW_ARRAY(&cx->mem, 5, struct chain_line);
    size_t n = 0;
    for (int level = 4; level >= (grid ? 0 : 1); level--) {
        at[n++] = line_of(cx, posts[levels[level]].label, &chain.level[level], unit);
        *gaps |= !chain.level[level].name.len;
    }
    *to = (struct chain_lines){at, n};
    return OK;
}

/* --- history --- */

static Text verb_label(Str verb)
{
    static const struct {
        const char *verb;
        Text label;
    } rows[] = {
        {"unit_add",     T("登记单元")},
        {"unit_change",  T("修改单元")},
        {"place_add",    T("登记地点")},
        {"place_change", T("修改地点")},
        {"town_begin",   T("建立")      },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_eq(str(rows[i].verb), verb))
            return rows[i].label;
    return T("变更");
}

static Err changes_of(Cx *cx, int64_t object, struct change_lines *to)
{
    const struct event_row *e;
    size_t n;
    TRY(events_of(cx, object, &e, &n));
    size_t shown = n < CHANGES_SHOWN ? n : CHANGES_SHOWN;
    struct change_line *at = NEW_ARRAY(&cx->mem, shown + 1, struct change_line);
    for (size_t i = 0; i < shown; i++) { /* newest first */
        const struct event_row *r = &e[n - 1 - i];
        at[i] = (struct change_line){
            .at = r->at, .what = verb_label(r->verb), .said = r->said, .by = edit_by(cx, r->actor)};
    }
    *to = (struct change_lines){at, shown};
    return OK;
}

/* --- /town --- */

static Err town_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct town_list_view v = {.shell = shell_of(cx, req, "units"), .may_edit = may_edit(cx)};
    struct units in;
    struct places places;
    v.code = cx->town_id * 1000000;
    v.name = town_unit_name(cx, v.code);
    TRY(town_villages(cx, &in));
    v.units = cards_of(cx, &in);
    struct unit_card *at = NEW_ARRAY(&cx->mem, in.n + 1, struct unit_card);
    for (size_t i = 0; i < in.n; i++) {
        at[i] = v.units.at[i];
        TRY(problem_n_open(cx, at[i].code, &at[i].n_open));
    }
    v.units.at = at;
    Err e = town_places(cx, v.code, &places);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    v.n_places = e == OK ? (int64_t)places.n : 0;
    struct neighbours near;
    TRY(town_neighbours(cx, &near));
    v.neighbours.at = near.at;
    v.neighbours.n = near.n;
    v.key = new_key(cx);
    page_town_list(resp_page(cx, req, resp), &v);
    return OK;
}

/* --- /units/{id} --- */

static struct facts facts_of(Cx *cx, const struct unit_facts *f)
{
    const struct {
        Text label;
        OptI64 n;
    } all[] = {
        {T("户数"),                   f->households},
        {T("十八周岁以上人数"), f->adults    },
        {T("有表决权党员数"),    f->voters    },
        {T("村民代表数"),          f->reps      },
    };
    struct fact *at = NEW_ARRAY(&cx->mem, 4, struct fact);
    size_t n = 0;
    for (size_t i = 0; i < 4; i++)
        if (all[i].n.set)
            at[n++] = (struct fact){all[i].label, all[i].n.v};
    return (struct facts){at, n};
}

static Text group_label(Str group)
{
    return str_eq(group, S("G"))   ? T("一般村")
           : str_eq(group, S("R")) ? T("沿黄村")
           : str_eq(group, S("C")) ? TC("group", "社区")
                                   : (Text){0};
}

static Err places_of(Cx *cx, int64_t unit, struct place_cards *to)
{
    struct places in;
    TRY(town_places(cx, unit, &in));
    struct place_card *at = NEW_ARRAY(&cx->mem, in.n + 1, struct place_card);
    for (size_t i = 0; i < in.n; i++)
        at[i] = (struct place_card){.id = in.at[i].id,
            .name = in.at[i].name,
            .unit = town_unit_name(cx, in.at[i].unit),
            .kind = town_place_kind(in.at[i].kind)};
    *to = (struct place_cards){at, in.n};
    return OK;
}

/* Only the town's own: other towns' units are theirs to show. */
static Err own_unit(Cx *cx, int64_t code, struct unit *u)
{
    return town_of(code) == cx->town_id ? town_unit(cx, code, u) : ERR_NOT_FOUND;
}

/* The first open ones; lists go by village, so a grid takes its own out of its village's. */
static Err problems_of(Cx *cx, const struct unit *u, struct problem_cards *to)
{
    bool grid = u->kind == UNIT_GRID;
    struct problem_filter filter = {
        .village = town_village_of(u->code), .limit = grid ? PROBLEMS_READ : PROBLEMS_SHOWN};
    struct problem_cards all;
    TRY(problem_cards(cx, &filter, &all));
    struct problem_card *at = NEW_ARRAY(&cx->mem, all.n + 1, struct problem_card);
    size_t n = 0;
    for (size_t i = 0; i < all.n && n < PROBLEMS_SHOWN; i++)
        if (!grid || all.at[i].unit == u->code)
            at[n++] = all.at[i];
    *to = (struct problem_cards){.at = at, .n = n};
    return OK;
}

static Err unit_get(Cx *cx, const Req *req, Resp *resp)
{
    struct unit_view v = {.shell = shell_of(cx, req, "units"), .may_edit = may_edit(cx)};
    struct unit_facts facts;
    struct unit u;
    struct units some;
    TRY(own_unit(cx, path_i64(req, "id"), &u));
    v.code = u.code;
    v.village = town_village_of(u.code);
    v.name = town_unit_name(cx, u.code);
    v.kind = town_unit_kind(u.kind);
    v.group = group_label(u.score_group);
    v.heir_code = u.succeeded_by;
    v.heir = u.succeeded_by ? town_unit_name(cx, u.succeeded_by) : (Str){0};
    TRY(town_units_above(cx, u.code, &some));
    while (some.n && town_of(some.at[0].code) != cx->town_id)
        some.at++, some.n--;
    v.above = cards_of(cx, &some);
    TRY(town_units_in(cx, u.code, &some));
    v.in = cards_of(cx, &some);
    TRY(chain_of(cx, u.code, 0, u.kind == UNIT_GRID, &v.chain, &v.has_gaps));
    TRY(problem_n_open(cx, u.code, &v.n_open));
    TRY(problems_of(cx, &u, &v.problems));
    TRY(places_of(cx, u.code, &v.places));
    TRY(town_unit_facts(cx, u.code, &facts));
    v.facts = facts_of(cx, &facts);
    TRY(changes_of(cx, u.code, &v.changes));
    page_unit(resp_page(cx, req, resp), &v);
    return OK;
}

/* --- /places/{id} --- */

static Err place_get(Cx *cx, const Req *req, Resp *resp)
{
    struct place_view v = {.shell = shell_of(cx, req, "units"), .may_edit = may_edit(cx)};
    struct place p;
    struct unit u;
    int64_t day;
    TRY(town_place(cx, path_i64(req, "id"), &p));
    TRY(town_unit(cx, p.unit, &u));
    v.id = p.id;
    v.unit = p.unit;
    v.name = p.name;
    v.unit_name = town_unit_name(cx, p.unit);
    v.kind = town_place_kind(p.kind);
    v.from_on = p.from_on.set ? p.from_on.v : (Str){0};
    v.to_on = p.to_on.set ? p.to_on.v : (Str){0};
    v.ended = p.to_on.set && day_parse(p.to_on.v, &day) && day < day_of(cx->now);
    TRY(chain_of(cx, p.unit, p.id, u.kind == UNIT_GRID, &v.chain, &v.has_gaps));
    TRY(changes_of(cx, p.id, &v.changes));
    page_place(resp_page(cx, req, resp), &v);
    return OK;
}

/* The form of a place: the fields of its table file. */
static struct editing place_form(Cx *cx, int64_t id, int64_t unit)
{
    const char *back = id ? arena_printf(&cx->mem, "/places/%" PRId64, id)
                          : arena_printf(&cx->mem, "/units/%" PRId64, unit);
    return (struct editing){
        .fields = place_fields,
        .nav = "units",
        .view = {.title = say(cx, id ? T("修改地点") : T("登记地点")),
                 .lead =
                say(cx, T("地点在一个单元内；跨几个村的路，每村登记一段。停用时填止日，不删除。")),
                 .back = str(back)}
    };
}

static Err place_line_of(Cx *cx, int64_t id, struct place_line *to, int64_t *version)
{
    struct place_new p;
    TRY(town_place_full(cx, id, &p));
    *to = (struct place_line){.unit = p.unit,
        .kind = p.kind,
        .name = p.name,
        .shape = p.shape,
        .from_on = p.from_on,
        .to_on = p.to_on};
    *version = p.version;
    return OK;
}

static Err place_new_get(Cx *cx, const Req *req, Resp *resp)
{
    struct place_line row = {.unit = query_i64(req, "unit")};
    struct editing e = place_form(cx, 0, row.unit ? row.unit : cx->town_id * 1000000);
    e.row = &row;
    return edit_show(cx, req, resp, &e, OK);
}

static Err place_edit_get(Cx *cx, const Req *req, Resp *resp)
{
    struct place_line row;
    int64_t id = path_i64(req, "id");
    struct editing e = place_form(cx, id, 0);
    TRY(place_line_of(cx, id, &row, &e.view.version));
    e.row = &row;
    return edit_show(cx, req, resp, &e, OK);
}

static Err place_save(Cx *cx, const Req *req, Resp *resp, int64_t id)
{
    struct place_line row = {0}, now;
    struct editing e = place_form(cx, id, form_i64(req, "unit"));
    e.row = &row;
    e.view.version = form_i64(req, "version");
    Err err = edit_read(cx, req, &e);
    struct place_new in = place_of_line(&row);
    enum put put;
    int64_t became;
    in.id = id;
    in.version = e.view.version;
    if (err == OK)
        err = town_place_put(cx, &in, &put, &became);
    if (err == OK)
        return redirect(cx, resp, "/places/%" PRId64, became);
    if (err == ERR_CONFLICT && id) {
        TRY(place_line_of(cx, id, &now, &e.view.version));
        e.theirs = &now;
    }
    return edit_show(cx, req, resp, &e, err);
}

static Err place_new_post(Cx *cx, const Req *req, Resp *resp)
{
    return place_save(cx, req, resp, 0);
}

static Err place_edit_post(Cx *cx, const Req *req, Resp *resp)
{
    return place_save(cx, req, resp, path_i64(req, "id"));
}

const struct route town_routes[] = {
    {GET,                  "/town", .who = STAFF_POSTS, .run = town_list_get, .on = ON_READ},
    {GET,  "/units/{id}", .who = STAFF_POSTS, .run = unit_get, .on = ON_READ},
    {GET,       "/places/new", .who = OFFICE_POSTS, .run = place_new_get, .on = ON_READ},
    {POST,                  "/places/new", .who = OFFICE_POSTS, .run = place_new_post, .on = ON_WAIT},
    {GET,  "/places/{id}", .who = STAFF_POSTS, .run = place_get, .on = ON_READ},
    {GET,       "/places/{id}/edit", .who = OFFICE_POSTS, .run = place_edit_get, .on = ON_READ},
    {POST,                  "/places/{id}/edit", .who = OFFICE_POSTS, .run = place_edit_post, .on = ON_WAIT},
    {GET, "/neighbours/edit", .who = OFFICE_POSTS, .run = neighbour_edit_get, .on = ON_READ},
    {POST,       "/neighbours/edit", .who = OFFICE_POSTS, .run = neighbour_edit_post, .on = ON_WAIT},
    {POST,                 "/neighbours/drop", .who = OFFICE_POSTS, .run = neighbour_drop_post, .on = ON_WAIT},
    {GET, "/neighbours.csv", .who = STAFF_POSTS, .run = neighbours_csv_get, .on = ON_WAIT,
     .rate = RATE_EXPORT},
    {GET,       "/settings", .who = OFFICE_POSTS, .run = settings_get, .on = ON_READ},
    {GET,                  "/settings/values/{name}", .who = OFFICE_POSTS, .run = setting_get, .on = ON_READ},
    {POST,  "/settings/values/{name}", .who = OFFICE_POSTS, .run = setting_post, .on = ON_WAIT},
    {GET,       "/settings/calendar", .who = OFFICE_POSTS, .run = calendar_find_get, .on = ON_READ},
    {GET,                  "/settings/calendar/{id}", .who = OFFICE_POSTS, .run = calendar_get, .on = ON_READ},
    {POST, "/settings/calendar/{id}", .who = OFFICE_POSTS, .run = calendar_post, .on = ON_WAIT},
    {0      },
};

const struct menu_item town_menu[] = {
    {"/town",          "units", T("单元"), .who = STAFF_POSTS, .icon = "i-map"},
    {"/settings",     "settings", T("设置"), .who = OFFICE_POSTS, .icon = "i-gear"},
    {0},
};
