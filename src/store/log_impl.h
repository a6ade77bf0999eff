/* log_impl.h — between lane.c, log.c and verify.c. */
#pragma once
#include "store/db_impl.h"
#include "store/log.h"

enum { LOG_SALT = 16, LOG_HASH = 32 };

/* Lock and read cx->town_id's row; t->found is false if there is no such town. */
Err log_lock(Cx *, Town *t) MUST_CHECK;
/* Write back what a batch changed of it. */
Err log_save(Cx *, Town *t) MUST_CHECK;

/* An event as its hash sees it, in this order; empty from, to, sum: NULL. */
struct log_row {
    int64_t seq, at;
    Str node;
    int64_t actor, post;
    Str source, verb;
    int64_t unit, object;
    OptStr was, became, sum;
};
void log_hash(unsigned char hash[LOG_HASH], const unsigned char prev[LOG_HASH], int64_t town,
    const struct log_row *);
void log_sum(unsigned char sum[LOG_HASH], Str salt, Str body);
