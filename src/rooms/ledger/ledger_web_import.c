/* ledger_web_import.c — 导入 in the browser: upload, dry run, confirm, take back. */
#include "rooms/ledger/ledger_web.h"

#include "gen/tmpl.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

enum { FILE_MAX = 20 << 20, FILE_NAME_MAX = 80 };

static Err loading(Cx *cx, const Req *req, const struct ledger **l)
{
    TRY(ledger_of(cx, req, l));
    return ledger_loads(cx, *l) ? OK : ERR_FORBIDDEN;
}

/* The columns that can stand in the table, as a hint: label, required, what may be chosen. */
static struct cells columns(Cx *cx, const struct ledger *l)
{
    struct cells all = form_cells(cx, l->fields, arena_alloc(&cx->mem, l->row_size), NULL, NULL);
    for (size_t i = 0; i < all.n; i++)
        if (all.at[i].choices.n > 40)
            all.at[i].choices.n = 0; /* too many to be of help */
    return all;
}

static Err page(
    Cx *cx, const Req *req, Resp *resp, const struct ledger *l, struct ledger_import_view *v)
{
    v->shell = shell_of(cx, req, "ledgers");
    v->name = str(l->name);
    v->label = say(cx, l->label);
    v->undoes = l->of_batch != NULL;
    v->columns = columns(cx, l);
    TRY(ledger_batches(cx, l, &v->batches));
    page_ledger_import(resp_page(cx, req, resp), v);
    return OK;
}

Err ledger_import_get(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    TRY(loading(cx, req, &l));
    return page(cx, req, resp, l, &(struct ledger_import_view){0});
}

static Err refused(Cx *cx, const Req *req, Resp *resp, const struct ledger *l, Err e)
{
    if (e != ERR_INVALID)
        return e;
    resp->status = 422;
    return page(cx, req, resp, l, &(struct ledger_import_view){.why = cx->why.say});
}

static Err read_upload(Cx *cx, const Req *req, Str *name, Str *bytes)
{
    const struct upload *u = form_upload(req, "file", 0);
    if (!u || !u->size)
        return fail(cx, ERR_INVALID, "file", T("请选一个文件"));
    if (u->size > FILE_MAX)
        return fail(cx, ERR_INVALID, "file", T("文件太大，一次最多 20 MB"));
    char *at = arena_raw(&cx->mem, (size_t)u->size);
    for (int64_t done = 0; done < u->size;) {
        ssize_t n = pread(u->fd, at + done, (size_t)(u->size - done), done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail_log(cx, ERR_INTERNAL, "reading an uploaded table: %m");
        done += n;
    }
    *bytes = (Str){at, (size_t)u->size};
    *name = text_wrong(u->filename, false).zh ? S("table.csv")
                                              : str_cut(str_trim(u->filename), FILE_NAME_MAX);
    return OK;
}

static void report(Cx *cx, const struct import *im, struct ledger_import_view *v)
{
    (void)cx;
    v->told = true;
    v->dry = im->dry;
    v->file = im->file;
    v->n_added = (int64_t)im->added;
    v->n_changed = (int64_t)im->changed;
    v->n_same = (int64_t)im->same;
    v->n_again = (int64_t)im->again;
    v->n_wrong = (int64_t)im->wrong;
    v->bad = (struct bad_cells){im->bad, im->n_bad};
    v->n_more = im->n_bad == BAD_MAX;
}

/* A dry run; the file waits, sealed, for its confirmation. */
Err ledger_import_post(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    struct ledger_import_view v = {0};
    struct import im = {.dry = true};
    Str bytes;
    TRY(loading(cx, req, &l));
    Err e = read_upload(cx, req, &im.file, &bytes);
    if (e == OK)
        e = ledger_import(cx, l, bytes, &im);
    if (e != OK)
        return refused(cx, req, resp, l, e);
    report(cx, &im, &v);
    if (im.added + im.changed)
        TRY(ledger_file_keep(cx, l, im.file, bytes, &v.file_id));
    return page(cx, req, resp, l, &v);
}

/* Once more for good.  Sent twice it is stored once: each line has its own submission key. */
Err ledger_confirm_post(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    struct ledger_import_view v = {0};
    struct import im = {0};
    int64_t id = path_i64(req, "id");
    Str bytes;
    TRY(loading(cx, req, &l));
    TRY(ledger_file_find(cx, l, id, &im.file, &bytes));
    Err e = ledger_import(cx, l, bytes, &im);
    if (e != OK)
        return refused(cx, req, resp, l, e);
    TRY(ledger_file_drop(cx, id));
    report(cx, &im, &v);
    return page(cx, req, resp, l, &v);
}

Err ledger_undo_post(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    Str batch;
    size_t removed;
    TRY(loading(cx, req, &l));
    TRY(ledger_batch_of(cx, l, path_i64(req, "id"), &batch));
    TRY(ledger_undo(cx, l, batch, &removed));
    return redirect(cx, resp, "/ledgers/%s/import", l->name);
}
