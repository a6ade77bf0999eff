/* rooms.c — the list of rooms: one line each. */
#include "rooms.h"

extern const struct room assess_room;
extern const struct room attachment_room;
extern const struct room burden_room;
extern const struct room campaign_room;
extern const struct room category_room;
extern const struct room counter_room;
extern const struct room climb_room;
extern const struct room duty_room;
extern const struct room goal_room;
extern const struct room ledger_room;
extern const struct room demo_room;
extern const struct room hotline_room;
extern const struct room meeting_room;
extern const struct room morning_room;
extern const struct room notice_room;
extern const struct room observe_room;
extern const struct room patrol_room;
extern const struct room oversee_room;
extern const struct room people_room;
extern const struct room plate_room;
extern const struct room property_room;
extern const struct room publicity_room;
extern const struct room screen_room;
extern const struct room problem_room;
extern const struct room promise_room;
extern const struct room record_room;
extern const struct room roster_room;
extern const struct room survey_room;
extern const struct room town_room;
extern const struct room training_room;
extern const struct room web_room;

/* The order is that of the menu. */
const struct room *const rooms[] = {
    &problem_room,    /* 问题台账: the model room */
    &duty_room,       /* 责任: appointments, chain, gaps, hand-over */
    &morning_room,    /* 晨报 */
    &campaign_room,   /* 专项行动 */
    &meeting_room,    /* 领导小组、调度会、交办 */
    &oversee_room,    /* 督办单: one a unit and day */
    &roster_room,     /* 值班: who is on duty, whom one called */
    &climb_room,      /* 逐级提醒: who is told next */
    &town_room,       /* 单元与地点: units, places, calendar, settings */
    &screen_room,     /* 防滥用与保护: screening, hiding, 打击报复 */
    &counter_room,    /* 代报与回执单: entered for somebody, and the slip */
    &plate_room,      /* 码牌: QR stickers at units and places */
    &hotline_room,    /* 12345 热线: its list in, its answers out */
    &category_room,   /* 问题类别: categories, tiles, ready words */
    &people_room,     /* 人员: accounts, sign-in */
    &ledger_room,     /* 台账: lists, forms, import, export of every room's ledger */
    &goal_room,       /* 因村施策: requirements, goals, tiers, the villages' public pages */
    &promise_room,    /* 承诺: what was promised and what became of it */
    &publicity_room,  /* 宣传台账 */
    &attachment_room, /* 照片: pictures of records */
    &notice_room,     /* 消息: outbox, inbox */
    &record_room,     /* 留痕: the log, verify, checkpoint, migrate */
    &demo_room,       /* 示范乡镇: init, demo */
    &web_room,        /* 网站: serve, routes, files, health */
    &assess_room,     /* 红黑旗: scoring tables, rounds, flags */
    &property_room,   /* 红色物业: compounds, companies, three-party meetings */
    &patrol_room,     /* 巡查: roads, ditches, river sections, and points looked at again */
    &survey_room,     /* 大会诊: leaders walk villages, streets, enterprises, sites */
    &observe_room,    /* 逐村观摩、示范点 */
    &training_room,   /* 培训、观摩学习 */
    &burden_room,     /* 太重了: what burdens, by page and month */
    NULL,
};
