/* secret.c — keys and sealed columns, over libsodium. */
#include "base/secret.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    KEY = 32,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

static unsigned char master[KEY];
static bool is_open;

static void be_ready(void)
{
    if (sodium_init() < 0)
        abort();
}

static Err read_key(Cx *cx, int fd, const char *path)
{
    struct stat st;
    if (fstat(fd, &st) < 0)
        return fail_log(cx, ERR_INTERNAL, "%s: %m", path);
    if (st.st_mode & 077)
        return fail_log(cx, ERR_INTERNAL, "%s: others may read it; make it mode 0400", path);
    if (read(fd, master, KEY) != KEY || st.st_size != KEY)
        return fail_log(cx, ERR_INTERNAL, "%s: is not 32 bytes", path);
    return OK;
}

static Err make_key(Cx *cx, const char *path)
{
    const char *fresh = arena_printf(&cx->mem, "%s.new", path);
    unlink(fresh);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    if (fd < 0)
        return fail_log(cx, ERR_INTERNAL, "%s: %m", fresh);
    randombytes_buf(master, KEY);
    bool whole = write(fd, master, KEY) == KEY && fsync(fd) == 0;
    /* link, not rename: of two processes starting at once one wins, and both use its key */
    bool named = whole && link(fresh, path) == 0;
    close(fd);
    unlink(fresh);
    if (named)
        return OK;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_log(cx, ERR_INTERNAL, "%s: %m", path);
    Err e = read_key(cx, fd, path);
    close(fd);
    return e;
}

Err secret_open(Cx *cx, const char *dir)
{
    const char *path = arena_printf(&cx->mem, "%s/house.key", dir);
    be_ready();
    sodium_mlock(master, KEY);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        TRY(make_key(cx, path));
    } else {
        Err e = read_key(cx, fd, path);
        close(fd);
        TRY(e);
    }
    is_open = true;
    return OK;
}

void secret_open_test(void)
{
    be_ready();
    memset(master, 0, KEY);
    is_open = true;
}

const unsigned char *secret_key(const char *purpose, unsigned char key[32])
{
    if (!is_open)
        abort(); /* a door that forgot secret_open() */
    crypto_generichash(key, KEY, (const unsigned char *)purpose, strlen(purpose), master, KEY);
    return key;
}

/* What a sealed text belongs to; two of them never look alike. */
static Str place_of(Cx *cx, const char *column, int64_t id)
{
    return str(
        arena_printf(&cx->mem, "%s|%lld|%lld", column, (long long)cx->town_id, (long long)id));
}

static Str seal(Cx *cx, const unsigned char *key, Str plain, Str place)
{
    size_t len = NONCE + plain.len + TAG;
    unsigned char *out = arena_raw(&cx->mem, len);
    randombytes_buf(out, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL,
        (const unsigned char *)(plain.len ? plain.at : ""), plain.len,
        (const unsigned char *)place.at, place.len, NULL, out, key);
    return (Str){(char *)out, len};
}

static bool unseal(Cx *cx, const unsigned char *key, Str sealed, Str place, Str *plain)
{
    if (sealed.len < NONCE + TAG)
        return false;
    const unsigned char *in = (const unsigned char *)sealed.at;
    size_t len = sealed.len - NONCE - TAG;
    unsigned char *out = arena_raw(&cx->mem, len + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, in + NONCE, sealed.len - NONCE,
            (const unsigned char *)place.at, place.len, in, key)
        != 0)
        return false;
    out[len] = 0;
    *plain = (Str){(char *)out, len};
    return true;
}

Str secret_key_new(Cx *cx)
{
    unsigned char key[KEY], wrapping[KEY];
    randombytes_buf(key, KEY);
    Str wrapped = seal(cx, secret_key("wrap", wrapping), (Str){(char *)key, KEY}, S("key"));
    sodium_memzero(key, KEY);
    sodium_memzero(wrapping, KEY);
    return wrapped;
}

static Err unwrap(Cx *cx, Str wrapped, unsigned char key[KEY])
{
    unsigned char wrapping[KEY];
    Str plain;
    bool good = unseal(cx, secret_key("wrap", wrapping), wrapped, S("key"), &plain);
    sodium_memzero(wrapping, KEY);
    if (!good || plain.len != KEY)
        return fail_log(cx, ERR_INTERNAL, "a row's key is not of this house");
    memcpy(key, plain.at, KEY);
    return OK;
}

Err secret_seal(Cx *cx, Str key, const char *column, int64_t id, Str plain, Str *sealed)
{
    unsigned char bare[KEY];
    TRY(unwrap(cx, key, bare));
    *sealed = seal(cx, bare, plain, place_of(cx, column, id));
    sodium_memzero(bare, KEY);
    return OK;
}

Err secret_unseal(Cx *cx, Str key, const char *column, int64_t id, Str sealed, Str *plain)
{
    unsigned char bare[KEY];
    if (key.len == 0 || sealed.len == 0) {
        *plain = (Str){0};
        return OK;
    }
    TRY(unwrap(cx, key, bare));
    bool good = unseal(cx, bare, sealed, place_of(cx, column, id), plain);
    sodium_memzero(bare, KEY);
    if (!good)
        return fail_log(
            cx, ERR_INTERNAL, "%s of %lld is not what was sealed there", column, (long long)id);
    return OK;
}

Str secret_blind(Cx *cx, const char *what, Str value)
{
    unsigned char key[KEY], *out = arena_raw(&cx->mem, SECRET_HASH);
    secret_key(arena_printf(&cx->mem, "blind %s", what), key);
    crypto_generichash(
        out, SECRET_HASH, (const unsigned char *)(value.len ? value.at : ""), value.len, key, KEY);
    return (Str){(char *)out, SECRET_HASH};
}

Str secret_hash(Cx *cx, Str value)
{
    unsigned char *out = arena_raw(&cx->mem, SECRET_HASH);
    crypto_generichash(
        out, SECRET_HASH, (const unsigned char *)(value.len ? value.at : ""), value.len, NULL, 0);
    return (Str){(char *)out, SECRET_HASH};
}

Str secret_text(Cx *cx, Str bytes)
{
    size_t most = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_raw(&cx->mem, most);
    sodium_bin2base64(text, most, (const unsigned char *)bytes.at, bytes.len,
        sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str(text);
}

Str secret_token(Cx *cx, size_t n)
{
    char *raw = arena_raw(&cx->mem, n);
    randombytes_buf(raw, n);
    return secret_text(cx, (Str){raw, n});
}

void secret_random(void *at, size_t n)
{
    be_ready();
    randombytes_buf(at, n);
}

bool secret_same(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.at, b.at, a.len) == 0);
}
