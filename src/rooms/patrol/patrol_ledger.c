/* patrol_ledger.c — 巡查台账: one row a walk. */
#include "base/ledger.h"
#include "gen/sql_patrol.h"
#include "rooms/duty/post.h"
#include "rooms/patrol/patrol.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

/* clang-format off */
static const struct field fields[] = {
    FIELD(patrol, name, TEXT, T("巡查地点"), .max = 80, .flags = IN_LIST | DERIVED),
    FIELD(patrol, village, UNIT, T("村（社区）"), .names = &town_unit_names, .flags = IN_LIST | DERIVED,
        EQUALS(patrol, village)),
    FIELD(patrol, walked_at, TIME, T("巡查时间"), .flags = IN_LIST | DERIVED),
    FIELD(patrol, walked_by, PERSON, T("巡查人"), .names = &people_names, .flags = IN_LIST | DERIVED,
        EQUALS(patrol, walked_by)),
    FIELD(patrol, problems_n, INT, T("发现问题数"), .flags = IN_LIST | DERIVED),
    FIELD(patrol, note, LONG, T("记录"), .max = 200, .flags = DERIVED),
    {0}};

static const struct sort sorts[] = {
    SORT(patrol, "latest", SQL_PATROL_LIST_BY_LATEST, walked_at, T("时间，新的在前")),
    SORT(patrol, "oldest", SQL_PATROL_LIST_BY_OLDEST, walked_at, T("时间，旧的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE_READ(patrol);

const struct ledger patrol_ledger = {LEDGER_READ(patrol), .label = T("巡查台账"),
    .about = T("道路、沟渠、河段：谁什么时候走过、发现几个问题"), .see = STAFF_POSTS,
    .fields = fields, .sorts = sorts};
