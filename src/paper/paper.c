/* paper.c — the house's end: starts the helper for one paper, hands the words over, waits for the
 * PDF. */
#include "paper/paper.h"

#include "base/html.h"
#include "paper/paper_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

const char *paper_library;

static const char *const environment[] = {"LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL};

static void put_field(Out *o, Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i])
            out_raw(o, &s.at[i], 1);
    out_raw(o, "", 1);
}

/* The helper's input fits into the pipe, so that it can be written before anything is read. */
static bool hand_over(Cx *cx, int to, const struct honour *h)
{
    const Str fields[PAPER_FIELDS] = {
        h->title, h->unit, h->body, h->giver, h->day, h->note, h->hash, h->address};
    Out o = {.mem = &cx->mem};
    for (int i = 0; i < PAPER_FIELDS; i++)
        put_field(&o, fields[i]);
    return o.len <= PAPER_INPUT && write(to, o.at, o.len) == (ssize_t)o.len;
}

static bool take(Cx *cx, int from, Str *pdf)
{
    char *at = arena_raw(&cx->mem, PAPER_BYTES);
    size_t n = 0;
    for (;;) {
        struct pollfd p = {.fd = from, .events = POLLIN};
        int ready = poll(&p, 1, PAPER_WAIT_MS);
        if (ready == 0 || n == PAPER_BYTES || (ready < 0 && errno != EINTR))
            return false;
        ssize_t got = p.revents ? read(from, at + n, PAPER_BYTES - n) : 0;
        if (got < 0 && errno != EINTR)
            return false;
        if (p.revents && got == 0)
            break;
        n += got > 0 ? (size_t)got : 0;
    }
    *pdf = (Str){at, n};
    return true;
}

static pid_t start(int in, int out)
{
    pid_t pid = -1;
    posix_spawn_file_actions_t files;
    char *argv[] = {"heqing", PAPER_VERB, (char *)(paper_library ? paper_library : ""),
        NULL}; /* never written */
    if (posix_spawn_file_actions_init(&files) != 0)
        return -1;
    if (posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO) != 0
        || posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO) != 0
        || posix_spawn(&pid, "/proc/self/exe", &files, NULL, argv, (char **)environment) != 0)
        pid = -1;
    posix_spawn_file_actions_destroy(&files);
    return pid;
}

static int end_of(pid_t pid, bool came)
{
    int status;
    if (!came)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return came && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int run(Cx *cx, const struct honour *h, Str *pdf)
{
    int in[2], out[2], end = -1;
    if (pipe2(in, O_CLOEXEC) != 0)
        return -1;
    if (pipe2(out, O_CLOEXEC) != 0)
        return close(in[0]), close(in[1]), -1;
    bool given = hand_over(cx, in[1], h);
    close(in[1]);
    pid_t pid = given ? start(in[0], out[1]) : -1;
    close(in[0]);
    close(out[1]);
    if (pid > 0)
        end = end_of(pid, take(cx, out[0], pdf));
    close(out[0]);
    return end;
}

Err paper_honour(Cx *cx, const struct honour *h, Str *pdf)
{
    int end = run(cx, h, pdf);
    if (end == PAPER_NO_LIBRARY)
        return fail(cx, ERR_BUSY, NULL,
            T("这台服务器还不能生成 PDF。请管理员安装 libpangocairo-1.0-0 和 fonts-noto-cjk"));
    if (end != PAPER_OK || !pdf->len)
        return fail_log(cx, ERR_INTERNAL, "paper helper ended with %d", end);
    return OK;
}
