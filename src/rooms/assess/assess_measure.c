/* assess_measure.c — 自动项的测算. */
#include "rooms/assess/assess_measure.h"

#include "rooms/problem/problem_measure.h"

typedef Err ProblemFn(Cx *, int64_t, const struct span *, size_t, struct problem_measured *);

static Err of_problems(Cx *cx, ProblemFn *count, int64_t unit, const struct span *span, size_t n,
    struct assess_measured *m)
{
    struct problem_measured *p = NEW_ARRAY(&cx->mem, n, struct problem_measured);
    TRY(count(cx, unit, span, n, p));
    for (size_t i = 0; i < n; i++)
        m[i] = (struct assess_measured){p[i].num, p[i].den, p[i].rows};
    return OK;
}

static Err on_time(
    Cx *cx, int64_t unit, const struct span *span, size_t n, struct assess_measured *m)
{
    return of_problems(cx, problem_measure_on_time, unit, span, n, m);
}

static Err pleased(
    Cx *cx, int64_t unit, const struct span *span, size_t n, struct assess_measured *m)
{
    return of_problems(cx, problem_measure_pleased, unit, span, n, m);
}

static Err done_once(
    Cx *cx, int64_t unit, const struct span *span, size_t n, struct assess_measured *m)
{
    return of_problems(cx, problem_measure_once, unit, span, n, m);
}

Err assess_measure_count(Cx *cx, const struct assess_measure *how, int64_t unit,
    const struct span *span, size_t n, struct assess_measured *m)
{
    memset(m, 0, n * sizeof *m);
    return how->count ? how->count(cx, unit, span, n, m) : OK;
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
     .rows = T("问题台账，按期限日期"),
     .count = on_time},
    {.code = "pleased",
     .name = T("满意率"),
     .definition = T("本期结案并已评价的问题中，满意和基本满意的占比"),
     .rows = T("问题台账，按结案日期"),
     .count = pleased},
    {.code = "done_once",
     .name = T("一次办成率"),
     .definition = T("本期结案的问题中，没有返工的占比"),
     .rows = T("问题台账，按结案日期"),
     .count = done_once},
    {.code = "needs_answered",
     .name = T("需求按期答复率"),
     .definition = T("本期到期的需求中，10 个工作日内答复并告知本人的占比"),
     .rows = T("联系记录里的需求，按答复期限")},
    {.code = "clean_home",
     .name = T("清洁家园"),
     .definition = T("本周有 10 人以上参加、有照片的清洁家园活动为 1，没有为 0"),
     .rows = T("活动台账，按活动日期")},
    {.code = "contacted",
     .name = T("联系户周联系率"),
     .definition = T("周末时已联系的户数占同意联系的户数"),
     .rows = T("联系户台账和联系记录，按周")},
    {.code = "meetings",
     .name = T("三会一课按时"),
     .definition = T("没有逾期未开的会为 1，有为 0"),
     .rows = T("三会一课台账，按应开日期")},
    {0                                                     },
};

const struct assess_measure *assess_measure_named(Str code)
{
    for (const struct assess_measure *m = assess_measures; m->code; m++)
        if (str_eq(code, str(m->code)))
            return m;
    return NULL;
}
