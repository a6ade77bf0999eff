/* ledger_web_test.c — the pages of a ledger, from the empty list to the import taken back. */
#include "tests/publicity.h"

#include "photo/photo.h"
#include "web/web_call.h"

#include <stdlib.h>

static const char *cookie_of(Cx *cx, int64_t person)
{
    Str c = town_cookie(cx, person);
    return arena_printf(&cx->mem, "%.*s", (int)c.len, c.at);
}

static struct web_answer get(Cx *cx, const char *cookie, const char *path)
{
    return web_call(cx, &(struct web_call){.path = path, .cookie = cookie});
}

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
    const char *qian = cookie_of(cx, SECRETARY_QIAN), *shi = cookie_of(cx, INSPECTOR_SHI);
    SHOWS(get(cx, qian, "/ledgers"), 200, "宣传台账", "/ledgers/publicity/import");
    SHOWS(get(cx, qian, "/ledgers/publicity"), 200, "还没有记录", "新增第一条");
    struct web_answer a = get(cx, shi, "/ledgers/publicity");
    SHOWS(a, 200, "还没有记录", "谁来记");
    assert_false(str_has(a.body, "/ledgers/publicity/new"));
    SHOWS(get(cx, qian, "/ledgers/publicity?kind=radio"), 200, "没有符合条件的");
    assert_int_equal(get(cx, qian, "/ledgers/nothing").status, 404);
    assert_int_equal(get(cx, qian, "/ledgers/publicity?sort=drop").status, 422);
    assert_int_equal(get(cx, shi, "/ledgers/publicity/new").status, 403);
    assert_int_equal(get(cx, shi, "/ledgers/publicity/import").status, 403);
    assert_int_equal(get(cx, NULL, "/ledgers/publicity").status, 303);
    web_call_close();
}

static struct web_answer post(
    Cx *cx, const char *cookie, const char *path, const struct pair *form, size_t n)
{
    return web_call(cx, &(struct web_call){
                            .method = "POST", .path = path, .cookie = cookie, .form = {form, n}
    });
}

static const char *z(Cx *cx, Str s)
{
    return arena_printf(&cx->mem, "%.*s", (int)s.len, s.at);
}

static void a_row_is_made_shown_changed_and_exported(void **state)
{
    Cx *cx = *state;
    struct pairs good = a_form(cx, a_photo(cx), NULL, 0);
    good.n--; /* without csrf: the caller's own is put in */
    web_call_open(cx, town_dir());
    const char *qian = cookie_of(cx, SECRETARY_QIAN);
    SHOWS(get(cx, qian, "/ledgers/publicity/new"), 200, "<option value=\"410108101206000\"",
        "name=\"photo\"", "新增一条");
    struct web_answer made = post(cx, qian, "/ledgers/publicity/0/edit", good.at, good.n);
    assert_int_equal(made.status, 303);
    const char *row = z(cx, made.location);
    SHOWS(get(cx, qian, row), 200, "清洁家园 人人动手", "标语横幅", "南王村", "/photo/", "新增",
        "钱七");
    SHOWS(get(cx, qian, "/ledgers/publicity?kind=banner"), 200, row, "2026-06-12");
    const char *edit = arena_printf(&cx->mem, "%s/edit", row);
    SHOWS(get(cx, qian, edit), 200, "value=\"12\"", "/320\"");

    static const struct pair wrong[] = {
        P("title", "<script>"), P("n_pieces", "0"), P("version", "1")};
    SHOWS(post(cx, qian, edit, wrong, 3), 422, "要在 1 到 100000 之间", "value=\"&lt;script&gt;\"",
        "请填写位置");
    struct pair *again = NEW_ARRAY(&cx->mem, good.n + 1, struct pair);
    memcpy(again, good.at, good.n * sizeof *again);
    again[4] = (struct pair)P("n_pieces", "20");
    again[good.n] = (struct pair)P("version", "1");
    assert_int_equal(post(cx, qian, edit, again, good.n + 1).status, 303);
    SHOWS(get(cx, qian, row), 200, "数量：12 → 20");
    again[4] = (struct pair)P("n_pieces", "30");
    SHOWS(post(cx, qian, edit, again, good.n + 1), 409, "别人刚改成：20", "value=\"30\"");

    struct web_answer csv = get(cx, qian, "/ledgers/publicity.csv");
    assert_int_equal(csv.status, 200);
    assert_true(str_has(web_header(&csv, "Content-Disposition"), "publicity.csv"));
    SHOWS(get(cx, qian, "/ledgers/publicity.json?kind=banner"), 200, "\"n_pieces\":20");
    const char *unmask = arena_printf(&cx->mem, "%s/unmask", row);
    static const struct pair none[] = {P("reason", "")}, reason[] = {P("reason", "核对")};
    assert_int_equal(post(cx, qian, unmask, none, 1).status, 422);
    SHOWS(post(cx, qian, unmask, reason, 1), 200, "看全", "核对");
    assert_int_equal(get(cx, cookie_of(cx, SECRETARY_OF_SUNZHUANG), row).status, 404);
    cx->now += 10 * 60 * 1000; /* the password was typed too long ago for these */
    assert_int_equal(get(cx, qian, row).status, 200);
    assert_true(str_has(get(cx, qian, "/ledgers/publicity.csv").location, "/prove"));
    assert_false(post(cx, qian, unmask, reason, 1).status == 200);
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
    const char *qian = cookie_of(cx, SECRETARY_QIAN);
    struct web_answer page = get(cx, qian, "/ledgers/publicity/import");
    SHOWS(page, 200, "试跑", "下载空表", "形式", "标语横幅", "还没有导入过");
    const char *csrf = between(cx, page.body, "name=\"csrf\" value=\"", "\"");
    SHOWS(get(cx, qian, "/ledgers/publicity/blank.csv"), 200, "内容,形式,单位,位置");

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
    struct web_answer done = post(cx, qian, confirm, NULL, 0);
    SHOWS(done, 200, "已导入", "整批撤回", "宣传.csv", "钱七");
    assert_int_equal(post(cx, qian, confirm, NULL, 0).status, 404); /* it does not wait any more */
    SHOWS(get(cx, qian, "/ledgers/publicity"), 200, "甲");

    const char *batch = between(cx, done.body, "/ledgers/publicity/batches/", "/undo");
    const char *undo = arena_printf(&cx->mem, "/ledgers/publicity/batches/%s/undo", batch);
    assert_int_equal(post(cx, qian, undo, NULL, 0).status, 303);
    SHOWS(get(cx, qian, "/ledgers/publicity/import"), 200, "已撤回 1 行");
    SHOWS(get(cx, qian, "/ledgers/publicity"), 200, "还没有记录");
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
