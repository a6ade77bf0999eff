/* goal_template.c — 模板: a set of indicators becomes a village's targets. */
#include "base/fields.h"
#include "rooms/duty/duty.h"
#include "rooms/goal/goal_inner.h"
#include "rooms/goal/goal_measure.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

enum { LINES_MAX = 400 };

Err goal_templates(Cx *cx, struct goal_template_lines *to)
{
    struct sql_target_template_lines_rows r;
    TRY(sql_target_template_lines(cx, &(struct sql_target_template_lines){.limit = LINES_MAX}, &r));
    *to = (struct goal_template_lines){r.at, r.n};
    return OK;
}

/* The chosen tier's threshold, or the next lower one that asks this indicator. */
static OptI64 aim(const TemplateLine *l, int tier)
{
    const OptI64 marks[] = {l->tier_1, l->tier_2, l->tier_3};
    for (int k = tier; k > 0; k--)
        if (marks[k - 1].set)
            return marks[k - 1];
    return l->tier_1.set ? l->tier_1 : l->tier_2.set ? l->tier_2 : l->tier_3;
}

static Err baseline_of(Cx *cx, const struct goal_applying *a, const TemplateLine *l, OptI64 *to)
{
    struct goal_measured m;
    *to = (OptI64){0};
    for (size_t i = 0; i < a->n; i++)
        if (a->at[i].position == l->position)
            *to = some_i64(a->at[i].value);
    if (!l->measure.set)
        return OK;
    Target t = {.village = a->village, .measure = l->measure, .baseline_on = town_today(cx)};
    TRY(goal_measure(cx, &t, &m));
    *to = some_i64(m.has ? m.value : 0);
    return OK;
}

static Err make_one(Cx *cx, struct goal_applying *a, const TemplateLine *l)
{
    struct sql_target_named_row there;
    OptI64 baseline, goal = aim(l, a->tier);
    Err e = sql_target_named(cx,
        &(struct sql_target_named){
            .village = a->village, .heading = l->heading, .indicator = l->indicator},
        &there);
    if (e == OK) {
        a->n_there++;
        return OK;
    }
    if (e != ERR_NOT_FOUND)
        return e;
    TRY(baseline_of(cx, a, l, &baseline));
    if (!baseline.set || !goal.set)
        return OK;
    Target t = {.id = new_id(cx),
        .unit = a->village,
        .village = a->village,
        .requirement = a->requirement,
        .heading = l->heading,
        .indicator = l->indicator,
        .measure = l->measure,
        .unit_of_measure = l->unit_of_measure,
        .direction = l->direction,
        .baseline = baseline.v,
        .baseline_on = town_today(cx),
        .goal = goal.v,
        .due_on = a->due_on,
        .tier_1 = l->tier_1,
        .tier_2 = l->tier_2,
        .tier_3 = l->tier_3};
    if (!target_past(&t, t.goal, t.baseline))
        t.goal = t.baseline; /* it is better already: the goal is to keep it */
    TRY(target_add(cx, &t));
    a->n_made++;
    return event_add(
        cx, &(struct event){.verb = "add", .unit = t.unit, .object = t.id, .to = S("target")});
}

static Err apply_step(Cx *cx, void *arg)
{
    struct goal_applying *a = arg;
    struct goal_template_lines all;
    struct goal_rights may;
    bool known = false;
    a->n_made = a->n_there = 0;
    TRY(goal_rights(cx, a->village, &may));
    if (!may.sets)
        return fail(cx, ERR_FORBIDDEN, NULL, T("这个村的目标不归您定"));
    TRY(goal_templates(cx, &all));
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.at[i].name, a->template)) {
            known = true;
            TRY(make_one(cx, a, &all.at[i]));
        }
    return known ? OK : fail(cx, ERR_INVALID, "template", T("没有这个模板"));
}

Err goal_apply(Cx *cx, struct goal_applying *a)
{
    int64_t day;
    if (!day_parse(a->due_on, &day) || day < day_of(cx->now))
        return fail(cx, ERR_INVALID, "due_on", T("请填写今天以后的期限"));
    if (a->tier < 1 || a->tier > TIERS)
        return fail(cx, ERR_INVALID, "tier", T("请选要达到的档次"));
    TRY(db_transaction(cx, apply_step, a));
    return a->n_made || a->n_there
               ? OK
               : fail(cx, ERR_INVALID, "baseline", T("请至少填写一个指标现在的数"));
}
