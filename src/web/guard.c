/* guard.c — 门卫: who asks, and may they?  Host, proxies, rate, session, posts, CSRF.
 *
 * Scope is not asked here: it is a condition of each statement that reads (security.md AZ-2). */
#include "rooms/duty/duty.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"
#include "store/log.h"
#include "web/web.h"

#include <pthread.h>
#include <stdatomic.h>
#include <strings.h>

enum { TOWN_MS = 60 * 1000 };

/* ---- where from ---- */
static bool same_host(Str a, const char *b)
{
    return a.len == strlen(b) && strncasecmp(a.at, b, a.len) == 0;
}

static bool loopback_name(Str host)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    const char *port = host.len ? memrchr(host.at, ':', host.len) : NULL;
    if (port && !memchr(port, ']', host.len - (size_t)(port - host.at)))
        host.len = (size_t)(port - host.at);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same_host(host, names[i]))
            return true;
    return false;
}

int guard_host(const Req *req)
{
    if (web->public_host[0] && same_host(req->host, web->public_host))
        return 0;
    if (web->loopback)
        return loopback_name(req->host) || req->host.len == 0 ? 0 : 400;
    /* Without a public URL nobody has told us our names; then all are. */
    return web->public_host[0] ? 400 : 0;
}

static bool is_proxy(Str address)
{
    const char *list = web->opt.proxies;
    while (list && *list) {
        size_t n = strcspn(list, ", ");
        if (n && n == address.len && !memcmp(list, address.at, n))
            return true;
        list += n + (list[n] != 0);
    }
    return false;
}

/* The rightmost address that is no proxy of ours: what stands before it anybody can write. */
Str guard_remote(Arena *a, const struct head *head, bool *https)
{
    Str from = head->peer;
    Str via = header_of(&head->headers, "X-Forwarded-For");

    *https = false;
    if (!is_proxy(from))
        return (Str){arena_copy(a, from.at, from.len), from.len};
    *https = str_eq(header_of(&head->headers, "X-Forwarded-Proto"), S("https"));
    while (via.len && is_proxy(from)) {
        const char *comma = memrchr(via.at, ',', via.len);
        Str last = comma ? (Str){comma + 1, via.len - (size_t)(comma - via.at) - 1} : via;
        via.len = comma ? (size_t)(comma - via.at) : 0;
        while (last.len && *last.at == ' ')
            last.at++, last.len--;
        while (last.len && last.at[last.len - 1] == ' ')
            last.len--;
        if (last.len == 0 || last.len > 45)
            break;
        from = last;
    }
    return (Str){arena_copy(a, from.at, from.len), from.len};
}

/* Another site's page made this browser post.  Programs without a browser say nothing here. */
static bool from_elsewhere(const Req *req)
{
    Str from = req->origin.len ? req->origin : req->referer;

    if (req->fetch_site.len && !str_eq(req->fetch_site, S("same-origin"))
        && !str_eq(req->fetch_site, S("none")))
        return true;
    if (!from.len)
        return false;
    const char *host = memmem(from.at, from.len, "://", 3);
    if (!host)
        return true; /* "null" */
    host += 3;
    size_t left = from.len - (size_t)(host - from.at), n = 0;
    while (n < left && host[n] != '/' && host[n] != '?')
        n++;
    return n != req->host.len || strncasecmp(host, req->host.at, n) != 0;
}

/* ---- how often ---- */
static Str session_cookie(const Req *req)
{
    return cookie_text(req, web->secure_cookie ? "__Host-hq" : "hq");
}

void guard_rate(struct exchange *x)
{
    Str cookie = session_cookie(&x->req);
    uint64_t session = cookie.len ? rate_hash(cookie) : 0;
    int retry_after;

    x->known = recent_has(session);
    if (x->route->on == ON_LOOP || web->opt.no_rate)
        return;
    if (!rate_take(x->known ? session : rate_source(x->req.remote), x->route->rate, &retry_after))
        exchange_refuse(x, 429, retry_after);
}

/* ---- who ---- */

static _Atomic int64_t town, asked_at;

/* The town of who has no session: this installation's first.  Asked again each minute. */
static int64_t first_town(Cx *cx)
{
    struct towns all;
    int64_t now = mono_ms();

    if (web->opt.town)
        return web->opt.town;
    if (atomic_load(&town) && now - atomic_load(&asked_at) < TOWN_MS)
        return atomic_load(&town);
    if (town_all(cx, &all) != OK || all.n == 0)
        return atomic_load(&town);
    atomic_store(&town, all.at[0]);
    atomic_store(&asked_at, now);
    return all.at[0];
}

static Err who_asks(struct exchange *x)
{
    Cx *cx = &x->cx;
    Str cookie = session_cookie(&x->req);
    struct signed_in s;

    Err e = cookie.len ? people_session(cx, cookie, &s) : ERR_NOT_FOUND;
    if (e == OK) {
        cx->me.person = s.person;
        cx->me.session = s.session;
        x->req.name = s.name;
        x->req.csrf = s.csrf;
        x->req.proved_at = s.proved_at;
        x->req.enrol = s.enrol;
        x->req.lang = s.lang;
        /* What they chose in their account, unless this browser was told otherwise. */
        if (s.lang.len && !cookie_text(&x->req, "lang").len)
            cx->lang = str_eq(s.lang, S("en")) ? LANG_EN : LANG_ZH;
        recent_add(rate_hash(cookie));
        return duty_posts(cx, s.person, &cx->me.posts);
    }
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->me, 0, sizeof cx->me);
    memset(&cx->why, 0, sizeof cx->why);
    cx->town_id = first_town(cx);
    return OK;
}

static bool same_secret(Str a, Str b)
{
    return a.len == b.len && a.len > 0 && sodium_memcmp(a.at, b.at, a.len) == 0;
}

static bool token_sound(struct exchange *x)
{
    Str token = form_text(&x->req, "csrf");

    if (x->cx.me.person && same_secret(token, x->req.csrf))
        return true;
    return x->route->public_form && webkey_sound(&x->cx, form_text(&x->req, "key"), token);
}

static int lowest(uint32_t set)
{
    return set ? __builtin_ctz(set) : 0;
}

static void to_login(struct exchange *x, const char *path)
{
    Out next = {.mem = &x->cx.mem};
    put_query(&next, x->req.uri);
    (void)redirect(&x->cx, &x->resp, "%snext=%.*s", path, (int)next.len, next.at ? next.at : "");
    x->refused = 303;
}

static void nobody_yet(struct exchange *x)
{
    if (x->req.wants_json)
        exchange_refuse(x, 401, 0);
    else if (x->req.method == GET)
        to_login(x, "/login?");
    else
        exchange_refuse(x, 419, 0); /* the session ended while they were typing */
}

/* Who must have a second factor sets it up before anything else (AUT-4). */
static bool may_while_enrolling(const struct route *r)
{
    return !strncmp(r->path, "/account", 8) || !strcmp(r->path, "/logout");
}

void guard_check(struct exchange *x)
{
    Cx *cx = &x->cx;
    const struct route *r = x->route;

    if (x->req.method == POST && from_elsewhere(&x->req)) {
        exchange_refuse(x, 403, 0);
        return;
    }
    Err e = who_asks(x);
    if (e != OK) {
        exchange_refuse(x, e == ERR_BUSY ? 503 : 500, 0);
        return;
    }
    cx->me.post = lowest(cx->me.posts & r->who & ~UINT32_C(1));
    if ((r->who & ANYONE) == 0) {
        if (!cx->me.person) {
            nobody_yet(x);
            return;
        }
        if ((r->who & (cx->me.posts | 1)) == 0) {
            exchange_refuse(x, 403, 0);
            return;
        }
    }
    if (x->req.enrol && !may_while_enrolling(r)) {
        if (x->req.wants_json) {
            exchange_refuse(x, 403, 0);
        } else {
            (void)redirect(cx, &x->resp, "/account/totp");
            x->refused = 303;
        }
        return;
    }
    if (x->req.method == POST && !token_sound(x)) {
        exchange_refuse(x, 419, 0);
        return;
    }
    if (r->fresh && cx->now - x->req.proved_at > PROVED_FOR_MS) {
        if (x->req.method == GET && !x->req.wants_json)
            to_login(x, "/prove?");
        else
            exchange_refuse(x, 428, 0);
    }
}

/* ---- denials ---- */
struct denial {
    int64_t person, minute;
    const struct route *route;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct denial last[512];

/* The same person, route and minute is one event (AUD-1). */
static bool told_already(const struct denial *d)
{
    struct denial *slot = &last[((uint64_t)d->person * 31 + (uintptr_t)d->route / 16) % 512];

    pthread_mutex_lock(&lock);
    bool told = slot->person == d->person && slot->minute == d->minute && slot->route == d->route;
    *slot = *d;
    pthread_mutex_unlock(&lock);
    return told;
}

void guard_open(void)
{
    pthread_mutex_lock(&lock);
    memset(last, 0, sizeof last);
    pthread_mutex_unlock(&lock);
    atomic_store(&town, 0);
}

static Err denied_step(Cx *cx, void *arg)
{
    const struct route *r = arg;
    Str said = str(arena_printf(&cx->mem, "%s %s", r->method == POST ? "POST" : "GET", r->path));
    return event_add(cx, &(struct event){.verb = "denied", .said = said});
}

void guard_denied(Cx *cx, const struct route *r)
{
    struct denial d = {cx->me.person, cx->now / 60000, r};

    if (!cx->me.person || !cx->town_id || !cx->db || told_already(&d))
        return;
    struct Cx kept = *cx;
    Err e = db_transaction(cx, denied_step, (void *)(uintptr_t)r);
    cx->why = kept.why;
    if (e != OK)
        (void)fail_log(
            cx, ERR_BUSY, "a denial of person %lld is not in the log", (long long)cx->me.person);
}
