/* respond.c — an answer: the page's Out, redirects, and the headers that stand on every answer. */
#include "web/respond.h"
#include "rooms/notice/notice.h"
#include "rooms/town/town.h"
#include "web/web.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static const char csp[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";
/* Bytes that people sent are never a page of ours (UPL-5). */
static const char csp_file[] = "default-src 'none'; sandbox; frame-ancestors 'none'";

Out *resp_page(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = NEW(&cx->mem, Out);
    *out = (Out){.mem = &cx->mem, .lang = cx->lang, .utc_mins = TOWN_OFFSET / 60000};
    out->csrf = req->csrf.len ? req->csrf : webkey_token(cx, new_key(cx));
    if (!resp->status)
        resp->status = 200;
    resp->type = "text/html; charset=utf-8";
    resp->out = out;
    return out;
}

Str form_token(Cx *cx, const Req *req, Str key)
{
    return req->csrf.len ? req->csrf : webkey_token(cx, key);
}

Out *resp_data(Cx *cx, Resp *resp, const char *type, Str filename)
{
    Out *out = NEW(&cx->mem, Out);
    *out = (Out){.mem = &cx->mem, .lang = cx->lang, .utc_mins = TOWN_OFFSET / 60000};
    if (!resp->status)
        resp->status = 200;
    resp->type = type;
    resp->filename = filename;
    resp->out = out;
    return out;
}

bool local_path(Str s)
{
    if (s.len == 0 || s.at[0] != '/' || (s.len > 1 && (s.at[1] == '/' || s.at[1] == '\\')))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c <= 32 || c >= 127 || c == '\\' || c == '"')
            return false;
    }
    return true;
}

Err redirect(Cx *cx, Resp *resp, const char *fmt, ...)
{
    va_list ap;
    char line[2048];

    va_start(ap, fmt);
    int n = vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    Str to = {line, n < 0 || (size_t)n >= sizeof line ? 0 : (size_t)n};
    resp->status = 303;
    resp->location = local_path(to) ? (Str){arena_copy(&cx->mem, to.at, to.len), to.len} : S("/");
    return OK;
}

Str own_address(Cx *cx, const Req *req, const char *fmt, ...)
{
    va_list ap;
    char path[2048];

    va_start(ap, fmt);
    (void)vsnprintf(path, sizeof path, fmt, ap);
    va_end(ap);
    bool named = web->public_host[0];
    Str host = named ? str(web->public_host) : req->host;
    return str(arena_printf(&cx->mem, "%s://%.*s%s",
        (named ? web->secure_cookie : req->https) ? "https" : "http", (int)host.len, host.at,
        path));
}

Str session_line(Cx *cx, Str value, int64_t max_age_s)
{
    const char *name = web->secure_cookie ? "__Host-hq" : "hq";
    const char *age = max_age_s < 0   ? "; Max-Age=0"
                      : max_age_s > 0 ? arena_printf(&cx->mem, "; Max-Age=%" PRId64, max_age_s)
                                      : "";
    return str(arena_printf(&cx->mem, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s", name,
        (int)value.len, value.len ? value.at : "", web->secure_cookie ? "; Secure" : "", age));
}

/* ---- what stands around a page ---- */
/* What this person may open; at: NULL to count.  Who holds no post, as the old holder in a
 * hand-over, has in the phone's bar what everybody signed in has. */
static size_t menu_of(Cx *cx, struct menu_item *at)
{
    size_t n = 0;
    for (const struct room *const *room = web->opt.rooms; *room; room++)
        for (const struct menu_item *m = (*room)->menu; m && m->path; m++) {
            bool may = (m->who & ANYONE) || (cx->me.person && (m->who & (cx->me.posts | 1)));
            if (may && at) {
                at[n] = *m;
                at[n].primary |= cx->me.person && !cx->me.posts && m->who == SIGNED_IN;
            }
            n += may;
        }
    return n;
}

/* Where a GET shows this page again: after a refused POST the page it was sent from. */
static Str again(const Req *req)
{
    if (req->method == GET)
        return req->uri;
    const char *host = memmem(req->referer.at, req->referer.len, "://", 3);
    const char *end = req->referer.at + req->referer.len;
    const char *path = host ? memchr(host + 3, '/', (size_t)(end - host - 3)) : NULL;
    Str at = path ? (Str){path, (size_t)(end - path)} : S("/");
    return local_path(at) ? at : S("/");
}

/* 长辈版 in three sizes; from the largest one step leads back to the first. */
static void type_size(const Req *req, struct shell *s)
{
    static const char *const looks[] = {"", "elder", "elder t150", "elder t170"};
    static const char *const next[] = {"elder", "large", "huge", "elder"};
    Str kept = cookie_text(req, "elder");
    int size = kept.len == 1 && kept.at[0] >= '1' && kept.at[0] <= '3' ? kept.at[0] - '0' : 0;
    s->elder = size > 0;
    s->look = looks[size];
    s->size = next[size];
}

const struct shell *shell_of(Cx *cx, const Req *req, const char *nav)
{
    struct shell *s = NEW(&cx->mem, struct shell);
    struct menu_item *menu = NEW_ARRAY(&cx->mem, menu_of(cx, NULL) + 1, struct menu_item);

    *s = (struct shell){.who = req->name, .path = again(req), .nav = nav};
    s->menu.at = menu;
    s->menu.n = menu_of(cx, menu);
    s->staff = cx->me.person != 0;
    s->insecure = web->insecure_note && s->staff;
    type_size(req, s);
    if (cx->db && cx->town_id)
        s->town = town_unit_name(cx, cx->town_id * 1000000);
    if (cx->db && s->staff && notice_unread(cx, &s->n_inbox) != OK)
        s->n_inbox = 0;
    return s;
}

/* ---- headers ---- */
static void header(struct exchange *x, const char *name, Str value)
{
    if (value.len && x->n_out < sizeof x->out_headers / sizeof *x->out_headers)
        x->out_headers[x->n_out++] = (struct pair){str(name), value};
}

static void header_z(struct exchange *x, const char *name, const char *value)
{
    header(x, name, str(value));
}

/* A stored picture is looked at; what was made to be kept is saved. */
static Str disposition(Cx *cx, const Resp *r)
{
    Out o = {.mem = &cx->mem};
    put_query(&o, r->filename);
    return str(arena_printf(&cx->mem, "%s; filename=\"download\"; filename*=UTF-8''%.*s",
        r->private_file ? "inline" : "attachment", (int)o.len, o.at));
}

static bool not_changed(const struct exchange *x)
{
    Str have = x->req.if_none_match, tag = x->resp.etag;
    if (x->req.method != GET || x->resp.status != 200 || !tag.len || !have.len)
        return false;
    return str_eq(have, S("*")) || memmem(have.at, have.len, tag.at, tag.len) != NULL;
}

static void caching(struct exchange *x)
{
    const Resp *r = &x->resp;
    if (r->status >= 400 || (!r->etag.len && !r->private_file))
        header_z(x, "Cache-Control", "no-store");
    else if (r->private_file)
        header_z(x, "Cache-Control", "private, no-cache");
    else if (r->may_cache)
        header_z(x, "Cache-Control", "public, max-age=31536000, immutable");
    else
        header_z(x, "Cache-Control", x->cx.me.person ? "private, no-cache" : "no-cache");
    if (r->etag.len)
        header(x, "ETag", str(arena_printf(&x->cx.mem, "\"%.*s\"", (int)r->etag.len, r->etag.at)));
}

void respond_finish(struct exchange *x)
{
    Resp *r = &x->resp;
    Cx *cx = &x->cx;

    if (!r->status)
        r->status = 200;
    if (!r->type)
        r->type = "text/html; charset=utf-8";
    if (not_changed(x)) {
        r->status = 304;
        if (r->fd >= 0)
            close(r->fd);
        r->fd = -1;
        r->out = NULL;
        r->fixed = (Str){0};
    }
    x->n_out = 0;
    if (r->status != 304 && r->status != 303)
        header_z(x, "Content-Type", r->type);
    bool foreign = (r->fd >= 0 && !r->ours) || r->private_file
                   || (!r->fixed.len && strncmp(r->type, "text/html", 9) != 0);
    header_z(x, "Content-Security-Policy", foreign ? csp_file : csp);
    header_z(x, "X-Content-Type-Options", "nosniff");
    header_z(x, "Referrer-Policy", "same-origin");
    header_z(x, "Permissions-Policy", "geolocation=(self), camera=(self), microphone=()");
    header_z(x, "Cross-Origin-Opener-Policy", "same-origin");
    header_z(x, "Cross-Origin-Resource-Policy", "same-origin");
    if (web->secure_cookie)
        header_z(x, "Strict-Transport-Security", "max-age=31536000");
    caching(x);
    header(x, "X-Request-Id", x->rid);
    header(x, "Location", r->location);
    header(x, "Set-Cookie", r->cookie);
    header(x, "Allow", r->allow);
    if (r->encoding) {
        if (r->fixed.len)
            header_z(x, "Content-Encoding", r->encoding);
        header_z(x, "Vary", "Accept-Encoding");
    }
    if (r->filename.len)
        header(x, "Content-Disposition", disposition(cx, r));
    if (r->retry_after)
        header_z(x, "Retry-After", arena_printf(&cx->mem, "%d", r->retry_after));
    if (x->closes)
        header_z(x, "Connection", "close");
}
