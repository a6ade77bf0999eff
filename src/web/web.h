/* web.h — the engine's own: what it was started with, and one request on its way through it.
 *
 * Three steps, the same for a socket (loop.c) and for a test (web_call.c):
 *   exchange_head    framing, host, route, rate            on the loop
 *   exchange_body    bytes of the body, as they come       on the loop
 *   exchange_answer  form, guard, handler, the answer      on the lane of the route's row
 * After a refusal the body is still read, so that what was typed can be given back. */
#pragma once
#include "rooms.h"
#include "web/multipart.h"
#include "web/request.h"
#include "web/respond.h"
#include "web/route.h"

#include <sodium.h>

enum {
    FIELDS_MAX = 200,
    FILES_MAX = 10,
    TEXT_MAX = 1 << 20,   /* of all fields together */
    PHOTO_MAX = 12 << 20, /* of one file on a photo route */
    HEADERS_MAX = 64,
    URI_MAX = 8192,
    PATH_MAX_BYTES = 1024,
};

struct web_opt {
    const char *data;       /* the data folder */
    const char *listen;     /* "127.0.0.1:8080" "[::1]:8080" */
    const char *public_url; /* "https://…" as people type it, or NULL */
    const char *assets;     /* a folder served instead of the built-in files, or NULL */
    const char *proxies;    /* addresses whose X-Forwarded-For is believed, "a, b", or NULL */
    const char *db;         /* the database's URL, for the lanes' connections */
    int64_t town;           /* whom people without a session visit; 0: the first town */
    bool insecure_http;     /* a listener that is no loopback may do without https */
    bool no_rate;           /* for the bench: no token buckets */
    const struct room *const *rooms;
};

/* Read once at start, never written after. */
struct web {
    struct web_opt opt;
    char host[256], port[8]; /* of listen */
    char public_host[256];   /* "town.example:8443"; empty: no public URL */
    bool secure_cookie, loopback, insecure_note;
    unsigned char form_key[crypto_generichash_KEYBYTES];
    int tmp_dir;
};
extern const struct web *const web;

/* Check the options (SES-1), read or make the key of public forms, compile the routes.
 * ERR_INVALID with a sentence on stderr. */
Err web_open(const struct web_opt *) MUST_CHECK;
void web_close(void);
/* Serve until SIGTERM or SIGINT: 0; 1 if it cannot listen or the store has died. */
int web_serve(void);

/* ---- one request ---- */
struct head {
    const char *method, *version;
    Str uri; /* as sent, with the query */
    struct pairs headers;
    Str peer; /* the socket's other end, "127.0.0.1" */
};

struct intake {
    enum { IN_NOTHING, IN_FORM, IN_PARTS } kind;
    size_t most, got, text; /* bytes allowed, come, kept as text */
    size_t file_most;
    bool drop; /* refused: texts are kept to be given back, files are not */
    struct multipart parts;
    char *at; /* the text being gathered */
    size_t len, cap;
    struct pair *fields;
    struct upload *files;
    size_t n_fields, n_files;
    int fd; /* of the file being written */
    bool in_file;
    struct part part;
};

struct exchange {
    Cx cx;
    Req req;
    Resp resp;
    const struct route *route;
    struct intake in;
    Str rid;      /* the request's name in the log and on error pages */
    int refused;  /* a status found before the handler; 0: none */
    bool at_once; /* … and the body is not worth reading: answer and close */
    bool closes;  /* the connection after this answer */
    bool head_only;
    bool known;                  /* its session was good a moment ago */
    struct pair out_headers[24]; /* the answer's, ready to send */
    size_t n_out;
};

/* In its own arena; exchange_free gives back all of it and closes its files. */
struct exchange *exchange_new(void);
void exchange_free(struct exchange *);
void exchange_head(struct exchange *, const struct head *);
bool exchange_has_body(const struct exchange *);
void exchange_body(struct exchange *, const char *at, size_t len);
/* Whole answer in resp and out_headers.  cx.db is the lane's connection; NULL on the loop. */
void exchange_answer(struct exchange *);
/* Refuse with a status before the handler runs; the first refusal stands. */
void exchange_refuse(struct exchange *, int status, int retry_after);

/* ---- parts of it, one file each ---- */
/* framing.c: the status a head is refused with (NET-1, NET-2), or 0. */
int framing_check(const struct head *);
Str header_of(const struct pairs *, const char *name); /* the first; empty: none */

/* intake.c */
void intake_open(struct exchange *, Str content_type);
int intake_feed(struct exchange *, const char *at, size_t len);
int intake_close(struct exchange *); /* the last byte has come: fields and uploads into req */
void intake_free(struct exchange *);

/* route.c */
Err routes_open(const struct room *const *rooms) MUST_CHECK;
/* 0 and the row; 404; 405 and the methods there are.  Path steps are decoded, arguments filled. */
int route_find(
    Arena *, enum method, Str raw_path, const struct route **, struct pairs *args, Str *allow);
size_t routes_all(const struct route *const **);
size_t route_most_bytes(const struct route *);

/* webkey.c: tokens of forms without a session (CSR-1). */
Err webkey_open(const char *data, unsigned char key[crypto_generichash_KEYBYTES]) MUST_CHECK;
Str webkey_token(Cx *, Str form_key);             /* of today */
bool webkey_sound(Cx *, Str form_key, Str token); /* of today or yesterday */

/* guard.c */
void guard_open(void);       /* forgets what it knew of another start */
int guard_host(const Req *); /* 0 or 400 (HDR-3) */
Str guard_remote(Arena *, const struct head *, bool *https);
void guard_rate(struct exchange *); /* refuses with 429 */
/* Whose request is it, and may they?  May refuse (303, 401, 403); fills cx.me and req.csrf. */
void guard_check(struct exchange *);
void guard_denied(Cx *, const struct route *); /* the event of a denial (AUD-1) */

/* rate.c */
bool rate_take(uint64_t who, enum rate, int *retry_after);
uint64_t rate_source(Str address); /* IPv6: its /64 */
uint64_t rate_hash(Str);
void recent_add(uint64_t session); /* sessions that were good a moment ago */
bool recent_has(uint64_t session);
bool source_enter(uint64_t source); /* a connection more; false: too many */
void source_leave(uint64_t source);

/* respond.c, error_page.c */
void respond_begin(void);                   /* this thread starts on a new page */
void respond_finish(struct exchange *);     /* headers of HDR-1, ETag, 304 */
void respond_error(struct exchange *, Err); /* alone turns an Err into an answer and a log line */
void respond_status(struct exchange *, int status); /* the doors' own: 400 404 405 413 429 503 … */
void weblog(const struct exchange *, const char *level, const char *why);
void weblog_counts(void); /* the minute's anonymous refusals, if any */

/* work.c: the lanes of threads behind the loops.  A piece of work runs once, with a connection of
 * its thread; NULL: the database is away. */
struct work {
    void (*run)(struct work *, struct Db *);
    struct work *next;
    int64_t put_at; /* monotonic ms */
};
Err work_start(const char *url) MUST_CHECK;
bool work_put(enum lane, struct work *, bool staff); /* false: the queue is full */
void work_stop(void);                                /* what is queued still runs */
int work_waiting(void);

/* loop.c */
Err loops_start(int n) MUST_CHECK; /* ERR_INVALID: cannot listen, said on stderr */
bool loops_stop(int wait_ms);      /* those busy may finish; false: some did not */
int loops_port(void);

extern const struct room web_room; /* web_cli.c */
extern const struct route health_routes[];
Err static_get(Cx *, const Req *, Resp *);
Err favicon_get(Cx *, const Req *, Resp *);
