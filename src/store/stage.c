/* stage.c — 续传: pieces of pictures. */
#include "store/stage.h"

#include "base/fd.h"
#include "store/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>

enum { NAME = 80, KEY_SUM = 16, KEY_LEAST = 16, KEY_MOST = 64 };

/* Bytes believed to be here: measured by each sweep, added to by each piece. */
static _Atomic int64_t held;

static bool key_sound(Str key)
{
    for (size_t i = 0; i < key.len; i++) {
        char c = key.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '-' && c != '_')
            return false;
    }
    return key.len >= KEY_LEAST && key.len <= KEY_MOST;
}

static Err name_of(Cx *cx, Str key, int64_t no, const char *what, char name[NAME])
{
    unsigned char sum[KEY_SUM];
    char hex[2 * KEY_SUM + 1];
    if (!key_sound(key))
        return fail(cx, ERR_INVALID, "key", T("表单已失效，请刷新页面"));
    if (no < 0 || no >= STAGE_FILES)
        return fail(cx, ERR_INVALID, "photo", T("最多 6 张照片"));
    crypto_generichash(sum, sizeof sum, (const unsigned char *)key.at, key.len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
    snprintf(name, NAME, "%09" PRId64 "-%s-%d.%s", cx->town_id, hex, (int)no, what);
    return OK;
}

static Err open_at(Cx *cx, const char *name, int flags, int *fd)
{
    CLOSES int dir = files_folder("staging");
    *fd = dir < 0 ? -1 : openat(dir, name, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd >= 0)
        return OK;
    return errno == ENOENT ? ERR_NOT_FOUND : fail_log(cx, disk_err(errno), "staging: %m");
}

static Err size_of(Cx *cx, int fd, int64_t *size)
{
    struct stat is;
    if (fstat(fd, &is) != 0)
        return fail_log(cx, ERR_INTERNAL, "staging: %m");
    *size = is.st_size;
    return OK;
}

/* The hash that is left of a picture that was taken. */
static Err done_hash(Cx *cx, Str key, int64_t no, Str *hash)
{
    char name[NAME];
    CLOSES int fd = -1;
    *hash = (Str){0};
    TRY(name_of(cx, key, no, "done", name));
    Err e = open_at(cx, name, O_RDONLY, &fd);
    if (e != OK)
        return e == ERR_NOT_FOUND ? OK : e;
    char *at = arena_raw(&cx->mem, FILES_HASH);
    ssize_t n = read(fd, at, FILES_HASH);
    if (n == FILES_HASH)
        *hash = (Str){at, FILES_HASH};
    return OK;
}

Err stage_look(Cx *cx, Str key, int64_t no, struct staged *to)
{
    char name[NAME];
    CLOSES int fd = -1;
    *to = (struct staged){0};
    TRY(name_of(cx, key, no, "part", name));
    TRY(done_hash(cx, key, no, &to->hash));
    if (to->hash.len)
        return OK;
    Err e = open_at(cx, name, O_RDONLY, &fd);
    if (e != OK)
        return e == ERR_NOT_FOUND ? OK : e;
    return size_of(cx, fd, &to->have);
}

static bool copy(int from, int to, int64_t size, int64_t offset)
{
    char piece[65536];
    while (size > 0) {
        ssize_t n = read(from, piece, size < (int64_t)sizeof piece ? (size_t)size : sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || pwrite(to, piece, (size_t)n, offset) != n)
            return false;
        size -= n;
        offset += n;
    }
    return true;
}

Err stage_add(
    Cx *cx, Str key, int64_t no, int64_t offset, int from, int64_t size, struct staged *to)
{
    char name[NAME];
    CLOSES int fd = -1;
    TRY(stage_look(cx, key, no, to));
    if (to->hash.len)
        return OK; /* its last piece again */
    if (size <= 0 || size > STAGE_PIECE || offset < 0 || offset + size > STAGE_FILE)
        return fail(cx, ERR_INVALID, "photo", T("照片太大：每张最多 12 MB"));
    if (atomic_load(&held) + size > STAGE_ROOM) {
        TRY(stage_sweep(cx));
        if (atomic_load(&held) + size > STAGE_ROOM)
            return fail(cx, ERR_BUSY, "photo", T("正在收的照片太多，请过一会儿再传"));
    }
    TRY(name_of(cx, key, no, "part", name));
    TRY(open_at(cx, name, O_RDWR | O_CREAT, &fd));
    if (flock(fd, LOCK_EX) != 0) /* the same piece may still be on its way in another request */
        return fail_log(cx, ERR_BUSY, "staging: lock: %m");
    TRY(size_of(cx, fd, &to->have));
    if (offset != to->have)
        return fail(cx, ERR_CONFLICT, "offset", T("从已收到的地方接着传"));
    if (!copy(from, fd, size, offset)) {
        Err e = fail_log(cx, disk_err(errno), "staging: write: %m");
        return ftruncate(fd, (off_t)offset) == 0 ? e : ERR_INTERNAL;
    }
    atomic_fetch_add(&held, size);
    to->have = offset + size;
    return OK;
}

Err stage_open(Cx *cx, Str key, int64_t no, int *fd)
{
    char name[NAME];
    TRY(name_of(cx, key, no, "part", name));
    return open_at(cx, name, O_RDONLY, fd);
}

Err stage_end(Cx *cx, Str key, int64_t no, Str hash)
{
    char part[NAME], done[NAME];
    TRY(name_of(cx, key, no, "part", part));
    TRY(name_of(cx, key, no, "done", done));
    if (hash.len) {
        CLOSES int fd = -1;
        TRY(open_at(cx, done, O_WRONLY | O_CREAT | O_TRUNC, &fd));
        if (write(fd, hash.at, hash.len) != (ssize_t)hash.len)
            return fail_log(cx, disk_err(errno), "staging: %m");
    }
    CLOSES int dir = files_folder("staging");
    if (dir < 0 || (unlinkat(dir, part, 0) != 0 && errno != ENOENT))
        return fail_log(cx, ERR_INTERNAL, "staging: unlink: %m");
    return OK;
}

/* ---- the sweep */

struct old_file {
    char name[NAME];
    int64_t at, size;
};

static int64_t file_at(const struct stat *is)
{
    return is->st_mtim.tv_sec * INT64_C(1000) + is->st_mtim.tv_nsec / 1000000;
}

/* Take away what is older; what stays is summed, and the oldest of it is told. */
static int64_t sweep(int dir, int64_t before, struct old_file *oldest)
{
    int64_t sum = 0;
    CLOSES int own = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = own < 0 ? NULL : fdopendir(dup(own));
    *oldest = (struct old_file){.at = INT64_MAX};
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        struct stat is;
        if (e->d_name[0] == '.' || strlen(e->d_name) >= NAME
            || fstatat(own, e->d_name, &is, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (file_at(&is) < before && unlinkat(own, e->d_name, 0) == 0)
            continue;
        sum += is.st_size;
        if (file_at(&is) < oldest->at && is.st_size > FILES_HASH) {
            *oldest = (struct old_file){.at = file_at(&is), .size = is.st_size};
            snprintf(oldest->name, NAME, "%s", e->d_name);
        }
    }
    if (d)
        closedir(d);
    return sum;
}

Err stage_sweep(Cx *cx)
{
    enum { ROUNDS = 1000 };
    struct old_file oldest;
    CLOSES int dir = files_folder("staging");
    if (dir < 0)
        return fail_log(cx, disk_err(errno), "staging: %m");
    int64_t sum = sweep(dir, cx->now - STAGE_KEPT_MS, &oldest);
    /* Room for new ones: who loses a beginning sends it again from there. */
    for (int i = 0; i < ROUNDS && sum > STAGE_ROOM - (STAGE_ROOM >> 3) && oldest.name[0]; i++) {
        if (unlinkat(dir, oldest.name, 0) != 0)
            break;
        sum = sweep(dir, 0, &oldest);
    }
    atomic_store(&held, sum);
    return OK;
}
