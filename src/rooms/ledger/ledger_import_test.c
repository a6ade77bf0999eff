/* ledger_import_test.c — tables in and out: refusals, dry run, batch, undo, round trip, masks. */
#include "tests/publicity.h"

#include "photo/photo.h"
#include "rooms/duty/post.h"
#include "store/log.h"

#include <stdlib.h>

#define HEAD "单位,形式,内容,位置,数量,日期,照片,撤除日\r\n"

/* One line of a table: title, number, day. */
struct line {
    const char *title, *n, *day;
};

static Str table(Cx *cx, Str photo, const struct line *lines, size_t n)
{
    struct sink o = {.mem = &cx->mem};
    sink_z(&o, "\xEF\xBB\xBF" HEAD);
    for (size_t i = 0; i < n; i++)
        sink_z(&o, arena_printf(&cx->mem, "南王村,宣传栏,%s,村口,%s,%s,%.*s,\r\n", lines[i].title,
                       lines[i].n, lines[i].day, (int)photo.len, photo.at));
    return (Str){o.at, o.len};
}

static struct import imported(Cx *cx, Str bytes)
{
    struct import im = {.file = S("宣传.csv")};
    assert_int_equal(ledger_import(cx, &publicity_ledger, bytes, &im), OK);
    return im;
}

static void refused(Cx *cx, Str bytes, const char *part)
{
    struct import im = {0};
    assert_int_equal(ledger_import(cx, &publicity_ledger, bytes, &im), ERR_INVALID);
    assert_string_equal(cx->why.field, "file");
    if (!str_has(cx->why.say, part))
        print_error("“%.*s”, wanted “%s”\n", (int)cx->why.say.len, cx->why.say.at, part);
    assert_true(str_has(cx->why.say, part));
}

static void a_head_line_that_does_not_fit_is_refused_in_a_sentence(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    refused(cx, S(""), "空的");
    refused(cx, S("\xB5\xA5\xCE\xBB,\xD0\xCE\xCA\xBD\r\n"), "多半是 GBK");
    refused(cx, S("单位,单位\r\n"), "有两个");
    refused(cx, S("单位,颜色\r\n"), "没有“颜色”这一列");
    refused(cx, S("单位,形式\r\n"), "缺少“内容”这一列");
    cx->lang = LANG_EN;
    refused(cx, S("Unit,kind\r\n"), "The column “What it says” is missing");
    cx->lang = LANG_ZH;
}

static void who_may_not_import_is_refused(void **state)
{
    Cx *cx = *state;
    struct import im = {.dry = true};
    sign_in(cx, INSPECTOR_SHI);
    assert_int_equal(ledger_import(cx, &publicity_ledger, S(HEAD), &im), ERR_FORBIDDEN);
}

static const struct line mixed[] = {
    {"甲",                                "1",         "2026-06-01"},
    {"乙",                                "零",       "2026-6-31" },
    {"丙",                                "1",         "46174"     },
    {"\"带\"\"引号\"\"，和,逗号\"", "\"1,000\"", "2026/6/2"  },
};

static void a_dry_run_tells_each_wrong_cell_and_stores_nothing(void **state)
{
    Cx *cx = *state;
    Str csv = table(cx, a_photo(cx), mixed, 4);
    struct import im = {.dry = true};
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(ledger_import(cx, &publicity_ledger, csv, &im), OK);
    assert_int_equal(im.added, 3);
    assert_int_equal(im.wrong, 1);
    assert_int_equal(im.n_bad, 2);
    assert_int_equal(im.bad[0].line, 3);
    assert_true(str_eq(im.bad[0].column, S("数量")) && str_eq(im.bad[0].typed, S("零")));
    assert_true(str_eq(im.bad[1].why, S("2026 年 6 月没有 31 日")));
    assert_int_equal(n_rows(cx), 0);
}

static void the_same_file_twice_is_stored_once(void **state)
{
    Cx *cx = *state;
    Str csv = table(cx, a_photo(cx), mixed, 4);
    sign_in(cx, SECRETARY_QIAN);
    struct import once = imported(cx, csv), twice = imported(cx, csv), dry = {.dry = true};
    assert_int_equal(once.added, 3);
    assert_int_equal(once.wrong, 1);
    assert_int_equal(twice.again, 3);
    assert_int_equal(twice.added, 0);
    assert_int_equal(ledger_import(cx, &publicity_ledger, csv, &dry), OK);
    assert_int_equal(dry.again, 3);
    assert_int_equal(n_rows(cx), 3);
    assert_int_equal(cx->town_id, TEST_TOWN);
}

static void lines_that_do_not_fit_are_named_by_their_number(void **state)
{
    Cx *cx = *state;
    Str photo = a_photo(cx);
    sign_in(cx, SECRETARY_QIAN);
    const char *csv = arena_printf(&cx->mem,
        HEAD "南王村,宣传栏\r\n南王村,宣传栏,\"多\n行\",村口,1,2026-06-01,%.*s,\n\r\n"
             "孙庄村,宣传栏,甲,村口,1,2026-06-01,%.*s,\n"
             "南王村,宣传栏,甲,村口,1,2026-06-03,%.*s,2026-06-02\n\"没有",
        64, photo.at, 64, photo.at, 64, photo.at);
    struct import im = imported(cx, str(csv));
    static const struct {
        int64_t line;
        const char *why;
    } bad[] = {
        {2, "列数和表头不一样"},
        {3, "只能写一行"         },
        {6, "这个单位不归您管"},
        {7, "撤除日早于日期"   },
        {8, "引号没有配对"      },
    };
    assert_int_equal(im.n_bad, 5);
    assert_int_equal(im.wrong, 5);
    assert_int_equal(im.added, 0);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(im.bad[i].line, bad[i].line);
        assert_true(str_eq(im.bad[i].why, str(bad[i].why)));
    }
}

static void an_import_is_taken_back_but_for_rows_that_were_changed(void **state)
{
    Cx *cx = *state;
    Str csv = table(cx, a_photo(cx), mixed, 4);
    sign_in(cx, SECRETARY_QIAN);
    struct import im = imported(cx, csv);
    struct ledger_list_view v;
    assert_int_equal(ledger_list(cx, &publicity_ledger, (struct pairs){0}, SIGHT_STAFF, &v), OK);
    static const struct pair five[] = {P("n_pieces", "5")};
    struct saving s = {
        {five, 1},
        .id = v.lines.at[0].id, .version = 1, .how = READ_SOME
    };
    assert_int_equal(ledger_save(cx, &publicity_ledger, &s), OK);
    size_t removed;
    assert_int_equal(ledger_undo(cx, &publicity_ledger, im.batch, &removed), OK);
    assert_int_equal(removed, 2);
    assert_int_equal(n_rows(cx), 1);
    struct ledger_batches b;
    assert_int_equal(ledger_batches(cx, &publicity_ledger, &b), OK);
    assert_int_equal(b.n, 1);
    assert_true(b.at[0].undone && b.at[0].n_undone == 2 && b.at[0].n_added == 3);
    assert_true(str_eq(b.at[0].who, S("钱七")) && str_eq(b.at[0].file, S("宣传.csv")));
    im = imported(cx, csv); /* what was taken back may come again */
    assert_int_equal(im.added, 2);
    assert_int_equal(im.again, 1);
}

static void many_lines_go_in_slices(void **state)
{
    Cx *cx = *state;
    enum { LINES = 3 * SLICE + 7 };
    struct line *lines = NEW_ARRAY(&cx->mem, LINES, struct line);
    for (int i = 0; i < LINES; i++)
        lines[i] = (struct line){
            arena_printf(&cx->mem, "第%d条", i), i == SLICE + 3 ? "0" : "1", "2026-06-01"};
    Str csv = table(cx, a_photo(cx), lines, LINES);
    sign_in(cx, SECRETARY_QIAN);
    struct import im = imported(cx, csv);
    assert_int_equal(im.added, LINES - 1);
    assert_int_equal(im.wrong, 1);
    assert_int_equal(im.bad[0].line, SLICE + 3 + 2);
    size_t removed;
    assert_int_equal(ledger_undo(cx, &publicity_ledger, im.batch, &removed), OK);
    assert_int_equal(removed, LINES - 1);
}

/* ---- out and in again */
static Str exported(Cx *cx, const struct ledger *l, enum sight sight, enum format format)
{
    struct sink o = {.mem = &cx->mem};
    size_t n;
    assert_int_equal(ledger_export(cx, l, (struct pairs){0}, sight, format, &o, &n), OK);
    return (Str){o.at, o.len};
}

static const struct line formulas[] = {
    {"=1+1",            "1", "2026-06-01"},
    {"'=1+2",           "2", "2026-06-02"},
    {"''@x",            "3", "2026-06-03"},
    {"-5",              "4", "2026-06-04"},
    {"+x",              "5", "2026-06-05"},
    {"\"a,\"\"b\"\"\"", "6", "2026-06-06"},
    {"'q",              "7", "2026-06-07"},
    {"@SUM(A1)",        "8", "2026-06-08"},
};

static void what_goes_out_comes_back_equal(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(imported(cx, table(cx, a_photo(cx), formulas, 8)).added, 8);
    Str first = exported(cx, &publicity_ledger, SIGHT_STAFF, FORMAT_CSV);
    static const char *const there[] = {",'=1+1,", ",'=1+2,", ",''@x,", ",'-5,", ",'+x,",
        ",\"a,\"\"b\"\"\",", ",'q,", ",'@SUM(A1),", "\xEF\xBB\xBF编号,版本,内容,", ",南王村,"};
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        assert_true(str_has(first, there[i]));
    assert_false(str_has(first, ",=1+1") || str_has(first, ",@SUM"));

    struct import back = imported(cx, first);
    assert_int_equal(back.same, 8);
    assert_int_equal(back.added + back.changed + back.wrong, 0);
    assert_true(str_eq(exported(cx, &publicity_ledger, SIGHT_STAFF, FORMAT_CSV), first));
}

static void a_public_export_has_public_columns_only(void **state)
{
    Cx *cx = *state;
    sign_in(cx, SECRETARY_QIAN);
    imported(cx, table(cx, a_photo(cx), mixed, 4));
    Str json = exported(cx, &publicity_ledger, SIGHT_PUBLIC, FORMAT_JSON);
    assert_true(str_has(json, "\"kind\":\"board\"") && str_has(json, "\"n_pieces\":1000"));
    assert_false(str_has(json, "removed_on") || str_has(json, "village"));
    json = exported(cx, &publicity_ledger, SIGHT_STAFF, FORMAT_JSON);
    assert_true(str_has(json, "\"removed_on\":null"));
}

/* The publicity ledger with its title masked, as a name would be. */
static struct ledger with_masks(Cx *cx)
{
    struct ledger l = publicity_ledger;
    size_t n = fields_n(l.fields);
    struct field *fields = NEW_ARRAY(&cx->mem, n + 1, struct field);
    memcpy(fields, l.fields, n * sizeof *fields);
    fields[0].flags |= MASKED;
    l.fields = fields;
    return l;
}

static Str replaced(Cx *cx, Str in, const char *from, const char *to)
{
    char *at = memmem(in.at, in.len, from, strlen(from));
    assert_non_null(at);
    size_t before = (size_t)(at - in.at);
    Str rest = {at + strlen(from), in.len - before - strlen(from)};
    return str(
        arena_printf(&cx->mem, "%.*s%s%.*s", (int)before, in.at, to, (int)rest.len, rest.at));
}

static void an_edited_export_changes_only_those_cells_and_masks_overwrite_nothing(void **state)
{
    Cx *cx = *state;
    static const struct line people[] = {
        {"李小明", "1", "2026-06-01"},
        {"王芳",    "2", "2026-06-02"}
    };
    struct ledger l = with_masks(cx);
    sign_in(cx, SECRETARY_QIAN);
    imported(cx, table(cx, a_photo(cx), people, 2));
    Str out = exported(cx, &l, SIGHT_STAFF, FORMAT_CSV);
    assert_true(str_has(out, "李**") && str_has(out, "王*"));
    assert_false(str_has(out, "李小明"));
    assert_true(str_has(exported(cx, &l, SIGHT_FULL, FORMAT_CSV), "李小明"));

    Str edited = replaced(cx, out, "村口,2,", "村口,20,");
    struct import im = {0};
    assert_int_equal(ledger_import(cx, &l, edited, &im), OK);
    assert_int_equal(im.changed, 1);
    assert_int_equal(im.same, 1);
    assert_int_equal(im.wrong + im.added, 0);
    Str after = exported(cx, &l, SIGHT_FULL, FORMAT_CSV);
    assert_true(str_has(after, "王芳") && str_has(after, "村口,20,"));
    assert_int_equal(ledger_import(cx, &l, replaced(cx, edited, "村口,20,", "村口,21,"), &im), OK);
    assert_int_equal(im.wrong, 1);
    assert_true(str_eq(im.bad[0].why, S("导出以后别人改过这一行")));
}

/* ---- lines that a room's own rule takes */
struct note {
    Str text;
    int64_t n;
};
static int64_t n_taken;

static Err note_check(Cx *cx, const void *row)
{
    const struct note *in = row;
    return in->n == 13 ? fail(cx, ERR_INVALID, "n", (Text){"不吉利", ""}) : OK;
}

static Err note_take(Cx *cx, const void *row, struct taken *to)
{
    const struct note *in = row;
    if (in->n == 99)
        return fail(cx, ERR_CONFLICT, "n", (Text){"已经有了", ""});
    to->object = new_id(cx);
    to->changed = in->n == 7;
    n_taken = to->object;
    return event_add(cx, &(struct event){.verb = "note", .object = to->object});
}

/* clang-format off */
static const struct field note_fields[] = {
    FIELD_OF(struct note, text, TEXT, ((Text){"文字", ""}), .max = 20),
    FIELD_OF(struct note, n, INT, ((Text){"数量", ""}), .min = 0, .max = 1000),
    {0}};
/* clang-format on */
static const struct ledger notes = {
    LEDGER_LINES(struct note), .name = "notes", .label = {"便条", ""},
           .load = OFFICE_POSTS,
    .fields = note_fields, .check = note_check, .take = note_take
};

static void a_rooms_own_rule_takes_lines_and_says_what_they_became(void **state)
{
    Cx *cx = *state;
    Str csv = S("text,数量\n甲,1\n乙,7\n丙,13\n丁,99\n戊,2\n");
    struct import im = {.dry = true};
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_sound(cx, &notes), OK);
    assert_int_equal(ledger_import(cx, &notes, csv, &im), OK);
    assert_int_equal(im.added, 4);
    assert_int_equal(im.wrong, 1);
    im = (struct import){0};
    assert_int_equal(ledger_import(cx, &notes, csv, &im), OK);
    assert_int_equal(im.added, 2);
    assert_int_equal(im.changed, 1);
    assert_int_equal(im.wrong, 2);
    assert_true(str_eq(im.bad[0].why, S("不吉利")) && im.bad[0].line == 4);
    assert_true(str_eq(im.bad[1].why, S("已经有了")) && im.bad[1].line == 5);
    assert_true(n_taken > 0);
    size_t removed;
    assert_int_equal(ledger_undo(cx, &notes, im.batch, &removed), ERR_INVALID);
}

/* ---- a file between dry run and confirmation */
static void a_file_waits_for_who_brought_it_and_goes_after_a_day(void **state)
{
    Cx *cx = *state;
    Str name, bytes;
    int64_t id;
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(ledger_file_keep(cx, &publicity_ledger, S("a.csv"), S("单位\n"), &id), OK);
    assert_int_equal(ledger_file_find(cx, &publicity_ledger, id, &name, &bytes), OK);
    assert_true(str_eq(name, S("a.csv")) && str_eq(bytes, S("单位\n")));
    sign_in(cx, OFFICE_ZHENG);
    assert_int_equal(ledger_file_find(cx, &publicity_ledger, id, &name, &bytes), ERR_NOT_FOUND);
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(ledger_file_drop(cx, id), OK);
    assert_int_equal(ledger_file_find(cx, &publicity_ledger, id, &name, &bytes), ERR_NOT_FOUND);
}

static void it_says_what_it_is(void **state)
{
    Cx *cx = *state;
    struct sink o = {.mem = &cx->mem};
    ledger_describe(&o, &publicity_ledger);
    Str s = {o.at, o.len};
    assert_true(str_has(s, "{\"name\":\"kind\",\"label\":\"形式\",\"type\":\"enum\","
                           "\"required\":true,\"public\":true,\"filter\":true,"
                           "\"options\":[\"banner\","));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_head_line_that_does_not_fit_is_refused_in_a_sentence),
        IN_TOWN(who_may_not_import_is_refused),
        IN_TOWN(a_dry_run_tells_each_wrong_cell_and_stores_nothing),
        IN_TOWN(the_same_file_twice_is_stored_once),
        IN_TOWN(lines_that_do_not_fit_are_named_by_their_number),
        IN_TOWN(an_import_is_taken_back_but_for_rows_that_were_changed),
        IN_TOWN(many_lines_go_in_slices),
        IN_TOWN(what_goes_out_comes_back_equal),
        IN_TOWN(a_public_export_has_public_columns_only),
        IN_TOWN(an_edited_export_changes_only_those_cells_and_masks_overwrite_nothing),
        IN_TOWN(a_rooms_own_rule_takes_lines_and_says_what_they_became),
        IN_TOWN(a_file_waits_for_who_brought_it_and_goes_after_a_day),
        IN_TOWN(it_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
