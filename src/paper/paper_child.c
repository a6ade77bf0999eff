/* paper_child.c — the helper: reads its input, loads the library, shuts itself in, draws.
 *
 * Files of fonts and of the library are opened while drawing, so reading them stays open, and
 * nothing else where the kernel knows Landlock (5.13); network, other programs and writing to files
 * are refused by the kernel. */
#include "paper/paper_child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CPU_S = 10, MEMORY = 1 << 30 };
void (*paper_hijacked)(const struct paper_in *);

bool paper_asked(int argc, char **argv)
{
    return argc == 3 && !strcmp(argv[1], PAPER_VERB);
}

static bool read_all(char *at, size_t *n)
{
    ssize_t got;
    *n = 0;
    while ((got = read(STDIN_FILENO, at + *n, PAPER_INPUT + 1 - *n)) != 0) {
        if (got < 0 && errno != EINTR)
            return false;
        *n += got > 0 ? (size_t)got : 0;
        if (*n > PAPER_INPUT)
            return false;
    }
    return true;
}

/* Texts, a NUL behind each. */
static bool parts(const char *at, size_t n, struct paper_in *to)
{
    const char *end = at + n;
    for (to->n = 0; at < end && to->n < PAPER_FIELDS; to->n++) {
        const char *nul = memchr(at, 0, (size_t)(end - at));
        if (!nul)
            return false;
        to->at[to->n] = (Str){at, (size_t)(nul - at)};
        at = nul + 1;
    }
    return at == end && to->n > 0;
}

static bool limit(int what, rlim_t most)
{
    return setrlimit(what, &(struct rlimit){most, most}) == 0;
}

/* Pango starts a thread; a process is not started.  clone3 hides its flags in memory, so that the C
 * library is sent back to clone. */
static bool no_process(scmp_filter_ctx f)
{
    return seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0
           && seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                  SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0))
                  == 0;
}

/* openat is the C library's way; open, creat and openat2 (its flags are in memory) are nobody's. */
static bool no_writing(scmp_filter_ctx f)
{
    static const int modes[] = {O_WRONLY, O_RDWR};
    for (int i = 0; i < 2; i++)
        if (seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 1,
                SCMP_A2_32(SCMP_CMP_MASKED_EQ, O_ACCMODE, (scmp_datum_t)modes[i]))
            != 0)
            return false;
    return true;
}

static bool lock(void)
{
    static const int refused[] = {SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect),
        SCMP_SYS(bind), SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
        SCMP_SYS(ptrace), SCMP_SYS(kill), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename),
        SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(link),
        SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(chmod),
        SCMP_SYS(fchmodat), SCMP_SYS(truncate), SCMP_SYS(open), SCMP_SYS(creat), SCMP_SYS(openat2),
        SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(process_vm_readv),
        SCMP_SYS(process_vm_writev), SCMP_SYS(mknod), SCMP_SYS(mknodat)};
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
    if (!f)
        return false;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), refused[i], 0) != 0)
            return false;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) /* they map terabytes */
    if (!limit(RLIMIT_AS, MEMORY))
        return false;
#endif
    return limit(RLIMIT_CPU, CPU_S) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0)
           && prctl(PR_SET_DUMPABLE, 0) == 0 && no_process(f) && no_writing(f)
           && seccomp_load(f) == 0;
}

/* Where libraries and fonts lie, and how they are found.  The house's data is not among them. */
static const char *const readable[] = {
    "/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/var/cache/fontconfig"};

static bool may_read(int rules, const char *path)
{
    struct stat is;
    int at = open(path, O_PATH | O_CLOEXEC);
    if (at < 0)
        return true; /* not there: nothing to let through */
    struct landlock_path_beneath_attr below = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = at};
    if (fstat(at, &is) == 0 && S_ISDIR(is.st_mode))
        below.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    bool added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
    close(at);
    return added;
}

/* Before the filter, whose openat it needs.  An older kernel knows nothing of it: then reading is
 * as the system's own permissions say. */
static bool read_fonts_only(void)
{
    const struct landlock_ruleset_attr all = {
        .handled_access_fs = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR
                             | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0)
        return errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM;
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        if (!may_read(rules, readable[i]))
            return close(rules), false;
    bool shut = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
                && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return shut;
}

int paper_child(char **argv)
{
    static char at[PAPER_INPUT + 1];
    static struct paper_in in;
    size_t n;
    if (!read_all(at, &n) || !parts(at, n, &in))
        return PAPER_BAD_INPUT;
    if (!read_fonts_only() || !lock())
        return PAPER_FAILED;
    if (paper_hijacked)
        paper_hijacked(&in);
    /* Nothing is left to do at the end, and what a library would do there is refused by now. */
    _exit((int)paper_draw(*argv[2] ? argv[2] : "libpangocairo-1.0.so.0", &in));
}
