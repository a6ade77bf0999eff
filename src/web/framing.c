/* framing.c — what a request's head may look like (security.md NET-1, NET-2).
 *
 * libmicrohttpd 0.9.75 accepts doubled and contradictory framing; two readers that disagree about
 * where a request ends are how one person's request becomes another's.  So: 400 and close. */
#include "web/cookie.h"
#include "web/web.h"

#include <strings.h>

static bool is(Str name, const char *z)
{
    return name.len == strlen(z) && strncasecmp(name.at, z, name.len) == 0;
}

Str header_of(const struct pairs *h, const char *name)
{
    for (size_t i = 0; i < h->n; i++)
        if (is(h->at[i].name, name))
            return h->at[i].value;
    return (Str){0};
}

static size_t count(const struct pairs *h, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < h->n; i++)
        n += is(h->at[i].name, name);
    return n;
}

static bool digits(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len > 0 && s.len <= 15;
}

static bool value_sound(Str v)
{
    for (size_t i = 0; i < v.len; i++) {
        unsigned char c = (unsigned char)v.at[i];
        if ((c < 32 && c != '\t') || c == 127)
            return false;
    }
    return true;
}

static bool uri_sound(Str uri)
{
    if (!uri.len || uri.at[0] != '/')
        return false;
    for (size_t i = 0; i < uri.len; i++) {
        unsigned char c = (unsigned char)uri.at[i];
        if (c <= 32 || c >= 127 || c == '#')
            return false;
        if (c == '%' && i + 2 < uri.len && uri.at[i + 1] == '0' && uri.at[i + 2] == '0')
            return false;
    }
    return true;
}

int framing_check(const struct head *head)
{
    const struct pairs *h = &head->headers;
    bool old = !strcmp(head->version, "HTTP/1.0");
    bool gets = !strcmp(head->method, "GET") || !strcmp(head->method, "HEAD");
    size_t lengths = count(h, "Content-Length"), codings = count(h, "Transfer-Encoding");

    if (strcmp(head->version, "HTTP/1.1") != 0 && !old)
        return 400;
    if (!uri_sound(head->uri))
        return 400;
    if (head->uri.len > URI_MAX)
        return 414;
    const char *query = memchr(head->uri.at, '?', head->uri.len);
    if ((query ? (size_t)(query - head->uri.at) : head->uri.len) > PATH_MAX_BYTES)
        return 414;
    if (h->n > HEADERS_MAX)
        return 431;
    for (size_t i = 0; i < h->n; i++)
        if (!is_token(h->at[i].name) || !value_sound(h->at[i].value))
            return 400;
    if (count(h, "Host") > 1 || (!old && count(h, "Host") != 1))
        return 400;
    if (lengths > 1 || codings > 1 || (lengths && codings) || (codings && old))
        return 400;
    if (lengths && !digits(header_of(h, "Content-Length")))
        return 400;
    if (codings && !is(header_of(h, "Transfer-Encoding"), "chunked"))
        return 400;
    if (gets && (codings || (lengths && !is(header_of(h, "Content-Length"), "0"))))
        return 400;
    if (count(h, "Content-Type") > 1 || count(h, "Origin") > 1 || count(h, "Sec-Fetch-Site") > 1)
        return 400;
    return 0;
}
