/* problem_like.h — 疑似重复: the same category near by in space and time, at the same place, or in
 * the same village with the same words.  It is only ever suggested; a person says that it is one.
 */
#pragma once
#include "base/geo.h"
#include "rooms/problem/problem.h"

enum { LIKES_MAX = 3 };
struct like {
    int64_t id, metres; /* metres -1: not known */
    bool same_place, same_words;
};
/* What somebody tells, before or after it is a row of its own. */
struct like_ask {
    Str category;
    int64_t unit, at, not_id; /* at: ms, when it was told; not_id 0: none of them is it */
    OptI64 place, lat, lng;
    Str place_text, body;
    bool for_resident; /* nothing that residents must not see */
};
/* At most LIKES_MAX: the same place first, then the nearest, then like words; whoever may see them.
 */
Err problem_likes_find(
    Cx *, const struct like_ask *, struct like likes[LIKES_MAX], size_t *n) MUST_CHECK;
Err problem_likes_of(Cx *, int64_t id, struct like likes[LIKES_MAX], size_t *n) MUST_CHECK;
/* The first one by place or distance, whose words do not matter; 0: none. */
Err problem_like_first(Cx *, int64_t id, int64_t *like) MUST_CHECK;
