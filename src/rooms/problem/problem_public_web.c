/* problem_public_web.c — the doors for people without an account: 首页 /, 查进度 /p, /p/CODE and
 * the reporter's verbs.  The receipt code alone is the right to see and to answer. */
#include "base/day.h"
#include "base/json.h"
#include "gen/tmpl.h"
#include "paper/paper.h"
#include "rooms/problem/problem_pages.h"
#include "rooms/town/town.h"

#include <inttypes.h>

static Str office_phone(Cx *cx)
{
    return town_setting_text(cx, "office_phone", S(""));
}

Err home_get(Cx *cx, const Req *req, Resp *resp)
{
    struct home_view v = {.tel = office_phone(cx), .shell = shell_of(cx, req, "home")};
    page_home(resp_page(cx, req, resp), &v);
    return OK;
}

Err find_get(Cx *cx, const Req *req, Resp *resp)
{
    char digits[13];
    struct home_view v = {.code = query_text(req, "code"), .tel = office_phone(cx)};

    if (v.code.len && town_code_sound(v.code, digits))
        return redirect(cx, resp, "/p/%s", digits);
    if (v.code.len)
        v.say = say(cx, T("这个号不对，请看看有没有抄错：一共 12 位数字"));
    v.shell = shell_of(cx, req, "find");
    v.mine = mine_of(cx, req);
    v.key = new_key(cx);
    Out *out = resp_page(cx, req, resp);
    if (v.code.len)
        resp->status = 422;
    page_find(out, &v);
    return OK;
}

static bool may(const struct problem_follow *f, const char *verb)
{
    for (size_t i = 0; i < f->verbs.n; i++)
        if (!strcmp(f->verbs.at[i].button.verb, verb))
            return true;
    return false;
}

/* Their own pictures by their code; those of the report they follow by a pass, large only. */
static struct follow_photo photo_of(
    Cx *cx, const struct problem_follow *f, const struct attachment *a)
{
    struct follow_photo p = {.at = a->at, .after = str_eq(a->kind, S("after"))};
    if (f->follows && a->object != f->own) {
        p.small = p.large = photo_pass(cx, a->id);
        return p;
    }
    const char *path =
        arena_printf(&cx->mem, "/p/%.*s/photo/%" PRId64, (int)f->code.len, f->code.at, a->id);
    p.small = str(arena_printf(&cx->mem, "%s/320", path));
    p.large = str(arena_printf(&cx->mem, "%s/1600", path));
    return p;
}

static void photos_of(Cx *cx, const struct problem_follow *f, struct follow_view *v)
{
    struct follow_photo *at = NEW_ARRAY(&cx->mem, f->photos.n + 1, struct follow_photo);
    for (size_t i = 0; i < f->photos.n; i++) {
        at[i] = photo_of(cx, f, &f->photos.at[i]);
        if (at[i].after)
            v->after = at[i];
        else if (!v->before.at && str_eq(f->photos.at[i].kind, S("before")))
            v->before = at[i];
    }
    v->photos.at = at;
    v->photos.n = f->photos.n;
}

/* As one says it on the telephone: 四八二零，一九三七，五六零二. */
static Str said_aloud(Cx *cx, Str code)
{
    static const char *const zh[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    static const char *const en[] = {
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    bool english = cx->lang == LANG_EN;
    Out o = {.mem = &cx->mem};
    for (size_t i = 0; i < code.len; i++) {
        const char *part = i && i % 4 == 0 ? (english ? ", " : "，") : english && i ? " " : "";
        const char *digit = english ? en[(code.at[i] - '0') % 10] : zh[(code.at[i] - '0') % 10];
        out_raw(&o, part, strlen(part));
        out_raw(&o, digit, strlen(digit));
    }
    return (Str){o.at, o.len};
}

static const struct choice_row thanks[] = {
    {"谢谢，办得好", T("谢谢，办得好")},
    {"辛苦了",          T("辛苦了")         },
    {"办得真快",       T("办得真快")      },
};

enum { JUST_NOW_MS = 3 * 60 * 1000 }; /* long enough to come from the form, on any line */

static Err show(Cx *cx, const Req *req, Resp *resp, const struct problem_follow *f, Str wrong)
{
    struct follow_view v = {
        .f = f,
        .say = wrong,
        .bad = cx->why.field,
        .steps = {f->steps, 4},
        .events = newest_first(cx, &f->events),
        .closed = f->state == CLOSED,
        .fresh = f->state <= DISPATCHED && cx->now - f->steps[0].at < JUST_NOW_MS,
        .can_add = may(f, "comment"),
        .can_withdraw = may(f, "withdraw"),
        .can_ask_again = may(f, "ask_again"),
        .tel = office_phone(cx),
    };
    photos_of(cx, f, &v);
    v.url = own_address(cx, req, "/p/%.*s", (int)f->code.len, f->code.at);
    v.qr = qr_path(cx, v.url, &v.qr_size);
    v.aloud = said_aloud(cx, f->code);
    v.mine = mine_has(cx, req, f->code);
    TRY(problem_thanked(cx, f->own, &v.thanked));
    v.can_thank = may(f, "thank") && !v.thanked.len;
    v.thanks = picks_of(cx, thanks, sizeof thanks / sizeof *thanks, (Str){0});
    v.shell = shell_of(cx, req, "find");
    v.key = new_key(cx);
    Out *out = resp_page(cx, req, resp);
    if (wrong.len)
        resp->status = 422;
    page_follow(out, &v);
    return OK;
}

/* A code that nobody has: the way on is the form, and the telephone. */
static Err unknown(Cx *cx, const Req *req, Resp *resp, Str code)
{
    struct home_view v = {.code = code, .tel = office_phone(cx)};
    v.say = say(cx, T("没有这个回执号，请看看有没有抄错"));
    v.shell = shell_of(cx, req, "find");
    memset(&cx->why, 0, sizeof cx->why);
    Out *out = resp_page(cx, req, resp);
    resp->status = 404;
    page_find(out, &v);
    return OK;
}

Err follow_get(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_follow f;
    char digits[13];
    Str code = path_text(req, "code");

    if (!town_code_sound(code, digits))
        return unknown(cx, req, resp, code);
    Err e = problem_follow(cx, str(digits), &f);
    if (e == ERR_NOT_FOUND)
        return unknown(cx, req, resp, code);
    TRY(e);
    /* Who opens the page of a closed matter has been told of its end (domain: §2 pass). */
    if (f.state == CLOSED && !cx->me.person)
        TRY(problem_told_own(cx, f.own));
    return show(cx, req, resp, &f, (Str){0});
}

/* To keep or to forward: what is on it is what who holds the code sees first, no more. */
Err receipt_png_get(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_follow f;
    char digits[13];
    Str png;
    if (!town_code_sound(path_text(req, "code"), digits))
        return ERR_NOT_FOUND;
    TRY(problem_follow(cx, str(digits), &f));
    Str town = town_unit_name(cx, cx->town_id * 1000000), tel = office_phone(cx);
    Str at = day_time_text(cx, f.steps[0].at), label = say(cx, f.state_label);
    Str how = say(cx, T("扫一扫看办理进度，不用登录"));
    struct receipt_picture p = {
        .head = str(arena_printf(&cx->mem, "河清 · %.*s", (int)town.len, town.at)),
        .code_label = say(cx, T("回执号")),
        .code = f.code_shown,
        .aloud = said_aloud(cx, f.code),
        .what = f.title,
        .lines =
            str(arena_printf(&cx->mem, "%.*s\n%.*s", (int)at.len, at.at, (int)label.len, label.at)),
        .note =
            str(arena_printf(&cx->mem, "%.*s\n%.*s", (int)how.len, how.at, (int)tel.len, tel.at)),
        .address = own_address(cx, req, "/p/%s", digits),
    };
    TRY(paper_picture(cx, &p, &png));
    out_raw(resp_data(cx, resp, "image/png", S("receipt.png")), png.at, png.len);
    resp->private_file = true;
    return OK;
}

static void json_steps(struct json *j, const struct problem_follow *f)
{
    json_list(j, "steps");
    for (size_t i = 0; i < 4; i++) {
        json_open(j, '{');
        json_z(j, "name", f->steps[i].label.zh);
        if (f->steps[i].at)
            json_i64(j, "at", f->steps[i].at);
        json_bool(j, "now", f->steps[i].now);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void json_events(struct json *j, const struct problem_events *events)
{
    json_list(j, "events");
    for (size_t i = 0; i < events->n; i++) {
        json_open(j, '{');
        json_i64(j, "at", events->at[i].at);
        json_z(j, "verb", events->at[i].verb);
        json_str(j, "who", events->at[i].who);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void json_photos(Cx *cx, struct json *j, const struct problem_follow *f)
{
    json_list(j, "photos");
    for (size_t i = 0; i < f->photos.n; i++) {
        if (str_eq(f->photos.at[i].kind, S("check")))
            continue;
        json_open(j, '{');
        json_str(j, "kind", f->photos.at[i].kind);
        json_str(j, "path", photo_of(cx, f, &f->photos.at[i]).large);
        json_close(j, '}');
    }
    json_close(j, ']');
}

Err follow_json_get(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_follow f;
    char digits[13];

    if (!town_code_sound(path_text(req, "code"), digits))
        return ERR_NOT_FOUND;
    TRY(problem_follow(cx, str(digits), &f));
    struct sink to = sink_to_out(resp_data(cx, resp, "application/json; charset=utf-8", (Str){0}));
    struct json j = {.to = &to};
    json_open(&j, '{');
    json_str(&j, "code", f.code);
    json_str(&j, "title", f.title);
    json_str(&j, "where", f.where);
    json_z(&j, "state", f.state_code);
    json_str(&j, "turn", f.turn);
    if (f.promise_at)
        json_i64(&j, "promise_at", f.promise_at);
    json_bool(&j, "overdue", f.clock.overdue);
    json_str(&j, "result", f.result);
    json_str(&j, "answer", f.answer);
    json_str(&j, "evaluation", f.evaluation);
    json_steps(&j, &f);
    json_events(&j, &f.events);
    json_photos(cx, &j, &f);
    json_list(&j, "verbs");
    for (size_t i = 0; i < f.verbs.n; i++)
        json_z(&j, NULL, f.verbs.at[i].button.verb);
    json_close(&j, ']');
    json_str(&j, "last_hash", f.last_hash);
    json_close(&j, '}');
    return sink_end(&to);
}

Err follow_verb_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_fields in;
    struct problem_follow f;
    char digits[13];
    Str verb = path_text(req, "verb");

    if (!town_code_sound(path_text(req, "code"), digits))
        return ERR_NOT_FOUND;
    TRY(problem_follow(cx, str(digits), &f)); /* also says the town, whose pictures they are */
    if (str_eq(verb, S("forget"))) {
        TRY(problem_forget_reporter(cx, str(digits)));
        return redirect(cx, resp, "/p/%s", digits);
    }
    Err e = form_fields(cx, req, &in);
    if (e == OK)
        e = problem_act_by_code(cx, str(digits), verb, &in);
    if (e == ERR_INVALID)
        return show(cx, req, resp, &f, cx->why.say);
    TRY(e);
    return redirect(cx, resp, "/p/%s", digits);
}
