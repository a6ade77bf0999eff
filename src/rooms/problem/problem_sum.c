/* problem_sum.c — 期限怎么算的: a deadline as the sum it is (lessons of clocks nobody can explain):
 * start, limit, pauses, what was given back, holidays, rule version; and who is told when. */
#include "rooms/problem/problem_sum.h"
#include "rooms/problem/problem_card.h"

enum { LINES_MAX = 220, HOLDERS_SHOWN = 4 };

static void add(struct clock_lines *to, struct clock_line *at, struct clock_line line)
{
    if (to->n < LINES_MAX)
        at[to->n++] = line;
}

static Str reason_word(Cx *cx, Str code)
{
    for (const struct problem_reason *r = problem_reasons("suspend_ask"); r->code; r++)
        if (str_eq(code, str(r->code)))
            return say(cx, r->label);
    return code;
}

Str limit_say(Cx *cx, struct time_limit limit)
{
    return say_n(cx,
        limit.unit == LIMIT_HOURS  ? T("{n} 个工作时")
        : limit.unit == LIMIT_DAYS ? T("{n} 个工作日")
                                   : T("{n} 小时（昼夜计算）"),
        limit.n);
}

static Str span_say(Cx *cx, int64_t ms)
{
    int64_t min = ms / 60000;
    return min % 60 ? say_ab(
               cx, T("{a} 小时 {b} 分"), number_text(cx, min / 60), number_text(cx, min % 60))
                    : say_ab(cx, T("{a} 小时"), number_text(cx, min / 60), (Str){0});
}

/* Runs of days that were not worked though weekdays, between start and due. */
static void add_holidays(Cx *cx, const struct calendar *cal, const Case *p, struct clock_lines *to,
    struct clock_line *at)
{
    int64_t day = day_of(p->start_at.v), last = day_of(p->due_at.v);
    if (case_limit(p).unit == LIMIT_URGENT || last - day > 400)
        return;
    for (; day <= last; day++) {
        if (day_works(cal, day) || day_weekday(day) > 5)
            continue;
        int64_t end = day;
        while (end < last && !day_works(cal, end + 1))
            end++;
        add(to, at,
            (struct clock_line){
                T("放假"), day_start(day), day_start(end), say(cx, T("不算工作时间"))});
        day = end;
    }
}

static Err add_pauses(Cx *cx, const Case *p, struct problem_clock_view *v, struct clock_line *at)
{
    struct sql_problem_trail_pauses_rows rows;
    TRY(sql_problem_trail_pauses(
        cx, &(struct sql_problem_trail_pauses){.problem = p->id, .limit = 200}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_problem_trail_pauses_row *r = &rows.at[i];
        if (p->start_at.set && r->from_at < p->start_at.v && !str_eq(r->kind, S("extend")))
            continue; /* of a clock before a reopening */
        if (str_eq(r->kind, S("suspend"))) {
            Str note = say_abc(cx, T("挂账：{a}。{b}。停下时还剩 {c}"), reason_word(cx, r->reason),
                r->plan, span_say(cx, r->left_ms));
            add(&v->sum, at, (struct clock_line){T("暂停"), r->from_at, r->to_at.v, note});
        } else if (str_eq(r->kind, S("rework"))) {
            add(&v->sum, at,
                (struct clock_line){
                    T("补回"), r->from_at, r->to_at.v, say(cx, T("核查占用的时间补回来"))});
        } else {
            add(&v->sum, at, (struct clock_line){T("延期"), r->from_at, r->to_at.v, r->reason});
        }
    }
    return OK;
}

static Err rung_names(Cx *cx, const Case *p, int rung, Str *to)
{
    struct holders at;
    int level = rung_level(rung);
    *to = (Str){0};
    if (level <= 2)
        *to = duty_title_said(cx, p->handler_name.v);
    if (level == 1)
        return OK;
    TRY(duty_level(cx, p->unit, p->office_only && level < 5 ? 5 : level, &at));
    for (size_t i = 0; i < at.n && i < HOLDERS_SHOWN; i++)
        if (!p->handler.set || at.at[i].person != p->handler.v)
            *to =
                join(cx, *to, duty_title(cx, &at.at[i], false), cx->lang == LANG_ZH ? "、" : ", ");
    return OK;
}

static Err add_rungs(Cx *cx, const struct calendar *cal, const Case *p, struct clock_rungs *to)
{
    struct clock_rung *at = NEW_ARRAY(&cx->mem, N_RUNGS, struct clock_rung);
    struct time_limit limit = case_limit(p);
    for (int rung = RUNG_DUE; rung < N_RUNGS; rung++) {
        struct clock_rung *r = &at[to->n++];
        r->at = clock_rung_at(cal, p->start_at.v, p->due_at.v, limit, rung);
        r->level = rung_level(rung);
        r->passed = r->at <= cx->now;
        TRY(rung_names(cx, p, rung, &r->who));
    }
    to->at = at;
    return OK;
}

Err clock_view(Cx *cx, const Case *p, bool for_staff, struct problem_clock_view *v)
{
    const struct calendar *cal;
    struct clock_line *at = NEW_ARRAY(&cx->mem, LINES_MAX, struct clock_line);
    struct time_limit limit = case_limit(p);
    *v = (struct problem_clock_view){
        .rule_version = p->category_version, .sum = {at, 0}
    };
    if (!p->due_at.set || !p->start_at.set || !limit.n)
        return OK;
    TRY(town_calendar(cx, &cal));
    int state = machine_state(&problem_machine, p->state);
    v->running = state == DISPATCHED || state == HANDLING;
    v->paused = state == SUSPENDED;
    v->overdue = v->running && p->due_at.v < cx->now;
    v->start_at = p->start_at.v;
    v->due_at = p->due_at.v;
    v->first_due_at = p->first_due_at.v;
    v->limit = limit_say(cx, limit);
    if (v->running && !v->overdue)
        v->left_ms = clock_between(cal, limit.unit, cx->now, p->due_at.v);
    v->late_days = v->overdue ? work_days_between(cal, p->due_at.v, cx->now) : 0;
    if (v->left_ms)
        v->left = span_say(cx, v->left_ms);
    add(&v->sum, at, (struct clock_line){T("开始"), p->start_at.v, 0, say(cx, T("派遣"))});
    add(&v->sum, at,
        (struct clock_line){T("时限"), limit_due(cal, p->start_at.v, limit), 0, v->limit});
    TRY(add_pauses(cx, p, v, at));
    add_holidays(cx, cal, p, &v->sum, at);
    if (p->ext_due.set && p->ext_due.v == p->due_at.v)
        add(&v->sum, at,
            (struct clock_line){T("热线期限"), p->ext_due.v, 0, say(cx, T("早的一个算数"))});
    add(&v->sum, at, (struct clock_line){T("到期"), p->due_at.v, 0, (Str){0}});
    if (!day_guessed(cal, p->start_at.v, p->due_at.v, &v->guessed_year))
        v->guessed_year = 0;
    return v->running && for_staff ? add_rungs(cx, cal, p, &v->rungs) : OK;
}

Err order_view(Cx *cx, const Case *p, struct problem_addends *to)
{
    const struct calendar *cal;
    struct work_facts f = {p->severity, p->difficulty, p->filed_at.v, p->n_merged,
        case_overdue(p, cx->now), p->from_resident};
    struct work_order o;
    TRY(town_calendar(cx, &cal));
    to->sum = work_order(cal, cx->now, &f, &o);
    struct problem_addend *at = NEW_ARRAY(&cx->mem, 6, struct problem_addend);
    at[0] = (struct problem_addend){T("紧急程度"), o.severity, {0}};
    at[1] = (struct problem_addend){T("难易"), o.difficulty, {0}};
    at[2] = (struct problem_addend){T("立案"), o.age, say_n(cx, T("{n} 个工作日"), o.age_days)};
    at[3] = (struct problem_addend){T("超期"), o.overdue, {0}};
    at[4] = (struct problem_addend){T("重复"), o.duplicates, {0}};
    at[5] = (struct problem_addend){T("群众上报"), o.resident, {0}};
    to->at = at;
    to->n = 6;
    return OK;
}
