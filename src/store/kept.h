/* kept.h — what was read and may be said again while its tables stand still.
 *
 * Only statements marked @kept in their .sql: they are asked with the same arguments again and
 * again, and :now is none of them.  Each answer stands beside its version: the sum of the counters
 * of the tables it was read from (0090_stamp.sql), which are part of the commit that changes them,
 * so that a commit by whatever process is seen, and a table nobody writes stays kept however busy
 * the others are.  One store a process, for all connections; in a lane too, where what the open
 * transaction has written itself is read anew.  Rows that go with ON DELETE CASCADE count for no
 * table: none that is read @kept has them.
 *
 * Readers ask for the counters once a request (db_hold); without one, on SQLite at each statement
 * if anything was committed, on PostgreSQL nothing is kept then. */
#pragma once
#include "store/db_impl.h"

/* What the versions of other connections and lanes of this process have kept is forgotten. */
void kept_forget(void);

/* The sum that stands for what st reads; false: it cannot be told, read anew and keep nothing. */
bool kept_version(Cx *, const DbStmt *, int64_t *);
/* A lane's callback runs a statement that changes a table. */
void kept_touch(Cx *, const DbStmt *);

/* Arguments and statement as bytes; lives in cx->mem. */
Str kept_key(Cx *, const DbStmt *, unsigned mask, unsigned order, const DbVal *);
/* The rows as they were read at this version, copied into cx->mem; false: read them. */
bool kept_get(Cx *, const DbStmt *, Str key, int64_t version, DbRows *);
/* Remembers rows that were read after the version was asked. */
void kept_put(const DbStmt *, Str key, int64_t version, const DbRows *);

/* The town row's bytes, read and as this transaction leaves them; the latter live in cx->mem. */
void stamps_take(Stamps *, OptStr bytes, int64_t reference);
Str stamps_bytes(Cx *, const Town *);
