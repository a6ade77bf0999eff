/* town_people.c — who and what is in the little town of the tests: one table each. */
#include "town.h"

#include "base/day.h"
#include "rooms/category/category_edit.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/town/town_edit.h"
#include "store/db.h"
#include "town_impl.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *login, *name;
    enum post post;
    int64_t unit;
} people[N_TOWN_PEOPLE] = {
    [SECRETARY_QIAN] = {"secretary_qian",      "钱七",    POST_SECRETARY,       NANWANG         },
    [CADRE_SUN] = {"cadre_sun",           "孙八",    POST_CADRE,           NANWANG_GRID_1  },
    [CADRE_ZHOU] = {"cadre_zhou",          "周九",    POST_CADRE,           NANWANG_GRID_2  },
    [DEPT_ZHAO] = {"dept_zhao",           "赵六",    POST_DEPT,            NANWANG         },
    [LEAD_WANG] = {"lead_wang",           "王五",    POST_LEAD,            NANWANG         },
    [GRID_KEEPER_WU] = {"grid_keeper_wu",      "吴十",    POST_GRID_KEEPER,     NANWANG_GRID_1  },
    [OFFICE_ZHENG] = {"office_zheng",        "郑一",    POST_OFFICE,          THE_TOWN        },
    [OFFICE_HEAD_FENG] = {"office_head_feng",    "冯二",    POST_OFFICE_HEAD,     THE_TOWN        },
    [COMMANDER_CHEN] = {"commander_chen",      "陈三",    POST_COMMANDER,       THE_TOWN        },
    [TOWN_LEADER_CHU] = {"town_leader_chu",     "褚四",    POST_TOWN_LEADER,     THE_TOWN        },
    [SECRETARY_OF_SUNZHUANG] = {"secretary_wei",       "卫七",    POST_SECRETARY,       SUNZHUANG       },
    [CADRE_OF_SUNZHUANG] = {"cadre_jiang",         "蒋八",    POST_CADRE,           SUNZHUANG_GRID_1},
    [DEPT_OF_SUNZHUANG] = {"dept_shen",           "沈六",    POST_DEPT,            SUNZHUANG       },
    [LEAD_OF_SUNZHUANG] = {"lead_han",            "韩五",    POST_LEAD,            SUNZHUANG       },
    [BRANCH_SEC_YANG] = {"branch_sec_yang",     "杨支书", POST_BRANCH_SEC,      NANWANG         },
    [GROUP_LEADER_ZHU] = {"group_leader_zhu",    "朱组长", POST_GROUP_LEADER,    NANWANG         },
    [MEMBER_QIN] = {"member_qin",          "秦党员", POST_MEMBER,          NANWANG         },
    [WOMEN_FED_YOU] = {"women_fed_you",       "尤妇联", POST_WOMEN_FED,       NANWANG         },
    [YOUTH_LEAGUE_XU] = {"youth_league_xu",     "许团委", POST_YOUTH_LEAGUE,    THE_TOWN        },
    [SUPERVISOR_HE] = {"supervisor_he",       "何监督", POST_SUPERVISOR,      NANWANG         },
    [RECORDER_LV] = {"recorder_lv",         "吕记录", POST_RECORDER,        NANWANG         },
    [INSPECTOR_SHI] = {"inspector_shi",       "施检查", POST_INSPECTOR,       THE_TOWN        },
    [INSPECTOR_ZHANG] = {"inspector_zhang",     "张核查", POST_INSPECTOR,       THE_TOWN        },
    [APPEAL_KONG] = {"appeal_kong",         "孔复核", POST_APPEAL,          THE_TOWN        },
    [CONTRACTOR_CAO] = {"contractor_cao",      "曹处置", POST_CONTRACTOR,      THE_TOWN        },
    [VOLUNTEER_YAN] = {"volunteer_yan",       "严志愿", POST_VOLUNTEER,       NANWANG         },
    [TEAM_LEADER_HUA] = {"team_leader_hua",     "华队长", POST_TEAM_LEADER,     NANWANG         },
    [VIEWER_DISTRICT_JIN] = {"viewer_district_jin", "金区级", POST_VIEWER_DISTRICT, THE_TOWN        },
    [VIEWER_CITY_WEI] = {"viewer_city_wei",     "魏市级", POST_VIEWER_CITY,     THE_TOWN        },
    [SYSADMIN_TAO] = {"sysadmin_tao",        "陶系统", POST_SYSADMIN,        THE_TOWN        },
    [SECADMIN_JIANG] = {"secadmin_jiang",      "姜安全", POST_SECADMIN,        THE_TOWN        },
    [AUDITOR_QI] = {"auditor_qi",          "戚审计", POST_AUDITOR,         THE_TOWN        },
    [WITHOUT_POST_XIE] = {"without_post_xie",    "谢无岗", POST_NONE,            0               },
};

static const struct unit_new units[] = {
    {.code = INT64_C(410000000000000), .kind = S("province"), .name = S("河南省")},
    {.code = INT64_C(410100000000000), .kind = S("city"),     .name = S("郑州市")},
    {.code = INT64_C(410108000000000), .kind = S("district"), .name = S("惠济区")},
    {.code = THE_TOWN,                 .kind = S("town"),     .name = S("古荥镇")},
    {.code = NANWANG,                  .kind = S("village"),  .name = S("南王村"), .score_group = S("G")},
    {.code = NANWANG_GRID_1,                                .kind = S("grid"),                                .name = S("第一网格")     },
    {.code = NANWANG_GRID_2,                                .kind = S("grid"),                                .name = S("第二网格")},
    {.code = SUNZHUANG,                                .kind = S("village"),                                     .name = S("孙庄村"),        .score_group = S("R")},
    {.code = SUNZHUANG_GRID_1,           .kind = S("grid"),                                .name = S("第一网格")                       },
};
static const struct unit_new units_elsewhere[] = {
    {.code = INT64_C(410108100000000), .kind = S("town"),      .name = S("花园口镇")},
    { .code = ELSEWHERE,            .kind = S("village"), .name = S("八堡村"),     .score_group = S("G")},
};

/* The State Council's notice of 2025-11-04 for 2026. */
static const struct {
    int month, first, last;
    const char *kind, *name;
} year[] = {
    {1,  1,  3,  "holiday", "元旦"         },
    {1,  4,  4,  "makeup",  "元旦调休"   },
    {2,  14, 14, "makeup",  "春节调休"   },
    {2,  15, 23, "holiday", "春节"         },
    {2,  28, 28, "makeup",  "春节调休"   },
    {4,  4,  6,  "holiday", "清明节"      },
    {5,  1,  5,  "holiday", "劳动节"      },
    {5,  9,  9,  "makeup",  "劳动节调休"},
    {6,  19, 21, "holiday", "端午节"      },
    {9,  20, 20, "makeup",  "国庆节调休"},
    {9,  25, 27, "holiday", "中秋节"      },
    {10, 1,  7,  "holiday", "国庆节"      },
    {10, 10, 10, "makeup",  "国庆节调休"},
};

static const struct category_new categories[] = {
    {.code = S("0102"),
     .name = S("暴露垃圾"),
     .focus = S("road"),
     .limit = S("4h"),
     .severity = 1,
     .difficulty = 1,
     .automatic = true,
     .handlers = S("村保洁"),
     .post = S("cadre"),
     .radius_m = 100,
     .age_days = 7},
    {.code = S("6101"),
     .name = S("路面破损"),
     .focus = S("road"),
     .limit = S("3d"),
     .severity = 2,
     .difficulty = 2,
     .handlers = S("公路养护"),
     .radius_m = 50,
     .age_days = 30},
    {.code = S("6103"),
     .name = S("路灯不亮"),
     .focus = S("road"),
     .limit = S("3d"),
     .severity = 1,
     .difficulty = 2,
     .radius_m = 50,
     .age_days = 30},
    {.code = S("0401"),
     .name = S("井盖缺失"),
     .focus = S("road"),
     .limit = S("3d"),
     .guard_u = 2,
     .severity = 3,
     .difficulty = 2,
     .radius_m = 50,
     .age_days = 30},
    {.code = S("6401"),
     .name = S("楼道堆物"),
     .focus = S("look"),
     .limit = S("2d"),
     .severity = 1,
     .difficulty = 1,
     .automatic = true,
     .handlers = S("物业"),
     .post = S("contractor"),
     .radius_m = 50,
     .age_days = 7},
    {.code = S("6201"),
     .name = S("露天焚烧"),
     .focus = S("air"),
     .limit = S("1u"),
     .severity = 3,
     .difficulty = 1,
     .radius_m = 200,
     .age_days = 1},
    {.code = S("6902"),
     .name = S("打击报复反映人"),
     .limit = S("3u"),
     .severity = 3,
     .difficulty = 3,
     .hidden = true},
    {.code = S("9999"),     .name = S("说不清的"),         .limit = S("3d"),          .severity = 1,      .difficulty = 2                   },
};
static const struct tile_new tiles[] = {
    {.word = S("垃圾"),    .code = S("0102"), .icon = S("i-trash"), .position = 1, .shown = true},
    {.word = S("道路"),    .code = S("6101"), .icon = S("i-road"),  .position = 2, .shown = true},
    {.word = S("说不清"), .code = S("9999"), .icon = S("i-more"),  .position = 3, .shown = true},
};

#define N(rows) (sizeof(rows) / sizeof *(rows))

static Err put_units(Cx *cx, void *arg)
{
    bool here = arg != NULL;
    enum put put;
    for (size_t i = 0; i < (here ? N(units) : N(units_elsewhere)); i++)
        TRY(town_unit_put(cx, here ? &units[i] : &units_elsewhere[i], &put));
    return OK;
}

static Err put_rules(Cx *cx, void *arg)
{
    struct day_named days[64];
    struct year_new y = {.year = 2026,
        .from_on = S("2026-01-01"),
        .at = days,
        .source = S("国务院办公厅关于2026年部分节假日安排的通知")};
    enum put put;
    (void)arg;
    for (size_t i = 0; i < N(year); i++)
        for (int d = year[i].first; d <= year[i].last; d++)
            days[y.n++] =
                (struct day_named){str(arena_printf(&cx->mem, "2026-%02d-%02d", year[i].month, d)),
                    str(year[i].kind), str(year[i].name)};
    TRY(town_calendar_put(cx, &y, &put));
    for (size_t i = 0; i < N(categories); i++) {
        struct category_new c = categories[i];
        c.from_on = S("2026-01-01");
        TRY(category_put(cx, &c, &put));
    }
    for (size_t i = 0; i < N(tiles); i++) {
        struct tile_new c = tiles[i];
        c.from_on = S("2026-01-01");
        TRY(category_tile_put(cx, &c, &put));
    }
    return OK;
}

static int64_t person(Cx *cx, const char *login, const char *name)
{
    int64_t id = 0;
    town_must(people_add(cx,
                  &(struct person_new){.name = str(name),
                      .login = str(login),
                      .password = S(TOWN_PASSWORD),
                      .phone = S("13800000000"),
                      .cheap = true},
                  &id),
        login);
    return id;
}

static void appoint(Cx *cx, int64_t who, enum post post, int64_t unit)
{
    int64_t id;
    town_must(duty_appoint(cx,
                  &(struct appointment_new){.person = who,
                      .unit = unit,
                      .post = post,
                      .kind = S("formal"),
                      .from_on = S("2026-01-01")},
                  &id),
        posts[post].code);
}

void town_fill(Cx *cx)
{
    const char *door = cx->door;
    cx->door = "cli"; /* what was in force before the system may be told */
    town_must(town_make(cx, TEST_TOWN, S("古荥镇"), S("GX")), "town_make");
    town_must(town_make(cx, OTHER_TOWN, S("花园口镇"), S("HY")), "town_make");
    cx->town_id = TEST_TOWN;
    for (int64_t i = 1; i < N_TOWN_PEOPLE; i++)
        if (person(cx, people[i].login, people[i].name) != i)
            town_must(ERR_INTERNAL, "persons are to be the town's first ids");
    town_must(db_transaction(cx, put_units, cx), "units");
    town_must(db_transaction(cx, put_rules, NULL), "calendar, categories");
    for (int64_t i = 1; i < N_TOWN_PEOPLE; i++)
        if (people[i].post)
            appoint(cx, i, people[i].post, people[i].unit);
    cx->town_id = OTHER_TOWN;
    if (person(cx, "secretary_elsewhere", "金七") != SECRETARY_ELSEWHERE)
        town_must(ERR_INTERNAL, "persons are to be the town's first ids");
    town_must(db_transaction(cx, put_units, NULL), "units elsewhere");
    town_must(db_transaction(cx, put_rules, NULL), "calendar elsewhere");
    appoint(cx, SECRETARY_ELSEWHERE, POST_SECRETARY, ELSEWHERE);
    cx->town_id = TEST_TOWN;
    cx->door = door;
}

static void sign_in_to(Cx *cx, int64_t town, int64_t who)
{
    cx->town_id = town;
    memset(&cx->me, 0, sizeof cx->me);
    if (!who)
        return;
    cx->me.person = who;
    town_must(duty_posts(cx, who, &cx->me.posts), "posts");
    for (int p = 1; p < N_POSTS && !cx->me.post; p++)
        if (cx->me.posts & HAS(p))
            cx->me.post = p;
}

void sign_in(Cx *cx, int64_t who)
{
    sign_in_to(cx, TEST_TOWN, who);
}

void sign_in_elsewhere(Cx *cx, int64_t who)
{
    sign_in_to(cx, OTHER_TOWN, who);
}

Str town_cookie(Cx *cx, int64_t who)
{
    struct login_done done;
    town_must(people_login(cx,
                  &(struct login){.login = str(people[who].login),
                      .password = S(TOWN_PASSWORD),
                      .source = S("127.0.0.1"),
                      .device = S("test")},
                  &done),
        "login");
    if (done.answer != LOGIN_IN)
        town_must(ERR_FORBIDDEN, "login");
    return done.cookie;
}
