/* log.h — the one log: ids, numbers, events, counters, and the proof that nobody touched them.
 *
 * All but log_verify are called inside a transaction (db_transaction); what they change is undone
 * with it. */
#pragma once
#include "store/db.h"

struct event {
    const char *verb; /* also the metric that day_count counts */
    int64_t unit, object;
    Str from, to; /* states; empty where there is none */
    Str said;     /* erasable: only its salted sum is in the chain; empty: nothing was said */
};

int64_t new_id(Cx *);                                    /* the town's next id */
Err new_number(Cx *, Str series, int64_t *n) MUST_CHECK; /* without gaps, from 1 */
/* By cx->me at cx->now through cx->door: event, text, counter. */
Err event_add(Cx *, const struct event *) MUST_CHECK;
/* The text of seq goes, an event "erase" stays. */
Err event_erase(Cx *, int64_t seq) MUST_CHECK;
/* A new town's row and the beginning of its chain; inside a transaction of town 0, whose chain
 * holds the events that belong to no town.  ERR_CONFLICT: it is there. */
Err chain_new(Cx *, int64_t town_id) MUST_CHECK;
void log_genesis(int64_t town, unsigned char head[32]);

/* One thing's events, oldest first; body empty where nothing was said or it was erased. */
struct event_row {
    int64_t seq, at, actor, post, unit, object;
    Str source, verb, from, to, said;
    bool erased; /* in events_page: something was said */
    Str hash;    /* 32 bytes */
};
enum { EVENTS_SHOWN = 500 };
Err events_of(Cx *, int64_t object, const struct event_row **, size_t *n) MUST_CHECK;

/* The town's events, newest first, without what was said: seq < below, at most EVENTS_PAGE. */
enum { EVENTS_PAGE = 100 };
struct events_filter {
    int64_t below; /* 0: from the newest */
    OptI64 actor, object;
    OptStr verb;
};
Err events_page(
    Cx *, const struct events_filter *, const struct event_row **, size_t *n) MUST_CHECK;

struct checkpoint {
    int64_t town, seq;
    unsigned char hash[32];
};
struct verdict {
    int64_t rows, bad_seq; /* 0: nothing found */
    const char *why;
    struct checkpoint end;
};
/* Recompute cx->town_id's chain, texts, row and counters from its events; known may be NULL.
 * Reads only, in one snapshot of cx->db. */
Err log_verify(Cx *, const struct checkpoint *known, struct verdict *) MUST_CHECK;
/* Where the chain stands. */
Err log_head(Cx *, struct checkpoint *) MUST_CHECK;
