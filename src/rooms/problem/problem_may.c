/* problem_may.c — 问题台账: what is refused to a person or a case before its form is looked at, so
 * that no button leads into a refusal (domain §1, Separation of duties; §2). */
#include "rooms/problem/problem_inner.h"
#include "rooms/town/town.h"

static const int64_t DAY_MS = 24 * 3600 * 1000;

static Err may_reject(Cx *cx, const struct acting *a)
{
    if (a->p.n_rejects && !(a->posts & OFFICE_POSTS))
        return fail(cx, ERR_FORBIDDEN, "verb", T("再次反映过的，只能由办公室决定"));
    return OK;
}

static Err may_ask_again(Cx *cx, const struct acting *a)
{
    if (a->p.n_rejects > 1)
        return fail(cx, ERR_CONFLICT, "verb", T("只能再反映一次"));
    if (cx->now > a->p.ended_at + town_setting(cx, "ask_again_days", 7) * DAY_MS)
        return fail(cx, ERR_CONFLICT, "verb", T("已过再次反映的期限，请重新上报"));
    return OK;
}

static Err may_unmerge(Cx *cx, const struct acting *a)
{
    if (cx->now > a->p.merged_at.v + town_setting(cx, "unmerge_days", 30) * DAY_MS)
        return fail(cx, ERR_CONFLICT, "verb", T("并案已过三十天，不能再拆开"));
    return OK;
}

static Err may_dispatch(Cx *cx, const struct acting *a)
{
    bool third = a->p.n_returns > town_setting(cx, "return_max", 2);
    if (third && !(a->posts & (OFFICE_POSTS | IS_RULE)))
        return fail(cx, ERR_FORBIDDEN, "verb", T("退回次数已满，由办公室派遣"));
    return OK;
}

static Err may_return(Cx *cx, const struct acting *a)
{
    if (a->p.n_returns > town_setting(cx, "return_max", 2))
        return fail(cx, ERR_CONFLICT, "verb", T("办公室派的不能再退回"));
    if (str_eq(a->p.state, S("handling"))
        && !clock_first_half(
            a->cal, case_limit(&a->p).unit, a->p.start_at.v, a->p.due_at.v, cx->now))
        return fail(cx, ERR_CONFLICT, "verb", T("时限已过半，不能退回；办不了请申请挂账"));
    return OK;
}

static Err may_guard(Cx *cx, const struct acting *a)
{
    if (!a->p.guard_at.set || a->p.guarded_at.set)
        return fail(cx, ERR_CONFLICT, "verb", T("这件事不用再围挡"));
    return OK;
}

static Err may_ask_extension(Cx *cx, const struct acting *a)
{
    if (case_limit(&a->p).unit == LIMIT_URGENT)
        return fail(cx, ERR_CONFLICT, "verb", T("紧急时限不能延期"));
    if (a->p.n_extensions >= town_setting(cx, "extend_max", 2))
        return fail(cx, ERR_CONFLICT, "verb", T("延期次数已用完，办不了请申请挂账"));
    if (cx->now >= a->p.due_at.v)
        return fail(cx, ERR_CONFLICT, "verb", T("已经到期，不能再申请延期"));
    return OK;
}

/* The first extension is the department's, the second the lead's; the office decides either. */
static Err may_extend(Cx *cx, const struct acting *a)
{
    uint32_t who = a->p.n_extensions ? HAS(POST_LEAD) : HAS(POST_DEPT);
    if (!(a->posts & (who | OFFICE_POSTS)))
        return fail(cx, ERR_FORBIDDEN, "verb",
            a->p.n_extensions ? T("第二次延期由包村科级干部或办公室批")
                              : T("第一次延期由包村部门负责人或办公室批"));
    return OK;
}

static Err may_ask_suspension(Cx *cx, const struct acting *a)
{
    if (a->p.n_suspensions > town_setting(cx, "suspend_max", 2))
        return fail(cx, ERR_CONFLICT, "verb", T("挂账次数已用完"));
    return OK;
}

static Err may_suspend(Cx *cx, const struct acting *a)
{
    bool third = a->p.n_suspensions >= town_setting(cx, "suspend_max", 2);
    if (!(a->posts & (third ? HAS(POST_COMMANDER) : OFFICE_POSTS)))
        return fail(
            cx, ERR_FORBIDDEN, "verb", third ? T("第三次挂账由总指挥批") : T("挂账由办公室批"));
    return OK;
}

static Err may_feed_back(Cx *cx, const struct acting *a)
{
    struct category c;
    if (!str_eq(a->p.state, S("dispatched")))
        return OK;
    TRY(category_find(cx, a->p.category, &c));
    return c.automatic ? OK : fail(cx, ERR_CONFLICT, "verb", T("请先接单再反馈"));
}

/* Nobody checks their own work; a matter of weight is checked from outside the village. */
static Err may_verify(Cx *cx, const struct acting *a)
{
    bool own;
    TRY(holder_worked(cx, a->p.id, cx->me.person, &own));
    if (own || a->posts & IS_HANDLER)
        return fail(cx, ERR_FORBIDDEN, "verb", T("办理的人不能核查自己办的事"));
    if (a->p.severity < 2)
        return OK;
    if (a->posts & VILLAGE_POSTS)
        return fail(cx, ERR_FORBIDDEN, "verb", T("较重的问题由村外的人核查"));
    if (!(a->posts & (OFFICE_POSTS | HAS(POST_LEAD) | HAS(POST_DEPT) | HAS(POST_INSPECTOR))))
        return fail(cx, ERR_FORBIDDEN, "verb", T("较重的问题由部门、科级干部、办公室或核查员核查"));
    return OK;
}

/* 15 days from being told, 45 from the close. */
static Err in_window(Cx *cx, const struct acting *a)
{
    int64_t closed = a->p.closed_at.v, told = a->p.told_at.set ? a->p.told_at.v : INT64_MAX / 2;
    bool late = cx->now > closed + town_setting(cx, "reopen_close_days", 45) * DAY_MS;
    if (a->posts & IS_REPORTER)
        late |= cx->now > told + town_setting(cx, "reopen_days", 15) * DAY_MS;
    return late ? fail(cx, ERR_CONFLICT, "verb", T("已过期限；又出现同样的问题请重新上报")) : OK;
}

static Err may_reopen(Cx *cx, const struct acting *a)
{
    TRY(in_window(cx, a));
    if (a->posts & IS_REPORTER && a->p.n_reopens >= town_setting(cx, "reopen_max", 2))
        return fail(cx, ERR_FORBIDDEN, "verb", T("重办次数已满，请联系办公室"));
    return a->follower ? fail(cx, ERR_FORBIDDEN, "verb", T("已并入另一件，请在答复里说明")) : OK;
}

static Err may_tell(Cx *cx, const struct acting *a)
{
    return a->p.told_at.set || !a->p.reachable
               ? fail(cx, ERR_CONFLICT, "verb", T("已经告知过，或者没有要告知的人"))
               : OK;
}

static Err may_evaluate(Cx *cx, const struct acting *a)
{
    TRY(in_window(cx, a));
    if (a->follower) {
        struct sql_problem_trail_reporter_row r;
        TRY(sql_problem_trail_reporter(
            cx, &(struct sql_problem_trail_reporter){.problem = a->own}, &r));
        return r.evaluation.set ? fail(cx, ERR_CONFLICT, "verb", T("已经评价过了")) : OK;
    }
    return a->p.evaluation.set ? fail(cx, ERR_CONFLICT, "verb", T("已经评价过了")) : OK;
}

/* A follower of a merged report says things there, and moves nothing. */
static Err may_withdraw(Cx *cx, const struct acting *a)
{
    return a->follower ? fail(cx, ERR_FORBIDDEN, "verb", T("已并入另一件，请在答复里说明")) : OK;
}

Err rule_may(Cx *cx, const struct acting *a, const struct step *s)
{
    static const struct {
        const char *verb;
        Err (*may)(Cx *, const struct acting *);
    } rows[] = {
        {"reject",         may_reject        },
        {"ask_again",      may_ask_again     },
        {"withdraw",       may_withdraw      },
        {"unmerge",        may_unmerge       },
        {"dispatch",       may_dispatch      },
        {"return",         may_return        },
        {"guarded",        may_guard         },
        {"extend_ask",     may_ask_extension },
        {"extend_grant",   may_extend        },
        {"extend_refuse",  may_extend        },
        {"suspend_ask",    may_ask_suspension},
        {"suspend_grant",  may_suspend       },
        {"suspend_refuse", may_suspend       },
        {"feed_back",      may_feed_back     },
        {"pass",           may_verify        },
        {"fail",           may_verify        },
        {"reopen",         may_reopen        },
        {"evaluate",       may_evaluate      },
        {"told",           may_tell          },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].verb, s->verb))
            return rows[i].may(cx, a);
    return OK;
}
