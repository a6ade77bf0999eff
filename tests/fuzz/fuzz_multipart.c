/* fuzz_multipart.c — multipart bodies: whole, and in pieces as the first byte says; both must give
 * the same parts. */
#include "base/arena.h"
#include "web/multipart.h"

#include <stdint.h>
#include <stdlib.h>

struct seen {
    uint64_t sum; /* of names, data and ends in order */
    int parts;
};

static void mix(struct seen *s, const char *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        s->sum = (s->sum ^ (unsigned char)at[i]) * 1099511628211u;
}

static int begin(void *who, const struct part *p)
{
    struct seen *s = who;
    s->parts++;
    mix(s, p->name.at, p->name.len);
    mix(s, "\1", 1);
    mix(s, p->filename.at, p->filename.len);
    mix(s, "\2", 1);
    mix(s, p->type.at, p->type.len);
    return 0;
}

static int data(void *who, const char *at, size_t len)
{
    mix(who, at, len);
    return 0;
}

static int end(void *who)
{
    mix(who, "\3", 1);
    return 0;
}

static int read_in(struct seen *s, const char *at, size_t len, size_t piece)
{
    struct multipart m = {.begin = begin, .data = data, .end = end, .who = s};
    *s = (struct seen){0};
    int status = multipart_open(&m, S("multipart/form-data; boundary=XX"));
    for (size_t i = 0; i < len && status == 0; i += piece)
        status = multipart_feed(&m, at + i, len - i < piece ? len - i : piece);
    return status ? status : multipart_close(&m);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct seen whole, pieces;
    struct multipart m = {0};
    if (len == 0)
        return 0;
    (void)multipart_open(&m, (Str){(const char *)at, len});
    size_t piece = (size_t)(at[0] & 31) + 1;
    int a = read_in(&whole, (const char *)at + 1, len - 1, len);
    int b = read_in(&pieces, (const char *)at + 1, len - 1, piece);
    if (a != b || whole.sum != pieces.sum || whole.parts != pieces.parts)
        abort();
    return 0;
}
