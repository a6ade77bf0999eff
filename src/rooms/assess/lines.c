/* lines.c — canonical text, written and read. */
#include "rooms/assess/lines.h"

void line_begin(Out *o, const char *word)
{
    out_raw(o, word, strlen(word));
}

void line_s(Out *o, Str s)
{
    out_raw(o, "\t", 1);
    for (size_t i = 0; i < s.len; i++)
        out_raw(o, s.at[i] == '\t' || s.at[i] == '\n' ? " " : s.at + i, 1);
}

void line_n(Out *o, int64_t n)
{
    out_raw(o, "\t", 1);
    html_i(o, n);
}

void line_end(Out *o)
{
    out_raw(o, "\n", 1);
}

/* The part before the next c, which is taken off with it. */
static Str cut(Str *rest, char c)
{
    const char *end = rest->len ? memchr(rest->at, c, rest->len) : NULL;
    Str part = {rest->at, end ? (size_t)(end - rest->at) : rest->len};
    rest->at += part.len + (end != NULL);
    rest->len -= part.len + (end != NULL);
    return part;
}

bool line_next(Str *rest, struct line *l)
{
    if (!rest->len)
        return false;
    Str line = cut(rest, '\n');
    l->no++;
    l->n = 0;
    do {
        bool more = line.len && memchr(line.at, '\t', line.len);
        l->f[l->n++] = cut(&line, '\t');
        if (!more)
            return true;
    } while (l->n < LINE_FIELDS);
    return true;
}

bool line_is(const struct line *l, const char *word, int n)
{
    return str_eq(l->f[0], str(word)) && l->n == n + 1;
}

int64_t line_number(Str s)
{
    uint64_t n = 0;
    bool minus = s.len && s.at[0] == '-';
    for (size_t i = minus; i < s.len; i++)
        n = n * 10 + (uint64_t)(unsigned char)(s.at[i] - '0');
    return (int64_t)(minus ? 0 - n : n);
}
