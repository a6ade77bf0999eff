/* duty_handover.c — 交接: a post changes hands; open work moves at 00:00 of the first day,
 * confirmed or not, and the due times do not move (domain §1; 村民委员会组织法 第二十条: within 10
 * days of a term). */
#include "rooms/duty/duty_inner.h"

#include "base/utf8.h"
#include "gen/sql_duty.h"
#include "rooms/notice/notice.h"
#include "store/log.h"
#include "store/submit.h"

enum { MAX_HOOKS = 16 };
static const struct handover_hook *hooks[MAX_HOOKS];
static size_t n_hooks;

void duty_on_handover(const struct handover_hook *hook)
{
    for (size_t i = 0; i < n_hooks; i++)
        if (hooks[i] == hook)
            return;
    if (n_hooks < MAX_HOOKS)
        hooks[n_hooks++] = hook;
}

Err duty_move_work(Cx *cx, int64_t from, int64_t to, int64_t unit, enum post post)
{
    for (size_t i = 0; i < n_hooks; i++)
        TRY(hooks[i]->move(cx, from, to, unit, post));
    return OK;
}

Err duty_handover_lines(
    Cx *cx, int64_t person, int64_t unit, enum post post, struct handover_lines *out)
{
    struct handover_line *at = NEW_ARRAY(&cx->mem, 1, struct handover_line);
    size_t n = 0;

    for (size_t i = 0; i < n_hooks; i++) {
        struct handover_lines some = {0};
        if (!hooks[i]->list)
            continue;
        TRY(hooks[i]->list(cx, person, unit, post, &some));
        struct handover_line *more = NEW_ARRAY(&cx->mem, n + some.n + 1, struct handover_line);
        memcpy(more, at, n * sizeof *more);
        for (size_t k = 0; k < some.n; k++)
            more[n++] = some.at[k];
        at = more;
    }
    *out = (struct handover_lines){at, n};
    return OK;
}

/* Inside a transaction; a second node that comes later finds it moved. */
static Err move_now(Cx *cx, const struct sql_duty_handover_find_row *h)
{
    struct handover_lines lines;
    enum post post = duty_post(h->post);

    TRY(duty_handover_lines(cx, h->from_person, h->unit, post, &lines));
    TRY(sql_duty_handover_moved(
        cx, &(struct sql_duty_handover_moved){.id = h->id, .n_moved = (int64_t)lines.n}));
    TRY(duty_move_work(cx, h->from_person, h->to_person, h->unit, post));
    TRY(event_add(cx, &(struct event){.verb = "handover_move",
                          .unit = h->unit,
                          .object = h->id,
                          .from = S("waits"),
                          .to = S("moved")}));
    return notice_add(
        cx, &(struct notice){.to = h->to_person,
                .say = T("岗位已交接，在办事项已转给您"),
                .about = town_unit_name(cx, h->unit),
                .object = h->id,
                .path = str(arena_printf(&cx->mem, "/handover/%lld", (long long)h->id)),
                .key = "handover"});
}

Err duty_handover_make(Cx *cx, int64_t appointment, int64_t replaced)
{
    struct sql_duty_find_row was, is;
    struct sql_duty_handover_find_row made;
    int64_t id;

    TRY(sql_duty_find(cx, &(struct sql_duty_find){.id = replaced}, &was));
    TRY(sql_duty_find(cx, &(struct sql_duty_find){.id = appointment}, &is));
    id = new_id(cx);
    struct sql_duty_handover_new row = {.id = id,
        .appointment = appointment,
        .replaced = replaced,
        .from_person = was.person,
        .to_person = is.person,
        .unit = is.unit,
        .place = is.place,
        .post = is.post,
        .from_on = is.from_on};
    TRY(sql_duty_handover_new(cx, &row));
    TRY(event_add(
        cx, &(struct event){.verb = "handover", .unit = is.unit, .object = id, .to = S("waits")}));
    TRY(notice_add(cx, &(struct notice){.to = was.person,
                           .say = T("您的岗位将交接，请确认交接清单"),
                           .about = town_unit_name(cx, is.unit),
                           .object = id,
                           .path = str(arena_printf(&cx->mem, "/handover/%lld", (long long)id)),
                           .key = "handover_old"}));
    if (memcmp(is.from_on.at, duty_today(cx).at, 10) > 0)
        return OK;
    TRY(sql_duty_handover_find(cx, &(struct sql_duty_handover_find){.id = id}, &made));
    return move_now(cx, &made);
}

static Err due_step(Cx *cx, void *arg)
{
    struct sql_duty_handover_find_row h;

    TRY(sql_duty_handover_find(cx, &(struct sql_duty_handover_find){.id = *(int64_t *)arg}, &h));
    return str_eq(h.state, S("moved")) ? OK : move_now(cx, &h);
}

Err duty_handovers_due(Cx *cx)
{
    struct sql_duty_handovers_due_rows due;

    TRY(sql_duty_handovers_due(
        cx, &(struct sql_duty_handovers_due){.today = duty_today(cx), .limit = 100}, &due));
    for (size_t i = 0; i < due.n; i++)
        TRY(db_transaction(cx, due_step, &due.at[i].id));
    return OK;
}

/* --- confirming --- */

Err duty_handover_witness(Cx *cx, int64_t unit, enum post post, bool *may)
{
    struct holders above;

    TRY(duty_level(cx, unit, posts[post].level < 0 ? 5 : posts[post].level + 1, &above));
    *may = false;
    for (size_t i = 0; i < above.n; i++)
        *may |= above.at[i].person == cx->me.person;
    return OK;
}

Str duty_grace_from(Cx *cx)
{
    return duty_day_plus(cx, duty_today(cx), -town_setting(cx, "handover_days", 10));
}

Err duty_handover_waits(Cx *cx, int64_t person, int64_t *id)
{
    struct sql_duty_handover_waits_row row;
    Err e = sql_duty_handover_waits(cx,
        &(struct sql_duty_handover_waits){.person = person, .since = duty_grace_from(cx)}, &row);

    *id = e == OK ? row.id : 0;
    return e == ERR_NOT_FOUND ? OK : e;
}

static Err confirm_step(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg, me = cx->me.person;
    struct sql_duty_handover_find_row h;
    const char *verb = NULL;
    bool witness;

    TRY(sql_duty_handover_find(cx, &(struct sql_duty_handover_find){.id = id}, &h));
    TRY(duty_handover_witness(cx, h.unit, duty_post(h.post), &witness));
    if (me != h.from_person && me != h.to_person && !witness)
        return fail(cx, ERR_FORBIDDEN, NULL, T("交接由原任、接任和上一级监交人确认"));
    if (me == h.from_person && !h.old_at.set) {
        TRY(sql_duty_handover_old(cx, &(struct sql_duty_handover_old){.id = id}));
        verb = "handover_old";
    } else if (me == h.to_person && !h.new_at.set) {
        TRY(sql_duty_handover_new_holder(cx, &(struct sql_duty_handover_new_holder){.id = id}));
        verb = "handover_new";
    } else if (witness && me != h.from_person && me != h.to_person && !h.witness_at.set) {
        TRY(sql_duty_handover_witness(cx, &(struct sql_duty_handover_witness){.id = id}));
        verb = "handover_witness";
    } else {
        return fail(cx, ERR_CONFLICT, NULL, T("已经确认过"));
    }
    return event_add(cx, &(struct event){.verb = verb, .unit = h.unit, .object = id});
}

Err duty_handover_confirm(Cx *cx, int64_t id)
{
    return db_transaction(cx, confirm_step, &id);
}

/* --- what does not move by itself --- */

struct adding_item {
    int64_t handover;
    Str what, body, key;
};

static Err item_step(Cx *cx, void *arg)
{
    const struct adding_item *a = arg;
    struct sql_duty_handover_find_row h;

    TRY(sql_duty_handover_find(cx, &(struct sql_duty_handover_find){.id = a->handover}, &h));
    if (h.from_person != cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("清单由原任填写"));
    unsigned char sum[SUM_BYTES];
    int64_t same;
    Sum s;
    sum_begin(&s);
    sum_i64(&s, a->handover);
    sum_str(&s, a->what);
    sum_str(&s, a->body);
    sum_end(&s, sum);
    Err e = submit_seen(cx, a->key, sum, &same);
    if (e != ERR_NOT_FOUND)
        return e;
    struct sql_duty_item_new row = {
        .handover = a->handover, .id = new_id(cx), .what = a->what, .body = a->body};
    TRY(sql_duty_item_new(cx, &row));
    if (a->key.len)
        TRY(submit_keep(cx, a->key, sum, row.id));
    return event_add(cx, &(struct event){.verb = "handover_item", .unit = h.unit, .object = h.id});
}

Err duty_handover_item(Cx *cx, int64_t id, Str what, Str body, Str key)
{
    if (what.len == 0 || str_n_chars(what) > 40)
        return fail(cx, ERR_INVALID, "what", T("请填写要交接的东西，最多 40 字"));
    return db_transaction(cx, item_step, &(struct adding_item){id, what, body, key});
}

/* --- asking --- */

enum { SHOWN = 200 };

Err duty_handovers(Cx *cx, struct handovers *out)
{
    struct sql_duty_handovers_rows rows;

    TRY(sql_duty_handovers(cx, &(struct sql_duty_handovers){.limit = SHOWN}, &rows));
    struct handover *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct handover);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct handover){.id = rows.at[i].id,
            .from_person = rows.at[i].from_person,
            .to_person = rows.at[i].to_person,
            .unit = rows.at[i].unit,
            .place = rows.at[i].place,
            .post = duty_post(rows.at[i].post),
            .from_on = rows.at[i].from_on,
            .moved = str_eq(rows.at[i].state, S("moved")),
            .old_at = rows.at[i].old_at,
            .new_at = rows.at[i].new_at,
            .witness_at = rows.at[i].witness_at};
    *out = (struct handovers){at, rows.n};
    return OK;
}

Err duty_handover_find(Cx *cx, int64_t id, struct handover *out)
{
    struct sql_duty_handover_find_row h;

    TRY(sql_duty_handover_find(cx, &(struct sql_duty_handover_find){.id = id}, &h));
    *out = (struct handover){.id = h.id,
        .from_person = h.from_person,
        .to_person = h.to_person,
        .unit = h.unit,
        .place = h.place,
        .n_moved = h.n_moved,
        .post = duty_post(h.post),
        .from_on = h.from_on,
        .moved = str_eq(h.state, S("moved")),
        .old_at = h.old_at,
        .new_at = h.new_at,
        .witness = h.witness,
        .witness_at = h.witness_at};
    return OK;
}

Err duty_handover_things(Cx *cx, int64_t id, struct handover_things *out)
{
    struct sql_duty_items_rows rows;

    TRY(sql_duty_items(cx, &(struct sql_duty_items){.handover = id, .limit = SHOWN}, &rows));
    struct handover_thing *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct handover_thing);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct handover_thing){rows.at[i].what, rows.at[i].body};
    *out = (struct handover_things){at, rows.n};
    return OK;
}
