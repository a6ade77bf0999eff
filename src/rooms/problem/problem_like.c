/* problem_like.c — 疑似重复. */
#include "rooms/problem/problem_like.h"

#include "rooms/problem/problem_inner.h"

static const int64_t DAY_MS = 24 * 3600 * 1000;
enum { NEAR_MAX = 200 };

static int64_t root(int64_t n)
{
    int64_t r = n > 0 ? n : 0, next = (r + 1) / 2;
    while (next < r) {
        r = next;
        next = (r + n / r) / 2;
    }
    return r;
}

/* cos(latitude) · 1000 for 0…60 degrees in steps of 5. */
static int64_t cos_1000(int64_t lat)
{
    static const int64_t table[] = {
        1000, 996, 985, 966, 940, 906, 866, 819, 766, 707, 643, 574, 500};
    int64_t deg = lat < 0 ? -lat : lat, at = deg / 5000000;
    if (at >= 12)
        return table[12];
    return table[at] + (table[at + 1] - table[at]) * (deg - at * 5000000) / 5000000;
}

int64_t metres_between(int64_t lat1, int64_t lng1, int64_t lat2, int64_t lng2)
{
    /* a degree of latitude is 111.2 km */
    int64_t cm_n = (lat1 - lat2) * 1112 / 100, cm_e = (lng1 - lng2) * 1112 / 100;
    cm_e = cm_e * cos_1000((lat1 + lat2) / 2) / 1000;
    const int64_t far = 3000000; /* 30 km: no overflow, and near nothing */
    if (cm_n > far || cm_n < -far || cm_e > far || cm_e < -far)
        return far / 100;
    return root(cm_n * cm_n + cm_e * cm_e) / 100;
}

static void take(struct like likes[LIKES_MAX], size_t *n, struct like one)
{
    size_t at = 0;
    for (size_t i = 0; i < *n; i++)
        if (likes[i].id == one.id)
            return;
    while (at < *n
           && (likes[at].same_place > one.same_place
               || (likes[at].same_place == one.same_place && likes[at].metres <= one.metres)))
        at++;
    if (at == LIKES_MAX)
        return;
    size_t end = *n < LIKES_MAX ? (*n)++ : LIKES_MAX - 1;
    memmove(&likes[at + 1], &likes[at], (end - at) * sizeof *likes);
    likes[at] = one;
}

Err problem_likes_of(Cx *cx, int64_t id, struct like likes[LIKES_MAX], size_t *n)
{
    Case p;
    struct category c;
    struct sql_problem_like_rows rows;
    *n = 0;
    TRY(case_any(cx, id, &p));
    TRY(category_find(cx, p.category, &c));
    int64_t since = p.reported_at - c.age_days * DAY_MS;
    TRY(sql_problem_like(cx,
        &(struct sql_problem_like){
            .category = p.category, .since = since, .not_id = id, .limit = NEAR_MAX},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_problem_like_row *r = &rows.at[i];
        struct like one = {.id = r->id, .metres = -1};
        one.same_place =
            (p.place.set && r->place.set && p.place.v == r->place.v)
            || (r->unit == p.unit && p.place_text.len && str_eq(r->place_text, p.place_text));
        if (p.lat.set && p.lng.set && r->lat.set && r->lng.set)
            one.metres = metres_between(p.lat.v, p.lng.v, r->lat.v, r->lng.v);
        if (one.same_place || (one.metres >= 0 && one.metres <= c.radius_m))
            take(likes, n, one);
    }
    return OK;
}

Err problem_like_first(Cx *cx, int64_t id, int64_t *like)
{
    struct like likes[LIKES_MAX];
    size_t n;
    TRY(problem_likes_of(cx, id, likes, &n));
    *like = n ? likes[0].id : 0;
    return OK;
}
