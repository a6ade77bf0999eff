/* observe_ledger.c — 观摩台账: one row a score; lines of a table come in as paper (domain: §11). */
#include "base/ledger.h"
#include "gen/sql_observe.h"
#include "rooms/duty/post.h"
#include "rooms/observe/observe.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

/* clang-format off */
static const struct field fields[] = {
    FIELD(observe, round, TEXT, TC("observe", "轮次"), .max = 40, .flags = IN_LIST, EQUALS(observe, round)),
    FIELD(observe, held_on, DAY, T("观摩日"), .flags = IN_LIST | NOT_FUTURE),
    FIELD(observe, village, UNIT, T("被观摩村"), .names = &town_unit_names, .flags = IN_LIST,
        EQUALS(observe, village)),
    FIELD(observe, observer, PERSON, T("观摩人"), .names = &people_names, .flags = IN_LIST),
    FIELD(observe, item, TEXT, T("评议项"), .max = 20, .flags = IN_LIST),
    FIELD(observe, score, INT, T("得分"), .min = 0, .max = POINTS_MAX, .flags = IN_LIST),
    {0}};

static const struct sort sorts[] = {
    SORT(observe, "latest", SQL_OBSERVE_LIST_BY_LATEST, at, T("日期，新的在前")),
    SORT(observe, "oldest", SQL_OBSERVE_LIST_BY_OLDEST, at, T("日期，旧的在前")),
    {0}};
/* clang-format on */

static Err take(Cx *cx, const void *row, struct taken *to)
{
    const struct sql_observe_find_row *l = row;
    return observe_paper(cx,
        &(struct observe_paper){.name = l->round,
            .held_on = l->held_on,
            .item = &l->item,
            .score = &l->score,
            .n = 1,
            .unit = l->village,
            .observer = l->observer},
        to);
}

LEDGER_GLUE_READ(observe);

const struct ledger observe_ledger = {LEDGER_READ(observe), .label = T("观摩台账"),
    .about = T("逐村观摩：哪一轮、看哪个村、谁看的、每项几分"), .see = STAFF_POSTS,
    .load = OFFICE_POSTS, .fields = fields, .sorts = sorts, .take = take};
