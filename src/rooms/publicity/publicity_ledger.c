/* publicity_ledger.c — 宣传台账: its columns, filters and orders (domain: §11). */
#include "base/ledger.h"
#include "rooms/duty/post.h"
#include "rooms/publicity/publicity.h"
#include "rooms/town/town.h"

/* clang-format off */
static const struct option kinds[] = {
    {"banner", T("标语横幅")}, {"board", T("宣传栏")}, {"wall", T("墙体彩绘")},
    {"leaflet", T("宣传单")}, {"radio", T("大喇叭")}, {"other", T("其他")}, {0}};

static const struct field fields[] = {
    FIELD(publicity, title, TEXT, T("内容"), .max = 80, .flags = PUBLIC | IN_LIST),
    FIELD(publicity, kind, ENUM, T("形式"), .options = kinds, .flags = PUBLIC | IN_LIST,
        EQUALS(publicity, kind)),
    FIELD(publicity, unit, UNIT, T("单位"), .names = &town_unit_names, .flags = PUBLIC | IN_LIST),
    FIELD(publicity, village, UNIT, T("所在村"), .names = &town_unit_names, .flags = DERIVED,
        EQUALS(publicity, village)),
    FIELD(publicity, place, TEXT, T("位置"), .max = 80, .flags = PUBLIC | IN_LIST),
    FIELD(publicity, n_pieces, INT, T("数量"), .min = 1, .max = 100000, .flags = PUBLIC | IN_LIST),
    FIELD(publicity, done_on, DAY, TC("publicity", "日期"), .flags = PUBLIC | IN_LIST | NOT_FUTURE,
        FROM(publicity, done_on, done_from), UNTIL(publicity, done_on, done_to)),
    FIELD(publicity, photo, IMAGES, T("照片"), .max = 6, .flags = PUBLIC),
    FIELD(publicity, removed_on, DAY, T("撤除日")),
    {0}};

static const struct sort sorts[] = {
    SORT(publicity, "latest", SQL_PUBLICITY_LIST_BY_LATEST, done_on, T("日期，新的在前")),
    SORT(publicity, "oldest", SQL_PUBLICITY_LIST_BY_OLDEST, done_on, T("日期，旧的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE(publicity);

const struct ledger publicity_ledger = {LEDGER_OF(publicity), .label = T("宣传台账"),
    .about = T("标语、宣传栏、彩绘、宣传单、大喇叭：做了什么，在哪里，哪天撤"), .see = STAFF_POSTS,
    .write = OFFICE_POSTS | CHAIN_POSTS, .fields = fields, .sorts = sorts};
