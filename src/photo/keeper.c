/* keeper.c — a photo parent that died comes back.
 *
 * A server with threads, keys and a database cannot fork a new one.  The keeper was forked when
 * there was nothing of that, holds the parent's end of the socket and waits: what was still in the
 * socket is done by the next parent, what the dead one had in hand is answered by its closed pipes.
 */
#include "photo/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    FIRST_PAUSE_MS = 100,
    LONGEST_PAUSE_MS = 30000,
    WELL_S = 60, /* who lived that long begins again with the shortest pause */
};

/* Shared by the server and the keeper alone: no parent and no child of it has this page. */
static atomic_int *works;

bool keeper_works(void)
{
    return works != NULL && atomic_load(works) != 0;
}

static time_t seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* A parent that is ready, or 0.  A keeper that dies takes its parent along. */
static pid_t start_parent(int socket, keeper_work work)
{
    int ready[2];
    char said = '-';
    pid_t own = getpid();
    if (pipe2(ready, O_CLOEXEC) != 0)
        return 0;
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == own)
            work(socket, ready[1]);
        _exit(1);
    }
    close(ready[1]);
    if (pid > 0 && (read(ready[0], &said, 1) != 1 || said != '+')) {
        waitpid(pid, NULL, 0);
        pid = 0;
    }
    close(ready[0]);
    return pid > 0 ? pid : 0;
}

/* Whether the server is still there after the pause. */
static bool pause_ms(int socket, int ms)
{
    struct pollfd on = {socket, 0, 0};
    return poll(&on, 1, ms) == 0;
}

static _Noreturn void keep(int socket, keeper_work work)
{
    int ms = FIRST_PAUSE_MS, how;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN); /* the terminal's and systemd's reach the whole group */
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    prctl(PR_SET_NAME, "heqing-keeper");
    pid_t pid = start_parent(socket, work);
    if (write(socket, pid ? "+" : "-", 1) != 1 || pid == 0)
        _exit(1);
    for (;;) {
        time_t since = seconds();
        atomic_store(works, pid != 0);
        while (pid && waitpid(pid, &how, 0) < 0 && errno == EINTR)
            ;
        atomic_store(works, 0);
        if (pid && WIFEXITED(how) && WEXITSTATUS(how) == 0)
            _exit(0);
        if (seconds() - since >= WELL_S)
            ms = FIRST_PAUSE_MS;
        if (!pause_ms(socket, ms))
            _exit(0);
        ms = 2 * ms < LONGEST_PAUSE_MS ? 2 * ms : LONGEST_PAUSE_MS;
        pid = start_parent(socket, work);
    }
}

pid_t keeper_start(int socket, int servers_end, keeper_work work)
{
    char ready = '-';
    if (works == NULL) {
        void *page =
            mmap(NULL, sizeof *works, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED)
            return 0;
        works = page;
    }
    pid_t pid = fork();
    if (pid == 0) {
        close(servers_end);
        madvise(works, sizeof *works, MADV_DONTFORK);
        keep(socket, work);
    }
    close(socket);
    if (pid > 0 && (read(servers_end, &ready, 1) != 1 || ready != '+')) {
        waitpid(pid, NULL, 0);
        pid = 0;
    }
    return pid > 0 ? pid : 0;
}
