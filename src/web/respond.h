/* respond.h — an answer: whole before its first byte leaves.
 *
 * A handler fills exactly one kind of answer and returns OK; or it returns an Err, which
 * respond_error() alone turns into status, page or JSON, and a log line. */
#pragma once
#include "base/html.h"
#include "web/request.h"

typedef struct Resp {
    int status;       /* 200 unless set */
    const char *type; /* "text/html; charset=utf-8" unless set */
    Out *out;         /* the body as text */
    Str fixed;        /* or bytes that live for ever (built-in files) */
    int fd;           /* or a file (-1: none), with size */
    int64_t size;
    Str location;         /* a redirect */
    Str cookie;           /* one Set-Cookie line */
    Str filename;         /* Content-Disposition: attachment */
    Str etag;             /* without quotes; the door answers 304 where it can */
    const char *encoding; /* "br": how the body is packed; "": not, but it could be; NULL: never */
    Str allow;            /* with 405 */
    bool may_cache;       /* public, immutable; else no-store */
    bool private_file;    /* a stored file of strangers' making: "private, no-cache" (kept by this
                             browser, asked again by its ETag), CSP "sandbox" and default-src 'none' */
    bool ours;            /* bytes of our own making though they come from a file */
    int retry_after;      /* seconds, 0: none */
} Resp;

/* What stands around every page; made by the guard, shown by layout.html. */
struct menu_item {
    const char *path, *id; /* id: aria-current */
    Text label;
    uint32_t who;     /* as struct route */
    bool primary;     /* also in the phone's bar of four */
    const char *icon; /* "i-list" of web/icons.svg */
};
struct shell {
    Str who, town, path; /* who: the signed-in person's name; empty: a resident.  path: where a GET
                          * shows this page again, with its query */
    const char *nav;     /* the menu's current id */
    struct {
        const struct menu_item *at;
        size_t n;
    } menu;          /* what this person may use */
    int64_t n_inbox; /* unread notices */
    bool staff, insecure, elder;
    const char *look; /* html's class in 长辈版 */
    const char *size; /* what /look?size= makes the type one step larger */
};

/* An Out of the page's language with csrf set, which becomes the body.  Then call page_x(out, &v).
 */
Out *resp_page(Cx *, const Req *, Resp *);
const struct shell *shell_of(Cx *, const Req *, const char *nav);
/* A form's hidden submission key, new; 22 characters. */
Str new_key(Cx *);

/* The token that a form of that submission key has to bring (CSR-1). */
Str form_token(Cx *, const Req *, Str key);

/* A path of ours: begins with one '/', no "//", no '\\', nothing to be escaped (HDR-2). */
bool local_path(Str);
/* 303 to a path of ours; printf-like; to "/" if the result is no local_path. */
Err redirect(Cx *, Resp *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The whole address of a page of ours, printf-like, for papers, QR codes and what is sent on: under
 * --public-url where there is one, by whatever name this request came. */
Str own_address(Cx *, const Req *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The Set-Cookie line of a session (SES-1).  max_age_s 0: until the browser closes; -1: delete it.
 */
Str session_line(Cx *, Str value, int64_t max_age_s);
/* A body of JSON or CSV that the handler wrote itself. */
Out *resp_data(Cx *, Resp *, const char *type, Str filename);
