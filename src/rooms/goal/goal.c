/* goal.c — 因村施策: requirements, targets, and how far a village is. */
#include "rooms/goal/goal.h"

#include "base/fields.h"
#include "rooms/goal/goal_inner.h"
#include "rooms/goal/goal_measure.h"
#include "rooms/town/town.h"

#include <inttypes.h>

/* clang-format off */
const struct option goal_origins[] = {
    {"city", T("市级")}, {"district", T("区级")}, {"town", T("镇级")}, {0}};
const struct option goal_headings[] = {
    {"clean", T("洁化")}, {"facility", T("优化")}, {"look", T("美化")}, {"green", T("绿化")},
    {"light", T("亮化")}, {"order", T("序化")}, {"rules", T("严化")}, {"river", T("沿黄")},
    {"other", T("其他")}, {0}};
const struct option goal_directions[] = {
    {"up", T("越高越好")}, {"down", T("越低越好")}, {0}};
const struct option goal_tiers[] = {
    {"base", T("基础达标")}, {"raise", T("提升")}, {"model", T("示范")}, {0}};
/* clang-format on */

/* --- requirements */

Err requirement_check(Cx *cx, const Requirement *in)
{
    struct sql_requirement_named_row there;
    if (in->unit != cx->town_id * 1000000 && town_village_of(in->unit) != in->unit)
        return fail(cx, ERR_INVALID, "unit", T("请选全镇或一个村（社区）"));
    Err e = sql_requirement_named(
        cx, &(struct sql_requirement_named){.paper_no = in->paper_no}, &there);
    if (e == OK && there.id != in->id)
        return fail(cx, ERR_INVALID, "paper_no",
            T("这个文号登记过了；同一份文件的另一条，请在文号后加序号，如“-2”"));
    return e == ERR_NOT_FOUND ? OK : e;
}

Err requirement_add(Cx *cx, const Requirement *in)
{
    TRY(requirement_check(cx, in));
    return sql_requirement_insert(cx, &(struct sql_requirement_insert){.id = in->id,
                                          .unit = in->unit,
                                          .origin = in->origin,
                                          .paper_no = in->paper_no,
                                          .text = in->text,
                                          .due_on = in->due_on,
                                          .batch = in->batch});
}

Err requirement_change(Cx *cx, const Requirement *in)
{
    TRY(requirement_check(cx, in));
    return sql_requirement_update(cx, &(struct sql_requirement_update){.id = in->id,
                                          .version = in->version,
                                          .unit = in->unit,
                                          .origin = in->origin,
                                          .paper_no = in->paper_no,
                                          .text = in->text,
                                          .due_on = in->due_on});
}

/* --- targets */

bool target_past(const Target *t, int64_t value, int64_t mark)
{
    return str_eq(t->direction, S("down")) ? value <= mark : value >= mark;
}

OptI64 target_mark(const Target *t, int tier)
{
    return tier == 1 ? t->tier_1 : tier == 2 ? t->tier_2 : tier == 3 ? t->tier_3 : (OptI64){0};
}

int target_tier(const Target *t, OptI64 value)
{
    for (int k = TIERS; value.set && k > 0; k--) {
        OptI64 mark = target_mark(t, k);
        if (mark.set && target_past(t, value.v, mark.v))
            return k;
    }
    return 0;
}

bool target_reached(const Target *t)
{
    return t->verified.set && target_past(t, t->verified.v, t->goal);
}

bool goal_waits(const Target *t)
{
    return t->current.set
           && (!t->verified.set || t->verified.v != t->current.v
               || (t->current_on.set && t->verified_on.set
                   && !str_eq(t->current_on.v, t->verified_on.v)));
}

static Err check_marks(Cx *cx, const Target *in)
{
    OptI64 was = {0};
    for (int k = 1; k <= TIERS; k++) {
        OptI64 mark = target_mark(in, k);
        if (!mark.set)
            continue;
        if (was.set && !target_past(in, mark.v, was.v))
            return fail(
                cx, ERR_INVALID, k == 2 ? "tier_2" : "tier_3", T("高一档的门槛不能比低一档的松"));
        was = mark;
    }
    return OK;
}

static Err check_measure(Cx *cx, const Target *in)
{
    const struct goal_measure *m;
    if (!in->measure.set)
        return OK;
    m = goal_measure_named(in->measure.v);
    if (!m)
        return fail(cx, ERR_INVALID, "measure", T("台账里没有这个指标"));
    if (!str_eq(in->direction, str(m->direction)))
        return fail(cx, ERR_INVALID, "direction", T("方向和台账指标的不一样"));
    if (!str_eq(in->unit_of_measure, str(m->unit)))
        return fail_say(cx, ERR_INVALID, "unit_of_measure",
            say_s(cx, T("台账指标的计量单位是“{s}”"), str(m->unit)));
    return OK;
}

static Err check_requirement(Cx *cx, const Target *in)
{
    Requirement r;
    if (!in->requirement.set)
        return OK;
    Err e = sql_requirement_find(cx, &(struct sql_requirement_find){in->requirement.v}, &r);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "requirement", T("没有这条上级要求"));
    TRY(e);
    if (town_village_of(r.unit) && r.unit != in->unit)
        return fail(cx, ERR_INVALID, "requirement", T("这条要求是给别的村的"));
    if (r.due_on.set && memcmp(in->due_on.at, r.due_on.v.at, 10) > 0)
        return fail_say(cx, ERR_INVALID, "due_on",
            say_s(cx, T("上级要求 {s} 前完成，目标不能更晚"), r.due_on.v));
    return OK;
}

Err target_check(Cx *cx, const Target *in)
{
    struct sql_target_named_row there;
    if (!town_village_of(in->unit) || town_village_of(in->unit) != in->unit)
        return fail(cx, ERR_INVALID, "unit", T("请选到村（社区）"));
    if (memcmp(in->due_on.at, in->baseline_on.at, 10) < 0)
        return fail(cx, ERR_INVALID, "due_on", T("期限早于基数的日期"));
    if (!target_past(in, in->goal, in->baseline))
        return fail(cx, ERR_INVALID, "goal", T("目标值不能比基数差"));
    TRY(check_marks(cx, in));
    TRY(check_measure(cx, in));
    TRY(check_requirement(cx, in));
    Err e = sql_target_named(cx,
        &(struct sql_target_named){
            .village = in->unit, .heading = in->heading, .indicator = in->indicator},
        &there);
    if (e == OK && there.id != in->id)
        return fail(cx, ERR_INVALID, "indicator", T("这个村已经有这个指标"));
    return e == ERR_NOT_FOUND ? OK : e;
}

/* What is entered of a target, for the row that is new and the row that changes. */
#define TARGET_ENTERED(in)                                                                         \
    .unit = (in)->unit, .village = (in)->unit, .requirement = (in)->requirement,                   \
    .heading = (in)->heading, .indicator = (in)->indicator, .measure = (in)->measure,              \
    .unit_of_measure = (in)->unit_of_measure, .direction = (in)->direction,                        \
    .baseline = (in)->baseline, .baseline_on = (in)->baseline_on, .goal = (in)->goal,              \
    .due_on = (in)->due_on, .tier_1 = (in)->tier_1, .tier_2 = (in)->tier_2, .tier_3 = (in)->tier_3

Err target_add(Cx *cx, const Target *in)
{
    TRY(target_check(cx, in));
    TRY(sql_target_insert(
        cx, &(struct sql_target_insert){.id = in->id, TARGET_ENTERED(in), .batch = in->batch}));
    return OK;
}

Err target_change(Cx *cx, const Target *in)
{
    int tier = target_tier(in, in->verified);
    TRY(target_check(cx, in));
    return sql_target_update(cx, &(struct sql_target_update){.id = in->id,
                                     .version = in->version,
                                     TARGET_ENTERED(in),
                                     .tier = goal_tier_code(tier)});
}

OptStr goal_tier_code(int tier)
{
    return tier ? some_str(str(goal_tiers[tier - 1].code)) : (OptStr){0};
}

/* --- a village's standing */

static bool has_tier(const struct goal_village *v, int k)
{
    bool any = false;
    for (size_t i = 0; i < v->n; i++) {
        OptI64 mark = target_mark(&v->at[i], k);
        if (!mark.set)
            continue;
        any = true;
        if (!v->at[i].verified.set || !target_past(&v->at[i], v->at[i].verified.v, mark.v))
            return false;
    }
    return any;
}

Err goal_village(Cx *cx, int64_t village, struct goal_village *to)
{
    struct sql_target_of_village_rows r;
    Str today = town_today(cx);
    TRY(sql_target_of_village(
        cx, &(struct sql_target_of_village){.village = village, .limit = GOAL_TARGETS_MAX}, &r));
    Target *at = NEW_ARRAY(&cx->mem, r.n + 1, Target);
    _Static_assert(
        sizeof(Target) == sizeof(struct sql_target_of_village_row), "one row, one struct");
    if (r.n)
        memcpy(at, r.at, r.n * sizeof *at);
    *to = (struct goal_village){.at = at, .n = r.n};
    for (size_t i = 0; i < r.n; i++) {
        bool reached = target_reached(&at[i]);
        to->n_reached += reached;
        to->n_waiting += goal_waits(&at[i]);
        to->n_late += !reached && memcmp(at[i].due_on.at, today.at, 10) < 0;
    }
    while (to->tier < TIERS && has_tier(to, to->tier + 1))
        to->tier++;
    return OK;
}

Err goal_requirements_late(Cx *cx, struct goal_late *to)
{
    struct sql_requirement_late_rows rows;
    TRY(sql_requirement_late(
        cx, &(struct sql_requirement_late){.today = town_today(cx), .limit = 50}, &rows));
    *to = (struct goal_late){rows.at, rows.n};
    return OK;
}
