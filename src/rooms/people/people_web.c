/* people_web.c — 登录: signing in and out, proving it is still you, invitations, the first set-up.
 */
#include "rooms/people/people_web.h"
#include "base/utf8.h"
#include "gen/tmpl.h"
#include "rooms/duty/duty.h"
#include "rooms/people/people_room.h"
#include "rooms/people/people_view.h"

enum { COOKIE_S = 30 * 24 * 3600 };

struct wrong people_wrong_of(const Cx *cx)
{
    return (struct wrong){cx->why.field ? cx->why.field : "", cx->why.say};
}

/* Where to go on: a path of ours, else home. */
static Str next_of(const Req *req, bool typed)
{
    Str next = typed ? form_text(req, "next") : query_text(req, "next");
    return local_path(next) ? next : S("");
}

static Str device_of(Cx *cx, const Req *req)
{
    static const char *const names[][2] = {
        {"MicroMessenger", "微信" },
        {"Edg/",           "Edge"   },
        {"Firefox/",       "Firefox"},
        {"Chrome/",        "Chrome" },
        {"Safari/",        "Safari" },
        {"curl/",          "curl"   }
    };
    static const char *const systems[][2] = {
        {"Android", "Android"},
        {"iPhone",  "iPhone" },
        {"iPad",    "iPad"   },
        {"Windows", "Windows"},
        {"Mac OS",  "macOS"  },
        {"Linux",   "Linux"  }
    };
    const char *name = "", *system = "";

    for (size_t i = 0; !*name && i < sizeof names / sizeof *names; i++)
        if (str_has(req->user_agent, names[i][0]))
            name = names[i][1];
    for (size_t i = 0; !*system && i < sizeof systems / sizeof *systems; i++)
        if (str_has(req->user_agent, systems[i][0]))
            system = systems[i][1];
    return *name && *system ? str(arena_printf(&cx->mem, "%s · %s", name, system))
                            : str(*name ? name : system);
}

/* --- login --- */

static Err login_page(Cx *cx, const Req *req, Resp *resp, struct login_view *v)
{
    bool any;

    TRY(people_any(cx, &any));
    v->nobody_yet = !any;
    v->shell = shell_of(cx, req, "login");
    v->key = new_key(cx);
    page_login(resp_page(cx, req, resp), v);
    return OK;
}

/* Each to where their day begins; the three admins have no list of matters, and who has no post any
 * more has at most a hand-over to confirm. */
static const char *home_of(Cx *cx, int64_t person, uint32_t has)
{
    int64_t waits = 0;

    if (has == 0 && duty_handover_waits(cx, person, &waits) == OK && waits)
        return "/handover";
    return has & HAS(POST_SYSADMIN)   ? "/people"
           : has & HAS(POST_SECADMIN) ? "/duty"
           : has & HAS(POST_AUDITOR)  ? "/log"
           : has & STAFF_POSTS        ? "/me"
                                      : "/account";
}

static Err login_get(Cx *cx, const Req *req, Resp *resp)
{
    struct login_view v = {.next = next_of(req, false)};

    if (cx->me.person)
        return redirect(cx, resp, "%s", home_of(cx, cx->me.person, cx->me.posts));
    return login_page(cx, req, resp, &v);
}

static Err login_again(
    Cx *cx, const Req *req, Resp *resp, struct login_view *v, const struct login_done *done)
{
    switch (done->answer) {
    case LOGIN_LOCKED:
        resp->status = 429;
        resp->retry_after = (int)done->retry_after;
        v->wrong.say = say_n(cx, T("试错的次数太多，请过 {n} 秒再试"), done->retry_after);
        break;
    case LOGIN_CODE:
        resp->status = form_has(req, "code") ? 422 : 200;
        v->asks_code = true;
        v->wrong.say = form_has(req, "code") ? say(cx, T("验证码不对或用过了，密码请再输一遍"))
                                             : say(cx, T("请填手机验证码，密码再输一遍"));
        break;
    default: resp->status = 422; v->wrong.say = say(cx, T("登录名或密码不对"));
    }
    return login_page(cx, req, resp, v);
}

static Err login_post(Cx *cx, const Req *req, Resp *resp)
{
    struct login_view v = {.login = form_text(req, "login"), .next = next_of(req, true)};
    struct login in = {.login = v.login,
        .password = form_text(req, "password"),
        .code = form_text(req, "code"),
        .source = req->remote,
        .device = device_of(cx, req)};
    struct login_done done;
    struct signed_in me;
    uint32_t has;

    TRY(people_login(cx, &in, &done));
    if (done.answer != LOGIN_IN)
        return login_again(cx, req, resp, &v, &done);
    resp->cookie = session_line(cx, done.cookie, COOKIE_S);
    if (done.enrol)
        return redirect(cx, resp, "/account/totp");
    if (v.next.len)
        return redirect(cx, resp, "%.*s", (int)v.next.len, v.next.at);
    TRY(people_session(cx, done.cookie, &me));
    TRY(duty_posts(cx, me.person, &has));
    return redirect(cx, resp, "%s", home_of(cx, me.person, has));
}

static Err logout_post(Cx *cx, const Req *req, Resp *resp)
{
    (void)req;
    TRY(people_logout(cx));
    resp->cookie = session_line(cx, S(""), -1);
    return redirect(cx, resp, "/");
}

/* --- once more --- */

static Err prove_page(Cx *cx, const Req *req, Resp *resp, struct prove_view *v)
{
    struct totp_state second;

    TRY(people_totp_state(cx, cx->me.person, &second));
    v->has_totp = second.active;
    v->shell = shell_of(cx, req, "account");
    page_prove(resp_page(cx, req, resp), v);
    return OK;
}

static Err prove_get(Cx *cx, const Req *req, Resp *resp)
{
    struct prove_view v = {.next = next_of(req, false)};
    return prove_page(cx, req, resp, &v);
}

static Err prove_post(Cx *cx, const Req *req, Resp *resp)
{
    struct prove_view v = {.next = next_of(req, true)};
    struct login_done done;

    TRY(people_prove(cx, form_text(req, "password"), form_text(req, "code"), req->remote, &done));
    if (done.answer == LOGIN_IN)
        return v.next.len ? redirect(cx, resp, "%.*s", (int)v.next.len, v.next.at)
                          : redirect(cx, resp, "/account");
    resp->status = done.answer == LOGIN_LOCKED ? 429 : 422;
    resp->retry_after = (int)done.retry_after;
    v.wrong.say = done.answer == LOGIN_LOCKED
                      ? say_n(cx, T("试错的次数太多，请过 {n} 秒再试"), done.retry_after)
                      : say(cx, T("密码或验证码不对"));
    return prove_page(cx, req, resp, &v);
}

/* --- invitations: a GET consumes nothing, for chat programs look at links (AUT-7) --- */

Str people_link(Cx *cx, const Req *req, Str token)
{
    return own_address(cx, req, "/invite/%.*s", (int)token.len, token.at);
}

static Err invite_page(Cx *cx, const Req *req, Resp *resp, struct invite_view *v)
{
    struct person p;

    Err e = people_invited(cx, v->token, &p);
    if (e == ERR_NOT_FOUND) {
        v->gone = true;
        resp->status = 410;
    } else {
        TRY(e);
        v->name = p.name;
        v->login = p.login;
    }
    v->key = new_key(cx);
    v->shell = shell_of(cx, req, "login");
    page_invite(resp_page(cx, req, resp), v);
    return OK;
}

static Err invite_get(Cx *cx, const Req *req, Resp *resp)
{
    struct invite_view v = {.token = path_text(req, "token")};
    return invite_page(cx, req, resp, &v);
}

Err people_twice(Cx *cx, const Req *req)
{
    return str_eq(form_text(req, "password"), form_text(req, "again"))
               ? OK
               : fail(cx, ERR_INVALID, "again", T("两次输入的密码不一样"));
}

static Err invite_post(Cx *cx, const Req *req, Resp *resp)
{
    struct invite_view v = {.token = path_text(req, "token")};

    Err e = people_twice(cx, req);
    if (e == OK)
        e = people_invited_password(cx, v.token, form_text(req, "password"));
    if (e == OK)
        return redirect(cx, resp, "/login");
    if (e != ERR_INVALID && e != ERR_NOT_FOUND)
        return e;
    resp->status = 422;
    v.wrong = people_wrong_of(cx);
    return invite_page(cx, req, resp, &v);
}

/* --- the first set-up --- */

static Err setup_page(Cx *cx, const Req *req, Resp *resp, struct setup_view *v)
{
    v->key = new_key(cx);
    v->shell = shell_of(cx, req, "login");
    page_setup(resp_page(cx, req, resp), v);
    return OK;
}

static Err setup_get(Cx *cx, const Req *req, Resp *resp)
{
    struct setup_view v = {0};

    TRY(people_any(cx, &v.gone));
    resp->status = v.gone ? 410 : 200;
    return setup_page(cx, req, resp, &v);
}

static Err setup_post(Cx *cx, const Req *req, Resp *resp)
{
    struct setup_view v = {.code = form_text(req, "setup_code"),
        .name1 = form_text(req, "name1"),
        .login1 = form_text(req, "login1"),
        .name2 = form_text(req, "name2"),
        .login2 = form_text(req, "login2"),
        .name3 = form_text(req, "name3"),
        .login3 = form_text(req, "login3")};
    struct setup in = {
        .code = v.code,
        .name = {v.name1,  v.name2,  v.name3 },
        .login = {v.login1, v.login2, v.login3},
        .password = form_text(req, "password")
    };
    struct setup_done done;

    Err e = people_twice(cx, req);
    if (e == OK)
        e = duty_setup(cx, &in, &done);
    if (e == OK) {
        v.done = true;
        v.link2 = people_link(cx, req, done.token[1]);
        v.link3 = people_link(cx, req, done.token[2]);
    } else if (e == ERR_NOT_FOUND) {
        v.gone = true;
        resp->status = 410;
    } else if (e == ERR_INVALID) {
        v.wrong = people_wrong_of(cx);
        resp->status = 422;
    } else {
        return e;
    }
    return setup_page(cx, req, resp, &v);
}

const struct menu_item people_menu[] = {
    {"/people",    "people", T("人员"), PEOPLE_SEE, false, "i-users"},
    {"/account", "account", T("我的账号"), SIGNED_IN, false, "i-user"},
    {0      },
};

const struct route people_routes[] = {
    {GET,                 "/login", .who = ANYONE, .run = login_get, .on = ON_READ},
    {POST,      "/login", .who = ANYONE, .run = login_post, .on = ON_WAIT, .rate = RATE_LOGIN,
     .public_form = true},
    {POST,      "/logout", .who = SIGNED_IN, .run = logout_post, .on = ON_WAIT},
    {GET,                "/prove", .who = SIGNED_IN, .run = prove_get, .on = ON_READ},
    {POST,      "/prove", .who = SIGNED_IN, .run = prove_post, .on = ON_WAIT, .rate = RATE_LOGIN},
    {GET,      "/invite/{token}", .who = ANYONE, .run = invite_get, .on = ON_READ},
    {POST, "/invite/{token}", .who = ANYONE, .run = invite_post, .on = ON_WAIT, .rate = RATE_LOGIN,
     .public_form = true},
    {GET,                "/setup", .who = ANYONE, .run = setup_get, .on = ON_READ},
    {POST,   "/setup", .who = ANYONE, .run = setup_post, .on = ON_WAIT, .rate = RATE_LOGIN,
     .public_form = true},
    {GET,      "/account", .who = SIGNED_IN, .run = account_get, .on = ON_READ},
    {POST,                 "/account/language", .who = SIGNED_IN, .run = account_language_post, .on = ON_WAIT},
    {POST,   "/account/password", .who = SIGNED_IN, .run = account_password_post, .on = ON_WAIT,
     .rate = RATE_LOGIN},
    {POST,      "/account/sessions/{id}/end", .who = SIGNED_IN, .run = account_session_end_post,
     .on = ON_WAIT},
    {POST,                "/account/sessions/end", .who = SIGNED_IN, .run = account_sessions_end_post,
     .on = ON_WAIT},
    {GET,   "/account/totp", .who = SIGNED_IN, .run = account_totp_get, .on = ON_READ},
    {POST,      "/account/totp", .who = SIGNED_IN, .run = account_totp_post, .on = ON_WAIT},
    {POST,                   "/account/totp/confirm", .who = SIGNED_IN, .run = account_totp_confirm_post,
     .on = ON_WAIT, .rate = RATE_LOGIN},
    {POST,"/account/totp/drop", .who = SIGNED_IN, .run = account_totp_drop_post, .on = ON_WAIT,
     .fresh = true},
    {GET,  "/people", .who = PEOPLE_SEE, .run = people_list_get, .on = ON_READ},
    {GET,                   "/people/new", .who = HAS(POST_SYSADMIN), .run = people_new_get, .on = ON_READ},
    {POST,  "/people", .who = HAS(POST_SYSADMIN), .run = people_new_post, .on = ON_WAIT,
     .fresh = true},
    {GET, "/people/{id}", .who = PEOPLE_SEE, .run = people_one_get, .on = ON_READ},
    {POST, "/people/{id}", .who = HAS(POST_SYSADMIN), .run = people_one_post, .on = ON_WAIT},
    {POST,                   "/people/{id}/{verb}", .who = HAS(POST_SYSADMIN), .run = people_verb_post, .on = ON_WAIT,
     .fresh = true},
    {0},
};
