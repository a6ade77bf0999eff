/* assess_lowest.c — 最低一周. */
#include "rooms/assess/assess_lowest.h"

#include "gen/sql_assess.h"
#include "rooms/assess/assess.h"
#include "rooms/assess/assess_explain.h"

static bool among(Str code, const char *const *items)
{
    while (*items && !str_eq(code, str(*items)))
        items++;
    return *items != NULL;
}

Err assess_lowest_week(Cx *cx, int64_t unit, const char *const *items, struct assess_lowest *to)
{
    struct sql_assess_history_rows past;
    struct assess_kept k;
    bool any = false;
    TRY(sql_assess_history(cx, &(struct sql_assess_history){.unit = unit, .limit = 1}, &past));
    if (!past.n)
        return ERR_NOT_FOUND;
    TRY(assess_kept(cx, past.at[0].round, 0, &k));
    size_t u = assess_unit_no(&k, unit);
    if (u == k.in.n_units)
        return ERR_NOT_FOUND;
    *to = (struct assess_lowest){.round = past.at[0].round, .month = past.at[0].month};
    for (int w = 0; w < k.in.n_weeks; w++) {
        int64_t points = 0;
        bool has = false;
        for (size_t i = 0; i < k.in.n_items; i++)
            if (among(k.in.item[i].code, items)) {
                points += k.out[u].week[w].points[i];
                has = true;
            }
        if (!has || !k.in.unit[u].week[w].inspected || (any && points >= to->points))
            continue;
        any = true;
        to->points = points;
        to->week = k.in.week[w].code;
    }
    return any ? OK : ERR_NOT_FOUND;
}
