/* problem_like.c — 疑似重复. */
#include "rooms/problem/problem_like.h"

#include "base/utf8.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_screen.h"
#include "rooms/town/town.h"

static const int64_t DAY_MS = 24 * 3600 * 1000;
enum { NEAR_MAX = 200, PAIRS_MAX = 400, PAIRS_LEAST = 5 };

/* ---- words: pairs of neighbouring characters, each once */
struct pairs_of {
    uint32_t at[PAIRS_MAX];
    size_t n;
};

static bool has_pair(const struct pairs_of *p, uint32_t pair)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->at[i] == pair)
            return true;
    return false;
}

/* Blanks and punctuation, of both scripts, part words. */
static bool parts_words(uint32_t c)
{
    return c < '0' || (c > '9' && c < 'A') || (c >= 0x2000 && c < 0x3040)
           || (c >= 0xff00 && c < 0xff10) || c == 0xff1a || c == 0xff1b || c == 0xff1f;
}

static uint32_t next_char(Str *s)
{
    unsigned char c = (unsigned char)s->at[0];
    size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    uint32_t u = n == 1 ? c : c & (0x7fU >> n);
    n = n > s->len ? s->len : n;
    for (size_t i = 1; i < n; i++)
        u = u << 6 | ((unsigned char)s->at[i] & 0x3f);
    *s = (Str){s->at + n, s->len - n};
    return u;
}

static void add_words(struct pairs_of *to, Str s, const struct pairs_of *without)
{
    uint32_t last = 0;
    while (s.len && to->n < PAIRS_MAX) {
        uint32_t c = next_char(&s);
        bool parts = parts_words(c);
        uint32_t pair = last * 65599 + c;
        if (!parts && last && !has_pair(to, pair) && !(without && has_pair(without, pair)))
            to->at[to->n++] = pair;
        last = parts ? 0 : c;
    }
}

/* Two thirds of the shorter one's pairs, and at least five, are the other's too. */
static bool alike(const struct pairs_of *a, const struct pairs_of *b)
{
    size_t shared = 0, least = a->n < b->n ? a->n : b->n;
    for (size_t i = 0; i < a->n; i++)
        shared += has_pair(b, a->at[i]);
    return shared >= PAIRS_LEAST && shared * 3 >= least * 2;
}

/* ---- the likes */
static int64_t order_of(const struct like *l)
{
    return l->same_place ? -1 : l->metres >= 0 && !l->same_words ? l->metres : 1000000 + l->metres;
}

static void take(struct like likes[LIKES_MAX], size_t *n, struct like one)
{
    size_t at = 0;
    while (at < *n && order_of(&likes[at]) <= order_of(&one))
        at++;
    if (at == LIKES_MAX)
        return;
    size_t end = *n < LIKES_MAX ? (*n)++ : LIKES_MAX - 1;
    memmove(&likes[at + 1], &likes[at], (end - at) * sizeof *likes);
    likes[at] = one;
}

static bool is_near(const struct like *l, const struct category *c)
{
    return l->metres >= 0 && l->metres <= c->radius_m;
}

static struct like compare(const struct like_ask *in, const struct sql_problem_like_row *r)
{
    struct like one = {.id = r->id, .metres = -1};
    one.same_place =
        (in->place.set && r->place.set && in->place.v == r->place.v)
        || (r->unit == in->unit && in->place_text.len && str_eq(r->place_text, in->place_text));
    if (in->lat.set && in->lng.set && r->lat.set && r->lng.set)
        one.metres = metres_between(in->lat.v, in->lng.v, r->lat.v, r->lng.v);
    return one;
}

Err problem_likes_find(Cx *cx, const struct like_ask *in, struct like likes[LIKES_MAX], size_t *n)
{
    struct category c;
    struct sql_problem_like_rows rows;
    struct pairs_of *mine = NEW(&cx->mem, struct pairs_of);
    struct pairs_of *its = NEW(&cx->mem, struct pairs_of);
    struct pairs_of *name = NEW(&cx->mem, struct pairs_of);
    *n = 0;
    TRY(category_find(cx, in->category, &c));
    TRY(sql_problem_like(cx,
        &(struct sql_problem_like){.category = in->category,
            .since = in->at - c.age_days * DAY_MS,
            .not_id = in->not_id,
            .limit = NEAR_MAX},
        &rows));
    add_words(name, c.name, NULL);
    add_words(mine, in->place_text, name);
    add_words(mine, in->body, name);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_problem_like_row *r = &rows.at[i];
        struct like one = compare(in, r);
        if (in->for_resident && (r->office_only || c.hidden || screen_is_hidden(cx, r->id)))
            continue;
        if (!one.same_place && !is_near(&one, &c)) {
            its->n = 0;
            add_words(its, r->place_text, name);
            add_words(its, r->body, name);
            one.same_words = town_village_of(in->unit)
                             && town_village_of(in->unit) == town_village_of(r->unit)
                             && alike(mine, its);
            if (!one.same_words)
                continue;
        }
        take(likes, n, one);
    }
    return OK;
}

Err problem_likes_of(Cx *cx, int64_t id, struct like likes[LIKES_MAX], size_t *n)
{
    Case p;
    *n = 0;
    TRY(case_any(cx, id, &p));
    struct like_ask in = {.category = p.category,
        .unit = p.unit,
        .at = p.reported_at,
        .not_id = id,
        .place = p.place,
        .lat = p.lat,
        .lng = p.lng,
        .place_text = p.place_text,
        .body = p.body};
    return problem_likes_find(cx, &in, likes, n);
}

Err problem_like_first(Cx *cx, int64_t id, int64_t *like)
{
    struct like likes[LIKES_MAX];
    size_t n;
    TRY(problem_likes_of(cx, id, likes, &n));
    *like = n && !likes[0].same_words ? likes[0].id : 0;
    return OK;
}
