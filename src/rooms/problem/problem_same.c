/* problem_same.c — 疑似重复, as the office goes through them. */
#include "rooms/problem/problem_same.h"

#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_like.h"

enum { LOOKED_AT = 100, MERGED_SHOWN = 30 };

static bool before_work(const struct problem_card *c)
{
    return c->state == REPORTED || c->state == FILED;
}

/* Both may go under the other: the younger one does. */
static Err pair_of(Cx *cx, const struct card_page *page, const struct problem_card *c,
    struct same_pair *to, bool *found)
{
    struct like likes[LIKES_MAX];
    size_t n;
    *found = false;
    TRY(problem_likes_of(cx, c->id, likes, &n));
    for (size_t i = 0; i < n && !*found; i++) {
        if (problem_seen(cx, likes[i].id) != OK)
            continue;
        *to = (struct same_pair){.one = *c,
            .metres = likes[i].metres,
            .same_place = likes[i].same_place,
            .same_words = likes[i].same_words};
        TRY(card_find(cx, page, likes[i].id, &to->other));
        *found = !before_work(&to->other) || to->other.id < c->id;
    }
    memset(&cx->why, 0, sizeof cx->why);
    return OK;
}

Err problem_pairs(Cx *cx, struct same_pairs *to)
{
    static const char *const states[] = {"reported", "filed"};
    struct card_page page;
    struct same_pair *at = NEW_ARRAY(&cx->mem, 2 * LOOKED_AT, struct same_pair);
    size_t n = 0;
    TRY(card_page(cx, &page));
    for (size_t s = 0; s < 2; s++) {
        struct problem_cards cards;
        TRY(problem_cards(cx,
            &(struct problem_filter){
                .state = str(states[s]), .order = FIRST_LATEST, .limit = LOOKED_AT},
            &cards));
        for (size_t i = 0; i < cards.n && i < LOOKED_AT; i++) {
            bool found;
            TRY(pair_of(cx, &page, &cards.at[i], &at[n], &found));
            n += found;
        }
    }
    *to = (struct same_pairs){at, n};
    return OK;
}

static Err undo_for(Cx *cx, int64_t id, bool *may)
{
    Case p;
    uint32_t have;
    struct problem_buttons buttons;
    TRY(case_any(cx, id, &p));
    TRY(case_posts(cx, &p, &have));
    TRY(card_buttons(cx, &p, have, &buttons));
    *may = false;
    for (size_t i = 0; i < buttons.n; i++)
        *may |= !strcmp(buttons.at[i].verb, "unmerge");
    return OK;
}

Err problem_mergeds(Cx *cx, struct same_mergeds *to)
{
    struct card_page page;
    struct problem_cards cards;
    size_t n = 0;
    TRY(card_page(cx, &page));
    TRY(problem_cards(cx,
        &(struct problem_filter){
            .state = S("merged"), .order = FIRST_LATEST, .limit = MERGED_SHOWN},
        &cards));
    struct same_merged *at = NEW_ARRAY(&cx->mem, cards.n + 1, struct same_merged);
    for (size_t i = 0; i < cards.n; i++) {
        Case p;
        at[n].one = cards.at[i];
        TRY(case_any(cx, cards.at[i].id, &p));
        if (!p.master.set || card_find(cx, &page, p.master.v, &at[n].master) != OK)
            continue;
        TRY(undo_for(cx, p.id, &at[n].may_undo));
        n++;
    }
    memset(&cx->why, 0, sizeof cx->why);
    *to = (struct same_mergeds){at, n};
    return OK;
}
