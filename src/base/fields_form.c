/* fields_form.c — a whole form into a row: every field is read, so that all messages come at once.
 */
#include "base/fields.h"

size_t fields_n(const struct field *f)
{
    size_t n = 0;
    while (f[n].name)
        n++;
    return n;
}

const struct field *field_named(const struct field *f, Str name)
{
    for (; f->name; f++)
        if (str_eq(name, str(f->name)))
            return f;
    return NULL;
}

static bool among(const char *words, Str word)
{
    size_t at = 0;
    for (const char *w = words; word.len && *w; w += at + (w[at] == ' ')) {
        at = strcspn(w, " ");
        if (str_eq(word, (Str){w, at}))
            return true;
    }
    return false;
}

/* The value sent under a name; several (a box of choices, photos) are joined by commas. */
static size_t sent(Cx *cx, struct pairs in, const struct field *f, Str *typed)
{
    size_t n = 0;
    for (size_t i = 0; i < in.n; i++) {
        if (!str_eq(in.at[i].name, str(f->name)))
            continue;
        Str v = in.at[i].value;
        if (n++ && (f->type == FIELD_ENUMS || f->type == FIELD_IMAGES)) {
            char *both = arena_raw(&cx->mem, typed->len + 1 + v.len);
            memcpy(both, typed->at, typed->len);
            both[typed->len] = ',';
            if (v.len)
                memcpy(both + typed->len + 1, v.at, v.len);
            *typed = (Str){both, typed->len + 1 + v.len};
        } else if (n == 1) {
            *typed = v;
        }
    }
    return n;
}

static Err strangers(Cx *cx, const struct field *fields, struct pairs in, const char *also)
{
    for (size_t i = 0; i < in.n; i++) {
        const struct field *f = field_named(fields, in.at[i].name);
        if (!f && !among(also, in.at[i].name))
            return fail(cx, ERR_INVALID, "form", T("表里多了一个不认识的字段"));
        if (f && f->flags & DERIVED)
            return fail(cx, ERR_INVALID, f->name, T("这一项由系统算出，不能填"));
    }
    return OK;
}

Err form_read(Cx *cx, const struct field *fields, struct pairs in, const char *also, unsigned how,
    void *row, struct told *told)
{
    const struct field *bad = NULL;
    Str why = {0};
    if (in.n > 200)
        return fail(cx, ERR_INVALID, "form", T("字段太多"));
    for (const struct field *f = fields; f->name; f++) {
        struct told *t = &told[f - fields];
        struct value v;
        *t = (struct told){0};
        if (f->flags & DERIVED)
            continue;
        size_t n = sent(cx, in, f, &t->typed);
        if (!n && how & READ_SOME)
            continue;
        if (n > 1 && f->type != FIELD_ENUMS && f->type != FIELD_IMAGES)
            t->why = say(cx, T("这一项填了两次"));
        else if (field_read(cx, f, t->typed, how, &v, &t->why))
            field_put(f, row, v);
        if (t->why.len && !bad)
            bad = f, why = t->why;
    }
    TRY(strangers(cx, fields, in, also));
    return bad ? fail_say(cx, ERR_INVALID, bad->name, why) : OK;
}

Err form_typed(Cx *cx, const struct field *fields, struct pairs in, void *row)
{
    for (const struct field *f = fields; f->name; f++) {
        struct value v;
        Str why, typed = {0};
        if (f->type == FIELD_IMAGES || !sent(cx, in, f, &typed))
            continue;
        if (!field_read(cx, f, typed, 0, &v, &why))
            return fail_say(cx, ERR_INVALID, f->name, why);
        if (v.set)
            field_put(f, row, v);
    }
    return OK;
}
