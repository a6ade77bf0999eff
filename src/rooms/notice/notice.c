/* notice.c — 消息: outbox and inbox. */
#include "rooms/notice/notice.h"

#include "gen/sql_notice.h"
#include "store/log.h"

enum { INBOX_PAGE = 50, DELIVER_BATCH = 200, TOGETHER = 50 };

Err notice_add(Cx *cx, const struct notice *n)
{
    int64_t id = new_id(cx);
    const char *mark = n->key ? n->key : arena_printf(&cx->mem, "#%lld", (long long)id);
    return sql_notice_out(cx, &(struct sql_notice_out){
                                  .id = id,
                                  .person = n->to,
                                  .say = str(n->say.zh),
                                  .about = n->about,
                                  .object = n->object,
                                  .path = n->path,
                                  .mark = str(mark),
                              });
}

/* Each delivered once: who finds one sent already leaves it. */
static Err deliver_one(Cx *cx, const struct sql_notice_waiting_row *out)
{
    Err e = sql_notice_sent(cx, &(struct sql_notice_sent){.id = out->id});
    if (e == ERR_CONFLICT)
        return OK;
    TRY(e);
    return sql_notice_in(cx, &(struct sql_notice_in){
                                 .id = out->id,
                                 .person = out->person,
                                 .at = out->at,
                                 .say = out->say,
                                 .about = out->about,
                                 .object = out->object,
                                 .path = out->path,
                             });
}

static Err deliver_step(Cx *cx, void *arg)
{
    const struct sql_notice_waiting_rows *out = arg;
    for (size_t i = 0; i < out->n; i++)
        TRY(deliver_one(cx, &out->at[i]));
    return OK;
}

Err notice_deliver_job(Cx *cx)
{
    struct sql_notice_waiting_rows waiting;
    TRY(sql_notice_waiting(cx, &(struct sql_notice_waiting){.limit = DELIVER_BATCH}, &waiting));
    for (size_t i = 0; i < waiting.n; i += TOGETHER) {
        size_t n = waiting.n - i < TOGETHER ? waiting.n - i : TOGETHER;
        struct sql_notice_waiting_rows some = {waiting.at + i, n};
        TRY(db_transaction(cx, deliver_step, &some));
    }
    return OK;
}

Err notice_unread(Cx *cx, int64_t *n)
{
    struct sql_notice_new_n_row row;
    TRY(sql_notice_new_n(cx, &row));
    *n = row.n;
    return OK;
}

Err notice_heard(Cx *cx, int64_t object, Str key, bool *heard)
{
    struct sql_notice_heard_n_row row;
    TRY(sql_notice_heard_n(cx, &(struct sql_notice_heard_n){.object = object, .mark = key}, &row));
    *heard = row.n > 0;
    return OK;
}

Err notice_inbox(Cx *cx, int64_t after, struct notice_rows *to)
{
    struct sql_notice_list_rows rows;
    TRY(sql_notice_list(cx,
        &(struct sql_notice_list){.above = after ? after : INT64_MAX, .limit = INBOX_PAGE + 1},
        &rows));
    size_t n = rows.n > INBOX_PAGE ? INBOX_PAGE : rows.n;
    struct notice_row *at = NEW_ARRAY(&cx->mem, n, struct notice_row);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct notice_row){
            .id = rows.at[i].id,
            .at = rows.at[i].at,
            .object = rows.at[i].object,
            .say = {arena_printf(&cx->mem, "%.*s", (int)rows.at[i].say.len, rows.at[i].say.at), ""},
            .about = rows.at[i].about,
            .path = rows.at[i].path,
            .seen = rows.at[i].seen,
        };
    *to = (struct notice_rows){at, n, rows.n > n ? at[n - 1].id : 0};
    return OK;
}

struct opening {
    int64_t id;
    Str path;
};

static Err opened_step(Cx *cx, void *arg)
{
    struct opening *o = arg;
    struct sql_notice_one_row row;
    TRY(sql_notice_one(cx, &(struct sql_notice_one){.id = o->id}, &row));
    o->path = row.path;
    return row.seen ? OK : sql_notice_seen_one(cx, &(struct sql_notice_seen_one){.id = o->id});
}

Err notice_opened(Cx *cx, int64_t id, Str *path)
{
    struct opening o = {.id = id};
    TRY(db_transaction(cx, opened_step, &o));
    *path = o.path;
    return OK;
}

static Err about_step(Cx *cx, void *arg)
{
    struct opening *o = arg;
    struct sql_notice_about_row row;
    TRY(sql_notice_about(cx, &(struct sql_notice_about){.object = o->id}, &row));
    o->path = row.path;
    return sql_notice_seen_about(cx, &(struct sql_notice_seen_about){.object = o->id});
}

Err notice_opened_about(Cx *cx, int64_t object, Str *path)
{
    struct opening o = {.id = object};
    TRY(db_transaction(cx, about_step, &o));
    *path = o.path;
    return OK;
}

static Err read_all_step(Cx *cx, void *arg)
{
    return sql_notice_seen_all(cx, &(struct sql_notice_seen_all){.above = *(const int64_t *)arg});
}

Err notice_read_all(Cx *cx, int64_t id)
{
    return db_transaction(cx, read_all_step, &id);
}
