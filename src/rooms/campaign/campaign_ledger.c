/* campaign_ledger.c — 专项行动台账: its columns, filters and orders (domain: §11). */
#include "base/ledger.h"
#include "rooms/campaign/campaign.h"
#include "rooms/duty/post.h"
#include "rooms/town/town.h"

/* clang-format off */
static const struct field fields[] = {
    FIELD(campaign, name, TEXT, T("名称"), .max = 40, .flags = PUBLIC | IN_LIST),
    FIELD(campaign, basis, TEXT, T("依据文号"), .max = 40, .flags = PUBLIC | IN_LIST),
    FIELD(campaign, from_on, DAY, TC("campaign", "起"), .flags = PUBLIC | IN_LIST,
        FROM(campaign, from_on, from_from), UNTIL(campaign, from_on, from_to)),
    FIELD(campaign, to_on, DAY, TC("campaign", "止"), .flags = PUBLIC | IN_LIST),
    FIELD(campaign, categories, TEXT, T("类别"), .max = 200, .flags = PUBLIC,
        .hint = T("编码用逗号分开：0102,0103；写两位是一大类；不填是全部")),
    FIELD(campaign, places, TEXT, T("范围"), .max = 400, .flags = PUBLIC,
        .hint = T("村、网格或者地点的名字，用顿号分开；不填是全镇")),
    FIELD(campaign, targets, LONG, T("目标"), .max = 1000, .flags = PUBLIC),
    FIELD(campaign, records_n, INT, T("记录数"), .flags = DERIVED | PUBLIC | IN_LIST),
    FIELD(campaign, closed_on, DAY, T("结束日"), .flags = DERIVED | PUBLIC | IN_LIST),
    {0}};

static const struct sort sorts[] = {
    SORT(campaign, "latest", SQL_CAMPAIGN_LIST_BY_LATEST, from_on, T("日期，新的在前")),
    SORT(campaign, "oldest", SQL_CAMPAIGN_LIST_BY_OLDEST, from_on, T("日期，旧的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE(campaign);

const struct ledger campaign_ledger = {LEDGER_OF(campaign), .label = T("专项行动台账"),
    .about = T("专项行动：依据、日期、类别、范围；范围里的记录按规则自动归入"), .at = "/campaigns/",
    .see = STAFF_POSTS, .write = OFFICE_POSTS | HAS(POST_COMMANDER), .fields = fields,
    .sorts = sorts};
