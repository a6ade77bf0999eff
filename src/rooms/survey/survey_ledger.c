/* survey_ledger.c — 大会诊台账: one row a stop; a table plans a route (domain: §11). */
#include "gen/sql_survey.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "rooms/survey/survey.h"
#include "rooms/town/town.h"

/* clang-format off */
static const struct field fields[] = {
    FIELD(survey, round, TEXT, TC("survey", "轮次"), .max = 40, .flags = IN_LIST, EQUALS(survey, round)),
    FIELD(survey, village, UNIT, T("村（社区）"), .names = &town_unit_names, .flags = IN_LIST,
        EQUALS(survey, village)),
    FIELD(survey, stop, TEXT, T("点位"), .max = 80, .flags = IN_LIST),
    FIELD(survey, stop_kind, ENUM, T("点位类型"), .options = survey_kinds, .flags = IN_LIST | DERIVED,
        EQUALS(survey, stop_kind)),
    FIELD(survey, planned_on, DAY, T("计划日"), .flags = IN_LIST),
    FIELD(survey, result, ENUM, T("走访结果"), .options = survey_results, .flags = IN_LIST | DERIVED,
        EQUALS(survey, result)),
    FIELD(survey, visited_at, TIME, T("走访时间"), .flags = DERIVED),
    FIELD(survey, led_by, PERSON, T("带队领导"), .names = &people_names),
    FIELD(survey, note, LONG, T("记录"), .max = 200, .flags = DERIVED),
    FIELD(survey, problems_n, INT, T("发现问题数"), .flags = IN_LIST | DERIVED),
    {0}};

static const struct sort sorts[] = {
    SORT(survey, "latest", SQL_SURVEY_LIST_BY_LATEST, planned_on, T("日期，新的在前")),
    SORT(survey, "oldest", SQL_SURVEY_LIST_BY_OLDEST, planned_on, T("日期，旧的在前")),
    {0}};
/* clang-format on */

static Err take(Cx *cx, const void *row, struct taken *to)
{
    const struct sql_survey_find_row *l = row;
    return survey_line(cx,
        &(struct survey_line){.round = l->round,
            .stop = l->stop,
            .planned_on = l->planned_on,
            .village = l->village,
            .led_by = l->led_by},
        to);
}

LEDGER_GLUE_READ(survey);

const struct ledger survey_ledger = {LEDGER_READ(survey), .label = T("大会诊台账"),
    .about = T("走了哪些点位、哪天走的、发现几个问题；导入一张表就是排一条路线"),
    .at = "/survey/stops/", .see = STAFF_POSTS, .load = OFFICE_POSTS, .fields = fields,
    .sorts = sorts, .take = take};
