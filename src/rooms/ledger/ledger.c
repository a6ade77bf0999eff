/* ledger.c — 台账: which there are and who uses them; lists and one row. */
#include "rooms/ledger/ledger_inner.h"

#include <inttypes.h>
#include <stdlib.h>

#include "rooms/duty/post.h"

int64_t ledger_i64(const void *row, size_t at)
{
    int64_t v = 0;
    if (at != NOWHERE)
        memcpy(&v, (const char *)row + at, sizeof v);
    return v;
}

static void put_i64(void *row, size_t at, int64_t v)
{
    memcpy((char *)row + at, &v, sizeof v);
}

void ledger_why(Cx *cx, const Cx *mem)
{
    cx->why = mem->why;
    cx->why.say.at = arena_copy(&cx->mem, mem->why.say.at, mem->why.say.len);
    if (mem->why.log)
        cx->why.log = arena_printf(&cx->mem, "%s", mem->why.log);
}

/* ---- which there are, and for whom */
static bool holds(const Cx *cx, uint32_t any_of)
{
    return cx->me.person == OPERATOR || cx->me.posts & any_of;
}

bool ledger_sees(const Cx *cx, const struct ledger *l)
{
    return l->list && holds(cx, l->see);
}

bool ledger_writes(const Cx *cx, const struct ledger *l)
{
    return l->add && holds(cx, l->write);
}

bool ledger_loads(const Cx *cx, const struct ledger *l)
{
    return (l->add || l->take) && holds(cx, l->load ? l->load : l->write);
}

bool ledger_unmasks(const Cx *cx, const struct ledger *l)
{
    return !l->unmask || holds(cx, l->unmask);
}

static const char *lacks(const struct field *f)
{
    bool text = f->type == FIELD_TEXT || f->type == FIELD_LONG || f->type == FIELD_IMAGES;
    if (text && f->max <= 0)
        return ".max";
    if ((f->type == FIELD_ENUM || f->type == FIELD_ENUMS) && !f->options)
        return ".options";
    if (f->type == FIELD_CODE && !f->codes)
        return ".codes";
    if (f->type == FIELD_DECIMAL && (f->scale < 1 || f->scale > 6))
        return ".scale";
    if (f->type == FIELD_UNIT && !f->names)
        return ".names";
    if (f->flags & SEALED && (f->flags & PUBLIC || !(f->flags & MASKED)))
        return "MASKED (sealed and shown)";
    return NULL;
}

Err ledger_sound(Cx *cx, const struct ledger *l)
{
    if (!l->label.zh || !l->fields || (l->list && (!l->sorts || !l->sorts->name || !l->see)))
        return fail_log(cx, ERR_INTERNAL, "ledger %s: label, fields, sorts or see", l->name);
    if (l->write && (!l->add || l->unit_at == NOWHERE))
        return fail_log(cx, ERR_INTERNAL, "ledger %s: write without add or unit", l->name);
    for (const struct field *f = l->fields; f->name; f++) {
        const char *what = lacks(f);
        if (what)
            return fail_log(cx, ERR_INTERNAL, "ledger %s.%s: no %s", l->name, f->name, what);
        if (field_named(l->fields, str(f->name)) != f)
            return fail_log(cx, ERR_INTERNAL, "ledger %s.%s: twice", l->name, f->name);
    }
    return OK;
}

/* ---- one row */
Err ledger_opened(Cx *cx, const struct ledger *l, void *row)
{
    return l->open ? l->open(cx, row) : OK;
}

Err ledger_find(Cx *cx, const struct ledger *l, int64_t id, void *row)
{
    if (!l->find)
        return ERR_NOT_FOUND;
    TRY(l->find(cx, id, row));
    return ledger_opened(cx, l, row);
}

/* ---- lists */
static Err put_arg(Cx *cx, const struct field *f, struct arg a, Str typed, void *args)
{
    struct field as = *f;
    struct value v;
    Str why;
    as.keeps = a.keeps;
    as.at = a.at;
    as.flags = 0;
    as.min = f->type == FIELD_INT ? 0 : f->min;
    if (f->type == FIELD_INT)
        as.max = 0; /* any number may be asked for */
    if (!field_read(cx, &as, typed, 0, &v, &why))
        return fail_say(cx, ERR_INVALID, f->name, why);
    field_put(&as, args, v);
    return OK;
}

/* name, name_from, name_to */
static const struct field *filter_named(const struct ledger *l, Str name, struct arg *a)
{
    for (const struct field *f = l->fields; f->name; f++) {
        size_t n = strlen(f->name);
        if (name.len < n || memcmp(name.at, f->name, n))
            continue;
        Str rest = {name.at + n, name.len - n};
        *a = !rest.len                  ? f->equals
             : str_eq(rest, S("_from")) ? f->from
             : str_eq(rest, S("_to"))   ? f->until
                                        : (struct arg){0};
        if (a->there)
            return f;
    }
    return NULL;
}

static const struct sort *sort_named(const struct ledger *l, Str name)
{
    const struct sort *s = l->sorts;
    while (s->name && !str_eq(name, str(s->name)))
        s++;
    return s->name ? s : NULL;
}

/* Digits with a sign, of at most max_digits. */
static bool whole_number(Str s, size_t max_digits, int64_t *to)
{
    char digits[24] = {0};
    bool minus = s.len && *s.at == '-';
    if (s.len <= minus || s.len - minus > max_digits)
        return false;
    memcpy(digits, s.at, s.len);
    if (strspn(digits + minus, "0123456789") != s.len - minus)
        return false;
    *to = strtoll(digits, NULL, 10);
    return true;
}

/* 2026-06-12~17: the key and id of the last row. */
static bool read_after(const struct ledger *l, const struct sort *s, Str token, char *args)
{
    const char *by = token.len ? memrchr(token.at, '~', token.len) : NULL;
    if (!by)
        return false;
    char *after = args + l->after_at;
    Str key = {token.at, (size_t)(by - token.at)}, id = {by + 1, token.len - key.len - 1};
    int64_t n;
    if (key.len > 200 || !whole_number(id, 18, &n))
        return false;
    put_i64(after, l->after_id_at, n);
    if (s->keeps == KEEPS_STR)
        memcpy(after + s->after_at, &key, sizeof key);
    else if (whole_number(key, 18, &n))
        put_i64(after, s->after_at, n);
    else
        return false;
    after[l->after_set_at] = true;
    return true;
}

static Str after_token(Cx *cx, const struct ledger *l, const struct sort *s, const char *row)
{
    int64_t id = ledger_i64(row, l->id_at);
    Str key;
    if (s->keeps != KEEPS_STR)
        return str(arena_printf(&cx->mem, "%" PRId64 "~%" PRId64, ledger_i64(row, s->row_at), id));
    memcpy(&key, row + s->row_at, sizeof key);
    return str(arena_printf(&cx->mem, "%.*s~%" PRId64, (int)key.len, key.at, id));
}

void ledger_after(Cx *cx, const struct ledger *l, void *args, const void *last)
{
    int order;
    memcpy(&order, (char *)args + l->sort_at, sizeof order);
    for (const struct sort *s = l->sorts; s->name; s++)
        if (s->order == order)
            read_after(l, s, after_token(cx, l, s, last), args);
}

static Err args_of(
    Cx *cx, const struct ledger *l, struct pairs in, char *args, const struct sort **by)
{
    Str after = {0};
    *by = l->sorts;
    memset(args, 0, l->args_size);
    put_i64(args, l->limit_at, 50);
    for (size_t i = 0; i < in.n; i++) {
        Str name = in.at[i].name, v = in.at[i].value;
        struct arg a;
        const struct field *f = filter_named(l, name, &a);
        for (size_t j = 0; j < i; j++)
            if (str_eq(in.at[j].name, name))
                return fail(cx, ERR_INVALID, "form", T("同一个条件写了两次"));
        if (f)
            TRY(put_arg(cx, f, a, v, args));
        else if (str_eq(name, S("sort")) && (!v.len || sort_named(l, v)))
            *by = v.len ? sort_named(l, v) : l->sorts;
        else if (str_eq(name, S("after")))
            after = v;
        else
            return fail(cx, ERR_INVALID, "form", T("没有这个筛选条件或顺序"));
    }
    memcpy(args + l->sort_at, &(*by)->order, sizeof(int));
    if (after.len && !read_after(l, *by, after, args))
        return fail(cx, ERR_INVALID, "after", T("页码不对，请从第一页看起"));
    return OK;
}

Err ledger_args(Cx *cx, const struct ledger *l, struct pairs in, void *args)
{
    const struct sort *by;
    return args_of(cx, l, in, args, &by);
}

static Str typed_for(struct pairs in, Str name)
{
    for (size_t i = 0; i < in.n; i++)
        if (str_eq(in.at[i].name, name))
            return in.at[i].value;
    return (Str){0};
}

/* One input a filter: the column's own, never required. */
static void filter_cells(Cx *cx, const struct ledger *l, struct pairs in, struct cells *to)
{
    static const char *const tail[] = {"", "_from", "_to"};
    const Text say_tail[] = {{0}, T("{s}从"), T("{s}到")};
    *to = (struct cells){NEW_ARRAY(&cx->mem, fields_n(l->fields) * 3, struct cell), 0};
    for (const struct field *f = l->fields; f->name; f++) {
        const struct arg *a[] = {&f->equals, &f->from, &f->until};
        for (int i = 0; i < 3; i++) {
            if (!a[i]->there)
                continue;
            struct field one[] = {*f, {0}};
            one->flags = 0;
            one->hint = (Text){0};
            one->name = arena_printf(&cx->mem, "%s%s", f->name, tail[i]);
            struct told told[1] = {{.typed = typed_for(in, str(one->name))}};
            struct cell *c = &to->at[to->n++];
            *c = form_cells(cx, one, arena_alloc(&cx->mem, l->row_size), told, NULL).at[0];
            c->required = false;
            if (i)
                c->label = say_s(cx, say_tail[i], say(cx, f->label));
        }
    }
}

/* a=1&b=2 of what was asked, without where the page begins; percent-encoded. */
static Str query_of(Cx *cx, struct pairs in)
{
    Out o = {.mem = &cx->mem};
    for (size_t i = 0; i < in.n; i++) {
        if (str_eq(in.at[i].name, S("after")) || !in.at[i].value.len)
            continue;
        out_raw(&o, "&", o.len ? 1 : 0);
        html_query_str(&o, in.at[i].name);
        out_raw(&o, "=", 1);
        html_query_str(&o, in.at[i].value);
    }
    return (Str){o.at, o.len};
}

static void sort_links(
    Cx *cx, const struct ledger *l, const struct sort *by, struct ledger_links *to)
{
    size_t n = 0;
    while (l->sorts[n].name)
        n++;
    to->at = NEW_ARRAY(&cx->mem, n, struct ledger_link);
    for (const struct sort *s = l->sorts; s->name; s++)
        to->at[to->n++] =
            (struct ledger_link){.name = str(s->name), .label = say(cx, s->label), .now = s == by};
}

Err ledger_list(
    Cx *cx, const struct ledger *l, struct pairs in, enum sight sight, struct ledger_list_view *v)
{
    char *args = arena_alloc(&cx->mem, l->args_size);
    const struct sort *by;
    struct ledger_rows rows;
    TRY(args_of(cx, l, in, args, &by));
    TRY(l->list(cx, args, &rows));
    *v = (struct ledger_list_view){.name = str(l->name),
        .label = say(cx, l->label),
        .at = str(l->at ? l->at : arena_printf(&cx->mem, "/ledgers/%s/", l->name)),
        .query = query_of(cx, in),
        .writes = ledger_writes(cx, l),
        .loads = ledger_loads(cx, l)};
    v->filtered = v->query.len > 0;
    v->heads = row_cells(cx, l->fields, NULL, sight, IN_LIST);
    for (size_t i = 0; i < v->heads.n; i++)
        v->some_masked |= v->heads.at[i].masked;
    filter_cells(cx, l, in, &v->filters);
    sort_links(cx, l, by, &v->sorts);
    v->lines.at = NEW_ARRAY(&cx->mem, rows.n, struct ledger_line);
    char *row = arena_alloc(&cx->mem, l->row_size);
    for (size_t i = 0; i < rows.n; i++) {
        memcpy(row, (const char *)rows.at + i * l->row_size, l->row_size);
        TRY(ledger_opened(cx, l, row));
        v->lines.at[v->lines.n++] = (struct ledger_line){
            ledger_i64(row, l->id_at), row_cells(cx, l->fields, row, sight, IN_LIST)};
    }
    if ((int64_t)rows.n == ledger_i64(args, l->limit_at))
        v->next = after_token(cx, l, by, (const char *)rows.at + (rows.n - 1) * l->row_size);
    return OK;
}
