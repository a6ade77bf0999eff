/* photo.c — the server's side and the photo parent.
 *
 * Each request brings its own pipe for the answer.  So no thread ever reads another's answer,
 * nothing needs a lock, and a dead parent shows itself at once: the kernel closes the pipe's other
 * end.  Requests that were still in the socket wait for the next parent (keeper.h). */
#include "photo/photo.h"

#include "photo/child.h"
#include "photo/keeper.h"
#include "photo/look.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { IN, LARGE, SMALL, ANSWER, FDS };
enum { OWN = 3, READY }; /* in the parent: its end of the socket, and where it says it is ready */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* ---- the server's side ---- */

/* Made before the first other thread, read only after it. */
static struct {
    int socket;   /* to the parent */
    pid_t keeper; /* 0: none */
} helper = {.socket = -1};
static atomic_int waiting;

/* The four descriptors in one message; the parent gets its own copies. */
static bool send_job(const int fds[FDS], const struct photo_veils *veils)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(FDS * sizeof(int))];
    } control = {0};
    struct photo_veils said = *veils;
    struct msghdr message = {
        .msg_iov = &(struct iovec){&said, sizeof said},
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control
    };
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    *head = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(FDS * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(head), fds, FDS * sizeof(int));
    return sendmsg(helper.socket, &message, MSG_NOSIGNAL) == sizeof said;
}

/* Waits for the answer, or for the parent's death, which closes the pipe's other end. */
static void await(int fd, struct photo_answer *ret)
{
    struct photo_answer got;
    struct pollfd on = {fd, POLLIN, 0};
    int64_t until = now_ms() + 4 * PHOTO_WALL_MS, left;
    int ready = -1;
    while ((left = until - now_ms()) > 0 && (ready = poll(&on, 1, (int)left)) < 0 && errno == EINTR)
        ;
    if (ready == 1 && read(fd, &got, sizeof got) == sizeof got)
        *ret = got;
    else if (ready == 0)
        ret->status = PHOTO_FULL;
}

void photo_shrink(int in, int large, int small, struct photo_answer *ret)
{
    photo_veil(in, &(struct photo_veils){0}, large, small, ret);
}

void photo_veil(
    int in, const struct photo_veils *veils, int large, int small, struct photo_answer *ret)
{
    *ret = (struct photo_answer){.status = PHOTO_GONE};
    if (helper.keeper == 0)
        return;
    if (atomic_fetch_add(&waiting, 1) >= PHOTO_WAITING) {
        atomic_fetch_sub(&waiting, 1);
        ret->status = PHOTO_FULL;
        return;
    }
    int answer[2];
    if (pipe2(answer, O_CLOEXEC) == 0) {
        bool sent = send_job((int[FDS]){in, large, small, answer[1]}, veils);
        close(answer[1]); /* from here the parent alone holds it: its death is our end of file */
        if (sent)
            await(answer[0], ret);
        close(answer[0]);
    }
    atomic_fetch_sub(&waiting, 1);
}

int photo_waits(void)
{
    return atomic_load(&waiting);
}

bool photo_alive(void)
{
    struct pollfd on = {helper.socket, 0, 0};
    return helper.keeper > 0 && keeper_works() && poll(&on, 1, 0) == 0;
}

void photo_stop(void)
{
    if (helper.keeper == 0)
        return;
    close(helper.socket);
    while (waitpid(helper.keeper, NULL, 0) < 0 && errno == EINTR)
        ;
    helper.socket = -1;
    helper.keeper = 0;
}

/* ---- the parent ---- */

static struct job {
    pid_t pid; /* 0: this place is free */
    int pidfd, fd[FDS];
    int64_t until;
    struct photo_veils veils;
} jobs[PHOTO_CHILDREN];

/* A child could be another's puppet: what it left is believed only if it is one whole JPEG file of
 * a right size, with no marker that could carry a place or a name, and nothing behind it. */
static bool proven(int fd, uint32_t longest, struct photo_made *ret)
{
    struct stat is;
    if (fstat(fd, &is) != 0 || is.st_size < 1 || is.st_size > PHOTO_MADE_BYTES)
        return false;
    size_t n = (size_t)is.st_size;
    uint8_t *at = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED)
        return false;
    struct look seen = look(at, n);
    bool good = seen.kind == LOOK_JPEG && seen.whole && seen.end == n && (seen.apps & ~1u) == 0
                && seen.width <= longest && seen.height <= longest;
    *ret = (struct photo_made){.width = seen.width, .height = seen.height, .bytes = n};
    crypto_generichash(ret->hash, sizeof ret->hash, at, n, NULL, 0);
    munmap(at, n);
    return good;
}

static void drop(struct job *job)
{
    for (int i = 0; i < FDS; i++)
        close(job->fd[i]);
    job->pid = 0;
}

static void answer(struct job *job, struct photo_answer *a)
{
    if (a->status == PHOTO_OK
        && (!proven(job->fd[LARGE], PHOTO_LARGE, &a->large)
            || !proven(job->fd[SMALL], PHOTO_SMALL, &a->small)))
        a->status = PHOTO_DIED;
    ssize_t n = write(job->fd[ANSWER], a, sizeof *a); /* fails only when nobody waits any more */
    (void)n;
    drop(job);
}

static void reap(struct job *job)
{
    int how;
    struct rusage used;
    if (wait4(job->pid, &how, 0, &used) != job->pid)
        how = SIGKILL;
    close(job->pidfd);
    bool ended = WIFEXITED(how) && WEXITSTATUS(how) <= PHOTO_DIED;
    long us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 + used.ru_utime.tv_usec
              + used.ru_stime.tv_usec;
    answer(job, &(struct photo_answer){.status = ended ? WEXITSTATUS(how) : PHOTO_DIED,
                    .signal = WIFSIGNALED(how) ? WTERMSIG(how) : 0,
                    .cpu_ms = (uint32_t)(us / 1000),
                    .rss_kib = (uint32_t)used.ru_maxrss});
}

/* One message, or -1 when the server is gone.  A message with anything but four descriptors is not
 * ours: dropped. */
static int receive(int server, int fds[FDS], struct photo_veils *veils)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(FDS * sizeof(int))];
    } control;
    struct msghdr message = {
        .msg_iov = &(struct iovec){veils, sizeof *veils},
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control
    };
    ssize_t n = recvmsg(server, &message, MSG_CMSG_CLOEXEC);
    if (n < 0)
        return errno == EINTR ? 0 : -1;
    if (n == 0)
        return -1;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head == NULL || head->cmsg_type != SCM_RIGHTS)
        return 0;
    size_t many = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    memcpy(fds, CMSG_DATA(head), many * sizeof(int));
    if (many == FDS && n == sizeof *veils)
        return 1;
    for (size_t i = 0; i < many; i++)
        close(fds[i]);
    return 0;
}

static void begin(struct job *job, int server)
{
    pid_t own = getpid();
    job->pid = fork();
    if (job->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != own)
            _exit(PHOTO_DIED);
        close(server);
        child_run(job->fd, &job->veils);
    }
    job->until = now_ms() + PHOTO_WALL_MS;
    if (job->pid > 0 && (job->pidfd = pidfd_open(job->pid, 0)) >= 0)
        return;
    if (job->pid > 0) {
        kill(job->pid, SIGKILL);
        waitpid(job->pid, NULL, 0);
    }
    answer(job, &(struct photo_answer){.status = PHOTO_DIED});
}

/* Waits for a request (if there is room), an ended child or the next deadline. */
static bool turn(int server)
{
    struct pollfd on[PHOTO_CHILDREN + 1];
    struct job *free_place = NULL;
    int64_t now = now_ms(), wait = -1;
    for (int i = 0; i < PHOTO_CHILDREN; i++) {
        on[i] = (struct pollfd){jobs[i].pid ? jobs[i].pidfd : -1, POLLIN, 0};
        if (jobs[i].pid == 0) {
            free_place = &jobs[i];
            continue;
        }
        int64_t left = jobs[i].until > now ? jobs[i].until - now : 0;
        if (wait < 0 || left < wait)
            wait = left;
    }
    on[PHOTO_CHILDREN] = (struct pollfd){server, free_place ? POLLIN : 0, 0};
    if (poll(on, PHOTO_CHILDREN + 1, (int)wait) < 0)
        return errno == EINTR;
    now = now_ms();
    for (int i = 0; i < PHOTO_CHILDREN; i++) {
        if (jobs[i].pid != 0 && on[i].revents == 0 && jobs[i].until <= now)
            kill(jobs[i].pid, SIGKILL); /* not reaped yet, so the number is still its own; it ends
                                           in the next turn */
        if (on[i].revents != 0)
            reap(&jobs[i]);
    }
    if (on[PHOTO_CHILDREN].revents & (POLLERR | POLLHUP))
        return false;
    if (free_place != NULL && on[PHOTO_CHILDREN].revents & POLLIN) {
        int got = receive(server, free_place->fd, &free_place->veils);
        if (got > 0)
            begin(free_place, server);
        return got >= 0;
    }
    return true;
}

static int count_threads(void)
{
    int n = 0;
    DIR *tasks = opendir("/proc/self/task");
    for (struct dirent *e; tasks != NULL && (e = readdir(tasks)) != NULL;)
        n += e->d_name[0] != '.';
    if (tasks != NULL)
        closedir(tasks);
    return n;
}

/* To their places, whatever stood there. */
static bool move(const int *server, const int *ready)
{
    int a = fcntl(*server, F_DUPFD, READY + 1), b = fcntl(*ready, F_DUPFD, READY + 1);
    return a >= 0 && b >= 0 && dup2(a, OWN) == OWN && dup2(b, READY) == READY;
}

/* The terminal's Ctrl-C and systemd's SIGTERM reach the whole group: the parent outlives them, so
 * that uploads under way are finished, and ends when the server's end of the socket closes. */
static void run_parent(int server, int ready_to)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    prctl(PR_SET_NAME, "heqing-photo");
    /* Libraries that chatter must not reach an output; what the server had open goes to no child.
     */
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    bool ready = null >= 0 && dup2(null, 0) == 0 && dup2(null, 1) == 1 && dup2(null, 2) == 2
                 && move(&server, &ready_to) && close_range(READY + 1, ~0u, 0) == 0;
    /* fork copies one thread and every lock: a second thread here is a defect */
    ready = ready && child_start() && count_threads() == 1 && child_lock_parent();
    if (write(READY, ready ? "+" : "-", 1) != 1 || !ready)
        _exit(1);
    close(READY);
    while (turn(OWN))
        ;
    _exit(0); /* children die with us (PR_SET_PDEATHSIG) */
}

bool photo_start(void)
{
    int pair[2];
    if (sodium_init() < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    pid_t pid = keeper_start(pair[1], pair[0], run_parent);
    if (pid == 0) {
        close(pair[0]);
        return false;
    }
    helper.socket = pair[0];
    helper.keeper = pid;
    return true;
}
