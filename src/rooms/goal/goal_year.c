/* goal_year.c — 年终述职里的目标: which goals of the year L3 has seen reached, and which are not.
 */
#include "rooms/goal/goal_year.h"
#include "rooms/assess/assess_fair.h"
#include "rooms/goal/goal_pages.h"

static bool between(Str day, Str from, Str to)
{
    return memcmp(day.at, from.at, 10) >= 0 && memcmp(day.at, to.at, 10) <= 0;
}

static Str line_of(Cx *cx, const Target *t)
{
    Str goal = goal_value_text(cx, t, t->goal);
    Str has = t->verified.set ? goal_value_text(cx, t, t->verified.v) : say(cx, T("无"));
    Str what = say_ab(cx, T("{a}：目标 {b}，"), t->indicator, goal);
    Str how =
        say_s(cx, target_reached(t) ? T("核验为 {s}，达到。") : T("核验为 {s}，还没有达到。"), has);
    return str(arena_printf(&cx->mem, "%.*s%.*s\n", (int)what.len, what.at, (int)how.len, how.at));
}

/* Due in the year, or reached in it before its day. */
static bool of_year(const Target *t, Str from, Str to, bool *early)
{
    bool due = between(t->due_on, from, to);
    *early = !due && target_reached(t) && t->verified_on.set && between(t->verified_on.v, from, to);
    return due || *early;
}

static Err write_year(Cx *cx, int64_t unit, Str from, Str to, Str *text)
{
    struct goal_village g;
    int64_t n_due = 0, n_reached = 0, n_early = 0;
    Str lines = S("");
    TRY(goal_village(cx, unit, &g));
    for (size_t i = 0; i < g.n; i++) {
        bool early;
        if (!of_year(&g.at[i], from, to, &early))
            continue;
        n_due += !early;
        n_reached += !early && target_reached(&g.at[i]);
        n_early += early;
        Str one = line_of(cx, &g.at[i]);
        lines =
            str(arena_printf(&cx->mem, "%.*s%.*s", (int)lines.len, lines.at, (int)one.len, one.at));
    }
    Str due = say_n(cx, T("今年到期的目标 {n} 个。"), n_due);
    Str met = say_n(cx, T("其中经核验达到 {n} 个。"), n_reached);
    Str before = n_early ? say_n(cx, T("提前达到 {n} 个。"), n_early) : S("");
    *text = str(arena_printf(&cx->mem, "%.*s\n%.*s\n%.*s%s%.*s", (int)due.len, due.at, (int)met.len,
        met.at, (int)before.len, before.at, before.len ? "\n" : "", (int)lines.len, lines.at));
    return OK;
}

const struct year_part goal_year = {T("目标"), write_year};
