/* assess_sign.c — 公布: two different people over the same hash, and what follows from a flag. */
#include "base/day.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/duty/duty.h"
#include "rooms/notice/notice.h"
#include "rooms/town/town.h"
#include "store/log.h"

enum { UNITS_MAX = RECKON_UNITS, HISTORY = 12 };

struct signing {
    int64_t round;
    Str hash;
};

/* Who entered a score signs neither first nor second; the two differ (domain: §1). */
static Err may_sign(Cx *cx, const struct assess_round *r, bool second)
{
    enum entered how;
    uint32_t who = second ? HAS(POST_COMMANDER) : OFFICE_POSTS;
    if (!(cx->me.posts & who))
        return fail(cx, ERR_FORBIDDEN, "hash",
            second ? T("第二个签字由总指挥来签") : T("第一个签字由领导小组办公室来签"));
    if (second && r->first_by.v == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, "hash", T("两个签字必须是两个人"));
    TRY(assess_entered(cx, r->id, &how));
    return how == ENTERED_NOTHING ? OK : fail(cx, ERR_FORBIDDEN, "hash", assess_entered_why(how));
}

static Err same_hash(Cx *cx, const struct assess_round *r, Str hash)
{
    struct sql_assess_frozen_find_row f;
    TRY(sql_assess_frozen_find(
        cx, &(struct sql_assess_frozen_find){.round = r->id, .no = r->frozen_no}, &f));
    if (!str_eq(f.input_hash, hash))
        return fail(cx, ERR_CONFLICT, "hash", T("结果已经重新冻结，请看过新的再签"));
    return OK;
}

/* ---- what follows */
static Err follow(
    Cx *cx, int64_t round, int64_t unit, const char *kind, enum post owner, int64_t work_days)
{
    const struct calendar *cal;
    TRY(town_calendar(cx, &cal));
    int64_t due = limit_due(cal, cx->now, (struct time_limit){work_days, LIMIT_DAYS});
    return sql_assess_duty_add(cx, &(struct sql_assess_duty_add){.id = new_id(cx),
                                       .round = round,
                                       .unit = unit,
                                       .kind = str(kind),
                                       .owner_post = owner,
                                       .due_on = day_text(cx, day_of(due))});
}

/* How many months in a row, this one included, the unit has had that flag. */
static Err run_of(Cx *cx, const struct sql_assess_results_of_row *r, Str month, int *n)
{
    struct sql_assess_history_rows h;
    Str want = assess_month_before(cx, month);
    TRY(sql_assess_history(
        cx, &(struct sql_assess_history){.unit = r->unit, .limit = HISTORY}, &h));
    *n = 1;
    for (size_t i = 0; i < h.n; i++) {
        if (str_eq(h.at[i].month, month))
            continue; /* this round's own row, or the one it corrects */
        if (!str_eq(h.at[i].month, want) || !str_eq(h.at[i].flag, r->flag))
            break;
        ++*n;
        want = assess_month_before(cx, want);
    }
    return OK;
}

static Err follow_black(Cx *cx, const struct assess_round *round, int64_t unit, int n)
{
    TRY(follow(cx, round->id, unit, "help_plan", POST_SECRETARY, 3));
    TRY(follow(cx, round->id, unit, "on_site", POST_LEAD, 3));
    if (n == 1)
        return follow(cx, round->id, unit, "rectify", POST_OFFICE, 1);
    if (n == 2)
        return follow(cx, round->id, unit, "talk_lead", POST_LEAD, 5);
    TRY(follow(cx, round->id, unit, "talk_commander", POST_COMMANDER, 5));
    return follow(cx, round->id, unit, "circular", POST_OFFICE, 5);
}

static Err tell_unit(Cx *cx, const struct assess_round *r, int64_t unit, Text say)
{
    struct holders h;
    TRY(duty_holders(cx, unit, HAS(POST_SECRETARY) | HAS(POST_LEAD), &h));
    for (size_t i = 0; i < h.n; i++)
        TRY(notice_add(cx, &(struct notice){.to = h.at[i].person,
                               .say = say,
                               .about = r->month,
                               .object = r->id,
                               .path = str(arena_printf(&cx->mem, "/assess/%lld/%lld",
                                   (long long)r->id, (long long)unit)),
                               .key = "published"}));
    return OK;
}

/* The flag that a correction leaves as it was keeps what followed from it; one that is gone takes
 * it along. */
static Err same_flag(Cx *cx, const struct assess_round *round,
    const struct sql_assess_results_of_rows *old, const struct sql_assess_results_of_row *now,
    bool *same)
{
    *same = false;
    for (size_t i = 0; i < old->n; i++) {
        if (old->at[i].unit != now->unit)
            continue;
        *same = str_eq(old->at[i].flag, now->flag);
        if (*same)
            return OK;
        return sql_assess_duties_end(cx,
            &(struct sql_assess_duties_end){
                .round = round->corrects, .unit = now->unit, .said = str(T("更正后不再需要").zh)});
    }
    return OK;
}

static Err follow_all(Cx *cx, const struct assess_round *round)
{
    struct sql_assess_results_of_rows r, old = {0};
    if (round->corrects)
        TRY(sql_assess_results_of(cx,
            &(struct sql_assess_results_of){.round = round->corrects, .limit = UNITS_MAX}, &old));
    TRY(sql_assess_results_of(
        cx, &(struct sql_assess_results_of){.round = round->id, .limit = UNITS_MAX}, &r));
    for (size_t i = 0; i < r.n; i++) {
        int n;
        bool same, red = str_eq(r.at[i].flag, S("red")), black = str_eq(r.at[i].flag, S("black"));
        TRY(same_flag(cx, round, &old, &r.at[i], &same));
        if (same)
            continue;
        TRY(tell_unit(cx, round, r.at[i].unit,
            red     ? T("本月得了红旗")
            : black ? T("本月是黑旗，请看原因和后续安排")
                    : T("本月考核结果已公布")));
        if (!red && !black)
            continue;
        TRY(run_of(cx, &r.at[i], round->month, &n));
        if (black)
            TRY(follow_black(cx, round, r.at[i].unit, n));
        else if (n == 3)
            TRY(follow(cx, round->id, r.at[i].unit, "demo_site", POST_OFFICE, 10));
    }
    return OK;
}

static Err first(Cx *cx, const struct signing *s)
{
    TRY(sql_assess_round_sign_first(cx, &(struct sql_assess_round_sign_first){.id = s->round}));
    return event_add(
        cx, &(struct event){.verb = "assess_sign_first", .object = s->round, .said = s->hash});
}

static Err second(Cx *cx, const struct assess_round *r, const struct signing *s)
{
    TRY(sql_assess_round_sign_second(cx, &(struct sql_assess_round_sign_second){.id = s->round}));
    TRY(sql_assess_results_publish(cx, &(struct sql_assess_results_publish){.round = s->round}));
    TRY(event_add(cx, &(struct event){.verb = "assess_publish",
                          .object = s->round,
                          .from = S("final"),
                          .to = S("published"),
                          .said = s->hash}));
    return follow_all(cx, r);
}

static Err sign_step(Cx *cx, void *arg)
{
    const struct signing *s = arg;
    struct assess_round r;
    TRY(assess_round_get(cx, s->round, &r));
    bool is_second = r.first_by.set;
    TRY(may_sign(cx, &r, is_second));
    if (!str_eq(r.state, S("final")))
        return fail(cx, ERR_CONFLICT, "state", T("定稿以后才能签字公布"));
    TRY(same_hash(cx, &r, s->hash));
    return is_second ? second(cx, &r, s) : first(cx, s);
}

Err assess_sign(Cx *cx, int64_t round, Str hash)
{
    struct signing s = {round, hash};
    return db_transaction(cx, sign_step, &s);
}
