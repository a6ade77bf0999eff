/* say.c — the helpers that base.html declares, and texts of C. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "gen/tmpl.h"

Str say_money(Out *o, int64_t fen)
{
    char *s = arena_printf(o->mem, "%" PRId64 ".%02d", fen / 100, (int)(fen % 100));
    return str(s);
}

/* In the town's time; no locale, no TZ. */
Str say_when(Out *o, int64_t ms)
{
    static const char *const zh[] = {"日", "一", "二", "三", "四", "五", "六"};
    static const char *const en[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    time_t t = (time_t)(ms / 1000 + o->utc_mins * 60);
    struct tm d;
    gmtime_r(&t, &d);
    return str(arena_printf(o->mem,
        o->lang == LANG_EN ? "%02d-%02d (%s) %02d:%02d" : "%02d-%02d（周%s）%02d:%02d",
        d.tm_mon + 1, d.tm_mday, o->lang == LANG_EN ? en[d.tm_wday] : zh[d.tm_wday], d.tm_hour,
        d.tm_min));
}

Str say_phone(Out *o, Str n)
{
    if (n.len < 8)
        return n;
    return str(arena_printf(o->mem, "%.3s****%.*s", n.at, 4, n.at + n.len - 4));
}
