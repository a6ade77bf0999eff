/* answer_test.c — answers, bodies and starts, asked through the router without a socket. */
#include "web_town.h"

#include "web/static.h"

#include <stdlib.h>

/* ---- answers ---- */
static void errors_become_their_status_in_one_place(void **state)
{
    Cx *cx = *state;
    struct web_answer a = web_post(cx, "/report", NULL, "bad");
    assert_int_equal(a.status, 422);
    a = web_post(cx, "/report", NULL, "busy");
    assert_int_equal(a.status, 503);
    assert_true(str_eq(web_header(&a, "Retry-After"), S("5")));
    assert_true(web_body_has(&a, "value=\"busy\""));
    a = web_post(cx, "/report", NULL, "lost");
    assert_int_equal(a.status, 500);
    assert_false(web_body_has(&a, "a secret of the house"));
    assert_int_equal(web_post(cx, "/report", NULL, "used").status, 410);
    a = web_post(cx, "/outside", town_cookie_text(cx, SECRETARY_QIAN), "x");
    assert_true(str_eq(a.location, S("/")));
}

static void every_answer_bears_the_headers(void **state)
{
    Cx *cx = *state;
    const struct web_answer all[] = {web_get(cx, "/", NULL), web_get(cx, "/t/1", NULL),
        web_get(cx, "/none", NULL), web_get(cx, "/%ff", NULL), web_get(cx, "/healthz", NULL),
        web_get(cx, "/static/heqing.css", NULL), web_post(cx, "/report", NULL, "lost"),
        web_post(cx, "/report", NULL, "bad"), web_get(cx, "/t/1.json", NULL)};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        Str csp = web_header(&all[i], "Content-Security-Policy");
        assert_true(csp.len > 0 && !memcmp(csp.at, "default-src 'none'", 18));
        assert_null(memmem(csp.at, csp.len, "unsafe", 6));
        assert_true(str_eq(web_header(&all[i], "X-Content-Type-Options"), S("nosniff")));
        assert_true(web_header(&all[i], "Referrer-Policy").len > 0);
        assert_true(web_header(&all[i], "Permissions-Policy").len > 0);
        assert_true(web_header(&all[i], "Cache-Control").len > 0);
    }
}

static void errors_of_json_are_json_and_english_is_english(void **state)
{
    Cx *cx = *state;
    struct web_answer a = web_get(cx, "/none.json", NULL);
    assert_int_equal(a.status, 404);
    assert_true(web_body_has(&a, "{\"status\":404"));
    cx->lang = LANG_EN;
    a = web_get(cx, "/none", NULL);
    assert_true(web_body_has(&a, "Not found"));
}

static void what_was_typed_stands_escaped(void **state)
{
    Cx *cx = *state;
    struct pair f = {S("a\"><b"), S("<script>'\"&</script> 路")};
    struct web_answer a =
        web_call(cx, &(struct web_call){
                         .method = "POST", .path = "/report", .form = {&f, 1},
                                 .bare = true
    });
    assert_int_equal(a.status, 403);
    assert_true(web_body_has(&a, "&lt;script&gt;"));
    assert_false(web_body_has(&a, "<script>'"));
    assert_false(web_body_has(&a, "\"><b"));
}

static void files_are_known_by_their_hash(void **state)
{
    Cx *cx = *state;
    Str v = static_version(S("heqing.css"));
    assert_int_equal(v.len, 16);
    struct web_answer a =
        web_get(cx, arena_printf(&cx->mem, "/static/heqing.css?v=%.*s", (int)v.len, v.at), NULL);
    assert_int_equal(a.status, 200);
    Str cache = web_header(&a, "Cache-Control"), tag = web_header(&a, "ETag");
    assert_non_null(memmem(cache.at, cache.len, "immutable", 9));
    const char *etag = arena_printf(&cx->mem, "%.*s", (int)tag.len, tag.at);
    a = web_call(cx, &(struct web_call){
                         .path = "/static/heqing.css", .headers = {"If-None-Match", etag}
    });
    assert_int_equal(a.status, 304);
    assert_int_equal(a.body.len, 0);
    a = web_call(cx, &(struct web_call){
                         .path = "/static/heqing.css", .headers = {"Accept-Encoding", "gzip, br"}
    });
    assert_true(str_eq(web_header(&a, "Content-Encoding"), S("br")));
    assert_int_equal(web_get(cx, "/static/none.css", NULL).status, 404);
    assert_int_equal(web_get(cx, "/static/..%2Fheqing.css", NULL).status, 404);
}

/* ---- bodies ---- */
static struct web_answer send_parts(Cx *cx, const char *path, Str body)
{
    return web_call(cx, &(struct web_call){.method = "POST",
                            .path = path,
                            .type = "multipart/form-data; boundary=XX",
                            .body = body});
}

static void an_upload_lies_in_a_file_without_a_name(void **state)
{
    Cx *cx = *state;
    static const char key[] = "abcdefghijklmnopqrstuv";
    Str t = webkey_token(cx, str(key));
    const char *body = arena_printf(&cx->mem,
        "--XX\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n%s\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%.*s\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n\r\n\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"photo\"; "
        "filename=\"a.jpg\"\r\n\r\nJPG...\r\n"
        "--XX--\r\n",
        key, (int)t.len, t.at);
    struct web_answer a = send_parts(cx, "/report", str(body));
    assert_int_equal(a.status, 303);
    assert_true(str_eq(a.location, S("/p/JPG-6")));
    assert_int_equal(send_parts(cx, "/report", S("--XX\r\n")).status, 400);
}

static void a_body_of_another_kind_is_415_and_gbk_400(void **state)
{
    Cx *cx = *state;
    struct web_call c = {
        .method = "POST", .path = "/report", .type = "text/plain", .body = S("body=x")};
    assert_int_equal(web_call(cx, &c).status, 415);
    c.type = "application/x-www-form-urlencoded";
    c.body = S("body=%C2%B7%C3%E6%C6%C6%CB%F0");
    assert_int_equal(web_call(cx, &c).status, 400);
    c.body = S("body=%00");
    assert_int_equal(web_call(cx, &c).status, 400);
    assert_int_equal(web_get(cx, "/?q=%B7", NULL).status, 400);
}

static void a_body_that_is_too_large_is_413(void **state)
{
    Cx *cx = *state;
    size_t len = (1 << 20) + 1;
    char *at = memset(arena_raw(&cx->mem, len), 'a', len);
    struct web_call c = {
        .method = "POST",
        .path = "/t/1/do",
        .type = "application/x-www-form-urlencoded",
        .body = {at, len}
    };
    assert_int_equal(web_call(cx, &c).status, 413);
}

static void a_name_that_is_not_ours_is_refused(void **state)
{
    Cx *cx = *state;
    struct exchange *x = exchange_new();
    static const struct pair h[] = {
        {S("Host"), S("evil.example")}
    };
    exchange_head(x, &(struct head){
                         .method = "GET",
                         .version = "HTTP/1.1",
                         .uri = S("/"),
                         .headers = {h, 1},
                         .peer = S("127.0.0.1")
    });
    (void)cx;
    assert_int_equal(x->refused, 400);
    assert_true(x->closes);
    exchange_free(x);
}

static void who_asks_too_often_waits(void **state)
{
    int wait = 0, passed = 0;
    (void)state;
    for (int i = 0; i < 20; i++)
        passed += rate_take(rate_source(S("203.0.113.7")), RATE_LOGIN, &wait);
    assert_int_equal(passed, 10);
    assert_in_range(wait, 1, 6);
    assert_true(rate_take(rate_source(S("203.0.113.8")), RATE_LOGIN, &wait));
    assert_true(rate_take(rate_source(S("203.0.113.7")), RATE_PAGE, &wait));
    assert_true(rate_source(S("2001:db8:1:2:3::1")) == rate_source(S("2001:db8:1:2:9::9")));
    assert_true(rate_source(S("2001:db8:1:2::1")) != rate_source(S("2001:db8:1:3::1")));
}

static void the_three_starts_of_a_session_cookie(void **state)
{
    Cx *cx = *state;
    struct web_opt opt = {.data = town_dir(), .listen = "0.0.0.0:0", .rooms = web_town_rooms};
    assert_int_equal(web_open(&opt), ERR_INVALID);
    opt.public_url = "http://town.example";
    assert_int_equal(web_open(&opt), ERR_INVALID);
    opt.insecure_http = true;
    assert_int_equal(web_open(&opt), OK);
    assert_true(web->insecure_note);
    assert_true(str_eq(session_line(cx, S("1.a"), 0), S("hq=1.a; Path=/; HttpOnly; SameSite=Lax")));
    web_close();
    opt.public_url = "https://town.example";
    assert_int_equal(web_open(&opt), OK);
    assert_false(web->insecure_note);
    assert_true(str_eq(session_line(cx, S("1.a"), 60),
        S("__Host-hq=1.a; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60")));
    web_close();
    opt.public_url = "https://town.example/path";
    assert_int_equal(web_open(&opt), ERR_INVALID);
    web_town_open();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WEB(errors_become_their_status_in_one_place),
        IN_WEB(every_answer_bears_the_headers),
        IN_WEB(errors_of_json_are_json_and_english_is_english),
        IN_WEB(what_was_typed_stands_escaped),
        IN_WEB(files_are_known_by_their_hash),
        IN_WEB(an_upload_lies_in_a_file_without_a_name),
        IN_WEB(a_body_of_another_kind_is_415_and_gbk_400),
        IN_WEB(a_body_that_is_too_large_is_413),
        IN_WEB(a_name_that_is_not_ours_is_refused),
        IN_WEB(who_asks_too_often_waits),
        IN_WEB(the_three_starts_of_a_session_cookie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
