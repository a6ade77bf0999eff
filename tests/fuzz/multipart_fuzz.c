/* multipart_fuzz.c — a body in pieces of any size is read alike, and never past its end.
 * Input: one byte for the size of the pieces, then the body with the boundary XX. */
#include "fuzz.h"

#include "web/multipart.h"

struct read {
    uint64_t sum;
    size_t bytes;
    int parts, open;
};

static void mix(struct read *r, Str s)
{
    for (size_t i = 0; i < s.len; i++)
        r->sum = (r->sum ^ (unsigned char)s.at[i]) * UINT64_C(1099511628211);
}

static int begin(void *who, const struct part *p)
{
    struct read *r = who;
    MUST(!r->open);
    r->open = 1;
    r->parts++;
    mix(r, p->name);
    mix(r, p->filename);
    mix(r, p->type);
    return 0;
}
static int data(void *who, const char *at, size_t len)
{
    struct read *r = who;
    MUST(r->open);
    mix(r, (Str){at, len});
    r->bytes += len;
    return 0;
}
static int end(void *who)
{
    struct read *r = who;
    MUST(r->open);
    r->open = 0;
    return 0;
}

static int read_in(const char *at, size_t len, size_t piece, struct read *r)
{
    struct multipart m = {.begin = begin, .data = data, .end = end, .who = r};
    int status = multipart_open(&m, S("multipart/form-data; boundary=XX"));
    MUST(status == 0);
    for (size_t i = 0; i < len && !status; i += piece)
        status = multipart_feed(&m, at + i, len - i < piece ? len - i : piece);
    status = status ? status : multipart_close(&m);
    MUST(status == 0 || status == 400 || status == 413);
    MUST(r->bytes <= len && r->parts <= PARTS_MAX + 1);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct read whole = {0}, pieces = {0};
    if (!len)
        return 0;
    size_t piece = 1 + at[0] % 64;
    int a = read_in((const char *)at + 1, len - 1, len, &whole);
    int b = read_in((const char *)at + 1, len - 1, piece, &pieces);
    MUST(a == b);
    if (a == 0)
        MUST(whole.sum == pieces.sum && whole.parts == pieces.parts && whole.bytes == pieces.bytes);
    return 0;
}
