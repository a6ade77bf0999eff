/* cx.c — why something failed, and sentences with a number or a name in them. */
#include "base/cx.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

Err fail_say(Cx *cx, Err e, const char *field, Str say)
{
    cx->why.field = field;
    cx->why.say = say;
    return e;
}

Err fail(Cx *cx, Err e, const char *field, Text t)
{
    return fail_say(cx, e, field, say(cx, t));
}

Err fail_log(Cx *cx, Err e, const char *fmt, ...)
{
    va_list ap;
    char line[512];
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    cx->why.log = arena_printf(&cx->mem, "%s", line);
    return e;
}

Str say(Cx *cx, Text t)
{
    return str(text_in(cx->lang, t));
}

Str say_sn(Cx *cx, Text t, Str s, int64_t n)
{
    char digits[24];
    Str from = say(cx, t),
        number = {digits, (size_t)snprintf(digits, sizeof digits, "%" PRId64, n)};
    size_t most = from.len + 1;
    for (size_t i = 0; i < from.len; i++)
        most += from.at[i] == '{' ? s.len + number.len : 0;
    char *at = arena_raw(&cx->mem, most), *to = at;
    for (size_t i = 0; i < from.len;) {
        bool hole = i + 2 < from.len && from.at[i] == '{' && from.at[i + 2] == '}'
                    && (from.at[i + 1] == 'n' || from.at[i + 1] == 's');
        Str piece = !hole ? (Str){from.at + i, 1} : from.at[i + 1] == 'n' ? number : s;
        if (piece.len)
            memcpy(to, piece.at, piece.len);
        to += piece.len;
        i += hole ? 3 : 1;
    }
    return (Str){at, (size_t)(to - at)};
}

Str joined_of(Cx *cx, Str a, Str b, Str c)
{
    const Str all[] = {a, b, c};
    size_t len = 0;
    char *at = arena_raw(&cx->mem, a.len + b.len + c.len + 1);
    for (size_t i = 0; i < 3; i++) {
        if (all[i].len)
            memcpy(at + len, all[i].at, all[i].len);
        len += all[i].len;
    }
    at[len] = 0; /* some callers hand it on as a C string */
    return (Str){at, len};
}

Str say_n(Cx *cx, Text t, int64_t n)
{
    return say_sn(cx, t, (Str){0}, n);
}

Str say_s(Cx *cx, Text t, Str s)
{
    return say_sn(cx, t, s, 0);
}
