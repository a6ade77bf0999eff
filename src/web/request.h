/* request.h — what a handler is told of a request.  Bytes are checked before: UTF-8, no NUL, within
 * the limits of security.md NET-2.  Everything borrowed lives as long as the request. */
#pragma once
#include "base/cx.h"
#include "base/pairs.h"

enum method { GET = 1, POST };

struct upload {
    Str field, filename, type; /* as sent; nothing is decided by them */
    int fd; /* an unnamed file with the bytes, at offset 0; closed after the request */
    int64_t size;
};

typedef struct Req {
    enum method method;
    Str path; /* decoded once, "/problems/12" */
    struct pairs query, form, path_args, cookies;
    const struct upload *uploads;
    size_t n_uploads;
    Str remote; /* the client's address, proxies of the config taken into account */
    Str host, origin, referer, fetch_site, if_none_match, accept_encoding, user_agent;
    bool wants_json; /* the path ended in .json, or Accept asks for it */
    bool https;
    Str uri;        /* path and query as sent: for "come back here" */
    Str name, csrf; /* of who is signed in: their name, their session's token; set by the guard */
    Str lang;       /* what they have chosen: "" "zh" "en" */
    bool enrol;     /* they must set up a second factor first */
    int64_t proved_at; /* when their password was last typed */
} Req;

/* The first value of that name, trimmed; empty if it was not sent. */
Str form_text(const Req *, const char *name);
Str query_text(const Req *, const char *name);
Str path_text(const Req *, const char *name);
Str cookie_text(const Req *, const char *name);
/* 0 if it was not sent or is no number; path_i64: the route's {id} was checked to be digits. */
int64_t form_i64(const Req *, const char *name);
/* Every number sent under that name, as ticked boxes are; what is no number is 0. */
int64_t *form_i64s(Cx *, const Req *, const char *name, size_t *n);
int64_t query_i64(const Req *, const char *name);
int64_t path_i64(const Req *, const char *name);
/* Whether the field was sent at all. */
bool form_has(const Req *, const char *name);
/* The idx-th upload of that field, or NULL. */
const struct upload *form_upload(const Req *, const char *field, size_t idx);
