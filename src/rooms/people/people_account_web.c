/* people_account_web.c — 我的账号: one's own password, devices, language and second factor. */
#include <qrencode.h>

#include "gen/tmpl.h"
#include "rooms/people/people_web.h"
#include "web/look.h"

static Err account_page(Cx *cx, const Req *req, Resp *resp, struct account_view *v)
{
    struct person me;
    struct held_post *at = NEW_ARRAY(&cx->mem, N_POSTS, struct held_post);

    TRY(people_find(cx, cx->me.person, &me));
    TRY(people_sessions(cx, &v->sessions));
    TRY(people_totp_state(cx, cx->me.person, &v->second));
    v->name = me.name;
    v->login = me.login;
    v->lang = me.lang;
    v->version = me.version;
    v->posts.at = at;
    for (int p = POST_NONE + 1; p < N_POSTS; p++)
        if (cx->me.posts & HAS(p))
            at[v->posts.n++].label = posts[p].label;
    v->shell = shell_of(cx, req, "account");
    page_account(resp_page(cx, req, resp), v);
    return OK;
}

Err account_get(Cx *cx, const Req *req, Resp *resp)
{
    struct account_view v = {.done = query_text(req, "done").len > 0};
    return account_page(cx, req, resp, &v);
}

Err account_password_post(Cx *cx, const Req *req, Resp *resp)
{
    struct account_view v = {0};

    Err e = people_twice(cx, req);
    if (e == OK)
        e = people_password_change(
            cx, req->remote, form_text(req, "old"), form_text(req, "password"));
    if (e == ERR_INVALID) {
        v.wrong = people_wrong_of(cx);
        resp->status = 422;
        return account_page(cx, req, resp, &v);
    }
    TRY(e);
    return redirect(cx, resp, "/account?done=1");
}

/* From here on the account says the language, not what this browser was told before. */
Err account_language_post(Cx *cx, const Req *req, Resp *resp)
{
    struct account_view v = {0};

    Err e = people_language(cx, form_text(req, "lang"), form_i64(req, "version"));
    if (e == ERR_INVALID) {
        v.wrong = people_wrong_of(cx);
        resp->status = 422;
        return account_page(cx, req, resp, &v);
    }
    TRY(e);
    resp->cookie = look_forget(cx, req, "lang");
    return redirect(cx, resp, "/account?done=1");
}

Err account_session_end_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");

    TRY(people_session_end(cx, id));
    if (id != cx->me.session)
        return redirect(cx, resp, "/account?done=1");
    resp->cookie = session_line(cx, S(""), -1);
    return redirect(cx, resp, "/");
}

Err account_sessions_end_post(Cx *cx, const Req *req, Resp *resp)
{
    (void)req;
    TRY(people_sessions_end(cx, cx->me.person));
    return redirect(cx, resp, "/account?done=1");
}

/* --- the second factor --- */

/* Dark squares as one path, with the quiet zone of four modules that readers need. */
static Str qr_path(Cx *cx, Str text, int64_t *size)
{
    enum { QUIET = 4 };
    const char *z = arena_printf(&cx->mem, "%.*s", (int)text.len, text.at);
    QRcode *qr = QRcode_encodeString(z, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    Out path = {.mem = &cx->mem};

    if (!qr)
        return (Str){0};
    for (int y = 0; y < qr->width; y++)
        for (int x = 0; x < qr->width; x++) {
            if (!(qr->data[y * qr->width + x] & 1))
                continue;
            const char *square = arena_printf(&cx->mem, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
            out_raw(&path, square, strlen(square));
        }
    *size = qr->width + 2 * QUIET;
    QRcode_free(qr);
    return (Str){path.at, path.len};
}

static Err totp_page(Cx *cx, const Req *req, Resp *resp, struct totp_view *v)
{
    struct totp_offer offer;

    TRY(people_totp_state(cx, cx->me.person, &v->second));
    Err e = v->second.active ? ERR_NOT_FOUND : people_totp_offer(cx, &offer);
    if (e == OK) {
        v->begun = true;
        v->secret = offer.secret;
        v->path = qr_path(cx, offer.uri, &v->size);
    } else if (e != ERR_NOT_FOUND) {
        return e;
    }
    v->shell = shell_of(cx, req, "account");
    page_totp(resp_page(cx, req, resp), v);
    return OK;
}

Err account_totp_get(Cx *cx, const Req *req, Resp *resp)
{
    struct totp_view v = {0};
    return totp_page(cx, req, resp, &v);
}

Err account_totp_post(Cx *cx, const Req *req, Resp *resp)
{
    struct totp_offer offer;

    (void)req;
    TRY(people_totp_begin(cx, &offer));
    return redirect(cx, resp, "/account/totp");
}

Err account_totp_confirm_post(Cx *cx, const Req *req, Resp *resp)
{
    struct totp_view v = {0};

    Err e = people_totp_confirm(cx, form_text(req, "code"), &v.codes);
    if (e == ERR_INVALID) {
        v.wrong = people_wrong_of(cx);
        resp->status = 422;
    } else {
        TRY(e);
    }
    return totp_page(cx, req, resp, &v);
}

Err account_totp_drop_post(Cx *cx, const Req *req, Resp *resp)
{
    struct totp_state second;

    (void)req;
    TRY(people_totp_state(cx, cx->me.person, &second));
    if (second.required)
        return fail(cx, ERR_FORBIDDEN, NULL, T("您的岗位要求启用手机验证码"));
    TRY(people_totp_drop(cx, cx->me.person));
    return redirect(cx, resp, "/account/totp");
}
