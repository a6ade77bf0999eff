/* ledger_import.c — a table file: dry run with a report, then the same rows in slices; undone as a
 * batch.
 *
 * A line with an id changes that row, one without adds a row.  The file's sum is the batch and
 * "batch:line" each line's submission key: the same file twice is stored once. */
#include "rooms/ledger/ledger_inner.h"

#include "base/csv.h"
#include "gen/sql_ledger.h"
#include "store/log.h"
#include "store/submit.h"

#include <stdio.h>

struct columns {
    const struct field *of[CSV_CELLS_MAX]; /* NULL: id, version or a derived column */
    size_t n, id, version;                 /* places; n: not there */
};

struct ready { /* one line, read */
    size_t line;
    char *row, *was; /* was NULL: a new row */
};

struct reading {
    const struct ledger *l;
    struct import *im;
    struct columns cols;
    uint32_t posts;    /* that may load */
    int64_t fine_unit; /* the last unit that was theirs */
    Err fault;         /* not the line's: the database's */
};

/* ---- the head line */
static bool is_word(Cx *cx, Str s, Text t, const char *name)
{
    return str_eq(s, str(t.zh)) || str_eq(s, say(cx, t)) || str_eq(s, str(name));
}

static Err head(Cx *cx, const struct ledger *l, const struct csv *csv, struct columns *to)
{
    bool seen[CSV_CELLS_MAX] = {0}, has_ids = l->version_at != NOWHERE && l->change;
    *to = (struct columns){.n = csv->n, .id = csv->n, .version = csv->n};
    for (size_t i = 0; i < csv->n; i++) {
        Str s = str_trim(csv->cells[i]);
        const struct field *f = l->fields;
        while (f->name && !is_word(cx, s, f->label, f->name))
            f++;
        if (f->name && seen[f - l->fields])
            return fail_say(
                cx, ERR_INVALID, "file", say_s(cx, T("“{s}”这一列有两个"), say(cx, f->label)));
        if (f->name)
            seen[f - l->fields] = true, to->of[i] = f->flags & DERIVED ? NULL : f;
        else if (has_ids && is_word(cx, s, T("编号"), "id"))
            to->id = i;
        else if (has_ids && is_word(cx, s, T("版本"), "version"))
            to->version = i;
        else
            return fail_say(cx, ERR_INVALID, "file",
                say_ab(cx, T("{a}没有“{b}”这一列"), say(cx, l->label), str_cut(s, 20)));
    }
    for (const struct field *f = l->fields; f->name; f++)
        if (field_required(f) && !seen[f - l->fields] && to->id == to->n)
            return fail_say(
                cx, ERR_INVALID, "file", say_s(cx, T("缺少“{s}”这一列"), say(cx, f->label)));
    return OK;
}

/* ---- one line */
static Str kept(Cx *cx, Str s)
{
    return (Str){arena_copy(&cx->mem, s.at, s.len), s.len};
}

static bool bad(Cx *cx, struct import *im, size_t line, Str column, Str typed, Str why)
{
    if (im->n_bad < BAD_MAX)
        im->bad[im->n_bad++] = (struct bad_cell){.line = (int64_t)line,
            .column = kept(cx, column),
            .typed = kept(cx, str_cut(typed, 40)),
            .why = kept(cx, why)};
    return false;
}

static bool of_the_line(Err e)
{
    return e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_FORBIDDEN || e == ERR_NOT_FOUND;
}

/* An exported "李**" that comes back is not a new name. */
static bool still_masked(Cx *mem, const struct field *f, Str typed, const void *was)
{
    return f->flags & MASKED && was && typed.len
           && str_eq(typed, field_shown(mem, f, field_get(f, was), SHOW_FILE, SIGHT_STAFF));
}

/* The row that the line's id names, at the version it had when it was exported. */
static bool find_row(Cx *cx, Cx *mem, struct reading *r, const struct csv *csv, struct ready *to)
{
    static const struct field number = {
        .name = "id", .label = T("编号"), .type = FIELD_REF, .keeps = KEEPS_I64 | KEEPS_OPT};
    const struct columns *c = &r->cols;
    Str id = c->id < c->n ? str_trim(csv->cells[c->id]) : S(""), why = {0};
    Str version = c->version < c->n ? csv->cells[c->version] : S("");
    struct value v, ver = {0};
    if (!id.len)
        return true;
    if (!field_read(mem, &number, id, 0, &v, &why)
        || !field_read(mem, &number, version, 0, &ver, &why))
        return bad(cx, r->im, csv->line, say(cx, T("编号")), id, why);
    if (!ver.set)
        return bad(cx, r->im, csv->line, say(cx, T("版本")), id, say(cx, T("有编号就要有版本")));
    to->was = arena_alloc(&mem->mem, r->l->row_size);
    Err e = ledger_find(mem, r->l, v.i, to->was);
    if (e != OK && !of_the_line(e))
        return r->fault = e, false;
    if (e != OK)
        return bad(cx, r->im, csv->line, say(cx, T("编号")), id, say(cx, T("没有这一行")));
    memcpy(to->row, to->was, r->l->row_size);
    if (ledger_i64(to->was, r->l->version_at) != ver.i)
        return bad(cx, r->im, csv->line, say(cx, T("版本")), version,
            say(cx, T("导出以后别人改过这一行")));
    return true;
}

static Err may_load(Cx *mem, struct reading *r, const void *row)
{
    int64_t unit = ledger_i64(row, r->l->unit_at);
    if (unit && unit == r->fine_unit)
        return OK;
    TRY(ledger_may_write(mem, r->l, row, r->posts));
    r->fine_unit = unit;
    return OK;
}

static bool rule_takes(Cx *cx, Cx *mem, struct reading *r, const struct ready *line)
{
    mem->why.field = NULL;
    mem->why.say = (Str){0};
    Err e = line->was ? may_load(mem, r, line->was) : OK;
    if (e == OK)
        e = may_load(mem, r, line->row);
    if (e == OK && r->l->check)
        e = r->l->check(mem, line->row);
    if (e == OK)
        return true;
    if (!of_the_line(e))
        return r->fault = e, false;
    const struct field *f = mem->why.field ? field_named(r->l->fields, str(mem->why.field)) : NULL;
    return bad(cx, r->im, line->line, f ? say(cx, f->label) : S(""), S(""), mem->why.say);
}

/* mem: the slice's memory.  False: the line is wrong and reported. */
static bool read_line(Cx *cx, Cx *mem, struct reading *r, const struct csv *csv, struct ready *to)
{
    bool fine = true;
    *to = (struct ready){.line = csv->line, .row = arena_alloc(&mem->mem, r->l->row_size)};
    if (csv->n != r->cols.n)
        return bad(cx, r->im, csv->line, S(""), S(""), say(cx, T("列数和表头不一样")));
    if (!find_row(cx, mem, r, csv, to))
        return false;
    for (size_t i = 0; i < r->cols.n; i++) {
        const struct field *f = r->cols.of[i];
        struct value v;
        Str why;
        if (!f || still_masked(mem, f, str_trim(csv->cells[i]), to->was))
            continue;
        if (field_read(mem, f, csv->cells[i], READ_SHEET, &v, &why))
            field_put(f, to->row, v);
        else
            fine = bad(cx, r->im, csv->line, say(cx, f->label), csv->cells[i], why);
    }
    return fine && rule_takes(cx, mem, r, to);
}

/* ---- a slice */
struct slice {
    const struct ledger *l;
    struct import *im;
    const struct ready *lines;
    size_t n, added, changed, same, again; /* of the last run: a transaction may run twice */
};

static Err store_line(Cx *cx, struct slice *s, const struct ready *r)
{
    struct taken to = {0};
    bool again = false;
    Str key =
        str(arena_printf(&cx->mem, "%.*s:%zu", (int)s->im->batch.len, s->im->batch.at, r->line));
    if (r->was && !fields_diff(cx, s->l->fields, r->was, r->row).len) {
        s->same++;
    } else if (s->im->dry && r->was) {
        s->changed++;
    } else if (s->im->dry) {
        unsigned char sum[SUM_BYTES];
        ledger_sum(cx, s->l, r->row, sum);
        Err e = submit_seen(cx, key, sum, &to.object);
        if (e != OK && e != ERR_NOT_FOUND)
            return e;
        if (e != OK && s->l->known)
            e = s->l->known(cx, r->row, &to.object);
        if (e != OK && e != ERR_NOT_FOUND)
            return e;
        s->again += e == OK, s->added += e != OK;
    } else if (r->was) {
        TRY(ledger_keep_changed(cx, s->l, r->was, r->row));
        s->changed++;
    } else {
        OptStr batch = some_str(s->im->batch);
        if (s->l->batch_at != NOWHERE)
            memcpy(r->row + s->l->batch_at, &batch, sizeof batch);
        TRY(ledger_keep(cx, s->l, r->row, key, &to, &again));
        if (again)
            s->again++;
        else if (to.same || to.changed)
            s->same += to.same, s->changed += !to.same;
        else
            s->added++;
    }
    return OK;
}

static Err store(Cx *cx, void *arg)
{
    struct slice *s = arg;
    s->added = s->changed = s->same = s->again = 0;
    for (size_t i = 0; i < s->n; i++)
        TRY(store_line(cx, s, &s->lines[i]));
    return OK;
}

static void count(struct import *im, const struct slice *s)
{
    im->added += s->added, im->changed += s->changed;
    im->same += s->same, im->again += s->again;
}

static Err run(Cx *mem, struct slice *s)
{
    mem->why.say = (Str){0};
    return s->im->dry ? store(mem, s) : db_transaction(mem, store, s);
}

/* All together; if the rule refuses one of them, one by one to find out which. */
static Err store_slice(Cx *cx, Cx *mem, struct slice *s)
{
    Err e = s->n ? run(mem, s) : OK;
    if (e == OK)
        return count(s->im, s), OK;
    if (!of_the_line(e))
        return e;
    for (size_t i = 0; i < s->n; i++) {
        struct slice one = *s;
        one.lines = &s->lines[i], one.n = 1;
        e = run(mem, &one);
        if (e == OK) {
            count(s->im, &one);
        } else if (of_the_line(e)) {
            const char *field = mem->why.field ? mem->why.field : "";
            const struct field *f = field_named(s->l->fields, str(field));
            s->im->wrong++;
            bad(cx, s->im, one.lines->line, f ? say(cx, f->label) : S(""), S(""),
                mem->why.say.len ? mem->why.say : say(cx, T("和已有的冲突")));
        } else {
            return e;
        }
    }
    return OK;
}

/* ---- the file */
struct batch_step {
    const struct ledger *l;
    const struct import *im;
};

static Err batch_step(Cx *cx, void *arg)
{
    const struct batch_step *b = arg;
    const struct import *im = b->im;
    int64_t id = new_id(cx);
    TRY(sql_ledger_batch_new(cx, &(struct sql_ledger_batch_new){.id = id,
                                     .ledger = str(b->l->name),
                                     .batch = im->batch,
                                     .file = im->file,
                                     .n_added = (int64_t)im->added,
                                     .n_changed = (int64_t)im->changed,
                                     .n_wrong = (int64_t)im->wrong}));
    return event_add(cx, &(struct event){.verb = "import", .object = id, .to = str(b->l->name)});
}

/* One slice of lines; false in *more at the end. */
static Err next_slice(
    Cx *cx, Cx *mem, struct reading *r, struct csv *csv, size_t *rows, bool *more, Text *why)
{
    struct ready lines[SLICE];
    struct slice s = {.l = r->l, .im = r->im, .lines = lines};
    while (s.n < SLICE && (*more = csv_next(mem, csv, why))) {
        if (csv->n == 1 && !str_trim(csv->cells[0]).len)
            continue; /* an empty line */
        if (++*rows > IMPORT_ROWS_MAX) {
            *why = T("一次最多 20000 行");
            *more = false;
            break;
        }
        if (read_line(cx, mem, r, csv, &lines[s.n]))
            s.n++;
        else if (r->fault != OK)
            return r->fault; /* nothing is wrong with the line */
        else
            r->im->wrong++;
    }
    return store_slice(cx, mem, &s);
}

/* The file's sum, of this ledger, as 24 hexadecimal digits. */
static Str batch_of(Cx *cx, const struct ledger *l, Str bytes)
{
    Sum sum;
    unsigned char of[SUM_BYTES];
    char *to = arena_raw(&cx->mem, 25);
    sum_begin(&sum);
    sum_str(&sum, str(l->name));
    sum_str(&sum, bytes);
    sum_end(&sum, of);
    for (size_t i = 0; i < 12; i++)
        snprintf(to + 2 * i, 3, "%02x", of[i]);
    return (Str){to, 24};
}

Err ledger_import(Cx *cx, const struct ledger *l, Str bytes, struct import *im)
{
    struct csv csv;
    struct reading r = {.l = l, .im = im, .posts = l->load ? l->load : l->write};
    Text why = csv_open(bytes, &csv);
    Cx mem = *cx; /* the slice's memory; same person, same connection */
    Err e = OK;
    if (!ledger_loads(cx, l))
        return ERR_FORBIDDEN;
    *im = (struct import){
        .dry = im->dry, .file = im->file, .bad = NEW_ARRAY(&cx->mem, BAD_MAX, struct bad_cell)};
    if (why.zh || !csv_next(cx, &csv, &why))
        return fail(cx, ERR_INVALID, "file", why);
    TRY(head(cx, l, &csv, &r.cols));
    im->batch = batch_of(cx, l, bytes);
    csv.cells = NULL; /* they lie in cx->mem; the rest goes slice by slice */
    mem.mem = (Arena){0};
    size_t rows = 0;
    for (bool more = true; more && e == OK;) {
        e = next_slice(cx, &mem, &r, &csv, &rows, &more, &why);
        csv.cells = NULL;
        arena_again(&mem.mem);
    }
    if (e != OK)
        ledger_why(cx, &mem);
    arena_reset(&mem.mem);
    TRY(e);
    if (why.zh) /* quotes that do not match: what came before is stored and reported */
        im->wrong++, bad(cx, im, csv.line, S(""), S(""), say(cx, why));
    if (im->dry || !(im->added + im->changed))
        return OK;
    return db_transaction(cx, batch_step, &(struct batch_step){.l = l, .im = im});
}

/* ---- undo */
struct undoing {
    const struct ledger *l;
    Str batch;
    size_t n;
};

static Err undo_step(Cx *cx, void *arg)
{
    struct undoing *u = arg;
    struct ledger_rows rows;
    TRY(u->l->of_batch(cx, u->batch, SLICE, &rows));
    const struct ledger_key *key = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        TRY(u->l->remove(cx, key[i].id, key[i].version));
        TRY(submit_forget(cx, key[i].id));
        TRY(event_add(
            cx, &(struct event){
                    .verb = "undo", .object = key[i].id, .to = str(u->l->name), .said = u->batch}));
    }
    u->n = rows.n;
    return sql_ledger_batch_undone(
        cx, &(struct sql_ledger_batch_undone){
                .ledger = str(u->l->name), .batch = u->batch, .n = (int64_t)rows.n});
}

Err ledger_undo(Cx *cx, const struct ledger *l, Str batch, size_t *removed)
{
    struct undoing u = {.l = l, .batch = batch, .n = 1};
    if (!ledger_loads(cx, l))
        return ERR_FORBIDDEN;
    if (!l->of_batch)
        return fail(cx, ERR_INVALID, "ledger", T("这张表的导入不能撤销"));
    for (*removed = 0; u.n; *removed += u.n)
        TRY(db_transaction(cx, undo_step, &u));
    return OK;
}
