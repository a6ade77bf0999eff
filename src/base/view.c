/* view.c — rows and fields → cells. */
#include "base/view.h"

static Str input_of(const struct field *f)
{
    switch (f->type) {
    case FIELD_LONG: return S("textarea");
    case FIELD_DAY: return S("date");
    case FIELD_TIME: return S("datetime-local");
    case FIELD_PHONE: return S("tel");
    case FIELD_ENUM:
    case FIELD_BOOL: return S("select");
    case FIELD_ENUMS: return S("checks");
    case FIELD_IMAGES: return S("images");
    default: return S("text"); /* numbers too: type=number refuses 1,234 and full width */
    }
}

static bool holds(Str codes, Str code)
{
    while (codes.len >= code.len && codes.len) {
        const char *comma = memchr(codes.at, ',', codes.len);
        size_t n = comma ? (size_t)(comma - codes.at) : codes.len;
        if (str_eq((Str){codes.at, n}, code))
            return true;
        n += comma != NULL;
        codes = (Str){codes.at + n, codes.len - n};
    }
    return false;
}

static void choose_from(Cx *cx, struct cell *c, size_t n)
{
    c->choices.at = NEW_ARRAY(&cx->mem, n, struct choice);
    c->choices.n = n;
}

/* What is chosen already stays a choice, even if it would not be offered any more. */
static void keep_choice(Cx *cx, const struct field *f, Str now, struct cell *c)
{
    int64_t id = 0;
    bool digits = now.len < 18;
    for (size_t i = 0; i < c->choices.n; i++)
        if (c->choices.at[i].chosen)
            return;
    for (size_t i = 0; i < now.len && digits; i++) {
        digits = now.at[i] >= '0' && now.at[i] <= '9';
        id = id * 10 + now.at[i] - '0';
    }
    Str label = f->codes ? f->codes->name(cx, now) : digits ? f->names->name(cx, id) : (Str){0};
    if (label.len)
        c->choices.at[c->choices.n++] = (struct choice){now, label, true};
}

/* now: codes with commas, or a label as it was typed. */
static void add_choices(Cx *cx, const struct field *f, Str now, struct cell *c)
{
    static const struct option yes_no[] = {
        {"1",       T("是")},
        {"0",         T("否")},
        {0}
    };
    const struct option *o = f->type == FIELD_BOOL ? yes_no : f->options;
    const struct name_row *rows = NULL;
    const struct code_row *codes = NULL;
    size_t n = 0;
    while (o && o[n].code)
        n++;
    if (f->names && f->names->all)
        n = f->names->all(cx, &rows);
    else if (f->codes && f->codes->all)
        n = f->codes->all(cx, &codes);
    choose_from(cx, c, n + 1);
    c->choices.n = n;
    for (size_t i = 0; i < n; i++) {
        Str code = rows ? number_text(cx, rows[i].id) : codes ? codes[i].code : str(o[i].code);
        Str label = rows ? rows[i].name : codes ? codes[i].name : say(cx, o[i].label);
        c->choices.at[i] = (struct choice){code, label, holds(now, code) || str_eq(now, label)};
    }
    if (rows || codes)
        c->input = S("select");
    if ((rows || codes) && now.len)
        keep_choice(cx, f, now, c);
}

static void add_photos(Cx *cx, Str codes, struct cell *c)
{
    c->photos.at = NEW_ARRAY(&cx->mem, codes.len / 64 + 1, struct photo);
    while (codes.len >= 64) {
        c->photos.at[c->photos.n++].hash = (Str){codes.at, 64};
        size_t used = codes.len > 64 ? 65 : 64;
        codes = (Str){codes.at + used, codes.len - used};
    }
}

static struct cell cell_of(Cx *cx, const struct field *f)
{
    return (struct cell){.name = str(f->name),
        .label = say(cx, f->label),
        .input = input_of(f),
        .hint = say(cx, f->hint),
        .required = field_required(f),
        .max = f->max,
        .is_number = f->type == FIELD_INT || f->type == FIELD_DECIMAL || f->type == FIELD_MONEY,
        .wide = f->type == FIELD_LONG || f->type == FIELD_IMAGES};
}

/* What is typed stands as a person types it; what is chosen, by its code. */
static Str typed_text(Cx *cx, const struct field *f, struct value v)
{
    bool chosen = f->names && f->names->all;
    return chosen || f->flags & MASKED ? field_text(cx, f, v, SHOW_FILE) : field_again(cx, f, v);
}

struct cells form_cells(Cx *cx, const struct field *fields, const void *row,
    const struct told *told, const void *theirs)
{
    struct cells all = {NEW_ARRAY(&cx->mem, fields_n(fields), struct cell), 0};
    for (const struct field *f = fields; f->name; f++) {
        if (f->flags & DERIVED)
            continue;
        struct cell *c = &all.at[all.n++];
        struct value v = field_get(f, row);
        const struct told *t = told ? &told[f - fields] : NULL;
        *c = cell_of(cx, f);
        if (!(f->keeps & KEEPS_STR) || v.s.len) /* a new row's numbers are 0, its texts empty */
            c->value = typed_text(cx, f, v);
        if (t) {
            c->value = t->typed;
            c->why = t->why;
            c->wrong = t->why.len > 0;
        } else if (!theirs && !field_get(f, row).i && f->keeps == KEEPS_I64) {
            c->value = S("");
        }
        if (theirs) {
            struct value now = field_get(f, theirs);
            c->theirs = field_text(cx, f, now, SHOW_PAGE);
            c->conflict = !value_eq(f, now, v);
        }
        bool codes = f->keeps & KEEPS_STR && !t;
        add_choices(cx, f, codes ? v.s : c->value, c);
        if (f->type == FIELD_IMAGES)
            add_photos(cx, c->value, c);
    }
    return all;
}

struct cells row_cells(
    Cx *cx, const struct field *fields, const void *row, enum sight sight, unsigned only)
{
    struct cells all = {NEW_ARRAY(&cx->mem, fields_n(fields), struct cell), 0};
    for (const struct field *f = fields; f->name; f++) {
        if (!field_seen(f, sight) || (only && !(f->flags & only)))
            continue;
        struct cell *c = &all.at[all.n++];
        *c = cell_of(cx, f);
        c->masked = f->flags & MASKED && sight != SIGHT_FULL;
        if (row)
            c->value = field_shown(cx, f, field_get(f, row), SHOW_PAGE, sight);
        if (row && f->type == FIELD_IMAGES)
            add_photos(cx, c->value, c);
    }
    return all;
}
