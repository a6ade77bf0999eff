/* text.h — a growing text, shared by the build tools; memory is never given back. */
#pragma once
#include <stddef.h>

struct buf {
    char *at;
    size_t len, cap;
};

void put(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void put_n(struct buf *b, const char *at, size_t len);
char *copy_n(const char *at, size_t len);
const char *base_name(const char *path);
