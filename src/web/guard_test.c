/* guard_test.c — routes, posts and tokens, asked through the router without a socket. */
#include "web_town.h"

#include "store/log.h"

#include <stdlib.h>

/* ---- routes ---- */
static void the_path_that_says_most_wins(void **state)
{
    Cx *cx = *state;
    const char *qian = town_cookie_text(cx, SECRETARY_QIAN);
    struct web_answer a = web_get(cx, "/t/12", qian);
    assert_int_equal(a.status, 200);
    assert_true(web_body_has(&a, "page 12"));
    a = web_get(cx, "/t/12.json", qian);
    assert_true(str_eq(a.body, S("{}")));
    a = web_get(cx, "/t/%E8%B7%AF.csv", NULL);
    assert_true(str_eq(a.body, S("路")));
    assert_int_equal(web_get(cx, "/t/new", qian).status, 200);
}

static void what_does_not_exist_is_404_and_what_does_not_take_it_405(void **state)
{
    Cx *cx = *state;
    assert_int_equal(web_get(cx, "/t/abc", NULL).status, 404);
    assert_int_equal(web_get(cx, "/t/", NULL).status, 404);
    assert_int_equal(web_get(cx, "/t/1/2/3", NULL).status, 404);
    assert_int_equal(web_get(cx, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n", NULL).status, 404);
    struct web_answer a = web_get(cx, "/report", NULL);
    assert_int_equal(a.status, 405);
    assert_true(str_eq(web_header(&a, "Allow"), S("POST")));
    a = web_call(cx, &(struct web_call){.method = "DELETE", .path = "/t/1"});
    assert_int_equal(a.status, 405);
    assert_int_equal(web_call(cx, &(struct web_call){.method = "HEAD", .path = "/"}).status, 200);
}

static Err page_get(Cx *cx, const Req *req, Resp *resp)
{
    (void)resp_page(cx, req, resp);
    return OK;
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
    struct route twice[3] = {web_town_rooms[0]->routes[0], web_town_rooms[0]->routes[0], {0}};
    struct room room = {"twice", .routes = twice};
    const struct room *const all[] = {&room, NULL};
    assert_int_equal(routes_open(all), ERR_INVALID);
}

/* ---- who ---- */
static void nobody_is_led_to_the_login_and_back(void **state)
{
    Cx *cx = *state;
    struct web_answer a = web_get(cx, "/t/12?q=%E8%B7%AF", NULL);
    assert_int_equal(a.status, 303);
    assert_true(str_eq(a.location, S("/login?next=%2Ft%2F12%3Fq%3D%25E8%25B7%25AF")));
    assert_int_equal(web_get(cx, "/t/12.json", NULL).status, 401);
    assert_int_equal(web_get(cx, "/t/12", "410108101.nonsense").status, 303);
    assert_int_equal(web_get(cx, "/t/12", "x").status, 303);
    assert_int_equal(web_get(cx, "/", "410108101.nonsense").status, 200);
}

static void only_the_posts_of_the_row_may(void **state)
{
    Cx *cx = *state;
    assert_int_equal(
        web_post(cx, "/t/1/do", town_cookie_text(cx, SECRETARY_QIAN), "x").status, 303);
    assert_int_equal(web_post(cx, "/t/1/do", town_cookie_text(cx, CADRE_SUN), "x").status, 403);
    assert_int_equal(web_post(cx, "/t/1/do", NULL, "x").status, 403);
    assert_int_equal(web_get(cx, "/t/1", town_cookie_text(cx, WITHOUT_POST_XIE)).status, 403);
    assert_int_equal(
        web_post(cx, "/outside", town_cookie_text(cx, WITHOUT_POST_XIE), "x").status, 303);
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
    const char *sun = town_cookie_text(cx, CADRE_SUN);
    int64_t before = log_length(cx);
    for (int i = 0; i < 3; i++)
        assert_int_equal(web_post(cx, "/t/1/do", sun, "x").status, 403);
    assert_int_equal(log_length(cx), before + 1);
    cx->now += 60000;
    assert_int_equal(web_post(cx, "/t/1/do", sun, "x").status, 403);
    assert_int_equal(log_length(cx), before + 2);
    for (int i = 0; i < 3; i++)
        assert_int_equal(web_post(cx, "/t/1/do", NULL, "x").status, 403);
    assert_int_equal(log_length(cx), before + 2);
}

static void an_old_proof_asks_for_the_password_again(void **state)
{
    Cx *cx = *state;
    const char *qian = town_cookie_text(cx, SECRETARY_QIAN);
    assert_int_equal(web_post(cx, "/role", qian, "x").status, 303);
    cx->now += INT64_C(6) * 60 * 1000;
    struct web_answer a = web_post(cx, "/role", qian, "两个字");
    assert_int_equal(a.status, 403);
    assert_true(web_body_has(&a, "/prove"));
    assert_true(web_body_has(&a, "两个字"));
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
    const char *qian = town_cookie_text(cx, SECRETARY_QIAN);
    struct web_answer a = bare(cx, "/t/1/do", qian, "", "", NULL, NULL);
    assert_int_equal(a.status, 403);
    assert_true(web_body_has(&a, "name=\"body\" value=\"路面破损\""));
    assert_true(web_body_has(&a, "name=\"csrf\""));
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
        bare(cx, "/t/1/do", town_cookie_text(cx, SECRETARY_QIAN), token, key, NULL, NULL).status,
        403);
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
        assert_false(web_body_has(&a, "name=\"csrf\"")); /* no button to finish the deed with */
    }
    assert_int_equal(
        bare(cx, "/report", NULL, token, key, "Origin", "http://127.0.0.1").status, 303);
    assert_int_equal(
        bare(cx, "/report", NULL, token, key, "Sec-Fetch-Site", "same-origin").status, 303);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
