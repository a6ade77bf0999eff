/* ledger_web_test.c — the pages of a ledger, from the empty list to the import taken back. */
#include "tests/publicity.h"
#include "tests/web_town.h"

#include "photo/photo.h"
#include "web/web_call.h"

#include <stdlib.h>

static void shows(struct web_answer a, int status, const char *const *texts)
{
    if (a.status != status)
        print_error("%d:\n%.*s\n", a.status, (int)a.body.len, a.body.at);
    assert_int_equal(a.status, status);
    for (; *texts; texts++) {
        if (!str_has(a.body, *texts))
            print_error("“%s” is not in\n%.*s\n", *texts, (int)a.body.len, a.body.at);
        assert_true(str_has(a.body, *texts));
    }
}
#define SHOWS(answer, status, ...) shows(answer, status, (const char *const[]){__VA_ARGS__, NULL})

static void an_empty_ledger_says_what_to_do_next(void **state)
{
    Cx *cx = *state;
    web_call_open(cx, town_dir());
    const char *qian = town_cookie_text(cx, SECRETARY_QIAN),
               *shi = town_cookie_text(cx, INSPECTOR_SHI);
    SHOWS(web_get(cx, "/ledgers", qian), 200, "宣传台账", "/ledgers/publicity/import");
    SHOWS(web_get(cx, "/ledgers/publicity", qian), 200, "还没有记录", "新增第一条");
    struct web_answer a = web_get(cx, "/ledgers/publicity", shi);
    SHOWS(a, 200, "还没有记录", "谁来记");
    assert_false(str_has(a.body, "/ledgers/publicity/new"));
    SHOWS(web_get(cx, "/ledgers/publicity?kind=radio", qian), 200, "没有符合条件的");
    assert_int_equal(web_get(cx, "/ledgers/nothing", qian).status, 404);
    assert_int_equal(web_get(cx, "/ledgers/publicity?sort=drop", qian).status, 422);
    assert_int_equal(web_get(cx, "/ledgers/publicity/new", shi).status, 403);
    assert_int_equal(web_get(cx, "/ledgers/publicity/import", shi).status, 403);
    assert_int_equal(web_get(cx, "/ledgers/publicity", NULL).status, 303);
    web_call_close();
}

static void a_row_is_made_shown_changed_and_exported(void **state)
{
    Cx *cx = *state;
    struct pairs good = a_form(cx, a_photo(cx), NULL, 0);
    good.n--; /* without csrf: the caller's own is put in */
    web_call_open(cx, town_dir());
    const char *qian = town_cookie_text(cx, SECRETARY_QIAN);
    SHOWS(web_get(cx, "/ledgers/publicity/new", qian), 200, "<option value=\"410108101206000\"",
        "name=\"photo\"", "新增一条");
    struct web_answer made =
        web_send(cx, "/ledgers/publicity/0/edit", qian, (struct pairs){good.at, good.n});
    assert_int_equal(made.status, 303);
    const char *row = as_z(cx, made.location);
    SHOWS(web_get(cx, row, qian), 200, "清洁家园 人人动手", "标语横幅", "南王村", "/photo/", "新增",
        "钱七");
    SHOWS(web_get(cx, "/ledgers/publicity?kind=banner", qian), 200, row, "2026-06-12");
    const char *edit = arena_printf(&cx->mem, "%s/edit", row);
    SHOWS(web_get(cx, edit, qian), 200, "value=\"12\"", "/320\"");

    static const struct pair wrong[] = {
        P("title", "<script>"), P("n_pieces", "0"), P("version", "1")};
    SHOWS(web_send(cx, edit, qian, (struct pairs){wrong, 3}), 422, "要在 1 到 100000 之间",
        "value=\"&lt;script&gt;\"", "请填写位置");
    struct pair *again = NEW_ARRAY(&cx->mem, good.n + 1, struct pair);
    memcpy(again, good.at, good.n * sizeof *again);
    again[4] = (struct pair)P("n_pieces", "20");
    again[good.n] = (struct pair)P("version", "1");
    assert_int_equal(web_send(cx, edit, qian, (struct pairs){again, good.n + 1}).status, 303);
    SHOWS(web_get(cx, row, qian), 200, "数量：12 → 20");
    again[4] = (struct pair)P("n_pieces", "30");
    SHOWS(web_send(cx, edit, qian, (struct pairs){again, good.n + 1}), 409, "别人刚改成：20",
        "value=\"30\"");

    struct web_answer csv = web_get(cx, "/ledgers/publicity.csv", qian);
    assert_int_equal(csv.status, 200);
    assert_true(str_has(web_header(&csv, "Content-Disposition"), "publicity.csv"));
    SHOWS(web_get(cx, "/ledgers/publicity.json?kind=banner", qian), 200, "\"n_pieces\":20");
    const char *unmask = arena_printf(&cx->mem, "%s/unmask", row);
    static const struct pair none[] = {P("reason", "")}, reason[] = {P("reason", "核对")};
    assert_int_equal(web_send(cx, unmask, qian, (struct pairs){none, 1}).status, 422);
    SHOWS(web_send(cx, unmask, qian, (struct pairs){reason, 1}), 200, "看全", "核对");
    assert_int_equal(web_get(cx, row, town_cookie_text(cx, SECRETARY_OF_SUNZHUANG)).status, 404);
    cx->now += 10 * 60 * 1000; /* the password was typed too long ago for these */
    assert_int_equal(web_get(cx, row, qian).status, 200);
    assert_true(str_has(web_get(cx, "/ledgers/publicity.csv", qian).location, "/prove"));
    assert_false(web_send(cx, unmask, qian, (struct pairs){reason, 1}).status == 200);
    web_call_close();
}

/* A table file as a browser sends it. */
static struct web_answer upload(Cx *cx, const char *cookie, const char *csrf, Str table)
{
    const char *body = arena_printf(&cx->mem,
        "--BB\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
        "--BB\r\nContent-Disposition: form-data; name=\"file\"; filename=\"宣传.csv\"\r\n"
        "Content-Type: text/csv\r\n\r\n%.*s\r\n--BB--\r\n",
        csrf, (int)table.len, table.at);
    return web_call(cx, &(struct web_call){.method = "POST",
                            .path = "/ledgers/publicity/import",
                            .cookie = cookie,
                            .type = "multipart/form-data; boundary=BB",
                            .body = str(body)});
}

/* What stands in the page between two pieces. */
static const char *between(Cx *cx, Str body, const char *before, const char *after)
{
    const char *from = memmem(body.at, body.len, before, strlen(before));
    assert_non_null(from);
    from += strlen(before);
    const char *to = memmem(from, body.len - (size_t)(from - body.at), after, strlen(after));
    assert_non_null(to);
    return arena_printf(&cx->mem, "%.*s", (int)(to - from), from);
}

static void a_table_is_tried_confirmed_and_taken_back(void **state)
{
    Cx *cx = *state;
    Str photo = a_photo(cx);
    web_call_open(cx, town_dir());
    const char *qian = town_cookie_text(cx, SECRETARY_QIAN);
    struct web_answer page = web_get(cx, "/ledgers/publicity/import", qian);
    SHOWS(page, 200, "试跑", "下载空表", "形式", "标语横幅", "还没有导入过");
    const char *csrf = between(cx, page.body, "name=\"csrf\" value=\"", "\"");
    SHOWS(web_get(cx, "/ledgers/publicity/blank.csv", qian), 200, "内容,形式,单位,位置");

    Str table = str(arena_printf(&cx->mem,
        "单位,形式,内容,位置,数量,日期,照片\r\n南王村,宣传栏,甲,村口,1,2026-06-01,%.*s\r\n"
        "南王村,宣传栏,乙,村口,零,2026-06-01,%.*s\r\n",
        64, photo.at, 64, photo.at));
    struct web_answer dry = upload(cx, qian, csrf, table);
    SHOWS(dry, 200, "导入试跑", "还没有写入", "第 3 行", "请写整数，例如 12");
    sign_in(cx, SECRETARY_QIAN);
    assert_int_equal(n_rows(cx), 0);
    const char *id = between(cx, dry.body, "action=\"/ledgers/publicity/import/", "\"");
    const char *confirm = arena_printf(&cx->mem, "/ledgers/publicity/import/%s", id);
    struct web_answer done = web_send(cx, confirm, qian, (struct pairs){NULL, 0});
    SHOWS(done, 200, "已导入", "整批撤回", "宣传.csv", "钱七");
    assert_int_equal(web_send(cx, confirm, qian, (struct pairs){NULL, 0}).status,
        404); /* it does not wait any more */
    SHOWS(web_get(cx, "/ledgers/publicity", qian), 200, "甲");

    const char *batch = between(cx, done.body, "/ledgers/publicity/batches/", "/undo");
    const char *undo = arena_printf(&cx->mem, "/ledgers/publicity/batches/%s/undo", batch);
    assert_int_equal(web_send(cx, undo, qian, (struct pairs){NULL, 0}).status, 303);
    SHOWS(web_get(cx, "/ledgers/publicity/import", qian), 200, "已撤回 1 行");
    SHOWS(web_get(cx, "/ledgers/publicity", qian), 200, "还没有记录");
    SHOWS(upload(cx, qian, csrf, S("单位,颜色\r\n")), 422, "宣传台账没有“颜色”这一列");
    web_call_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(an_empty_ledger_says_what_to_do_next),
        IN_TOWN(a_row_is_made_shown_changed_and_exported),
        IN_TOWN(a_table_is_tried_confirmed_and_taken_back),
    };
    return cmocka_run_group_tests(tests, photos_begin, photos_end);
}
