/* say.c — the helpers of layout.html: how times, days, money and codes are written.
 *
 * In the town's time and the language of who looks; no locale, no TZ.  Words: a time is always said
 * whole, "06-22（周一）11:30", never "in 3 days" alone (ui: §8). */
#include "gen/tmpl.h"

#include <inttypes.h>

#include "base/day.h"
#include "web/static.h"

static const char *const weekday_zh[] = {"", "一", "二", "三", "四", "五", "六", "日"};
static const char *const weekday_en[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const month_en[] = {
    "", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static int64_t minute_of(int64_t ms)
{
    return (ms + TOWN_OFFSET - day_of(ms) * INT64_C(86400000)) / 60000;
}

/* "06-23（周二）", "Tue 23 Jun": 40 bytes are more than enough. */
static char *put_said(const Out *o, char *to, int64_t number)
{
    int64_t y, m, d;
    int weekday = day_weekday(number);
    day_civil(number, &y, &m, &d);
    if (o->lang == LANG_EN) {
        to = stpcpy(to, weekday_en[weekday]);
        *to++ = ' ';
        to = day_digits(to, d, d < 10 ? 1 : 2);
        *to++ = ' ';
        return stpcpy(to, month_en[m]);
    }
    to = day_digits(to, m, 2);
    *to++ = '-';
    to = day_digits(to, d, 2);
    to = stpcpy(to, "（周");
    to = stpcpy(to, weekday_zh[weekday]);
    return stpcpy(to, "）");
}

static char *put_clock(char *to, int64_t ms)
{
    int64_t m = minute_of(ms);
    to = day_digits(to, m / 60, 2);
    *to++ = ':';
    return day_digits(to, m % 60, 2);
}

static Str copied(Out *o, const char *at, const char *end)
{
    char *to = arena_raw(o->mem, (size_t)(end - at) + 1);
    memcpy(to, at, (size_t)(end - at));
    to[end - at] = 0;
    return (Str){to, (size_t)(end - at)};
}

static Str day_said(Out *o, int64_t number)
{
    char b[64], *end = put_said(o, b, number);
    return copied(o, b, end);
}

Str say_clock(Out *o, int64_t ms)
{
    char b[8], *end = put_clock(b, ms);
    return copied(o, b, end);
}

Str say_when(Out *o, int64_t ms)
{
    char b[64], *to = put_said(o, b, day_of(ms));
    if (o->lang == LANG_EN)
        *to++ = ' ';
    to = put_clock(to, ms);
    return copied(o, b, to);
}

Str say_stamp(Out *o, int64_t ms)
{
    char b[16], *to = b;
    int64_t y, m, d;
    day_civil(day_of(ms), &y, &m, &d);
    to = day_digits(to, m, 2);
    *to++ = '-';
    to = day_digits(to, d, 2);
    *to++ = ' ';
    return copied(o, b, put_clock(to, ms));
}

Str say_day(Out *o, Str on)
{
    int64_t number;
    return day_parse(on, &number) ? day_said(o, number) : on;
}

Str say_date(Out *o, int64_t ms)
{
    return day_said(o, day_of(ms));
}

Str say_money(Out *o, int64_t fen)
{
    const char *sign = fen < 0 ? "-" : "";
    uint64_t v = fen < 0 ? -(uint64_t)fen : (uint64_t)fen, yuan = v / 100;
    char *s = arena_printf(o->mem, "%s%d.%02d", sign, (int)(yuan % 1000), (int)(v % 100));
    if (yuan < 1000)
        return str(s);
    s = arena_printf(o->mem, "%03d.%02d", (int)(yuan % 1000), (int)(v % 100));
    for (yuan /= 1000; yuan >= 1000; yuan /= 1000)
        s = arena_printf(o->mem, "%03d,%s", (int)(yuan % 1000), s);
    return str(arena_printf(o->mem, "%s%d,%s", sign, (int)yuan, s));
}

/* 12 digits as they are read over the telephone, 4-4-4. */
Str say_receipt(Out *o, Str code)
{
    if (code.len != 12)
        return code;
    return str(arena_printf(o->mem, "%.4s %.4s %.4s", code.at, code.at + 4, code.at + 8));
}

/* Two decimals, half up; of nothing it is "—", never 0 or 100 (domain: §2 Rates). */
Str say_percent(Out *o, int64_t part, int64_t whole)
{
    if (whole <= 0)
        return S("—");
    int64_t hundredths = (part * 20000 + whole) / (2 * whole);
    return str(
        arena_printf(o->mem, "%" PRId64 ".%02d%%", hundredths / 100, (int)(hundredths % 100)));
}

Str say_asset(Out *o, Str name)
{
    (void)o;
    return static_version(name);
}

bool say_english(Out *o)
{
    return o->lang == LANG_EN;
}

bool say_alike(Out *o, Str a, Str b)
{
    (void)o;
    return str_eq(a, b);
}

bool say_same(Out *o, const char *a, const char *b)
{
    (void)o;
    return a && b && !strcmp(a, b);
}
