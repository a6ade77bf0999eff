/* people_web_test.c — signing in, invitations, accounts and appointments, asked through the router.
 */
#include "web_town.h"

#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "web/web_call.h"

#define FORM(...)                                                                                  \
    {                                                                                              \
        (const struct pair[]){__VA_ARGS__},                                                        \
            sizeof((const struct pair[]){__VA_ARGS__}) / sizeof(struct pair)                       \
    }
#define F(name, value)                                                                             \
    {                                                                                              \
        {"" name, sizeof(name) - 1},                                                               \
        {                                                                                          \
            "" value, sizeof(value) - 1                                                            \
        }                                                                                          \
    }

static void a_wrong_password_and_an_unknown_login_are_told_alike(void **state)
{
    Cx *cx = *state;
    struct web_answer wrong = web_send(cx, "/login", NULL,
        (struct pairs)FORM(F("login", "secretary_qian"), F("password", "wrong wrong wrong")));
    struct web_answer unknown = web_send(cx, "/login", NULL,
        (struct pairs)FORM(F("login", "secretary_qiam"), F("password", "wrong wrong wrong")));

    assert_int_equal(wrong.status, 422);
    assert_int_equal(unknown.status, 422);
    assert_int_equal(wrong.body.len, unknown.body.len);
    assert_true(has_words(wrong.body, "登录名或密码不对"));
    assert_false(has_words(wrong.body, "wrong wrong wrong"));
    assert_int_equal(wrong.set_cookie.len, 0);
}

static void signing_in_leads_on_to_a_path_of_ours_only(void **state)
{
    Cx *cx = *state;
    struct web_answer a = web_send(cx, "/login", NULL,
        (struct pairs)FORM(
            F("login", "secretary_qian"), F("password", TOWN_PASSWORD), F("next", "/gaps")));

    assert_int_equal(a.status, 303);
    assert_string_equal(as_z(cx, a.location), "/gaps");
    assert_true(has_words(a.set_cookie, "HttpOnly; SameSite=Lax"));
    a = web_send(cx, "/login", NULL,
        (struct pairs)FORM(F("login", "secretary_qian"), F("password", TOWN_PASSWORD),
            F("next", "//evil.example/")));
    assert_int_equal(a.status, 303);
    assert_string_equal(as_z(cx, a.location), "/me");
    a = web_send(cx, "/login", NULL,
        (struct pairs)FORM(F("login", "sysadmin_tao"), F("password", TOWN_PASSWORD)));
    assert_string_equal(as_z(cx, a.location), "/people");
}

static void too_many_tries_are_told_when_to_come_again(void **state)
{
    Cx *cx = *state;
    struct web_answer a = {0};

    for (int i = 0; i < 11; i++)
        a = web_send(cx, "/login", NULL,
            (struct pairs)FORM(F("login", "secretary_qian"), F("password", "wrong wrong wrong")));
    assert_int_equal(a.status, 429);
    assert_true(web_header(&a, "Retry-After").len > 0);
}

static void signing_out_ends_the_session_at_once(void **state)
{
    Cx *cx = *state;
    const char *cookie = town_cookie_text(cx, SECRETARY_QIAN);

    assert_int_equal(web_get(cx, "/account", cookie).status, 200);
    assert_int_equal(web_send(cx, "/logout", cookie, (struct pairs){0}).status, 303);
    struct web_answer a = web_get(cx, "/account", cookie);
    assert_int_equal(a.status, 303);
    assert_true(has_words(a.location, "/login"));
}

static void an_invitation_survives_being_looked_at_and_is_gone_once_used(void **state)
{
    Cx *cx = *state;
    Str token;

    sign_in(cx, SYSADMIN_TAO);
    assert_int_equal(people_invite(cx, CADRE_SUN, &token), OK);
    sign_in(cx, 0);
    const char *path = arena_printf(&cx->mem, "/invite/%.*s", (int)token.len, token.at);
    for (int i = 0; i < 3; i++)
        assert_int_equal(web_get(cx, path, NULL).status, 200);
    struct web_answer a = web_send(cx, path, NULL,
        (struct pairs)FORM(
            F("password", "seven herons by the weir"), F("again", "seven herons by the wear")));
    assert_int_equal(a.status, 422);
    struct pairs good =
        FORM(F("password", "seven herons by the weir"), F("again", "seven herons by the weir"));
    assert_int_equal(web_send(cx, path, NULL, good).status, 303);
    assert_int_equal(web_send(cx, path, NULL, good).status, 410);
    assert_int_equal(web_get(cx, path, NULL).status, 410);
}

static void a_town_with_accounts_is_not_set_up_again(void **state)
{
    Cx *cx = *state;
    struct web_answer a = web_get(cx, "/setup", NULL);

    assert_int_equal(a.status, 410);
    a = web_send(cx, "/setup", NULL,
        (struct pairs)FORM(F("setup_code", "410108101.abcdefghjkmnpqrs"),
            F("password", "seven herons by the weir"), F("again", "seven herons by the weir"),
            F("name1", "甲"), F("login1", "a.sys"), F("name2", "乙"), F("login2", "a.sec"),
            F("name3", "丙"), F("login3", "a.aud")));
    assert_int_equal(a.status, 410);
}

static void the_system_administrator_makes_accounts_that_may_do_nothing_yet(void **state)
{
    Cx *cx = *state;
    const char *cookie = town_cookie_text(cx, SYSADMIN_TAO);
    struct pairs form = FORM(F("name", "新来的"), F("login", "xin.lai"), F("phone", "13900001111"));
    uint32_t posts_now;
    int64_t id;

    struct web_answer a = web_send(cx, "/people", cookie, form);
    assert_int_equal(a.status, 200);
    assert_true(has_words(a.body, "http://127.0.0.1/invite/410108101.")); /* whole: it is sent on */
    assert_false(has_words(a.body, "13900001111"));
    assert_int_equal(people_of_login(cx, S("xin.lai"), &id), OK);
    assert_int_equal(duty_posts(cx, id, &posts_now), OK);
    assert_int_equal(posts_now, 0);
    assert_int_equal(web_send(cx, "/people", cookie, form).status, 422);
    assert_int_equal(web_send(cx, "/people", town_cookie_text(cx, OFFICE_ZHENG), form).status, 403);
    cx->now += 6 * 60 * 1000; /* the password was typed too long ago (AUT-6) */
    a = web_send(cx, "/people", cookie, form);
    assert_true(a.status != 200 && a.status != 303);
}

static void an_appointment_is_asked_by_one_and_granted_by_another_on_pages(void **state)
{
    Cx *cx = *state;
    const char *office = town_cookie_text(cx, OFFICE_ZHENG),
               *security = town_cookie_text(cx, SECADMIN_JIANG);
    struct pairs form = FORM(F("person", "33"), F("post", "inspector"),
        F("unit", "410108101000000"), F("kind", "formal"), F("from_on", "2026-06-15"));
    uint32_t posts_now;

    struct web_answer a = web_send(cx, "/duty", office, form);
    assert_int_equal(a.status, 303);
    const char *at = as_z(cx, a.location);
    assert_true(has_words(web_get(cx, at, security).body, "等第二人批准"));
    const char *grant = arena_printf(&cx->mem, "%s/grant", at);
    assert_int_equal(web_send(cx, grant, office, (struct pairs){0}).status, 403);
    assert_int_equal(web_send(cx, grant, security, (struct pairs){0}).status, 303);
    assert_int_equal(duty_posts(cx, WITHOUT_POST_XIE, &posts_now), OK);
    assert_int_equal(posts_now, HAS(POST_INSPECTOR));
    assert_int_equal(web_send(cx, grant, security, (struct pairs){0}).status, 409);
}

static void every_page_of_people_and_duty_opens_in_both_languages(void **state)
{
    Cx *cx = *state;
    const char *const paths[] = {"/account", "/account/totp", "/prove", "/people", "/people?q=qian",
        "/people/1", "/duty", "/duty?post=secretary&unit=410108101206000", "/duty/new",
        "/duty/new?person=1", "/gaps", "/gaps?all=1", "/handover", "/posts", "/posts?post=auditor"};
    const char *head = town_cookie_text(cx, OFFICE_HEAD_FENG);

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        for (int en = 0; en < 2; en++) {
            struct web_answer a =
                web_call(cx, &(struct web_call){
                                 .path = paths[i],
                                 .cookie = head,
                                 .headers = {"Accept-Language", en ? "en" : "zh"}
            });
            if (a.status != 200)
                print_error("%s: %d\n", paths[i], a.status);
            assert_int_equal(a.status, 200);
        }
    assert_int_equal(web_get(cx, "/people/999999", head).status, 404);
    assert_int_equal(web_get(cx, "/duty/999999", head).status, 404);
    assert_int_equal(web_get(cx, "/handover/999999", head).status, 404);
    assert_int_equal(web_get(cx, "/login", NULL).status, 200);
}

static bool is_english(Cx *cx, const char *cookie)
{
    return has_words(web_get(cx, "/account", cookie).body, "<html lang=\"en\"");
}

static void the_language_goes_with_the_account_to_another_device(void **state)
{
    Cx *cx = *state;
    const char *phone = town_cookie_text(cx, OFFICE_HEAD_FENG),
               *desk = town_cookie_text(cx, OFFICE_HEAD_FENG);
    const char *told = arena_printf(&cx->mem, "%s; lang=zh", phone);
    struct person before, after;
    struct web_answer a;

    assert_false(is_english(cx, phone));
    assert_int_equal(people_find(cx, OFFICE_HEAD_FENG, &before), OK);
    Str version = str(arena_printf(&cx->mem, "%lld", (long long)before.version));
    const struct pair english[] = {
        F("lang", "en"), {S("version"), version}
    };

    a = web_send(cx, "/account/language", phone, (struct pairs){english, 2});
    assert_int_equal(a.status, 303);
    assert_true(has_words(a.set_cookie, "lang=;") && has_words(a.set_cookie, "Max-Age=0"));
    assert_true(is_english(cx, desk));
    assert_false(is_english(cx, told)); /* a browser that was told otherwise keeps to it */
    assert_int_equal(people_find(cx, OFFICE_HEAD_FENG, &after), OK);
    assert_true(str_eq(after.name, before.name));

    a = web_send(cx, "/account/language", phone, (struct pairs){english, 2});
    assert_int_equal(a.status, 409); /* who saves second is told */
    a = web_send(
        cx, "/account/language", phone, (struct pairs)FORM(F("lang", "fr"), F("version", "2")));
    assert_int_equal(a.status, 422);
    assert_true(is_english(cx, desk));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_THE_WEB(a_wrong_password_and_an_unknown_login_are_told_alike),
        ON_THE_WEB(signing_in_leads_on_to_a_path_of_ours_only),
        ON_THE_WEB(too_many_tries_are_told_when_to_come_again),
        ON_THE_WEB(signing_out_ends_the_session_at_once),
        ON_THE_WEB(an_invitation_survives_being_looked_at_and_is_gone_once_used),
        ON_THE_WEB(a_town_with_accounts_is_not_set_up_again),
        ON_THE_WEB(the_system_administrator_makes_accounts_that_may_do_nothing_yet),
        ON_THE_WEB(an_appointment_is_asked_by_one_and_granted_by_another_on_pages),
        ON_THE_WEB(every_page_of_people_and_duty_opens_in_both_languages),
        ON_THE_WEB(the_language_goes_with_the_account_to_another_device),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
