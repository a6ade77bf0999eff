/* problem_card.h — a row of any list as a card; what all rows of a page share is read once. */
#pragma once
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"
#include "rooms/town/town.h"

struct card_row {
    int64_t id, version, unit, village, severity, difficulty, reported_at, next_at, work_order,
        rework, n_merged, from_resident, office_only;
    OptI64 place, handler, photo_before, photo_after, filed_at, due_at;
    OptStr number, handler_post, handler_name, ask;
    Str place_text, body, category, focus, state, source;
};
/* The same columns of any statement's row. */
#define CARD_ROW(r)                                                                                \
    ((struct card_row){                                                                            \
        .id = (r)->id,                                                                             \
        .version = (r)->version,                                                                   \
        .unit = (r)->unit,                                                                         \
        .village = (r)->village,                                                                   \
        .severity = (r)->severity,                                                                 \
        .difficulty = (r)->difficulty,                                                             \
        .reported_at = (r)->reported_at,                                                           \
        .next_at = (r)->next_at,                                                                   \
        .work_order = (r)->work_order,                                                             \
        .rework = (r)->rework,                                                                     \
        .n_merged = (r)->n_merged,                                                                 \
        .from_resident = (r)->from_resident,                                                       \
        .office_only = (r)->office_only,                                                           \
        .place = (r)->place,                                                                       \
        .handler = (r)->handler,                                                                   \
        .photo_before = (r)->photo_before,                                                         \
        .photo_after = (r)->photo_after,                                                           \
        .filed_at = (r)->filed_at,                                                                 \
        .due_at = (r)->due_at,                                                                     \
        .number = (r)->number,                                                                     \
        .handler_post = (r)->handler_post,                                                         \
        .handler_name = (r)->handler_name,                                                         \
        .ask = (r)->ask,                                                                           \
        .place_text = (r)->place_text,                                                             \
        .body = (r)->body,                                                                         \
        .category = (r)->category,                                                                 \
        .focus = (r)->focus,                                                                       \
        .state = (r)->state,                                                                       \
        .source = (r)->source,                                                                     \
    })

struct card_page {
    const struct calendar *cal;
    struct categories categories;
    struct units villages;
};
Err card_page(Cx *, struct card_page *) MUST_CHECK;
struct problem_card card_of(Cx *, const struct card_page *, const struct card_row *);
/* District and city see problems without persons (domain §1, Seeing). */
bool sees_persons(const Cx *);
/* One case as a card. */
Err card_find(Cx *, const struct card_page *, int64_t id, struct problem_card *) MUST_CHECK;
/* Buttons of cx->me for a case, the expected one first. */
Err card_buttons(Cx *, const Case *, uint32_t posts, struct problem_buttons *) MUST_CHECK;
/* The sum's words: 易办，已超期，另有 2 件并入，群众上报，立案 12 个工作日 */
Str order_words(Cx *, const struct work_facts *, const struct work_order *);
Str join(Cx *, Str so_far, Str more, const char *between);
