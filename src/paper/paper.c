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

static bool hand_over(Cx *cx, int to, const struct paper_in *in)
{
    Out o = {.mem = &cx->mem};
    for (size_t i = 0; i < in->n; i++)
        put_field(&o, in->at[i]);
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

static int run(Cx *cx, const struct paper_in *in_words, Str *pdf)
{
    int in[2], out[2], end = -1;
    if (pipe2(in, O_CLOEXEC) != 0)
        return -1;
    if (pipe2(out, O_CLOEXEC) != 0)
        return close(in[0]), close(in[1]), -1;
    bool given = hand_over(cx, in[1], in_words);
    close(in[1]);
    pid_t pid = given ? start(in[0], out[1]) : -1;
    close(in[0]);
    close(out[1]);
    if (pid > 0)
        end = end_of(pid, take(cx, out[0], pdf));
    close(out[0]);
    return end;
}

static Err make(Cx *cx, const struct paper_in *in, Str *pdf)
{
    int end = run(cx, in, pdf);
    if (end == PAPER_NO_LIBRARY)
        return fail(cx, ERR_BUSY, NULL,
            T("这台服务器还不能生成 PDF。请管理员安装 libpangocairo-1.0-0 和 fonts-noto-cjk"));
    if (end != PAPER_OK || !pdf->len)
        return fail_log(cx, ERR_INTERNAL, "paper helper ended with %d", end);
    return OK;
}

Err paper_honour(Cx *cx, const struct honour *h, Str *pdf)
{
    const struct paper_in in = {
        {S("honour"), h->title, h->unit, h->body, h->giver, h->day, h->note, h->hash, h->address},
        9
    };
    return make(cx, &in, pdf);
}

Err paper_plates(Cx *cx, const struct stickers *s, bool sheet, Str *pdf)
{
    struct paper_in *in = NEW(&cx->mem, struct paper_in);
    if (s->n > STICKERS_MAX)
        return fail_say(cx, ERR_INVALID, "unit",
            say_n(cx, T("一次最多打印 {n} 块，请按网格分开打印"), STICKERS_MAX));
    in->at[in->n++] = sheet ? S("sheet") : S("plates");
    in->at[in->n++] = s->head;
    in->at[in->n++] = s->foot;
    for (size_t i = 0; i < s->n; i++) {
        const struct sticker *one = &s->at[i];
        const Str words[] = {one->name, one->unit, one->code, one->address};
        memcpy(&in->at[in->n], words, sizeof words);
        in->n += 4;
    }
    return make(cx, in, pdf);
}

Err paper_slip(Cx *cx, const struct slip *s, Str *pdf)
{
    const struct paper_in in = {
        {s->wide > 58 ? S("slip80") : S("slip58"), s->head, s->code_label, s->code, s->lines,
         s->note, s->address},
        7
    };
    return make(cx, &in, pdf);
}

Err paper_oversee(Cx *cx, const struct oversee_paper *o, Str *pdf)
{
    struct paper_in *in = arena_alloc(&cx->mem, sizeof *in);
    const Str head[] = {S("oversee"), o->head, o->number, o->to, o->body, o->foot, o->reply,
        o->giver, o->day, o->note, o->address};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        in->at[in->n++] = head[i];
    for (size_t i = 0; i < o->n * OVERSEE_COLUMNS && i < OVERSEE_ROWS * OVERSEE_COLUMNS; i++)
        in->at[in->n++] = o->rows[i];
    return make(cx, in, pdf);
}

Err paper_picture(Cx *cx, const struct receipt_picture *p, Str *png)
{
    const struct paper_in in = {
        {S("picture"), p->head, p->code_label, p->code, p->aloud, p->what, p->lines, p->note,
         p->address},
        9
    };
    return make(cx, &in, png);
}
