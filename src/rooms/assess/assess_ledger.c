/* assess_ledger.c — 扣分台账 and 红黑旗台账 (domain: §11): read, filtered, exported.  Lines of a
 * table file become lost points through the rule, as the office enters them from a sheet of paper.
 */
#include "base/day.h"
#include "base/ledger.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_import.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_inspect.h"
#include "rooms/attachment/attachment.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

typedef struct sql_assess_lost_find_row Lost;

/* Who reads inspectors' names; a village reads its points on its score sheet. */
#define READS_NAMES (OFFICE_POSTS | HAS(POST_COMMANDER) | HAS(POST_APPEAL))

/* What it cost, and by which rule: as the round's table has them. */
static Err open_lost(Cx *cx, void *arg)
{
    Lost *row = arg;
    struct assess_table t;
    struct attachments photos;
    TRY(attachment_of(cx, row->id, &photos));
    if (photos.n)
        row->photo = some_str(photos.at[0].hash);
    TRY(assess_table_get(cx, row->score_table, &t));
    int no = score_table_item(&t.t, row->item);
    if (no < 0)
        return OK;
    int64_t n = row->n_left.set ? row->n_left.v : row->count;
    row->loss = some_i64(n * t.t.item[no].is.per);
    row->rule = (OptStr){t.t.item[no].rule, t.t.item[no].rule.len > 0};
    return OK;
}

static Err take_lost(Cx *cx, const void *arg, struct taken *to)
{
    const Lost *row = arg;
    int64_t round;
    Err e = assess_round_of_month(cx, row->month, &round);
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "month", T("这个月的考核还没有开"));
    TRY(e);
    return assess_deduct_paper(cx,
        &(struct assess_paper){.round = round,
            .unit = row->unit,
            .inspector = row->inspector,
            .n = row->count,
            .week = row->week,
            .item = row->item,
            .place = row->place,
            .said = row->said.set ? row->said.v : (Str){0},
            .found_at = row->found_at},
        &to->object);
}

/* clang-format off */
static const struct option outcomes[] = {
    {"open", T("等复核")}, {"upheld", T("维持原扣分")}, {"reduced", T("减少处数")}, {"struck", T("取消扣分")}, {0}};

#define F(m, TYPE, LABEL, ...) FIELD(assess_lost, m, TYPE, LABEL, __VA_ARGS__)
static const struct field lost_fields[] = {
    F(place, TEXT, T("地点"), .max = 80, .flags = PUBLIC | IN_LIST),
    F(unit, UNIT, T("村（社区）"), .names = &town_unit_names, .flags = PUBLIC | IN_LIST, EQUALS(assess_lost, unit)),
    F(month, TEXT, T("月份"), .max = 7, .flags = PUBLIC | IN_LIST),
    F(week, TEXT, T("周次"), .max = 8, .flags = PUBLIC | IN_LIST),
    F(item, TEXT, T("评分项"), .max = 4, .flags = PUBLIC | IN_LIST, EQUALS(assess_lost, item)),
    F(count, INT, T("处数"), .min = 1, .max = 99, .flags = IN_LIST),
    F(loss, DECIMAL, TC("lost points", "扣分"), .scale = 2, .flags = PUBLIC | DERIVED | IN_LIST),
    F(found_at, TIME, T("发现时间"), .flags = PUBLIC | NOT_FUTURE | IN_LIST,
        FROM(assess_lost, found_at, found_from), UNTIL(assess_lost, found_at, found_to)),
    F(inspector, PERSON, T("检查员"), .names = &people_names),
    F(said, TEXT, T("原因"), .max = 200, .flags = PUBLIC),
    F(rule, TEXT, T("扣分依据"), .max = 120, .flags = PUBLIC | DERIVED),
    F(photo, IMAGES, T("照片"), .max = 1, .flags = DERIVED),
    F(problem, INT, T("转办问题"), .flags = DERIVED),
    F(appeal, ENUM, T("申诉结果"), .options = outcomes, .flags = PUBLIC | DERIVED),
    F(n_left, INT, T("申诉后剩几处"), .flags = PUBLIC | DERIVED),
    {0}};
#undef F
static const struct sort lost_sorts[] = {
    SORT(assess_lost, "latest", SQL_ASSESS_LOST_LIST_BY_LATEST, found_at, T("发现，新的在前")),
    SORT(assess_lost, "oldest", SQL_ASSESS_LOST_LIST_BY_OLDEST, found_at, T("发现，旧的在前")),
    {0}};

static const struct option flags[] = {
    {"red", T("红旗")}, {"black", T("黑旗")}, {"none", TC("no flag", "没有")}, {0}};

#define F(m, TYPE, LABEL, ...) FIELD(assess_flag, m, TYPE, LABEL, __VA_ARGS__)
static const struct field flag_fields[] = {
    F(month, TEXT, T("月份"), .max = 7, .flags = PUBLIC | DERIVED | IN_LIST),
    F(unit, UNIT, T("村（社区）"), .names = &town_unit_names, .flags = PUBLIC | DERIVED | IN_LIST,
        EQUALS(assess_flag, unit)),
    F(score_group, TEXT, T("分组"), .max = 4, .flags = PUBLIC | DERIVED | IN_LIST),
    F(week_scores, TEXT, T("周得分"), .max = 80, .flags = PUBLIC | DERIVED),
    F(month_inspection, DECIMAL, T("月查"), .scale = 2, .flags = PUBLIC | DERIVED),
    F(score, DECIMAL, T("总分"), .scale = 2, .flags = PUBLIC | DERIVED | IN_LIST),
    F(place, INT, T("名次"), .flags = PUBLIC | DERIVED | IN_LIST),
    F(town_place, INT, T("全镇名次"), .flags = PUBLIC | DERIVED),
    F(flag, ENUM, T("旗"), .options = flags, .flags = PUBLIC | DERIVED | IN_LIST, EQUALS(assess_flag, flag)),
    F(inputs_hash, TEXT, T("输入摘要"), .max = 64, .flags = PUBLIC | DERIVED),
    F(published_at, TIME, T("公布时间"), .flags = PUBLIC | DERIVED),
    F(first_by, PERSON, T("第一个签字"), .names = &people_names, .flags = PUBLIC | DERIVED),
    F(second_by, PERSON, T("第二个签字"), .names = &people_names, .flags = PUBLIC | DERIVED),
    {0}};
#undef F
static const struct sort flag_sorts[] = {
    SORT(assess_flag, "latest", SQL_ASSESS_FLAG_LIST_BY_LATEST, month, T("月份，新的在前")),
    SORT(assess_flag, "oldest", SQL_ASSESS_FLAG_LIST_BY_OLDEST, month, T("月份，旧的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE_READ(assess_lost);
LEDGER_GLUE_READ(assess_flag);

const struct ledger deduct_ledger = {LEDGER_READ_AS(assess_lost, "deduct"), .label = T("扣分台账"),
    .about = T("每一处扣分：在哪里、哪一项、扣多少、凭什么"), .see = READS_NAMES,
    .load = OFFICE_POSTS, .fields = lost_fields, .sorts = lost_sorts, .open = open_lost,
    .take = take_lost};

const struct ledger flag_ledger = {LEDGER_READ_AS(assess_flag, "flag"), .label = T("红黑旗台账"),
    .about = T("每月公布的得分、名次和旗"), .see = STAFF_POSTS, .fields = flag_fields,
    .sorts = flag_sorts};
