/* slowsync.c — preloaded: a disk as a test wants it.
 *
 * SLOWSYNC_US=n        every sync costs n µs more (2000: an ordinary cloud disk).
 * SYNC_FAILS_AFTER=n   the n-th sync and the 20 after it say EIO without syncing; later ones "work"
 *                      again, as a kernel does that has dropped the pages.
 * DISK_FULL_AFTER=n    after n bytes written to files, writes say ENOSPC. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long n_syncs, n_bytes;

static long number(const char *name)
{
    const char *s = getenv(name);
    return s ? atol(s) : 0;
}

static int sync_fails(void)
{
    static long after;
    if (!after)
        after = number("SYNC_FAILS_AFTER") ? number("SYNC_FAILS_AFTER") : -1;
    long n = __atomic_add_fetch(&n_syncs, 1, __ATOMIC_RELAXED);
    if (after < 0 || n < after || n > after + 20)
        return 0;
    errno = EIO;
    return 1;
}

static void wait_as_told(void)
{
    static long us = -1;
    if (us < 0)
        us = number("SLOWSYNC_US");
    if (us)
        usleep((useconds_t)us);
}

static int disk_is_full(int fd, size_t len)
{
    static long after = -1;
    struct stat st;
    if (after < 0)
        after = number("DISK_FULL_AFTER");
    if (!after || fstat(fd, &st) || !S_ISREG(st.st_mode))
        return 0;
    if (__atomic_add_fetch(&n_bytes, (long)len, __ATOMIC_RELAXED) <= after)
        return 0;
    errno = ENOSPC;
    return 1;
}

#define REAL(name, type)                                                                           \
    static type real;                                                                              \
    if (!real)                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, name)

typedef int (*syncer)(int);

int fdatasync(int fd)
{
    REAL("fdatasync", syncer);
    wait_as_told();
    return sync_fails() ? -1 : real(fd);
}

int fsync(int fd)
{
    REAL("fsync", syncer);
    wait_as_told();
    return sync_fails() ? -1 : real(fd);
}

typedef ssize_t (*writer)(int, const void *, size_t);
typedef ssize_t (*pwriter)(int, const void *, size_t, off_t);

ssize_t write(int fd, const void *at, size_t len)
{
    REAL("write", writer);
    return disk_is_full(fd, len) ? -1 : real(fd, at, len);
}

/* With 64-bit offsets this is the symbol pwrite64, which SQLite calls. */
ssize_t pwrite(int fd, const void *at, size_t len, off_t where)
{
    REAL("pwrite64", pwriter);
    return disk_is_full(fd, len) ? -1 : real(fd, at, len, where);
}
