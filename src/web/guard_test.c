/* guard_test.c — routes, posts, tokens and answers, asked through the router without a socket. */
#include "town.h"

#include "store/log.h"
#include "web/static.h"
#include "web/web.h"
#include "web/web_call.h"

#include <stdlib.h>
#include <unistd.h>

/* ---- a room of the tests' own ---- */
static Err page_get(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = resp_page(cx, req, resp);
    Str id = path_text(req, "id");
    out_raw(out, "page ", 5);
    html_str(out, id.len ? id : query_text(req, "q"));
    return OK;
}

static Err letter_get(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = resp_page(cx, req, resp);
    html_str(out, path_text(req, "code"));
    return OK;
}

static Err json_get(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = resp_data(cx, resp, "application/json; charset=utf-8", (Str){0});
    (void)req;
    out_raw(out, "{}", 2);
    return OK;
}

static Err form_post(Cx *cx, const Req *req, Resp *resp)
{
    const struct upload *u = form_upload(req, "photo", 0);
    char first[4] = "";
    if (str_eq(form_text(req, "body"), S("bad")))
        return fail(cx, ERR_INVALID, "body", T("填写有误"));
    if (str_eq(form_text(req, "body"), S("busy")))
        return ERR_BUSY;
    if (str_eq(form_text(req, "body"), S("lost")))
        return fail_log(cx, ERR_INTERNAL, "a secret of the house");
    if (str_eq(form_text(req, "body"), S("used")))
        return resp->status = 410, ERR_NOT_FOUND;
    if (u && read(u->fd, first, 3) == 3)
        return redirect(cx, resp, "/p/%s-%lld", first, (long long)u->size);
    return redirect(cx, resp, "/p/1");
}

static Err outside_post(Cx *cx, const Req *req, Resp *resp)
{
    (void)req;
    return redirect(cx, resp, "//evil.example/");
}

static const struct route own_routes[] = {
    {GET,                 "/", .who = ANYONE, .run = page_get, .on = ON_READ},
    {GET,      "/t/{id}", .who = STAFF_POSTS, .run = page_get, .on = ON_READ},
    {GET,      "/t/{id}.json", .who = STAFF_POSTS, .run = json_get, .on = ON_READ},
    {GET,                 "/t/new", .who = STAFF_POSTS, .run = letter_get, .on = ON_READ},
    {GET, "/t/{code}.csv", .who = ANYONE, .run = letter_get, .on = ON_READ},
    {GET,      "/p/{code}", .who = ANYONE, .run = letter_get, .on = ON_READ},
    {POST,                 "/report", .who = ANYONE, .run = form_post, .on = ON_WAIT, .limit = SIX_PHOTOS,
     .public_form = true},
    {POST, "/t/{id}/{verb}", .who = HAS(POST_SECRETARY), .run = form_post, .on = ON_WAIT},
    {POST,      "/outside", .who = SIGNED_IN, .run = outside_post, .on = ON_WAIT},
    {POST,                 "/role", .who = SIGNED_IN, .run = form_post, .on = ON_WAIT, .fresh = true},
    {0},
};
static const struct room own_room = {"own", .routes = own_routes};
static const struct room *const own_rooms[] = {&own_room, &web_room, NULL};

static void open_web(void)
{
    struct web_opt opt = {
        .data = town_dir(), .listen = "127.0.0.1:0", .no_rate = true, .rooms = own_rooms};
    assert_int_equal(web_open(&opt), OK);
}

static int setup(void **state)
{
    int e = town_setup(state);
    open_web();
    return e;
}

static int teardown(void **state)
{
    web_close();
    return town_teardown(state);
}
#define IN_WEB(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

static struct web_answer get(Cx *cx, const char *path, const char *cookie)
{
    return web_call(cx, &(struct web_call){.path = path, .cookie = cookie});
}

static const char *cookie_of(Cx *cx, int64_t person)
{
    Str s = town_cookie(cx, person);
    memset(&cx->me, 0, sizeof cx->me);
    return arena_printf(&cx->mem, "%.*s", (int)s.len, s.at);
}

static bool body_has(const struct web_answer *a, const char *text)
{
    return memmem(a->body.at, a->body.len, text, strlen(text)) != NULL;
}

static struct web_answer post(Cx *cx, const char *path, const char *cookie, const char *body)
{
    struct pair f = {S("body"), str(body)};
    return web_call(cx, &(struct web_call){
                            .method = "POST", .path = path, .cookie = cookie, .form = {&f, 1}
    });
}

/* ---- routes ---- */
static void the_path_that_says_most_wins(void **state)
{
    Cx *cx = *state;
    const char *qian = cookie_of(cx, SECRETARY_QIAN);
    struct web_answer a = get(cx, "/t/12", qian);
    assert_int_equal(a.status, 200);
    assert_true(body_has(&a, "page 12"));
    a = get(cx, "/t/12.json", qian);
    assert_true(str_eq(a.body, S("{}")));
    a = get(cx, "/t/%E8%B7%AF.csv", NULL);
    assert_true(str_eq(a.body, S("路")));
    assert_int_equal(get(cx, "/t/new", qian).status, 200);
}

static void what_does_not_exist_is_404_and_what_does_not_take_it_405(void **state)
{
    Cx *cx = *state;
    assert_int_equal(get(cx, "/t/abc", NULL).status, 404);
    assert_int_equal(get(cx, "/t/", NULL).status, 404);
    assert_int_equal(get(cx, "/t/1/2/3", NULL).status, 404);
    assert_int_equal(get(cx, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n", NULL).status, 404);
    struct web_answer a = get(cx, "/report", NULL);
    assert_int_equal(a.status, 405);
    assert_true(str_eq(web_header(&a, "Allow"), S("POST")));
    a = web_call(cx, &(struct web_call){.method = "DELETE", .path = "/t/1"});
    assert_int_equal(a.status, 405);
    assert_int_equal(web_call(cx, &(struct web_call){.method = "HEAD", .path = "/"}).status, 200);
}

static void a_table_that_forgets_who_does_not_start(void **state)
{
    static const struct route bad[] = {
        {GET,  "/x", .who = 0,           .run = page_get, .on = ON_READ},
        {GET,  "/x", .who = ANYONE,      .run = page_get, .on = 0      },
        {GET,  "/x", .who = STAFF_POSTS, .run = page_get, .on = ON_LOOP},
        {POST, "/x", .who = ANYONE,      .run = page_get, .on = ON_WAIT},
        {GET,  "/x", .who = ANYONE,      .run = NULL,     .on = ON_READ},
        {GET,  "x",  .who = ANYONE,      .run = page_get, .on = ON_READ},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct route rows[2] = {bad[i], {0}};
        struct room room = {"bad", .routes = rows};
        const struct room *const all[] = {&room, NULL};
        assert_int_equal(routes_open(all), ERR_INVALID);
    }
    struct route twice[3] = {own_routes[0], own_routes[0], {0}};
    struct room room = {"twice", .routes = twice};
    const struct room *const all[] = {&room, NULL};
    assert_int_equal(routes_open(all), ERR_INVALID);
}

/* ---- who ---- */
static void nobody_is_led_to_the_login_and_back(void **state)
{
    Cx *cx = *state;
    struct web_answer a = get(cx, "/t/12?q=%E8%B7%AF", NULL);
    assert_int_equal(a.status, 303);
    assert_true(str_eq(a.location, S("/login?next=%2Ft%2F12%3Fq%3D%25E8%25B7%25AF")));
    assert_int_equal(get(cx, "/t/12.json", NULL).status, 401);
    assert_int_equal(get(cx, "/t/12", "410108101.nonsense").status, 303);
    assert_int_equal(get(cx, "/t/12", "x").status, 303);
    assert_int_equal(get(cx, "/", "410108101.nonsense").status, 200);
}

static void only_the_posts_of_the_row_may(void **state)
{
    Cx *cx = *state;
    assert_int_equal(post(cx, "/t/1/do", cookie_of(cx, SECRETARY_QIAN), "x").status, 303);
    assert_int_equal(post(cx, "/t/1/do", cookie_of(cx, CADRE_SUN), "x").status, 403);
    assert_int_equal(post(cx, "/t/1/do", NULL, "x").status, 403);
    assert_int_equal(get(cx, "/t/1", cookie_of(cx, WITHOUT_POST_XIE)).status, 403);
    assert_int_equal(post(cx, "/outside", cookie_of(cx, WITHOUT_POST_XIE), "x").status, 303);
}

static int64_t log_length(Cx *cx)
{
    struct checkpoint c;
    assert_int_equal(log_head(cx, &c), OK);
    return c.seq;
}

static void a_denial_is_one_event_a_minute_and_a_strangers_none(void **state)
{
    Cx *cx = *state;
    const char *sun = cookie_of(cx, CADRE_SUN);
    int64_t before = log_length(cx);
    for (int i = 0; i < 3; i++)
        assert_int_equal(post(cx, "/t/1/do", sun, "x").status, 403);
    assert_int_equal(log_length(cx), before + 1);
    cx->now += 60000;
    assert_int_equal(post(cx, "/t/1/do", sun, "x").status, 403);
    assert_int_equal(log_length(cx), before + 2);
    for (int i = 0; i < 3; i++)
        assert_int_equal(post(cx, "/t/1/do", NULL, "x").status, 403);
    assert_int_equal(log_length(cx), before + 2);
}

static void an_old_proof_asks_for_the_password_again(void **state)
{
    Cx *cx = *state;
    const char *qian = cookie_of(cx, SECRETARY_QIAN);
    assert_int_equal(post(cx, "/role", qian, "x").status, 303);
    cx->now += INT64_C(6) * 60 * 1000;
    struct web_answer a = post(cx, "/role", qian, "两个字");
    assert_int_equal(a.status, 403);
    assert_true(body_has(&a, "/prove"));
    assert_true(body_has(&a, "两个字"));
}

/* ---- tokens ---- */
static struct web_answer bare(Cx *cx, const char *path, const char *cookie, const char *csrf,
    const char *key, const char *header, const char *value)
{
    struct pair f[] = {
        {S("body"), S("路面破损")},
        {S("csrf"), str(csrf)        },
        {S("key"),  str(key)         }
    };
    return web_call(cx, &(struct web_call){
                            .method = "POST",
                            .path = path,
                            .cookie = cookie,
                            .form = {f,      3    },
                            .bare = true,
                            .headers = {header, value}
    });
}

static void a_post_without_its_token_gives_the_words_back(void **state)
{
    Cx *cx = *state;
    const char *qian = cookie_of(cx, SECRETARY_QIAN);
    struct web_answer a = bare(cx, "/t/1/do", qian, "", "", NULL, NULL);
    assert_int_equal(a.status, 403);
    assert_true(body_has(&a, "name=\"body\" value=\"路面破损\""));
    assert_true(body_has(&a, "name=\"csrf\""));
    assert_int_equal(bare(cx, "/t/1/do", qian, "0123456789abcdef", "", NULL, NULL).status, 403);
    assert_int_equal(bare(cx, "/report", NULL, "", "", NULL, NULL).status, 403);
}

static Str token_for(Cx *cx, const char *key)
{
    return webkey_token(cx, str(key));
}

static void a_public_token_fits_its_own_page_today_and_yesterday(void **state)
{
    Cx *cx = *state;
    static const char key[] = "abcdefghijklmnopqrstuv", sister[] = "abcdefghijklmnopqrst-_",
                      other[] = "Abcdefghijklmnopqrstuv";
    Str t = token_for(cx, key);
    const char *token = arena_printf(&cx->mem, "%.*s", (int)t.len, t.at);
    assert_int_equal(bare(cx, "/report", NULL, token, key, NULL, NULL).status, 303);
    assert_int_equal(bare(cx, "/report", NULL, token, sister, NULL, NULL).status, 303);
    assert_int_equal(bare(cx, "/report", NULL, token, other, NULL, NULL).status, 403);
    assert_int_equal(bare(cx, "/report", NULL, token, "short", NULL, NULL).status, 403);
    /* It opens nothing but public forms. */
    assert_int_equal(
        bare(cx, "/t/1/do", cookie_of(cx, SECRETARY_QIAN), token, key, NULL, NULL).status, 403);
    cx->now += INT64_C(24) * 3600 * 1000;
    assert_int_equal(bare(cx, "/report", NULL, token, key, NULL, NULL).status, 303);
    cx->now += INT64_C(24) * 3600 * 1000;
    assert_int_equal(bare(cx, "/report", NULL, token, key, NULL, NULL).status, 403);
}

static void another_sites_page_posts_nothing_and_learns_nothing(void **state)
{
    Cx *cx = *state;
    static const char key[] = "abcdefghijklmnopqrstuv";
    Str t = token_for(cx, key);
    const char *token = arena_printf(&cx->mem, "%.*s", (int)t.len, t.at);
    static const char *const bad[][2] = {
        {"Origin",         "https://evil.example"                  },
        {"Origin",         "null"                                  },
        {"Origin",         "http://127.0.0.1.evil.example"         },
        {"Origin",         "http://127.0.0.1:1"                    },
        {"Referer",        "https://evil.example/http://127.0.0.1/"},
        {"Sec-Fetch-Site", "cross-site"                            },
        {"Sec-Fetch-Site", "same-site"                             }
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct web_answer a = bare(cx, "/report", NULL, token, key, bad[i][0], bad[i][1]);
        assert_int_equal(a.status, 403);
        assert_false(body_has(&a, "name=\"csrf\"")); /* no button to finish the deed with */
    }
    assert_int_equal(
        bare(cx, "/report", NULL, token, key, "Origin", "http://127.0.0.1").status, 303);
    assert_int_equal(
        bare(cx, "/report", NULL, token, key, "Sec-Fetch-Site", "same-origin").status, 303);
}

/* ---- answers ---- */
static void errors_become_their_status_in_one_place(void **state)
{
    Cx *cx = *state;
    struct web_answer a = post(cx, "/report", NULL, "bad");
    assert_int_equal(a.status, 422);
    a = post(cx, "/report", NULL, "busy");
    assert_int_equal(a.status, 503);
    assert_true(str_eq(web_header(&a, "Retry-After"), S("5")));
    assert_true(body_has(&a, "value=\"busy\""));
    a = post(cx, "/report", NULL, "lost");
    assert_int_equal(a.status, 500);
    assert_false(body_has(&a, "a secret of the house"));
    assert_int_equal(post(cx, "/report", NULL, "used").status, 410);
    a = post(cx, "/outside", cookie_of(cx, SECRETARY_QIAN), "x");
    assert_true(str_eq(a.location, S("/")));
}

static void every_answer_bears_the_headers(void **state)
{
    Cx *cx = *state;
    const struct web_answer all[] = {get(cx, "/", NULL), get(cx, "/t/1", NULL),
        get(cx, "/none", NULL), get(cx, "/%ff", NULL), get(cx, "/healthz", NULL),
        get(cx, "/static/heqing.css", NULL), post(cx, "/report", NULL, "lost"),
        post(cx, "/report", NULL, "bad"), get(cx, "/t/1.json", NULL)};
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
    struct web_answer a = get(cx, "/none.json", NULL);
    assert_int_equal(a.status, 404);
    assert_true(body_has(&a, "{\"status\":404"));
    cx->lang = LANG_EN;
    a = get(cx, "/none", NULL);
    assert_true(body_has(&a, "Not found"));
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
    assert_true(body_has(&a, "&lt;script&gt;"));
    assert_false(body_has(&a, "<script>'"));
    assert_false(body_has(&a, "\"><b"));
}

static void files_are_known_by_their_hash(void **state)
{
    Cx *cx = *state;
    Str v = static_version(S("heqing.css"));
    assert_int_equal(v.len, 16);
    struct web_answer a =
        get(cx, arena_printf(&cx->mem, "/static/heqing.css?v=%.*s", (int)v.len, v.at), NULL);
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
    assert_int_equal(get(cx, "/static/none.css", NULL).status, 404);
    assert_int_equal(get(cx, "/static/..%2Fheqing.css", NULL).status, 404);
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
    Str t = token_for(cx, key);
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
    assert_int_equal(get(cx, "/?q=%B7", NULL).status, 400);
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
    struct web_opt opt = {.data = town_dir(), .listen = "0.0.0.0:0", .rooms = own_rooms};
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
    open_web();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WEB(the_path_that_says_most_wins),
        IN_WEB(what_does_not_exist_is_404_and_what_does_not_take_it_405),
        IN_WEB(a_table_that_forgets_who_does_not_start),
        IN_WEB(nobody_is_led_to_the_login_and_back),
        IN_WEB(only_the_posts_of_the_row_may),
        IN_WEB(a_denial_is_one_event_a_minute_and_a_strangers_none),
        IN_WEB(an_old_proof_asks_for_the_password_again),
        IN_WEB(a_post_without_its_token_gives_the_words_back),
        IN_WEB(a_public_token_fits_its_own_page_today_and_yesterday),
        IN_WEB(another_sites_page_posts_nothing_and_learns_nothing),
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
