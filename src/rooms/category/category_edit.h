/* category_edit.h — changing categories, tiles and 常用语 (imports, /settings).
 *
 * The puts are one transaction each, or join the one that is open; they ask town_may_edit() and
 * write a new version with an event; the same content twice is stored once.  version: the newest
 * one looked at (0: none yet, FOR_IMPORTS: nobody looked); ERR_CONFLICT: somebody changed it
 * meanwhile. */
#pragma once
#include "rooms/category/category.h"
#include "rooms/town/town_edit.h"

struct category_new {
    Str name_en;                  /* empty: not given; an import without it keeps what stands */
    Str code, name, focus, limit; /* limit: "4h" "3d" "2u" */
    int64_t guard_u, severity, difficulty, radius_m, age_days, version;
    bool river, automatic, hidden;
    Str handlers, post, stopper; /* post: "cadre", empty: nobody by rule */
    Str from_on;
};
Err category_check(Cx *, const struct category_new *) MUST_CHECK; /* reads nothing */
Err category_put(Cx *, const struct category_new *, enum put *) MUST_CHECK;

struct category_version {
    struct category c;
    Str from_on, post;
    int64_t by, at;
};
/* Newest first, also those that begin later. */
Err category_history(Cx *, Str code, const struct category_version **, size_t *n) MUST_CHECK;

struct tile_new {
    Str word, code, icon, under; /* under: the tile whose chip it is */
    Str word_en;                 /* as name_en */
    int64_t position, version;
    bool shown;
    Str from_on;
};
Err category_tile_put(Cx *, const struct tile_new *, enum put *) MUST_CHECK;

struct phrase_new {
    Str verb, code, words; /* code empty: for all categories */
    int64_t position, version;
    bool shown;
    Str from_on;
};
Err category_phrase_put(Cx *, const struct phrase_new *, enum put *) MUST_CHECK;

enum { CATEGORY_EN_MAX = 40, TILE_EN_MAX = 24 };
bool english_sound(Str, size_t most); /* within most characters and none of them Chinese */
OptStr english_kept(Str);             /* unset when empty */

/* What the office looks at and edits. */
struct tile_row {
    Str word, word_en, code, icon, under;
    int64_t position, version;
};
Err category_tile_list(Cx *, const struct tile_row **, size_t *n) MUST_CHECK; /* with chips */
struct phrase_row {
    Str verb, code, words;
    int64_t position, version;
};
Err category_phrase_list(Cx *, const struct phrase_row **, size_t *n) MUST_CHECK;
/* The verbs that have ready words; ends with {0}. */
extern const struct option phrase_verbs[];
Text category_focus(Str focus);          /* 道路环境卫生; empty for none */
Str limit_text(Cx *, struct time_limit); /* "4 工作时" "3 工作日" "2 小时（不分昼夜）" */
Str limit_code(Cx *, struct time_limit); /* "4h" */
