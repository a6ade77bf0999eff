/* post.c — 岗位: the posts and what is true of each (四级工作体系; domain §1). */
#include "rooms/duty/post.h"

#include <string.h>

const struct post_row posts[N_POSTS] = {
    [POST_COMMANDER] = {"commander",       T("总指挥"),                   6,  true,  false},
    [POST_OFFICE_HEAD] = {"office_head",     T("领导小组办公室主任"), 5,  true,  false},
    [POST_OFFICE] = {"office",          T("领导小组办公室"),       5,  false, false},
    [POST_LEAD] = {"lead",            T("包村科级干部"),          4,  true,  true },
    [POST_DEPT] = {"dept",            T("包村部门负责人"),       3,  true,  true },
    [POST_SECRETARY] = {"secretary",       T("书记"),                      2,  true,  true },
    [POST_CADRE] = {"cadre",           T("两委干部"),                1,  false, true },
    [POST_GRID_KEEPER] = {"grid_keeper",     T("网格员"),                   0,  true,  true },
    [POST_BRANCH_SEC] = {"branch_sec",      T("支部书记"),                -1, false, true },
    [POST_GROUP_LEADER] = {"group_leader",    T("党小组组长"),             -1, false, true },
    [POST_MEMBER] = {"member",          T("党员"),                      -1, false, true },
    [POST_WOMEN_FED] = {"women_fed",       T("妇联"),                      -1, false, true },
    [POST_YOUTH_LEAGUE] = {"youth_league",    T("团委"),                      -1, false, true },
    [POST_TOWN_LEADER] = {"town_leader",     T("领导班子成员"),          -1, false, false},
    [POST_SUPERVISOR] = {"supervisor",      T("村务监督委员会"),       -1, false, true },
    [POST_RECORDER] = {"recorder",        T("记录员"),                   -1, false, true },
    [POST_INSPECTOR] = {"inspector",       T("检查员"),                   -1, false, false},
    [POST_APPEAL] = {"appeal",          T("复核组"),                   -1, false, false},
    [POST_CONTRACTOR] = {"contractor",      T("处置单位"),                -1, false, true },
    [POST_VOLUNTEER] = {"volunteer",       T("志愿者"),                   -1, false, true },
    [POST_TEAM_LEADER] = {"team_leader",     T("志愿队队长"),             -1, false, true },
    [POST_VIEWER_DISTRICT] = {"viewer_district", T("区级查看"),                -1, false, false},
    [POST_VIEWER_CITY] = {"viewer_city",     T("市级查看"),                -1, false, false},
    [POST_SYSADMIN] = {"sysadmin",        T("系统管理员"),             -1, false, false},
    [POST_SECADMIN] = {"secadmin",        T("安全管理员"),             -1, false, false},
    [POST_AUDITOR] = {"auditor",         T("审计管理员"),             -1, false, false},
};

enum post post_named(const char *code, unsigned long len)
{
    for (int p = POST_NONE + 1; p < N_POSTS; p++)
        if (strlen(posts[p].code) == len && memcmp(posts[p].code, code, len) == 0)
            return (enum post)p;
    return POST_NONE;
}
