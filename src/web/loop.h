/* loop.h — one loop, its clients, and a request in the air. */
#pragma once
#include "web/web.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

enum {
    CLIENTS_MAX = 8000, /* a loop */
    HEAD_MS = 10000,
    IDLE_MS = 15000,
    SLOW_MS = 15000, /* over which a body's or an answer's pace is measured */
    SLOW_BYTES = 15 * 1024,
    BODY_MS = 120000,
    PHOTO_BODY_MS = 30 * 60 * 1000,
    REQUESTS_MAX = 1000,
};

struct client {
    int fd; /* -1: nobody here */
    unsigned requests;
    int64_t until;   /* monotonic ms: cut the socket then; 0: it is our turn */
    int64_t pace_at; /* when the body's pace is looked at; 0: no body is coming */
    size_t pace_got; /* its bytes since */
    uint64_t source; /* 0: not counted */
    struct client *next_free;
};

struct loop {
    pthread_t thread;
    struct MHD_Daemon *daemon;
    int wake;      /* ours: MHD clears its own after it has looked for resumed connections */
    int n_flights; /* requests begun and not yet answered */
    int n_away;    /* of them suspended: MHD must not stop while there are some */
    struct client *clients, *free;
    size_t n_clients; /* of the table, ever used */
};

struct flight {
    struct work work;
    struct exchange *x;
    struct MHD_Connection *conn;
    struct loop *loop;
    struct client *client;
    Str uri;
    bool away; /* counted in n_away */
    enum { FL_HEAD, FL_BODY, FL_AWAY, FL_DONE } state;
};

/* deadline.c: all on the loop's thread, no lock. */
Err clients_open(struct loop *);
struct client *client_enter(struct loop *, int fd, uint64_t source);
void client_leave(struct loop *, struct client *);
void client_body(struct client *, bool photos); /* the head is whole, a body follows */
void client_ours(struct client *);              /* all is here: it waits for us */
void client_sending(struct client *, size_t bytes);
void client_idle(struct client *); /* the answer has left */
void client_line(struct client *); /* a request line has come */
void clients_cut(struct loop *);   /* shutdown(2) who is past their time */

/* http.c: MHD's callbacks for a loop. */
struct MHD_Daemon *http_start(struct loop *, int listen_fd);
void flight_run(struct work *, struct Db *);
