/* report.c — many residents at once: reports over HTTP, each acknowledged one written down.
 *
 *   report PORT CONNECTIONS SECONDS [LOG]
 *
 * REPORT_FROM=ADDRESS: all of them from that one source and with one telephone (a flood).
 * REPORT_MOST=N: ends after N requests.
 *
 * Each connection posts one report after another, with its own submission keys.  LOG gets a line
 * "key code" as soon as a report is acknowledged (303), so that a test can ask for it after the
 * server was killed.  Ends early when the server goes away.  Says on stdout, one line:
 *   acked N refused N broken N  p50 MS p99 MS max MS  per_s N */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1 << 20, PAGE = 256 * 1024 };
/* the twelve villages and communities of the demonstration town */
static const long units[12] = {410108101001000, 410108101002000, 410108101200000, 410108101201000,
    410108101202000, 410108101203000, 410108101204000, 410108101205000, 410108101206000,
    410108101207000, 410108101208000, 410108101209000};
static int port, seconds;
static FILE *acks;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static float *took; /* ms of each acknowledged one */
static size_t n_acked, n_refused, n_broken;
static const char *one_source;
static long most, n_sent;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    struct timeval wait = {10, 0};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0)
        return close(fd), -1;
    return fd;
}

/* One answer whole; its status, or -1: the server went away. */
static int answer(int fd, char *buf)
{
    size_t n = 0, want = 0;
    while (!want || n < want) {
        ssize_t got = read(fd, buf + n, PAGE - 1 - n);
        if (got <= 0)
            return -1;
        n += (size_t)got;
        buf[n] = 0;
        char *end = want ? NULL : strstr(buf, "\r\n\r\n");
        if (!end)
            continue;
        char *length = strcasestr(buf, "\ncontent-length:");
        want =
            (size_t)(end + 4 - buf) + (length && length < end ? strtoul(length + 16, NULL, 10) : 0);
    }
    return atoi(buf + 9);
}

static bool ask(int fd, const char *request)
{
    size_t len = strlen(request);
    return send(fd, request, len, MSG_NOSIGNAL) == (ssize_t)len;
}

static bool field(const char *page, const char *name, char *to, size_t size)
{
    char mark[64];
    snprintf(mark, sizeof mark, "name=\"%s\" value=\"", name);
    const char *at = strstr(page, mark);
    if (!at)
        return false;
    at += strlen(mark);
    snprintf(to, size, "%.*s", (int)strcspn(at, "\""), at);
    return true;
}

static void acked(const char *key, const char *buf, double ms)
{
    const char *code = strstr(buf, "/p/");
    pthread_mutex_lock(&lock);
    if (n_acked < MOST)
        took[n_acked++] = (float)ms;
    if (acks)
        fprintf(acks, "%s %.12s\n", key, code ? code + 3 : "");
    pthread_mutex_unlock(&lock);
}

static void *resident(void *arg)
{
    long who = (long)arg;
    char *buf = malloc(PAGE), csrf[80], key[80], request[2048], form[512];
    double until = now() + seconds;
    int fd = dial();
    snprintf(request, sizeof request,
        "GET /report?unit=410108101206000 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
        "X-Forwarded-For: 10.9.%ld.%ld\r\n\r\n",
        port, who / 250, who % 250 + 1);
    if (!buf || fd < 0 || !ask(fd, request) || answer(fd, buf) != 200
        || !field(buf, "csrf", csrf, sizeof csrf) || !field(buf, "key", key, sizeof key)
        || strlen(key) != 22)
        return __atomic_add_fetch(&n_broken, 1, __ATOMIC_RELAXED), NULL;
    for (unsigned seq = 0; now() < until; seq++) {
        char from[64];
        if (most && __atomic_fetch_add(&n_sent, 1, __ATOMIC_RELAXED) >= most)
            break;
        snprintf(from, sizeof from, "10.%ld.%u.%u", who % 200 + 10, seq / 250 % 250, seq % 250 + 1);
        snprintf(key + 12, sizeof key - 12, "%04lx%06x", who & 0xffff, seq & 0xffffff);
        int len = snprintf(form, sizeof form,
            "csrf=%s&key=%s&alone=1&category=6101&unit=%ld&place_text=load+%ld+%u&body=%s%s", csrf,
            key, units[seq % 12], who, seq, key, one_source ? "&phone=13800001234" : "");
        snprintf(request, sizeof request,
            "POST /report HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-Forwarded-For: %s\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
            port, one_source ? one_source : from, len, form);
        double at = now();
        int status = ask(fd, request) ? answer(fd, buf) : -1;
        if (status < 0) {
            __atomic_add_fetch(&n_broken, 1, __ATOMIC_RELAXED);
            break;
        }
        if (status == 303)
            acked(key, buf, (now() - at) * 1e3);
        else
            __atomic_add_fetch(&n_refused, 1, __ATOMIC_RELAXED);
    }
    close(fd);
    free(buf);
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return fprintf(stderr, "usage: report PORT CONNECTIONS SECONDS [LOG]\n"), 2;
    port = atoi(argv[1]);
    long n = atol(argv[2]);
    seconds = atoi(argv[3]);
    one_source = getenv("REPORT_FROM");
    most = getenv("REPORT_MOST") ? atol(getenv("REPORT_MOST")) : 0;
    acks = argc > 4 ? fopen(argv[4], "ae") : NULL;
    took = calloc(MOST, sizeof *took);
    pthread_t *threads = calloc((size_t)n, sizeof *threads);
    if (!took || !threads || (argc > 4 && !acks))
        return perror("report"), 1;
    if (acks)
        setlinebuf(acks);
    double at = now();
    for (long i = 0; i < n; i++)
        pthread_create(&threads[i], NULL, resident, (void *)i);
    for (long i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    double spent = now() - at;
    qsort(took, n_acked, sizeof *took, by_size);
    size_t last = n_acked ? n_acked - 1 : 0;
    printf("acked %zu refused %zu broken %zu  p50 %.2f p99 %.2f max %.2f  per_s %.0f\n", n_acked,
        n_refused, n_broken, (double)took[last / 2], (double)took[last * 99 / 100],
        (double)took[last], (double)n_acked / spent);
    return 0;
}
