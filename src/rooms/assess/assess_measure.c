/* assess_measure.c — 自动项的测算. */
#include "rooms/assess/assess_measure.h"

#include "rooms/problem/problem_measure.h"

/* The ledger that would have the cases is not kept in this house yet: nothing was due. */
static Err no_cases(Cx *cx, int64_t unit, int64_t from, int64_t to, struct assess_measured *m)
{
    (void)cx, (void)unit, (void)from, (void)to;
    *m = (struct assess_measured){0};
    return OK;
}

static Err taken(Err e, const struct problem_measured *p, struct assess_measured *m)
{
    *m = e == OK ? (struct assess_measured){p->num, p->den, p->rows} : (struct assess_measured){0};
    return e;
}

static Err on_time(Cx *cx, int64_t unit, int64_t from, int64_t to, struct assess_measured *m)
{
    struct problem_measured p;
    return taken(problem_measure_on_time(cx, unit, from, to, &p), &p, m);
}

static Err pleased(Cx *cx, int64_t unit, int64_t from, int64_t to, struct assess_measured *m)
{
    struct problem_measured p;
    return taken(problem_measure_pleased(cx, unit, from, to, &p), &p, m);
}

static Err done_once(Cx *cx, int64_t unit, int64_t from, int64_t to, struct assess_measured *m)
{
    struct problem_measured p;
    return taken(problem_measure_once(cx, unit, from, to, &p), &p, m);
}

Err assess_open_late(Cx *cx, int64_t unit, int64_t at, bool *late)
{
    return problem_measure_open_late(cx, unit, at, late);
}

const struct assess_measure assess_measures[] = {
    {.code = "on_time",
     .name = T("按期结案率"),
     .definition =
            T("期限在本期内的问题中，最后一次反馈不晚于期限、且已结案或待核查的占比；不含并案、移交"
              "、作废、即查即改和未到复查日的挂账；只算到期时由本村岗位或处置单位承办的"),
     .count = on_time},
    {.code = "pleased",
     .name = T("满意率"),
     .definition = T("本期结案并已评价的问题中，满意和基本满意的占比"),
     .count = pleased},
    {.code = "done_once",
     .name = T("一次办成率"),
     .definition = T("本期结案的问题中，没有返工的占比"),
     .count = done_once},
    {.code = "needs_answered",
     .name = T("需求按期答复率"),
     .definition = T("本期到期的需求中，10 个工作日内答复并告知本人的占比"),
     .count = no_cases},
    {.code = "clean_home",
     .name = T("清洁家园"),
     .definition = T("本周有 10 人以上参加、有照片的清洁家园活动为 1，没有为 0"),
     .count = no_cases},
    {.code = "contacted",
     .name = T("联系户周联系率"),
     .definition = T("周末时已联系的户数占同意联系的户数"),
     .count = no_cases},
    {.code = "meetings",
     .name = T("三会一课按时"),
     .definition = T("没有逾期未开的会为 1，有为 0"),
     .count = no_cases},
    {0                                                                                                                       },
};

const struct assess_measure *assess_measure_named(Str code)
{
    for (const struct assess_measure *m = assess_measures; m->code; m++)
        if (str_eq(code, str(m->code)))
            return m;
    return NULL;
}
