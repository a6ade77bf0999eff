/* form_fuzz.c — bytes as a form's fields, each type with each text: no crash, and what is taken is
 * written so that it is read back the same. */
#include "fuzz.h"

#include "base/fields.h"
#include "base/json.h"
#include "base/view.h"

static size_t find_name(Cx *cx, Str name, int64_t *id)
{
    (void)cx;
    *id = 410108101206000;
    return str_eq(name, S("南王村")) ? 1 : str_eq(name, S("张伟")) ? 2 : 0;
}

static Str name_of(Cx *cx, int64_t id)
{
    (void)cx;
    return id == 410108101206000 ? S("南王村") : (Str){0};
}

static bool find_code(Cx *cx, Str typed, Str *code)
{
    (void)cx;
    *code = S("0102");
    return str_eq(typed, S("0102")) || str_eq(typed, S("暴露垃圾"));
}

static Str code_name(Cx *cx, Str code)
{
    (void)cx;
    return str_eq(code, S("0102")) ? S("暴露垃圾") : (Str){0};
}

static const struct names names = {find_name, name_of, NULL};
static const struct codes categories = {find_code, code_name, NULL};

struct all {
    Str text, day, kind, photo;
    int64_t n, money, unit, done;
    OptI64 dec, at, who, ref;
    OptStr note, skills, phone, category;
};
/* clang-format off */
static const struct option kinds[] = {{"a", {"甲", ""}}, {"b", {"乙", ""}}, {0}};
#define L(s) ((Text){s, ""})
static const struct field fields[] = {
    FIELD_OF(struct all, day, DAY, L("日")),
    FIELD_OF(struct all, money, MONEY, L("钱")),
    FIELD_OF(struct all, phone, PHONE, L("电话")),
    FIELD_OF(struct all, skills, ENUMS, L("特长"), .options = kinds),
    FIELD_OF(struct all, text, TEXT, L("字"), .max = 20),
    FIELD_OF(struct all, kind, ENUM, L("类"), .options = kinds),
    FIELD_OF(struct all, photo, IMAGES, L("照"), .max = 3),
    FIELD_OF(struct all, n, INT, L("数"), .min = -9, .max = 99),
    FIELD_OF(struct all, unit, UNIT, L("地"), .names = &names),
    FIELD_OF(struct all, done, BOOL, L("否")),
    FIELD_OF(struct all, dec, DECIMAL, L("量"), .scale = 3),
    FIELD_OF(struct all, at, TIME, L("时"), .flags = NOT_FUTURE),
    FIELD_OF(struct all, who, PERSON, L("人"), .names = &names),
    FIELD_OF(struct all, ref, REF, L("见")),
    FIELD_OF(struct all, category, CODE, L("码"), .codes = &categories),
    FIELD_OF(struct all, note, LONG, L("注"), .max = 50, .flags = MASKED),
    {0}};
/* clang-format on */
enum { N_FIELDS = sizeof fields / sizeof *fields - 1, PAIRS = 20 };

/* NUL parts the values; a field's name goes by its place. */
static struct pairs pairs_of(Str in, struct pair *p)
{
    struct pairs all = {p, 0};
    while (all.n < PAIRS && in.len) {
        const char *end = memchr(in.at, 0, in.len);
        size_t n = end ? (size_t)(end - in.at) : in.len;
        p[all.n] = (struct pair){
            str(fields[all.n % N_FIELDS].name), {in.at, n}
        };
        all.n++;
        n += end != NULL;
        in = (Str){in.at + n, in.len - n};
    }
    return all;
}

static void one(Cx *cx, const struct field *f, Str typed)
{
    struct value v, back;
    Str why;
    struct sink o = {.mem = &cx->mem};
    if (!field_read(cx, f, typed, 0, &v, &why)) {
        MUST(why.len && utf8_ok(why));
        return;
    }
    Str text = field_text(cx, f, v, SHOW_FILE);
    (void)field_shown(cx, f, v, SHOW_PAGE, SIGHT_STAFF);
    sink_json(&o, text);
    MUST(utf8_ok(text));
    MUST(!v.set || (field_read(cx, f, text, 0, &back, &why) && value_eq(f, v, back)));
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static Cx cx = {.now = 1781488800000};
    struct pair p[PAIRS];
    struct pairs typed = pairs_of((Str){(const char *)at, len}, p);
    struct told told[N_FIELDS];
    struct all row = {0}, zero = {0};

    Err e = form_read(&cx, fields, typed, "csrf", len & 1 ? READ_SHEET : 0, &row, told);
    MUST(e == OK || e == ERR_INVALID);
    (void)form_cells(&cx, fields, &row, told, len & 2 ? &zero : NULL);
    (void)row_cells(&cx, fields, &row, SIGHT_STAFF, 0);
    (void)fields_diff(&cx, fields, &zero, &row);
    for (const struct field *f = fields; f->name; f++)
        for (size_t i = 0; i < typed.n; i++)
            one(&cx, f, p[i].value);
    arena_again(&cx.mem);
    return 0;
}
