/* assess_words.c — what the pages of 红黑旗 share: labels, reasons, who may see what. */
#include "base/day.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"
#include "rooms/attachment/attachment.h"
#include "rooms/category/category.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { REASONS_MAX = 8 };

/* Who is told of a black flag that the public is not: the town's lead and the unit's own. */
#define SEES_PRIVATE                                                                               \
    (TOWN_POSTS | CHAIN_POSTS | HAS(POST_BRANCH_SEC) | HAS(POST_SUPERVISOR) | HAS(POST_APPEAL))

Str assess_month_text(Cx *cx, Str month)
{
    int64_t first, last, y, m, d;
    if (!assess_month_days(month, &first, &last))
        return month;
    day_civil(first, &y, &m, &d);
    char *year = arena_printf(&cx->mem, "%" PRId64, y);
    char *no = arena_printf(&cx->mem, "%" PRId64, m);
    return say_ab(cx, T("{a} 年 {b} 月"), str(year), str(no));
}

int64_t assess_week_no(Str week)
{
    return week.len == 8 ? (week.at[6] - '0') * 10 + (week.at[7] - '0') : 0;
}

struct word {
    const char *code;
    Text label;
};

static Text word_of(const struct word *words, size_t n, Str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(code, str(words[i].code)))
            return words[i].label;
    return (Text){"", ""};
}
#define WORD(words, code) word_of(words, sizeof(words) / sizeof *(words), code)

Text assess_state_label(Str state)
{
    static const struct word words[] = {
        {"open",      T("检查中")            },
        {"scored",    T("已收卷")            },
        {"frozen",    T("申诉期")            },
        {"in_appeal", T("申诉复核中")      },
        {"final",     T("已定稿，待签字")},
        {"published", T("已公布")            },
        {"archived",  T("已归档")            },
    };
    return WORD(words, state);
}

Text sheet_state_label(Str state)
{
    static const struct word words[] = {
        {"drawn",   T("还没查")},
        {"started", T("正在查")},
        {"done",    T("已交表")},
        {"waived",  T("免查")   },
    };
    return WORD(words, state);
}

Text appeal_state_label(Str state)
{
    static const struct word words[] = {
        {"open",    T("等复核")      },
        {"upheld",  T("维持原扣分")},
        {"reduced", T("减少处数")   },
        {"struck",  T("取消扣分")   },
    };
    return WORD(words, state);
}

Str assess_percent(Cx *cx, int64_t n)
{
    return str(arena_printf(&cx->mem, "%" PRId64 "%%", n));
}

Str assess_posts_of(Cx *cx, int64_t person)
{
    uint32_t have;
    if (duty_posts(cx, person, &have) != OK)
        return say(cx, posts[POST_INSPECTOR].label);
    for (int p = POST_NONE + 1; p < N_POSTS; p++)
        if (have & HAS(p) & SCORERS)
            return say(cx, posts[p].label);
    return say(cx, posts[POST_INSPECTOR].label);
}

struct assess_picks assess_village_picks(Cx *cx, int64_t chosen)
{
    struct units v = {0};
    if (town_villages(cx, &v) != OK)
        return (struct assess_picks){0};
    struct assess_pick *at = NEW_ARRAY(&cx->mem, v.n + 1, struct assess_pick);
    for (size_t i = 0; i < v.n; i++)
        at[i] = (struct assess_pick){.value = str(arena_printf(&cx->mem, "%" PRId64, v.at[i].code)),
            .label = v.at[i].name,
            .chosen = v.at[i].code == chosen};
    return (struct assess_picks){at, v.n};
}

/* What is usually wrong there: the office's phrases of 检查扣分, the item's category first. */
Err assess_reasons(Cx *cx, Str item, Str chosen, struct assess_picks *to)
{
    struct phrases p;
    TRY(category_phrases(cx, assess_item_category(cx, item), S("deduct"), &p));
    struct assess_pick *at = NEW_ARRAY(&cx->mem, REASONS_MAX, struct assess_pick);
    size_t n = 0;
    for (; n < p.n && n < REASONS_MAX; n++)
        at[n] = (struct assess_pick){.value = p.at[n],
            .label = p.at[n],
            .chosen = chosen.len ? str_eq(chosen, p.at[n]) : n == 0};
    *to = (struct assess_picks){at, n};
    return OK;
}

bool assess_sees_private(Cx *cx, int64_t unit)
{
    uint32_t mine = 0;
    if (!cx->me.person || duty_posts_over(cx, unit, &mine) != OK)
        return false;
    return mine & SEES_PRIVATE;
}

bool assess_in_care(Cx *cx, int64_t unit)
{
    uint32_t mine = 0;
    const uint32_t outside = HAS(POST_CONTRACTOR) | HAS(POST_VOLUNTEER) | HAS(POST_TEAM_LEADER)
                             | HAS(POST_MEMBER) | HAS(POST_INSPECTOR);
    if (!cx->me.person || duty_posts_over(cx, unit, &mine) != OK)
        return false;
    return mine & STAFF_POSTS & ~outside;
}

Err assess_seen(Cx *cx, int64_t object)
{
    struct sql_assess_inspect_deduct_seen_row seen;
    struct sql_assess_inspect_deduct_own_row own;
    Err e = sql_assess_inspect_deduct_seen(
        cx, &(struct sql_assess_inspect_deduct_seen){.id = object}, &seen);
    if (e != ERR_NOT_FOUND)
        return e;
    e = sql_assess_inspect_deduct_own(
        cx, &(struct sql_assess_inspect_deduct_own){.id = object}, &own);
    if (e != ERR_NOT_FOUND)
        return e;
    /* or it is the picture of an appeal */
    struct sql_assess_appeal_find_row appeal;
    TRY(sql_assess_appeal_find(cx, &(struct sql_assess_appeal_find){.id = object}, &appeal));
    return assess_in_care(cx, appeal.unit) ? OK : ERR_NOT_FOUND;
}

/* "同分，按期结案率高者在前（38/40）" */
Str assess_why(Cx *cx, const struct assess_kept *k, size_t no)
{
    const struct reckon_unit *u = &k->in.unit[no];
    enum decided by = k->out[no].by;
    Str words = say(cx, assess_decided_text(by));
    if (by != BY_ON_TIME && by != BY_PLEASED)
        return by == BY_RANK || by == BY_NOTHING ? S("") : words;
    int64_t num = by == BY_ON_TIME ? u->on_time_num : u->pleased_num;
    int64_t den = by == BY_ON_TIME ? u->on_time_den : u->pleased_den;
    return str(
        arena_printf(&cx->mem, "%.*s %" PRId64 "/%" PRId64, (int)words.len, words.at, num, den));
}

static Err photo_of(Cx *cx, int64_t deduct, int64_t *photo)
{
    struct attachments a;
    TRY(attachment_of(cx, deduct, &a));
    *photo = a.n ? a.at[0].id : 0;
    return OK;
}

Err assess_places(
    Cx *cx, const struct assess_deducts *d, Str week, Str item, bool photos, struct place_rows *to)
{
    struct place_row *at = NEW_ARRAY(&cx->mem, d->n + 1, struct place_row);
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        const struct assess_deduct *x = &d->at[i];
        if (!str_eq(x->week, week) || !str_eq(x->item, item))
            continue;
        at[n] = (struct place_row){.id = x->id,
            .n = x->n,
            .n_left = x->n_left,
            .found_at = x->found_at,
            .problem = x->problem,
            .place = x->place,
            .said = x->said,
            .appeal = x->appeal,
            .may_void = x->inspector == cx->me.person};
        if (photos)
            TRY(photo_of(cx, x->id, &at[n].photo));
        n++;
    }
    *to = (struct place_rows){at, n};
    return OK;
}
