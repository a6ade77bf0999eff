/* problem_ledger.c — 问题台账 as a table (domain: §11): read, filtered, exported; lines of a table
 * file become reports through the rule, as those of the hotline do. */
#include "base/ledger.h"
#include "base/secret.h"
#include "gen/sql_problem.h"
#include "rooms/campaign/campaign.h"
#include "rooms/category/category.h"
#include "rooms/people/people.h"
#include "rooms/problem/problem.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/town/town.h"

typedef struct sql_problem_ledger_find_row Line;

static Err open_one(Cx *cx, const Line *row, const char *column, OptStr *sealed)
{
    if (!sealed->set)
        return OK;
    if (!row->reporter_key.set) { /* erased: the key is gone */
        *sealed = (OptStr){0};
        return OK;
    }
    TRY(secret_unseal(cx, row->reporter_key.v, column, row->id, sealed->v, &sealed->v));
    sealed->set = sealed->v.len > 0;
    return OK;
}

static Err open_row(Cx *cx, void *arg)
{
    Line *row = arg;
    TRY(open_one(cx, row, "problem.reporter", &row->reporter));
    TRY(open_one(cx, row, "problem.phone", &row->phone));
    row->campaigns.set = row->campaign.set;
    return row->campaign.set ? campaign_said(cx, row->id, &row->campaigns.v) : OK;
}

/* A hotline's number that is here already is the same report. */
static Err take(Cx *cx, const void *arg, struct taken *to)
{
    const Line *row = arg;
    struct sql_problem_ledger_of_ext_row known;
    struct problem_receipt receipt;
    if (row->ext_no.set) {
        Err e = sql_problem_ledger_of_ext(
            cx, &(struct sql_problem_ledger_of_ext){.ext_no = row->ext_no.v}, &known);
        if (e == OK) {
            *to = (struct taken){.object = known.id, .same = true};
            return OK;
        }
        if (e != ERR_NOT_FOUND)
            return e;
    }
    TRY(problem_report(cx,
        &(struct problem_new){.unit = row->unit,
            .known_place = row->place.v,
            .place = row->place_text.v,
            .category = row->category,
            .body = row->body.v,
            .lat = row->lat,
            .lng = row->lng,
            .name = row->reporter.v,
            .phone = row->phone.v,
            .source = row->source,
            .entered_for = row->entered_for.v,
            .ext_no = row->ext_no,
            .ext_due = row->ext_due,
            .severity = row->severity},
        &receipt));
    *to = (struct taken){.object = receipt.id, .same = receipt.again};
    return OK;
}

/* clang-format off */
static const struct option focuses[] = {
    {"road", T("道路环境卫生")}, {"look", T("村容村貌")}, {"air", T("大气污染")}, {0}};
static const struct option answers[] = {
    {"solved", T("已解决")}, {"half", T("部分解决")}, {"not", T("没解决")}, {"unclear", T("说不清")}, {0}};
static const struct option evaluations[] = {
    {"good", T("满意")}, {"fair", T("基本满意")}, {"bad", T("不满意")}, {0}};

#define F(m, TYPE, LABEL, ...) FIELD(problem_ledger, m, TYPE, LABEL, __VA_ARGS__)
static const struct field fields[] = {
    F(number, TEXT, TC("problem table", "编号"), .max = 16, .flags = PUBLIC | DERIVED | IN_LIST),
    F(state, ENUM, TC("problem table", "状态"), .options = problem_states, .flags = PUBLIC | DERIVED | IN_LIST,
        EQUALS(problem_ledger, state)),
    F(category, CODE, TC("problem table", "类别"), .codes = &category_codes, .flags = PUBLIC | IN_LIST,
        EQUALS(problem_ledger, category)),
    F(focus, ENUM, TC("problem table", "重点"), .options = focuses, .flags = PUBLIC | DERIVED),
    F(unit, UNIT, TC("problem table", "单位"), .names = &town_unit_names, .flags = PUBLIC | IN_LIST),
    F(village, UNIT, TC("problem table", "所在村"), .names = &town_unit_names, .flags = PUBLIC | DERIVED,
        EQUALS(problem_ledger, village)),
    F(place, REF, TC("problem table", "地点"), .names = &town_place_names, .flags = PUBLIC),
    F(place_text, TEXT, TC("problem table", "位置"), .max = PLACE_MAX, .flags = IN_LIST),
    F(body, LONG, TC("problem table", "说明"), .max = BODY_MAX),
    F(source, ENUM, TC("problem table", "来源"), .options = problem_sources, .flags = PUBLIC, EQUALS(problem_ledger, source)),
    F(severity, INT, TC("problem table", "程度"), .min = 1, .max = 3, .flags = PUBLIC),
    F(difficulty, INT, TC("problem table", "难度"), .flags = PUBLIC | DERIVED),
    F(reporter, TEXT, TC("problem table", "上报人"), .max = REPORTER_NAME_MAX, .flags = MASKED | SEALED),
    F(phone, PHONE, TC("problem table", "电话"), .flags = MASKED | SEALED),
    F(handler_name, TEXT, TC("problem table", "责任人"), .max = 80, .flags = DERIVED | IN_LIST),
    F(chain, LONG, TC("problem table", "四级责任链"), .max = 400, .flags = DERIVED),
    F(reported_at, TIME, TC("problem table", "上报时间"), .flags = PUBLIC | DERIVED | IN_LIST,
        FROM(problem_ledger, reported_at, reported_from), UNTIL(problem_ledger, reported_at, reported_to)),
    F(filed_at, TIME, TC("problem table", "立案时间"), .flags = PUBLIC | DERIVED),
    F(dispatched_at, TIME, TC("problem table", "派遣时间"), .flags = PUBLIC | DERIVED),
    F(due_at, TIME, TC("problem table", "期限"), .flags = PUBLIC | DERIVED | IN_LIST),
    F(handled_at, TIME, TC("problem table", "反馈时间"), .flags = PUBLIC | DERIVED),
    F(closed_at, TIME, TC("problem table", "结案时间"), .flags = PUBLIC | DERIVED),
    F(told_at, TIME, TC("problem table", "告知时间"), .flags = DERIVED),
    F(n_extensions, INT, TC("problem table", "延期次数"), .flags = DERIVED),
    F(n_returns, INT, TC("problem table", "退回次数"), .flags = DERIVED),
    F(rework, INT, TC("problem table", "返工次数"), .flags = DERIVED),
    F(result, LONG, TC("problem table", "整改情况"), .max = BODY_MAX, .flags = PUBLIC | DERIVED),
    F(verifier, PERSON, TC("problem table", "核查人"), .names = &people_names, .flags = DERIVED),
    F(evaluation, ENUM, TC("problem table", "评价"), .options = evaluations, .flags = PUBLIC | DERIVED),
    F(answer, ENUM, TC("problem table", "群众答复"), .options = answers, .flags = PUBLIC | DERIVED),
    F(outcome_text, LONG, TC("problem table", "挂账、作废等原因"), .max = BODY_MAX, .flags = DERIVED),
    F(entered_for, BOOL, TC("problem table", "代报")),
    F(ext_no, TEXT, TC("problem table", "外部编号"), .max = 40),
    F(ext_due, TIME, TC("problem table", "外部期限")),
    F(campaign, REF, TC("problem table", "专项行动"), .names = &campaign_names_of, .flags = DERIVED | ONLY_FILTER,
        EQUALS(problem_ledger, campaign)),
    F(campaigns, TEXT, TC("problem table", "专项行动"), .max = BODY_MAX, .flags = PUBLIC | DERIVED | IN_LIST),
    F(lat, DECIMAL, TC("problem table", "纬度"), .scale = 6, .min = -90000000, .max = 90000000),
    F(lng, DECIMAL, TC("problem table", "经度"), .scale = 6, .min = -180000000, .max = 180000000),
    {0}};
#undef F

static const struct sort sorts[] = {
    SORT(problem_ledger, "latest", SQL_PROBLEM_LEDGER_LIST_BY_LATEST, id, T("上报，新的在前")),
    SORT(problem_ledger, "oldest", SQL_PROBLEM_LEDGER_LIST_BY_OLDEST, id, T("上报，旧的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE_READ(problem_ledger);

const struct ledger problem_ledger = {LEDGER_READ_AS(problem_ledger, "problem"),
    .label = T("问题台账"), .about = T("群众、巡查、热线报来的每一件：谁办、期限、办得怎样"),
    .at = "/problems/", .see = STAFF_POSTS, .load = OFFICE_POSTS | HAS(POST_RECORDER),
    .unmask = OFFICE_POSTS, .fields = fields, .sorts = sorts, .open = open_row, .take = take};
