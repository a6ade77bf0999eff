/* loop.c — our own loops around libmicrohttpd, one a core, each on its own listening socket.
 *
 * MHD's own epoll threads (0.9.75) wait again with the whole timeout after a full batch of 128
 * events although connections are ready; and it clears its wake-up after it has looked for resumed
 * connections.  So: poll() on its epoll descriptor and on an eventfd of ours, cleared before
 * MHD_run(), which never waits. */
#include "web/loop.h"

#include "store/db.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { LOOPS_MAX = 16 };

static struct loop loops[LOOPS_MAX];
static int n_loops, port_bound;
/* Monotonic ms; 0: serving.  Until when requests may still come in, and answers go out. */
static _Atomic int64_t hear_until, stop_at;

int loops_port(void)
{
    return port_bound;
}

static int trouble(const char *what, const char *why)
{
    fprintf(stderr, "heqing: %s %s: %s\n", what, web->opt.listen, why);
    return -1;
}

/* One listening socket a loop: the kernel shares the clients out. */
static int listen_here(void)
{
    struct addrinfo want = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM},
                    *at;
    char port[12];
    int on = 1;

    snprintf(port, sizeof port, "%s", web->port);
    if (port_bound)
        snprintf(port, sizeof port, "%d", port_bound);
    int e = getaddrinfo(web->host, port, &want, &at);
    if (e != 0)
        return trouble("listen", gai_strerror(e));
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    bool well = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0
                && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0
                && bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, 1024) == 0;
    freeaddrinfo(at);
    if (!well) {
        trouble("listen", strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    struct sockaddr_storage bound;
    socklen_t len = sizeof bound;
    if (getsockname(fd, (struct sockaddr *)&bound, &len) == 0
        && getnameinfo((struct sockaddr *)&bound, len, NULL, 0, port, sizeof port, NI_NUMERICSERV)
               == 0)
        port_bound = (int)strtol(port, NULL, 10);
    return fd;
}

/* SO_REUSEPORT would let two programs of one user share a port by accident; the first of our
 * sockets is bound without it once, to see whether somebody is there. */
static bool somebody_there(void)
{
    struct addrinfo want = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM},
                    *at;
    int on = 1;
    if (getaddrinfo(web->host, web->port, &want, &at) != 0)
        return false;
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bool there = fd >= 0 && bind(fd, at->ai_addr, at->ai_addrlen) < 0;
    int kept = errno;
    if (fd >= 0)
        close(fd);
    freeaddrinfo(at);
    if (there)
        trouble("listen", strerror(kept));
    return there;
}

static void *run(void *arg)
{
    struct loop *l = arg;
    int epoll = MHD_get_daemon_info(l->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    int64_t looked_at = 0;
    bool quiet = false;

    pthread_setname_np(pthread_self(), "hq-loop");
    for (;;) {
        MHD_UNSIGNED_LONG_LONG ms;
        int wait = MHD_get_timeout(l->daemon, &ms) == MHD_YES && ms < 1000 ? (int)ms : 1000;
        struct pollfd on[2] = {
            {epoll,   POLLIN, 0},
            {l->wake, POLLIN, 0}
        };
        poll(on, 2, wait);
        eventfd_t n;
        eventfd_read(l->wake, &n);
        MHD_run(l->daemon);

        int64_t now = mono_ms(), end = atomic_load(&stop_at);
        if (now - looked_at >= 1000) {
            clients_cut(l);
            looked_at = now;
        }
        if (!end)
            continue;
        if (!quiet) {
            close(MHD_quiesce_daemon(l->daemon));
            quiet = true;
        }
        if (l->n_flights == 0 || (l->n_away == 0 && now > atomic_load(&hear_until)))
            break;
        if (now > end)
            return NULL; /* a handler hangs; the process ends without waiting for it */
    }
    MHD_stop_daemon(l->daemon);
    l->daemon = NULL;
    return NULL;
}

Err loops_start(int n)
{
    n_loops = n > LOOPS_MAX ? LOOPS_MAX : n;
    port_bound = 0;
    atomic_store(&stop_at, 0);
    if (strcmp(web->port, "0") != 0 && somebody_there())
        return ERR_INVALID;
    for (int i = 0; i < n_loops; i++) {
        struct loop *l = &loops[i];
        *l = (struct loop){.wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
        TRY(clients_open(l));
        int fd = listen_here();
        if (fd < 0 || l->wake < 0)
            return ERR_INVALID;
        l->daemon = http_start(l, fd);
        if (!l->daemon)
            return trouble("start", "libmicrohttpd refuses"), ERR_INTERNAL;
    }
    for (int i = 0; i < n_loops; i++)
        if (pthread_create(&loops[i].thread, NULL, run, &loops[i]) != 0)
            return trouble("thread", strerror(errno)), ERR_INTERNAL;
    return OK;
}

bool loops_stop(int wait_ms)
{
    bool all = true;
    atomic_store(&hear_until, mono_ms() + wait_ms / 4);
    atomic_store(&stop_at, mono_ms() + wait_ms);
    for (int i = 0; i < n_loops; i++)
        eventfd_write(loops[i].wake, 1);
    for (int i = 0; i < n_loops; i++) {
        pthread_join(loops[i].thread, NULL);
        all &= loops[i].daemon == NULL;
        if (!loops[i].daemon)
            close(loops[i].wake);
    }
    return all;
}
