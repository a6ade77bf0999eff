/* town.h — a fresh database for each test: a copy of a migrated file, or on PostgreSQL a new
 * database made from a template.
 *
 *   static void a_sentence_about_what_holds(void **state) { Cx *cx = *state; … }
 *   int main(void) { const struct CMUnitTest tests[] = {IN_TOWN(a_sentence_…)}; … } */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's; the house has its own */

#include "base/cx.h"

enum { TEST_TOWN = 410108101, OTHER_TOWN = 410108100 };

/* The little town: two villages with their grids, one place, one person for every post.
 * (C's enums are too narrow for 15 digits.) */
#define THE_TOWN INT64_C(410108101000000)
#define NANWANG INT64_C(410108101206000) /* 南王村 */
#define NANWANG_GRID_1 INT64_C(410108101206001)
#define NANWANG_GRID_2 INT64_C(410108101206002)
#define SUNZHUANG INT64_C(410108101207000) /* 孙庄村 */
#define SUNZHUANG_GRID_1 INT64_C(410108101207001)
#define ELSEWHERE INT64_C(410108100201000) /* a village of the other town */

/* Persons by their ids: each town numbers from 1, in this order. */
enum town_person {
    NOBODY_THERE,           /* nobody signed in */
    SECRETARY_QIAN,         /* 钱七, 南王村 */
    CADRE_SUN,              /* 孙八, 南王村 first grid */
    CADRE_ZHOU,             /* 周九, 南王村 second grid */
    DEPT_ZHAO,              /* 赵六, 南王村 */
    LEAD_WANG,              /* 王五, 南王村 */
    GRID_KEEPER_WU,         /* 吴十, 南王村 first grid */
    OFFICE_ZHENG,           /* 郑一, the office */
    OFFICE_HEAD_FENG,       /* 冯二 */
    COMMANDER_CHEN,         /* 陈三 */
    TOWN_LEADER_CHU,        /* 褚四 */
    SECRETARY_OF_SUNZHUANG, /* 卫七 */
    CADRE_OF_SUNZHUANG,     /* 蒋八 */
    DEPT_OF_SUNZHUANG,      /* 沈六 */
    LEAD_OF_SUNZHUANG,      /* 韩五 */
    BRANCH_SEC_YANG,        /* 杨支书 */
    GROUP_LEADER_ZHU,       /* 朱组长 */
    MEMBER_QIN,             /* 秦党员 */
    WOMEN_FED_YOU,          /* 尤妇联 */
    YOUTH_LEAGUE_XU,        /* 许团委 */
    SUPERVISOR_HE,          /* 何监督 */
    RECORDER_LV,            /* 吕记录 */
    INSPECTOR_SHI,          /* 施检查 */
    INSPECTOR_ZHANG,        /* 张核查: a second one, so that nobody checks their own work */
    APPEAL_KONG,            /* 孔复核 */
    CONTRACTOR_CAO,         /* 曹处置 */
    VOLUNTEER_YAN,          /* 严志愿 */
    TEAM_LEADER_HUA,        /* 华队长 */
    VIEWER_DISTRICT_JIN,    /* 金区级 */
    VIEWER_CITY_WEI,        /* 魏市级 */
    SYSADMIN_TAO,           /* 陶系统 */
    SECADMIN_JIANG,         /* 姜安全 */
    AUDITOR_QI,             /* 戚审计 */
    WITHOUT_POST_XIE,       /* 谢无岗: an account and no post */
    N_TOWN_PEOPLE,
    SECRETARY_ELSEWHERE = 1, /* in the other town, whose numbers begin again */
};

/* cx: now is Mon 2026-06-15 10:00 in the town, lanes run, nobody signed in; the two villages, the
 * people with their posts since 2026-01-01 and the seeded calendar and categories are there. */
int town_setup(void **state);
int town_teardown(void **state);
#define IN_TOWN(test) cmocka_unit_test_setup_teardown(test, town_setup, town_teardown)
/* Two towns that have a chain of events and nothing else: for the store, and for what fills a town.
 */
int town_setup_empty(void **state);
#define IN_EMPTY_TOWN(test) cmocka_unit_test_setup_teardown(test, town_setup_empty, town_teardown)

/* The next thing is done by that person (0: nobody), acting in the first of their posts. */
void sign_in(Cx *cx, int64_t person);
/* From here on in the other town, as its secretary or as nobody. */
void sign_in_elsewhere(Cx *cx, int64_t person);
/* A real session of that person for tests that call the router: the cookie's value. */
Str town_cookie(Cx *cx, int64_t person);
#define TOWN_PASSWORD                                                                              \
    "lotus kettle 58 orchard" /* everybody's; the login is the constant's name in small */

/* How many events of that verb the log has of a thing, and what the newest of them says. */
int n_events(Cx *cx, int64_t object, const char *verb);
Str newest_said(Cx *cx, int64_t object, const char *verb);

/* ms of a moment in the town's time. */
int64_t town_ms(int y, int m, int d, int hour, int minute);
/* The test's database, for tests that open it themselves; and its folder. */
const char *town_db_url(void);
const char *town_dir(void);
