/* db_pg.c — PostgreSQL in libpq's pipeline mode: what nobody waits for travels with the next thing
 * that does.
 *
 * READ COMMITTED is enough, because the town's row is locked before anything is read.  Every wait
 * is bounded: by the server (statement, lock, idle in transaction) and, where the server itself is
 * frozen, by poll().  A lost connection is TX_LOST; whether a COMMIT under way then happened nobody
 * knows. */
#include "store/db_impl.h"
#include "store/pq.h"

#include <endian.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25 };
enum { MAX_QUEUED = 128, FROZEN_MS = 5000, LOCK_MS = 2000, IDLE_MS = 3000, MAX_PARAMS = 128 };

struct slot {
    bool prepared;
    unsigned short
        tries; /* a name is used once: nobody knows if a PREPARE that failed with others is there */
};
struct pg {
    Db db;
    PGconn *h;
    char *url;
    int queued, budget_ms, n_fresh;
    bool lost, committed; /* committed: the last COMMIT said COMMIT, not ROLLBACK */
    bool reads;
    int fresh[MAX_QUEUED]; /* slots prepared since the last sync */
    struct slot slot[];
};

static Err code(Cx *cx, const PGresult *r, const char *what)
{
    static const char *const busy[] = {"40", "53", "57", "25", "55P03", "58030", "08", NULL};
    const char *s = pq.PQresultErrorField(r, PG_DIAG_SQLSTATE);
    if (!s)
        return ERR_BUSY; /* the connection, or a statement skipped after one that failed */
    if (!strcmp(s, "23505") || !strcmp(s, "23503"))
        return ERR_CONFLICT;
    for (const char *const *b = busy; *b; b++)
        if (!strncmp(s, *b, strlen(*b)))
            return ERR_BUSY;
    if (cx)
        return fail_log(cx, ERR_INTERNAL, "%s: %s", what, pq.PQresultErrorMessage(r));
    fprintf(stderr, "postgresql: %.60s: %s", what, pq.PQresultErrorMessage(r));
    return ERR_INTERNAL;
}

static Err lose(struct pg *p)
{
    p->lost = true;
    p->queued = p->n_fresh = 0;
    return ERR_BUSY;
}

static bool answer_came(struct pg *p)
{
    int64_t until = mono_ms() + FROZEN_MS + p->budget_ms;
    while (pq.PQisBusy(p->h)) {
        struct pollfd f = {pq.PQsocket(p->h), POLLIN, 0};
        int64_t left = until - mono_ms();
        if (left <= 0 || poll(&f, 1, (int)left) < 0 || !pq.PQconsumeInput(p->h))
            return false;
    }
    return pq.PQstatus(p->h) == CONNECTION_OK;
}

static Err take_row(Cx *cx, const PGresult *r, int k, const DbStmt *st, char *row)
{
    for (int i = 0; i < st->n_cols; i++) {
        const DbCol *c = &st->cols[i];
        bool null = pq.PQgetisnull(r, k, i);
        size_t len = (size_t)pq.PQgetlength(r, k, i);
        if (null && !c->null)
            return fail_log(cx, ERR_INTERNAL, "%s: column %d is NULL", st->name, i + 1);
        if (c->type == 'i') {
            uint64_t raw = 0;
            if (!null && len != sizeof raw)
                return fail_log(cx, ERR_INTERNAL, "%s: column %d is no bigint", st->name, i + 1);
            memcpy(&raw, pq.PQgetvalue(r, k, i), len);
            OptI64 v = {(int64_t)be64toh(raw), !null};
            if (c->null)
                memcpy(row + c->at, &v, sizeof v);
            else
                memcpy(row + c->at, &v.v, sizeof v.v);
        } else {
            OptStr v = {
                {arena_copy(&cx->mem, pq.PQgetvalue(r, k, i), len), len},
                !null
            };
            if (c->null)
                memcpy(row + c->at, &v, sizeof v);
            else
                memcpy(row + c->at, &v.v, sizeof v.v);
        }
    }
    return OK;
}

/* Who waits for the answers: the statement whose rows the last one brings. */
struct waits {
    Cx *cx;
    const DbStmt *st;
    DbRows *rows;
    int64_t changed;
    const char *what;
    bool wrote; /* the last one was no SELECT */
};

static Err take_rows(const PGresult *r, struct waits *w)
{
    for (int k = 0; k < pq.PQntuples(r); k++)
        TRY(take_row(w->cx, r, k, w->st, db_next_row(w->cx, w->st, w->rows)));
    return OK;
}

static Err take_result(struct pg *p, PGresult *r, bool last, struct waits *w)
{
    Err e = OK;
    switch (pq.PQresultStatus(r)) {
    case PGRES_TUPLES_OK:
        if (last && w->st && w->st->n_cols)
            e = take_rows(r, w);
        break;
    case PGRES_FATAL_ERROR: {
        e = code(w->cx, r, w->what);
        const char *s = pq.PQresultErrorField(r, PG_DIAG_SQLSTATE);
        /* late is the callback that waits, not the one whose put came before */
        p->db.late |= last && s && !strcmp(s, "57014");
        break;
    }
    case PGRES_PIPELINE_ABORTED: e = ERR_BUSY; break;
    default: break;
    }
    if (last) {
        w->changed = strtoll(pq.PQcmdTuples(r), NULL, 10);
        w->wrote = strncmp(pq.PQcmdStatus(r), "SELECT", 6) != 0;
    }
    p->committed = !strcmp(pq.PQcmdStatus(r), "COMMIT");
    return e;
}

/* Send all that is queued and take every answer; the first fault counts. */
static Err settle(struct pg *p, struct waits *w)
{
    Err e = OK;
    int answers = 0;
    if (p->lost || !pq.PQpipelineSync(p->h))
        return lose(p);
    for (;;) {
        if (!answer_came(p))
            return lose(p);
        PGresult *r = pq.PQgetResult(p->h);
        if (!r)
            continue; /* the end of one statement's answer */
        if (pq.PQresultStatus(r) == PGRES_PIPELINE_SYNC) {
            pq.PQclear(r);
            break;
        }
        Err one = take_result(p, r, ++answers == p->queued, w);
        e = e == OK || (e == ERR_BUSY && one != OK && one != ERR_BUSY) ? one : e;
        pq.PQclear(r);
    }
    for (int i = 0; i < p->n_fresh; i++)
        p->slot[p->fresh[i]].prepared = e == OK;
    p->queued = p->n_fresh = 0;
    return e;
}

static Err prepare(
    Cx *cx, struct pg *p, const DbStmt *st, unsigned mask, unsigned order, const char *name)
{
    Oid types[MAX_PARAMS];
    for (int i = 0; i < st->n_params; i++)
        types[i] = st->types[i] == 'i' ? OID_INT8 : st->types[i] == 't' ? OID_TEXT : OID_BYTEA;
    const char *text = db_text_of(cx, st, st->pg, st->n_pg, mask, order);
    if (!pq.PQsendPrepare(p->h, name, text, st->n_params, types))
        return lose(p);
    p->queued++;
    return OK;
}

static Err queue(
    Cx *cx, struct pg *p, const DbStmt *st, unsigned mask, unsigned order, const DbVal *v)
{
    const char *at[MAX_PARAMS];
    int len[MAX_PARAMS], binary[MAX_PARAMS], no = db_slot(st, mask, order);
    uint64_t raw[MAX_PARAMS];
    struct slot *slot = &p->slot[no];
    char name[24];
    if (p->lost)
        return ERR_BUSY;
    if (st->n_params > MAX_PARAMS)
        return fail_log(cx, ERR_INTERNAL, "%s: too many parameters", st->name);
    if (!slot->prepared) {
        slot->tries++;
        snprintf(name, sizeof name, "s%d_%u", no, slot->tries);
        TRY(prepare(cx, p, st, mask, order, name));
        slot->prepared = true;
        p->fresh[p->n_fresh++] = no;
    }
    snprintf(name, sizeof name, "s%d_%u", no, slot->tries);
    for (int i = 0; i < st->n_params; i++) {
        raw[i] = htobe64((uint64_t)v[i].i);
        at[i] = !v[i].type         ? NULL
                : v[i].type == 'i' ? (const char *)&raw[i]
                : v[i].s.at        ? v[i].s.at
                                   : "";
        len[i] = v[i].type == 'i' ? (int)sizeof raw[i] : (int)v[i].s.len;
        binary[i] = 1; /* text is the same either way, and needs no NUL like this */
    }
    if (!pq.PQsendQueryPrepared(p->h, name, st->n_params, at, len, binary, 1))
        return lose(p);
    p->queued++;
    return OK;
}

static Err run(Cx *cx, Db *db, const DbStmt *st, unsigned mask, unsigned order, const DbVal *v,
    DbRows *rows, int64_t *changed)
{
    struct pg *p = (struct pg *)db;
    struct waits w = {.cx = cx, .st = st, .rows = rows, .what = st->name};
    *changed = 0;
    if (p->reads && p->lost)
        TRY(db->ops->reopen(db)); /* a reader heals itself; a lane is mended by its thread */
    TRY(queue(cx, p, st, mask, order, v));
    Err e = settle(p, &w);
    *changed = e == OK ? w.changed : 0;
    db->wrote += w.wrote && e == OK ? *changed : 0;
    return e;
}

static Err put(Cx *cx, Db *db, const DbStmt *st, unsigned mask, const DbVal *v)
{
    struct pg *p = (struct pg *)db;
    DbRows none = {0};
    int64_t changed;
    if (db->careful || !db->town)
        return run(cx, db, st, mask, 0, v, &none, &changed);
    db->wrote++;
    TRY(queue(cx, p, st, mask, 0, v));
    /* Neither side may fill the other's socket while it is not reading. */
    return p->queued < MAX_QUEUED - 2 ? OK : settle(p, &(struct waits){.cx = cx, .what = st->name});
}

static Err send_text(struct pg *p, const char *text)
{
    if (p->lost || !pq.PQsendQueryParams(p->h, text, 0, NULL, NULL, NULL, NULL, 0))
        return lose(p);
    p->queued++;
    return OK;
}

/* One statement: the pipeline takes no more at a time. */
static Err script(Db *db, const char *text)
{
    struct pg *p = (struct pg *)db;
    TRY(send_text(p, text));
    return settle(p, &(struct waits){.what = text});
}

static Err begin(Db *db)
{
    return send_text((struct pg *)db, "BEGIN ISOLATION LEVEL READ COMMITTED");
}

static Err snapshot(Db *db)
{
    return script(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

static Err commit(Db *db)
{
    struct pg *p = (struct pg *)db;
    TRY(script(db, "COMMIT"));
    return p->committed ? OK : ERR_BUSY;
}

static enum tx state(Db *db)
{
    struct pg *p = (struct pg *)db;
    if (p->lost || pq.PQstatus(p->h) != CONNECTION_OK)
        return TX_LOST;
    switch (pq.PQtransactionStatus(p->h)) {
    case PQTRANS_IDLE: return p->queued ? TX_OPEN : TX_NONE;
    case PQTRANS_INERROR: return TX_ABORTED;
    case PQTRANS_UNKNOWN: return TX_LOST;
    default: return TX_OPEN;
    }
}

static void rollback(Db *db)
{
    struct pg *p = (struct pg *)db;
    if (p->queued)
        (void)settle(p, &(struct waits){.what = "rollback"});
    if (state(db) == TX_OPEN || state(db) == TX_ABORTED)
        (void)script(db, "ROLLBACK");
}

static void rest(Db *db)
{
    (void)db;
}

/* Notices ("exists already, skipping") are no news. */
static void quiet(void *arg, const char *notice)
{
    (void)arg;
    (void)notice;
}

static Err reopen(Db *db)
{
    struct pg *p = (struct pg *)db;
    char text[2048];
    bool uri = !strncmp(p->url, "postgres", 8);
    const char *between = !uri ? " " : strchr(p->url, '?') ? "&" : "?";
    if (p->h)
        pq.PQfinish(p->h);
    p->lost = true;
    p->queued = p->n_fresh = 0;
    memset(p->slot, 0, (size_t)sql_slots * sizeof *p->slot);
    snprintf(text, sizeof text, "%s%sconnect_timeout=3%stcp_user_timeout=5000", p->url, between,
        uri ? "&" : " ");
    p->h = pq.PQconnectdb(text);
    if (pq.PQstatus(p->h) != CONNECTION_OK)
        return ERR_BUSY;
    pq.PQsetNoticeProcessor(p->h, quiet, NULL);
    snprintf(text, sizeof text,
        "SET statement_timeout=%d; SET lock_timeout=%d; SET idle_in_transaction_session_timeout=%d;"
        "SET synchronous_commit=on; SET client_min_messages=error%s",
        p->budget_ms, LOCK_MS, p->budget_ms + IDLE_MS,
        p->reads ? "; SET default_transaction_read_only=on" : "");
    PGresult *r = pq.PQexec(p->h, text);
    bool set = pq.PQresultStatus(r) == PGRES_COMMAND_OK;
    pq.PQclear(r);
    if (!set || !pq.PQenterPipelineMode(p->h))
        return ERR_BUSY;
    p->lost = false;
    return OK;
}

static void done(Db *db)
{
    struct pg *p = (struct pg *)db;
    if (p->h)
        pq.PQfinish(p->h);
    free(p->url);
    free(p);
}

Db *db_open_pg(const struct db_opt *o)
{
    static const struct DbOps ops = {
        true, run, put, script, begin, snapshot, commit, rollback, state, rest, reopen, NULL, done};
    if (!pq_load())
        return NULL;
    struct pg *p = calloc(1, sizeof *p + (size_t)sql_slots * sizeof *p->slot);
    if (!p || !(p->url = strdup(o->url)))
        abort();
    p->db = (Db){.ops = &ops, .node = o->node ? o->node : "1", .deadline = INT64_MAX};
    p->budget_ms = o->budget_ms ? o->budget_ms : 5000;
    p->reads = o->reads;
    if (reopen(&p->db) != OK) {
        fprintf(stderr, "postgresql: %s", pq.PQerrorMessage(p->h));
        done(&p->db);
        return NULL;
    }
    return &p->db;
}
