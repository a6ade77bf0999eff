/* fields_value.c — values in and out of a row's struct, as text for a page or a file, masked,
 * compared. */
#include "base/fields.h"

#include <inttypes.h>

struct value field_get(const struct field *f, const void *row)
{
    const char *at = (const char *)row + f->at;
    OptI64 i;
    OptStr s;
    switch (f->keeps) {
    case KEEPS_I64: memcpy(&i.v, at, sizeof i.v); return (struct value){.set = true, .i = i.v};
    case KEEPS_STR: memcpy(&s.v, at, sizeof s.v); return (struct value){.set = true, .s = s.v};
    case KEEPS_I64 | KEEPS_OPT: memcpy(&i, at, sizeof i); return (struct value){i.set, i.v, {0}};
    default: memcpy(&s, at, sizeof s); return (struct value){s.set, 0, s.v};
    }
}

void field_put(const struct field *f, void *row, struct value v)
{
    char *at = (char *)row + f->at;
    switch (f->keeps) {
    case KEEPS_I64: memcpy(at, &v.i, sizeof v.i); break;
    case KEEPS_STR: memcpy(at, &v.s, sizeof v.s); break;
    case KEEPS_I64 | KEEPS_OPT: memcpy(at, &(OptI64){v.i, v.set}, sizeof(OptI64)); break;
    default: memcpy(at, &(OptStr){v.s, v.set}, sizeof(OptStr)); break;
    }
}

bool field_required(const struct field *f)
{
    return !(f->keeps & KEEPS_OPT) && !(f->flags & DERIVED);
}

bool value_eq(const struct field *f, struct value a, struct value b)
{
    if (!a.set || !b.set)
        return a.set == b.set;
    return f->keeps & KEEPS_STR ? str_eq(a.s, b.s) : a.i == b.i;
}

const char *field_type_name(enum field_type type)
{
    static const char *const names[] = {"", "text", "long", "int", "decimal", "money", "day",
        "time", "enum", "enums", "code", "unit", "person", "ref", "phone", "images", "bool"};
    return names[type];
}

Str number_text(Cx *cx, int64_t n)
{
    return str(arena_printf(&cx->mem, "%" PRId64, n));
}

Str say_abc(Cx *cx, Text t, Str a, Str b, Str c)
{
    Str from = say(cx, t), parts[] = {a, b, c};
    char *at = arena_raw(&cx->mem, from.len * (1 + a.len + b.len + c.len)), *to = at;
    for (size_t i = 0; i < from.len;) {
        bool hole = i + 2 < from.len && from.at[i] == '{' && from.at[i + 2] == '}'
                    && from.at[i + 1] >= 'a' && from.at[i + 1] <= 'c';
        Str piece = hole ? parts[from.at[i + 1] - 'a'] : (Str){from.at + i, 1};
        if (piece.len)
            memcpy(to, piece.at, piece.len);
        to += piece.len;
        i += hole ? 3 : 1;
    }
    return (Str){at, (size_t)(to - at)};
}

static Str fixed(Cx *cx, int64_t n, int scale)
{
    int64_t unit = 1;
    for (int i = 0; i < scale; i++)
        unit *= 10;
    uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    const char *minus = n < 0 ? "-" : "";
    return str(scale ? arena_printf(&cx->mem, "%s%" PRIu64 ".%0*" PRIu64, minus,
                   size / (uint64_t)unit, scale, size % (uint64_t)unit)
                     : arena_printf(&cx->mem, "%" PRId64, n));
}

static Str labels(Cx *cx, const struct field *f, Str codes)
{
    const char *between = cx->lang == LANG_ZH ? "、" : ", ";
    char *all = arena_printf(&cx->mem, "%s", "");
    while (codes.len) {
        const char *comma = memchr(codes.at, ',', codes.len);
        Str one = {codes.at, comma ? (size_t)(comma - codes.at) : codes.len};
        const struct option *o = f->options;
        while (o->code && !str_eq(one, str(o->code)))
            o++;
        Str label = o->code ? say(cx, o->label) : one;
        all =
            arena_printf(&cx->mem, "%s%s%.*s", all, *all ? between : "", (int)label.len, label.at);
        size_t used = one.len + (comma != NULL);
        codes = (Str){codes.at + used, codes.len - used};
    }
    return str(all);
}

Str field_text(Cx *cx, const struct field *f, struct value v, enum shown how)
{
    if (!v.set)
        return S("");
    switch (f->type) {
    case FIELD_INT: return fixed(cx, v.i, 0);
    case FIELD_DECIMAL: return fixed(cx, v.i, f->scale);
    case FIELD_MONEY: return fixed(cx, v.i, 2);
    case FIELD_TIME: return time_text(cx, v.i, how);
    case FIELD_ENUM:
    case FIELD_ENUMS: return labels(cx, f, v.s);
    case FIELD_UNIT:
    case FIELD_PERSON:
    case FIELD_REF:
        if (how == SHOW_PAGE && f->names)
            return f->names->name(cx, v.i);
        return fixed(cx, v.i, 0);
    case FIELD_CODE:
        if (how == SHOW_PAGE && f->codes->name(cx, v.s).len)
            return f->codes->name(cx, v.s);
        return v.s;
    case FIELD_BOOL: return v.i ? say(cx, T("是")) : say(cx, T("否"));
    default: return v.s;
    }
}

Str field_again(Cx *cx, const struct field *f, struct value v)
{
    int64_t id;
    Str name = v.set && f->names ? f->names->name(cx, v.i) : (Str){0};
    bool alone = name.len && f->names->find(cx, name, &id) == 1 && id == v.i;
    return alone ? name : field_text(cx, f, v, SHOW_FILE);
}

bool field_seen(const struct field *f, enum sight sight)
{
    return !(f->flags & ONLY_FILTER) && (sight != SIGHT_PUBLIC || f->flags & PUBLIC);
}

Str mask_phone(Cx *cx, Str s)
{
    return s.len >= 10 ? str(arena_printf(&cx->mem, "%.3s****%.4s", s.at, s.at + s.len - 4))
                       : S("**");
}

Str mask_name(Cx *cx, Str s)
{
    size_t n = str_n_chars(s);
    Str first = str_cut(s, 1);
    if (n < 2 || n > 4)
        return S("**");
    return str(arena_printf(&cx->mem, "%.*s%.*s", (int)first.len, first.at, (int)(n - 1), "***"));
}

static Str masked(Cx *cx, const struct field *f, Str s)
{
    if (!s.len)
        return s;
    if (f->type == FIELD_PHONE)
        return mask_phone(cx, s);
    return f->type == FIELD_TEXT || f->type == FIELD_PERSON ? mask_name(cx, s) : S("**");
}

Str field_shown(Cx *cx, const struct field *f, struct value v, enum shown how, enum sight sight)
{
    Str s = field_text(cx, f, v, how);
    if (!field_seen(f, sight))
        return S("");
    return f->flags & MASKED && sight != SIGHT_FULL ? masked(cx, f, s) : s;
}

Str fields_diff(Cx *cx, const struct field *fields, const void *was, const void *became)
{
    Lang reader = cx->lang;
    char *all = arena_printf(&cx->mem, "%s", "");
    cx->lang = LANG_ZH; /* the log has one language */
    for (const struct field *f = fields; f->name; f++) {
        struct value a = field_get(f, was), b = field_get(f, became);
        if (value_eq(f, a, b))
            continue;
        Str x = field_text(cx, f, a, SHOW_PAGE), y = field_text(cx, f, b, SHOW_PAGE);
        const char *between = *all ? "；" : "";
        if (f->flags & (MASKED | SEALED))
            all = arena_printf(&cx->mem, "%s%s%s：改了", all, between, f->label.zh);
        else
            all = arena_printf(&cx->mem, "%s%s%s：%.*s → %.*s", all, between, f->label.zh,
                x.len ? (int)x.len : 3, x.len ? x.at : "空", y.len ? (int)y.len : 3,
                y.len ? y.at : "空");
    }
    cx->lang = reader;
    return str(all);
}
