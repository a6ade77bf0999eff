/* verify.c — recompute everything from the events, in one snapshot, in slices. */
#include "base/day.h"
#include "gen/sql_store.h"
#include "store/log_impl.h"

#include <stdlib.h>

enum { SLICE = 5000, SLOTS_MIN = 1 << 12 };

struct count {
    int64_t unit, day, n;
    Str metric; /* in the walk's arena */
};
struct list {
    int64_t *at;
    size_t n, cap;
};
struct walk {
    int64_t seq, texts, now_bad;
    const char *why;
    unsigned char head[LOG_HASH];
    const struct checkpoint *known;
    struct list missing, erased; /* seqs */
    struct count *counts;        /* open addressing, a power of two */
    size_t n_counts, slots;
    Arena keep; /* what outlives a slice */
};

static void list_add(Arena *a, struct list *l, int64_t v)
{
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 64;
        int64_t *more = arena_array(a, cap, sizeof *more);
        if (l->n)
            memcpy(more, l->at, l->n * sizeof *more);
        l->at = more, l->cap = cap;
    }
    l->at[l->n++] = v;
}

static struct count *slot_of(struct count *at, size_t slots, int64_t unit, int64_t day, Str metric)
{
    uint64_t h = ((uint64_t)unit * 31 + (uint64_t)day) * 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < metric.len; i++)
        h = (h ^ (unsigned char)metric.at[i]) * 0x100000001B3u;
    for (h = h >> 20;; h++) {
        struct count *c = &at[h & (slots - 1)];
        if (!c->metric.at || (c->unit == unit && c->day == day && str_eq(c->metric, metric)))
            return c;
    }
}

static void counts_grow(struct walk *w)
{
    size_t slots = w->slots ? w->slots * 2 : SLOTS_MIN;
    struct count *more = NEW_ARRAY(&w->keep, slots, struct count);
    for (size_t i = 0; i < w->slots; i++) {
        const struct count *c = &w->counts[i];
        if (c->metric.at)
            *slot_of(more, slots, c->unit, c->day, c->metric) = *c;
    }
    w->counts = more, w->slots = slots;
}

static struct count *count_of(struct walk *w, int64_t unit, int64_t day, Str metric)
{
    if (w->n_counts * 2 >= w->slots)
        counts_grow(w);
    struct count *c = slot_of(w->counts, w->slots, unit, day, metric);
    if (!c->metric.at) {
        *c = (struct count){
            unit, day, 0, {arena_copy(&w->keep, metric.at, metric.len), metric.len}
        };
        w->n_counts++;
    }
    return c;
}

static bool bad(struct walk *w, int64_t seq, const char *why)
{
    if (!w->why)
        w->why = why, w->now_bad = seq;
    return false;
}

static bool text_holds(struct walk *w, const struct sql_store_events_after_row *r)
{
    unsigned char sum[LOG_HASH];
    if (r->body.set && !r->sum.set)
        return bad(w, r->seq, "text without a sum");
    if (!r->body.set) {
        if (r->sum.set)
            list_add(&w->keep, &w->missing, r->seq);
        return true;
    }
    log_sum(sum, r->salt.v, r->body.v);
    if (r->sum.v.len != sizeof sum || memcmp(sum, r->sum.v.at, sizeof sum) != 0)
        return bad(w, r->seq, "text changed");
    w->texts++;
    return true;
}

static bool row_holds(Cx *cx, struct walk *w, const struct sql_store_events_after_row *r)
{
    unsigned char h[LOG_HASH];
    const struct log_row row = {r->seq, r->at, r->node, r->actor, r->post, r->source, r->verb,
        r->unit, r->object, r->was, r->became, r->sum};
    if (r->seq != w->seq + 1)
        return bad(w, w->seq + 1, "missing or out of order");
    log_hash(h, w->head, cx->town_id, &row);
    if (r->hash.len != sizeof h || memcmp(h, r->hash.at, sizeof h) != 0)
        return bad(w, r->seq, "hash");
    if (!text_holds(w, r))
        return false;
    if (str_eq(r->verb, S("erase")) && r->object <= w->seq) /* only what was said before */
        list_add(&w->keep, &w->erased, r->object);
    count_of(w, r->unit, day_of(r->at), r->verb)->n++;
    memcpy(w->head, h, sizeof h);
    w->seq = r->seq;
    if (w->known && w->known->seq == w->seq && memcmp(w->known->hash, h, sizeof h) != 0)
        return bad(w, w->seq, "not the chain of the checkpoint");
    return true;
}

static Err walk_events(Cx *cx, struct walk *w)
{
    struct sql_store_events_after_rows r;
    do {
        TRY(sql_store_events_after(
            cx, &(struct sql_store_events_after){.seq = w->seq, .limit = SLICE}, &r));
        for (size_t i = 0; i < r.n && row_holds(cx, w, &r.at[i]); i++)
            ;
        arena_again(&cx->mem);
    } while (r.n == SLICE && !w->why);
    return OK;
}

static Err walk_counts(Cx *cx, struct walk *w)
{
    struct sql_store_counts_page in = {.unit = -1, .limit = SLICE};
    struct sql_store_counts_page_rows r;
    Arena two[2] = {{0}, {0}}; /* a page's key must outlive the page before it */
    for (int turn = 0;; turn = !turn) {
        TRY(sql_store_counts_page(cx, &in, &r));
        for (size_t i = 0; i < r.n; i++) {
            int64_t day = 0;
            struct count *c = NULL;
            if (day_parse(r.at[i].day, &day))
                c = count_of(w, r.at[i].unit, day, r.at[i].metric);
            if (!c || c->n != r.at[i].n)
                bad(w, w->seq, "counter");
            if (c)
                c->n = 0;
        }
        if (r.n < SLICE)
            break;
        const struct sql_store_counts_page_row *last = &r.at[r.n - 1];
        arena_again(&two[turn]);
        in.unit = last->unit;
        in.day = (Str){arena_copy(&two[turn], last->day.at, last->day.len), last->day.len};
        in.metric =
            (Str){arena_copy(&two[turn], last->metric.at, last->metric.len), last->metric.len};
        arena_again(&cx->mem);
    }
    arena_reset(&two[0]);
    arena_reset(&two[1]);
    for (size_t i = 0; i < w->slots; i++)
        if (w->counts[i].n)
            bad(w, w->seq, "counter missing");
    return OK;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool is_in(const struct list *l, int64_t seq)
{
    return l->n && bsearch(&seq, l->at, l->n, sizeof seq, by_value);
}

/* Erasures name their seqs in any order; the missing come sorted. */
static void match_erasures(struct walk *w)
{
    if (w->erased.n)
        qsort(w->erased.at, w->erased.n, sizeof *w->erased.at, by_value);
    for (size_t i = 0; i < w->missing.n; i++)
        if (!is_in(&w->erased, w->missing.at[i]))
            bad(w, w->missing.at[i], "text gone without its erasure");
    for (size_t i = 0; i < w->erased.n; i++)
        if (!is_in(&w->missing, w->erased.at[i]))
            bad(w, w->erased.at[i], "erased text is still there");
}

static Err walk(Cx *cx, struct walk *w)
{
    struct checkpoint end;
    struct sql_store_texts_row texts;
    TRY(walk_events(cx, w));
    match_erasures(w);
    if (w->known && w->seq < w->known->seq)
        bad(w, w->seq + 1, "ends before the checkpoint");
    TRY(log_head(cx, &end));
    if (end.seq != w->seq || memcmp(end.hash, w->head, sizeof end.hash) != 0)
        bad(w, w->seq + 1, "not the end the town's row knows");
    TRY(sql_store_texts(cx, &texts));
    if (texts.n != w->texts)
        bad(w, w->seq + 1, "text without an event");
    return walk_counts(cx, w);
}

Err log_verify(Cx *cx, const struct checkpoint *known, struct verdict *out)
{
    struct walk w = {.known = known};
    Arena mem = cx->mem;
    Db *db = cx->db;
    Town reading = {0};
    int budget = db->budget_ms;
    log_genesis(cx->town_id, w.head);
    cx->mem = (Arena){0}; /* slices come and go in an arena of their own */
    db->budget_ms = 0;
    db->deadline = INT64_MAX;
    Err e = db->ops->snapshot(db);
    db->town = &reading;
    if (e == OK)
        e = walk(cx, &w);
    db->town = NULL;
    db->ops->rollback(db);
    db->budget_ms = budget;
    arena_reset(&cx->mem);
    cx->mem = mem;
    if (e == OK) {
        *out = (struct verdict){
            .rows = w.seq,
            .bad_seq = w.now_bad,
            .why = w.why,
            .end = {.town = cx->town_id, .seq = w.seq}
        };
        memcpy(out->end.hash, w.head, sizeof w.head);
    }
    arena_reset(&w.keep);
    return e;
}
