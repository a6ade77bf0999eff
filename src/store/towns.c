/* towns.c — the towns of this database. */
#include "store/towns.h"

#include "gen/sql_store.h"

enum { SLICE = 10000 };

Err store_towns(Cx *cx, const int64_t **to, size_t *n)
{
    struct sql_store_towns_rows r;
    int64_t *at = NULL, above = 0;
    size_t have = 0;
    do {
        TRY(sql_store_towns(cx, &(struct sql_store_towns){.above = above, .limit = SLICE}, &r));
        int64_t *more = NEW_ARRAY(&cx->mem, have + r.n + 1, int64_t);
        if (have)
            memcpy(more, at, have * sizeof *at);
        for (size_t i = 0; i < r.n; i++)
            more[have + i] = above = r.at[i].town_id;
        at = more;
        have += r.n;
    } while (r.n == SLICE);
    *to = at;
    *n = have;
    return OK;
}
