/* ledger_export.c — a whole ledger as CSV or JSON, page by page in constant memory; what it is. */
#include "rooms/ledger/ledger_inner.h"

#include "base/json.h"
#include "store/log.h"

static bool is_number(const struct field *f)
{
    return f->keeps & KEEPS_I64 && f->type != FIELD_TIME && f->type != FIELD_BOOL;
}

/* Names are asked for once, not once a row. */
enum { MEMO = 256 };
struct memo {
    const struct field *of;
    int64_t id;
    Str text;
};

static Str cell_text(
    Cx *cx, Cx *keep, struct memo *memo, const struct field *f, struct value v, enum sight sight)
{
    if (!v.set || !f->names || f->flags & MASKED)
        return field_shown(cx, f, v, SHOW_FILE, sight);
    struct memo *m = &memo[((uint64_t)v.i * 31 + (uintptr_t)f / sizeof *f) % MEMO];
    if (m->of != f || m->id != v.i) {
        Str text = field_again(cx, f, v);
        *m = (struct memo){
            f, v.i, {arena_copy(&keep->mem, text.at, text.len), text.len}
        };
    }
    return m->text;
}

static void csv_head(Cx *cx, struct sink *o, const struct ledger *l, enum sight sight, bool typed)
{
    const char *between = "";
    sink_z(o, "\xEF\xBB\xBF");
    if (l->change && !typed) {
        sink_put(o, say(cx, T("编号")));
        sink_z(o, ",");
        sink_put(o, say(cx, T("版本")));
        between = ",";
    }
    for (const struct field *f = l->fields; f->name; f++) {
        if (!field_seen(f, sight) || (typed && f->flags & DERIVED))
            continue;
        sink_z(o, between);
        sink_csv(o, l->names_head ? str(f->name) : say(cx, f->label), false);
        between = ",";
    }
    sink_z(o, "\r\n");
}

struct exporting {
    const struct ledger *l;
    enum sight sight;
    enum format format;
    struct sink *to;
    struct json json;
    char *args, *row;
    Cx *keep; /* lives as long as the export; rows have a page's memory */
    struct memo *memo;
    size_t n;
};

static void csv_row(Cx *cx, struct exporting *x)
{
    const struct ledger *l = x->l;
    struct sink *o = x->to;
    const void *row = x->row;
    const char *between = "";
    if (l->change) { /* what is read back changes the row of that version */
        sink_i64(o, ledger_i64(row, l->id_at));
        sink_z(o, ",");
        sink_i64(o, ledger_i64(row, l->version_at));
        between = ",";
    }
    for (const struct field *f = l->fields; f->name; f++) {
        if (!field_seen(f, x->sight))
            continue;
        sink_z(o, between);
        between = ",";
        sink_csv(o, cell_text(cx, x->keep, x->memo, f, field_get(f, row), x->sight),
            is_number(f) && !f->names);
    }
    sink_z(o, "\r\n");
}

static void json_value(
    Cx *cx, struct json *j, const struct field *f, struct value v, enum sight sight)
{
    if (!v.set)
        json_null(j, f->name);
    else if (f->flags & MASKED && sight != SIGHT_FULL)
        json_str(j, f->name, field_shown(cx, f, v, SHOW_FILE, sight));
    else if (f->type == FIELD_BOOL)
        json_bool(j, f->name, v.i);
    else if (is_number(f) && f->type != FIELD_DECIMAL && f->type != FIELD_MONEY)
        json_i64(j, f->name, v.i);
    else if (f->type == FIELD_ENUM || f->type == FIELD_ENUMS || f->type == FIELD_CODE)
        json_str(j, f->name, v.s); /* codes: labels may be reworded */
    else
        json_str(j, f->name, field_shown(cx, f, v, SHOW_FILE, sight));
}

static void json_row(
    Cx *cx, struct json *j, const struct ledger *l, const void *row, enum sight sight)
{
    json_open(j, '{');
    json_i64(j, "id", ledger_i64(row, l->id_at));
    json_i64(j, "version", ledger_i64(row, l->version_at));
    for (const struct field *f = l->fields; f->name; f++)
        if (field_seen(f, sight))
            json_value(cx, j, f, field_get(f, row), sight);
    json_close(j, '}');
    sink_z(j->to, "\n");
}

enum { PAGE = 500 };

static Err export_row(Cx *cx, struct exporting *x, const void *listed)
{
    memcpy(x->row, listed, x->l->row_size);
    TRY(ledger_opened(cx, x->l, x->row));
    if (x->format == FORMAT_CSV)
        csv_row(cx, x);
    else
        json_row(cx, &x->json, x->l, x->row, x->sight);
    x->n++;
    return OK;
}

/* mem: a page's memory, given back after it. */
static Err export_page(Cx *cx, Cx *mem, struct exporting *x, size_t *n)
{
    struct ledger_rows rows;
    TRY(x->l->list(mem, x->args, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(export_row(mem, x, (const char *)rows.at + i * x->l->row_size));
    if (rows.n)
        ledger_after(cx, x->l, x->args, (const char *)rows.at + (rows.n - 1) * x->l->row_size);
    *n = rows.n;
    return x->to->failed;
}

Err ledger_export(Cx *cx, const struct ledger *l, struct pairs filter, enum sight sight,
    enum format format, struct sink *o, size_t *n)
{
    struct exporting x = {
        .l = l, .sight = sight, .format = format, .to = o, .json = {.to = o}, .keep = cx};
    const int64_t limit = PAGE;
    Err e = OK;
    if (!l->list)
        return fail(cx, ERR_INVALID, "ledger", T("这张表只能导入"));
    x.args = arena_alloc(&cx->mem, l->args_size);
    x.row = arena_alloc(&cx->mem, l->row_size);
    x.memo = NEW_ARRAY(&cx->mem, MEMO, struct memo);
    TRY(ledger_args(cx, l, filter, x.args));
    memcpy(x.args + l->limit_at, &limit, sizeof limit);
    if (format == FORMAT_CSV)
        csv_head(cx, o, l, sight, false);
    else
        json_open(&x.json, '[');
    Cx mem = *cx;
    mem.mem = (Arena){0};
    for (size_t got = PAGE; got == PAGE && e == OK;) {
        e = export_page(cx, &mem, &x, &got);
        arena_again(&mem.mem);
    }
    ledger_why(cx, &mem);
    arena_reset(&mem.mem);
    TRY(e);
    if (format == FORMAT_JSON) {
        json_close(&x.json, ']');
        sink_z(o, "\n");
    }
    *n = x.n;
    return sink_end(o);
}

struct exported {
    const struct ledger *l;
    Str said;
};

static Err exported_step(Cx *cx, void *arg)
{
    const struct exported *x = arg;
    return event_add(cx, &(struct event){.verb = "export", .to = str(x->l->name), .said = x->said});
}

Err ledger_exported(Cx *cx, const struct ledger *l, enum format format, size_t n, Str reason)
{
    const char *as = format == FORMAT_CSV ? "CSV" : "JSON";
    struct exported x = {l, str(arena_printf(&cx->mem, "%s %s：%zu 行%s%.*s", l->label.zh, as, n,
                                reason.len ? "；" : "", (int)reason.len, reason.at))};
    return db_transaction(cx, exported_step, &x);
}

Err ledger_blank(Cx *cx, const struct ledger *l, struct sink *o)
{
    csv_head(cx, o, l, SIGHT_STAFF, true);
    return sink_end(o);
}

/* ---- what this ledger is, for people and programs */
static void codes(struct json *j, const struct field *f, const char *key)
{
    json_list(j, key);
    for (const struct option *p = f->options; p->code; p++)
        json_z(j, NULL, p->code);
    json_close(j, ']');
}

static void flag(struct json *j, const char *key, bool is)
{
    if (is)
        json_bool(j, key, true);
}

static void describe_field(struct json *j, const struct field *f)
{
    json_open(j, '{');
    json_z(j, "name", f->name);
    json_z(j, "label", f->label.zh);
    json_z(j, "type", field_type_name(f->type));
    if (f->max && !f->names)
        json_i64(j, "max", f->max);
    flag(j, "required", field_required(f));
    flag(j, "public", f->flags & PUBLIC);
    flag(j, "masked", f->flags & MASKED);
    flag(j, "sealed", f->flags & SEALED);
    flag(j, "derived", f->flags & DERIVED);
    flag(j, "filter", f->equals.there);
    flag(j, "only_filter", f->flags & ONLY_FILTER);
    flag(j, "range", f->from.there || f->until.there);
    if (f->options)
        codes(j, f, "options");
    json_close(j, '}');
}

void ledger_describe(struct sink *o, const struct ledger *l)
{
    struct json j = {.to = o};
    json_open(&j, '{');
    json_z(&j, "name", l->name);
    json_z(&j, "label", l->label.zh);
    json_bool(&j, "lists", l->list);
    json_bool(&j, "imports", l->add || l->take);
    json_list(&j, "fields");
    for (const struct field *f = l->fields; f->name; f++)
        describe_field(&j, f);
    json_close(&j, ']');
    json_list(&j, "sorts");
    for (const struct sort *s = l->sorts; s && s->name; s++)
        json_z(&j, NULL, s->name);
    json_close(&j, ']');
    json_close(&j, '}');
}
