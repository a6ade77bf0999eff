/* assess_me.c — 本村红黑旗 on /me. */
#include "rooms/assess/assess_me.h"

#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { LOST_SHOWN = 6 };

/* The village cx->me is secretary of; 0: none. */
static Err own_village(Cx *cx, int64_t *unit)
{
    struct appointments a;
    *unit = 0;
    if (!(cx->me.posts & HAS(POST_SECRETARY)))
        return OK;
    TRY(duty_of_person(cx, cx->me.person, &a));
    for (size_t i = 0; i < a.n && !*unit; i++) {
        uint32_t mine;
        if (a.at[i].post != POST_SECRETARY)
            continue;
        TRY(duty_posts_over(cx, a.at[i].unit, &mine));
        if (mine & HAS(POST_SECRETARY))
            *unit = town_village_of(a.at[i].unit);
    }
    return OK;
}

static const struct scored *scored_of(const struct assess_live *l, int w)
{
    return w == l->in.n_weeks ? &l->out.month : &l->out.week[w];
}

/* This week if somebody has looked, else the last that was looked at; −1: none. */
static int week_shown(const struct assess_live *l)
{
    if (l->week >= 0 && l->seen[l->week])
        return l->week;
    for (int w = l->in.n_weeks; w >= 0; w--)
        if (l->seen[w])
            return w;
    return l->week;
}

static void lost_of(Cx *cx, const struct assess_live *l, int w, struct assess_me *m)
{
    struct lost_row *at = NEW_ARRAY(&cx->mem, LOST_SHOWN, struct lost_row);
    const struct reckon_unit *u = &l->in.unit[0];
    for (size_t i = 0; i < l->in.n_items && m->lost.n < LOST_SHOWN; i++) {
        const struct reckon_item *it = &l->in.item[i];
        const struct finding *f = w == l->in.n_weeks ? &u->month.found[i] : &u->week[w].found[i];
        int64_t lost = it->full - scored_of(l, w)->points[i];
        bool counts = !it->groups || it->groups >> u->group & 1;
        if (it->kind > ITEM_AUTO || !counts || lost <= 0)
            continue;
        if (it->kind == ITEM_AUTO && f->den < l->in.rules.min_den)
            continue;
        at[m->lost.n++] = (struct lost_row){.code = it->code,
            .name = l->in.item_name[i],
            .lost = assess_points(cx, lost),
            .n = f->n,
            .num = f->num,
            .den = f->den,
            .counted = it->kind == ITEM_AUTO};
    }
    m->lost.at = at;
}

static Err live(Cx *cx, struct assess_me *m)
{
    struct assess_live *l = NEW(&cx->mem, struct assess_live);
    Err e = assess_live(cx, m->unit, l);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    int w = week_shown(l);
    m->live = true;
    m->round = l->round.id;
    m->month_score = assess_points(cx, l->out.score);
    if (w >= 0) {
        m->week_no = w == l->in.n_weeks
                         ? 0
                         : (l->in.week[w].code.at[6] - '0') * 10 + (l->in.week[w].code.at[7] - '0');
        m->week_score = assess_points(cx, scored_of(l, w)->score);
        m->seen = l->seen[w];
        lost_of(cx, l, w, m);
    }
    return assess_chances(cx, l, &m->chances);
}

static Err last(Cx *cx, struct assess_me *m)
{
    struct sql_assess_history_rows h;
    TRY(sql_assess_history(cx, &(struct sql_assess_history){.unit = m->unit, .limit = 1}, &h));
    if (!h.n)
        return OK;
    m->last = true;
    m->last_round = h.at[0].round;
    m->last_month = h.at[0].month;
    m->last_score = assess_points(cx, h.at[0].score);
    m->last_flag = h.at[0].flag;
    m->rank = h.at[0].place;
    return OK;
}

Err assess_me(Cx *cx, struct assess_me *m)
{
    *m = (struct assess_me){0};
    TRY(assess_duties_mine(cx, &m->duties));
    TRY(own_village(cx, &m->unit));
    if (!m->unit)
        return OK;
    m->unit_name = town_unit_name(cx, m->unit);
    TRY(live(cx, m));
    TRY(last(cx, m));
    m->there = m->live || m->last;
    return OK;
}
