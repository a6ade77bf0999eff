/* http.c — what libmicrohttpd calls, all on a loop's thread: bytes in, answers out. */
#include "web/loop.h"

#include "store/db.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* ---- clients ---- */
static Str peer_of(struct MHD_Connection *conn, char text[INET6_ADDRSTRLEN])
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *at = info ? info->client_addr : NULL;

    text[0] = 0;
    if (at && at->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)at)->sin_addr, text,
            INET6_ADDRSTRLEN);
    else if (at && at->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)at)->sin6_addr, text,
            INET6_ADDRSTRLEN);
    return str(strncmp(text, "::ffff:", 7) == 0 ? text + 7 : text);
}

/* Proxies and this machine bring many people over few addresses. */
static bool counted(Str peer)
{
    struct pair from = {S("X-Forwarded-For"), S("0.0.0.0")};
    struct head head = {
        .peer = peer, .headers = {&from, 1}
    };
    Arena mem = {0};
    bool https;
    bool proxy = !str_eq(guard_remote(&mem, &head, &https), peer);
    arena_reset(&mem);
    return !proxy && !str_eq(peer, S("127.0.0.1")) && !str_eq(peer, S("::1"));
}

static void on_connection(void *cls, struct MHD_Connection *conn, void **context,
    enum MHD_ConnectionNotificationCode what)
{
    struct loop *l = cls;
    char text[INET6_ADDRSTRLEN];

    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*context)
            client_leave(l, *context);
        *context = NULL;
        return;
    }
    int fd = MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    Str peer = peer_of(conn, text);
    uint64_t source = counted(peer) ? rate_source(peer) : 0;
    bool room = !source || source_enter(source);
    *context = client_enter(l, fd, source);
    if (!*context && source)
        source_leave(source);
    if (!*context || !room)
        shutdown(fd, SHUT_RDWR);
}

static struct client *client_of(struct MHD_Connection *conn)
{
    return MHD_get_connection_info(conn, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* ---- a request ---- */
static void *on_line(void *cls, const char *uri, struct MHD_Connection *conn)
{
    struct loop *l = cls;
    struct exchange *x = exchange_new();
    struct flight *f = NEW(&x->cx.mem, struct flight);
    size_t len = uri ? strlen(uri) : 0;

    *f = (struct flight){.x = x, .conn = conn, .loop = l, .client = client_of(conn)};
    f->work.run = flight_run;
    f->uri = (Str){arena_copy(&x->cx.mem, uri, len), len};
    if (f->client)
        client_line(f->client);
    l->n_flights++;
    return f;
}

/* Its connection runs again; or it ended while nobody looked. */
static void back(struct flight *f)
{
    f->loop->n_away -= f->away;
    f->away = false;
}

static void on_done(
    void *cls, struct MHD_Connection *conn, void **state, enum MHD_RequestTerminationCode why)
{
    struct flight *f = *state;
    (void)cls, (void)conn, (void)why;
    if (!f)
        return;
    *state = NULL;
    if (f->client)
        client_idle(f->client);
    back(f);
    f->loop->n_flights--;
    exchange_free(f->x);
}

struct collecting {
    struct exchange *x;
    struct pair at[HEADERS_MAX + 1];
    size_t n;
};

static enum MHD_Result one_header(void *cls, enum MHD_ValueKind kind, const char *name,
    size_t name_n, const char *value, size_t value_n)
{
    struct collecting *c = cls;
    (void)kind;
    if (c->n <= HEADERS_MAX)
        c->at[c->n++] = (struct pair){
            {name,               name_n             },
            {value ? value : "", value ? value_n : 0}
        };
    return c->n <= HEADERS_MAX ? MHD_YES : MHD_NO;
}

static void begin(struct flight *f, const char *method, const char *version)
{
    char text[INET6_ADDRSTRLEN];
    struct collecting c = {.x = f->x};
    struct head head = {.method = method, .version = version, .uri = f->uri};

    MHD_get_connection_values_n(f->conn, MHD_HEADER_KIND, one_header, &c);
    head.headers = (struct pairs){c.at, c.n};
    head.peer = peer_of(f->conn, text);
    exchange_head(f->x, &head);
    f->state = FL_BODY;
    if (!f->client)
        return;
    if (exchange_has_body(f->x))
        client_body(f->client, f->x->route && f->x->route->limit != FORM_1M);
    else
        client_ours(f->client);
    f->x->closes |= f->client->requests >= REQUESTS_MAX;
}

static enum MHD_Result send_answer(struct flight *f)
{
    struct exchange *x = f->x;
    Resp *r = &x->resp;
    struct MHD_Response *answer;
    size_t size = 0;

    if (r->fd >= 0) {
        size = (size_t)r->size;
        answer = MHD_create_response_from_fd64((uint64_t)r->size, r->fd);
        r->fd = -1; /* closed with the answer */
    } else {
        Str body = r->fixed.len ? r->fixed : r->out ? (Str){r->out->at, r->out->len} : (Str){0};
        size = body.len;
        answer = MHD_create_response_from_buffer(
            body.len, (void *)(uintptr_t)body.at, MHD_RESPMEM_PERSISTENT);
    }
    if (!answer)
        return MHD_NO;
    for (size_t i = 0; i < x->n_out; i++) {
        const struct pair *h = &x->out_headers[i];
        char *value = arena_printf(&x->cx.mem, "%.*s", (int)h->value.len, h->value.at);
        MHD_add_response_header(answer, h->name.at, value);
    }
    if (f->client)
        client_sending(f->client, size);
    enum MHD_Result sent = MHD_queue_response(f->conn, (unsigned)r->status, answer);
    MHD_destroy_response(answer);
    return sent;
}

static enum MHD_Result answer_here(struct flight *f)
{
    exchange_answer(f->x);
    f->state = FL_DONE;
    return send_answer(f);
}

void flight_run(struct work *w, struct Db *db)
{
    struct flight *f = (struct flight *)(void *)w;
    int wake = f->loop->wake;

    /* Who has waited this long has gone, or should hear so (REL-17). */
    if (!db || mono_ms() - w->put_at > 5000)
        exchange_refuse(f->x, 503, 5);
    f->x->cx.db = db;
    exchange_answer(f->x);
    f->x->cx.db = NULL;
    f->state = FL_DONE;
    MHD_resume_connection(f->conn); /* from here on f may be gone */
    eventfd_write(wake, 1);
}

static enum MHD_Result dispatch(struct flight *f)
{
    struct exchange *x = f->x;

    if (f->client)
        client_ours(f->client);
    if (x->refused || x->route->on == ON_LOOP)
        return answer_here(f);
    f->state = FL_AWAY;
    f->away = true;
    f->loop->n_away++;
    MHD_suspend_connection(f->conn);
    if (!work_put(x->route->on, &f->work, x->known || !strcmp(x->route->path, "/readyz"))) {
        exchange_refuse(x, 503, 5);
        exchange_answer(x);
        f->state = FL_DONE;
        MHD_resume_connection(f->conn);
        eventfd_write(f->loop->wake, 1);
    }
    return MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *conn, const char *url,
    const char *method, const char *version, const char *body, size_t *body_n, void **state)
{
    struct flight *f = *state;
    (void)cls, (void)conn, (void)url;
    if (!f)
        return MHD_NO;
    switch (f->state) {
    case FL_HEAD: begin(f, method, version); return f->x->at_once ? answer_here(f) : MHD_YES;
    case FL_BODY:
        if (*body_n == 0)
            return dispatch(f);
        if (f->client)
            f->client->pace_got += *body_n;
        exchange_body(f->x, body, *body_n);
        *body_n = 0;
        return MHD_YES;
    case FL_AWAY: return MHD_YES;
    case FL_DONE: back(f); return send_answer(f);
    }
    return MHD_NO;
}

struct MHD_Daemon *http_start(struct loop *l, int listen_fd)
{
    return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, l,
        MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_URI_LOG_CALLBACK, on_line, l,
        MHD_OPTION_NOTIFY_COMPLETED, on_done, l, MHD_OPTION_NOTIFY_CONNECTION, on_connection, l,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CLIENTS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)(IDLE_MS / 1000), MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)8192,
        MHD_OPTION_END);
}
