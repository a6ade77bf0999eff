/* db_sqlite.c — SQLite in WAL mode: BEGIN IMMEDIATE, every COMMIT synced, checkpoints beside it.
 *
 * A thread copies the WAL into the file 5 times a second (PASSIVE: it hinders nobody), but a busy
 * writer never lets it reach the end, so the WAL would not start anew; the writer itself therefore
 * makes one PASSIVE checkpoint when the WAL passed WAL_FRAMES, after its acks: nobody waits for it.
 */
#include "store/db_impl.h"

#include <pthread.h>
#include <semaphore.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { WAL_FRAMES = 3500, BUSY_MS = 2000, CHECKPOINT_MS = 200, PROGRESS_OPS = 2000 };

/* What stands around every transaction, prepared once. */
enum word { BEGIN_IMMEDIATE, BEGIN, COMMIT, ROLLBACK, N_WORDS };
static const char *const words[N_WORDS] = {"BEGIN IMMEDIATE", "BEGIN", "COMMIT", "ROLLBACK"};

struct lite {
    Db db;
    sqlite3 *h;
    int frames;
    atomic_bool broken; /* a sync failed: nothing this connection says is believed again */
    bool checkpointer;
    atomic_bool stop;
    sem_t wake; /* when it stops */
    pthread_t thread;
    char *path;
    sqlite3_stmt *version, *word[N_WORDS];
    sqlite3_stmt *cached[];
};

static Err err_of(Cx *cx, struct lite *l, int rc, const char *what)
{
    l->db.late |= rc == SQLITE_INTERRUPT;
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT: return ERR_BUSY;
    case SQLITE_FULL:
    case SQLITE_IOERR: /* rolled back; if it was the sync of a COMMIT, see commit() */
        return cx ? fail_log(cx, ERR_BUSY, "%s: %s", what, sqlite3_errmsg(l->h)) : ERR_BUSY;
    default: break;
    }
    switch (sqlite3_extended_errcode(l->h)) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_FOREIGNKEY: return ERR_CONFLICT;
    default: break;
    }
    if (cx)
        return fail_log(cx, ERR_INTERNAL, "%s: %s", what, sqlite3_errmsg(l->h));
    fprintf(stderr, "sqlite: %.60s: %s\n", what, sqlite3_errmsg(l->h));
    return ERR_INTERNAL;
}

static Err prepared(
    Cx *cx, struct lite *l, const DbStmt *st, unsigned mask, unsigned order, sqlite3_stmt **to)
{
    sqlite3_stmt **s = &l->cached[db_slot(st, mask, order)];
    if (!*s) {
        const char *text = db_text_of(cx, st, st->lite, st->n_lite, mask, order);
        int rc = sqlite3_prepare_v3(l->h, text, -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
        if (rc != SQLITE_OK)
            return err_of(cx, l, rc, st->name);
    }
    *to = *s;
    return OK;
}

/* A variant may lack the last parameters: SQLite knows only those in its text. */
static int bind(sqlite3_stmt *s, const DbStmt *st, const DbVal *v)
{
    int n = sqlite3_bind_parameter_count(s), rc = SQLITE_OK;
    for (int i = 0; i < n && i < st->n_params && rc == SQLITE_OK; i++) {
        const char *at = v[i].s.at ? v[i].s.at : "";
        switch (v[i].type) {
        case 'i': rc = sqlite3_bind_int64(s, i + 1, v[i].i); break;
        case 't':
            rc = sqlite3_bind_text64(s, i + 1, at, v[i].s.len, SQLITE_STATIC, SQLITE_UTF8);
            break;
        case 'b': rc = sqlite3_bind_blob64(s, i + 1, at, v[i].s.len, SQLITE_STATIC); break;
        default: rc = sqlite3_bind_null(s, i + 1); break;
        }
    }
    return rc;
}

/* Each column is copied once.  Its type is asked only where 0 or nothing came: that may be NULL. */
static Err take_row(Cx *cx, sqlite3_stmt *s, const DbStmt *st, char *row)
{
    for (int i = 0; i < st->n_cols; i++) {
        const DbCol *c = &st->cols[i];
        bool is_null;
        if (c->type == 'i') {
            int64_t v = sqlite3_column_int64(s, i);
            is_null = !v && sqlite3_column_type(s, i) == SQLITE_NULL;
            if (c->null)
                memcpy(row + c->at, &(OptI64){v, !is_null}, sizeof(OptI64));
            else
                memcpy(row + c->at, &v, sizeof v);
        } else {
            const void *at = c->type == 't' ? sqlite3_column_text(s, i) : sqlite3_column_blob(s, i);
            size_t len = at ? (size_t)sqlite3_column_bytes(s, i) : 0;
            Str v = {arena_copy(&cx->mem, at, len), len};
            is_null = !at && sqlite3_column_type(s, i) == SQLITE_NULL;
            if (c->null)
                memcpy(row + c->at, &(OptStr){v, !is_null}, sizeof(OptStr));
            else
                memcpy(row + c->at, &v, sizeof v);
        }
        if (is_null && !c->null)
            return fail_log(cx, ERR_INTERNAL, "%s: column %d is NULL", st->name, i + 1);
    }
    return OK;
}

static Err run(Cx *cx, Db *db, const DbStmt *st, unsigned mask, unsigned order, const DbVal *v,
    DbRows *rows, int64_t *changed)
{
    struct lite *l = (struct lite *)db;
    sqlite3_stmt *s = NULL;
    int64_t before = sqlite3_total_changes64(l->h);
    TRY(prepared(cx, l, st, mask, order, &s));
    int rc = bind(s, st, v);
    Err e = err_of(cx, l, rc, st->name);
    while (e == OK && (rc = sqlite3_step(s)) == SQLITE_ROW)
        if (st->n_cols)
            e = take_row(cx, s, st, db_next_row(cx, st, rows));
    if (e == OK && rc != SQLITE_DONE)
        e = err_of(cx, l, rc, st->name);
    /* Its own rows, as PostgreSQL counts them; what a foreign key takes along is not among them. */
    *changed = e == OK && !sqlite3_stmt_readonly(s) ? sqlite3_changes64(l->h) : 0;
    sqlite3_reset(s);
    db->wrote += sqlite3_total_changes64(l->h) - before;
    return e;
}

/* Moves with each commit of any other connection; one that reads makes none of its own. */
static Err version(Cx *cx, Db *db, int64_t *to)
{
    struct lite *l = (struct lite *)db;
    int rc = SQLITE_OK;
    if (!l->version)
        rc = sqlite3_prepare_v3(
            l->h, "PRAGMA data_version", -1, SQLITE_PREPARE_PERSISTENT, &l->version, NULL);
    if (rc == SQLITE_OK && (rc = sqlite3_step(l->version)) == SQLITE_ROW)
        *to = sqlite3_column_int64(l->version, 0);
    Err e = rc == SQLITE_ROW ? OK : err_of(cx, l, rc == SQLITE_DONE ? SQLITE_ERROR : rc, "version");
    sqlite3_reset(l->version);
    return e;
}

static Err put(Cx *cx, Db *db, const DbStmt *st, unsigned mask, const DbVal *v)
{
    DbRows none = {0};
    int64_t changed;
    return run(cx, db, st, mask, 0, v, &none, &changed);
}

static Err script(Db *db, const char *text)
{
    struct lite *l = (struct lite *)db;
    return err_of(NULL, l, sqlite3_exec(l->h, text, NULL, NULL, NULL), text);
}

static int say_word(struct lite *l, enum word w)
{
    sqlite3_stmt **s = &l->word[w];
    int rc = SQLITE_OK;
    if (!*s)
        rc = sqlite3_prepare_v3(l->h, words[w], -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
    if (rc != SQLITE_OK)
        return rc;
    rc = sqlite3_step(*s);
    sqlite3_reset(*s);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static enum tx state(Db *db)
{
    struct lite *l = (struct lite *)db;
    return atomic_load(&l->broken) ? TX_LOST : sqlite3_get_autocommit(l->h) ? TX_NONE : TX_OPEN;
}

static void rollback(Db *db)
{
    if (state(db) == TX_OPEN)
        (void)say_word((struct lite *)db, ROLLBACK);
}

static Err begin(Db *db)
{
    struct lite *l = (struct lite *)db;
    return err_of(NULL, l, say_word(l, BEGIN_IMMEDIATE), words[BEGIN_IMMEDIATE]);
}

static Err snapshot(Db *db)
{
    struct lite *l = (struct lite *)db;
    return err_of(NULL, l, say_word(l, BEGIN), words[BEGIN]);
}

static Err commit(Db *db)
{
    struct lite *l = (struct lite *)db;
    db->deadline = INT64_MAX; /* a COMMIT is not stopped half way */
    int rc = say_word(l, COMMIT);
    /* A sync that failed may have dropped the pages: asking again would be told a lie. */
    if ((rc & 0xff) == SQLITE_IOERR)
        atomic_store(&l->broken, true);
    return err_of(NULL, l, rc, "COMMIT");
}

static void checkpoint(struct lite *l, sqlite3 *h)
{
    int rc = sqlite3_wal_checkpoint_v2(h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    if ((rc & 0xff) == SQLITE_IOERR)
        atomic_store(&l->broken, true);
}

static void rest(Db *db)
{
    struct lite *l = (struct lite *)db;
    if (l->frames < WAL_FRAMES)
        return;
    checkpoint(l, l->h);
    l->frames = 0;
}

static Err reopen(Db *db)
{
    (void)db;
    return ERR_INTERNAL;
}

static int wal_grew(void *arg, sqlite3 *h, const char *name, int frames)
{
    (void)h, (void)name;
    ((struct lite *)arg)->frames = frames;
    return SQLITE_OK;
}

static int past_deadline(void *arg)
{
    return mono_ms() > ((struct lite *)arg)->db.deadline;
}

/* secure_delete: freed pages keep no personal data (RET-3); trusted_schema: a crafted file runs
 * nothing of its own. */
static sqlite3 *connect_to(const char *path, bool reads)
{
    sqlite3 *h;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (reads ? 0 : SQLITE_OPEN_CREATE);
    if (sqlite3_open_v2(path, &h, flags, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(h));
        sqlite3_close(h);
        return NULL;
    }
    sqlite3_busy_timeout(h, BUSY_MS);
    sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    int rc = sqlite3_exec(h,
        "PRAGMA trusted_schema=OFF; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0;"
        "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY",
        NULL, NULL, NULL);
    if (rc == SQLITE_OK && reads)
        rc = sqlite3_exec(h, "PRAGMA query_only=ON", NULL, NULL, NULL);
    if (rc != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(h));
        sqlite3_close(h);
        return NULL;
    }
    return h;
}

static void *checkpointer(void *arg)
{
    struct lite *l = arg;
    sqlite3 *h = connect_to(l->path, false);
    pthread_setname_np(pthread_self(), "hq-checkpoint");
    while (h && !atomic_load(&l->stop)) {
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        t.tv_nsec += CHECKPOINT_MS * 1000000L;
        t.tv_sec += t.tv_nsec / 1000000000L;
        t.tv_nsec %= 1000000000L;
        (void)sem_clockwait(&l->wake, CLOCK_MONOTONIC, &t);
        checkpoint(l, h);
    }
    sqlite3_close(h);
    return NULL;
}

static void done(Db *db)
{
    struct lite *l = (struct lite *)db;
    atomic_store(&l->stop, true);
    if (l->checkpointer) {
        sem_post(&l->wake);
        pthread_join(l->thread, NULL);
    }
    for (int i = 0; i < sql_slots; i++)
        sqlite3_finalize(l->cached[i]);
    for (int i = 0; i < N_WORDS; i++)
        sqlite3_finalize(l->word[i]);
    sqlite3_finalize(l->version);
    sqlite3_close(l->h);
    free(l->path);
    free(l);
}

Db *db_open_sqlite(const struct db_opt *o)
{
    static const struct DbOps ops = {false, run, put, script, begin, snapshot, commit, rollback,
        state, rest, reopen, version, done};
    struct lite *l = calloc(1, sizeof *l + (size_t)sql_slots * sizeof *l->cached);
    if (!l || !(l->path = strdup(o->url)))
        abort();
    l->db = (Db){.ops = &ops, .node = o->node ? o->node : "1", .deadline = INT64_MAX};
    if (!(l->h = connect_to(o->url, o->reads))) {
        done(&l->db);
        return NULL;
    }
    sqlite3_wal_hook(l->h, wal_grew, l);
    sqlite3_progress_handler(l->h, PROGRESS_OPS, past_deadline, l);
    sem_init(&l->wake, 0, 0);
    if (o->checkpointer)
        l->checkpointer = pthread_create(&l->thread, NULL, checkpointer, l) == 0;
    return &l->db;
}
