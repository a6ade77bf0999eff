/* mksql_emit.c — the C that comes out: sql_ROOM.h and sql.c (statements), schema.c (migrations,
 * tables).
 */
#include "mksql.h"

#include <ctype.h>

static void quoted(FILE *f, const char *s)
{
    fputc('"', f);
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            fputc('\\', f);
        if (*s == '\n')
            fputs("\\n\"\n        \"", f);
        else
            fputc(*s, f);
    }
    fputc('"', f);
}

static void members(struct buf *h, const struct field *f, int n)
{
    for (int i = 0; i < n; i++)
        put(h, "    %s %s;\n",
            f[i].type != 'i' ? (f[i].null ? "OptStr" : "Str")
            : f[i].null      ? "OptI64"
                             : "int64_t",
            f[i].name);
}

static void upper(struct buf *h, const char *s)
{
    for (; *s; s++)
        put(h, "%c", toupper((unsigned char)*s));
}

/* The sort keys of all orders, each once. */
static int sort_keys(const struct stmt *s, int *outs)
{
    int n = 0;
    for (int i = 0; i < s->n_params; i++)
        if (s->params[i].kind == 'k')
            outs[n++] = s->params[i].i;
    return n;
}

static void emit_sort(struct buf *h, const struct stmt *s)
{
    int keys[MAX_ORDERS * MAX_KEYS], n = sort_keys(s, keys);
    put(h, "enum sql_%s_sort {", s->name);
    for (int o = 0; o < s->n_orders; o++) {
        put(h, "%s", o ? ", SQL_" : " SQL_");
        upper(h, s->name);
        put(h, "_BY_");
        upper(h, s->orders[o].name);
    }
    put(h, " };\nstruct sql_%s_after {\n    bool set; /* else from the first row */\n", s->name);
    for (int i = 0; i < n; i++)
        put(h, "    %s %s;\n", s->outs[keys[i]].type == 'i' ? "int64_t" : "Str",
            s->outs[keys[i]].name);
    put(h, "};\n");
}

static void emit_types(struct buf *h, const struct stmt *s)
{
    put(h, "\n/* %s:%d */\n", s->file, s->line);
    if (s->n_orders)
        emit_sort(h, s);
    if (s->n_in || s->n_orders) {
        put(h, "struct sql_%s {\n", s->name);
        members(h, s->in, s->n_in);
        if (s->n_orders)
            put(h, "    enum sql_%s_sort sort;\n    struct sql_%s_after after;\n", s->name,
                s->name);
        put(h, "};\n");
    }
    if (s->n_out) {
        put(h, "struct sql_%s_row {\n", s->name);
        members(h, s->outs, s->n_out);
        put(h, "};\n");
    }
    if (s->kind == MANY)
        put(h, "struct sql_%s_rows { struct sql_%s_row *at; size_t n; };\n", s->name, s->name);
}

static const char *prototype(const struct stmt *s)
{
    struct buf b = {0};
    put(&b, "Err sql_%s(Cx *cx", s->name);
    if (s->n_in || s->n_orders)
        put(&b, ", const struct sql_%s *in", s->name);
    if (s->kind == ONE)
        put(&b, ", struct sql_%s_row *row", s->name);
    if (s->kind == MANY)
        put(&b, ", struct sql_%s_rows *rows", s->name);
    put(&b, ")");
    return b.at;
}

static void emit_header(struct buf *h, const struct stmt *s)
{
    emit_types(h, s);
    put(h, "%s MUST_CHECK;\n", prototype(s));
    if (!s->n_orders)
        return;
    int keys[MAX_ORDERS * MAX_KEYS], n = sort_keys(s, keys);
    put(h,
        "static inline struct sql_%s_after sql_%s_after(const struct sql_%s_row *last)\n"
        "{\n    return (struct sql_%s_after){.set = true",
        s->name, s->name, s->name, s->name);
    for (int i = 0; i < n; i++)
        put(h, ", .%s = last->%s", s->outs[keys[i]].name, s->outs[keys[i]].name);
    put(h, "};\n}\n");
}

static void emit_pieces(
    FILE *c, const struct stmt *s, const struct body *b, const char *name, char style)
{
    fprintf(c, "    static const DbPiece %s[] = {\n", name);
    for (int i = 0; i < b->n; i++) {
        const struct piece *p = &b->pieces[i];
        unsigned need = p->need == UINT32_MAX ? 1U << s->n_parts : p->need;
        fprintf(c, "        {%u, %d, ", need, p->order);
        quoted(c, piece_text(s, p->text, style));
        fprintf(c, "},\n");
    }
    fprintf(c, "    };\n");
}

static void emit_value(FILE *c, const struct stmt *s, const struct param *p)
{
    const struct field *f = p->kind == 'a' ? &s->in[p->i] : &s->outs[p->i];
    const char *type = f->type == 'i' ? "i64" : f->type == 't' ? "text" : "blob";
    if (p->kind == 'a')
        fprintf(c, "db_%s%s(in->%s)", f->null ? "opt_" : "", type, f->name);
    else if (p->kind == 'k')
        fprintf(c, "db_%s(in->after.%s)", type, f->name);
    else
        fprintf(c, "db_i64(cx->%s)",
            p->kind == 'T'   ? "town_id"
            : p->kind == 'M' ? "me.person"
                             : "now");
}

/* The counters a kept answer depends on; the reference tables' one always counts. */
static void emit_reads(FILE *c, const struct stmt *s)
{
    fprintf(c, "    static const unsigned char reads[] = {");
    for (int i = 0; i < s->n_reads; i++)
        if (s->reads[i]->kind == 't')
            fprintf(c, "%d, ", stamp_of(s->reads[i]));
    fprintf(c, "};\n");
}

static void emit_function(FILE *c, const struct stmt *s)
{
    fprintf(c, "\n%s\n{\n", prototype(s));
    emit_pieces(c, s, &s->lite, "lite", '?');
    emit_pieces(c, s, &s->pg, "pg", '$');
    if (s->n_out) {
        fprintf(c, "    static const DbCol cols[] = {\n");
        for (int i = 0; i < s->n_out; i++)
            fprintf(c, "        {'%c', %d, offsetof(struct sql_%s_row, %s)},\n", s->outs[i].type,
                s->outs[i].null, s->name, s->outs[i].name);
        fprintf(c, "    };\n");
    }
    if (s->kept)
        emit_reads(c, s);
    fprintf(c,
        "    static const DbStmt stmt = {.name = \"%s\", .slot = %d, .bits = %d, .orders = %d, "
        ".limit = %d, .kept = %d,\n"
        "        .lite = lite, .pg = pg, .n_lite = %d, .n_pg = %d, .n_params = %d, .types = \"",
        s->name, s->slot, n_bits(s), n_orders_or_1(s), s->limit, s->kept, s->lite.n, s->pg.n,
        s->n_params);
    for (int i = 0; i < s->n_params; i++) {
        const struct param *p = &s->params[i];
        fputc(p->kind == 'a' ? s->in[p->i].type : p->kind == 'k' ? s->outs[p->i].type : 'i', c);
    }
    fprintf(c, "\"");
    if (s->n_out)
        fprintf(c, ",\n        .cols = cols, .n_cols = %d, .row = sizeof(struct sql_%s_row)",
            s->n_out, s->name);
    if (s->kept)
        fprintf(c, ",\n        .reads = reads, .n_reads = sizeof reads");
    if (s->writes && s->writes->kind == 't')
        fprintf(c, ",\n        .writes = %d", stamp_of(s->writes));
    else
        fprintf(c, ",\n        .writes = %s",
            s->writes && s->writes->kind == 'r' ? "DB_REFERENCE" : "DB_NOTHING");
    fprintf(c, "};\n    const DbVal v[] = {");
    for (int i = 0; i < s->n_params; i++) {
        fprintf(c, "%s", i ? ", " : "");
        emit_value(c, s, &s->params[i]);
    }
    fprintf(c, "%s};\n    unsigned mask = 0", s->n_params ? "" : "{0}");
    for (int i = 0; i < s->n_parts; i++)
        fprintf(c, " | (in->%s.set ? %uU : 0U)", s->in[s->part[i]].name, 1U << i);
    if (s->n_orders)
        fprintf(c, " | (in->after.set ? %uU : 0U)", 1U << s->n_parts);
    fprintf(c, ";\n");
    const char *order = s->n_orders ? "(unsigned)in->sort" : "0";
    if (s->kind == MANY)
        fprintf(c,
            "    void *at;\n    TRY(db_many(cx, &stmt, mask, %s, v, &at, &rows->n));\n"
            "    rows->at = at;\n    return OK;\n}\n",
            order);
    else if (s->kind == ONE)
        fprintf(c, "    return db_one(cx, &stmt, mask, %s, v, row);\n}\n", order);
    else
        fprintf(c, "    return db_%s(cx, &stmt, mask, v);\n}\n", s->kind == MOVE ? "move" : "exec");
}

static const char *const made_by = "/* made by mksql; do not edit */\n";

static FILE *out(const char *dir, const char *name)
{
    struct buf b = {0};
    put(&b, "%s/%s", dir, name);
    FILE *f = fopen(b.at, "w");
    if (!f)
        refuse(b.at, 1, NULL, "cannot be written");
    fprintf(f, "%s", made_by);
    return f;
}

/* The folder a .sql file lies in: src/rooms/plate/plate.sql is plate's. */
static const char *folder(const char *path)
{
    const char *end = base_name(path), *at = --end;
    while (at > path && at[-1] != '/')
        at--;
    return copy_n(at, (size_t)(end - at));
}

/* Left untouched when it says this already: then nothing that includes it is compiled again. */
static void keep_header(const char *dir, const char *room, const struct buf *text)
{
    struct buf b = {0}, had = {0};
    put(&b, "%s/sql_%s.h", dir, room);
    FILE *f = fopen(b.at, "r");
    if (f) {
        char piece[4096];
        for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
            put_n(&had, piece, n);
        (void)fclose(f);
        if (had.len == text->len && !memcmp(had.at, text->at, had.len))
            return;
    }
    f = fopen(b.at, "w");
    if (!f || fwrite(text->at, 1, text->len, f) != text->len || fclose(f))
        refuse(b.at, 1, NULL, "cannot be written");
}

/* One header a room, whose statements only the room calls. */
static void emit_headers(const char *dir, FILE *c)
{
    for (const struct stmt *s = stmts; s < stmts + n_stmts;) {
        const char *room = folder(s->file);
        struct buf h = {0};
        put(&h, "%s#pragma once\n#include \"store/db.h\"\n", made_by);
        for (; s < stmts + n_stmts && !strcmp(folder(s->file), room); s++)
            emit_header(&h, s);
        keep_header(dir, room, &h);
        fprintf(c, "#include \"gen/sql_%s.h\"\n", room);
    }
}

/* How a table comes to lie on Citus, or NULL: a town's beside the first town's table, a spread one
 * by its own key, the rest whole on every node.  Once: asked again it does nothing. */
static const char *on_citus(const struct table *t)
{
    static const struct table *first;
    struct buf b = {0};
    if (!t)
        return NULL;
    if (t->kind == 'r')
        put(&b, "SELECT create_reference_table('%s')", t->name);
    else
        put(&b, "SELECT create_distributed_table('%s', '%s', colocate_with => '%s')", t->name,
            t->key[0], t->kind == 't' && first ? first->name : "none");
    if (t->kind == 't' && !first)
        first = t;
    put(&b,
        "\n WHERE NOT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = "
        "'%s'::regclass)",
        t->name);
    return b.at;
}

static void emit_text(FILE *c, const char *text, const char *end)
{
    text ? quoted(c, text) : (void)fputs("NULL", c);
    fputs(end, c);
}

/* The statement store_mark, with this migration's own words in it; NULL where nothing marks. */
static void emit_mark(FILE *c, int m)
{
    struct buf b = {0};
    const struct stmt *s = stmts;
    while (s < stmts + n_stmts && strcmp(s->name, "store_mark") != 0)
        s++;
    if (s == stmts + n_stmts) {
        fputs("NULL", c);
        return;
    }
    for (const char *p = text_of(s, &s->pg, 0, 0, ':'); *p; p++)
        if (!strncmp(p, ":no", 3)) {
            put(&b, "%d", atoi(base_name(migrations[m].path)));
            p += 2;
        } else if (!strncmp(p, ":file", 5)) {
            put(&b, "'%s'", base_name(migrations[m].path));
            p += 4;
        } else if (!strncmp(p, ":hash", 5)) {
            put(&b, "'%016llx'", (unsigned long long)migrations[m].hash);
            p += 4;
        } else {
            put(&b, "%c", *p);
        }
    quoted(c, b.at);
}

static void emit_schema(FILE *c)
{
    fprintf(c, "#include \"store/db_impl.h\"\n\n");
    for (int m = 0; m < n_migrations; m++) {
        fprintf(c, "static const DbStep steps_%d[] = {\n", m);
        for (int i = 0; i < n_steps; i++) {
            if (steps[i].file != m)
                continue;
            fputs("    {", c);
            emit_text(c, steps[i].lite, ",\n     ");
            emit_text(c, steps[i].pg, ",\n     ");
            emit_text(c, on_citus(steps[i].makes), ",\n");
            fprintf(c, "     \"%s\"},\n", steps[i].makes ? steps[i].makes->name : "");
        }
        fprintf(c, "    {0}};\n");
    }
    fprintf(c, "\nconst DbMigration sql_migrations[] = {\n");
    for (int m = 0; m < n_migrations; m++) {
        fprintf(c, "    {\"%s\", \"%016llx\", ", base_name(migrations[m].path),
            (unsigned long long)migrations[m].hash);
        emit_mark(c, m);
        fprintf(c, ", steps_%d},\n", m);
    }
    fprintf(c, "    {0}};\n\n/* t: a town's, s: spread by its own key, r: reference */\nconst "
               "DbTable sql_tables[] = {\n");
    for (int i = 0; i < n_tables; i++)
        fprintf(c, "    {\"%s\", '%c', \"%s\", %s},\n", tables[i].name, tables[i].kind,
            tables[i].key[0], tables[i].scoped ? "true" : "false");
    fprintf(c, "    {0}};\n");
}

void emit(const char *dir)
{
    FILE *c = out(dir, "sql.c"), *m = out(dir, "schema.c");
    int slots = 0;
    emit_headers(dir, c);
    fprintf(c, "#include \"store/db_impl.h\"\n");
    for (const struct stmt *s = stmts; s < stmts + n_stmts; s++) {
        emit_function(c, s);
        slots += n_variants(s);
    }
    fprintf(c, "\nconst int sql_slots = %d;\n", slots);
    emit_schema(m);
    if (fclose(c) || fclose(m))
        refuse(dir, 1, NULL, "cannot be written");
}
