/* plan.c — what db_migrate would run, to be read or run by hand (gen/schema.c). */
#include "base/html.h"
#include "store/db_impl.h"

static void line(Out *o, const char *text, const char *end)
{
    out_raw(o, text, strlen(text));
    out_raw(o, end, strlen(end));
}

static void steps(Cx *cx, const DbMigration *m, bool made, bool citus, Out *o)
{
    for (const DbStep *s = m->steps; s->table; s++) {
        const char *text = cx->db->ops->pg ? s->pg : s->lite;
        if (text && !made)
            line(o, text, ";\n");
        if (s->citus && citus)
            line(o, s->citus, ";\n");
    }
}

Err db_plan(Cx *cx, bool citus, Out *o)
{
    const struct db_migration *known;
    size_t n;

    if (citus && !cx->db->ops->pg)
        return fail(cx, ERR_INVALID, "citus", T("Citus 只在 PostgreSQL 上有"));
    TRY(db_migrations(cx, &known, &n));
    /* A table that points at a reference table cannot be made by several connections at once. */
    if (citus)
        line(o, "SET citus.multi_shard_modify_mode TO 'sequential'", ";\n");
    steps(cx, &sql_migrations[0], false, citus, o);
    for (size_t i = 0; i < n; i++) {
        const DbMigration *m = &sql_migrations[i + 1];
        if (known[i].applied && !citus)
            continue;
        line(o, "\n-- ", m->file);
        line(o, known[i].applied ? ": applied" : "", "\nBEGIN;\n");
        steps(cx, m, known[i].applied, citus, o);
        if (!known[i].applied)
            line(o, m->mark, ";\n");
        line(o, "COMMIT", ";\n");
    }
    return OK;
}
