/* ledger_web.c — 台账 in the browser: the list of ledgers, each one's rows, a row's form. */
#include "rooms/ledger/ledger_web.h"

#include "gen/tmpl.h"
#include "rooms/attachment/attachment.h"

#include <inttypes.h>

enum { SENT_MAX = 12 };

/* The path's {name}.  ERR_NOT_FOUND: no such ledger, or not theirs to know of. */
Err ledger_of(Cx *cx, const Req *req, const struct ledger **l)
{
    *l = ledger_named(path_text(req, "name"));
    return *l && (ledger_sees(cx, *l) || ledger_loads(cx, *l)) ? OK : ERR_NOT_FOUND;
}

Err ledger_listed(Cx *cx, const Req *req, const struct ledger **l)
{
    TRY(ledger_of(cx, req, l));
    return ledger_sees(cx, *l) ? OK : ERR_NOT_FOUND;
}

static struct ledger_link link_of(Cx *cx, const struct ledger *l)
{
    return (struct ledger_link){.name = str(l->name),
        .label = say(cx, l->label),
        .about = say(cx, l->about),
        .lists = ledger_sees(cx, l),
        .loads = ledger_loads(cx, l)};
}

static Err index_get(Cx *cx, const Req *req, Resp *resp)
{
    struct ledger_index_view v = {.shell = shell_of(cx, req, "ledgers")};
    size_t n;
    const struct ledger *const *all = ledger_all(cx, &n);
    v.ledgers.at = NEW_ARRAY(&cx->mem, n, struct ledger_link);
    for (int lists = 1; lists >= 0; lists--) /* those to read first, then tables to import */
        for (size_t i = 0; i < n; i++)
            if (ledger_sees(cx, all[i]) == lists && (lists || ledger_loads(cx, all[i])))
                v.ledgers.at[v.ledgers.n++] = link_of(cx, all[i]);
    page_ledger_index(resp_page(cx, req, resp), &v);
    return OK;
}

static Err list_get(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    struct ledger_list_view v;
    TRY(ledger_listed(cx, req, &l));
    TRY(ledger_list(cx, l, req->query, SIGHT_STAFF, &v));
    v.shell = shell_of(cx, req, "ledgers");
    page_ledger_list(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- one row */
static Err row_page(Cx *cx, const Req *req, Resp *resp, struct ledger_detail_view *v)
{
    v->shell = shell_of(cx, req, "ledgers");
    page_ledger_detail(resp_page(cx, req, resp), v);
    return OK;
}

static Err row_get(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    struct ledger_detail_view v;
    TRY(ledger_listed(cx, req, &l));
    TRY(ledger_detail(cx, l, path_i64(req, "id"), SIGHT_STAFF, &v));
    return row_page(cx, req, resp, &v);
}

/* The answer itself shows what is behind the masks: no address does. */
static Err unmask_post(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    struct ledger_detail_view v;
    int64_t id = path_i64(req, "id");
    TRY(ledger_listed(cx, req, &l));
    Err e = ledger_unmask(cx, l, id, form_text(req, "reason"), &v);
    if (e == ERR_INVALID) {
        Str why = cx->why.say;
        TRY(ledger_detail(cx, l, id, SIGHT_STAFF, &v));
        v.wrong_reason = true;
        v.why = why;
        resp->status = 422;
    } else {
        TRY(e);
    }
    return row_page(cx, req, resp, &v);
}

/* ---- the form */
static Err form_page(Cx *cx, const Req *req, Resp *resp, struct ledger_form_view *v)
{
    v->shell = shell_of(cx, req, "ledgers");
    if (!v->key.len)
        v->key = new_key(cx);
    if (v->id)
        TRY(ledger_photos(cx, v->id, &v->cells));
    page_ledger_form(resp_page(cx, req, resp), v);
    return OK;
}

static Err new_get(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    struct ledger_form_view v;
    TRY(ledger_listed(cx, req, &l));
    TRY(ledger_form(cx, l, 0, &v));
    return form_page(cx, req, resp, &v);
}

static Err edit_get(Cx *cx, const Req *req, Resp *resp)
{
    const struct ledger *l;
    struct ledger_form_view v;
    int64_t id = path_i64(req, "id");
    TRY(ledger_listed(cx, req, &l));
    TRY(ledger_form(cx, l, id, &v));
    return form_page(cx, req, resp, &v);
}

/* What was typed, and the photos that came with it under their names: taken before the transaction.
 */
static Err with_photos(Cx *cx, const struct ledger *l, const Req *req, struct pairs *form)
{
    size_t n = req->form.n;
    struct pair *at = NEW_ARRAY(&cx->mem, n + SENT_MAX, struct pair);
    if (n)
        memcpy(at, req->form.at, n * sizeof *at);
    for (size_t i = 0; i < req->n_uploads; i++) {
        const struct upload *u = &req->uploads[i];
        const struct field *f = field_named(l->fields, u->field);
        Str hash;
        if (!u->size)
            continue; /* a browser sends an empty part where nothing was chosen */
        if (!f || f->type != FIELD_IMAGES || n == req->form.n + SENT_MAX)
            return fail(cx, ERR_INVALID, "form", T("表里多了一个不认识的字段"));
        TRY(photo_take(cx, u->fd, u->size, &hash));
        at[n++] = (struct pair){u->field, hash};
    }
    *form = (struct pairs){at, n};
    return OK;
}

static int status_of(Err e)
{
    return e == ERR_CONFLICT ? 409 : e == ERR_FORBIDDEN ? 403 : 422;
}

static Err save(Cx *cx, const Req *req, Resp *resp, int64_t id)
{
    const struct ledger *l;
    struct saving s = {.key = form_text(req, "key"), .id = id, .version = form_i64(req, "version")};
    TRY(ledger_listed(cx, req, &l));
    Err e = with_photos(cx, l, req, &s.form);
    if (e == ERR_INVALID) { /* the form again, with what was typed */
        s.form = req->form;
        e = ledger_form_again(cx, l, &s);
    } else {
        TRY(e);
        e = ledger_save(cx, l, &s);
    }
    if (e == OK)
        return l->at ? redirect(cx, resp, "%s%" PRId64, l->at, s.id)
                     : redirect(cx, resp, "/ledgers/%s/%" PRId64, l->name, s.id);
    if (!s.view.cells.at)
        return e;
    resp->status = status_of(e);
    return form_page(cx, req, resp, &s.view);
}

static Err new_post(Cx *cx, const Req *req, Resp *resp)
{
    return save(cx, req, resp, 0);
}

static Err edit_post(Cx *cx, const Req *req, Resp *resp)
{
    return save(cx, req, resp, path_i64(req, "id"));
}

/* ---- what leaves in bulk, is taken away or unmasked asks for the password again (AUT-6) */
/* clang-format off */
const struct route ledger_routes[] = {
    {GET, "/ledgers", .who = STAFF_POSTS, .run = index_get, .on = ON_READ},
    {GET, "/ledgers/{name}", .who = STAFF_POSTS, .run = list_get, .on = ON_READ},
    {GET, "/ledgers/{name}.csv", .who = STAFF_POSTS, .run = ledger_csv_get, .on = ON_WAIT,
        .rate = RATE_EXPORT, .fresh = true},
    {GET, "/ledgers/{name}.json", .who = STAFF_POSTS, .run = ledger_json_get, .on = ON_WAIT,
        .rate = RATE_EXPORT, .fresh = true},
    {GET, "/ledgers/{name}/new", .who = STAFF_POSTS, .run = new_get, .on = ON_READ},
    {POST, "/ledgers/{name}/new", .who = STAFF_POSTS, .run = new_post, .on = ON_WAIT,
        .limit = SIX_PHOTOS},
    {GET, "/ledgers/{name}/{id}", .who = STAFF_POSTS, .run = row_get, .on = ON_READ},
    {GET, "/ledgers/{name}/{id}/edit", .who = STAFF_POSTS, .run = edit_get, .on = ON_READ},
    {POST, "/ledgers/{name}/{id}/edit", .who = STAFF_POSTS, .run = edit_post, .on = ON_WAIT,
        .limit = SIX_PHOTOS},
    {POST, "/ledgers/{name}/{id}/unmask", .who = STAFF_POSTS, .run = unmask_post, .on = ON_WAIT,
        .fresh = true},
    {GET, "/ledgers/{name}/import", .who = STAFF_POSTS, .run = ledger_import_get, .on = ON_READ},
    {GET, "/ledgers/{name}/blank.csv", .who = STAFF_POSTS, .run = ledger_blank_get, .on = ON_READ},
    {POST, "/ledgers/{name}/import", .who = STAFF_POSTS, .run = ledger_import_post, .on = ON_WAIT,
        .limit = TABLE_20M, .rate = RATE_UPLOAD},
    {POST, "/ledgers/{name}/import/{id}", .who = STAFF_POSTS, .run = ledger_confirm_post, .on = ON_WAIT,
        .rate = RATE_UPLOAD},
    {POST, "/ledgers/{name}/batches/{id}/undo", .who = STAFF_POSTS, .run = ledger_undo_post, .on = ON_WAIT,
        .fresh = true},
    {0}};
/* clang-format on */

const struct menu_item ledger_menu[] = {
    {"/ledgers",   "ledgers", T("台账"), .who = STAFF_POSTS, .icon = "i-list"},
    {0}
};
