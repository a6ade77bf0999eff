/* problem_own.c — 我的视图: a person's own filters of the ledger, named and kept. */
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"

enum { OWN_MAX = 20, NAME_CHARS = 20 };

Err problem_own_views(Cx *cx, struct problem_owns *to)
{
    struct sql_problem_saved_of_rows rows;
    TRY(sql_problem_saved_of(cx, &(struct sql_problem_saved_of){.limit = OWN_MAX}, &rows));
    struct problem_own *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct problem_own);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct problem_own){rows.at[i].id, rows.at[i].name, rows.at[i].query};
    *to = (struct problem_owns){at, rows.n};
    return OK;
}

struct keeping {
    Str name, query;
};

static Err keep_step(Cx *cx, void *arg)
{
    const struct keeping *k = arg;
    struct problem_owns own;
    bool there = false;
    TRY(problem_own_views(cx, &own));
    for (size_t i = 0; i < own.n; i++)
        there |= str_eq(own.at[i].name, k->name);
    if (!there && own.n >= OWN_MAX)
        return fail(cx, ERR_INVALID, "name", T("最多存 20 个视图，请先删掉不用的"));
    TRY(sql_problem_saved_put(
        cx, &(struct sql_problem_saved_put){.id = new_id(cx), .name = k->name, .query = k->query}));
    return event_add(cx, &(struct event){.verb = "view_keep",
                             .unit = cx->town_id * 1000000,
                             .object = cx->me.person,
                             .said = k->name});
}

Err problem_own_keep(Cx *cx, Str name, const struct problem_filter *f)
{
    struct problem_filter kept = *f;
    kept.after = kept.limit = 0;
    struct keeping k = {str_trim(name), problem_filter_query(cx, &kept)};
    if (!k.name.len || str_n_chars(k.name) > NAME_CHARS)
        return fail(cx, ERR_INVALID, "name", T("请给视图起个名字，最多 20 个字"));
    return db_transaction(cx, keep_step, &k);
}

static Err drop_step(Cx *cx, void *arg)
{
    TRY(sql_problem_saved_drop(cx, &(struct sql_problem_saved_drop){.id = *(int64_t *)arg}));
    return event_add(
        cx, &(struct event){
                .verb = "view_drop", .unit = cx->town_id * 1000000, .object = cx->me.person});
}

Err problem_own_drop(Cx *cx, int64_t id)
{
    Err e = db_transaction(cx, drop_step, &id);
    return e == ERR_CONFLICT ? ERR_NOT_FOUND : e;
}
