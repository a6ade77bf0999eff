/* goal_measure.c — 台账得出的指标. */
#include "rooms/goal/goal_measure.h"

#include "base/day.h"
#include "base/html.h"
#include "rooms/assess/assess_lowest.h"
#include "rooms/problem/problem_measure.h"

/* 未办结“四乱”: open problems of the categories 6301–6304, now. */
static Err open_four(Cx *cx, int64_t village, int64_t from, struct goal_measured *m)
{
    static const char *const four[] = {"6301", "6302", "6303", "6304"};
    Out ids = {.mem = &cx->mem};
    (void)from;
    for (size_t i = 0; i < 4; i++) {
        struct problem_measured p;
        TRY(problem_measure_open(cx, village, str(four[i]), &p));
        m->num += p.num;
        if (ids.len && p.rows.len)
            out_raw(&ids, ",", 1);
        out_raw(&ids, p.rows.at, p.rows.len);
    }
    m->has = true;
    m->value = m->num * 100;
    m->rows = (Str){ids.at, ids.len};
    return OK;
}

/* 按期结案率, as the scoring table's item counts it. */
static Err on_time(Cx *cx, int64_t village, int64_t from, struct goal_measured *m)
{
    struct problem_measured p;
    TRY(problem_measure_on_time(cx, village, &(struct span){from, cx->now}, 1, &p));
    m->has = p.den > 0;
    m->value = p.den ? (p.num * 20000 + p.den) / (2 * p.den) : 0;
    m->num = p.num;
    m->den = p.den;
    m->rows = p.rows;
    return OK;
}

static Err spots_removed(Cx *cx, int64_t village, int64_t from, struct goal_measured *m)
{
    struct problem_measured p;
    TRY(problem_measure_removed(cx, village, S("0103"), from, cx->now, &p));
    m->has = true;
    m->value = p.num * 100;
    m->num = p.num;
    m->rows = p.rows;
    return OK;
}

static Err clean_marks(Cx *cx, int64_t village, int64_t from, struct goal_measured *m)
{
    static const char *const items[] = {"A1", "A2", NULL};
    struct assess_lowest low;
    (void)from;
    Err e = assess_lowest_week(cx, village, items, &low);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    m->has = true;
    m->value = low.points;
    m->round = low.round;
    m->note = low.week;
    return OK;
}

const struct goal_measure goal_measures[] = {
    {.code = "open_four",
     .name = T("未办结“四乱”"),
     .definition = T("此刻本村没有办结的乱占、乱采、乱堆、乱建（类别 6301 至 6304）问题件数"),
     .unit = "件",
     .direction = "down",
     .count = open_four},
    {.code = "on_time",
     .name = T("按期结案率"),
     .definition =
            T("从基数日起到现在到期的问题中，最后一次反馈不晚于期限、且已结案或待核查的占比"
              "；不含并案、移交、作废、即查即改和未到复查日的挂账；只算到期时由本村承办的"),
     .unit = "%",
     .direction = "up",
     .count = on_time},
    {.code = "spots_removed",
     .name = T("清除积存点"),
     .definition = T("从基数日起到现在，本村结案的积存垃圾、渣土（类别 0103）问题件数"),
     .unit = "处",
     .direction = "up",
     .count = spots_removed},
    {.code = "clean_marks",
     .name = T("周查道路保洁得分"),
     .definition =
            T("最近一期已公布的考核里，得分最低一周的 A1、A2 两项得分之和；没有公布过就没有数"),
     .unit = "分",
     .direction = "up",
     .count = clean_marks},
    {0                                                                                         },
};

const struct option goal_measure_options[] = {
    {"open_four",           T("未办结“四乱”")},
    {"on_time",                     T("按期结案率")},
    {"spots_removed",T("清除积存点")},
    {"clean_marks",       T("周查道路保洁得分")},
    {0                    },
};

const struct goal_measure *goal_measure_named(Str code)
{
    for (const struct goal_measure *m = goal_measures; m->code; m++)
        if (str_eq(code, str(m->code)))
            return m;
    return NULL;
}

Err goal_measure(Cx *cx, const Target *t, struct goal_measured *to)
{
    const struct goal_measure *m = t->measure.set ? goal_measure_named(t->measure.v) : NULL;
    int64_t day = 0;
    *to = (struct goal_measured){0};
    if (!m || !day_parse(t->baseline_on, &day))
        return ERR_NOT_FOUND;
    return m->count(cx, t->village, day_start(day), to);
}
