/* property.c — 红色物业: who looks after which compound, and how the companies do. */
#include "rooms/property/property.h"

#include "base/utf8.h"
#include "gen/sql_property.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/property/property_inner.h"
#include "rooms/town/town.h"
#include "store/log.h"

enum {
    COMPANIES_MAX = 200,
    COMPOUNDS_MAX = 2000,
    HANDLERS_MAX = 2000,
    NAME_MAX = 40,
    QUARTER = 90
};
#define DAY_MS (INT64_C(24) * 3600000)
#define KEEPERS (OFFICE_POSTS | HAS(POST_SECRETARY) | HAS(POST_CADRE))

/* ---- companies */
static void figures_of(const struct sql_property_figures_rows *r, struct property_company *c)
{
    for (size_t i = 0; i < r->n && c->holder; i++)
        if (r->at[i].handler.v == c->holder) {
            c->n_due = r->at[i].n_due, c->n_in_time = r->at[i].n_in_time;
            c->n_closed = r->at[i].n_closed, c->n_rework = r->at[i].n_rework;
            c->n_late = r->at[i].n_late;
        }
}

static Err companies_of(
    Cx *cx, const struct sql_property_figures_rows *f, struct property_companies *to)
{
    struct sql_property_companies_rows r;
    TRY(sql_property_companies(cx, &(struct sql_property_companies){.limit = COMPANIES_MAX}, &r));
    struct property_company *at = NEW_ARRAY(&cx->mem, r.n + 1, struct property_company);
    for (size_t i = 0; i < r.n; i++) {
        at[i] = (struct property_company){.id = r.at[i].id,
            .holder = r.at[i].holder.set ? r.at[i].holder.v : 0,
            .name = r.at[i].name,
            .phone = r.at[i].phone,
            .brand = r.at[i].brand.set ? r.at[i].brand.v : (Str){0}};
        figures_of(f, &at[i]);
    }
    *to = (struct property_companies){at, r.n};
    return OK;
}

Err property_companies(Cx *cx, struct property_companies *to)
{
    return companies_of(cx, &(struct sql_property_figures_rows){0}, to);
}

Err property_company_figures(Cx *cx, struct property_companies *to)
{
    struct sql_property_figures_rows f;
    TRY(sql_property_figures(cx,
        &(struct sql_property_figures){
            .from = cx->now - QUARTER * DAY_MS, .as_of = cx->now, .limit = HANDLERS_MAX},
        &f));
    return companies_of(cx, &f, to);
}

struct company_adding {
    const struct property_company_new *in;
    int64_t id;
};

static Err company_step(Cx *cx, void *arg)
{
    struct company_adding *a = arg;
    const struct property_company_new *in = a->in;
    struct person p;
    if (cx->me.person != OPERATOR && !(cx->me.posts & OFFICE_POSTS))
        return fail(cx, ERR_FORBIDDEN, NULL, T("物业公司由领导小组办公室登记"));
    if (!in->name.len || text_wrong(in->name, false).zh || str_n_chars(in->name) > NAME_MAX)
        return fail(cx, ERR_INVALID, "name", T("请写公司名称，最多 40 个字"));
    if (!in->phone.len || text_wrong(in->phone, false).zh || str_n_chars(in->phone) > NAME_MAX)
        return fail(cx, ERR_INVALID, "phone", T("请写居民能打通的服务电话"));
    if (text_wrong(in->brand, false).zh || str_n_chars(in->brand) > NAME_MAX)
        return fail(cx, ERR_INVALID, "brand", T("服务品牌最多 40 个字"));
    if (in->holder && people_find(cx, in->holder, &p) != OK)
        return fail(cx, ERR_INVALID, "holder", T("没有这个人，请从列表里选"));
    OptStr brand = in->brand.len ? some_str(in->brand) : (OptStr){0};
    OptI64 holder = in->holder ? some_i64(in->holder) : (OptI64){0};
    a->id = new_id(cx);
    Err e = sql_property_company_add(cx,
        &(struct sql_property_company_add){
            .id = a->id, .name = in->name, .phone = in->phone, .brand = brand, .holder = holder});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_INVALID, "name", T("已经登记过这家公司"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = "property_company",
                             .unit = cx->town_id * 1000000,
                             .object = a->id,
                             .said = in->name});
}

Err property_company_add(Cx *cx, const struct property_company_new *in, int64_t *id)
{
    struct company_adding a = {.in = in};
    TRY(db_transaction(cx, company_step, &a));
    *id = a.id;
    return OK;
}

/* ---- compounds */
static void join(struct property_compound *c, const struct sql_property_cares_rows *cares,
    const struct sql_property_companies_rows *companies)
{
    for (size_t i = 0; i < cares->n; i++)
        if (cares->at[i].place == c->place) {
            c->version = cares->at[i].version;
            c->company = cares->at[i].company.set ? cares->at[i].company.v : 0;
            c->contact = cares->at[i].contact.set ? cares->at[i].contact.v : 0;
            c->committee = cares->at[i].committee.set ? cares->at[i].committee.v : (Str){0};
        }
    for (size_t i = 0; i < companies->n; i++)
        if (companies->at[i].id == c->company)
            c->company_name = companies->at[i].name;
    c->blind = !c->company || !c->committee.len || !c->contact;
}

Err property_compounds(Cx *cx, struct property_compounds *to)
{
    struct sql_property_companies_rows companies;
    struct sql_property_cares_rows cares;
    struct places all;
    size_t n = 0;
    TRY(sql_property_companies(
        cx, &(struct sql_property_companies){.limit = COMPANIES_MAX}, &companies));
    TRY(sql_property_cares(cx, &(struct sql_property_cares){.limit = COMPOUNDS_MAX}, &cares));
    TRY(town_places(cx, cx->town_id * 1000000, &all));
    struct property_compound *at = NEW_ARRAY(&cx->mem, all.n + 1, struct property_compound);
    for (int blind = 1; blind >= 0; blind--)
        for (size_t i = 0; i < all.n; i++) {
            struct property_compound c = {
                .place = all.at[i].id, .unit = all.at[i].unit, .name = all.at[i].name};
            if (!str_eq(all.at[i].kind, S("compound")))
                continue;
            join(&c, &cares, &companies);
            if (c.blind == (blind == 1))
                at[n++] = c;
        }
    *to = (struct property_compounds){at, n};
    return OK;
}

Err property_compound_get(Cx *cx, int64_t place, struct property_compound *to)
{
    struct property_compounds all;
    TRY(property_compounds(cx, &all));
    for (size_t i = 0; i < all.n; i++)
        if (all.at[i].place == place) {
            *to = all.at[i];
            return OK;
        }
    return ERR_NOT_FOUND;
}

Err property_may(Cx *cx, const struct property_compound *c, bool *may)
{
    uint32_t held = 0;
    *may = false;
    if (!cx->me.person)
        return OK;
    TRY(duty_posts_at(cx, c->unit, c->place, &held));
    *may = (held & KEEPERS) != 0 || cx->me.person == OPERATOR;
    return OK;
}

Err property_asked(Cx *cx, int64_t place, struct property_compound *to)
{
    bool may = false;
    TRY(property_compound_get(cx, place, to));
    TRY(property_may(cx, to, &may));
    return may ? OK
               : fail(cx, ERR_FORBIDDEN, NULL,
                   T("由本社区（村）的书记、两委干部或者领导小组办公室来记"));
}

static Err check_care(Cx *cx, const struct property_care *in)
{
    struct property_companies c;
    struct person p;
    bool there = !in->company;
    TRY(property_companies(cx, &c));
    for (size_t i = 0; i < c.n; i++)
        there |= c.at[i].id == in->company;
    if (!there)
        return fail(cx, ERR_INVALID, "company", T("没有这家公司，请从列表里选"));
    if (text_wrong(in->committee, false).zh || str_n_chars(in->committee) > NAME_MAX)
        return fail(cx, ERR_INVALID, "committee", T("业委会写届次和主任称呼，最多 40 个字"));
    if (in->contact && people_find(cx, in->contact, &p) != OK)
        return fail(cx, ERR_INVALID, "contact", T("没有这个人，请从列表里选"));
    return OK;
}

static Err care_step(Cx *cx, void *arg)
{
    const struct property_care *in = arg;
    struct property_compound c;
    OptI64 company = in->company ? some_i64(in->company) : (OptI64){0};
    OptI64 contact = in->contact ? some_i64(in->contact) : (OptI64){0};
    OptStr committee = in->committee.len ? some_str(in->committee) : (OptStr){0};
    TRY(property_asked(cx, in->place, &c));
    TRY(check_care(cx, in));
    Err e =
        in->version
            ? sql_property_care_change(cx, &(struct sql_property_care_change){.place = in->place,
                                               .version = in->version,
                                               .company = company,
                                               .committee = committee,
                                               .contact = contact})
            : sql_property_care_add(cx, &(struct sql_property_care_add){.place = in->place,
                                            .unit = c.unit,
                                            .company = company,
                                            .committee = committee,
                                            .contact = contact});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "version", T("别人刚改过这个小区，请看一看再交"));
    TRY(e);
    return event_add(cx,
        &(struct event){
            .verb = "property_care", .unit = c.unit, .object = in->place, .said = in->committee});
}

Err property_care_put(Cx *cx, const struct property_care *in)
{
    struct property_care copy = *in;
    return db_transaction(cx, care_step, &copy);
}
