/* task_ledger.c — 交办台账: its columns, filters and orders (domain: §11). */
#include "base/ledger.h"
#include "rooms/meeting/meeting.h"
#include "rooms/people/people.h"

/* clang-format off */
static const struct option states[] = {
    {"open", TC("task", "在办")}, {"reported", TC("task", "待核对")}, {"closed", TC("task", "已销号")}, {0}};

static const struct field fields[] = {
    FIELD(task, text, TEXT, T("交办内容"), .max = 120, .flags = IN_LIST),
    FIELD(task, held_on, DAY, T("调度会"), .flags = IN_LIST),
    FIELD(task, owner, PERSON, T("责任人"), .names = &people_names, .flags = IN_LIST, EQUALS(task, owner)),
    FIELD(task, due_on, DAY, T("期限"), .flags = IN_LIST, FROM(task, due_on, due_from), UNTIL(task, due_on, due_to)),
    FIELD(task, state, ENUM, T("状态"), .options = states, .flags = DERIVED | IN_LIST, EQUALS(task, state)),
    {0}};

static const struct sort sorts[] = {
    SORT(task, "latest", SQL_TASK_LIST_BY_LATEST, due_on, T("期限，晚的在前")),
    SORT(task, "oldest", SQL_TASK_LIST_BY_OLDEST, due_on, T("期限，早的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE_READ(task);

const struct ledger task_ledger = {LEDGER_READ(task), .label = T("交办台账"),
    .about = T("调度会定下的事：谁办、哪天办完、办得怎样"), .at = "/tasks/", .see = STAFF_POSTS,
    .fields = fields, .sorts = sorts};
