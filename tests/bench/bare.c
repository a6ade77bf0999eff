/* bare.c — the comparator of pages: an epoll server that sends given bytes, one thread a core.
 *
 *   bare PORT FILE     FILE is the whole answer, head and body */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int port;
static char *bytes;
static size_t n_bytes;

struct conn {
    int fd;
    unsigned tail;  /* the last four bytes read */
    size_t to_send; /* of the answers not yet sent */
};

static int listener(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
        .sin_port = htons((unsigned short)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 1024)) {
        perror("bare");
        exit(1);
    }
    return fd;
}

/* false: gone, or it can take no more now (to_send says what is left). */
static int push(struct conn *c)
{
    while (c->to_send) {
        size_t off = (n_bytes - c->to_send % n_bytes) % n_bytes;
        ssize_t n = send(c->fd, bytes + off, n_bytes - off, MSG_NOSIGNAL);
        if (n <= 0)
            return 0;
        c->to_send -= (size_t)n;
    }
    return 1;
}

static int serve(struct conn *c)
{
    char in[8192];
    ssize_t n;
    while ((n = read(c->fd, in, sizeof in)) > 0)
        for (ssize_t i = 0; i < n; i++) {
            c->tail = c->tail << 8 | (unsigned char)in[i];
            if (c->tail == 0x0d0a0d0a)
                c->to_send += n_bytes;
        }
    push(c);
    return n != 0;
}

static void *loop(void *arg)
{
    struct epoll_event all[128];
    int ep = epoll_create1(EPOLL_CLOEXEC), on = 1, fd = listener();
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
    (void)arg;
    epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
    for (;;) {
        int n = epoll_wait(ep, all, 128, -1);
        for (int i = 0; i < n; i++) {
            struct conn *c = all[i].data.ptr;
            if (c && !serve(c)) {
                close(c->fd);
                free(c);
            } else if (!c) {
                int one = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (one < 0 || !(c = calloc(1, sizeof *c)))
                    continue;
                c->fd = one;
                setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                e = (struct epoll_event){.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c};
                epoll_ctl(ep, EPOLL_CTL_ADD, one, &e);
            }
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    struct stat st;
    FILE *f = argc == 3 ? fopen(argv[2], "re") : NULL;
    if (!f || fstat(fileno(f), &st) || !(bytes = malloc(n_bytes = (size_t)st.st_size))
        || fread(bytes, 1, n_bytes, f) != n_bytes)
        return fprintf(stderr, "usage: bare PORT FILE\n"), 2;
    fclose(f);
    port = atoi(argv[1]);
    pthread_t t;
    for (long i = sysconf(_SC_NPROCESSORS_ONLN); i > 1; i--)
        pthread_create(&t, NULL, loop, NULL);
    loop(NULL);
}
