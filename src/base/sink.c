/* sink.c — output in pieces, and a CSV cell. */
#include "base/sink.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { PIECE = 16 * 1024 };

static void hand_on(struct sink *o)
{
    if (o->failed == OK && o->len)
        o->failed = o->flush(o->to, (Str){o->at, o->len});
    o->len = 0;
}

void sink_put(struct sink *o, Str s)
{
    if (!s.len)
        return;
    if (o->flush && o->len + s.len > o->cap)
        hand_on(o);
    if (o->len + s.len > o->cap) {
        size_t cap = (o->cap ? o->cap * 2 : PIECE) + s.len;
        char *more = arena_raw(o->mem, cap);
        if (o->len)
            memcpy(more, o->at, o->len);
        o->at = more, o->cap = cap;
    }
    memcpy(o->at + o->len, s.at, s.len);
    o->len += s.len;
    o->total += s.len;
}

void sink_z(struct sink *o, const char *z)
{
    sink_put(o, str(z));
}

Err sink_end(struct sink *o)
{
    if (o->flush)
        hand_on(o);
    return o->failed;
}

void sink_i64(struct sink *o, int64_t n)
{
    char b[24];
    snprintf(b, sizeof b, "%" PRId64, n);
    sink_z(o, b);
}

static Err to_out(void *out, Str piece)
{
    out_raw(out, piece.at, piece.len);
    return OK;
}

struct sink sink_to_out(Out *out)
{
    return (struct sink){.flush = to_out, .to = out, .mem = out->mem};
}

/* A full disk is not the person's fault, and may pass. */
static Err to_fd(void *to, Str piece)
{
    const int *fd = to;
    for (size_t done = 0; done < piece.len;) {
        ssize_t n = write(*fd, piece.at + done, piece.len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == ENOSPC || errno == EDQUOT ? ERR_BUSY : ERR_INTERNAL;
        done += (size_t)n;
    }
    return OK;
}

struct sink sink_to_fd(Arena *mem, int *fd)
{
    return (struct sink){.flush = to_fd, .to = fd, .mem = mem};
}

static bool is_formula(Str s)
{
    while (s.len && *s.at == '\'')
        s.at++, s.len--;
    return s.len && strchr("=+-@\t\r", *s.at) && *s.at;
}

/* csv_next takes the ' off again: '=x and =x stay two different texts. */
void sink_csv(struct sink *o, Str s, bool is_number)
{
    bool quote = false;
    for (size_t i = 0; i < s.len; i++)
        quote |= s.at[i] == '"' || s.at[i] == ',' || s.at[i] == '\n' || s.at[i] == '\r';
    if (quote)
        sink_put(o, S("\""));
    if (!is_number && is_formula(s))
        sink_put(o, S("'"));
    size_t from = 0;
    for (size_t i = 0; quote && i < s.len; i++)
        if (s.at[i] == '"') {
            sink_put(o, (Str){s.at + from, i + 1 - from});
            from = i;
        }
    sink_put(o, (Str){s.at + from, s.len - from});
    if (quote)
        sink_put(o, S("\""));
}
