/* query.c — urlencoded names and values, read strictly. */
#include "web/query.h"

#include "base/utf8.h"

bool text_sound(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((c < 32 && c != '\t' && c != '\n' && c != '\r') || c == 127)
            return false;
    }
    return utf8_ok(s);
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool percent_decode(Arena *a, Str raw, bool plus, Str *out)
{
    char *at = arena_raw(a, raw.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.at[i];
        if (c == '%') {
            int high = i + 2 < raw.len ? digit(raw.at[i + 1]) : -1;
            int low = i + 2 < raw.len ? digit(raw.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        at[n++] = c;
    }
    at[n] = 0;
    *out = (Str){at, n};
    return true;
}

Str line_ends(Arena *a, Str s)
{
    if (!s.len || !memchr(s.at, '\r', s.len))
        return s;
    char *at = arena_raw(a, s.len);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != '\r')
            at[n++] = s.at[i];
        else if (i + 1 == s.len || s.at[i + 1] != '\n')
            at[n++] = '\n';
    }
    return (Str){at, n};
}

static bool one(Arena *a, Str piece, struct pair *p)
{
    const char *equals = memchr(piece.at, '=', piece.len);
    size_t n = equals ? (size_t)(equals - piece.at) : piece.len;
    Str value = equals ? (Str){equals + 1, piece.len - n - 1} : (Str){0};

    if (!percent_decode(a, (Str){piece.at, n}, true, &p->name)
        || !percent_decode(a, value, true, &p->value) || !text_sound(p->name)
        || !text_sound(p->value))
        return false;
    p->value = line_ends(a, p->value);
    return true;
}

int query_read(Arena *a, Str raw, size_t most, struct pairs *out)
{
    size_t n = 0, pieces = raw.len ? 1 : 0;
    for (size_t i = 0; i < raw.len; i++)
        pieces += raw.at[i] == '&';
    if (pieces > most)
        return 413;

    struct pair *at = NEW_ARRAY(a, pieces, struct pair);
    for (size_t from = 0; from < raw.len;) {
        const char *end = memchr(raw.at + from, '&', raw.len - from);
        size_t len = end ? (size_t)(end - raw.at) - from : raw.len - from;
        if (len && !one(a, (Str){raw.at + from, len}, &at[n++]))
            return 400;
        from += len + 1;
    }
    *out = (struct pairs){at, n};
    return 0;
}
