/* day.c — days of the town and working time 工作时 (domain: §2 Clock). */
#include "base/day.h"

#include <stdio.h>

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
/* 08:30–12:00 and 14:00–17:30 */
enum {
    MORNING = 8 * HOUR + 30 * MINUTE,
    NOON = 12 * HOUR,
    AFTERNOON = 14 * HOUR,
    EVENING = 17 * HOUR + 30 * MINUTE,
    HALF_DAY = NOON - MORNING,
    FULL_DAY = HALF_DAY + EVENING - AFTERNOON,
};

/* ---- days */
bool day_real(int64_t y, int64_t m, int64_t d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return m >= 1 && m <= 12 && d >= 1 && d <= days[m - 1] + (m == 2 && leap);
}

/* Civil days, years from March (Hinnant, "chrono-compatible low-level date algorithms"). */
int64_t day_number(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void day_civil(int64_t n, int64_t *y, int64_t *m, int64_t *d)
{
    n += 719468;
    int64_t era = (n >= 0 ? n : n - 146096) / 146097, day = n - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    *d = of_year - (153 * month + 2) / 5 + 1;
    *m = month < 10 ? month + 3 : month - 9;
    *y = year + era * 400 + (*m <= 2);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t day_of(int64_t ms)
{
    return floor_div(ms + TOWN_OFFSET, DAY);
}

int64_t day_start(int64_t number)
{
    return number * DAY - TOWN_OFFSET;
}

int day_weekday(int64_t number)
{
    int64_t from_monday = (number + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

bool day_parse(Str s, int64_t *number)
{
    int64_t part[3] = {0};
    if (s.len != 10)
        return false;
    for (size_t i = 0, k = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            if (s.at[i] != '-')
                return false;
            k++;
        } else if (s.at[i] < '0' || s.at[i] > '9') {
            return false;
        } else {
            part[k] = part[k] * 10 + s.at[i] - '0';
        }
    }
    if (!day_real(part[0], part[1], part[2]))
        return false;
    *number = day_number(part[0], part[1], part[2]);
    return true;
}

char *day_digits(char *to, int64_t n, int width)
{
    for (int i = width; i-- > 0; n /= 10)
        to[i] = (char)('0' + n % 10);
    return to + width;
}

static char *put_day(char *to, int64_t number)
{
    int64_t y, m, d;
    day_civil(number, &y, &m, &d);
    to = day_digits(to, y, 4);
    *to++ = '-';
    to = day_digits(to, m, 2);
    *to++ = '-';
    return day_digits(to, d, 2);
}

Str day_text(Cx *cx, int64_t number)
{
    char *at = arena_raw(&cx->mem, 11), *to = put_day(at, number);
    *to = 0;
    return (Str){at, (size_t)(to - at)};
}

Str day_time_text(Cx *cx, int64_t ms)
{
    int64_t n = day_of(ms);
    int minute = (int)((ms - day_start(n)) / MINUTE);
    char *at = arena_raw(&cx->mem, 17), *to = put_day(at, n);
    *to++ = ' ';
    to = day_digits(to, minute / 60, 2);
    *to++ = ':';
    to = day_digits(to, minute % 60, 2);
    *to = 0;
    return (Str){at, (size_t)(to - at)};
}

/* The week belongs to the year of its Thursday (ISO 8601). */
void day_iso_week(int64_t number, int64_t *year, int64_t *week)
{
    int64_t thursday = number - day_weekday(number) + 4, m, d;
    day_civil(thursday, year, &m, &d);
    *week = (thursday - day_number(*year, 1, 1)) / 7 + 1;
}

/* ---- the calendar */
static bool marked(const struct day_mark *m)
{
    return m->kind == DAY_WORK || m->kind == DAY_MAKEUP;
}

/* The first mark at or after that day. */
static size_t mark_from(const struct calendar *cal, int64_t day)
{
    size_t lo = 0, hi = cal->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (cal->at[mid].day < day)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static const struct day_mark *mark_on(const struct calendar *cal, int64_t day)
{
    size_t i = mark_from(cal, day);
    return i < cal->n && cal->at[i].day == day ? &cal->at[i] : NULL;
}

static bool has_year(const struct calendar *cal, int64_t year)
{
    for (size_t i = 0; i < cal->n_years; i++)
        if (cal->years[i] == year)
            return true;
    return false;
}

/* The days that are always public holidays (《全国年节及纪念日放假办法》), for a year not told yet.
 */
enum { N_FIXED = 5 };
static const struct {
    int month, day;
} fixed[N_FIXED] = {
    {1,  1},
    {5,  1},
    {10, 1},
    {10, 2},
    {10, 3}
};

bool day_works(const struct calendar *cal, int64_t number)
{
    const struct day_mark *mark = mark_on(cal, number);
    int64_t y, m, d;
    if (mark)
        return marked(mark);
    if (day_weekday(number) > 5)
        return false;
    day_civil(number, &y, &m, &d);
    for (size_t i = 0; i < N_FIXED; i++)
        if (fixed[i].month == m && fixed[i].day == d)
            return has_year(cal, y);
    return true;
}

bool day_guessed(const struct calendar *cal, int64_t from, int64_t to, int64_t *year)
{
    int64_t first, last, m, d;
    day_civil(day_of(from), &first, &m, &d);
    day_civil(day_of(to), &last, &m, &d);
    for (int64_t y = first; y <= last; y++)
        if (!has_year(cal, y))
            return *year = y, true;
    return false;
}

/* Mondays to Fridays before that day, counted from a Monday far back. */
static int64_t weekdays_before(int64_t number)
{
    int64_t of_week = day_weekday(number) - 1;
    return (number - of_week + 3) / 7 * 5 + (of_week < 5 ? of_week : 5);
}

/* Working days in [from, to): weeks by arithmetic, then what the marks and the fixed days change.
 */
static int64_t days_in(const struct calendar *cal, int64_t from, int64_t to)
{
    if (from >= to)
        return 0;
    int64_t n = weekdays_before(to) - weekdays_before(from), first, last, m, d;
    for (size_t i = mark_from(cal, from); i < cal->n && cal->at[i].day < to; i++)
        n += marked(&cal->at[i]) - (day_weekday(cal->at[i].day) <= 5);

    day_civil(from, &first, &m, &d);
    day_civil(to - 1, &last, &m, &d);
    for (int64_t y = first; y <= last; y++) {
        if (has_year(cal, y))
            continue;
        for (size_t i = 0; i < N_FIXED; i++) {
            int64_t on = day_number(y, fixed[i].month, fixed[i].day);
            n -= on >= from && on < to && day_weekday(on) <= 5 && !mark_on(cal, on);
        }
    }
    return n;
}

/* The working day that has k working days before it, counted from `from` (k 0: the first one at or
 * after it).  k days hold at most k working days, so jumping k days never goes too far; what is
 * left shrinks to a third each time. */
static int64_t nth_day(const struct calendar *cal, int64_t from, int64_t k)
{
    while (k > 7) {
        int64_t to = from + k;
        k -= days_in(cal, from, to);
        from = to;
    }
    for (;; from++)
        if (day_works(cal, from) && k-- == 0)
            return from;
}

/* ---- working time */
/* Worked from the day's begin to that ms of the day, if it is a working day. */
static int64_t worked(int64_t in_day)
{
    if (in_day <= MORNING)
        return 0;
    if (in_day <= NOON)
        return in_day - MORNING;
    if (in_day <= AFTERNOON)
        return HALF_DAY;
    return in_day < EVENING ? HALF_DAY + in_day - AFTERNOON : FULL_DAY;
}

static int64_t worked_today(const struct calendar *cal, int64_t at)
{
    int64_t day = day_of(at);
    return day_works(cal, day) ? worked(at - day_start(day)) : 0;
}

int64_t work_between(const struct calendar *cal, int64_t a, int64_t b)
{
    if (a >= b)
        return 0;
    return days_in(cal, day_of(a), day_of(b)) * FULL_DAY + worked_today(cal, b)
           - worked_today(cal, a);
}

int64_t work_after(const struct calendar *cal, int64_t start, int64_t ms)
{
    if (ms <= 0)
        return start;
    /* All of it counted from the begin of start's day.  The earliest instant: a full half ends at
     * 12:00, not at 14:00, a full day in the evening. */
    int64_t total = worked_today(cal, start) + ms, whole = (total - 1) / FULL_DAY;
    int64_t rest = total - whole * FULL_DAY;
    int64_t day = nth_day(cal, day_of(start), whole);
    return day_start(day) + (rest <= HALF_DAY ? MORNING + rest : AFTERNOON + rest - HALF_DAY);
}

int64_t work_days_after(const struct calendar *cal, int64_t start, int64_t d)
{
    return work_after(cal, start, d * FULL_DAY);
}

int64_t work_days_between(const struct calendar *cal, int64_t a, int64_t b)
{
    return days_in(cal, day_of(a) + 1, day_of(b) + 1);
}

/* ---- limits */
bool limit_parse(Str s, struct time_limit *limit)
{
    int64_t n = 0;
    if (s.len < 2 || s.len > 5)
        return false;
    for (size_t i = 0; i + 1 < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        n = n * 10 + s.at[i] - '0';
    }
    char unit = s.at[s.len - 1];
    if (n == 0 || (unit != LIMIT_HOURS && unit != LIMIT_DAYS && unit != LIMIT_URGENT))
        return false;
    *limit = (struct time_limit){n, (enum limit_unit)unit};
    return true;
}

int64_t limit_due(const struct calendar *cal, int64_t start, struct time_limit limit)
{
    switch (limit.unit) {
    case LIMIT_URGENT: return start + limit.n * HOUR;
    case LIMIT_HOURS: return work_after(cal, start, limit.n * HOUR);
    case LIMIT_DAYS: break;
    }
    return day_start(nth_day(cal, day_of(start) + 1, limit.n > 0 ? limit.n - 1 : 0)) + EVENING;
}

struct time_limit limit_half(struct time_limit limit)
{
    int64_t half = (limit.n + 1) / 2;
    return (struct time_limit){half > 0 ? half : 1, limit.unit};
}

int64_t limit_climb(const struct calendar *cal, int64_t due, struct time_limit limit, int level)
{
    static const int hours[] = {1, 2, 4, 8}, days[] = {1, 2, 3, 5};
    int rung = level < 3 ? 0 : level > 6 ? 3 : level - 3;
    return limit.unit == LIMIT_URGENT ? due + hours[rung] * (int64_t)HOUR
                                      : work_days_after(cal, due, days[rung]);
}

int64_t limit_reminder(
    const struct calendar *cal, int64_t start, int64_t due, struct time_limit limit)
{
    int64_t quarter = limit.n * (limit.unit == LIMIT_DAYS ? FULL_DAY : HOUR) / 4;
    if (limit.unit == LIMIT_URGENT)
        return due - quarter > start ? due - quarter : start;
    return work_after(cal, start, work_between(cal, start, due) - quarter);
}
