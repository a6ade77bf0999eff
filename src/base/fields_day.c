/* fields_day.c — days and times as people write them: 2026-6-12, 2026/6/12, 2026年6月12日,
 * 20260612. */
#include "base/day.h"
#include "base/fields_read.h"

Str time_text(Cx *cx, int64_t ms, enum shown how)
{
    int64_t in = ms - day_start(day_of(ms));
    int s = (int)(in / 1000 % 60), rest = (int)(in % 1000);
    Str to_min = day_time_text(cx, ms);
    if (how == SHOW_PAGE || (!s && !rest))
        return to_min;
    return str(rest ? arena_printf(&cx->mem, "%s:%02d.%03d", to_min.at, s, rest)
                    : arena_printf(&cx->mem, "%s:%02d", to_min.at, s));
}

static Str example(Cx *cx)
{
    return say(cx, T("请写日期，例如 2026-06-12"));
}

static bool wrong_day(Cx *cx, int64_t y, int64_t m, int64_t d, Str *why)
{
    if (y < 1900 || y > 2199)
        *why = say(cx, T("年份要在 1900 到 2199 之间"));
    else if (m < 1 || m > 12)
        *why = say_n(cx, T("没有 {n} 月"), m);
    else
        *why = say_abc(cx, T("{a} 年 {b} 月没有 {c} 日"), number_text(cx, y), number_text(cx, m),
            number_text(cx, d));
    return false;
}

/* One day at the front of p. */
static bool take_day(Cx *cx, struct half *p, unsigned how, int64_t *number, Str *why)
{
    int64_t y, m, d;
    size_t digits;
    *why = example(cx);
    if (!half_int(p, 8, &y, &digits))
        return false;
    if (digits == 8) {
        d = y % 100, m = y / 100 % 100, y /= 10000;
    } else if (digits == 5 && p->i == p->n && (how & READ_SHEET) && y >= 18264 && y < 73051) {
        *number = y - 25569; /* a table program's day number; 25569 is 1970-01-01 */
        return true;
    } else {
        char by = half_next(p);
        if (digits != 4 || !by || !strchr("-/." HALF_YEAR, by))
            return false;
        bool words = by == HALF_YEAR[0];
        if (!half_int(p, 2, &m, &digits) || half_next(p) != (words ? HALF_MONTH[0] : by)
            || !half_int(p, 2, &d, &digits))
            return false;
        if (words && p->i < p->n && p->at[p->i] == HALF_DAY[0])
            p->i++;
    }
    if (y < 1900 || y > 2199 || !day_real(y, m, d))
        return wrong_day(cx, y, m, d, why);
    *number = day_number(y, m, d);
    return true;
}

bool day_read(Cx *cx, Str typed, unsigned how, Str *day, Str *why)
{
    struct half p;
    int64_t n;
    if (!half_of(typed, &p, false))
        return *why = example(cx), false;
    if (!take_day(cx, &p, how, &n, why))
        return false;
    /* a table program writes midnight behind its days */
    Str rest = {p.at + p.i, p.n - p.i};
    if (rest.len
        && !((how & READ_SHEET) && (str_eq(rest, S("0:00")) || str_eq(rest, S("00:00:00")))))
        return *why = example(cx), false;
    *day = day_text(cx, n);
    return true;
}

/* 8:30  08:30:15.123  8时30分  8点 */
static bool take_clock(struct half *p, int64_t *ms)
{
    int64_t h, m = 0, s = 0, f = 0;
    size_t digits = 0;
    if (!half_int(p, 2, &h, &digits))
        return false;
    char by = half_next(p);
    if (by == HALF_HOUR[0]) {
        if (half_int(p, 2, &m, &digits) && p->i < p->n && p->at[p->i] == HALF_MINUTE[0])
            p->i++;
    } else if (by != ':' || !half_int(p, 2, &m, &digits) || digits != 2) {
        return false;
    } else if (p->i < p->n && p->at[p->i] == ':') {
        p->i++;
        if (!half_int(p, 2, &s, &digits) || digits != 2)
            return false;
        if (p->i < p->n && p->at[p->i] == '.') {
            p->i++;
            if (!half_int(p, 3, &f, &digits) || digits != 3)
                return false;
        }
    }
    *ms = ((h * 60 + m) * 60 + s) * 1000 + f;
    return h < 24 && m < 60 && s < 60;
}

bool time_read(Cx *cx, Str typed, unsigned how, int64_t *ms, Str *why)
{
    Str whole = say(cx, T("请写日期和时间，例如 2026-06-12 08:30"));
    struct half p;
    int64_t day, clock, zone = TOWN_OFFSET;
    if (!half_of(typed, &p, true))
        return *why = whole, false;
    if (!take_day(cx, &p, how & ~(unsigned)READ_SHEET, &day, why)) {
        if (str_eq(*why, example(cx)))
            *why = whole;
        return false;
    }
    while (p.i < p.n && (p.at[p.i] == ' ' || p.at[p.i] == 'T'))
        p.i++;
    *why = p.i < p.n && p.at[p.i] >= '0' && p.at[p.i] <= '9'
               ? say(cx, T("没有这个时刻，请写成 08:30"))
               : whole;
    if (!take_clock(&p, &clock))
        return false;
    Str rest = {p.at + p.i, p.n - p.i};
    if (str_eq(rest, S("Z")))
        zone = 0;
    else if (rest.len && !str_eq(rest, S("+08:00")))
        return *why = whole, false;
    *ms = day * 86400000 + clock - zone;
    return true;
}
