/* cookie.c — cookies, read without mercy for the malformed. */
#include "web/cookie.h"

bool is_token(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool fine = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')
                    || (c && strchr("!#$%&'*+-.^_`|~", c));
        if (!fine)
            return false;
    }
    return s.len > 0;
}

static bool value_sound(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c <= 32 || c >= 127 || c == '"' || c == ',' || c == ';' || c == '\\')
            return false;
    }
    return true;
}

static Str trimmed(Str s)
{
    while (s.len && (s.at[0] == ' ' || s.at[0] == '\t'))
        s.at++, s.len--;
    while (s.len && (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == '\t'))
        s.len--;
    return s;
}

void cookie_read(Arena *a, Str header, struct pairs *out)
{
    struct pair *at = NEW_ARRAY(a, COOKIES_MAX, struct pair);
    size_t n = 0;

    for (size_t from = 0; from < header.len && n < COOKIES_MAX;) {
        const char *end = memchr(header.at + from, ';', header.len - from);
        size_t len = end ? (size_t)(end - header.at) - from : header.len - from;
        Str piece = trimmed((Str){header.at + from, len});
        const char *equals = piece.len ? memchr(piece.at, '=', piece.len) : NULL;
        if (equals) {
            struct pair p = {
                {piece.at, (size_t)(equals - piece.at)},
                {0       }
            };
            p.value = (Str){equals + 1, piece.len - p.name.len - 1};
            if (is_token(p.name) && value_sound(p.value))
                at[n++] = p;
        }
        from += len + 1;
    }
    *out = (struct pairs){at, n};
}
