/* plan_test.c — heqing migrate --plan: whole, in order, and on Citus each table where its key
 * puts it. */
#include "town.h"

#include "base/html.h"
#include "store/db_impl.h"

static const char *plan_of(Cx *cx, bool citus)
{
    Out o = {.mem = &cx->mem};
    assert_int_equal(db_plan(cx, citus, &o), OK);
    return arena_printf(&cx->mem, "%.*s", (int)o.len, o.at ? o.at : "");
}

static int times(const char *text, const char *part)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        n++;
    return n;
}

/* The first column of a table's primary key, read from the statement that makes it. */
static Str key_of(const char *create)
{
    const char *end = strchr(create, ';'), *key = NULL, *of;
    for (const char *at = create; (at = strstr(at, "PRIMARY KEY")) != NULL && at < end; at++)
        key = at;
    assert_non_null(key);
    of = strchr(key, '(') + 1;
    return (Str){of, strcspn(of, ",)")};
}

/* town_id: a town's; a hash or a code: spread by it; anything else: whole on every node. */
static const char *should_be(Cx *cx, const char *table, Str key)
{
    const char *name = arena_printf(&cx->mem, "%.*s", (int)key.len, key.at);
    size_t tail = key.len > 5 ? key.len - 5 : 0;
    if (!strcmp(name, "town_id"))
        return arena_printf(&cx->mem, "SELECT create_distributed_table('%s', 'town_id', %s)", table,
            strcmp(table, "town") ? "colocate_with => 'town'" : "colocate_with => 'none'");
    if (!strcmp(name, "code") || !strcmp(name + tail, "_hash"))
        return arena_printf(&cx->mem,
            "SELECT create_distributed_table('%s', '%s', colocate_with => 'none')", table, name);
    return arena_printf(&cx->mem, "SELECT create_reference_table('%s')", table);
}

static void an_applied_schema_leaves_nothing_to_run(void **state)
{
    const char *plan = plan_of(*state, false);
    assert_int_equal(times(plan, "CREATE TABLE"), 1); /* the list of migrations, IF NOT EXISTS */
    assert_int_equal(times(plan, "BEGIN"), 0);
    assert_int_equal(times(plan, "create_"), 0);
}

static void an_empty_database_is_told_every_table_and_mark_once(void **state)
{
    Cx *cx = *state;
    const char *url = db_is_pg(town_db_url()) ? NULL : ":memory:";
    if (!url)
        return; /* tests/plan.sh runs it there */
    Cx own = {.now = cx->now, .db = db_open(&(struct db_opt){.url = url})};
    const char *plan = plan_of(&own, false);
    for (const DbTable *t = sql_tables; t->name; t++)
        if (strcmp(t->name, "migration"))
            assert_int_equal(times(plan, arena_printf(&cx->mem, "CREATE TABLE %s (", t->name)), 1);
    for (const DbMigration *m = sql_migrations + 1; m->file; m++)
        assert_int_equal(times(plan, m->mark), 1);
    db_close(own.db);
    arena_reset(&own.mem);
}

static void on_citus_each_table_is_placed_once_and_by_its_key(void **state)
{
    Cx *cx = *state;
    int n = 0, placed = 0;
    for (const DbMigration *m = sql_migrations; m->file; m++)
        for (const DbStep *s = m->steps; s->table; s++) {
            placed += s->citus != NULL;
            assert_int_equal(s->citus != NULL, s->table[0] != 0);
            if (!s->citus)
                continue;
            Str key = key_of(arena_printf(&cx->mem, "%s;", s->pg));
            const char *want = should_be(cx, s->table, key);
            assert_int_equal(strncmp(s->citus, want, strlen(want)), 0);
        }
    for (const DbTable *t = sql_tables; t->name; t++)
        n++;
    assert_int_equal(placed, n);
    if (!db_is_pg(town_db_url()))
        return;
    const char *plan = plan_of(cx, true);
    for (const DbTable *t = sql_tables; t->name; t++)
        assert_int_equal(times(plan, arena_printf(&cx->mem, "_table('%s'", t->name)), 1);
}

static void sqlite_is_not_distributed(void **state)
{
    Cx *cx = *state;
    Out o = {.mem = &cx->mem};
    if (db_is_pg(town_db_url()))
        return;
    assert_int_equal(db_plan(cx, true, &o), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_TOWN(an_applied_schema_leaves_nothing_to_run),
        IN_EMPTY_TOWN(an_empty_database_is_told_every_table_and_mark_once),
        IN_EMPTY_TOWN(on_citus_each_table_is_placed_once_and_by_its_key),
        IN_EMPTY_TOWN(sqlite_is_not_distributed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
