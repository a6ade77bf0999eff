/* child.c — close, limit, lock, then look: nothing of the picture is read before the sandbox is
 * shut.
 *
 * What is left to the child: memory, its two outputs, the end.  Everything else kills it (SIGSYS),
 * which the parent sees. */
#include "photo/child.h"

#include "photo/shrink.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__ /* what its run time asks of the kernel besides; no release has it */
#define SANITIZER_CALLS SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield)
#else
#define SANITIZER_CALLS
#endif

enum { IN = 3, LARGE, SMALL, NEXT };

static scmp_filter_ctx filter;
static rlim_t mapped;
void (*child_hijacked)(const uint8_t *at, size_t n);

_Noreturn void refuse(enum photo_status why)
{
    _exit((int)why);
}

void *child_room(size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        refuse(PHOTO_HUGE);
    void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        refuse(PHOTO_HUGE);
    return at;
}

static bool allow(int call)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
}

/* Memory that is nobody's file and never code; writing only to the outputs. */
static bool allow_plain(void)
{
    static const int calls[] = {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk),
        SCMP_SYS(madvise), SCMP_SYS(exit_group), SANITIZER_CALLS};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (!allow(calls[i]))
            return false;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
               SCMP_A2_32(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
               SCMP_A4(SCMP_CMP_MASKED_EQ, UINT32_MAX, UINT32_MAX))
               == 0
           && seccomp_rule_add(
                  filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0_32(SCMP_CMP_EQ, LARGE))
                  == 0
           && seccomp_rule_add(
                  filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0_32(SCMP_CMP_EQ, SMALL))
                  == 0;
}

/* Address space is counted from what this process already maps: libraries differ from one system to
 * the next. */
static rlim_t mapped_now(void)
{
    char text[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    unsigned long pages = 0;
    return n > 0 && sscanf(text, "%lu", &pages) == 1 ? (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE)
                                                     : 0;
}

bool child_start(void)
{
    filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    return filter != NULL && shrink_start() && allow_plain() && (mapped = mapped_now()) > 0;
}

bool child_lock_parent(void)
{
    static const int calls[] = {SCMP_SYS(poll), SCMP_SYS(restart_syscall), SCMP_SYS(recvmsg),
        SCMP_SYS(clone), SCMP_SYS(pidfd_open), SCMP_SYS(wait4), SCMP_SYS(close),
        SCMP_SYS(newfstatat), SCMP_SYS(fstat), SCMP_SYS(munmap), SCMP_SYS(brk), SCMP_SYS(write),
        SCMP_SYS(kill), SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(exit_group),
        SCMP_SYS(clock_gettime), SCMP_SYS(prctl), SCMP_SYS(fcntl), SCMP_SYS(dup2),
        SCMP_SYS(close_range), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(seccomp),
        SCMP_SYS(rt_sigprocmask), SCMP_SYS(madvise), SCMP_SYS(mremap), SCMP_SYS(futex),
        SCMP_SYS(exit), SCMP_SYS(clone3), SANITIZER_CALLS};
    scmp_filter_ctx own = seccomp_init(SCMP_ACT_KILL_PROCESS);
    for (size_t i = 0; own != NULL && i < sizeof calls / sizeof *calls; i++)
        if (seccomp_rule_add(own, SCMP_ACT_ALLOW, calls[i], 0) != 0)
            return false;
    return own != NULL
           && seccomp_rule_add(own, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                  SCMP_A2_32(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0))
                  == 0
           && seccomp_rule_add(own, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                  SCMP_A2_32(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0))
                  == 0
           && seccomp_rule_add(
                  own, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A0_32(SCMP_CMP_EQ, 0))
                  == 0
           && seccomp_load(own) == 0;
}

static void place(const int fd[3])
{
    int high[3];
    for (int i = 0; i < 3; i++)
        if ((high[i] = fcntl(fd[i], F_DUPFD, 64)) < 0)
            refuse(PHOTO_DIED);
    for (int i = 0; i < 3; i++)
        if (dup2(high[i], IN + i) < 0)
            refuse(PHOTO_DIED);
    if (close_range(NEXT, ~0u, 0) != 0)
        refuse(PHOTO_DIED);
}

static void limit(int what, rlim_t most)
{
    if (setrlimit(what, &(struct rlimit){most, most}) != 0)
        refuse(PHOTO_DIED);
}

static void lock(void)
{
    limit(RLIMIT_AS, mapped + PHOTO_MEMORY + PHOTO_BYTES);
    limit(RLIMIT_CPU, PHOTO_CPU_S);
    limit(RLIMIT_FSIZE, PHOTO_MADE_BYTES);
    limit(RLIMIT_CORE, 0);
    if (prctl(PR_SET_DUMPABLE, 0) != 0
        || seccomp_load(filter) != 0) /* libseccomp sets no_new_privs */
        refuse(PHOTO_DIED);
}

static void write_all(int fd, struct shrunk made)
{
    while (made.n > 0) {
        ssize_t n = write(fd, made.at, made.n);
        if (n <= 0)
            refuse(errno == ENOSPC || errno == EDQUOT ? PHOTO_DISK : PHOTO_DIED);
        made.at += n;
        made.n -= (size_t)n;
    }
}

_Noreturn void child_run(const int fd[3], const struct photo_veils *veils)
{
    place(fd);
    struct stat is;
    if (fstat(IN, &is) != 0 || !S_ISREG(is.st_mode) || is.st_size < 1)
        refuse(PHOTO_KIND);
    if (is.st_size > PHOTO_BYTES)
        refuse(PHOTO_HUGE);
    size_t n = (size_t)is.st_size;
    const uint8_t *at = mmap(NULL, n, PROT_READ, MAP_PRIVATE, IN, 0);
    if (at == MAP_FAILED)
        refuse(PHOTO_DIED);
    close(IN);
    lock();
    if (child_hijacked != NULL)
        child_hijacked(at, n);
    struct look seen = look(at, n);
    if (seen.kind == LOOK_HEIC)
        refuse(PHOTO_HEIC);
    if (seen.kind == LOOK_NONE || seen.moves)
        refuse(PHOTO_KIND);
    if ((uint64_t)seen.width * seen.height > PHOTO_PIXELS)
        refuse(PHOTO_HUGE);
    if (!seen.whole || seen.width == 0 || seen.height == 0)
        refuse(PHOTO_BROKEN);
    struct shrunk large, small;
    shrink(at, n, &seen, veils, &large, &small);
    write_all(LARGE, large);
    write_all(SMALL, small);
    refuse(PHOTO_OK);
}
