/* attachment_verify.c — the proof: each picture's file against its row, each row against the log.
 */
#include "rooms/attachment/attachment_rule.h"

#include "base/fd.h"
#include "gen/sql_attachment.h"
#include "store/files.h"

enum { ROWS_A_SLICE = 200, SAID_OF_ONE = 100 };

static Err prove(Cx *cx, Str hash, const char *what, Str want, int64_t bytes, const char **why)
{
    CLOSES int fd = -1;
    int64_t size;
    Str is;
    Err e = files_find(cx, hash, what, &fd, &size);
    if (e == ERR_NOT_FOUND)
        return *why = "missing", OK;
    TRY(e);
    TRY(files_hash(cx, fd, &is));
    if (size != bytes || !str_eq(is, want))
        *why = "changed";
    return OK;
}

static Err prove_files(Cx *cx, const struct sql_attachment_each_row *row, const char **why)
{
    if (!row->gone) {
        TRY(prove(cx, row->hash, LARGE_NAME, row->hash, row->bytes, why));
        if (!*why)
            TRY(prove(cx, row->hash, SMALL_NAME, row->small_hash, row->small_bytes, why));
    }
    if (*why || !row->veil_hash.set)
        return OK;
    TRY(prove(cx, row->veil_hash.v, LARGE_NAME, row->veil_hash.v, row->veil_bytes.v, why));
    return *why ? OK
                : prove(cx, row->veil_hash.v, SMALL_NAME, row->veil_small_hash.v,
                    row->veil_small_bytes.v, why);
}

/* The newest event of that verb says this hash. */
static bool said(const struct sql_attachment_said_rows *rows, const char *verb, Str hash)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->at[i].verb, str(verb)))
            return rows->at[i].became.set && str_eq(rows->at[i].became.v, hash);
    return false;
}

static Err prove_log(Cx *cx, const struct sql_attachment_each_row *row, const char **why)
{
    struct sql_attachment_said_rows rows;
    TRY(sql_attachment_said(
        cx, &(struct sql_attachment_said){.id = row->id, .limit = SAID_OF_ONE}, &rows));
    if (!said(&rows, PHOTO_ADDED, row->hash)
        || (row->veil_hash.set && !said(&rows, PHOTO_VEILED, row->veil_hash.v)))
        *why = "not what the log says";
    return OK;
}

/* One slice of rows; its memory is given back by the caller. */
static Err verify_slice(
    Cx *cx, int64_t first_logged, int64_t *after, bool *more, struct attachment_verdict *v)
{
    struct sql_attachment_each_rows rows;
    TRY(sql_attachment_each(
        cx, &(struct sql_attachment_each){.behind = *after, .limit = ROWS_A_SLICE}, &rows));
    for (size_t i = 0; i < rows.n && !v->why; i++) {
        const struct sql_attachment_each_row *row = &rows.at[i];
        TRY(prove_files(cx, row, &v->why));
        if (!v->why && first_logged && row->id >= first_logged)
            TRY(prove_log(cx, row, &v->why));
        v->n++;
        if (v->why) {
            v->bad_id = row->id;
            v->name = row->hash;
        }
        *after = row->id;
    }
    *more = rows.n == ROWS_A_SLICE && !v->why;
    return OK;
}

/* As many rows as the log has pictures: none was taken away. */
static Err count_all(Cx *cx, int64_t first, struct attachment_verdict *v)
{
    struct sql_attachment_n_said_row logged;
    struct sql_attachment_n_since_row rows;
    TRY(sql_attachment_n_said(cx, &(struct sql_attachment_n_said){str(PHOTO_ADDED)}, &logged));
    TRY(sql_attachment_n_since(cx, &(struct sql_attachment_n_since){first}, &rows));
    if (logged.n != rows.n) {
        v->bad_id = first;
        v->why = logged.n > rows.n ? "rows are missing: the log has more pictures"
                                   : "rows are too many: the log has fewer pictures";
    }
    return OK;
}

Err attachment_verify(Cx *cx, struct attachment_verdict *ret)
{
    struct attachment_verdict v = {0};
    struct sql_attachment_first_said_row first = {0};
    int64_t after = 0;
    Err e = sql_attachment_first_said(
        cx, &(struct sql_attachment_first_said){str(PHOTO_ADDED)}, &first);
    if (e != ERR_NOT_FOUND)
        TRY(e);
    for (bool more = true; more;) {
        Cx own = *cx;
        own.mem = (Arena){0};
        e = verify_slice(&own, first.object, &after, &more, &v);
        v.name = (Str){arena_copy(&cx->mem, v.name.at, v.name.len), v.name.len};
        if (e != OK)
            (void)fail_log(cx, e, "%s", own.why.log ? own.why.log : "attachments cannot be read");
        arena_reset(&own.mem);
        TRY(e);
    }
    if (!v.why && first.object)
        TRY(count_all(cx, first.object, &v));
    *ret = v;
    return OK;
}
