/* promise_ledger.c — 承诺台账: its columns (domain: §11). */
#include "base/ledger.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "rooms/promise/promise.h"
#include "rooms/town/town.h"

/* clang-format off */
#define NUMBER .scale = 2, .max = INT64_C(10000000000)
static const struct field fields[] = {
    FIELD(promise, text, TEXT, T("承诺内容"), .max = PROMISE_MAX, .flags = PUBLIC | IN_LIST),
    FIELD(promise, unit, UNIT, TC("promise", "村（社区）"), .names = &town_unit_names, .flags = PUBLIC | IN_LIST),
    FIELD(promise, village, UNIT, T("所在村"), .names = &town_unit_names, .flags = DERIVED,
        EQUALS(promise, village)),
    FIELD(promise, measure, ENUM, T("衡量方式"), .options = promise_kinds, .flags = PUBLIC),
    FIELD(promise, goal, DECIMAL, T("目标值"), NUMBER, .flags = PUBLIC | IN_LIST),
    FIELD(promise, metric, TEXT, T("什么数"), .max = 20, .flags = PUBLIC, .hint = T("如：米、户、%")),
    FIELD(promise, due_on, DAY, TC("promise", "期限"), .flags = PUBLIC | IN_LIST,
        FROM(promise, due_on, due_from), UNTIL(promise, due_on, due_to)),
    FIELD(promise, state, ENUM, TC("promise", "状态"), .options = promise_states,
        .flags = PUBLIC | DERIVED | IN_LIST, EQUALS(promise, state)),
    FIELD(promise, made_by, PERSON, T("承诺人"), .names = &people_names, .flags = DERIVED),
    FIELD(promise, public_at, TIME, T("亮出时间"), .flags = PUBLIC | DERIVED),
    FIELD(promise, claimed_at, TIME, T("报完成时间"), .flags = PUBLIC | DERIVED),
    FIELD(promise, claim_text, LONG, T("完成情况"), .max = PROMISE_SAID_MAX, .flags = PUBLIC | DERIVED),
    FIELD(promise, result, DECIMAL, T("做到的数"), NUMBER, .flags = PUBLIC | DERIVED),
    FIELD(promise, evidence, IMAGES, T("佐证"), .max = 6, .flags = PUBLIC | DERIVED),
    FIELD(promise, confirmed_at, TIME, T("确认时间"), .flags = PUBLIC | DERIVED),
    FIELD(promise, confirmed_by, PERSON, T("确认人"), .names = &people_names, .flags = DERIVED),
    FIELD(promise, end_text, LONG, T("确认意见"), .max = PROMISE_SAID_MAX, .flags = PUBLIC | DERIVED),
    {0}};

static const struct sort sorts[] = {
    SORT(promise, "due", SQL_PROMISE_LIST_BY_DUE, due_on, T("期限，早的在前")),
    SORT(promise, "far", SQL_PROMISE_LIST_BY_FAR, due_on, T("期限，晚的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE(promise);

const struct ledger promise_ledger = {LEDGER_OF(promise), .label = T("承诺台账"),
    .about = T("村书记一年的承诺：做什么、做到多少、哪天前，兑现了没有"), .at = "/promises/",
    .see = STAFF_POSTS, .write = HAS(POST_SECRETARY) | OFFICE_POSTS, .fields = fields,
    .sorts = sorts};
