/* db.h — one database connection, SQLite or PostgreSQL; callers cannot tell which.
 *
 * Nobody writes SQL in C.  Statements live in the rooms' .sql files, and mksql makes one typed
 * function of each (gen/sql_ROOM.h).  What those functions return:
 *   exec, many   OK
 *   one          ERR_NOT_FOUND without a row
 *   move         ERR_CONFLICT unless exactly one row changed
 *   any          ERR_CONFLICT on a unique or foreign key, ERR_BUSY when trying again may help
 * An exec inside a transaction may only be queued (PostgreSQL's pipeline); what goes wrong with it
 * shows at the next statement that waits, or at COMMIT, and the transaction runs again. */
#pragma once
#include "base/cx.h"
#include "base/html.h"

typedef struct Db Db;

struct db_opt {
    const char *url;   /* a file, or "postgresql://…" or a conninfo with "=" */
    const char *node;  /* this process's name in the log */
    int budget_ms;     /* of one callback's statements, or of one read; 0: 5000 */
    bool reads;        /* refuses to write */
    bool keeps;        /* answers @kept statements from memory (kept.h); one that reads does */
    bool checkpointer; /* SQLite: a thread copies the WAL into the file */
};

bool db_is_pg(const char *url);
/* A request begins and ends on a connection that only reads: in between what was committed is
 * asked once.  snapshot: and all it reads is of one moment (SQLite). */
void db_hold(Db *, bool snapshot);
void db_let_go(Db *);
/* NULL with a line on stderr if it cannot be opened.  libpq is loaded when url names PostgreSQL. */
Db *db_open(const struct db_opt *);
void db_close(Db *);

/* Bring the schema up to date over cx->db; a file edited after it was applied is ERR_INTERNAL. */
Err db_migrate(Cx *) MUST_CHECK;
struct db_migration {
    const char *file;
    bool applied;
};
/* What db_migrate would do, without doing it; n: all this program knows. */
Err db_migrations(Cx *, const struct db_migration **, size_t *n) MUST_CHECK;

/* The same as a script for psql or sqlite3, whole: run, it leaves nothing for db_migrate to do but
 * the chain of no town.  citus (PostgreSQL): and how each table is spread over the workers,
 * straight after it is made; the statements of tables that are there already change nothing the
 * second time. ERR_INVALID "citus": not PostgreSQL. */
Err db_plan(Cx *, bool citus, Out *) MUST_CHECK;

/* Run step(cx, arg) in cx->town_id's lane and return when its effects are durable (OK) or when it
 * had none.  Inside a step: just call it, it joins the transaction that is open.
 * Check first, write after: step may run twice or more, touches nothing but the database, cx->mem
 * and *arg, changes at most 500 rows; what it leaves in *arg counts only after OK.
 * ERR_BUSY: full queue, time budget, disk full, database away; if the connection broke in COMMIT
 * the effects may be there: the submission key tells. */
Err db_transaction(Cx *, Err (*step)(Cx *, void *), void *arg) MUST_CHECK;

int64_t mono_ms(void);
