/* day.h — days, the town's time, and working time 工作时.
 *
 * Times are ms UTC, days "YYYY-MM-DD" of the town's time (Asia/Shanghai, UTC+8; no summer time
 * since 1991).  Working time (domain: §2 Clock): Mon–Fri 08:30–12:00 and 14:00–17:30 = 7 h a day,
 * unless the calendar says otherwise. */
#pragma once
#include "base/cx.h"

enum { TOWN_OFFSET = 8 * 3600 * 1000 };

bool day_real(int64_t y, int64_t m, int64_t d);
int64_t day_number(int64_t y, int64_t m, int64_t d); /* days since 1970-01-01 */
void day_civil(int64_t number, int64_t *y, int64_t *m, int64_t *d);
int64_t day_of(int64_t ms);           /* the town's day number at that instant */
bool day_parse(Str, int64_t *number); /* "2026-06-12", real days only */
Str day_text(Cx *, int64_t number);   /* "2026-06-12" */
/* width digits with noughts before them, no NUL; where they end.  For n ≥ 0. */
char *day_digits(char *to, int64_t n, int width);
Str day_time_text(Cx *, int64_t ms); /* "2026-06-12 17:30", the town's time */
int day_weekday(int64_t number);     /* 1 Monday … 7 Sunday */
void day_iso_week(int64_t number, int64_t *year, int64_t *week);
int64_t day_start(int64_t number); /* ms of its 00:00 in the town's time */

/* The calendar 日历: what the State Council's notice says of single days.  Sorted by day. */
enum day_kind { DAY_REST, DAY_HOLIDAY, DAY_WORK, DAY_MAKEUP };
struct day_mark {
    int64_t day; /* number */
    enum day_kind kind;
};
struct calendar {
    const struct day_mark *at;
    size_t n;
    const int64_t *years; /* years whose notice is in the table, sorted */
    size_t n_years;
};
/* A calendar of {0} is one of no data at all.  Nothing here walks day by day: a year costs some
 * thirty marks to look at, so a page may ask for hundreds of deadlines. */
bool day_works(const struct calendar *, int64_t number);
/* Whether a year in [from, to] (ms) has no data, so that weekends and fixed dates were used. */
bool day_guessed(const struct calendar *, int64_t from, int64_t to, int64_t *year);

/* [from, until) in ms. */
struct span {
    int64_t from, until;
};

/* A time limit 时限. */
enum limit_unit { LIMIT_HOURS = 'h', LIMIT_DAYS = 'd', LIMIT_URGENT = 'u' };
struct time_limit {
    int64_t n;
    enum limit_unit unit;
};
bool limit_parse(Str, struct time_limit *); /* "4h" "3d" "2u" */
/* n h: the earliest instant at which n working hours have run since start; n d: end of work on the
 * n-th working day after the start day; n u: n natural hours. */
int64_t limit_due(const struct calendar *, int64_t start, struct time_limit);
/* Working ms from a to b (a ≤ b; else 0). */
int64_t work_between(const struct calendar *, int64_t a, int64_t b);
/* The earliest instant at which ms of working time have run since start. */
int64_t work_after(const struct calendar *, int64_t start, int64_t ms);
/* d working days of 7 hours each after an instant (climbing, domain: §2). */
int64_t work_days_after(const struct calendar *, int64_t start, int64_t d);
/* Working days passed: those after a's day up to and with b's day (a's day < b's; else 0). */
int64_t work_days_between(const struct calendar *, int64_t a, int64_t b);
struct time_limit limit_half(struct time_limit); /* rounded up, at least 1 */
/* When level 3, 4, 5 or 6 is told that a limit was missed: 1, 2, 3, 5 working days of 7 hours after
 * due; for an urgent one 1, 2, 4, 8 natural hours. */
int64_t limit_climb(const struct calendar *, int64_t due, struct time_limit, int level);
/* The instant at which a quarter of the limit is left before due (the reminder), not before start.
 * A quarter of n d is a quarter of n·7 working hours. */
int64_t limit_reminder(const struct calendar *, int64_t start, int64_t due, struct time_limit);
