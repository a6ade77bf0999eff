/* category_pages.h — what the pages of categories, tiles and ready words show. */
#pragma once
#include "rooms/category/category_edit.h"
#include "rooms/town/town_form_web.h"

struct category_card {
    Str code, name, focus, limit, handlers;
    int64_t severity, difficulty, version;
    bool automatic, hidden;
};
struct category_cards {
    const struct category_card *at;
    size_t n;
};
struct category_list_view {
    const struct shell *shell;
    bool saved;
    struct category_cards rows;
};
struct tile_card {
    Str word, word_en, code, category, under, icon;
    int64_t position;
};
struct tile_cards {
    const struct tile_card *at;
    size_t n;
};
struct tile_list_view {
    const struct shell *shell;
    bool saved;
    struct tile_cards rows;
};
struct phrase_card {
    Text verb;
    Str verb_code, code, category, words; /* category empty: for all */
    int64_t position, version;
};
struct phrase_cards {
    const struct phrase_card *at;
    size_t n;
};
struct phrase_list_view {
    const struct shell *shell;
    bool saved;
    Str key;
    struct phrase_cards rows;
};
