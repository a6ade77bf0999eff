/* roster_ledger.c — 值班台账: its columns, filters and orders (domain: §11). */
#include "base/ledger.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "rooms/roster/roster.h"
#include "rooms/roster/roster_words.h"
#include "rooms/town/town.h"

/* clang-format off */
const struct option roster_shifts[] = {
    {"day", TC("roster", "白班")}, {"night", TC("roster", "夜班")}, {"holiday", TC("roster", "节假日班")}, {0}};
const struct option roster_levels[] = {
    {"cadre", T("两委干部")}, {"secretary", T("书记")}, {"dept", T("包村部门负责人")},
    {"lead", T("包村科级干部")}, {"office", T("领导小组办公室")}, {"commander", T("总指挥")}, {0}};
const struct roster_level_word roster_level_words[] = {
    {"cadre", 1}, {"secretary", 2}, {"dept", 3}, {"lead", 4}, {"office", 5}, {"commander", 6}, {0}};

static const struct field fields[] = {
    FIELD(roster, day, DAY, TC("roster", "日期"), .flags = IN_LIST,
        FROM(roster, day, day_from), UNTIL(roster, day, day_to)),
    FIELD(roster, shift, ENUM, TC("roster", "班次"), .options = roster_shifts, .flags = IN_LIST,
        .hint = T("白班和节假日班 08:30–17:30，夜班到第二天 08:30")),
    FIELD(roster, level, ENUM, TC("roster", "层级"), .options = roster_levels, .flags = IN_LIST),
    FIELD(roster, person, PERSON, T("值班人"), .names = &people_names, .flags = IN_LIST,
        EQUALS(roster, person)),
    FIELD(roster, phone, PHONE, T("电话"), .flags = MASKED | SEALED | IN_LIST),
    FIELD(roster, unit, UNIT, T("单位"), .names = &town_unit_names, .flags = IN_LIST),
    FIELD(roster, village, UNIT, T("所在村"), .names = &town_unit_names, .flags = DERIVED,
        EQUALS(roster, village)),
    FIELD(roster, calls_n, INT, T("呼叫"), .flags = DERIVED | IN_LIST),
    FIELD(roster, reached_n, INT, T("接通"), .flags = DERIVED | IN_LIST),
    {0}};

static const struct sort sorts[] = {
    SORT(roster, "latest", SQL_ROSTER_LIST_BY_LATEST, day, T("日期，新的在前")),
    SORT(roster, "oldest", SQL_ROSTER_LIST_BY_OLDEST, day, T("日期，旧的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE(roster);

static Err open_row(Cx *cx, void *arg)
{
    Roster *row = arg;
    return roster_open(cx, row->id, row->phone, row->secret, &row->phone);
}

const struct ledger roster_ledger = {LEDGER_OF(roster), .label = T("值班台账"),
    .about = T("白班、夜班、节假日谁值班，打了几次电话，接通几次"), .see = STAFF_POSTS,
    .write = OFFICE_POSTS | HAS(POST_COMMANDER) | HAS(POST_SECRETARY), .unmask = OFFICE_POSTS,
    .fields = fields, .sorts = sorts, .open = open_row};
