/* attachment_job.c — files that no record has: a form that was refused or given up. */
#include "rooms/attachment/attachment_rule.h"

#include "gen/sql_attachment.h"
#include "store/db.h"
#include "store/files.h"
#include "store/log.h"
#include "store/stage.h"

static const int64_t KEPT_MS = INT64_C(48) * 3600 * 1000, DAY_MS = INT64_C(24) * 3600 * 1000;

struct sweeping {
    Str hash;
    int64_t before;
};

static Err is_used(Cx *cx, Str hash, bool *ret)
{
    struct sql_attachment_using_rows rows;
    TRY(sql_attachment_using(cx, &(struct sql_attachment_using){.hash = hash}, &rows));
    *ret = rows.n > 0;
    if (*ret)
        return OK;
    struct sql_attachment_veiling_rows shown;
    TRY(sql_attachment_veiling(cx, &(struct sql_attachment_veiling){.hash = hash}, &shown));
    *ret = shown.n > 0;
    return OK;
}

/* In the town's lane, as attachment_add is: a record takes the file before us and we see its row,
 * or after us and it finds no file.  To run twice does no harm. */
static Err sweep_step(Cx *cx, void *arg)
{
    const struct sweeping *s = arg;
    bool used;
    TRY(is_used(cx, s->hash, &used));
    if (used)
        return OK;
    TRY(files_drop(cx, s->hash, LARGE_NAME, s->before));
    return files_drop(cx, s->hash, SMALL_NAME, s->before);
}

static Err sweep_part(Cx *cx, int part, const char *what)
{
    struct sweeping s = {.before = cx->now - KEPT_MS};
    struct file_names old;
    TRY(files_older(cx, part, what, s.before, &old));
    for (size_t i = 0; i < old.n; i++) {
        bool used;
        s.hash = old.at[i];
        TRY(is_used(cx, s.hash, &used));
        if (!used)
            TRY(db_transaction(cx, sweep_step, &s));
    }
    return OK;
}

/* Unveiled pictures have had their days; a few of one town, in one step. */
static Err let_go_step(Cx *cx, void *arg)
{
    const struct sql_attachment_old_rows *old = arg;
    for (size_t i = 0; i < old->n; i++) {
        TRY(sql_attachment_let_go(cx, &(struct sql_attachment_let_go){.id = old->at[i].id}));
        TRY(event_add(cx,
            &(struct event){
                .verb = "photo_original_gone", .unit = old->at[i].unit, .object = old->at[i].id}));
    }
    return OK;
}

static Err let_go(Cx *cx)
{
    struct sql_attachment_old in = {.before = cx->now - PHOTO_ORIGINAL_DAYS * DAY_MS, .limit = 200};
    struct sql_attachment_old_rows old;
    TRY(sql_attachment_old(cx, &in, &old));
    return old.n ? db_transaction(cx, let_go_step, &old) : OK;
}

Err attachment_sweep_job(Cx *cx)
{
    TRY(stage_sweep(cx));
    TRY(let_go(cx));
    for (int part = 0; part < 256; part++) {
        Cx own = *cx;
        own.mem = (Arena){0};
        Err e = sweep_part(&own, part, LARGE_NAME);
        if (e == OK)
            e = sweep_part(&own, part, SMALL_NAME); /* one without its large one: a crash between */
        if (e != OK)
            (void)fail_log(cx, e, "%s", own.why.log ? own.why.log : "photos cannot be swept");
        arena_reset(&own.mem);
        TRY(e);
    }
    return OK;
}
