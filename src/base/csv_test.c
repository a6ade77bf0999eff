/* csv_test.c — tables in and out, and JSON. */
#include "town.h"

#include "base/csv.h"
#include "base/json.h"
#include "base/utf8.h"

static void refused(Str bytes, const char *part)
{
    Cx cx = {0};
    struct csv csv;
    Text why = csv_open(bytes, &csv);
    while (!why.zh && csv_next(&cx, &csv, &why))
        ;
    if (!why.zh || !strstr(why.zh, part))
        print_error("“%s”, wanted “%s”\n", why.zh ? why.zh : "taken", part);
    assert_true(why.zh && strstr(why.zh, part));
    arena_reset(&cx.mem);
}

static void files_that_are_no_table_are_refused_in_a_sentence(void **state)
{
    Cx *cx = *state;
    refused(S(""), "空的");
    refused(S("\xEF\xBB\xBF"), "空的");
    refused(S("\xB5\xA5\xCE\xBB,\xD0\xCE\xCA\xBD\r\n"), "多半是 GBK");
    refused(S("\xFF\xFEXU"), "UTF-16");
    refused(S("PK\x03\x04"), "XLSX");
    refused(S("\xD0\xCF\x11\xE0"), "XLS");
    refused(S("单位,\0"), "NUL");
    refused(S("\"单位"), "引号没有配对");
    refused(S("\"单位\"x,y"), "引号后面还有字");
    char *wide = arena_alloc(&cx->mem, 300);
    memset(wide, ',', 300);
    refused((Str){wide, 300}, "最多 100 列");
}

static void lines_are_counted_as_a_person_counts_them(void **state)
{
    Cx *cx = *state;
    struct csv csv;
    Text why = csv_open(S("\xEF\xBB\xBF"
                          "a,b\r\n1,\"two\nlines\"\n\n3,4"),
        &csv);
    assert_null(why.zh);
    static const size_t lines[] = {1, 2, 4, 5}, cells[] = {2, 2, 1, 2};
    for (size_t i = 0; i < 4; i++) {
        assert_true(csv_next(cx, &csv, &why));
        assert_int_equal(csv.line, lines[i]);
        assert_int_equal(csv.n, cells[i]);
    }
    assert_true(str_eq(csv.cells[1], S("4")));
    assert_false(csv_next(cx, &csv, &why));
    assert_null(why.zh);
}

static Str written(Cx *cx, Str cell, bool number)
{
    struct sink o = {.mem = &cx->mem};
    sink_csv(&o, cell, number);
    return (Str){o.at, o.len};
}

static void a_formula_goes_out_as_text_and_comes_back_as_it_was(void **state)
{
    Cx *cx = *state;
    static const char *const cells[] = {"=1+1", "+x", "-x", "@SUM(A1)", "\tx", "'=1+1", "''@x",
        "'q", "a,b", "say \"hi\"", "two\nlines", "", "'", "-5", "南王村"};
    assert_true(str_eq(written(cx, S("=1+1"), false), S("'=1+1")));
    assert_true(str_eq(written(cx, S("=a,b"), false), S("\"'=a,b\"")));
    assert_true(str_eq(written(cx, S("-5"), true), S("-5")));
    assert_true(str_eq(written(cx, S("-5"), false), S("'-5")));
    assert_true(str_eq(written(cx, S("say \"hi\""), false), S("\"say \"\"hi\"\"\"")));
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        Str line = str(arena_printf(&cx->mem, "x,%.*s\r\n",
            (int)written(cx, str(cells[i]), false).len, written(cx, str(cells[i]), false).at));
        struct csv csv;
        Text why = csv_open(line, &csv);
        assert_null(why.zh);
        assert_true(csv_next(cx, &csv, &why) && csv.n == 2);
        assert_true(str_eq(csv.cells[1], str(cells[i])));
    }
}

static void json_puts_its_own_commas_and_escapes(void **state)
{
    Cx *cx = *state;
    struct sink o = {.mem = &cx->mem};
    struct json j = {.to = &o};
    json_open(&j, '{');
    json_str(&j, "place", S("</script>\"\\\x01 村口"));
    json_i64(&j, "n", INT64_MIN);
    json_opt_i64(&j, "handler", (OptI64){0});
    json_bool(&j, "late", false);
    json_list(&j, "photos");
    json_z(&j, NULL, "a");
    json_z(&j, NULL, "b");
    json_close(&j, ']');
    json_list(&j, "empty");
    json_close(&j, ']');
    json_str(&j, "said", S(""));
    json_close(&j, '}');
    assert_int_equal(sink_end(&o), OK);
    assert_true(str_eq((Str){o.at, o.len},
        S("{\"place\":\"\\u003c/script\\u003e\\\"\\\\\\u0001 村口\",\"n\":-9223372036854775808,"
          "\"handler\":null,\"late\":false,\"photos\":[\"a\",\"b\"],\"empty\":[],\"said\":\"\"}")));
}

static Err count(void *to, Str piece)
{
    size_t *n = to;
    *n += piece.len;
    return *n > 100000 ? ERR_BUSY : OK;
}

static void a_sink_hands_on_in_pieces_and_stops_at_the_first_error(void **state)
{
    Cx *cx = *state;
    size_t got = 0;
    struct sink o = {.flush = count, .to = &got, .mem = &cx->mem};
    for (int i = 0; i < 10000; i++)
        sink_put(&o, S("0123456789"));
    assert_int_equal(sink_end(&o), OK);
    assert_int_equal(got, 100000);
    assert_int_equal(o.total, 100000);
    assert_true(o.cap < 64 * 1024);
    sink_put(&o, S("!"));
    assert_int_equal(sink_end(&o), ERR_BUSY);
    size_t at_error = got;
    sink_put(&o, S("more"));
    assert_int_equal(sink_end(&o), ERR_BUSY);
    assert_int_equal(got, at_error);
}

static int fresh(void **state)
{
    static Cx cx;
    cx = (Cx){0};
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
        ALONE(files_that_are_no_table_are_refused_in_a_sentence),
        ALONE(lines_are_counted_as_a_person_counts_them),
        ALONE(a_formula_goes_out_as_text_and_comes_back_as_it_was),
        ALONE(json_puts_its_own_commas_and_escapes),
        ALONE(a_sink_hands_on_in_pieces_and_stops_at_the_first_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
