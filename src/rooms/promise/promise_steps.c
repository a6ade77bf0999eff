/* promise_steps.c — 承诺的状态与操作: every state and verb as one table (domain: §5). */
#include "rooms/duty/post.h"
#include "rooms/promise/promise_inner.h"

/* clang-format off */
const struct option promise_states[] = {
    {"draft", T("待亮出")}, {"public", T("已亮出")}, {"done_claimed", T("报完成，待确认")},
    {"confirmed", T("已兑现")}, {"missed", T("未兑现")}, {"withdrawn", T("草稿已撤回")}, {0}};
const struct option promise_kinds[] = {
    {"number", T("看数字")}, {"fact", T("看办没办成")}, {0}};

static const struct step steps[] = {
    {"publish", T("同意亮出"), IN(DRAFT), PUBLIC_NOW, HAS(POST_LEAD), .may = "text", .rule = promise_rule_publish},
    {"withdraw", T("撤回草稿"), IN(DRAFT), DRAFT_WITHDRAWN, HAS(POST_SECRETARY) | OFFICE_POSTS, .may = "text", .rule = promise_rule_withdraw},
    {"change", T("改承诺"), IN(PUBLIC_NOW), SAME, HAS(POST_SECRETARY), .needs = "text", .may = "words goal due_on", .rule = promise_rule_change},
    {"claim", T("报完成"), IN(PUBLIC_NOW), DONE_CLAIMED, HAS(POST_SECRETARY), .needs = "text evidence", .may = "result", .rule = promise_rule_claim},
    {"confirm", T("确认兑现"), IN(DONE_CLAIMED), CONFIRMED, HAS(POST_DEPT), .may = "text", .rule = promise_rule_confirm},
    {"send_back", T("退回再做"), IN(DONE_CLAIMED), PUBLIC_NOW, HAS(POST_DEPT), .needs = "text", .rule = promise_rule_send_back},
    {"miss", T("认定未兑现"), IN(PUBLIC_NOW) | IN(DONE_CLAIMED), MISSED, HAS(POST_DEPT), .needs = "text", .rule = promise_rule_miss},
    {0}};

const struct field promise_form[] = {
    FIELD_OF(struct promise_fields, text, LONG, T("说明"), .max = PROMISE_SAID_MAX, .flags = PUBLIC),
    FIELD_OF(struct promise_fields, words, TEXT, T("新的承诺内容"), .max = PROMISE_MAX),
    FIELD_OF(struct promise_fields, goal, DECIMAL, T("新的目标值"), .scale = 2, .max = INT64_C(10000000000)),
    FIELD_OF(struct promise_fields, due_on, DAY, T("新的期限")),
    FIELD_OF(struct promise_fields, result, DECIMAL, T("做到的数"), .scale = 2, .max = INT64_C(10000000000)),
    FIELD_OF(struct promise_fields, evidence, IMAGES, T("佐证照片"), .max = 6),
    {0}};
/* clang-format on */

static const char *who_name(int bit)
{
    return bit > 0 && bit < N_POSTS ? posts[bit].code : NULL;
}

const struct machine promise_machine = {
    .name = "promise",
    .label = T("承诺台账"),
    .states = promise_states,
    .final = IN(CONFIRMED) | IN(MISSED) | IN(DRAFT_WITHDRAWN),
    .steps = steps,
    .form = promise_form,
    .who_name = who_name,
};

Text promise_state_label(Str code)
{
    for (const struct option *o = promise_states; o->code; o++)
        if (str_eq(code, str(o->code)))
            return o->label;
    return T("其他");
}
