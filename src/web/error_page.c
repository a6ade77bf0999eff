/* error_page.c — 出错页: the one place where an Err or a refusal becomes an answer and a log line.
 */
#include "web/errors_view.h"
#include "web/web.h"

#include "tmpl.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Refusals of the guard that are no status of their own. */
enum { EXPIRED = 419, PROVE = 428 };

static const struct words {
    int status;
    Text title, say;
} words[] = {
    {400,     T("请求有误"),          T("浏览器发来的内容无法读懂，请返回上一页重试。")         },
    {401,     T("请先登录"),          T("这里需要登录后才能使用。")                                       },
    {403,     T("不能这样做"),       T("您没有这项权限。如有疑问，请联系镇领导小组办公室。")},
    {404,     T("没有找到"),          T("地址写错了，或者这条记录不在您的范围内。")               },
    {405,     T("不能这样访问"),    T("这个地址不接受这种操作，请从菜单进入。")                  },
    {409,     T("已有变化"),          T("别人先改了这条记录，请打开最新内容后再试。")            },
    {410,     T("已经失效"),          T("这个链接已经用过，或者已过期。")                              },
    {413,     T("内容太大"),          T("一次最多 6 张照片，每张不超过 12 MB；文字不超过 1 MB。") },
    {414,     T("地址太长"),          T("地址太长，无法读懂。")                                             },
    {415,     T("请求有误"),          T("浏览器发来的内容无法读懂，请返回上一页重试。")         },
    {422,     T("填写有误"),          T("有一项填写得不对，请返回上一页检查。")                     },
    {429,     T("操作太频繁"),       T("这个来源的操作太频繁，请稍等片刻。")                        },
    {431,     T("请求有误"),          T("浏览器发来的内容无法读懂，请返回上一页重试。")         },
    {500,     T("系统出错"),          T("是我们这边的问题，已经记录下来。")                           },
    {503,     T("暂时忙"),             T("系统正忙，没有保存。请稍后再试。")                           },
    {EXPIRED, T("页面已过期"),       T("这一页打开得太久了，内容还没有提交。请再提交一次。")},
    {PROVE,   T("请再次确认身份"), T("这项操作需要先再输入一次密码。")                              },
};

static const struct words *words_for(int status)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].status == status)
            return &words[i];
    return words_for(500);
}

/* ---- the log: one JSON line, no personal data (PII-5): the route, not the path ---- */
static void json_text(Out *o, Str s)
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c == '"' || c == '\\') {
            char two[2] = {'\\', (char)c};
            out_raw(o, two, 2);
        } else if (c < 32) {
            char six[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            out_raw(o, six, 6);
        } else {
            out_raw(o, s.at + i, 1);
        }
    }
}

static void log_line(Arena *mem, const char *level, const char *more, const char *why)
{
    struct timespec t;
    struct tm tm;
    Out o = {.mem = mem};

    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &tm);
    const char *head =
        arena_printf(mem, "{\"at\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ\",\"level\":\"%s\"%s",
            tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
            t.tv_nsec / 1000000, level, more);
    out_raw(&o, head, strlen(head));
    if (why) {
        out_raw(&o, ",\"why\":\"", 8);
        json_text(&o, str(why));
        out_raw(&o, "\"", 1);
    }
    out_raw(&o, "}\n", 2);
    if (write(STDERR_FILENO, o.at, o.len) < 0)
        return; /* nobody reads the log: nothing to tell it to */
}

void weblog(const struct exchange *x, const char *level, const char *why)
{
    Arena mem = {0};
    const char *more = arena_printf(&mem,
        ",\"id\":\"%.*s\",\"status\":%d,\"method\":\"%s\",\"route\":\"%s\",\"town\":%" PRId64
        ",\"person\":%" PRId64,
        (int)x->rid.len, x->rid.at, x->resp.status, x->req.method == POST ? "POST" : "GET",
        x->route ? x->route->path : "", x->cx.town_id, x->cx.me.person);
    log_line(&mem, level, more, why);
    arena_reset(&mem);
}

/* Refusals of people without a session are counted, not written one by one: a line for each would
 * let a stranger fill the disk. */
static _Atomic long counted[600];

void weblog_counts(void)
{
    Arena mem = {0};
    for (int status = 400; status < 600; status++) {
        long n = atomic_exchange(&counted[status], 0);
        if (n)
            log_line(&mem, "info", arena_printf(&mem, ",\"status\":%d,\"refused\":%ld", status, n),
                NULL);
    }
    arena_reset(&mem);
}

static void tell(const struct exchange *x)
{
    int status = x->resp.status;
    if (status >= 500 || x->cx.why.log)
        weblog(x, status >= 500 ? "error" : "warning", x->cx.why.log);
    else if (x->cx.me.person && status != 404)
        weblog(x, "info", NULL);
    else
        atomic_fetch_add(&counted[status < 600 ? status : 500], 1);
}

/* ---- the page ---- */
static bool secret_name(Str name)
{
    static const char *const secret[] = {
        "csrf", "password", "password2", "old", "new", "totp", "setup"};
    for (size_t i = 0; i < sizeof secret / sizeof *secret; i++)
        if (str_eq(name, str(secret[i])))
            return true;
    return false;
}

static bool readable(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.at[i] >= 0x80 || s.at[i] == ' ')
            return true;
    return false;
}

static void typed_of(struct exchange *x, struct error_view *v)
{
    const struct pairs *form = &x->req.form;
    struct typed_field *at = NEW_ARRAY(&x->cx.mem, form->n + 1, struct typed_field);
    size_t n = 0, secrets = 0;

    for (size_t i = 0; i < form->n; i++) {
        if (secret_name(form->at[i].name)) {
            secrets += !str_eq(form->at[i].name, S("csrf"));
            continue;
        }
        at[n] =
            (struct typed_field){form->at[i].name, form->at[i].value, readable(form->at[i].value)};
        v->has_readable |= at[n++].readable;
    }
    v->typed = (struct typed){at, n};
    v->again &= n > 0 && secrets == 0;
}

/* To where one's day begins (/login knows that of who is signed in); or to the empty form of the
 * same address, where what was typed is not ours to keep. */
static void onward(struct exchange *x, struct error_view *v)
{
    bool staff = x->cx.me.posts & STAFF_POSTS;
    const struct route *same;
    struct pairs args;
    Str allow;

    if (x->req.method == POST && x->route && !v->again && x->resp.status < 500
        && local_path(x->req.path)
        && route_find(&x->cx.mem, GET, x->req.path, &same, &args, &allow) == 0) {
        v->back = arena_printf(&x->cx.mem, "%.*s", (int)x->req.path.len, x->req.path.at);
        v->back_label = T("重新填写");
        return;
    }
    v->back = staff ? "/me" : x->cx.me.person ? "/login" : "/";
    v->back_label = staff ? T("回到我的待办") : T("回到首页");
}

static void as_page(struct exchange *x, int kind, Str say_what, bool again)
{
    Cx *cx = &x->cx;
    Req *req = &x->req;
    const struct words *w = words_for(kind);
    struct error_view v = {.status = x->resp.status, .title = say(cx, w->title)};

    v.say = say_what.len ? say_what : say(cx, w->say);
    v.again = again && req->method == POST;
    typed_of(x, &v);
    onward(x, &v);
    if (x->resp.retry_after > 0 && kind == 429)
        v.wait = say_n(cx, T("请在 {n} 秒后再试。"), x->resp.retry_after);
    if (x->resp.status >= 500)
        v.id = x->rid;
    if (kind == PROVE)
        v.first = "/prove";
    else if (kind == EXPIRED && !cx->me.person && x->route && (x->route->who & ANYONE) == 0)
        v.first = "/login";
    v.shell = shell_of(cx, req, "");

    Out *out = resp_page(cx, req, &x->resp);
    if (!req->csrf.len && form_text(req, "key").len)
        out->csrf = webkey_token(cx, form_text(req, "key"));
    page_error(out, &v);
}

static void as_json(struct exchange *x, int kind, Str say_what)
{
    Cx *cx = &x->cx;
    Out *o = resp_data(cx, &x->resp, "application/json; charset=utf-8", (Str){0});
    Str text = say_what.len ? say_what : say(cx, words_for(kind)->say);
    const char *head = arena_printf(
        &cx->mem, "{\"status\":%d,\"id\":\"%.*s\"", x->resp.status, (int)x->rid.len, x->rid.at);

    out_raw(o, head, strlen(head));
    if (cx->why.field) {
        out_raw(o, ",\"field\":\"", 10);
        json_text(o, str(cx->why.field));
        out_raw(o, "\"", 1);
    }
    out_raw(o, ",\"message\":\"", 12);
    json_text(o, text);
    out_raw(o, "\"}\n", 3);
}

static void answer(struct exchange *x, int kind, int status, Str say_what, bool again)
{
    Resp kept = x->resp;
    if (kept.fd >= 0)
        close(kept.fd);
    x->resp =
        (Resp){.status = status, .fd = -1, .retry_after = kept.retry_after, .allow = kept.allow};
    if (status == 503 && !kept.retry_after)
        x->resp.retry_after = 5;
    if (x->req.wants_json)
        as_json(x, kind, say_what);
    else
        as_page(x, kind, say_what, again);
    tell(x);
}

void respond_status(struct exchange *x, int status)
{
    bool again = status == 429 || status == 503 || status == EXPIRED || status == PROVE;
    int sent = status == EXPIRED || status == PROVE ? 403 : status;

    if (sent == 403)
        guard_denied(&x->cx, x->route);
    answer(x, status, sent, (Str){0}, again);
}

void respond_error(struct exchange *x, Err e)
{
    static const int status[] = {[OK] = 200,
        [ERR_INVALID] = 422,
        [ERR_FORBIDDEN] = 403,
        [ERR_NOT_FOUND] = 404,
        [ERR_CONFLICT] = 409,
        [ERR_BUSY] = 503,
        [ERR_INTERNAL] = 500};

    if (e == ERR_FORBIDDEN)
        guard_denied(&x->cx, x->route);
    /* A handler may know better: 410 for a used link, 429 for one guess too many. */
    int sent = x->resp.status >= 400 ? x->resp.status : status[e];
    answer(x, sent, sent, e == ERR_INTERNAL ? (Str){0} : x->cx.why.say, sent == 503);
}
