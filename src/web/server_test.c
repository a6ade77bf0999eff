/* server_test.c — loops, lanes and clients on real sockets, in one process (also under
 * ThreadSanitizer). */
#include "town.h"

#include "web/web.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS = 12, EACH = 40 };

static _Atomic int n_running, n_slow, slow_most;

static Err slow_get(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = resp_page(cx, req, resp);
    int now = atomic_fetch_add(&n_slow, 1) + 1;
    for (int seen = atomic_load(&slow_most); seen < now;)
        if (atomic_compare_exchange_weak(&slow_most, &seen, now))
            break;
    usleep(30000);
    atomic_fetch_sub(&n_slow, 1);
    out_raw(out, "slow", 4);
    return OK;
}

static Err echo_post(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = resp_page(cx, req, resp);
    html_str(out, form_text(req, "body"));
    return OK;
}

static Err quick_get(Cx *cx, const Req *req, Resp *resp)
{
    Out *out = resp_page(cx, req, resp);
    html_str(out, query_text(req, "q"));
    return OK;
}

static const struct route own_routes[] = {
    {GET,            "/loop", .who = ANYONE, .run = quick_get, .on = ON_LOOP},
    {GET, "/quick", .who = ANYONE, .run = quick_get, .on = ON_READ},
    {GET, "/slow", .who = ANYONE, .run = slow_get, .on = ON_WAIT},
    {POST,            "/echo", .who = ANYONE, .run = echo_post, .on = ON_WAIT, .public_form = true},
    {0},
};
static const struct room own_room = {"own", .routes = own_routes};
static const struct room *const own_rooms[] = {&own_room, &web_room, NULL};

static int setup(void **state)
{
    int e = town_setup(state);
    struct web_opt opt = {.data = town_dir(),
        .listen = "127.0.0.1:0",
        .no_rate = true,
        .db = town_db_url(),
        .rooms = own_rooms};
    assert_int_equal(web_open(&opt), OK);
    assert_int_equal(work_start(opt.db), OK);
    assert_int_equal(loops_start(2), OK);
    atomic_store(&slow_most, 0);
    return e;
}

static int teardown(void **state)
{
    assert_true(loops_stop(8000));
    work_stop();
    web_close();
    return town_teardown(state);
}
#define SERVED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

/* ---- a client ---- */
static int dial(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval most = {.tv_sec = 10};
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)loops_port()),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    return connect(fd, (struct sockaddr *)&to, sizeof to) == 0 ? fd : -1;
}

/* One answer: its status, its body; 0: the connection ended. */
static int hear(int fd, char *body, size_t most)
{
    char head[8192];
    size_t n = 0, want = 0;
    const char *end = NULL;

    while (n + 1 < sizeof head && (!end || n < want)) {
        ssize_t got = recv(fd, head + n, sizeof head - 1 - n, 0);
        if (got <= 0)
            return 0;
        n += (size_t)got;
        head[n] = 0;
        end = strstr(head, "\r\n\r\n");
        const char *length = end ? strstr(head, "Content-Length: ") : NULL;
        unsigned long len = 0;
        if (length && sscanf(length, "Content-Length: %lu", &len) == 1)
            want = (size_t)(end + 4 - head) + len;
    }
    int status = 0;
    if (!end || sscanf(head, "HTTP/1.1 %d", &status) != 1)
        return 0;
    snprintf(body, most, "%s", end + 4);
    return status;
}

static int ask(
    int fd, const char *method, const char *path, const char *form, char *body, size_t most)
{
    char line[4096];
    int n = snprintf(line, sizeof line,
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: %zu\r\n\r\n%s",
        method, path, strlen(form), form);
    if (send(fd, line, (size_t)n, MSG_NOSIGNAL) != n)
        return 0;
    return hear(fd, body, most);
}

struct client {
    int i, wrong;
    char form[256];
};

static void *be_client(void *arg)
{
    struct client *c = arg;
    char path[64], body[4096], want[64];
    int fd = dial();

    for (int i = 0; i < EACH; i++) {
        snprintf(want, sizeof want, "c%d-%d", c->i, i);
        snprintf(path, sizeof path, "/%s?q=%s", i % 3 == 0 ? "loop" : "quick", want);
        int status = ask(fd, "GET", path, "", body, sizeof body);
        c->wrong += status != 200 || strcmp(body, want) != 0;
        if (i % 4 == 0) {
            status = ask(fd, "POST", "/echo", c->form, body, sizeof body);
            c->wrong += status != 200 || strcmp(body, "x") != 0;
        }
        if (i % 16 == 5)
            c->wrong += ask(fd, "GET", "/slow", "", body, sizeof body) != 200;
        if (i % 10 == 9) {
            close(fd);
            fd = dial();
        }
    }
    close(fd);
    atomic_fetch_sub(&n_running, 1);
    return NULL;
}

/* ---- what holds ---- */
static void every_client_gets_its_own_answers(void **state)
{
    Cx *cx = *state;
    pthread_t thread[CLIENTS];
    struct client client[CLIENTS];
    static const char key[] = "abcdefghijklmnopqrstuv";
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    cx->now = (int64_t)t.tv_sec * 1000;
    Str token = webkey_token(cx, str(key));
    for (int i = 0; i < CLIENTS; i++) {
        client[i] = (struct client){.i = i};
        snprintf(client[i].form, sizeof client[i].form, "key=%s&csrf=%.*s&body=x", key,
            (int)token.len, token.at);
        atomic_fetch_add(&n_running, 1);
        assert_int_equal(pthread_create(&thread[i], NULL, be_client, &client[i]), 0);
    }
    int wrong = 0;
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(thread[i], NULL);
        wrong += client[i].wrong;
    }
    assert_int_equal(wrong, 0);
    assert_in_range(atomic_load(&slow_most), 2, CLIENTS);
}

static void a_client_that_hangs_up_in_the_middle_hurts_nobody(void **state)
{
    char body[4096];
    (void)state;
    for (int i = 0; i < 20; i++) {
        static const char *const cut[] = {"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nabc", "GET /slo",
            "GET /slow HTTP/1.1\r\nHost: a\r\nX: "};
        int fd = dial();
        send(fd, cut[i % 4], strlen(cut[i % 4]), MSG_NOSIGNAL);
        if (i & 4)
            shutdown(fd, SHUT_RDWR);
        close(fd);
    }
    int fd = dial();
    assert_int_equal(ask(fd, "GET", "/quick?q=still", "", body, sizeof body), 200);
    assert_string_equal(body, "still");
    close(fd);
}

static void who_is_busy_at_the_end_gets_the_answer(void **state)
{
    char body[4096];
    int fd[8];
    (void)state;
    for (int i = 0; i < 8; i++) {
        static const char line[] = "GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        fd[i] = dial();
        assert_int_equal(send(fd[i], line, sizeof line - 1, MSG_NOSIGNAL), (long)sizeof line - 1);
    }
    for (int waited = 0; atomic_load(&n_slow) < 8 && waited < 200; waited++)
        usleep(1000);
    assert_true(loops_stop(8000));
    for (int i = 0; i < 8; i++) {
        assert_int_equal(hear(fd[i], body, sizeof body), 200);
        assert_string_equal(body, "slow");
        close(fd[i]);
    }
    assert_int_equal(dial(), -1);
    assert_int_equal(loops_start(2), OK); /* for the teardown */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SERVED(every_client_gets_its_own_answers),
        SERVED(a_client_that_hangs_up_in_the_middle_hurts_nobody),
        SERVED(who_is_busy_at_the_end_gets_the_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
