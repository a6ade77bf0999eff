/* property_meeting.c — 三方联席会: company, owners' committee and community meet; what each
 * promised. */
#include "base/day.h"
#include "base/sum.h"
#include "base/utf8.h"
#include "gen/sql_property.h"
#include "rooms/property/property_inner.h"
#include "rooms/town/town.h"
#include "store/log.h"
#include "store/submit.h"

enum { SAID_MAX = 500, MEETINGS_SHOWN = 20, PROMISES_SHOWN = 100 };

static bool side_known(Str s)
{
    return str_eq(s, S("company")) || str_eq(s, S("committee")) || str_eq(s, S("community"));
}

static Err check_sides(Cx *cx, Str sides)
{
    size_t n = 0;
    while (sides.len) {
        size_t len = 0;
        while (len < sides.len && sides.at[len] != ',')
            len++;
        if (!side_known((Str){sides.at, len}))
            return fail(cx, ERR_INVALID, "sides", T("到会的只有物业公司、业委会和社区（村）三方"));
        n++;
        len += len < sides.len;
        sides = (Str){sides.at + len, sides.len - len};
    }
    return n >= 2 ? OK : fail(cx, ERR_INVALID, "sides", T("三方里至少要有两方到会"));
}

static Err check_promise(Cx *cx, const struct property_promise_new *p, Str held_on)
{
    int64_t day;
    if (!p->text.len)
        return OK;
    if (!side_known(p->side))
        return fail(cx, ERR_INVALID, "promise", T("请选是哪一方答应的"));
    if (text_wrong(p->text, false).zh || str_n_chars(p->text) > PROPERTY_TEXT_MAX)
        return fail(cx, ERR_INVALID, "promise", T("答应的事最多 120 个字"));
    if (!day_parse(p->due_on, &day) || memcmp(p->due_on.at, held_on.at, 10) < 0)
        return fail(cx, ERR_INVALID, "due_on", T("办成的日期写成 2026-06-12 这样，不早于开会那天"));
    return OK;
}

static Err check(Cx *cx, const struct property_meeting_new *in)
{
    int64_t day;
    if (!day_parse(in->held_on, &day) || day > day_of(cx->now))
        return fail(cx, ERR_INVALID, "held_on", T("开会日期写成 2026-06-12 这样，不晚于今天"));
    TRY(check_sides(cx, in->sides));
    if (!in->said.len || text_wrong(in->said, true).zh || str_n_chars(in->said) > SAID_MAX)
        return fail(cx, ERR_INVALID, "said", T("请写商量了什么，最多 500 个字"));
    for (size_t i = 0; i < PROPERTY_PROMISES; i++)
        TRY(check_promise(cx, &in->promise[i], in->held_on));
    return OK;
}

struct meeting {
    const struct property_meeting_new *in;
    int64_t id;
};

static void sum_of(const struct property_meeting_new *in, unsigned char to[SUM_BYTES])
{
    Sum s;
    sum_begin(&s);
    sum_i64(&s, in->place);
    sum_str(&s, in->held_on);
    sum_str(&s, in->sides);
    sum_str(&s, in->said);
    for (size_t i = 0; i < PROPERTY_PROMISES; i++) {
        sum_str(&s, in->promise[i].side);
        sum_str(&s, in->promise[i].text);
        sum_str(&s, in->promise[i].due_on);
    }
    sum_end(&s, to);
}

static Err write(Cx *cx, struct meeting *m, const struct property_compound *c)
{
    const struct property_meeting_new *in = m->in;
    m->id = new_id(cx);
    TRY(sql_property_meeting_add(cx, &(struct sql_property_meeting_add){.id = m->id,
                                         .place = c->place,
                                         .unit = c->unit,
                                         .held_on = in->held_on,
                                         .sides = in->sides,
                                         .said = in->said}));
    for (size_t i = 0; i < PROPERTY_PROMISES; i++)
        if (in->promise[i].text.len)
            TRY(sql_property_promise_add(cx, &(struct sql_property_promise_add){.id = new_id(cx),
                                                 .meeting = m->id,
                                                 .place = c->place,
                                                 .unit = c->unit,
                                                 .side = in->promise[i].side,
                                                 .text = in->promise[i].text,
                                                 .due_on = in->promise[i].due_on}));
    return event_add(
        cx, &(struct event){
                .verb = "property_meet", .unit = c->unit, .object = m->id, .said = in->said});
}

static Err meet_step(Cx *cx, void *arg)
{
    struct meeting *m = arg;
    struct property_compound c;
    unsigned char sum[SUM_BYTES];
    sum_of(m->in, sum);
    Err e = submit_seen(cx, m->in->key, sum, &m->id);
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(property_asked(cx, m->in->place, &c));
    TRY(check(cx, m->in));
    TRY(write(cx, m, &c));
    return m->in->key.len ? submit_keep(cx, m->in->key, sum, m->id) : OK;
}

Err property_meet(Cx *cx, const struct property_meeting_new *in, int64_t *id)
{
    struct meeting m = {.in = in};
    TRY(db_transaction(cx, meet_step, &m));
    *id = m.id;
    return OK;
}

struct keeping {
    int64_t promise, version;
    Str said;
};

static Err done_step(Cx *cx, void *arg)
{
    const struct keeping *k = arg;
    struct sql_property_promise_find_row p;
    struct property_compound c;
    TRY(sql_property_promise_find(cx, &(struct sql_property_promise_find){.id = k->promise}, &p));
    TRY(property_asked(cx, p.place, &c));
    if (!k->said.len || text_wrong(k->said, false).zh || str_n_chars(k->said) > PROPERTY_TEXT_MAX)
        return fail(cx, ERR_INVALID, "said", T("请写办成了什么，最多 120 个字"));
    Err e = sql_property_promise_done(cx, &(struct sql_property_promise_done){.id = k->promise,
                                              .version = k->version,
                                              .done_on = some_str(town_today(cx)),
                                              .done_said = some_str(k->said)});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "version", T("别人刚记过这件事，请看一看"));
    TRY(e);
    return event_add(
        cx, &(struct event){
                .verb = "property_done", .unit = p.unit, .object = k->promise, .said = k->said});
}

Err property_done(Cx *cx, int64_t promise, int64_t version, Str said)
{
    struct keeping k = {promise, version, said};
    return db_transaction(cx, done_step, &k);
}

Err property_talks(Cx *cx, int64_t place, struct property_talks *to)
{
    struct sql_property_meetings_rows m;
    struct sql_property_promises_rows p;
    TRY(sql_property_meetings(
        cx, &(struct sql_property_meetings){.place = place, .limit = MEETINGS_SHOWN}, &m));
    TRY(sql_property_promises(
        cx, &(struct sql_property_promises){.place = place, .limit = PROMISES_SHOWN}, &p));
    struct property_meeting *talks = NEW_ARRAY(&cx->mem, m.n + 1, struct property_meeting);
    struct property_promise *words = NEW_ARRAY(&cx->mem, p.n + 1, struct property_promise);
    for (size_t i = 0; i < m.n; i++)
        talks[i] =
            (struct property_meeting){m.at[i].id, m.at[i].held_on, m.at[i].sides, m.at[i].said};
    for (size_t i = 0; i < p.n; i++)
        words[i] = (struct property_promise){.id = p.at[i].id,
            .version = p.at[i].version,
            .side = p.at[i].side,
            .text = p.at[i].text,
            .due_on = p.at[i].due_on,
            .done_on = p.at[i].done_on.set ? p.at[i].done_on.v : (Str){0},
            .done_said = p.at[i].done_said.set ? p.at[i].done_said.v : (Str){0}};
    *to = (struct property_talks){talks, m.n, words, p.n};
    return OK;
}
