/* webkey.c — the key of forms for people without a session, and their tokens (security.md CSR-1).
 *
 * A form's submission key is 22 characters; its first PAGE_PART are the page's, so that all forms
 * of one page bear one token and a token is worth nothing on another page. */
#include "web/web.h"

#include "base/day.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE_PART = 12, TOKEN_BYTES = 16 };

static Err trouble(const char *data, const char *what)
{
    fprintf(stderr, "heqing: %s/keys/form.key: %s: %s\n", data, what, strerror(errno));
    return ERR_INTERNAL;
}

/* Made under no name and linked when whole; if another process was first, theirs counts. */
static Err make(const char *data, int dir)
{
    unsigned char key[crypto_generichash_KEYBYTES];
    char unnamed[64];
    int fd = openat(dir, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0400);
    if (fd < 0)
        return trouble(data, "open");

    randombytes_buf(key, sizeof key);
    ssize_t n = write(fd, key, sizeof key);
    snprintf(unnamed, sizeof unnamed, "/proc/self/fd/%d", fd);
    bool well =
        n == (ssize_t)sizeof key && fsync(fd) == 0
        && (linkat(AT_FDCWD, unnamed, dir, "form.key", AT_SYMLINK_FOLLOW) == 0 || errno == EEXIST)
        && fsync(dir) == 0;
    sodium_memzero(key, sizeof key);
    close(fd);
    return well ? OK : trouble(data, "write");
}

static Err load(
    const char *data, int dir, unsigned char key[crypto_generichash_KEYBYTES], bool *there)
{
    struct stat st;
    int fd = openat(dir, "form.key", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    *there = fd >= 0;
    if (fd < 0)
        return errno == ENOENT ? OK : trouble(data, "open");
    bool sound = fstat(fd, &st) == 0 && (st.st_mode & 077) == 0 && st.st_uid == geteuid();
    ssize_t n = sound ? read(fd, key, crypto_generichash_KEYBYTES) : -1;
    close(fd);
    if (!sound) {
        fprintf(stderr, "heqing: %s/keys/form.key: must be yours alone (mode 0400)\n", data);
        return ERR_INVALID;
    }
    return n == crypto_generichash_KEYBYTES ? OK : trouble(data, "read");
}

Err webkey_open(const char *data, unsigned char key[crypto_generichash_KEYBYTES])
{
    char path[4096];
    bool there;

    snprintf(path, sizeof path, "%s/keys", data);
    if (mkdir(path, 0700) < 0 && errno != EEXIST)
        return trouble(data, "mkdir");
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return trouble(data, "open");
    Err e = load(data, dir, key, &there);
    if (e == OK && !there) {
        e = make(data, dir);
        if (e == OK)
            e = load(data, dir, key, &there);
    }
    close(dir);
    return e;
}

static void token_of(int64_t day, Str form_key, char hex[2 * TOKEN_BYTES + 1])
{
    unsigned char said[8 + PAGE_PART], sum[TOKEN_BYTES];

    for (int i = 0; i < 8; i++)
        said[i] = (unsigned char)((uint64_t)day >> (8 * i));
    memcpy(said + 8, form_key.at, PAGE_PART);
    crypto_generichash(
        sum, sizeof sum, said, sizeof said, web->form_key, crypto_generichash_KEYBYTES);
    sodium_bin2hex(hex, 2 * TOKEN_BYTES + 1, sum, sizeof sum);
}

Str webkey_token(Cx *cx, Str form_key)
{
    char hex[2 * TOKEN_BYTES + 1];
    if (form_key.len < PAGE_PART)
        return (Str){0};
    token_of(day_of(cx->now), form_key, hex);
    return (Str){arena_copy(&cx->mem, hex, 2 * TOKEN_BYTES), 2 * TOKEN_BYTES};
}

bool webkey_sound(Cx *cx, Str form_key, Str token)
{
    char hex[2 * TOKEN_BYTES + 1];
    if (form_key.len < PAGE_PART || token.len != 2 * TOKEN_BYTES)
        return false;
    for (int64_t day = day_of(cx->now); day >= day_of(cx->now) - 1; day--) {
        token_of(day, form_key, hex);
        if (sodium_memcmp(hex, token.at, token.len) == 0)
            return true;
    }
    return false;
}

/* ---- submission keys ---- */
static _Thread_local char page_part[PAGE_PART];
static _Thread_local bool page_open;

static void random_letters(char *to, size_t n)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char r[32];
    randombytes_buf(r, n);
    for (size_t i = 0; i < n; i++)
        to[i] = letters[r[i] & 63];
}

void respond_begin(void)
{
    page_open = false;
}

Str new_key(Cx *cx)
{
    char *at = arena_raw(&cx->mem, 22);
    if (!page_open)
        random_letters(page_part, PAGE_PART);
    page_open = true;
    memcpy(at, page_part, PAGE_PART);
    random_letters(at + PAGE_PART, 22 - PAGE_PART);
    return (Str){at, 22};
}
