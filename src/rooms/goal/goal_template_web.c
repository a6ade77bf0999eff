/* goal_template_web.c — /goals/CODE/template: a set of indicators for a village, in one form. */
#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/goal/goal_pages.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { LINES_MAX = 100 };

static Text heading_of(Str code)
{
    for (const struct option *o = goal_headings; o->code; o++)
        if (str_eq(code, str(o->code)))
            return o->label;
    return T("其他");
}

static Str mark(Cx *cx, const TemplateLine *l, OptI64 value)
{
    if (!value.set)
        return (Str){0};
    Str n = goal_number(cx, value.v);
    const char *sign = str_eq(l->direction, S("down")) ? "≤" : "≥";
    return str(arena_printf(&cx->mem, "%s %.*s", sign, (int)n.len, n.at));
}

static Str field_name(Cx *cx, int64_t position)
{
    return str(arena_printf(&cx->mem, "b%" PRId64, position));
}

/* The names, each once; the chosen one, or the first. */
static struct goal_picks names_of(
    Cx *cx, const struct goal_template_lines *all, Str chosen, Str *to)
{
    struct goal_pick *at = NEW_ARRAY(&cx->mem, all->n + 1, struct goal_pick);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (!i || !str_eq(all->at[i].name, all->at[i - 1].name))
            at[n++] = (struct goal_pick){all->at[i].name, all->at[i].name, false};
    *to = (Str){0};
    for (size_t i = 0; i < n; i++)
        if (str_eq(at[i].code, chosen))
            *to = chosen;
    if (!to->len && n)
        *to = at[0].code;
    for (size_t i = 0; i < n; i++)
        at[i].chosen = str_eq(at[i].code, *to);
    return (struct goal_picks){at, n};
}

static struct goal_picks tiers_of(Cx *cx, Str chosen)
{
    struct goal_pick *at = NEW_ARRAY(&cx->mem, TIERS, struct goal_pick);
    for (size_t k = 0; k < TIERS; k++)
        at[k] = (struct goal_pick){str(goal_tiers[k].code), say(cx, goal_tiers[k].label),
            chosen.len ? str_eq(chosen, str(goal_tiers[k].code)) : k == 1};
    return (struct goal_picks){at, TIERS};
}

static struct goal_picks requirements_of(Cx *cx, int64_t chosen)
{
    const struct name_row *rows;
    size_t n = requirement_names.all(cx, &rows);
    struct goal_pick *at = NEW_ARRAY(&cx->mem, n + 1, struct goal_pick);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct goal_pick){number_text(cx, rows[i].id), rows[i].name, rows[i].id == chosen};
    return (struct goal_picks){at, n};
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong)
{
    struct goal_template_view v = {.shell = shell_of(cx, req, "goals"),
        .village = path_i64(req, "unit_id"),
        .say = wrong,
        .key = new_key(cx)};
    struct goal_template_lines all;
    struct goal_rights may;
    bool posted = req->method == POST;
    if (town_village_of(v.village) != v.village || town_of(v.village) != cx->town_id)
        return ERR_NOT_FOUND;
    v.name = town_unit_name(cx, v.village);
    if (!v.name.len)
        return ERR_NOT_FOUND;
    TRY(goal_rights(cx, v.village, &may));
    if (!may.sets)
        return fail(cx, ERR_FORBIDDEN, NULL, T("这个村的目标不归您定"));
    TRY(goal_templates(cx, &all));
    v.templates = names_of(
        cx, &all, posted ? form_text(req, "template") : query_text(req, "template"), &v.template);
    v.tiers = tiers_of(cx, form_text(req, "tier"));
    v.requirements = requirements_of(cx, form_i64(req, "requirement"));
    v.due_on = form_text(req, "due_on");
    struct goal_template_line *at = NEW_ARRAY(&cx->mem, all.n + 1, struct goal_template_line);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        const TemplateLine *l = &all.at[i];
        Str name = field_name(cx, l->position);
        if (str_eq(l->name, v.template))
            at[n++] = (struct goal_template_line){.position = l->position,
                .heading = heading_of(l->heading),
                .indicator = l->indicator,
                .unit = l->unit_of_measure,
                .tier_1 = mark(cx, l, l->tier_1),
                .tier_2 = mark(cx, l, l->tier_2),
                .tier_3 = mark(cx, l, l->tier_3),
                .typed = form_text(req, name.at),
                .measured = l->measure.set};
    }
    v.lines = (struct goal_template_lines_view){at, n};
    if (wrong.len)
        resp->status = 422;
    page_goal_template(resp_page(cx, req, resp), &v);
    return OK;
}

Err goal_template_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0});
}

static Err read_baselines(Cx *cx, const Req *req, struct goal_applying *a)
{
    static const struct field number = {.type = FIELD_DECIMAL,
        .keeps = KEEPS_I64 | KEEPS_OPT,
        .scale = 2,
        .max = INT64_C(10000000000)};
    struct goal_template_lines all;
    TRY(goal_templates(cx, &all));
    struct goal_baseline *at = NEW_ARRAY(&cx->mem, all.n + 1, struct goal_baseline);
    for (size_t i = 0; i < all.n; i++) {
        struct value v;
        Str why, typed;
        if (!str_eq(all.at[i].name, a->template))
            continue;
        typed = form_text(req, field_name(cx, all.at[i].position).at);
        if (!field_read(cx, &number, typed, 0, &v, &why))
            return fail_say(
                cx, ERR_INVALID, "baseline", say_ab(cx, T("{a}：{b}"), all.at[i].indicator, why));
        if (v.set)
            at[a->n++] = (struct goal_baseline){all.at[i].position, v.i};
    }
    a->at = at;
    return OK;
}

Err goal_template_post(Cx *cx, const Req *req, Resp *resp)
{
    Str tier = form_text(req, "tier"), why;
    struct goal_applying a = {
        .village = path_i64(req, "unit_id"), .template = form_text(req, "template")};
    int64_t requirement = form_i64(req, "requirement");
    for (int k = 1; k <= TIERS; k++)
        if (str_eq(tier, str(goal_tiers[k - 1].code)))
            a.tier = k;
    a.requirement = requirement ? some_i64(requirement) : (OptI64){0};
    Err e = read_baselines(cx, req, &a);
    if (e == OK && !day_read(cx, form_text(req, "due_on"), 0, &a.due_on, &why))
        e = fail_say(cx, ERR_INVALID, "due_on", why);
    if (e == OK)
        e = goal_apply(cx, &a);
    if (e == ERR_INVALID)
        return show(cx, req, resp, cx->why.say);
    TRY(e);
    return redirect(
        cx, resp, "/goals/%" PRId64 "?made=%zu&there=%zu", a.village, a.n_made, a.n_there);
}
