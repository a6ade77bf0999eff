/* assess_duty.c — 后续: the help plan, talks and visits that follow from a flag, done with words.
 */
#include "base/utf8.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_follow.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"
#include "store/log.h"

enum { DUTIES_MAX = 200, OPEN_MAX = 500, SAID_MAX = 500 };

static const struct {
    const char *kind;
    Text label;
} kinds[] = {
    {"help_plan",      T("交整改计划")         },
    {"rectify",        T("下整改通知书")      },
    {"on_site",        T("到村现场帮助")      },
    {"talk_lead",      T("包村科级干部约谈")},
    {"talk_commander", T("总指挥约谈")         },
    {"circular",       T("全镇通报")            },
    {"demo_site",      T("提名示范点")         },
};

Text assess_duty_label(Str kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kind, str(kinds[i].kind)))
            return kinds[i].label;
    return (Text){"", ""};
}

/* What was the office's is also its head's. */
static bool owns(uint32_t mine, int64_t post)
{
    uint32_t who = post == POST_OFFICE ? OFFICE_POSTS : HAS(post);
    return mine & who;
}

Err assess_duties(Cx *cx, int64_t unit, struct assess_duties *to)
{
    struct sql_assess_duties_rows r;
    uint32_t mine;
    TRY(sql_assess_duties(cx, &(struct sql_assess_duties){.unit = unit, .limit = DUTIES_MAX}, &r));
    TRY(duty_posts_over(cx, unit, &mine));
    struct assess_duty *at = NEW_ARRAY(&cx->mem, r.n + 1, struct assess_duty);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct assess_duty){.id = r.at[i].id,
            .round = r.at[i].round,
            .unit = unit,
            .label = assess_duty_label(r.at[i].kind),
            .owner = posts[r.at[i].owner_post].label,
            .due_on = r.at[i].due_on,
            .said = r.at[i].said.v,
            .done_at = r.at[i].done_at.v,
            .done = str_eq(r.at[i].state, S("done")),
            .mine = owns(mine, r.at[i].owner_post)};
    *to = (struct assess_duties){at, r.n};
    return OK;
}

Err assess_duties_mine(Cx *cx, struct assess_duties *to)
{
    struct sql_assess_duties_open_rows r;
    TRY(sql_assess_duties_open(cx, &(struct sql_assess_duties_open){.limit = OPEN_MAX}, &r));
    struct assess_duty *at = NEW_ARRAY(&cx->mem, r.n + 1, struct assess_duty);
    Str today = town_today(cx);
    *to = (struct assess_duties){at, 0};
    for (size_t i = 0; i < r.n; i++) {
        uint32_t mine;
        TRY(duty_posts_over(cx, r.at[i].unit, &mine));
        if (!owns(mine, r.at[i].owner_post))
            continue;
        at[to->n++] = (struct assess_duty){.id = r.at[i].id,
            .round = r.at[i].round,
            .unit = r.at[i].unit,
            .unit_name = town_unit_name(cx, r.at[i].unit),
            .label = assess_duty_label(r.at[i].kind),
            .owner = posts[r.at[i].owner_post].label,
            .due_on = r.at[i].due_on,
            .late = memcmp(r.at[i].due_on.at, today.at, 10) < 0,
            .mine = true};
    }
    return OK;
}

struct doing {
    int64_t id;
    Str said;
};

static Err done_step(Cx *cx, void *arg)
{
    const struct doing *d = arg;
    struct sql_assess_duty_find_row row;
    uint32_t mine;
    TRY(sql_assess_duty_find(cx, &(struct sql_assess_duty_find){.id = d->id}, &row));
    TRY(duty_posts_over(cx, row.unit, &mine));
    if (!owns(mine, row.owner_post))
        return fail_say(cx, ERR_FORBIDDEN, "said",
            say_s(cx, T("这件后续由{s}来办"), say(cx, posts[row.owner_post].label)));
    Err e = sql_assess_duty_done(cx, &(struct sql_assess_duty_done){.id = d->id, .said = d->said});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "said", T("这件后续已经办了"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = "assess_duty_done",
                             .unit = row.unit,
                             .object = d->id,
                             .from = S("open"),
                             .to = S("done"),
                             .said = d->said});
}

Err assess_duty_done(Cx *cx, int64_t id, Str said, int64_t *round, int64_t *unit)
{
    struct doing d = {id, str_trim(said)};
    struct sql_assess_duty_find_row row;
    TRY(sql_assess_duty_find(cx, &(struct sql_assess_duty_find){.id = id}, &row));
    *round = row.round;
    *unit = row.unit;
    if (!d.said.len || str_n_chars(d.said) > SAID_MAX)
        return fail(cx, ERR_INVALID, "said", T("请写明怎么办的，最多 500 个字"));
    return db_transaction(cx, done_step, &d);
}
