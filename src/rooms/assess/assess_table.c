/* assess_table.c — 评分表 as rows: drafted, published by another person, in force from a day. */
#include "gen/sql_assess.h"
#include "rooms/assess/assess.h"
#include "store/log.h"

struct putting {
    int64_t id, version;
    const struct score_table *t;
    Str body, hash;
};

static Err add_step(Cx *cx, void *arg)
{
    struct putting *p = arg;
    struct sql_assess_table_named_row there;
    Err e = sql_assess_table_named(
        cx, &(struct sql_assess_table_named){p->t->code, p->t->version}, &there);
    if (e == OK)
        return fail(cx, ERR_CONFLICT, "version", T("这个编号和版本的评分表已经有了"));
    if (e != ERR_NOT_FOUND)
        return e;
    p->id = new_id(cx);
    TRY(sql_assess_table_add(cx, &(struct sql_assess_table_add){.id = p->id,
                                     .code = p->t->code,
                                     .edition = p->t->version,
                                     .from_on = p->t->from_on,
                                     .body = p->body,
                                     .hash = p->hash}));
    return event_add(
        cx, &(struct event){.verb = "score_table_draft", .object = p->id, .said = p->hash});
}

Err assess_table_new(Cx *cx, const struct score_table *t, int64_t *id)
{
    struct putting p = {.t = t, .body = score_table_text(cx, t)};
    p.hash = assess_hash(cx, p.body);
    TRY(db_transaction(cx, add_step, &p));
    *id = p.id;
    return OK;
}

static Err save_step(Cx *cx, void *arg)
{
    const struct putting *p = arg;
    TRY(sql_assess_table_save(cx, &(struct sql_assess_table_save){.id = p->id,
                                      .version = p->version,
                                      .edition = p->t->version,
                                      .from_on = p->t->from_on,
                                      .body = p->body,
                                      .hash = p->hash}));
    return event_add(
        cx, &(struct event){.verb = "score_table_draft", .object = p->id, .said = p->hash});
}

Err assess_table_save(Cx *cx, int64_t id, int64_t version, const struct score_table *t)
{
    struct putting p = {id, version, t, score_table_text(cx, t), {0}};
    p.hash = assess_hash(cx, p.body);
    return db_transaction(cx, save_step, &p);
}

Err assess_table_get(Cx *cx, int64_t id, struct assess_table *to)
{
    struct sql_assess_table_find_row row;
    TRY(sql_assess_table_find(cx, &(struct sql_assess_table_find){.id = id}, &row));
    *to = (struct assess_table){.id = row.id,
        .version = row.version,
        .edited_by = row.edited_by,
        .state = row.state,
        .hash = row.hash};
    return score_table_read(cx, row.body, &to->t);
}

static Err publish_step(Cx *cx, void *arg)
{
    const struct putting *p = arg;
    struct assess_table t;
    TRY(assess_table_get(cx, p->id, &t));
    if (!str_eq(t.state, S("draft")))
        return fail(cx, ERR_CONFLICT, "version", T("这张评分表已经公布，不能再改"));
    if (t.edited_by == cx->me.person)
        return fail(cx, ERR_FORBIDDEN, "version", T("谁改的评分表，不能由谁公布；请另一位来公布"));
    TRY(score_table_check(cx, &t.t));
    TRY(sql_assess_table_publish(
        cx, &(struct sql_assess_table_publish){.id = p->id, .version = p->version}));
    return event_add(cx, &(struct event){.verb = "score_table_publish",
                             .object = p->id,
                             .from = S("draft"),
                             .to = S("published"),
                             .said = t.hash});
}

Err assess_table_publish(Cx *cx, int64_t id, int64_t version)
{
    struct putting p = {.id = id, .version = version};
    return db_transaction(cx, publish_step, &p);
}

Err assess_table_on(Cx *cx, Str day, struct assess_table *to)
{
    struct sql_assess_table_in_force_rows r;
    TRY(sql_assess_table_in_force(cx, &(struct sql_assess_table_in_force){.day = day}, &r));
    return r.n ? assess_table_get(cx, r.at[0].id, to) : ERR_NOT_FOUND;
}

Err assess_table_named(Cx *cx, Str code, Str edition, int64_t *id)
{
    struct sql_assess_table_named_row row;
    TRY(sql_assess_table_named(
        cx, &(struct sql_assess_table_named){.code = code, .edition = edition}, &row));
    *id = row.id;
    return OK;
}
