/* problem_steps.c — 问题台账的状态与操作: every state and verb as one table (domain §2, State
 * machine).
 *
 * Buttons, forms, the API's verbs, the test of permissions and the diagram are made from it.  What
 * the table cannot say is the row's rule (problem_rule*.c). */
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"

/* clang-format off */
const struct option problem_states[] = {
    {"reported", T("待立案")}, {"filed", T("待派遣")}, {"dispatched", T("待接单")},
    {"handling", T("处理中")}, {"handled", T("待核查")}, {"suspended", T("挂账")},
    {"closed", T("已结案")}, {"rejected", T("不予立案")}, {"merged", T("已并案")},
    {"transferred", T("已移交")}, {"withdrawn", T("已撤回")}, {"voided", T("作废")}, {0}};

const struct option problem_sources[] = {
    {"resident", T("群众上报")}, {"hotline", T("12345 热线")}, {"patrol", T("巡查")},
    {"survey", T("大会诊")}, {"inspection", T("考核检查")}, {"contact", T("联系户")},
    {"zone_qr", T("责任区扫码")}, {"superior", T("上级交办")}, {"media", T("媒体")},
    {"opinion", T("征集意见")}, {"self", T("村自查")}, {"observe", T("逐村观摩")}, {0}};

enum {
    TO_WORK = IN(DISPATCHED) | IN(HANDLING),
    BEFORE_WORK = IN(REPORTED) | IN(FILED),
    OPEN_STATES = BEFORE_WORK | TO_WORK | IN(HANDLED) | IN(SUSPENDED),
    SECRETARY = HAS(POST_SECRETARY),
    DEPT = HAS(POST_DEPT),
    LEAD = HAS(POST_LEAD),
    OFFICE = OFFICE_POSTS,
    COMMANDER = HAS(POST_COMMANDER),
    DISPATCHER = SECRETARY | DEPT | OFFICE,
    VERIFIER = OFFICE | LEAD | DEPT | SECRETARY | HAS(POST_INSPECTOR) | HAS(POST_SUPERVISOR),
    CHAIN = CHAIN_POSTS | OFFICE | COMMANDER,
};

const struct step problem_steps[] = {
    {"file", T("立案"), IN(REPORTED), FILED, DISPATCHER, .may = "unit place category severity text", .rule = rule_file, .flags = IS_BIG},
    {"auto_file", T("按规则立案"), IN(REPORTED), FILED, IS_RULE, .rule = rule_file, .flags = BY_RULE},
    {"reject", T("不予立案"), IN(REPORTED), REJECTED, DEPT | OFFICE, .needs = "reason text", .rule = rule_reject, .flags = SAYS_PUBLIC},
    {"ask_again", T("再次反映"), IN(REJECTED), REPORTED, IS_REPORTER, .needs = "text", .rule = rule_ask_again, .flags = SAYS_PUBLIC},
    {"withdraw", T("撤回"), IN(REPORTED), WITHDRAWN, IS_REPORTER, .may = "text"},
    {"merge", T("并案"), BEFORE_WORK, MERGED, DISPATCHER, .needs = "master", .may = "text", .rule = rule_merge},
    {"auto_merge", T("上报人认定是同一件"), IN(REPORTED), MERGED, IS_RULE, .needs = "master", .may = "text", .rule = rule_merge, .flags = BY_RULE},
    {"unmerge", T("撤销并案"), IN(MERGED), REPORTED, OFFICE, .needs = "text", .rule = rule_unmerge},
    {"transfer", T("移交"), BEFORE_WORK | IN(DISPATCHED), TRANSFERRED, OFFICE, .needs = "body paper_no", .may = "text", .rule = rule_transfer, .flags = SAYS_PUBLIC},
    {"take_back", T("收回"), IN(TRANSFERRED), FILED, OFFICE, .needs = "text", .rule = rule_take_back},
    {"dispatch", T("派遣"), IN(FILED), DISPATCHED, DISPATCHER, .needs = "handler", .may = "text", .rule = rule_dispatch, .flags = IS_BIG},
    {"auto_dispatch", T("按规则派遣"), IN(FILED), DISPATCHED, IS_RULE, .needs = "handler", .rule = rule_dispatch, .flags = BY_RULE},
    {"accept", T("接单"), IN(DISPATCHED), HANDLING, IS_HANDLER, .may = "text", .rule = rule_accept, .flags = IS_BIG},
    {"feed_back", T("反馈办完"), IN(HANDLING), HANDLED, IS_HANDLER, .needs = "photo text", .rule = rule_feed_back, .flags = IS_BIG | SAYS_PUBLIC},
    {"feed_back", T("反馈办完"), IN(DISPATCHED), HANDLED, IS_HANDLER, .needs = "photo text", .rule = rule_feed_back, .flags = SAYS_PUBLIC},
    {"guarded", T("已做围挡"), IN(HANDLING), SAME, IS_HANDLER, .needs = "photo", .may = "text", .rule = rule_guarded, .flags = SAYS_PUBLIC},
    {"return", T("退回"), TO_WORK, FILED, IS_HANDLER, .needs = "reason", .may = "text", .rule = rule_return},
    {"reassign", T("改派"), TO_WORK, DISPATCHED, DISPATCHER, .needs = "handler text", .rule = rule_reassign},
    {"redispatch", T("重新派遣"), TO_WORK, DISPATCHED, DISPATCHER, .needs = "handler text", .rule = rule_redispatch},
    {"recategorise", T("改类别"), BEFORE_WORK | TO_WORK, SAME, DISPATCHER, .needs = "category text", .rule = rule_recategorise},
    {"extend_ask", T("申请延期"), IN(HANDLING), SAME, IS_HANDLER, .needs = "text until", .ask = ASKS, .about = "extend", .rule = rule_extend_ask},
    {"extend_grant", T("同意延期"), IN(HANDLING), SAME, DEPT | LEAD | OFFICE, .may = "text", .ask = GRANTS, .about = "extend", .rule = rule_extend_grant, .flags = IS_BIG | SAYS_PUBLIC},
    {"extend_refuse", T("不同意延期"), IN(HANDLING), SAME, DEPT | LEAD | OFFICE, .needs = "text", .ask = REFUSES, .about = "extend", .rule = rule_refuse},
    {"suspend_ask", T("申请挂账"), IN(HANDLING), SAME, IS_HANDLER, .needs = "reason plan review_on", .may = "text", .ask = ASKS, .about = "suspend", .rule = rule_suspend_ask},
    {"suspend_grant", T("同意挂账"), IN(HANDLING), SUSPENDED, OFFICE | COMMANDER, .may = "text", .ask = GRANTS, .about = "suspend", .rule = rule_suspend_grant, .flags = IS_BIG | SAYS_PUBLIC},
    {"suspend_refuse", T("不同意挂账"), IN(HANDLING), SAME, OFFICE | COMMANDER, .needs = "text", .ask = REFUSES, .about = "suspend", .rule = rule_refuse},
    {"resume", T("恢复办理"), IN(SUSPENDED), HANDLING, OFFICE | IS_RULE, .may = "text", .rule = rule_resume, .flags = IS_BIG},
    {"void_ask", T("申请作废"), IN(FILED) | TO_WORK, SAME, DEPT | OFFICE, .needs = "text", .ask = ASKS, .about = "void", .rule = rule_void_ask},
    {"void_grant", T("同意作废"), IN(FILED) | TO_WORK, VOIDED, OFFICE | LEAD, .may = "text", .ask = GRANTS, .about = "void", .rule = rule_void_grant, .flags = IS_BIG | SAYS_PUBLIC},
    {"void_refuse", T("不同意作废"), IN(FILED) | TO_WORK, SAME, OFFICE | LEAD, .needs = "text", .ask = REFUSES, .about = "void", .rule = rule_refuse},
    {"pass", T("核查通过"), IN(HANDLED), CLOSED, VERIFIER, .may = "text photo", .rule = rule_pass, .flags = IS_BIG},
    {"auto_close", T("按规则结案"), IN(HANDLED), CLOSED, IS_RULE, .rule = rule_pass, .flags = BY_RULE},
    {"fail", T("核查不通过"), IN(HANDLED), HANDLING, VERIFIER, .needs = "text photo", .rule = rule_fail, .flags = SAYS_PUBLIC},
    {"answer", T("群众答复"), IN(HANDLED) | IN(CLOSED), SAME, IS_REPORTER, .needs = "answer", .may = "text photo", .rule = rule_answer, .flags = IS_BIG | SAYS_PUBLIC},
    {"reopen", T("要求重办"), IN(CLOSED), DISPATCHED, IS_REPORTER | OFFICE, .needs = "text", .may = "photo", .rule = rule_reopen, .flags = SAYS_PUBLIC},
    {"evaluate", T("评价"), IN(CLOSED), SAME, IS_REPORTER, .needs = "evaluation", .may = "text", .rule = rule_evaluate},
    {"thank", T("道谢"), IN(HANDLED) | IN(CLOSED), SAME, IS_REPORTER, .needs = "text", .rule = rule_thank},
    {"told", T("已告知上报人"), IN(CLOSED), SAME, CHAIN_POSTS | OFFICE, .needs = "text", .rule = rule_told},
    {"urge", T("催办"), OPEN_STATES, SAME, CHAIN, .may = "text", .rule = rule_urge},
    {"comment", T("留言"), OPEN_STATES, SAME, CHAIN | IS_HANDLER | IS_REPORTER, .needs = "text", .may = "photo", .rule = rule_comment},
    {0}};

static const struct option answers[] = {{"solved", T("已解决")}, {"half", T("部分解决")},
    {"not", T("没解决")}, {"unclear", T("说不清")}, {0}};
static const struct option evaluations[] = {
    {"good", T("满意")}, {"fair", T("基本满意")}, {"bad", T("不满意")}, {0}};
static const struct option reasons[] = {
    {"untrue", T("情况不实")}, {"no_problem", T("不算问题")}, {"elsewhere", T("不在本镇")},
    {"private_matter", T("属于个人纠纷")}, {"unclear", T("说得不清楚，找不到")},
    {"not_here", T("不在我这里")}, {"not_ours", T("不归我管")}, {"wrong_category", T("类别不对")},
    {"not_found", T("到现场没找到")}, {"needs_more", T("要补充情况")},
    {"project", T("要立项目")}, {"decision", T("要民主决策")}, {"law", T("要执法")},
    {"money", T("要经费")}, {"season_weather", T("等季节、天气")}, {0}};

const struct field problem_form[] = {
    FIELD_OF(struct problem_fields, text, LONG, T("说明"), .max = BODY_MAX, .flags = PUBLIC),
    FIELD_OF(struct problem_fields, reason, ENUM, T("原因"), .options = reasons),
    FIELD_OF(struct problem_fields, handler, INT, T("承办人"), .min = 1, .max = INT64_C(9000000000000000)),
    FIELD_OF(struct problem_fields, unit, INT, T("村或网格"), .min = 1, .max = INT64_C(999999999999999)),
    FIELD_OF(struct problem_fields, place, INT, T("地点"), .min = 1, .max = INT64_C(9000000000000000)),
    FIELD_OF(struct problem_fields, category, TEXT, T("类别"), .max = 20),
    FIELD_OF(struct problem_fields, severity, INT, T("程度"), .min = 1, .max = 3),
    FIELD_OF(struct problem_fields, master, INT, T("并入哪一件"), .min = 1, .max = INT64_C(9000000000000000)),
    FIELD_OF(struct problem_fields, body, TEXT, T("接收单位"), .max = 80),
    FIELD_OF(struct problem_fields, paper_no, TEXT, T("文号"), .max = 40),
    FIELD_OF(struct problem_fields, until, TIME, T("延到")),
    FIELD_OF(struct problem_fields, review_on, DAY, T("哪天再看")),
    FIELD_OF(struct problem_fields, plan, LONG, T("打算怎么办"), .max = 500),
    FIELD_OF(struct problem_fields, photo, IMAGES, T("照片"), .max = PHOTOS_MAX),
    FIELD_OF(struct problem_fields, answer, ENUM, T("答复"), .options = answers),
    FIELD_OF(struct problem_fields, evaluation, ENUM, T("评价"), .options = evaluations),
    {0}};
/* clang-format on */

static const char *who_name(int bit)
{
    if (bit == 28)
        return "handler";
    if (bit == 29)
        return "reporter";
    if (bit == 30)
        return "rule";
    return bit > 0 && bit < N_POSTS ? posts[bit].code : NULL;
}

Text problem_state_label(Str code)
{
    const struct option *o = problem_states;
    while (o->code && !str_eq(code, str(o->code)))
        o++;
    return o->label;
}

const struct machine problem_machine = {
    .name = "problem",
    .label = T("问题台账"),
    .states = problem_states,
    .final = IN(WITHDRAWN) | IN(VOIDED),
    .born = IN(REPORTED) | IN(HANDLED),
    .steps = problem_steps,
    .form = problem_form,
    .who_name = who_name,
};

Str state_code(enum problem_state s)
{
    return str(problem_states[s].code);
}

bool state_live(enum problem_state s)
{
    return IN(s) & OPEN_STATES;
}

const struct step *problem_step_named(Str verb)
{
    for (const struct step *s = problem_steps; s->verb; s++)
        if (str_eq(verb, str(s->verb)))
            return s;
    return NULL;
}

bool problem_has_step(const Cx *cx, const char *verb)
{
    const struct step *s = problem_step_named(str(verb));
    uint32_t handles = s && s->who & IS_HANDLER ? HANDLERS : 0;
    return s && cx->me.posts & (s->who | handles);
}

bool said_by_follower(Str verb)
{
    return verb.len > sizeof FOLLOWER - 1 && !memcmp(verb.at, FOLLOWER, sizeof FOLLOWER - 1);
}

Text problem_verb_label(Str verb)
{
    static const struct option others[] = {
        {"report",                 T("上报")},
        {"fix_on_spot",                        T("即查即改")},
        {"remind",T("到期提醒")},
        {"climb",                 T("逐级提醒")},
        {"climb_unread",                        T("提醒没人看，报上一级")},
        {"call",T("值班电话")},
        {"overseen",           T("列入督办单")},
        {"handover",                        T("随岗位交接")},
        {"import",                 T("导入")},
        {"screen",               T("等办公室甄别")},
        {"release",                        T("放行")},
        {"hide",T("对外隐藏")},
        {"unhide",                 T("恢复公开")},
        {"forget",                        T("删除上报人信息")},
        {"erase",T("擦除")},
        {"auto_refuse",                T("申请随之作罢")},
        {0                       }
    };
    if (said_by_follower(verb))
        verb = (Str){verb.at + sizeof FOLLOWER - 1, verb.len - (sizeof FOLLOWER - 1)};
    const struct step *s = problem_step_named(verb);
    if (s)
        return s->label;
    for (const struct option *o = others; o->code; o++)
        if (str_eq(verb, str(o->code)))
            return o->label;
    return T("其他");
}

Text problem_source_label(Str code)
{
    for (const struct option *o = problem_sources; o->code; o++)
        if (str_eq(code, str(o->code)))
            return o->label;
    return T("其他");
}

/* The part of reasons[] that a verb may name. */
const struct problem_reason *problem_reasons(const char *verb)
{
    static const struct problem_reason reject[] = {
        {"untrue",                 T("情况不实")},
        {"no_problem",                        T("不算问题")},
        {"elsewhere",T("不在本镇")},
        {"private_matter",              T("属于个人纠纷")},
        {"unclear",                        T("说得不清楚，找不到")},
        {0}
    };
    static const struct problem_reason give_back[] = {
        {"not_here",               T("不在我这里")},
        {"not_ours",                        T("不归我管")},
        {"wrong_category",T("类别不对")},
        {"not_found",         T("到现场没找到")},
        {"needs_more",                        T("要补充情况")},
        {0}
    };
    static const struct problem_reason suspend[] = {
        {"project",             T("要立项目")},
        {"decision",                     T("要民主决策")},
        {"law",T("要执法")},
        {"money",                 T("要经费")},
        {"season_weather",                     T("等季节、天气")},
        {0}
    };
    return !strcmp(verb, "reject")        ? reject
           : !strcmp(verb, "return")      ? give_back
           : !strcmp(verb, "suspend_ask") ? suspend
                                          : NULL;
}
