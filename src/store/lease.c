/* lease.c — 租约: taken by a guarded update, so that of two nodes one gets it. */
#include "store/lease.h"

#include "gen/sql_store.h"

struct taking {
    Str job, holder;
    int64_t every_ms, for_ms, due_at;
};

static Err take_step(Cx *cx, void *arg)
{
    struct taking *t = arg;
    struct sql_store_lease_find_row row;
    Err e = sql_store_lease_find(cx, &(struct sql_store_lease_find){.job = t->job}, &row);
    t->due_at = cx->now + t->every_ms;
    if (e == ERR_NOT_FOUND)
        return sql_store_lease_new(
            cx, &(struct sql_store_lease_new){
                    .job = t->job, .holder = t->holder, .until = cx->now + t->for_ms});
    TRY(e);
    /* A clock set back does not stop the jobs for the hours it was set back by. */
    bool ran = row.last_at + t->every_ms > cx->now && row.last_at <= cx->now;
    if (ran || (row.until >= cx->now && row.until <= cx->now + t->for_ms)) {
        t->due_at = ran ? row.last_at + t->every_ms : row.until + 1;
        return ERR_CONFLICT;
    }
    return sql_store_lease_take(cx,
        &(struct sql_store_lease_take){
            .job = t->job, .holder = t->holder, .until = cx->now + t->for_ms, .fence = row.fence});
}

Err lease_take(
    Cx *cx, const char *job, const char *holder, int64_t every_ms, int64_t for_ms, int64_t *due_at)
{
    struct taking t = {str(job), str(holder), every_ms, for_ms, 0};
    Err e = db_transaction(cx, take_step, &t);
    *due_at = t.due_at;
    return e;
}

static Err done_step(Cx *cx, void *arg)
{
    return sql_store_lease_done(cx, arg);
}

Err lease_done(Cx *cx, const char *job, const char *holder)
{
    struct sql_store_lease_done in = {.job = str(job), .holder = str(holder)};
    return db_transaction(cx, done_step, &in);
}
