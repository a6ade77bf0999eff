/* assess_part.c — 回避: what part cx->me had in a round's scores, and what that keeps them from
 * (domain: §1 Separation of duties). */
#include "gen/sql_assess.h"
#include "rooms/assess/assess_correct.h"
#include "rooms/assess/assess_inner.h"

/* unit: of one village; 0: of any. */
static Err walked(Cx *cx, int64_t round, int64_t unit, bool *yes)
{
    struct sql_assess_inspect_sheets_of_rows s;
    TRY(sql_assess_inspect_sheets_of(
        cx, &(struct sql_assess_inspect_sheets_of){.round = round, .limit = SHEETS_MAX}, &s));
    *yes = false;
    for (size_t i = 0; i < s.n; i++)
        *yes |= s.at[i].inspector == cx->me.person && str_eq(s.at[i].state, S("done"))
                && (!unit || s.at[i].unit == unit);
    return OK;
}

/* item: of one; empty: of any. */
static Err lost_by_me(Cx *cx, int64_t round, Str item, bool *yes)
{
    struct sql_assess_inspect_mine_in_row row;
    TRY(sql_assess_inspect_mine_in(
        cx, &(struct sql_assess_inspect_mine_in){.round = round, .item = item}, &row));
    *yes = row.n > 0;
    return OK;
}

/* Who scored what is corrected, or wrote the correction, has entered a score in it. */
Err assess_entered(Cx *cx, int64_t round, enum entered *to)
{
    struct assess_round r;
    bool fixed, sheet, typed;
    TRY(assess_round_get(cx, round, &r));
    int64_t scored = r.corrects ? r.corrects : round;
    TRY(assess_correct_entered(cx, round, cx->me.person, &fixed));
    TRY(walked(cx, scored, 0, &sheet));
    TRY(lost_by_me(cx, scored, S(""), &typed));
    *to = fixed   ? ENTERED_CORRECTION
          : sheet ? ENTERED_SHEET
          : typed ? ENTERED_PAPER
                  : ENTERED_NOTHING;
    return OK;
}

Text assess_entered_why(enum entered how)
{
    switch (how) {
    case ENTERED_SHEET: return T("您在这一轮打过分，不能签字");
    case ENTERED_PAPER: return T("您录入过这一轮的扣分，不能签字");
    case ENTERED_CORRECTION: return T("您写过这次更正，不能签字");
    case ENTERED_NOTHING: break;
    }
    return (Text){"", ""};
}

Err assess_judged(Cx *cx, int64_t round, int64_t unit, Str item, bool *yes)
{
    bool there, lost;
    TRY(walked(cx, round, unit, &there));
    TRY(lost_by_me(cx, round, item, &lost));
    *yes = there || lost;
    return OK;
}
