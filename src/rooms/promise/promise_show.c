/* promise_show.c — rows of promises into what their pages show. */
#include "rooms/people/people.h"
#include "rooms/promise/promise_card.h"
#include "rooms/promise/promise_inner.h"
#include "rooms/town/town.h"

enum { HASH = 64 }; /* evidence: hashes with commas */

static Err olds_of(Cx *cx, const Promise *p, struct promise_olds *to)
{
    struct promise_changes all;
    TRY(promise_changes(cx, p->id, &all));
    struct promise_old *at = NEW_ARRAY(&cx->mem, all.n + 1, struct promise_old);
    for (size_t i = 0; i < all.n; i++)
        at[i] = (struct promise_old){.text = all.at[i].old_text,
            .goal = promise_measure_text(cx, p, all.at[i].old_goal),
            .due_on = all.at[i].old_due_on,
            .note = all.at[i].note,
            .at = all.at[i].at};
    *to = (struct promise_olds){at, all.n};
    return OK;
}

Err promise_card_of(Cx *cx, const Promise *p, bool names, struct promise_card *to)
{
    int state = machine_state(&promise_machine, p->state);
    *to = (struct promise_card){.id = p->id,
        .unit = p->unit,
        .version = p->version,
        .village = town_unit_name(cx, p->unit),
        .text = p->text,
        .asks = promise_measure_text(cx, p, p->goal),
        .did = p->result.set ? promise_measure_text(cx, p, p->result) : (Str){0},
        .due_on = p->due_on,
        .public_at = p->public_at.v,
        .claimed_at = state > PUBLIC_NOW ? p->claimed_at.v : 0,
        .confirmed_at = p->confirmed_at.v,
        .n_evidence = state > PUBLIC_NOW && p->evidence.set
                          ? (int64_t)(p->evidence.v.len + 1) / (HASH + 1)
                          : 0,
        .claim_text = state > PUBLIC_NOW && p->claim_text.set ? p->claim_text.v : (Str){0},
        .end_text = p->end_text.set ? p->end_text.v : (Str){0},
        .state = promise_states[state < 0 ? 0 : state].code,
        .label = promise_state_label(p->state),
        .late = promise_late(cx, p)};
    if (names) {
        to->made_by = people_name(cx, p->made_by);
        to->claimed_by = p->claimed_by.set ? people_name(cx, p->claimed_by.v) : (Str){0};
        to->confirmed_by = p->confirmed_by.set ? people_name(cx, p->confirmed_by.v) : (Str){0};
    }
    return olds_of(cx, p, &to->olds);
}

Err promise_cards_of(Cx *cx, const struct promises *in, bool names, struct promise_cards *to)
{
    struct promise_card *at = NEW_ARRAY(&cx->mem, in->n + 1, struct promise_card);
    for (size_t i = 0; i < in->n; i++)
        TRY(promise_card_of(cx, &in->at[i], names, &at[i]));
    *to = (struct promise_cards){at, in->n};
    return OK;
}

/* This year's, and what is still open of earlier ones. */
Err promise_of_village(Cx *cx, int64_t village, struct promise_cards *to)
{
    struct promises all;
    Str first = str(arena_printf(&cx->mem, "%.4s-01-01", town_today(cx).at));
    TRY(promise_due(cx, village, S("2000-01-01"), S("9999-12-31"), &all));
    Promise *at = NEW_ARRAY(&cx->mem, all.n + 1, Promise);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        const Promise *p = &all.at[i];
        bool open = machine_state(&promise_machine, p->state) < CONFIRMED;
        if (open || memcmp(p->due_on.at, first.at, 10) >= 0)
            at[n++] = *p;
    }
    return promise_cards_of(cx, &(struct promises){at, n}, false, to);
}
