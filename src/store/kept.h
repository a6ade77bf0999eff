/* kept.h — what a reading connection has read and may say again while nothing was committed.
 *
 * Only statements marked @kept in their .sql: they are asked with the same arguments again and
 * again, and :now is none of them.  Each answer stands beside the version of the database that it
 * was read from; the engine tells the version anew at each statement, so a commit by whatever
 * process is seen at once.  Not on PostgreSQL, which has no such version, and never in a lane. */
#pragma once
#include "store/db_impl.h"

typedef struct Kept Kept;
Kept *kept_open(void);
void kept_close(Kept *);

/* Arguments and statement as bytes; lives in cx->mem. */
Str kept_key(Cx *, const DbStmt *, unsigned mask, unsigned order, const DbVal *);
/* The rows as they were read at this version, copied into cx->mem; false: read them. */
bool kept_get(Cx *, Kept *, const DbStmt *, Str key, int64_t version, DbRows *);
/* Remembers rows that were read after the version was asked. */
void kept_put(Kept *, const DbStmt *, Str key, int64_t version, const DbRows *);
