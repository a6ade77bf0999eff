/* text.c — a growing text, shared by the build tools. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

void put_n(struct buf *b, const char *at, size_t len)
{
    if (b->cap - b->len < len + 1) {
        b->cap = (b->cap + len + 64) * 2;
        b->at = realloc(b->at, b->cap);
        if (!b->at)
            abort();
    }
    if (len)
        memcpy(b->at + b->len, at, len);
    b->len += len;
    b->at[b->len] = 0;
}

void put(struct buf *b, const char *fmt, ...)
{
    char *s = NULL;
    va_list ap;
    va_start(ap, fmt);
    int n = vasprintf(&s, fmt, ap);
    va_end(ap);
    if (n < 0)
        abort();
    put_n(b, s, (size_t)n);
    free(s);
}

char *copy_n(const char *at, size_t len)
{
    struct buf b = {0};
    put_n(&b, at, len);
    return b.at;
}

const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
