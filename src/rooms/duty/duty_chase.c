/* duty_chase.c — 交接催办: a hand-over that not all three have confirmed is not left lying: after
 * CHASE_FIRST days those who have not are reminded, after CHASE_AGAIN days once more and the office
 * with them, while the old holder can still sign in for it (村民委员会组织法 第二十条: 10 days;
 * the two days are our own number). */
#include "rooms/duty/duty_inner.h"

#include <inttypes.h>

#include "gen/sql_duty.h"
#include "rooms/notice/notice.h"
#include "store/log.h"

enum { CHASE_FIRST = 3, CHASE_AGAIN = 7, A_RUN = 100, BOTH_SIDES = 2 };

struct chase {
    int64_t id;
    int round; /* 1, 2 */
};

static Err remind(Cx *cx, const struct handover *h, int64_t person, Text say, int round)
{
    TRY(notice_add(cx, &(struct notice){.to = person,
                           .say = say,
                           .about = town_unit_name(cx, h->unit),
                           .object = h->id,
                           .path = str(arena_printf(&cx->mem, "/handover/%" PRId64, h->id)),
                           .key = round == 1 ? "handover_chase 1" : "handover_chase 2"}));
    return duty_handover_stands(cx, h, person, say);
}

/* Who has still to confirm; without an old holder whose days for it are over. */
static Err awaited(Cx *cx, const struct handover *h, int64_t **to, size_t *n)
{
    struct holders above = {0};
    if (!h->witness_at.set)
        TRY(duty_handover_witnesses(cx, h, &above));
    int64_t *at = NEW_ARRAY(&cx->mem, above.n + BOTH_SIDES, int64_t);
    *n = 0;
    if (!h->old_at.set && memcmp(h->from_on.at, duty_grace_from(cx).at, 10) >= 0)
        at[(*n)++] = h->from_person;
    if (!h->new_at.set)
        at[(*n)++] = h->to_person;
    for (size_t i = 0; i < above.n; i++)
        at[(*n)++] = above.at[i].person;
    *to = at;
    return OK;
}

static Err chase_step(Cx *cx, void *arg)
{
    const struct chase *c = arg;
    struct holders office = {0};
    struct handover h;
    int64_t *who;
    size_t n;
    Err e = sql_duty_handover_chased(
        cx, &(struct sql_duty_handover_chased){.id = c->id, .chased = c->round});
    if (e == ERR_CONFLICT)
        return OK; /* another node was first */
    TRY(e);
    TRY(duty_handover_find(cx, c->id, &h));
    TRY(awaited(cx, &h, &who, &n));
    for (size_t i = 0; i < n; i++)
        TRY(remind(cx, &h, who[i], T("交接清单还没有您的确认，请核对后确认"), c->round));
    if (c->round == 2)
        TRY(duty_holders(cx, h.unit, OFFICE_POSTS, &office));
    for (size_t i = 0; i < office.n; i++) {
        bool told = false;
        for (size_t k = 0; k < n; k++)
            told |= who[k] == office.at[i].person;
        if (!told)
            TRY(remind(cx, &h, office.at[i].person, T("交接提醒两次还没有三方确认，请督促"), 2));
    }
    return event_add(cx, &(struct event){.verb = "handover_chase", .unit = h.unit, .object = h.id});
}

static Err chase_round(Cx *cx, int round, int days)
{
    struct sql_duty_handovers_silent_rows rows;
    TRY(sql_duty_handovers_silent(cx,
        &(struct sql_duty_handovers_silent){
            .until = duty_day_plus(cx, duty_today(cx), -days), .chased = round, .limit = A_RUN},
        &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(db_transaction(cx, chase_step, &(struct chase){rows.at[i].id, round}));
    return OK;
}

Err duty_chase_job(Cx *cx)
{
    TRY(chase_round(cx, 2, CHASE_AGAIN));
    return chase_round(cx, 1, CHASE_FIRST);
}
