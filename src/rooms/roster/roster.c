/* roster.c — 值班: the shift of an instant, who is on duty, the calls. */
#include "rooms/roster/roster.h"

#include "base/day.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "rooms/people/people.h"
#include "rooms/roster/roster_words.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"
#include "store/submit.h"

#include <stdlib.h>

enum { ON_DUTY_MAX = 60, NOTE_MAX = 200, BATCH = 100 };
#define MINUTE INT64_C(60000)
#define DAY_BEGINS ((8 * 60 + 30) * MINUTE)
#define DAY_ENDS ((17 * 60 + 30) * MINUTE)

Err roster_shift(Cx *cx, int64_t at, Str *day, const char **shift)
{
    const struct calendar *cal;
    int64_t number = day_of(at), since = at - day_start(number);
    TRY(town_calendar(cx, &cal));
    if (since >= DAY_BEGINS && since < DAY_ENDS) {
        *day = day_text(cx, number);
        *shift = day_works(cal, number) ? "day" : "holiday";
    } else {
        *day = day_text(cx, since < DAY_BEGINS ? number - 1 : number);
        *shift = "night";
    }
    return OK;
}

int roster_level(Str code)
{
    for (const struct roster_level_word *w = roster_level_words; w->code; w++)
        if (str_eq(code, str(w->code)))
            return w->level;
    return 0;
}

static enum post post_of(Str code)
{
    return post_named(code.at, code.len);
}

static int lower_first(const void *a, const void *b)
{
    const struct holder *x = a, *y = b;
    return posts[x->post].level - posts[y->post].level;
}

Err roster_now(Cx *cx, int64_t unit, int level, struct holders *to)
{
    struct sql_roster_on_rows rows;
    const char *shift;
    Str day;
    size_t n = 0;
    TRY(roster_shift(cx, cx->now, &day, &shift));
    TRY(sql_roster_on(cx,
        &(struct sql_roster_on){.day = day,
            .shift = str(shift),
            .unit = unit,
            .village = town_village_of(unit),
            .whole = cx->town_id * 1000000,
            .limit = ON_DUTY_MAX},
        &rows));
    struct holder *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct holder);
    for (size_t i = 0; i < rows.n; i++)
        if (!level || roster_level(rows.at[i].level) == level)
            at[n++] = (struct holder){.person = rows.at[i].person,
                .post = post_of(rows.at[i].level),
                .unit = rows.at[i].unit,
                .name = people_name(cx, rows.at[i].person)};
    qsort(at, n, sizeof *at, lower_first);
    *to = (struct holders){at, n};
    return OK;
}

Err roster_me(Cx *cx, int64_t unit, bool *mine)
{
    struct holders at;
    *mine = false;
    if (!cx->me.person)
        return OK;
    TRY(roster_now(cx, unit, 0, &at));
    for (size_t i = 0; i < at.n; i++)
        *mine |= at.at[i].person == cx->me.person;
    return OK;
}

Err roster_check(Cx *cx, const Roster *in)
{
    const struct calendar *cal;
    int64_t day = 0;
    bool town = in->unit == cx->town_id * 1000000;
    uint32_t have;
    if (!town && town_village_of(in->unit) != in->unit)
        return fail(cx, ERR_INVALID, "unit", T("请选镇或者村（社区）"));
    if (!day_parse(in->day, &day))
        return fail(cx, ERR_INVALID, "day", T("日期应写成 2026-06-12 这样"));
    TRY(town_calendar(cx, &cal));
    if (str_eq(in->shift, S("day")) && !day_works(cal, day))
        return fail(cx, ERR_INVALID, "shift", T("这天休息，请排节假日班"));
    if (str_eq(in->shift, S("holiday")) && day_works(cal, day))
        return fail(cx, ERR_INVALID, "shift", T("这天上班，请排白班"));
    TRY(duty_posts(cx, in->person, &have));
    if (!(have & STAFF_POSTS))
        return fail(cx, ERR_INVALID, "person", T("这个人现在没有岗位，不能值班"));
    return OK;
}

/* ---- numbers lie sealed */

static const char column[] = "roster.phone";

static Err seal(Cx *cx, int64_t id, Str phone, Str *secret, Str *sealed)
{
    *secret = secret_key_new(cx);
    return secret_seal(cx, *secret, column, id, phone, sealed);
}

Err roster_open(Cx *cx, int64_t id, Str sealed, Str secret, Str *phone)
{
    return secret_unseal(cx, secret, column, id, sealed, phone);
}

Err roster_add(Cx *cx, const Roster *in)
{
    struct sql_roster_insert row = {.id = in->id,
        .unit = in->unit,
        .village = town_village_of(in->unit),
        .day = in->day,
        .shift = in->shift,
        .level = in->level,
        .person = in->person,
        .batch = in->batch};
    TRY(roster_check(cx, in));
    TRY(seal(cx, in->id, in->phone, &row.secret, &row.sealed));
    Err e = sql_roster_insert(cx, &row);
    return e == ERR_CONFLICT ? fail(cx, ERR_INVALID, "person", T("这个人在这一班已经排过了")) : e;
}

Err roster_change(Cx *cx, const Roster *in)
{
    struct sql_roster_update row = {.id = in->id,
        .version = in->version,
        .unit = in->unit,
        .village = town_village_of(in->unit),
        .day = in->day,
        .shift = in->shift,
        .level = in->level,
        .person = in->person};
    TRY(roster_check(cx, in));
    TRY(seal(cx, in->id, in->phone, &row.secret, &row.sealed));
    return sql_roster_update(cx, &row);
}

static Err seal_step(Cx *cx, void *arg)
{
    const struct sql_roster_plain_row *r = arg;
    struct sql_roster_seal row = {.id = r->id, .phone = r->phone};
    TRY(seal(cx, r->id, r->phone, &row.secret, &row.sealed));
    Err e = sql_roster_seal(cx, &row);
    return e == ERR_CONFLICT ? OK : e; /* changed meanwhile: it is sealed */
}

Err roster_seal_job(Cx *cx)
{
    struct sql_roster_plain_rows rows;
    do {
        TRY(sql_roster_plain(cx, &(struct sql_roster_plain){.limit = BATCH}, &rows));
        for (size_t i = 0; i < rows.n; i++)
            TRY(db_transaction(cx, seal_step, (void *)&rows.at[i]));
    } while (rows.n == BATCH);
    return OK;
}

/* ---- calls */

Err roster_may_call(Cx *cx, int64_t unit, bool *may)
{
    uint32_t mine;
    *may = unit == cx->town_id * 1000000;
    if (*may)
        return OK;
    TRY(duty_posts_over(cx, unit, &mine));
    *may = mine & (TOWN_POSTS | CHAIN_POSTS);
    return *may ? OK : roster_me(cx, unit, may);
}

static Err may_call(Cx *cx, const struct sql_roster_row_row *r)
{
    bool may;
    TRY(roster_may_call(cx, r->unit, &may));
    return may ? OK : fail(cx, ERR_FORBIDDEN, NULL, T("只有本村和镇里的人能记这一班的电话"));
}

struct numbering {
    int64_t roster;
    Str phone;
};

static Err number_step(Cx *cx, void *arg)
{
    struct numbering *n = arg;
    struct sql_roster_row_row r;
    TRY(sql_roster_row(cx, &(struct sql_roster_row){.id = n->roster}, &r));
    TRY(may_call(cx, &r));
    TRY(roster_open(cx, r.id, r.phone, r.secret, &n->phone));
    return event_add(cx,
        &(struct event){
            .verb = "unmask", .unit = r.unit, .object = r.id, .said = people_name(cx, r.person)});
}

Err roster_number(Cx *cx, int64_t roster, Str *phone)
{
    struct numbering n = {.roster = roster};
    TRY(db_transaction(cx, number_step, &n));
    *phone = n.phone;
    return OK;
}

static Err call_step(Cx *cx, void *arg)
{
    const struct roster_called *in = arg;
    struct sql_roster_row_row r;
    unsigned char sum[SUM_BYTES] = {0};
    int64_t id;
    TRY(sql_roster_row(cx, &(struct sql_roster_row){.id = in->roster}, &r));
    TRY(may_call(cx, &r));
    if (in->key.len) {
        Err e = submit_seen(cx, in->key, sum, &id);
        if (e != ERR_NOT_FOUND)
            return e;
    }
    id = new_id(cx);
    TRY(sql_roster_call_add(cx, &(struct sql_roster_call_add){.roster = r.id,
                                    .id = id,
                                    .object = in->object,
                                    .outcome = in->outcome,
                                    .note = in->note}));
    if (in->key.len)
        TRY(submit_keep(cx, in->key, sum, id));
    Lang reader = cx->lang;
    cx->lang = LANG_ZH; /* the log has one language */
    Str said = say_ab((cx), str_eq(in->outcome, S("reached")) ? T("{a}，接通") : T("{a}，没接通"),
        people_name(cx, r.person), (Str){0});
    cx->lang = reader;
    return event_add(cx, &(struct event){.verb = "call",
                             .unit = r.unit,
                             .object = in->object ? in->object : r.id,
                             .said = said});
}

Err roster_call(Cx *cx, const struct roster_called *in)
{
    if (!str_eq(in->outcome, S("reached")) && !str_eq(in->outcome, S("not")))
        return fail(cx, ERR_INVALID, "outcome", T("请选接通还是没接通"));
    if (str_n_chars(in->note) > NOTE_MAX)
        return fail(cx, ERR_INVALID, "note", T("说明最多 200 个字"));
    return db_transaction(cx, call_step, (void *)in);
}
