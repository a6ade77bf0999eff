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

struct civil {
    int month, day, weekday;
};

/* The civil day of a day number (days since 1970-01-01), by the usual arithmetic of eras. */
static struct civil civil_of(int64_t number)
{
    int64_t z = number + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    return (struct civil){.month = (int)(mp < 10 ? mp + 3 : mp - 9),
        .day = (int)(doy - (153 * mp + 2) / 5 + 1),
        .weekday = day_weekday(number)};
}

static int64_t minute_of(int64_t ms)
{
    return (ms + TOWN_OFFSET - day_of(ms) * INT64_C(86400000)) / 60000;
}

static Str day_said(Out *o, int64_t number)
{
    struct civil c = civil_of(number);
    if (o->lang == LANG_EN)
        return str(
            arena_printf(o->mem, "%s %d %s", weekday_en[c.weekday], c.day, month_en[c.month]));
    return str(arena_printf(o->mem, "%02d-%02d（周%s）", c.month, c.day, weekday_zh[c.weekday]));
}

Str say_clock(Out *o, int64_t ms)
{
    int64_t m = minute_of(ms);
    return str(arena_printf(o->mem, "%02d:%02d", (int)(m / 60), (int)(m % 60)));
}

Str say_when(Out *o, int64_t ms)
{
    const char *gap = o->lang == LANG_EN ? " " : "";
    return str(
        arena_printf(o->mem, "%s%s%s", day_said(o, day_of(ms)).at, gap, say_clock(o, ms).at));
}

Str say_stamp(Out *o, int64_t ms)
{
    struct civil c = civil_of(day_of(ms));
    return str(arena_printf(o->mem, "%02d-%02d %s", c.month, c.day, say_clock(o, ms).at));
}

Str say_day(Out *o, Str on)
{
    int64_t number;
    return day_parse(on, &number) ? day_said(o, number) : on;
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

bool say_same(Out *o, const char *a, const char *b)
{
    (void)o;
    return a && b && !strcmp(a, b);
}
