/* training_ledger.c — 培训观摩台账: its columns, filters and orders (domain: §11). */
#include "base/ledger.h"
#include "rooms/duty/post.h"
#include "rooms/town/town.h"
#include "rooms/training/training.h"
#include "rooms/training/training_posts.h"

/* clang-format off */
const struct option training_kinds[] = {{"training", T("业务培训")}, {"visit", T("观摩学习")}, {0}};

const struct option training_posts[] = {
    {"secretary", T("书记")}, {"cadre", T("两委干部")},
    {"grid_keeper", T("网格员")}, {"lead", T("包村科级干部")}, {"dept", T("包村部门负责人")},
    {"branch_sec", T("支部书记")}, {"group_leader", T("党小组组长")}, {"member", T("党员")},
    {"supervisor", T("村务监督委员会")}, {"inspector", T("检查员")},
    {"women_fed", T("妇联")}, {"youth_league", T("团委")}, {"team_leader", T("志愿队队长")},
    {"contractor", T("处置单位")}, {0}};

static const struct field fields[] = {
    FIELD(training, title, TEXT, T("主题"), .max = 80, .flags = PUBLIC | IN_LIST),
    FIELD(training, kind, ENUM, T("类型"), .options = training_kinds, .flags = PUBLIC | IN_LIST,
        EQUALS(training, kind)),
    FIELD(training, held_on, DAY, T("日期"), .flags = PUBLIC | IN_LIST,
        FROM(training, held_on, held_from), UNTIL(training, held_on, held_to)),
    FIELD(training, begins, TEXT, T("开始时间"), .max = 5, .hint = T("如 09:00；不填是 08:30")),
    FIELD(training, ends, TEXT, T("结束时间"), .max = 5, .hint = T("如 11:30；不填是 17:30")),
    FIELD(training, place, TEXT, T("地点"), .max = 80, .flags = PUBLIC | IN_LIST),
    FIELD(training, unit, UNIT, T("主办单位"), .names = &town_whole_names),
    FIELD(training, host, TEXT, T("主持或接待"), .max = 40,
        .hint = T("培训写谁主持，观摩写看的是哪里")),
    FIELD(training, teacher, TEXT, T("主讲"), .max = 40),
    FIELD(training, posts, ENUMS, T("应到岗位"), .options = training_posts,
        .hint = T("勾上的岗位，今天在任的人都算应到")),
    FIELD(training, due_n, INT, T("应到"), .flags = DERIVED | IN_LIST),
    FIELD(training, present_n, INT, T("实到"), .flags = DERIVED | PUBLIC | IN_LIST),
    FIELD(training, material, LONG, T("材料"), .max = 1000, .hint = T("网址或文字；拍的照片放下面")),
    FIELD(training, photo, IMAGES, T("照片"), .max = 6),
    FIELD(training, cost, MONEY, T("费用（元）"), .min = 0, .max = INT64_C(100000000)),
    FIELD(training, learned, LONG, T("学到的三条"), .max = 1000, .hint = T("一行一条；值得做的定成目标")),
    FIELD(training, opening, BOOL, T("期初数"), .hint = T("系统启用以前的，几次合记一行")),
    FIELD(training, times, INT, T("次数"), .min = 1, .max = 1000),
    FIELD(training, approx, BOOL, T("约数（余）")),
    {0}};

static const struct sort sorts[] = {
    SORT(training, "latest", SQL_TRAINING_LIST_BY_LATEST, held_on, T("日期，新的在前")),
    SORT(training, "oldest", SQL_TRAINING_LIST_BY_OLDEST, held_on, T("日期，旧的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE(training);

const struct ledger training_ledger = {LEDGER_OF(training), .label = T("培训观摩台账"),
    .about = T("业务培训和外出观摩：讲什么、谁该到、到了几个、学到什么"), .at = "/training/",
    .see = STAFF_POSTS, .write = OFFICE_POSTS | HAS(POST_SECRETARY), .fields = fields,
    .sorts = sorts};
