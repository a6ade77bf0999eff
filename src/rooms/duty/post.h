/* post.h — 岗位: the posts a person can hold over a unit, a place or the town (domain: four-level
 * responsibility 四级工作体系).  One bit each, so that "who may" is one number. */
#pragma once
#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

enum post {
    POST_NONE,
    POST_COMMANDER,       /* 总指挥, L6 */
    POST_OFFICE_HEAD,     /* 领导小组办公室主任, L5 */
    POST_OFFICE,          /* 领导小组办公室, L5 */
    POST_LEAD,            /* 包村科级干部, L4 */
    POST_DEPT,            /* 包村部门负责人, L3 */
    POST_SECRETARY,       /* 村(社区)党组织书记, L2 */
    POST_CADRE,           /* 村(社区)“两委”干部, L1 */
    POST_GRID_KEEPER,     /* 网格员, L0 */
    POST_BRANCH_SEC,      /* 支部书记 */
    POST_GROUP_LEADER,    /* 党小组组长 */
    POST_MEMBER,          /* 党员 */
    POST_WOMEN_FED,       /* 妇联 */
    POST_YOUTH_LEAGUE,    /* 团委 */
    POST_TOWN_LEADER,     /* 领导班子成员 */
    POST_SUPERVISOR,      /* 村(居)务监督委员会 */
    POST_RECORDER,        /* 记录员 */
    POST_INSPECTOR,       /* 检查员、核查员 */
    POST_APPEAL,          /* 复核组 */
    POST_CONTRACTOR,      /* 处置单位 */
    POST_VOLUNTEER,       /* 志愿者 */
    POST_TEAM_LEADER,     /* 志愿队队长 */
    POST_VIEWER_DISTRICT, /* 区级查看 */
    POST_VIEWER_CITY,     /* 市级查看 */
    POST_SYSADMIN,        /* 系统管理员 */
    POST_SECADMIN,        /* 安全管理员 */
    POST_AUDITOR,         /* 审计管理员 */
    N_POSTS
};

#define HAS(post) (UINT32_C(1) << (post))
/* What a person can be to one matter, beside the posts. */
#define IS_HANDLER (UINT32_C(1) << 28)  /* it was dispatched to them */
#define IS_REPORTER (UINT32_C(1) << 29) /* they hold its receipt code */
#define IS_RULE (UINT32_C(1) << 30)     /* the house itself: a job, an automatic step */

#define OFFICE_POSTS (HAS(POST_OFFICE) | HAS(POST_OFFICE_HEAD))
#define TOWN_POSTS (HAS(POST_COMMANDER) | OFFICE_POSTS | HAS(POST_TOWN_LEADER))
#define CHAIN_POSTS (HAS(POST_LEAD) | HAS(POST_DEPT) | HAS(POST_SECRETARY) | HAS(POST_CADRE))
#define ADMIN_POSTS (HAS(POST_SYSADMIN) | HAS(POST_SECADMIN) | HAS(POST_AUDITOR))
#define VIEWER_POSTS (HAS(POST_VIEWER_DISTRICT) | HAS(POST_VIEWER_CITY))
/* Everybody who works in the town's affairs; the three admins see no business content. */
#define STAFF_POSTS (((HAS(N_POSTS) - 1) & ~HAS(POST_NONE)) & ~ADMIN_POSTS)
#define SIGNED_IN ((HAS(N_POSTS) - 1) | UINT32_C(1)) /* also who holds no post (bit 0) */

struct post_row {
    const char *code; /* "secretary": what files and the log say */
    Text label;
    int level;       /* 0–6, -1: not in the chain */
    bool single;     /* one formal holder a unit */
    bool over_place; /* held over a village, grid or place; else over the town */
};
extern const struct post_row posts[N_POSTS];               /* posts[POST_NONE] is empty */
enum post post_named(const char *code, unsigned long len); /* POST_NONE: no such */
