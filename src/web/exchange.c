/* exchange.c — one request on its way: head, body, answer. */
#include "base/utf8.h"
#include "store/db.h"
#include "web/cookie.h"
#include "web/query.h"
#include "web/web.h"

#include <strings.h>
#include <time.h>
#include <unistd.h>

struct exchange *exchange_new(void)
{
    Arena mem = {0};
    struct exchange *x = NEW(&mem, struct exchange);
    x->cx.mem = mem;
    x->cx.door = "web";
    x->resp.fd = -1;
    return x;
}

void exchange_free(struct exchange *x)
{
    intake_free(x);
    if (x->resp.fd >= 0)
        close(x->resp.fd);
    Arena mem = x->cx.mem; /* x itself lies in it */
    arena_reset(&mem);
}

void exchange_refuse(struct exchange *x, int status, int retry_after)
{
    if (x->refused)
        return;
    x->refused = status;
    x->resp.retry_after = retry_after;
    x->in.drop = true;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static Str kept(struct exchange *x, Str s)
{
    return (Str){arena_copy(&x->cx.mem, s.at, s.len), s.len};
}

static Lang lang_of(const Req *req, Str accepts)
{
    Str chosen = cookie_text(req, "lang");
    if (str_eq(chosen, S("en")))
        return LANG_EN;
    if (str_eq(chosen, S("zh")))
        return LANG_ZH;
    return accepts.len >= 2 && strncasecmp(accepts.at, "en", 2) == 0 ? LANG_EN : LANG_ZH;
}

static bool ends(Str s, const char *with)
{
    size_t n = strlen(with);
    return s.len > n && !memcmp(s.at + s.len - n, with, n);
}

static void read_headers(struct exchange *x, const struct head *head)
{
    Req *r = &x->req;
    const struct pairs *h = &head->headers;

    r->remote = guard_remote(&x->cx.mem, head, &r->https);
    r->host = kept(x, header_of(h, "Host"));
    r->origin = kept(x, header_of(h, "Origin"));
    r->referer = kept(x, header_of(h, "Referer"));
    r->fetch_site = kept(x, header_of(h, "Sec-Fetch-Site"));
    r->if_none_match = kept(x, header_of(h, "If-None-Match"));
    r->accept_encoding = kept(x, header_of(h, "Accept-Encoding"));
    Str agent = header_of(h, "User-Agent");
    r->user_agent = utf8_ok(agent) ? kept(x, agent) : (Str){0};
    cookie_read(&x->cx.mem, kept(x, header_of(h, "Cookie")), &r->cookies);
    Str accepts = header_of(h, "Accept");
    r->wants_json = accepts.len >= 16 && !memcmp(accepts.at, "application/json", 16);
    x->cx.lang = lang_of(r, header_of(h, "Accept-Language"));
}

static int read_address(struct exchange *x, Str uri)
{
    Req *r = &x->req;
    const char *mark = memchr(uri.at, '?', uri.len);
    Str raw = {uri.at, mark ? (size_t)(mark - uri.at) : uri.len};
    Str query = mark ? (Str){mark + 1, uri.len - raw.len - 1} : (Str){0};

    r->uri = uri;
    if (!percent_decode(&x->cx.mem, raw, false, &r->path) || !text_sound(r->path))
        return 400;
    if (ends(r->path, ".json"))
        r->wants_json = true;
    int status = query_read(&x->cx.mem, query, FIELDS_MAX, &r->query);
    if (status)
        return status;
    return route_find(&x->cx.mem, r->method, raw, &x->route, &r->path_args, &x->resp.allow);
}

static void name_it(struct exchange *x)
{
    unsigned char r[8];
    char *hex = arena_raw(&x->cx.mem, 17);
    randombytes_buf(r, sizeof r);
    sodium_bin2hex(hex, 17, r, sizeof r);
    x->rid = (Str){hex, 16};
}

static void bad_framing(struct exchange *x, int status)
{
    exchange_refuse(x, status, 0);
    x->at_once = x->closes = true;
}

void exchange_head(struct exchange *x, const struct head *head)
{
    bool heads = !strcmp(head->method, "HEAD");
    Str uri = kept(x, head->uri);

    x->cx.now = now_ms();
    name_it(x);
    x->head_only = heads;
    x->req.method = !strcmp(head->method, "POST") ? POST : GET;
    read_headers(x, head);
    int status = framing_check(head);
    if (!status)
        status = guard_host(&x->req);
    if (status) {
        bad_framing(x, status);
        return;
    }
    bool known_method = heads || !strcmp(head->method, "GET") || x->req.method == POST;
    status = read_address(x, uri);
    if (!known_method && status != 400)
        status = status == 404 ? 404 : 405;
    if (!known_method) {
        if (!x->resp.allow.len)
            x->resp.allow = S("GET, HEAD");
        bad_framing(x, status);
        return;
    }
    if (status)
        exchange_refuse(x, status, 0);
    else
        guard_rate(x);

    if (x->req.method != POST)
        return;
    intake_open(x, header_of(&head->headers, "Content-Type"));
    Str length = header_of(&head->headers, "Content-Length");
    int64_t n = 0;
    for (size_t i = 0; i < length.len; i++)
        n = n * 10 + (length.at[i] - '0');
    if ((size_t)n > x->in.most) {
        exchange_refuse(x, 413, 0);
        /* A browser shows an answer only when it could send all; a little too much is read. */
        x->at_once = (size_t)n > 2 * x->in.most + (16u << 20);
        x->closes = true;
    }
}

bool exchange_has_body(const struct exchange *x)
{
    return x->req.method == POST && !x->at_once;
}

void exchange_body(struct exchange *x, const char *at, size_t len)
{
    if (x->in.kind == IN_NOTHING && x->in.got + len <= x->in.most) {
        x->in.got += len;
        exchange_refuse(x, 415, 0);
        return;
    }
    int status = intake_feed(x, at, len);
    if (status)
        exchange_refuse(x, status, 0);
}

void exchange_answer(struct exchange *x)
{
    respond_begin();
    if (x->req.method == POST && x->in.kind != IN_NOTHING && !x->at_once) {
        int status = intake_close(x);
        if (status && x->refused != 413)
            exchange_refuse(x, status, 0);
    }
    /* Who waits for pictures to be converted holds no snapshot meanwhile. */
    if (x->cx.db)
        db_hold(x->cx.db, x->req.n_uploads == 0);
    if (!x->refused && x->route->on != ON_LOOP)
        guard_check(x);
    if (x->refused && x->refused != 303) {
        respond_status(x, x->refused);
    } else if (!x->refused) {
        Err e = x->route->run(&x->cx, &x->req, &x->resp);
        if (e != OK)
            respond_error(x, e);
    }
    respond_finish(x);
    if (x->cx.db)
        db_let_go(x->cx.db);
}
