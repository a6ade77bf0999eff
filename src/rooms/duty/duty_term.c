/* duty_term.c — 任期: reading appointments, ending them, absence, and what the clock does at
 * midnight. */
#include "rooms/duty/duty_inner.h"

#include "gen/sql_duty.h"
#include "rooms/people/people.h"
#include "store/log.h"

enum {
    TERMS_A_STEP = 50,
    LOOKED_BACK = 30, /* days: hand-overs older than that have no account open any more */
};

static OptStr shown_end(Str to_on)
{
    return str_eq(to_on, OPEN_END) ? (OptStr){0} : some_str(to_on);
}

Err duty_find(Cx *cx, int64_t id, struct appointment *a)
{
    struct sql_duty_find_row r;

    TRY(sql_duty_find(cx, &(struct sql_duty_find){.id = id}, &r));
    *a = (struct appointment){.id = r.id,
        .person = r.person,
        .unit = r.unit,
        .place = r.place,
        .asked_by = r.asked_by,
        .version = r.version,
        .post = duty_post(r.post),
        .name = r.name,
        .kind = r.kind,
        .from_on = r.from_on,
        .to_on = shown_end(r.to_on).v,
        .paper_no = r.paper_no,
        .state = r.state};
    return OK;
}

Err duty_of_person(Cx *cx, int64_t person, struct appointments *out)
{
    struct sql_duty_of_person in = {.person = person, .state = S("granted"), .limit = MANY_TERMS};
    struct sql_duty_of_person_rows rows;

    TRY(sql_duty_of_person(cx, &in, &rows));
    struct appointment *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct appointment);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct appointment){.id = rows.at[i].id,
            .person = person,
            .unit = rows.at[i].unit,
            .place = rows.at[i].place,
            .post = duty_post(rows.at[i].post),
            .kind = rows.at[i].kind,
            .from_on = rows.at[i].from_on,
            .to_on = shown_end(rows.at[i].to_on).v,
            .paper_no = rows.at[i].paper_no,
            .state = in.state};
    *out = (struct appointments){at, rows.n};
    return OK;
}

Err duty_appointments(Cx *cx, Str state, struct appointments *out)
{
    struct sql_duty_list_rows rows;

    TRY(sql_duty_list(cx, &(struct sql_duty_list){.state = state, .limit = MANY_TERMS}, &rows));
    struct appointment *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct appointment);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct appointment){.id = rows.at[i].id,
            .person = rows.at[i].person,
            .unit = rows.at[i].unit,
            .place = rows.at[i].place,
            .asked_by = rows.at[i].asked_by,
            .post = duty_post(rows.at[i].post),
            .name = rows.at[i].name,
            .kind = rows.at[i].kind,
            .from_on = rows.at[i].from_on,
            .to_on = shown_end(rows.at[i].to_on).v,
            .paper_no = rows.at[i].paper_no,
            .state = state};
    *out = (struct appointments){at, rows.n};
    return OK;
}

/* --- the end of a term --- */

/* Work of a level that lost its holder goes to who sits there now (the formal holder after a
 * stand-in), or to the next level up (domain §1: a vacant level passes work on). */
static Err pass_on(Cx *cx, int64_t person, int64_t unit, enum post post)
{
    struct holders next;

    if (posts[post].level < 0)
        return OK;
    TRY(duty_level(cx, unit, posts[post].level, &next));
    for (size_t i = 0; i < next.n; i++)
        if (next.at[i].person == person && next.at[i].post == post)
            return OK; /* still theirs by another appointment */
    return next.n && next.at[0].person != person
               ? duty_move_work(cx, person, next.at[0].person, unit, post)
               : OK;
}

/* No post today, none granted or asked for that is still to come. */
static Err has_left(Cx *cx, int64_t person, bool *left)
{
    static const char *const states[] = {"granted", "asked"};

    *left = true;
    for (size_t k = 0; k < 2; k++) {
        struct sql_duty_of_person_rows rows;
        TRY(sql_duty_of_person(cx,
            &(struct sql_duty_of_person){
                .person = person, .state = str(states[k]), .limit = MANY_TERMS},
            &rows));
        for (size_t i = 0; i < rows.n; i++)
            *left &= memcmp(rows.at[i].to_on.at, duty_today(cx).at, 10) < 0;
    }
    return OK;
}

/* Who has left has no account the same day, but for a hand-over that waits for their word. */
static Err close_account(Cx *cx, int64_t person)
{
    struct person who;
    int64_t waits;
    bool left;

    TRY(has_left(cx, person, &left));
    TRY(people_find(cx, person, &who));
    TRY(duty_handover_waits(cx, person, &waits));
    /* nobody closes the account they are sitting at */
    return left && !waits && who.login.len && !who.disabled && person != cx->me.person
               ? people_disable(cx, person)
               : OK;
}

Err duty_over(Cx *cx, int64_t id, int64_t person)
{
    TRY(sql_duty_mark(cx, &(struct sql_duty_mark){.id = id, .in_scope = 0}));
    TRY(duty_scope_refresh(cx, person));
    return close_account(cx, person);
}

Err duty_begun(Cx *cx, int64_t id, int64_t person)
{
    TRY(sql_duty_mark(cx, &(struct sql_duty_mark){.id = id, .in_scope = 1}));
    TRY(duty_scope_refresh(cx, person));
    return people_rights_grew(cx, person);
}

static Err leave_scope(Cx *cx, int64_t id, int64_t person, int64_t unit, enum post post)
{
    TRY(duty_over(cx, id, person));
    return pass_on(cx, person, unit, post);
}

struct ending {
    int64_t id;
    Str to_on;
};

static Err end_step(Cx *cx, void *arg)
{
    const struct ending *in = arg;
    struct sql_duty_find_row row;
    int64_t day, from;

    TRY(sql_duty_find(cx, &(struct sql_duty_find){.id = in->id}, &row));
    if (!str_eq(row.state, S("granted")))
        return fail(cx, ERR_CONFLICT, NULL, T("这项任职没有生效"));
    if (!day_parse(in->to_on, &day))
        return fail(cx, ERR_INVALID, "to_on", T("请填写任职截止日期，如 2026-12-31"));
    if (!day_parse(row.from_on, &from) || day < from - 1)
        return fail(cx, ERR_INVALID, "to_on", T("截止日期早于起始日期"));
    if (memcmp(row.to_on.at, in->to_on.at, 10) < 0)
        return fail(cx, ERR_INVALID, "to_on", T("任期不能这样延长，请另行任职"));
    TRY(sql_duty_end(
        cx, &(struct sql_duty_end){.id = in->id, .to_on = in->to_on, .version = row.version}));
    TRY(event_add(cx, &(struct event){.verb = "appoint_end",
                          .unit = row.unit,
                          .object = in->id,
                          .to = in->to_on,
                          .said = row.post}));
    if (memcmp(in->to_on.at, duty_today(cx).at, 10) < 0)
        TRY(leave_scope(cx, in->id, row.person, row.unit, duty_post(row.post)));
    return OK;
}

Err duty_end(Cx *cx, int64_t id, Str to_on)
{
    return db_transaction(cx, end_step, &(struct ending){id, to_on});
}

/* --- absence --- */

struct leaving {
    int64_t person, id;
    Str from_on, to_on;
};

Err duty_absences(Cx *cx, int64_t person, struct absences *to)
{
    struct sql_duty_aways_rows rows;
    TRY(sql_duty_aways(cx,
        &(struct sql_duty_aways){.person = person, .today = duty_today(cx), .limit = 100}, &rows));
    struct absence *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct absence);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct absence){rows.at[i].id, rows.at[i].from_on, rows.at[i].to_on};
    *to = (struct absences){at, rows.n};
    return OK;
}

/* The same form sent twice is one absence; others do not lie over each other. */
static Err away_step(Cx *cx, void *arg)
{
    const struct leaving *l = arg;
    struct absences had;
    struct sql_duty_away_new row = {
        .id = new_id(cx), .person = l->person, .from_on = l->from_on, .to_on = l->to_on};

    TRY(duty_absences(cx, l->person, &had));
    for (size_t i = 0; i < had.n; i++) {
        if (str_eq(had.at[i].from_on, l->from_on) && str_eq(had.at[i].to_on, l->to_on))
            return OK;
        if (duty_overlap(had.at[i].from_on, had.at[i].to_on, l->from_on, l->to_on))
            return fail(cx, ERR_INVALID, "from_on", T("这几天已经登记了离岗，请先取消原来的"));
    }
    TRY(sql_duty_away_new(cx, &row));
    return event_add(cx, &(struct event){.verb = "away", .object = l->person, .to = l->to_on});
}

Err duty_away(Cx *cx, int64_t person, Str from_on, Str to_on)
{
    int64_t from, to;
    struct person who;

    TRY(people_find(cx, person, &who));
    if (!day_parse(from_on, &from))
        return fail(cx, ERR_INVALID, "from_on", T("请填写离岗起始日期，如 2026-06-01"));
    if (!day_parse(to_on, &to) || to < from)
        return fail(cx, ERR_INVALID, "to_on", T("请填写离岗截止日期，不早于起始日期"));
    return db_transaction(
        cx, away_step, &(struct leaving){.person = person, .from_on = from_on, .to_on = to_on});
}

static Err back_step(Cx *cx, void *arg)
{
    const struct leaving *l = arg;
    struct absences had;

    TRY(duty_absences(cx, l->person, &had));
    for (size_t i = 0; i < had.n; i++)
        if (had.at[i].id == l->id) {
            TRY(sql_duty_away_drop(
                cx, &(struct sql_duty_away_drop){.id = l->id, .person = l->person}));
            return event_add(cx, &(struct event){.verb = "away_back",
                                     .object = l->person,
                                     .from = had.at[i].from_on,
                                     .to = had.at[i].to_on});
        }
    return OK;
}

Err duty_away_back(Cx *cx, int64_t person, int64_t id)
{
    return db_transaction(cx, back_step, &(struct leaving){.person = person, .id = id});
}

/* --- midnight --- */

/* Terms that ended: rights go, work passes on.  Each step few enough for one transaction. */
static Err ended_step(Cx *cx, void *arg)
{
    struct sql_duty_scope_ended in = {.today = duty_today(cx), .limit = TERMS_A_STEP};
    struct sql_duty_scope_ended_rows rows;

    TRY(sql_duty_scope_ended(cx, &in, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(leave_scope(
            cx, rows.at[i].id, rows.at[i].person, rows.at[i].unit, duty_post(rows.at[i].post)));
    *(size_t *)arg = rows.n;
    return OK;
}

static Err begins_step(Cx *cx, void *arg)
{
    struct sql_duty_scope_begins in = {.today = duty_today(cx), .limit = TERMS_A_STEP};
    struct sql_duty_scope_begins_rows rows;

    TRY(sql_duty_scope_begins(cx, &in, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(duty_begun(cx, rows.at[i].id, rows.at[i].person));
    *(size_t *)arg = rows.n;
    return OK;
}

/* Former holders who have confirmed their hand-over, or had their days for it.  Who holds another
 * post stays in the list for a while and keeps the account. */
static Err past_step(Cx *cx, void *arg)
{
    const struct sql_duty_handovers_past_rows *rows = arg;

    for (size_t i = 0; i < rows->n; i++)
        TRY(close_account(cx, rows->at[i].from_person));
    return OK;
}

static Err past_handovers(Cx *cx)
{
    Str since = duty_grace_from(cx);
    struct sql_duty_handovers_past in = {.not_before = duty_day_plus(cx, since, -LOOKED_BACK),
        .since = since,
        .limit = TERMS_A_STEP};
    struct sql_duty_handovers_past_rows rows;
    bool any = false;

    TRY(sql_duty_handovers_past(cx, &in, &rows));
    for (size_t i = 0; i < rows.n && !any; i++)
        TRY(has_left(cx, rows.at[i].from_person, &any));
    return any ? db_transaction(cx, past_step, &rows) : OK;
}

/* A look without the town's lock first: most minutes there is nothing. */
static Err something_today(Cx *cx, bool *any)
{
    struct sql_duty_scope_ended_rows ended;
    struct sql_duty_scope_begins_rows begins;
    Str today = duty_today(cx);

    TRY(sql_duty_scope_ended(
        cx, &(struct sql_duty_scope_ended){.today = today, .limit = 1}, &ended));
    TRY(sql_duty_scope_begins(
        cx, &(struct sql_duty_scope_begins){.today = today, .limit = 1}, &begins));
    *any = ended.n || begins.n;
    return OK;
}

Err duty_job(Cx *cx)
{
    bool any;
    size_t n;

    TRY(something_today(cx, &any));
    if (any) {
        /* who begins comes first, so that a seat has its new holder when the old one's work passes
         * on */
        do {
            TRY(db_transaction(cx, begins_step, &n));
        } while (n == TERMS_A_STEP);
        TRY(duty_handovers_due(cx));
        do {
            TRY(db_transaction(cx, ended_step, &n));
        } while (n == TERMS_A_STEP);
    }
    TRY(duty_handovers_due(cx));
    return past_handovers(cx);
}
