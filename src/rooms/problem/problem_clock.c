/* problem_clock.c — 时限与先易后难: deadlines, pauses, rungs and the order of work. */
#include "rooms/problem/problem_clock.h"

static const int64_t HOUR_MS = 3600 * 1000;

int64_t clock_between(const struct calendar *cal, enum limit_unit unit, int64_t from, int64_t to)
{
    if (to <= from)
        return 0;
    return unit == LIMIT_URGENT ? to - from : work_between(cal, from, to);
}

int64_t clock_after(const struct calendar *cal, enum limit_unit unit, int64_t from, int64_t ms)
{
    return unit == LIMIT_URGENT ? from + ms : work_after(cal, from, ms);
}

int64_t clock_given_back(const struct calendar *cal, enum limit_unit unit, int64_t due,
    int64_t handled, int64_t now, int64_t least_h)
{
    int64_t later = clock_after(cal, unit, due, clock_between(cal, unit, handled, now));
    int64_t least = clock_after(cal, unit, now, least_h * HOUR_MS);
    return later > least ? later : least;
}

int64_t clock_anew(
    const struct calendar *cal, int64_t start, struct time_limit limit, int64_t given_ms)
{
    int64_t due = limit_due(cal, start, limit);
    return given_ms ? clock_after(cal, limit.unit, due, given_ms) : due;
}

bool clock_may_extend(
    const struct calendar *cal, int64_t due, struct time_limit limit, int64_t until)
{
    return limit.unit != LIMIT_URGENT && until > due && until <= limit_due(cal, due, limit);
}

bool clock_first_half(
    const struct calendar *cal, enum limit_unit unit, int64_t start, int64_t due, int64_t now)
{
    return 2 * clock_between(cal, unit, start, now) <= clock_between(cal, unit, start, due);
}

int64_t clock_rung_at(
    const struct calendar *cal, int64_t start, int64_t due, struct time_limit limit, int rung)
{
    if (rung == RUNG_REMINDER)
        return limit_reminder(cal, start, due, limit);
    return rung == RUNG_DUE ? due : limit_climb(cal, due, limit, rung_level(rung));
}

int clock_next_rung(const struct calendar *cal, int64_t start, int64_t due, struct time_limit limit,
    int64_t now, int from)
{
    int rung = from;
    while (rung < N_RUNGS && clock_rung_at(cal, start, due, limit, rung) <= now)
        rung++;
    return rung;
}

int rung_level(int rung)
{
    return rung + 1;
}

int64_t work_order(
    const struct calendar *cal, int64_t now, const struct work_facts *f, struct work_order *addends)
{
    int64_t days = f->filed_at ? work_days_between(cal, f->filed_at, now) : 0;
    struct work_order o = {
        .severity = f->severity == 3   ? 400
                    : f->severity == 2 ? 150
                                       : 0,
        .difficulty = 100 * (3 - f->difficulty),
        .age = 5 * (days < 40 ? days : 40),
        .overdue = f->overdue ? 200 : 0,
        .duplicates = 50 * (f->n_merged < 4 ? f->n_merged : 4),
        .resident = f->from_resident ? 30 : 0,
        .age_days = days,
    };
    if (addends)
        *addends = o;
    return o.severity + o.difficulty + o.age + o.overdue + o.duplicates + o.resident;
}
