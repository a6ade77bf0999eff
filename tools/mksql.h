/* mksql.h — what the parts of mksql share.
 *
 *   text.c          growing texts
 *   mksql_lex.c     files and tokens
 *   mksql_read.c    .sql files: signatures, marks, bodies cut into pieces
 *   mksql_phrase.c  what several statements of a file say in the same words
 *   mksql_schema.c  migrations: two texts of one source, the list of tables
 *   mksql_rule.c    what the text may say: words, towns, scope
 *   mksql_lite.c    proof on SQLite: prepare, columns, query plans
 *   mksql_emit.c    the C that comes out
 *   mksql.c         main of the build tool
 *   mksql_pg.c      main of the check on PostgreSQL (a test, not part of the build)
 *
 * Build tools: memory is never given back, and the first fault ends the run. */
#pragma once
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { MAX_FIELDS = 96, MAX_PARTS = 8, MAX_ORDERS = 6, MAX_KEYS = 4, MAX_PIECES = 64 };
enum { MAX_STMTS = 2048, MAX_TABLES = 256, MAX_COLUMNS = 96, MAX_STEPS = 1024, MAX_FILES = 256 };
enum { NAME = 64, MAX_REFS = 32 };

/* --- text --- */
struct tok {
    char kind; /* w word, n number, s string, p parameter, q "quoted", o operator, 0 the ends */
    const char *at;
    size_t len;
    int line, depth; /* brackets share the depth outside them */
};
struct toks {
    struct tok *at;
    size_t n;
}; /* at[1] … at[n]; ends on both sides */

char *slurp(const char *path);
/* Names place and reason, and ends the program; or calls this first, if it is set. */
extern void (*after_refusal)(void);
void refuse(const char *file, int line, const char *what, const char *fmt, ...)
    __attribute__((format(printf, 4, 5), noreturn));
struct toks lex(const char *file, const char *text, int line);
bool is(const struct tok *t, const char *word);
bool is_any(const struct tok *t, const char *words); /* " a b c " */

/* --- tables, from the migrations --- */
struct column {
    char name[NAME], type;
    bool null;
};
struct table {
    char name[NAME], kind; /* t a town's, s spread by its own key, r reference */
    bool scoped;
    struct column columns[MAX_COLUMNS];
    int n_columns;
    char key[MAX_KEYS + 4][NAME];
    int n_key;
    const char *writer; /* the .sql file that writes it */
};
struct step {
    const char *lite, *pg;
    struct table *makes;
    int file, line;
};
struct migration {
    const char *path;
    uint64_t hash;
};

extern struct table tables[MAX_TABLES];
extern struct step steps[MAX_STEPS];
extern struct migration migrations[MAX_FILES];
extern int n_tables, n_steps, n_migrations;

struct table *table_named(const char *at, size_t len);
void read_migration(const char *path);

/* --- statements --- */
struct field {
    char name[NAME], type;
    bool null;
};
struct piece {
    unsigned need;
    int order;
    const char *text;
}; /* order -1: in all */
struct body {
    struct piece pieces[MAX_PIECES];
    int n, line;
};
struct key {
    char expr[NAME], column[NAME];
    bool desc;
    int out;
};
struct order {
    char name[NAME];
    struct key keys[MAX_KEYS];
    int n;
};
struct param {
    char kind;
    int i;
}; /* a argument, T town, M me, N now, k sort key (an output) */
struct stmt {
    char name[NAME];
    enum { EXEC, MOVE, ONE, MANY } kind;
    const char *file;
    int line;
    struct field in[MAX_FIELDS], outs[MAX_FIELDS];
    int n_in, n_out;
    struct param params[MAX_FIELDS + MAX_ORDERS * MAX_KEYS + 3];
    int n_params;
    int part[MAX_PARTS]; /* the argument that switches it on */
    int n_parts;
    struct order orders[MAX_ORDERS];
    int n_orders;
    int limit; /* number of the parameter after LIMIT, 0 if none */
    int slot;  /* first place in a connection's cache */
    struct body lite, pg;
    bool differs; /* @sqlite and @pg */
    bool spread, kept;
    struct table *reads[MAX_REFS], *writes; /* tables it names; the one it changes */
    int n_reads;
    const char *unscoped, *slow, *alltowns, *everywhere; /* reasons */
    bool waived;                                         /* @unscoped was needed */
};
extern struct stmt stmts[MAX_STMTS];
extern int n_stmts;

void read_statements(const char *path);
/* Phrases of the file that is read; with_phrases puts them where {name} stands. */
void add_phrase(const char *file, int line, const char *name, size_t len, const char *text);
char *with_phrases(const char *file, int line, const char *text);
void end_phrases(const char *file);
int n_bits(const struct stmt *s);     /* parts, and one for the keyset */
int n_variants(const struct stmt *s); /* orders × 2^bits; variant = order << bits | mask */
int n_orders_or_1(const struct stmt *s);
/* style ':' leaves names, '?' and '$' write numbers */
char *text_of(const struct stmt *s, const struct body *b, unsigned mask, int order, char style);
char *piece_text(const struct stmt *s, const char *text, char style);

void check_rules(struct stmt *s);
int shared_stamps(void);             /* kept tables whose counter is another table's too */
int stamp_of(const struct table *t); /* the place of a table's counter, 0 … 255 */
void prove_on_sqlite(sqlite3 *db, struct stmt *s);
void emit(const char *dir);
