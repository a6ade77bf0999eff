/* problem_like.h — 疑似重复: the same category near by in space and time, or at the same place.  It
 * is only ever suggested; a person merges. */
#pragma once
#include "base/cx.h"

enum { LIKES_MAX = 3 };
struct like {
    int64_t id, metres; /* metres -1: not known */
    bool same_place;
};
/* At most LIKES_MAX, nearest first, whoever may see them. */
Err problem_likes_of(Cx *, int64_t id, struct like likes[LIKES_MAX], size_t *n) MUST_CHECK;
/* The first one's id, 0: none. */
Err problem_like_first(Cx *, int64_t id, int64_t *like) MUST_CHECK;
/* Metres between two points of 10^-6 degrees, by whole numbers; good to 1 % within a county. */
int64_t metres_between(int64_t lat1, int64_t lng1, int64_t lat2, int64_t lng2);
