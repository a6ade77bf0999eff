/* lane.h — the write path: one thread with one connection per lane, group commit.
 *
 * A town belongs to one lane.  The lane opens a transaction, locks the rows of the towns in the
 * batch, runs what queued during the last sync, commits once, then wakes everybody.
 * Rooms call db_transaction() (db.h); only main, the command line and tests open lanes. */
#pragma once
#include "store/db.h"

struct lanes_opt {
    const char *url, *node;
    int lanes, batch, queue; /* 0: 1 on SQLite or 8; 64; 1024 */
    int budget_ms;           /* of one callback's statements; 0: 500 */
    bool one_town;        /* a batch holds one town only (Citus: one shard, no two-phase commit) */
    bool no_pipeline;     /* for the bench */
    bool no_checkpointer; /* for the bench */
};
struct lanes_stats {
    long commits, jobs, reruns, singles, lost;
};

Err lanes_open(const struct lanes_opt *) MUST_CHECK; /* once in a process */
struct lanes_stats lanes_close(void);
bool lanes_dead(void); /* a failed sync: the process has to go, its supervisor starts a new one */
