/* ledger_batch.c — what was imported last. */
#include "rooms/ledger/ledger_inner.h"

#include "base/day.h"
#include "gen/sql_ledger.h"
#include "rooms/people/people.h"

enum { BATCHES_SHOWN = 20 };

Err ledger_batches(Cx *cx, const struct ledger *l, struct ledger_batches *to)
{
    struct sql_ledger_batch_list_rows rows;
    TRY(sql_ledger_batch_list(cx,
        &(struct sql_ledger_batch_list){.ledger = str(l->name), .limit = BATCHES_SHOWN}, &rows));
    *to = (struct ledger_batches){NEW_ARRAY(&cx->mem, rows.n, struct ledger_batch), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        to->at[i] = (struct ledger_batch){.id = rows.at[i].id,
            .batch = rows.at[i].batch,
            .file = rows.at[i].file,
            .at = day_time_text(cx, rows.at[i].at),
            .who = rows.at[i].person == OPERATOR ? say(cx, T("命令行"))
                                                 : people_name(cx, rows.at[i].person),
            .n_added = rows.at[i].n_added,
            .n_changed = rows.at[i].n_changed,
            .n_wrong = rows.at[i].n_wrong,
            .n_undone = rows.at[i].n_undone,
            .undone = rows.at[i].undone_at.set};
    return OK;
}

Err ledger_batch_of(Cx *cx, const struct ledger *l, int64_t id, Str *batch)
{
    struct sql_ledger_batch_find_row row;
    TRY(sql_ledger_batch_find(
        cx, &(struct sql_ledger_batch_find){.id = id, .ledger = str(l->name)}, &row));
    *batch = row.batch;
    return OK;
}
