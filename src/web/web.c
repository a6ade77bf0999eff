/* web.c — the engine's start and end. */
#include "web/web.h"

#include "store/lane.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STOP_MS = 8000 };

static struct web the_web;
const struct web *const web = &the_web;

static Err refuse(const char *why, const char *what)
{
    fprintf(stderr, "heqing: serve: %s: %s\n", what ? what : "", why);
    return ERR_INVALID;
}

/* "127.0.0.1:8080", "[::1]:8080", ":8080" (all addresses). */
static Err read_listen(const char *s)
{
    const char *colon = s ? strrchr(s, ':') : NULL;
    size_t n = colon ? (size_t)(colon - s) : 0;

    if (!colon || !colon[1] || strlen(colon + 1) > 5
        || strspn(colon + 1, "0123456789") != strlen(colon + 1))
        return refuse("HOST:PORT", s);
    if (n >= 2 && s[0] == '[' && s[n - 1] == ']')
        s++, n -= 2;
    if (n >= sizeof the_web.host)
        return refuse("HOST:PORT", s);
    memcpy(the_web.host, n ? s : "0.0.0.0", n ? n : 8);
    the_web.host[n ? n : 7] = 0;
    memcpy(the_web.port, colon + 1, strlen(colon + 1) + 1);
    const char *h = the_web.host;
    the_web.loopback = !strcmp(h, "localhost") || !strcmp(h, "::1") || !strncmp(h, "127.", 4);
    return OK;
}

static Err read_public(const char *url)
{
    the_web.public_host[0] = 0;
    the_web.secure_cookie = false;
    if (!url || !*url)
        return OK;
    bool secure = !strncmp(url, "https://", 8);
    if (!secure && strncmp(url, "http://", 7) != 0)
        return refuse("https://HOST", url);
    const char *host = url + (secure ? 8 : 7);
    size_t n = strcspn(host, "/");
    if (n == 0 || n >= sizeof the_web.public_host || strlen(host) > n + 1)
        return refuse("https://HOST, no path", url);
    memcpy(the_web.public_host, host, n);
    the_web.public_host[n] = 0;
    the_web.secure_cookie = secure;
    return OK;
}

static Err open_tmp(const char *data)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/tmp", data);
    if (mkdir(path, 0700) < 0 && errno != EEXIST)
        return refuse(strerror(errno), path);
    the_web.tmp_dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return the_web.tmp_dir < 0 ? refuse(strerror(errno), path) : OK;
}

Err web_open(const struct web_opt *opt)
{
    the_web = (struct web){.opt = *opt, .tmp_dir = -1};
    if (sodium_init() < 0)
        return refuse("libsodium does not start", NULL);
    TRY(read_listen(opt->listen));
    TRY(read_public(opt->public_url));
    /* SES-1: passwords do not travel in the open unless somebody has said so. */
    if (!the_web.loopback && !the_web.secure_cookie && !opt->insecure_http)
        return refuse("not a loopback address and no https --public-url; "
                      "--insecure-http serves it all the same, with a warning on staff pages",
            opt->listen);
    the_web.insecure_note = !the_web.loopback && !the_web.secure_cookie;
    guard_open();
    TRY(routes_open(opt->rooms));
    TRY(webkey_open(opt->data, the_web.form_key));
    return open_tmp(opt->data);
}

void web_close(void)
{
    if (the_web.tmp_dir >= 0)
        close(the_web.tmp_dir);
    the_web.tmp_dir = -1;
    sodium_memzero(the_web.form_key, sizeof the_web.form_key);
}

/* ---- serving ---- */
static int stop_fd = -1;

static void on_signal(int what)
{
    int kept = errno;
    (void)what;
    eventfd_write(stop_fd, 1);
    errno = kept;
}

static void take_signals(void)
{
    struct sigaction stop = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

/* As many descriptors as we may have; no core file with residents' data in it (SEC-2). */
static void take_limits(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    prctl(PR_SET_DUMPABLE, 0);
}

static void say_ready(void)
{
    bool six = strchr(web->host, ':') != NULL;
    fprintf(stderr, "heqing: ready on http://%s%s%s:%d\n", six ? "[" : "", web->host,
        six ? "]" : "", loops_port());
}

/* Until a signal; false if the store has died meanwhile. */
static bool wait_for_end(void)
{
    struct pollfd on = {stop_fd, POLLIN, 0};
    for (int seconds = 0; poll(&on, 1, 1000) <= 0; seconds++) {
        if (lanes_dead())
            return false;
        if (seconds % 60 == 59)
            weblog_counts();
    }
    return true;
}

int web_serve(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    take_limits();
    stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    take_signals();
    if (work_start(web->opt.db) != OK || loops_start(cores > 8 ? 8 : (int)cores) != OK)
        return 1;
    say_ready();
    if (!wait_for_end()) {
        /* A failed sync: nothing more may be acknowledged, and nothing acknowledged is lost. */
        fprintf(stderr, "heqing: the disk has failed a sync: ending\n");
        _exit(1);
    }
    if (!loops_stop(STOP_MS)) {
        fprintf(stderr, "heqing: a request has not ended in time\n");
        _exit(0);
    }
    work_stop();
    weblog_counts();
    close(stop_fd);
    stop_fd = -1;
    return 0;
}
