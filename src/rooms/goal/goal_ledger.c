/* goal_ledger.c — 上级要求台账, 目标台账, 目标模板: their columns (domain: §11). */
#include "base/ledger.h"
#include "rooms/duty/post.h"
#include "rooms/goal/goal.h"
#include "rooms/goal/goal_measure.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

enum { NAMES_MAX = 500, NUMBER_MAX = 100000000 };

/* --- requirements by their paper's number */

static size_t named(Cx *cx, Str paper_no, int64_t *id)
{
    struct sql_requirement_named_row r;
    if (sql_requirement_named(cx, &(struct sql_requirement_named){.paper_no = paper_no}, &r) != OK)
        return 0;
    *id = r.id;
    return 1;
}

static Str name_of(Cx *cx, int64_t id)
{
    Requirement r;
    Err e = sql_requirement_find(cx, &(struct sql_requirement_find){id}, &r);
    return e == OK ? r.paper_no : (Str){0};
}

static size_t all_named(Cx *cx, const struct name_row **to)
{
    struct sql_requirement_list_rows r;
    if (sql_requirement_list(cx, &(struct sql_requirement_list){.limit = NAMES_MAX}, &r) != OK)
        return 0;
    struct name_row *at = NEW_ARRAY(&cx->mem, r.n + 1, struct name_row);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct name_row){r.at[i].id, r.at[i].paper_no};
    *to = at;
    return r.n;
}

const struct names requirement_names = {named, name_of, all_named};

/* clang-format off */
static const struct field requirement_fields[] = {
    FIELD(requirement, paper_no, TEXT, T("文号"), .max = 40, .flags = PUBLIC | IN_LIST,
        .hint = T("同一份文件有几条要求的，文号后加序号。")),
    {.name = "from", .label = T("来源"), .type = TYPED(ROW(requirement), origin, ENUM),
        .keeps = KEEPS(ROW(requirement), origin), .at = offsetof(ROW(requirement), origin),
        .options = goal_origins, .flags = PUBLIC | IN_LIST, .equals = ARG(requirement, origin, origin)},
    FIELD(requirement, text, LONG, T("要求"), .max = 2000, .flags = PUBLIC | IN_LIST),
    FIELD(requirement, unit, UNIT, T("对象"), .names = &town_whole_names, .flags = PUBLIC | IN_LIST),
    FIELD(requirement, due_on, DAY, TC("goal", "期限"), .flags = PUBLIC | IN_LIST),
    FIELD(requirement, refined_n, INT, T("细化村数"), .flags = PUBLIC | DERIVED | IN_LIST),
    {0}};

static const struct sort requirement_sorts[] = {
    SORT(requirement, "latest", SQL_REQUIREMENT_LIST_BY_LATEST, id, T("登记，新的在前")),
    SORT(requirement, "oldest", SQL_REQUIREMENT_LIST_BY_OLDEST, id, T("登记，旧的在前")),
    {0}};

#define NUMBER .scale = 2, .max = NUMBER_MAX * INT64_C(100)
static const struct field target_fields[] = {
    FIELD(target, indicator, TEXT, T("指标"), .max = 40, .flags = PUBLIC | IN_LIST),
    FIELD(target, heading, ENUM, T("七化类别"), .options = goal_headings, .flags = PUBLIC | IN_LIST,
        EQUALS(target, heading)),
    FIELD(target, unit, UNIT, TC("goal", "村（社区）"), .names = &town_unit_names, .flags = PUBLIC | IN_LIST),
    FIELD(target, village, UNIT, T("所在村"), .names = &town_unit_names, .flags = DERIVED,
        EQUALS(target, village)),
    FIELD(target, requirement, REF, T("上级要求"), .names = &requirement_names, .flags = PUBLIC),
    FIELD(target, measure, ENUM, T("由台账得出"), .options = goal_measure_options,
        .hint = T("选了以后，数由台账自己算，不用人填。")),
    FIELD(target, unit_of_measure, TEXT, T("计量单位"), .max = 10, .flags = PUBLIC),
    FIELD(target, direction, ENUM, TC("goal", "方向"), .options = goal_directions, .flags = PUBLIC),
    FIELD(target, baseline, DECIMAL, T("基数"), NUMBER, .flags = PUBLIC | IN_LIST),
    FIELD(target, baseline_on, DAY, T("基数日期"), .flags = PUBLIC | NOT_FUTURE),
    FIELD(target, goal, DECIMAL, T("目标值"), NUMBER, .flags = PUBLIC | IN_LIST),
    FIELD(target, due_on, DAY, TC("goal", "期限"), .flags = PUBLIC | IN_LIST,
        FROM(target, due_on, due_from), UNTIL(target, due_on, due_to)),
    FIELD(target, tier_1, DECIMAL, T("基础达标门槛"), NUMBER, .flags = PUBLIC),
    FIELD(target, tier_2, DECIMAL, T("提升门槛"), NUMBER, .flags = PUBLIC),
    FIELD(target, tier_3, DECIMAL, T("示范门槛"), NUMBER, .flags = PUBLIC),
    FIELD(target, current, DECIMAL, T("现状"), NUMBER, .flags = PUBLIC | DERIVED | IN_LIST),
    FIELD(target, current_on, DAY, T("现状日期"), .flags = PUBLIC | DERIVED),
    FIELD(target, verified, DECIMAL, T("核实的数"), NUMBER, .flags = PUBLIC | DERIVED),
    FIELD(target, verified_on, DAY, T("核实的数的日期"), .flags = PUBLIC | DERIVED),
    FIELD(target, verified_by, PERSON, T("核验人"), .names = &people_names, .flags = DERIVED),
    FIELD(target, tier, ENUM, T("档次"), .options = goal_tiers, .flags = PUBLIC | DERIVED | IN_LIST),
    {0}};

static const struct sort target_sorts[] = {
    SORT(target, "due", SQL_TARGET_LIST_BY_DUE, due_on, T("期限，早的在前")),
    SORT(target, "far", SQL_TARGET_LIST_BY_FAR, due_on, T("期限，晚的在前")),
    {0}};

LEDGER_GLUE(requirement);
LEDGER_GLUE(target);

const struct ledger requirement_ledger = {LEDGER_OF(requirement), .label = T("上级要求台账"),
    .about = T("市、区、镇的文件要求什么，有几个村细化成了目标"), .see = STAFF_POSTS,
    .write = OFFICE_POSTS, .fields = requirement_fields, .sorts = requirement_sorts};

const struct ledger target_ledger = {LEDGER_OF(target), .label = T("目标台账"),
    .about = T("每个村要做到什么：指标、基数、目标值、期限、档次"), .see = STAFF_POSTS,
    .write = OFFICE_POSTS | HAS(POST_LEAD) | HAS(POST_DEPT) | HAS(POST_SECRETARY),
    .fields = target_fields, .sorts = target_sorts};

/* --- 目标模板: lines of a table file; the same line again is put in its place */
struct template_line {
    Str name, heading, indicator, unit_of_measure, direction;
    int64_t position;
    OptStr measure;
    OptI64 tier_1, tier_2, tier_3;
};

#define L(m, TYPE, LABEL, ...) FIELD_OF(struct template_line, m, TYPE, LABEL, __VA_ARGS__)
static const struct field template_fields[] = {
    L(name, TEXT, T("模板"), .max = 20),
    L(position, INT, T("次序"), .min = 1, .max = 999),
    L(heading, ENUM, T("七化类别"), .options = goal_headings),
    L(indicator, TEXT, T("指标"), .max = 40),
    L(measure, ENUM, T("由台账得出"), .options = goal_measure_options),
    L(unit_of_measure, TEXT, T("计量单位"), .max = 10),
    L(direction, ENUM, TC("goal", "方向"), .options = goal_directions),
    L(tier_1, DECIMAL, T("基础达标门槛"), NUMBER),
    L(tier_2, DECIMAL, T("提升门槛"), NUMBER),
    L(tier_3, DECIMAL, T("示范门槛"), NUMBER),
    {0}};
/* clang-format on */

static bool opt_same(OptI64 a, OptI64 b)
{
    return a.set == b.set && (!a.set || a.v == b.v);
}

static bool line_same(const struct template_line *a, const struct sql_target_template_line_row *b)
{
    return str_eq(a->heading, b->heading) && str_eq(a->indicator, b->indicator)
           && str_eq(a->unit_of_measure, b->unit_of_measure) && str_eq(a->direction, b->direction)
           && a->measure.set == b->measure.set
           && (!a->measure.set || str_eq(a->measure.v, b->measure.v))
           && opt_same(a->tier_1, b->tier_1) && opt_same(a->tier_2, b->tier_2)
           && opt_same(a->tier_3, b->tier_3);
}

static Err take_line(Cx *cx, const void *arg, struct taken *to)
{
    const struct template_line *l = arg;
    struct sql_target_template_line_row there;
    Err e = sql_target_template_line(
        cx, &(struct sql_target_template_line){.name = l->name, .position = l->position}, &there);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    *to = (struct taken){
        .object = l->position, .changed = e == OK, .same = e == OK && line_same(l, &there)};
    return sql_target_template_put(cx, &(struct sql_target_template_put){.name = l->name,
                                           .position = l->position,
                                           .heading = l->heading,
                                           .indicator = l->indicator,
                                           .measure = l->measure,
                                           .unit_of_measure = l->unit_of_measure,
                                           .direction = l->direction,
                                           .tier_1 = l->tier_1,
                                           .tier_2 = l->tier_2,
                                           .tier_3 = l->tier_3});
}

const struct ledger target_template_ledger = {LEDGER_LINES(struct template_line),
    .name = "target_template", .label = T("目标模板"),
    .about = T("七化、沿黄等成套的指标，套用到村"), .load = OFFICE_POSTS, .fields = template_fields,
    .take = take_line};
