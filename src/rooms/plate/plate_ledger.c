/* plate_ledger.c — 码牌台账: read and exported; plates are made on their page. */
#include "rooms/plate/plate_ledger.h"
#include "base/ledger.h"
#include "gen/sql_plate.h"
#include "rooms/duty/post.h"
#include "rooms/plate/plate.h"
#include "rooms/town/town.h"

/* clang-format off */
static const struct field fields[] = {
    FIELD(plate, code, TEXT, T("码牌编号"), .max = PLATE_CODE, .flags = PUBLIC | DERIVED | IN_LIST),
    FIELD(plate, unit, UNIT, TC("plate", "所在单元"), .names = &town_unit_names, .flags = PUBLIC | DERIVED | IN_LIST),
    FIELD(plate, place, REF, TC("plate", "地点"), .names = &town_place_names, .flags = PUBLIC | DERIVED),
    FIELD(plate, name, TEXT, TC("plate", "名称"), .max = 80, .flags = PUBLIC | DERIVED | IN_LIST),
    FIELD(plate, from_on, DAY, TC("plate", "挂牌日"), .flags = PUBLIC | DERIVED | IN_LIST),
    FIELD(plate, replaced_by, TEXT, T("换成新牌"), .max = PLATE_CODE, .flags = PUBLIC | DERIVED | IN_LIST),
    {0}};

static const struct sort sorts[] = {
    SORT(plate, "made", SQL_PLATE_LIST_BY_MADE, id, T("制作先后")),
    {0}};
/* clang-format on */

LEDGER_GLUE_READ(plate);

const struct ledger plate_ledger = {LEDGER_READ(plate), .label = T("码牌台账"),
    .about = T("每块扫码牌挂在哪里、哪天启用、换成了哪块"), .see = STAFF_POSTS, .fields = fields,
    .sorts = sorts, .names_head = true};
