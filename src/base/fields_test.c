/* fields_test.c — tests/cases: every type, what is typed and what comes out; bytes no field takes;
 * masks; what the log is told. */
#include "town.h"

#include "base/fields.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- a little town's names */
static const struct name_row places[] = {
    {410108101206000, {"南王村", 9}          },
    {410108101207000, {"孙庄村", 9}          },
    {410108101208000, {"西山社区", 12}      },
    {410108101206001, {"南王村一网格", 18}},
};
static const struct name_row people[] = {
    {7,  {"钱七", 6}},
    {8,  {"孙八", 6}},
    {9,  {"张伟", 6}},
    {10, {"张伟", 6}},
};

static size_t find_in(const struct name_row *rows, size_t n, Str name, int64_t *id)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(name, rows[i].name) && !found++)
            *id = rows[i].id;
    return found;
}

static Str name_in(const struct name_row *rows, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == id)
            return rows[i].name;
    return (Str){0};
}

static size_t find_unit(Cx *cx, Str name, int64_t *id)
{
    (void)cx;
    return find_in(places, 4, name, id);
}

static Str unit_name(Cx *cx, int64_t id)
{
    (void)cx;
    return name_in(places, 4, id);
}

static size_t find_person(Cx *cx, Str name, int64_t *id)
{
    (void)cx;
    return find_in(people, 4, name, id);
}

static Str person_name(Cx *cx, int64_t id)
{
    (void)cx;
    return name_in(people, 4, id);
}

static const struct names units = {find_unit, unit_name, NULL},
                          persons = {find_person, person_name, NULL};

static bool find_code(Cx *cx, Str typed, Str *code)
{
    (void)cx;
    bool known = str_eq(typed, S("0102")) || str_eq(typed, S("暴露垃圾"));
    *code = known ? S("0102") : typed;
    return known;
}

static Str code_name(Cx *cx, Str code)
{
    (void)cx;
    return str_eq(code, S("0102")) ? S("暴露垃圾") : (Str){0};
}

static const struct codes categories = {find_code, code_name, NULL};

/* ---- the cases */
/* clang-format off */
static const struct option kinds[] = {{"banner", T("标语横幅")}, {"board", T("宣传栏")},
    {"other", T("其他")}, {0}},
    skills[] = {{"art", T("文艺")}, {"green", T("绿化")}, {"water", T("水电")}, {0}};

static const struct {
    const char *name;
    unsigned how;
    struct field f;
} types[] = {
    {"int", 0, {.label = T("数字"), .type = FIELD_INT, .keeps = KEEPS_I64, .min = -100000, .max = 100000}},
    {"decimal", 0, {.label = T("数字"), .type = FIELD_DECIMAL, .keeps = KEEPS_I64, .scale = 2}},
    {"money", 0, {.label = T("金额"), .type = FIELD_MONEY, .keeps = KEEPS_I64}},
    {"bool", 0, {.label = T("是否"), .type = FIELD_BOOL, .keeps = KEEPS_I64}},
    {"day", 0, {.label = T("日期"), .type = FIELD_DAY, .keeps = KEEPS_STR}},
    {"sheet_day", READ_SHEET, {.label = T("日期"), .type = FIELD_DAY, .keeps = KEEPS_STR}},
    {"past_day", 0, {.label = T("日期"), .type = FIELD_DAY, .keeps = KEEPS_STR, .flags = NOT_FUTURE}},
    {"time", 0, {.label = T("时间"), .type = FIELD_TIME, .keeps = KEEPS_I64}},
    {"text", 0, {.label = T("文字"), .type = FIELD_TEXT, .keeps = KEEPS_STR, .max = 30}},
    {"long", 0, {.label = T("说明"), .type = FIELD_LONG, .keeps = KEEPS_STR | KEEPS_OPT, .max = 30}},
    {"phone", 0, {.label = T("电话"), .type = FIELD_PHONE, .keeps = KEEPS_STR | KEEPS_OPT}},
    {"enum", 0, {.label = T("形式"), .type = FIELD_ENUM, .keeps = KEEPS_STR, .options = kinds}},
    {"enums", 0, {.label = T("特长"), .type = FIELD_ENUMS, .keeps = KEEPS_STR | KEEPS_OPT, .options = skills}},
    {"code", 0, {.label = T("类别"), .type = FIELD_CODE, .keeps = KEEPS_STR, .codes = &categories}},
    {"unit", 0, {.label = T("单位"), .type = FIELD_UNIT, .keeps = KEEPS_I64, .names = &units}},
    {"person", 0, {.label = T("人"), .type = FIELD_PERSON, .keeps = KEEPS_I64, .names = &persons}},
    {"ref", 0, {.label = T("引用"), .type = FIELD_REF, .keeps = KEEPS_I64 | KEEPS_OPT}},
    {"images", 0, {.label = T("照片"), .type = FIELD_IMAGES, .keeps = KEEPS_STR, .max = 3}},
};
/* clang-format on */

enum { N_TYPES = sizeof types / sizeof *types };
static int n_cases[N_TYPES];

static char from_hex(const char *two)
{
    char hex[3] = {two[0], two[1], 0};
    return (char)strtol(hex, NULL, 16);
}

static Str unescaped(Cx *cx, const char *z, size_t n)
{
    char *to = arena_raw(&cx->mem, n + 1);
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        if (z[i] != '\\') {
            to[len++] = z[i];
            continue;
        }
        switch (z[++i]) {
        case 'n': to[len++] = '\n'; break;
        case 'r': to[len++] = '\r'; break;
        case 't': to[len++] = '\t'; break;
        case 's': to[len++] = ' '; break;
        case 'x': to[len++] = from_hex(z + i + 1), i += 2; break;
        default: to[len++] = z[i]; break;
        }
    }
    return (Str){to, len};
}

/* want: '=' and what is written, or '!' and why it is refused. */
static void one(Cx *cx, int t, Str in, Str want)
{
    const struct field *f = &types[t].f;
    struct value v, back;
    Str why;
    char *exact = malloc(in.len + !in.len); /* its own block: ASan sees a step too far */
    assert_non_null(exact);
    if (in.len)
        memcpy(exact, in.at, in.len);
    bool ok = field_read(cx, f, (Str){exact, in.len}, types[t].how, &v, &why);
    Str got = ok ? field_text(cx, f, v, SHOW_FILE) : why;
    n_cases[t]++;
    if (!want.len || ok != (want.at[0] == '=') || !str_eq(got, (Str){want.at + 1, want.len - 1})) {
        print_error("%s “%.*s”: %s “%.*s”, wanted “%.*s”\n", types[t].name, (int)in.len, in.at,
            ok ? "gave" : "refused with", (int)got.len, got.at, (int)want.len, want.at);
        assert_true(false);
    }
    if (ok && v.set) { /* what is written is read back the same */
        assert_true(field_read(cx, f, got, 0, &back, &why));
        assert_true(value_eq(f, v, back));
    }
    free(exact);
}

static int type_named(const char *name, size_t n)
{
    for (int t = 0; t < N_TYPES; t++)
        if (strlen(types[t].name) == n && !memcmp(types[t].name, name, n))
            return t;
    print_error("no type %.*s\n", (int)n, name);
    assert_true(false);
    return -1;
}

static void run_file(Cx *cx, const char *path)
{
    char line[16384];
    int t = -1;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#')
            continue;
        if (line[0] == '[') {
            t = type_named(line + 1, strlen(line) - 2);
            continue;
        }
        size_t n = strcspn(line, "|");
        Str want = unescaped(cx, line, n);
        for (char *p = line + n; *p == '|';) {
            n = strcspn(++p, "|");
            one(cx, t, unescaped(cx, p, n), want);
            p += n;
        }
    }
    fclose(f);
}

static void every_type_takes_what_people_type_and_says_why_not(void **state)
{
    Cx *cx = *state;
    run_file(cx, "tests/cases/numbers.txt");
    run_file(cx, "tests/cases/days.txt");
    run_file(cx, "tests/cases/words.txt");
    run_file(cx, "tests/cases/photos.txt");
    one(cx, type_named("code", 4), S("暴露垃圾"), S("=0102"));
    one(cx, type_named("code", 4), S("0102"), S("=0102"));
    one(cx, type_named("code", 4), S("道路"), S("!没有找到“道路”"));
    one(cx, type_named("code", 4), S(""), S("!请填写类别"));
    for (int t = 0; t < N_TYPES; t++)
        if (strcmp(types[t].name, "sheet_day") != 0 && strcmp(types[t].name, "past_day") != 0
            && strcmp(types[t].name, "code") != 0)
            assert_true(n_cases[t] >= 20);
}

static void no_type_takes_broken_or_hidden_bytes(void **state)
{
    static const char *const utf8[] = {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "a\xE4\xB8",
        "\xE0\x80\xAF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFF", "\xFE", "\xC4\xCF\xCD\xF5\xB4\xE5", "1\xFF",
        "\xF8\x88\x80\x80\x80"};
    static const char *const control[] = {"\x01", "a\x02", "\x08x", "\x0B", "\x0C", "\x1B[31m",
        "\x1F", "\x7F", "\xC2\x80", "\xC2\x9F", "1\x1B", "\x0E"};
    static const char *const bidi[] = {"\xE2\x80\xAE", "a\xE2\x80\xAA", "\xE2\x80\xAB",
        "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8",
        "\xE2\x81\xA9", "\xE2\x80\x8E", "\xE2\x80\x8F"};
    static const char *const parts[] = {
        "e\xCC\x81", "\xEF\xA4\x80", "か\xE3\x82\x99", "\xE2\x84\xAB", "\xF0\xAF\xA0\x80"};
    Cx *cx = *state;
    for (int t = 0; t < N_TYPES; t++) {
        for (size_t i = 0; i < sizeof utf8 / sizeof *utf8; i++)
            one(cx, t, str(utf8[i]), S("!文字编码不对，要用 UTF-8"));
        for (size_t i = 0; i < sizeof control / sizeof *control; i++)
            one(cx, t, str(control[i]), S("!含有看不见的控制字符，请删去"));
        for (size_t i = 0; i < sizeof bidi / sizeof *bidi; i++)
            one(cx, t, str(bidi[i]), S("!含有改变文字方向的隐藏字符，请删去"));
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            one(cx, t, str(parts[i]), S("!有的字是拆开写的或是兼容字形，请重新打这个字"));
        one(cx, t, (Str){"a\0b", 3}, S("!含有看不见的控制字符，请删去"));
    }
}

static void composed_letters_and_ordinary_ideographs_are_taken(void **state)
{
    static const char *const fine[] = {"é", "ǎ", "가", "が", "Å", "﨎", "﨑", "𠮷", "龘", "①"};
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_null(text_wrong(str(fine[i]), false).zh);
}

static void an_english_reader_is_told_in_english(void **state)
{
    Cx *cx = *state;
    struct value v;
    Str why;
    cx->lang = LANG_EN;
    assert_false(field_read(cx, &types[4].f, S("2026-6-31"), 0, &v, &why));
    assert_true(str_eq(why, S("Month 6 of 2026 has no day 31")));
    assert_true(field_read(cx, &types[3].f, S("yes"), 0, &v, &why));
    assert_true(str_eq(field_text(cx, &types[3].f, v, SHOW_PAGE), S("yes")));
    cx->lang = LANG_ZH;
}

/* ---- masks and the log */
struct little {
    Str name;
    OptStr phone, note;
    int64_t n;
};
/* clang-format off */
static const struct field little[] = {
    FIELD_OF(struct little, name, TEXT, T("姓名"), .max = 20, .flags = MASKED | IN_LIST),
    FIELD_OF(struct little, phone, PHONE, T("电话"), .flags = MASKED | SEALED),
    FIELD_OF(struct little, note, LONG, T("说明"), .max = 50, .flags = PUBLIC),
    FIELD_OF(struct little, n, INT, T("数量"), .flags = PUBLIC, .min = 0, .max = 99),
    {0}};
/* clang-format on */

static void names_and_phones_are_shown_in_part(void **state)
{
    Cx *cx = *state;
    static const char *const pairs[][2] = {
        {"李明",            "李*"  },
        {"李小明",         "李**" },
        {"欧阳小明",      "欧***"},
        {"买买提·艾力", "**"    },
        {"李",               "**"    }
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_true(str_eq(mask_name(cx, str(pairs[i][0])), str(pairs[i][1])));
    assert_true(str_eq(mask_phone(cx, S("13812345678")), S("138****5678")));
    assert_true(str_eq(mask_phone(cx, S("037163000000")), S("037****0000")));
    assert_true(str_eq(mask_phone(cx, S("110")), S("**")));

    struct value phone = {.set = true, .s = S("13812345678")};
    assert_true(
        str_eq(field_shown(cx, &little[1], phone, SHOW_PAGE, SIGHT_STAFF), S("138****5678")));
    assert_true(
        str_eq(field_shown(cx, &little[1], phone, SHOW_PAGE, SIGHT_FULL), S("13812345678")));
    assert_int_equal(field_shown(cx, &little[1], phone, SHOW_PAGE, SIGHT_PUBLIC).len, 0);
}

static void the_log_is_told_what_changed_but_not_what_is_masked(void **state)
{
    Cx *cx = *state;
    struct little was = {.name = S("李明"), .n = 3},
                  became = {.name = S("李小明"), .n = 4, .note = some_str(S("新"))};
    cx->lang = LANG_EN; /* the log has one language all the same */
    assert_true(str_eq(
        fields_diff(cx, little, &was, &became), S("姓名：改了；说明：空 → 新；数量：3 → 4")));
    assert_int_equal(fields_diff(cx, little, &was, &was).len, 0);
    assert_int_equal(cx->lang, LANG_EN);
}

static void all_messages_of_a_form_come_at_once(void **state)
{
    Cx *cx = *state;
    static const struct pair typed[] = {
        {{"name", 4},  {"", 0}         },
        {{"phone", 5}, {"1381", 4}     },
        {{"n", 1},     {"１００", 9}},
        {{"csrf", 4},  {"x", 1}        },
    };
    struct little row = {0};
    struct told told[4];
    assert_int_equal(
        form_read(cx, little, (struct pairs){typed, 4}, "csrf key", 0, &row, told), ERR_INVALID);
    assert_string_equal(cx->why.field, "name");
    assert_true(str_eq(told[0].why, S("请填写姓名")));
    assert_true(str_eq(told[1].why, S("现在 4 位，手机号要 11 位")));
    assert_int_equal(told[2].why.len, 0);
    assert_true(str_eq(told[3].why, S("要在 0 到 99 之间")));
    assert_true(str_eq(told[3].typed, S("１００")));
}

static void a_field_that_is_not_of_the_form_is_refused(void **state)
{
    Cx *cx = *state;
    static const struct pair typed[] = {
        {{"name", 4},  {"李明", 6}},
        {{"n", 1},     {"1", 1}     },
        {{"admin", 5}, {"1", 1}     },
    };
    struct little row = {0};
    struct told told[4];
    assert_int_equal(
        form_read(cx, little, (struct pairs){typed, 3}, "csrf key", 0, &row, told), ERR_INVALID);
    assert_string_equal(cx->why.field, "form");
}

static int fresh(void **state)
{
    static Cx cx;
    cx = (Cx){.now = town_ms(2026, 6, 15, 10, 0)};
    *state = &cx;
    return 0;
}

static int done(void **state)
{
    arena_reset(&((Cx *)*state)->mem);
    return 0;
}

#define ALONE(test) cmocka_unit_test_setup_teardown(test, fresh, done)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ALONE(every_type_takes_what_people_type_and_says_why_not),
        ALONE(no_type_takes_broken_or_hidden_bytes),
        ALONE(composed_letters_and_ordinary_ideographs_are_taken),
        ALONE(an_english_reader_is_told_in_english),
        ALONE(names_and_phones_are_shown_in_part),
        ALONE(the_log_is_told_what_changed_but_not_what_is_masked),
        ALONE(all_messages_of_a_form_come_at_once),
        ALONE(a_field_that_is_not_of_the_form_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
