/* problem_office.c — 问题台账 for the office's day: late matters, asks, changes, campaigns. */
#include "rooms/problem/problem_office.h"

#include "rooms/people/people.h"
#include "rooms/problem/problem_card.h"

enum { LATE_MAX = 500, ASKS_MAX = 50, VILLAGES = 200, LINES = 200, PAGE = 500 };

/* ---- late */

static Err late_title(Cx *cx, const struct sql_problem_office_late_rows_row *r, Str *title)
{
    struct category c;
    TRY(category_find(cx, r->category, &c));
    Str where = case_where(cx, r->unit, r->place, r->place_text);
    *title = str(
        arena_printf(&cx->mem, "%.*s %.*s", (int)where.len, where.at, (int)c.name.len, c.name.at));
    return OK;
}

Err problem_late(Cx *cx, int level, struct problem_lates *to)
{
    struct sql_problem_office_late_rows_rows rows;
    const struct calendar *cal;
    size_t n = 0;
    TRY(town_calendar(cx, &cal));
    TRY(sql_problem_office_late_rows(cx,
        &(struct sql_problem_office_late_rows){.due_until = cx->now, .limit = LATE_MAX}, &rows));
    struct problem_late *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct problem_late);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_problem_office_late_rows_row *r = &rows.at[i];
        struct time_limit limit = {
            r->limit_n.v, r->limit_unit.set ? (enum limit_unit)r->limit_unit.v.at[0] : LIMIT_DAYS};
        if (level > 2 && limit_climb(cal, r->due_at.v, limit, level) > cx->now)
            continue;
        at[n] = (struct problem_late){.id = r->id,
            .unit = r->unit,
            .village = r->village,
            .due_at = r->due_at.v,
            .photo = r->photo_before.v,
            .n_late = work_days_between(cal, r->due_at.v, cx->now),
            .number = r->number.v,
            .category = r->category,
            .chain = r->chain.v,
            .handler = r->handler_name.v};
        TRY(late_title(cx, r, &at[n++].title));
    }
    *to = (struct problem_lates){at, n};
    return OK;
}

/* ---- asks */

Text ask_label(Str about)
{
    return str_eq(about, S("extend"))    ? T("申请延期")
           : str_eq(about, S("suspend")) ? T("申请挂账")
                                         : T("申请作废");
}

static Err ask_row(Cx *cx, int64_t id, struct problem_ask_row *to, bool *open)
{
    struct sql_problem_trail_asks_rows asks;
    struct category c;
    Case p;
    TRY(case_any(cx, id, &p));
    TRY(category_find(cx, p.category, &c));
    TRY(sql_problem_trail_asks(
        cx, &(struct sql_problem_trail_asks){.problem = id, .limit = 200}, &asks));
    *open = asks.n && !asks.at[asks.n - 1].decision.set;
    if (!*open)
        return OK;
    const struct sql_problem_trail_asks_row *a = &asks.at[asks.n - 1];
    *to = (struct problem_ask_row){.id = id,
        .version = p.version,
        .asked_at = a->asked_at,
        .until = a->until_at.v,
        .about = a->about,
        .label = ask_label(a->about),
        .title = case_title(cx, &p, &c),
        .by_name = people_name(cx, a->asked_by),
        .text = a->text,
        .plan = a->plan,
        .review_on = a->review_on.v};
    return OK;
}

Err problem_asks_of_me(Cx *cx, struct problem_ask_rows *to)
{
    struct problem_cards cards;
    size_t n = 0;
    TRY(problem_cards(
        cx, &(struct problem_filter){.my_asks = true, .order = FIRST_BY_DUE}, &cards));
    struct problem_ask_row *at = NEW_ARRAY(&cx->mem, cards.n + 1, struct problem_ask_row);
    for (size_t i = 0; i < cards.n; i++) {
        bool open;
        TRY(ask_row(cx, cards.at[i].id, &at[n], &open));
        at[n].title = cards.at[i].title; /* read by me; what a meeting keeps has the town's word */
        n += open;
    }
    *to = (struct problem_ask_rows){at, n};
    return OK;
}

Err problem_asks_open(Cx *cx, struct problem_ask_rows *to)
{
    struct sql_problem_office_asks_waiting_rows rows;
    size_t n = 0;
    TRY(sql_problem_office_asks_waiting(
        cx, &(struct sql_problem_office_asks_waiting){.limit = ASKS_MAX}, &rows));
    struct problem_ask_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct problem_ask_row);
    for (size_t i = 0; i < rows.n; i++) {
        bool open;
        TRY(ask_row(cx, rows.at[i].id, &at[n], &open));
        n += open;
    }
    *to = (struct problem_ask_rows){at, n};
    return OK;
}

Err problem_decide(Cx *cx, const struct problem_decision *d)
{
    struct problem_fields in = {.version = some_i64(d->version)};
    if (!str_eq(d->about, S("extend")) && !str_eq(d->about, S("suspend"))
        && !str_eq(d->about, S("void")))
        return fail(cx, ERR_INVALID, "about", T("请选同意或者不同意"));
    if (str_trim(d->text).len)
        in.text = some_str(str_trim(d->text));
    if (d->key.len)
        in.key = some_str(d->key);
    return problem_act(cx, d->id,
        str(arena_printf(
            &cx->mem, "%.*s_%s", (int)d->about.len, d->about.at, d->grants ? "grant" : "refuse")),
        &in);
}

/* ---- what has changed */

Err problem_changes(Cx *cx, int64_t since, struct problem_changes *to)
{
    struct sql_problem_office_changed_rows open;
    struct sql_problem_office_ended_since_rows ended;
    *to = (struct problem_changes){0};
    TRY(sql_problem_office_changed(
        cx, &(struct sql_problem_office_changed){.since = since, .limit = 1}, &open));
    TRY(sql_problem_office_ended_since(
        cx, &(struct sql_problem_office_ended_since){.since = since, .limit = 1}, &ended));
    if (open.n)
        *to = (struct problem_changes){.n_reported = open.at[0].n_reported,
            .n_filed = open.at[0].n_filed,
            .n_handled = open.at[0].n_handled,
            .n_newly_late = open.at[0].n_newly_late,
            .n_open = open.at[0].n_open,
            .n_late = open.at[0].n_late,
            .n_asks = open.at[0].n_asks,
            .n_waiting = open.at[0].n_waiting};
    if (ended.n) {
        to->n_reported += ended.at[0].n_reported;
        to->n_filed += ended.at[0].n_filed;
        to->n_handled += ended.at[0].n_handled;
        to->n_closed += ended.at[0].n_closed;
    }
    return OK;
}

Str problem_since(Cx *cx, const char *figure, int64_t since)
{
    Str q =
        problem_filter_query(cx, &(struct problem_filter){.figure = str(figure), .since = since});
    return str(arena_printf(&cx->mem, "/problems?%.*s", (int)q.len, q.at));
}

/* ---- campaigns */

Err problem_campaign_tally(Cx *cx, int64_t campaign, struct problem_tallies *to)
{
    struct sql_problem_office_campaign_sums_rows rows;
    TRY(sql_problem_office_campaign_sums(cx,
        &(struct sql_problem_office_campaign_sums){.campaign = campaign, .limit = VILLAGES},
        &rows));
    struct problem_tally *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct problem_tally);
    at[0] = (struct problem_tally){0};
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_problem_office_campaign_sums_row *r = &rows.at[i];
        at[i + 1] = (struct problem_tally){.village = r->village,
            .n = r->n,
            .n_open = r->n_open,
            .n_closed = r->n_closed,
            .n_late = r->n_late,
            .n_on_time = r->n_on_time,
            .n_rework = r->n_rework,
            .n_suspended = r->n_suspended};
        at[0].n += r->n, at[0].n_open += r->n_open, at[0].n_closed += r->n_closed;
        at[0].n_late += r->n_late, at[0].n_on_time += r->n_on_time;
        at[0].n_rework += r->n_rework, at[0].n_suspended += r->n_suspended;
    }
    *to = (struct problem_tallies){at, rows.n + 1};
    return OK;
}

Err problem_campaign_lines(Cx *cx, int64_t campaign, struct problem_lines *to)
{
    struct sql_problem_office_campaign_rows_rows rows;
    TRY(sql_problem_office_campaign_rows(cx,
        &(struct sql_problem_office_campaign_rows){.campaign = campaign, .limit = LINES}, &rows));
    struct problem_line *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct problem_line);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_problem_office_campaign_rows_row *r = &rows.at[i];
        struct category c;
        TRY(category_find(cx, r->category, &c));
        Str where = case_where(cx, r->unit, r->place, r->place_text);
        int state = machine_state(&problem_machine, r->state);
        at[i] = (struct problem_line){.id = r->id,
            .reported_at = r->reported_at,
            .title = str(arena_printf(
                &cx->mem, "%.*s %.*s", (int)where.len, where.at, (int)c.name.len, c.name.at)),
            .village_name = town_unit_name(cx, r->village),
            .state = state >= 0 ? problem_states[state].label : (Text){0}};
    }
    *to = (struct problem_lines){at, rows.n};
    return OK;
}

Err problem_reported(Cx *cx, int64_t from, int64_t until, int64_t after_at, int64_t after_id,
    struct problem_reporteds *to)
{
    struct sql_problem_office_reported_rows_rows rows;
    TRY(sql_problem_office_reported_rows(cx,
        &(struct sql_problem_office_reported_rows){.from_at = from,
            .until_at = until,
            .after_at = after_at,
            .after_id = after_id,
            .limit = PAGE},
        &rows));
    struct problem_reported *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct problem_reported);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct problem_reported){.id = rows.at[i].id,
            .unit = rows.at[i].unit,
            .place = rows.at[i].place.v,
            .reported_at = rows.at[i].reported_at,
            .category = rows.at[i].category};
    *to = (struct problem_reporteds){at, rows.n};
    return OK;
}
