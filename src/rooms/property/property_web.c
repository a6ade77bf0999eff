/* property_web.c — /compounds: the blind-spot board and the companies' figures, for everybody. */
#include "rooms/property/property_view.h"

#include "gen/tmpl.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"

#include <inttypes.h>

static Err companies_of(Cx *cx, struct property_board_view *v)
{
    struct property_companies c;
    TRY(property_company_figures(cx, &c));
    struct company_line *at = NEW_ARRAY(&cx->mem, c.n + 1, struct company_line);
    for (size_t i = 0; i < c.n; i++)
        at[i] = (struct company_line){.n_due = c.at[i].n_due,
            .n_in_time = c.at[i].n_in_time,
            .n_closed = c.at[i].n_closed,
            .n_rework = c.at[i].n_rework,
            .n_late = c.at[i].n_late,
            .name = c.at[i].name,
            .phone = c.at[i].phone,
            .brand = c.at[i].brand,
            .account = c.at[i].holder != 0};
    v->companies = (struct company_lines){at, c.n};
    return OK;
}

static Err compounds_of(Cx *cx, struct property_board_view *v)
{
    struct property_compounds c;
    TRY(property_compounds(cx, &c));
    struct compound_line *at = NEW_ARRAY(&cx->mem, c.n + 1, struct compound_line);
    for (size_t i = 0; i < c.n; i++) {
        at[i] = (struct compound_line){.place = c.at[i].place,
            .name = c.at[i].name,
            .village = town_unit_name(cx, town_village_of(c.at[i].unit)),
            .company = c.at[i].company_name,
            .committee = c.at[i].committee,
            .blind = c.at[i].blind,
            .no_company = !c.at[i].company,
            .no_committee = !c.at[i].committee.len,
            .no_contact = !c.at[i].contact};
        v->n_blind += c.at[i].blind;
    }
    v->compounds = (struct compound_lines){at, c.n};
    return OK;
}

/* Who may handle for a company: the holders of the post contractor, each once. */
static Err holders_of(Cx *cx, Str chosen, struct property_picks *to)
{
    struct holders h;
    size_t n = 0;
    TRY(duty_all_holders(cx, HAS(POST_CONTRACTOR), &h));
    struct property_pick *at = NEW_ARRAY(&cx->mem, h.n + 1, struct property_pick);
    for (size_t i = 0; i < h.n; i++) {
        Str id = str(arena_printf(&cx->mem, "%" PRId64, h.at[i].person));
        bool twice = false;
        for (size_t k = 0; k < n; k++)
            twice |= str_eq(at[k].value, id);
        if (!twice)
            at[n++] = (struct property_pick){id, h.at[i].name, str_eq(id, chosen)};
    }
    *to = (struct property_picks){at, n};
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Err e)
{
    struct property_board_view v = {.office = (cx->me.posts & OFFICE_POSTS) != 0};
    if (e != OK && e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    if (e != OK) {
        v.say = cx->why.say;
        v.name = form_text(req, "name"), v.phone = form_text(req, "phone");
        v.brand = form_text(req, "brand");
    }
    TRY(companies_of(cx, &v));
    TRY(compounds_of(cx, &v));
    if (v.office)
        TRY(holders_of(cx, form_text(req, "holder"), &v.holders));
    v.shell = shell_of(cx, req, "property");
    Out *out = resp_page(cx, req, resp);
    if (e != OK)
        resp->status = e == ERR_INVALID ? 422 : 409;
    page_property_board(out, &v);
    return OK;
}

static Err property_board_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, OK);
}

static Err property_company_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id;
    Err e = property_company_add(cx,
        &(struct property_company_new){.name = form_text(req, "name"),
            .phone = form_text(req, "phone"),
            .brand = form_text(req, "brand"),
            .holder = form_i64(req, "holder")},
        &id);
    return e == OK ? redirect(cx, resp, "/compounds") : show(cx, req, resp, e);
}

/* clang-format off */
const struct route property_routes[] = {
    {GET, "/compounds", .who = ANYONE, .run = property_board_get, .on = ON_READ},
    {POST, "/compounds/companies", .who = OFFICE_POSTS, .run = property_company_post, .on = ON_WAIT},
    {GET, "/compounds/{id}", .who = ANYONE, .run = property_compound_page_get, .on = ON_READ},
    {POST, "/compounds/{id}/care", .who = STAFF_POSTS, .run = property_care_post, .on = ON_WAIT},
    {POST, "/compounds/{id}/meetings", .who = STAFF_POSTS, .run = property_meet_post, .on = ON_WAIT},
    {POST, "/compounds/{id}/done", .who = STAFF_POSTS, .run = property_done_post, .on = ON_WAIT},
    {0}};

const struct menu_item property_menu[] = {
    {"/compounds", "property", TC("menu", "小区物业"), .who = ANYONE, .icon = "i-building"},
    {0}};
/* clang-format on */
