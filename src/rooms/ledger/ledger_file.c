/* ledger_file.c — a table file between its dry run and its confirmation: sealed, its uploader's
 * alone, gone after a day. */
#include "rooms/ledger/ledger_inner.h"

#include "base/secret.h"
#include "gen/sql_ledger.h"
#include "rooms/ledger/ledger_job.h"
#include "store/log.h"

enum { KEPT_MS = 24 * 3600 * 1000, DROPS = 100 };

struct keeping {
    const struct ledger *l;
    Str name, bytes;
    int64_t id;
};

static Err keep_step(Cx *cx, void *arg)
{
    struct keeping *k = arg;
    struct sql_ledger_file_new row = {
        .id = new_id(cx), .ledger = str(k->l->name), .file = k->name, .key = secret_key_new(cx)};
    TRY(secret_seal(cx, row.key, "ledger_file.body", row.id, k->bytes, &row.body));
    k->id = row.id;
    return sql_ledger_file_new(cx, &row);
}

Err ledger_file_keep(Cx *cx, const struct ledger *l, Str name, Str bytes, int64_t *id)
{
    struct keeping k = {.l = l, .name = name, .bytes = bytes};
    TRY(db_transaction(cx, keep_step, &k));
    *id = k.id;
    return OK;
}

Err ledger_file_find(Cx *cx, const struct ledger *l, int64_t id, Str *name, Str *bytes)
{
    struct sql_ledger_file_find_row row;
    TRY(sql_ledger_file_find(
        cx, &(struct sql_ledger_file_find){.id = id, .ledger = str(l->name)}, &row));
    TRY(secret_unseal(cx, row.key, "ledger_file.body", id, row.body, bytes));
    *name = row.file;
    return OK;
}

static Err drop_step(Cx *cx, void *arg)
{
    const int64_t *id = arg;
    return sql_ledger_file_drop(cx, &(struct sql_ledger_file_drop){.id = *id});
}

Err ledger_file_drop(Cx *cx, int64_t id)
{
    return db_transaction(cx, drop_step, &id);
}

Err ledger_tidy_job(Cx *cx)
{
    struct sql_ledger_files_old_rows old;
    TRY(sql_ledger_files_old(
        cx, &(struct sql_ledger_files_old){.before = cx->now - KEPT_MS, .limit = DROPS}, &old));
    for (size_t i = 0; i < old.n; i++)
        TRY(ledger_file_drop(cx, old.at[i].id));
    return OK;
}
