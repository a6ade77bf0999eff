/* files.c — content-named files, synced before they are named. */
#include "store/files.h"

#include "base/fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int top = -1; /* the data folder; set before threads */

Err disk_err(int errnum)
{
    return errnum == ENOSPC || errnum == EDQUOT || errnum == EROFS || errnum == EMFILE
                   || errnum == ENFILE
               ? ERR_BUSY
               : ERR_INTERNAL;
}

Err files_open(Cx *cx, const char *dir)
{
    int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail_log(cx, ERR_INTERNAL, "data folder %s: %m", dir);
    files_close();
    top = fd;
    return OK;
}

void files_close(void)
{
    if (top >= 0)
        close(top);
    top = -1;
}

bool files_hash_sound(Str s)
{
    bool good = s.len == FILES_HASH;
    for (size_t i = 0; good && i < s.len; i++)
        good = (s.at[i] >= '0' && s.at[i] <= '9') || (s.at[i] >= 'a' && s.at[i] <= 'f');
    return good;
}

/* Open one folder below another; made, and its name synced, when `make` says so. */
static int folder(int above, const char *name, bool make)
{
    int fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 || errno != ENOENT || !make)
        return fd;
    CLOSES int dir = openat(above, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0 || (mkdirat(above, name, 0750) != 0 && errno != EEXIST) || fsync(dir) != 0)
        return -1;
    return openat(above, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int files_folder(const char *name)
{
    return top < 0 ? -1 : folder(top, name, true);
}

/* The town's folder, or that of a hash's first two digits.  errno is set on -1. */
static int town_folder(Cx *cx, bool make)
{
    char name[24];
    CLOSES int photos = folder(top, "photos", make);
    snprintf(name, sizeof name, "%09" PRId64, cx->town_id);
    return photos < 0 ? -1 : folder(photos, name, make);
}

static int hash_folder(Cx *cx, Str hash, bool make)
{
    char name[3] = {hash.at[0], hash.at[1]};
    CLOSES int town = town_folder(cx, make);
    return town < 0 ? -1 : folder(town, name, make);
}

static const char *name_of(Cx *cx, Str hash, const char *what)
{
    return arena_printf(&cx->mem, "%.*s-%s", (int)hash.len, hash.at, what);
}

Err files_new(Cx *cx, int *ret)
{
    if (top < 0 || cx->town_id == 0)
        return fail_log(cx, ERR_INTERNAL, "files: no folder or no town yet");
    CLOSES int dir = town_folder(cx, true);
    if (dir < 0)
        return fail_log(cx, disk_err(errno), "photos folder: %m");
    int fd = openat(dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0640);
    if (fd < 0)
        return fail_log(cx, disk_err(errno), "photos folder: a new file: %m");
    *ret = fd;
    return OK;
}

static Err give_name(Cx *cx, int dir, const struct file_part *part, const char *name)
{
    if (fsync(part->fd) != 0)
        return fail_log(cx, disk_err(errno), "file %s: fsync: %m", name);
    const char *unnamed = arena_printf(&cx->mem, "/proc/self/fd/%d", part->fd);
    if (linkat(AT_FDCWD, unnamed, dir, name, AT_SYMLINK_FOLLOW) != 0
        && (errno != EEXIST || utimensat(dir, name, NULL, 0) != 0))
        return fail_log(cx, disk_err(errno), "file %s: link: %m", name);
    return OK;
}

Err files_keep(Cx *cx, Str hash, const struct file_part *part, size_t n)
{
    if (!files_hash_sound(hash))
        return fail_log(cx, ERR_INTERNAL, "file %.*s: no hash", (int)hash.len, hash.at);
    CLOSES int dir = hash_folder(cx, hash, true);
    if (dir < 0)
        return fail_log(cx, disk_err(errno), "file %.*s: folder: %m", (int)hash.len, hash.at);
    for (size_t i = 0; i < n; i++)
        TRY(give_name(cx, dir, &part[i], name_of(cx, hash, part[i].what)));
    if (fsync(dir) != 0)
        return fail_log(
            cx, disk_err(errno), "file %.*s: fsync of the folder: %m", (int)hash.len, hash.at);
    return OK;
}

Err files_find(Cx *cx, Str hash, const char *what, int *ret, int64_t *size)
{
    if (!files_hash_sound(hash))
        return ERR_NOT_FOUND;
    struct stat is;
    CLOSES int dir = hash_folder(cx, hash, false);
    int fd = dir < 0 ? -1 : openat(dir, name_of(cx, hash, what), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT
                   ? ERR_NOT_FOUND
                   : fail_log(cx, disk_err(errno), "file %s: open: %m", name_of(cx, hash, what));
    if (fstat(fd, &is) != 0) {
        close(fd);
        return fail_log(cx, ERR_INTERNAL, "file %s: %m", name_of(cx, hash, what));
    }
    *ret = fd;
    *size = is.st_size;
    return OK;
}

Err files_hash(Cx *cx, int fd, Str *hash)
{
    crypto_generichash_state state;
    unsigned char piece[16384], sum[FILES_HASH / 2];
    ssize_t n;
    off_t at = 0;
    crypto_generichash_init(&state, NULL, 0, sizeof sum);
    while ((n = pread(fd, piece, sizeof piece, at)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0) {
            crypto_generichash_update(&state, piece, (size_t)n);
            at += n;
        }
    if (n < 0)
        return fail_log(cx, ERR_INTERNAL, "hash of a file: %m");
    crypto_generichash_final(&state, sum, sizeof sum);
    char *hex = arena_raw(&cx->mem, FILES_HASH + 1);
    sodium_bin2hex(hex, FILES_HASH + 1, sum, sizeof sum);
    *hash = (Str){hex, FILES_HASH};
    return OK;
}

static bool older(int dir, const char *name, int64_t before)
{
    struct stat is;
    return fstatat(dir, name, &is, AT_SYMLINK_NOFOLLOW) == 0
           && is.st_mtim.tv_sec * INT64_C(1000) + is.st_mtim.tv_nsec / 1000000 < before;
}

static bool is_name(const char *name, const char *what)
{
    return strlen(name) > FILES_HASH + 1 && files_hash_sound((Str){name, FILES_HASH})
           && name[FILES_HASH] == '-' && !strcmp(name + FILES_HASH + 1, what);
}

/* What comes is kept in an array that doubles. */
static void push(Cx *cx, struct file_names *to, size_t *cap, const char *name)
{
    Str *at = (Str *)(uintptr_t)to->at;
    if (to->n == *cap) {
        *cap = *cap ? *cap * 2 : 64;
        at = NEW_ARRAY(&cx->mem, *cap, Str);
        if (to->n)
            memcpy(at, to->at, to->n * sizeof *at);
        to->at = at;
    }
    at[to->n++] = (Str){arena_copy(&cx->mem, name, FILES_HASH), FILES_HASH};
}

Err files_older(Cx *cx, int part, const char *what, int64_t before, struct file_names *ret)
{
    struct file_names found = {0};
    size_t cap = 0;
    char name[3];
    snprintf(name, sizeof name, "%02x", (unsigned)part & 255);
    CLOSES int town = town_folder(cx, false);
    int fd = town < 0 ? -1 : folder(town, name, false);
    if (fd < 0 && errno != ENOENT)
        return fail_log(cx, disk_err(errno), "photos folder: %m");
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (fd >= 0 && dir == NULL)
        close(fd);
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL;)
        if (is_name(e->d_name, what) && older(dirfd(dir), e->d_name, before))
            push(cx, &found, &cap, e->d_name);
    if (dir)
        closedir(dir);
    *ret = found;
    return OK;
}

Err files_drop(Cx *cx, Str hash, const char *what, int64_t before)
{
    const char *name = name_of(cx, hash, what);
    CLOSES int dir = files_hash_sound(hash) ? hash_folder(cx, hash, false) : -1;
    if (dir >= 0 && older(dir, name, before) && unlinkat(dir, name, 0) != 0 && errno != ENOENT)
        return fail_log(cx, disk_err(errno), "file %s: unlink: %m", name);
    return OK;
}
