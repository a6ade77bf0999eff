/* problem_me.c — 我的待办: what waits for one person, 先易后难. */
#include "rooms/problem/problem_card.h"

enum { ROWS = 60 };

struct piles {
    struct card_page page;
    struct problem_card *todo, *unfiled, *unverified;
    size_t n_todo, n_unfiled, n_unverified;
};

static bool there(const struct problem_card *at, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (at[i].id == id)
            return true;
    return false;
}

/* Each with its buttons; the expected one first. */
static Err with_buttons(Cx *cx, struct problem_card *c)
{
    Case p;
    uint32_t have;
    TRY(case_any(cx, c->id, &p));
    TRY(case_posts(cx, &p, &have));
    return card_buttons(cx, &p, have, &c->buttons);
}

static Err put(Cx *cx, struct piles *to, const struct card_row *r)
{
    struct problem_card c = card_of(cx, &to->page, r);
    bool before = c.state == REPORTED || c.state == FILED, check = c.state == HANDLED;
    struct problem_card *pile = before ? to->unfiled : check ? to->unverified : to->todo;
    size_t *n = before ? &to->n_unfiled : check ? &to->n_unverified : &to->n_todo;
    if (*n >= ROWS || there(pile, *n, c.id))
        return OK;
    TRY(with_buttons(cx, &c));
    /* who cannot do the step sees nothing to do: a secretary's own work is checked by others */
    if ((before || check) && !(c.buttons.n && c.buttons.at[0].big))
        return OK;
    pile[(*n)++] = c;
    return OK;
}

static Err in_hand(Cx *cx, struct piles *to)
{
    struct sql_problem_in_hand_rows rows;
    TRY(sql_problem_in_hand(cx, &(struct sql_problem_in_hand){.limit = ROWS}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct card_row r = CARD_ROW(&rows.at[i]);
        int s = machine_state(&problem_machine, r.state);
        if (s == DISPATCHED || s == HANDLING)
            TRY(put(cx, to, &r));
    }
    return OK;
}

static Err in_turn(Cx *cx, struct piles *to, enum post turn, enum post post)
{
    struct sql_problem_in_turn_rows rows;
    TRY(sql_problem_in_turn(cx,
        &(struct sql_problem_in_turn){
            .turn = str(posts[turn].code), .post = str(posts[post].code), .limit = ROWS},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct card_row r = CARD_ROW(&rows.at[i]);
        TRY(put(cx, to, &r));
    }
    return OK;
}

Err problem_me(Cx *cx, struct problem_me *to)
{
    struct piles p = {
        .todo = NEW_ARRAY(&cx->mem, ROWS, struct problem_card),
        .unfiled = NEW_ARRAY(&cx->mem, ROWS, struct problem_card),
        .unverified = NEW_ARRAY(&cx->mem, ROWS, struct problem_card),
    };
    uint32_t have;
    int64_t end_of_today = day_start(day_of(cx->now) + 1);
    *to = (struct problem_me){0};
    TRY(card_page(cx, &p.page));
    TRY(in_hand(cx, &p));
    TRY(duty_posts(cx, cx->me.person, &have));
    for (int post = POST_NONE + 1; post < N_POSTS; post++) {
        if (!(have & HAS(post)))
            continue;
        TRY(in_turn(cx, &p, (enum post)post, (enum post)post));
        if (post == POST_OFFICE_HEAD)
            TRY(in_turn(cx, &p, POST_OFFICE, POST_OFFICE_HEAD));
        if (post == POST_OFFICE)
            TRY(in_turn(cx, &p, POST_OFFICE_HEAD, POST_OFFICE));
    }
    for (size_t i = 0; i < p.n_todo; i++) {
        const struct problem_card *c = &p.todo[i];
        to->n_overdue += c->overdue;
        to->n_today += !c->overdue && c->due_at && c->due_at < end_of_today;
    }
    to->n_hand = (int64_t)p.n_todo;
    to->todo = (struct problem_cards){p.todo, p.n_todo, 0};
    to->unfiled = (struct problem_cards){p.unfiled, p.n_unfiled, 0};
    to->unverified = (struct problem_cards){p.unverified, p.n_unverified, 0};
    TRY(problem_cards(
        cx, &(struct problem_filter){.my_asks = true, .order = FIRST_BY_DUE}, &to->asks));
    for (size_t i = 0; i < to->asks.n; i++)
        TRY(with_buttons(cx, (struct problem_card *)&to->asks.at[i]));
    return OK;
}
