/* verb.h — one verb of the command line.
 *
 * heqing VERB [ARGS] [--options]; every verb understands --data DIR, --db URL, --town CODE, --lang.
 * Exit: OK 0; usage 2; everything else 1 with one line on stderr.  A usage error is ERR_INVALID
 * with the field "usage". */
#pragma once
#include "base/cx.h"

typedef struct Args {
    int n; /* what stood behind the verb, options taken out */
    char **at;
    const char *data;           /* the data folder, "data" unless said */
    const char *db;             /* the database's URL, or NULL: DIR/heqing.db */
    int64_t town;               /* --town; 0: not said */
    bool serves;                /* the verb is a server */
    const char *const *options; /* the verb's own: name, value, name, value, NULL */
} Args;

struct cli_verb {
    const char *name;  /* "import" */
    const char *usage; /* "LEDGER FILE [--dry-run]" */
    Text help;
    const char *options; /* own options: "dry-run format=" ('=': takes a value) */
    int least, most;     /* how many arguments stand behind it; more or fewer are a usage error */
    bool needs_town; /* needs_db, and one town: --town, HEQING_TOWN, heqing.conf, the only one */
    bool needs_db; /* cx->db is open and migrated, lanes run, cx->town_id is set if one can be told
                    */
    bool needs_photos; /* the photo helper runs: photo_take() works */
    bool serves; /* needs_db for a server: a callback's budget is short, DIR/heqing.conf counts */
    bool reads_only; /* needs_db without lanes: opens nothing for writing */
    Err (*run)(Cx *, const Args *);
};

const char *arg_option(const Args *, const char *name); /* NULL: not given; "" for a flag */
/* A usage error if it is missing or wrong. */
Err arg_text(Cx *, const Args *, int i, const char *name, Str *) MUST_CHECK;
Err arg_i64(Cx *, const Args *, int i, const char *name, int64_t *) MUST_CHECK;
