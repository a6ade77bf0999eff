/* web_call.c — a request without a socket. */
#include "web/web_call.h"

#include "rooms/people/people.h"
#include "web/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void web_call_open(Cx *cx, const char *data)
{
    (void)cx;
    struct web_opt opt = {.data = data, .listen = "127.0.0.1:0", .no_rate = true, .rooms = rooms};
    if (web_open(&opt) != OK)
        abort();
}

void web_call_close(void)
{
    web_close();
}

static void say_pair(Out *o, const char *name, Str value)
{
    if (o->len)
        out_raw(o, "&", 1);
    put_query(o, name);
    out_raw(o, "=", 1);
    put_query(o, value);
}

static bool has(const struct pairs *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->at[i].name, str(name)))
            return true;
    return false;
}

/* What a page of ours would have put into the form. */
static void say_hidden(Cx *cx, const struct web_call *c, Out *o)
{
    struct signed_in s = {0};
    Cx asked = {.mem = cx->mem, .db = cx->db, .now = cx->now, .door = "web"};
    bool in = c->cookie && people_session(&asked, str(c->cookie), &s) == OK;
    bool brings_key = has(&c->form, "key");
    Str key = brings_key ? (Str){0} : new_key(&asked);
    for (size_t i = 0; i < c->form.n; i++)
        if (str_eq(c->form.at[i].name, S("key")))
            key = c->form.at[i].value;
    Str csrf = in ? s.csrf : webkey_token(&asked, key);

    cx->mem = asked.mem; /* one arena: moved back before it grows again */
    if (!brings_key)
        say_pair(o, "key", key);
    if (!has(&c->form, "csrf"))
        say_pair(o, "csrf", csrf);
}

static Str form_body(Cx *cx, const struct web_call *c)
{
    Out o = {.mem = &cx->mem};
    for (size_t i = 0; i < c->form.n; i++)
        say_pair(&o,
            arena_printf(&cx->mem, "%.*s", (int)c->form.at[i].name.len, c->form.at[i].name.at),
            c->form.at[i].value);
    if (!c->bare)
        say_hidden(cx, c, &o);
    return (Str){o.at, o.len};
}

static Str copied(Cx *cx, Str s)
{
    return (Str){arena_copy(&cx->mem, s.at, s.len), s.len};
}

static Str body_of(Cx *cx, struct exchange *x)
{
    Resp *r = &x->resp;
    if (r->fd >= 0) {
        char *at = arena_raw(&cx->mem, (size_t)r->size + 1);
        ssize_t n = pread(r->fd, at, (size_t)r->size, 0);
        return (Str){at, n < 0 ? 0 : (size_t)n};
    }
    return copied(cx, r->fixed.len ? r->fixed : r->out ? (Str){r->out->at, r->out->len} : (Str){0});
}

static size_t headers_of(Cx *cx, const struct web_call *c, Str body, struct pair *h)
{
    size_t n = 0;
    h[n++] = (struct pair){S("Host"), S("127.0.0.1")};
    if (c->cookie)
        h[n++] = (struct pair){S("Cookie"), str(arena_printf(&cx->mem, "hq=%s", c->cookie))};
    if (c->method && !strcmp(c->method, "POST")) {
        h[n++] = (struct pair){
            S("Content-Type"), str(c->type ? c->type : "application/x-www-form-urlencoded")};
        h[n++] = (struct pair){S("Content-Length"), str(arena_printf(&cx->mem, "%zu", body.len))};
    }
    if (cx->lang == LANG_EN)
        h[n++] = (struct pair){S("Accept-Language"), S("en")};
    for (size_t i = 0; i + 1 < sizeof c->headers / sizeof *c->headers && c->headers[i]; i += 2)
        h[n++] = (struct pair){str(c->headers[i]), str(c->headers[i + 1])};
    return n;
}

struct web_answer web_call(Cx *cx, const struct web_call *c)
{
    struct pair h[16];
    Str body = c->type ? c->body : form_body(cx, c);
    struct head head = {.method = c->method ? c->method : "GET", .version = "HTTP/1.1"};
    struct exchange *x = exchange_new();
    struct web_answer a;

    head.uri = str(c->path);
    head.peer = S("127.0.0.1");
    head.headers = (struct pairs){h, headers_of(cx, c, body, h)};
    exchange_head(x, &head);
    x->cx.now = cx->now;
    if (exchange_has_body(x) && body.len)
        exchange_body(x, body.at, body.len);
    if (!x->refused && x->route->on != ON_LOOP)
        x->cx.db = cx->db;
    exchange_answer(x);

    struct pair *out = NEW_ARRAY(&cx->mem, x->n_out + 1, struct pair);
    for (size_t i = 0; i < x->n_out; i++)
        out[i] =
            (struct pair){copied(cx, x->out_headers[i].name), copied(cx, x->out_headers[i].value)};
    a = (struct web_answer){
        .status = x->resp.status, .headers = {out, x->n_out}
    };
    a.body = body_of(cx, x);
    a.location = web_header(&a, "Location");
    a.set_cookie = web_header(&a, "Set-Cookie");
    a.type = web_header(&a, "Content-Type");
    exchange_free(x);
    return a;
}

Str web_header(const struct web_answer *a, const char *name)
{
    return header_of(&a->headers, name);
}
