/* training_signin_web.c — 签到: the host's page with the QR and the guests; one tap for who scans.
 */
#include "base/day.h"
#include "base/secret.h"
#include "gen/tmpl.h"
#include "rooms/people/people.h"
#include "rooms/training/training_view.h"
#include "web/qr.h"

#include <inttypes.h>

static Err guests_of(Cx *cx, int64_t id, struct signin_view *v)
{
    struct sql_training_attends_rows r;
    TRY(sql_training_attends(
        cx, &(struct sql_training_attends){.training = id, .limit = 2 * DUE_MAX}, &r));
    struct attend_line *at = NEW_ARRAY(&cx->mem, r.n + 1, struct attend_line);
    size_t n = 0;
    for (size_t i = 0; i < r.n; i++) {
        if (r.at[i].person)
            continue;
        at[n] = (struct attend_line){.id = r.at[i].id, .at = r.at[i].at};
        TRY(training_guest_name(cx, r.at[i].id, r.at[i].key, r.at[i].guest, &at[n].name));
        n++;
    }
    v->guests = (struct attend_lines){at, n};
    return OK;
}

static Err is_there(Cx *cx, int64_t id, bool *there)
{
    struct sql_training_attend_of_row row;
    Err e = sql_training_attend_of(
        cx, &(struct sql_training_attend_of){.training = id, .person = cx->me.person}, &row);
    *there = e == OK && str_eq(row.state, S("present"));
    return e == ERR_NOT_FOUND ? OK : e;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str code, Str say_why, int status)
{
    Training t;
    int64_t from, to;
    TRY(training_get(cx, path_i64(req, "id"), &t));
    training_window(&t, &from, &to);
    struct signin_view v = {.id = t.id,
        .n_present = t.present_n,
        .n_due = t.due_n,
        .title = t.title,
        .say = say_why,
        .guest = form_text(req, "guest"),
        .opens = day_time_text(cx, from),
        .closes = day_time_text(cx, to),
        .has_code = code.len == t.code.len && secret_same(code, t.code),
        .open = cx->now >= from && cx->now <= to,
        .early = cx->now < from};
    TRY(training_may_host(cx, &t, &v.host_here));
    TRY(is_there(cx, t.id, &v.done));
    if (v.has_code)
        v.code = t.code;
    if (v.host_here) {
        v.url = own_address(
            cx, req, "/training/%" PRId64 "/signin?c=%.*s", t.id, (int)t.code.len, t.code.at);
        v.qr = qr_path(cx, v.url, &v.qr_size);
        TRY(guests_of(cx, t.id, &v));
    }
    v.shell = shell_of(cx, req, "training");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_training_signin(out, &v);
    return OK;
}

Err training_signin_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, query_text(req, "c"), (Str){0}, 0);
}

Err training_signin_post(Cx *cx, const Req *req, Resp *resp)
{
    Str code = form_text(req, "c");
    Err e = training_sign_in(cx, path_i64(req, "id"), code);
    if (e == ERR_CONFLICT)
        return show(cx, req, resp, code, cx->why.say, 409);
    TRY(e);
    return redirect(cx, resp, "/training/%" PRId64 "/signin?c=%.*s", path_i64(req, "id"),
        (int)code.len, code.at);
}

Err training_guest_post(Cx *cx, const Req *req, Resp *resp)
{
    Err e = training_guest(cx, path_i64(req, "id"), form_text(req, "guest"));
    if (e == ERR_INVALID)
        return show(cx, req, resp, (Str){0}, cx->why.say, 422);
    TRY(e);
    return redirect(cx, resp, "/training/%" PRId64 "/signin", path_i64(req, "id"));
}
