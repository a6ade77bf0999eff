/* category.h — 问题类别: what can be wrong (GB/T 30428.2 codes and the town's own), with time
 * limit, severity, difficulty, who usually handles it, stopper texts, and the ready words 常用语.
 * Rows of the town, edited by the office; a problem keeps the version it was dispatched by. */
#pragma once
#include "base/day.h"
#include "base/fields.h"

struct category {
    Str code;              /* "0102" */
    Str name_en;           /* empty: not given */
    Str name, focus;       /* "road" "look" "air", empty for 6902 */
    bool river, automatic; /* automatic: filed and dispatched by rule */
    struct time_limit limit;
    int64_t guard_u;              /* urgent hours to the first guard; 0: none */
    int64_t severity, difficulty; /* 1–3 */
    Str handlers;                 /* words: "村保洁" */
    int64_t handler_post;         /* enum post the rule dispatches to; 0: nobody by rule */
    Str stopper;                  /* "not ours: call …"; empty: ours */
    int64_t radius_m, age_days;   /* likely duplicates */
    bool hidden;                  /* never offered to residents, never public (6902) */
    int64_t version;
};
struct categories {
    const struct category *at;
    size_t n;
};
Err category_find(Cx *, Str code, struct category *) MUST_CHECK; /* ERR_NOT_FOUND */
Err category_all(Cx *, struct categories *) MUST_CHECK;          /* by code */
struct tile {
    Str word, code, icon; /* 垃圾脏乱 0102 */
    Str word_en;          /* "Rubbish"; empty: not given */
};
Err category_tiles(Cx *, const struct tile **, size_t *n) MUST_CHECK;
/* The finer words under a tile: 道路破损 → 井盖、塌陷 0401. */
Err category_chips(Cx *, Str tile, const struct tile **, size_t *n) MUST_CHECK;
/* The code behind a tile's or chip's word or a code itself; ERR_NOT_FOUND. */
Err category_of_tile(Cx *, Str tile_or_code, struct category *) MUST_CHECK;
/* 常用语 for a verb ("feed_back", "fail" …), the category's own first. */
struct phrases {
    const Str *at;
    size_t n;
};
Err category_phrases(Cx *, Str code, Str verb, struct phrases *) MUST_CHECK;
/* By code, by name, or by a tile's word; for forms and tables. */
extern const struct codes category_codes;

/* What the reader of cx->lang sees: the English name where there is one, else the town's own word.
 * What is kept (log, notices, sheets) takes .name, .word. */
Str category_shown(const Cx *, const struct category *);
Str category_code_shown(Cx *, Str code); /* the code itself where there is no such */
Str tile_shown(const Cx *, const struct tile *);
