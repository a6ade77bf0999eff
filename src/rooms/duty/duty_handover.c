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
        if (hooks[i]->move)
            TRY(hooks[i]->move(cx, from, to, unit, post));
    return OK;
}

Err duty_handover_stands(Cx *cx, const struct handover *h, int64_t person, Text say)
{
    Str path = str(arena_printf(&cx->mem, "/handover/%lld", (long long)h->id));
    for (size_t i = 0; i < n_hooks; i++)
        if (hooks[i]->stands)
            TRY(hooks[i]->stands(
                cx, h->id, h->unit, person, say, town_unit_name(cx, h->unit), path));
    return OK;
}

static Err tell_confirmed(Cx *cx, int64_t id, int64_t person)
{
    for (size_t i = 0; i < n_hooks; i++)
        if (hooks[i]->confirmed)
            TRY(hooks[i]->confirmed(cx, id, person));
    return OK;
}

static Err lines_now(
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

static struct handover read(const struct sql_duty_handover_find_row *h)
{
    return (struct handover){.id = h->id,
        .from_person = h->from_person,
        .to_person = h->to_person,
        .unit = h->unit,
        .place = h->place,
        .n_moved = h->n_moved,
        .post = duty_post(h->post),
        .from_on = h->from_on,
        .moved = str_eq(h->state, S("moved")),
        .old_at = h->old_at,
        .new_at = h->new_at,
        .witness = h->witness,
        .witness_at = h->witness_at};
}

/* Who may witness: the first level above with somebody who is neither of the two; above the
 * commander there is nobody in the town, so it is the office. */
Err duty_handover_witnesses(Cx *cx, const struct handover *h, struct holders *to)
{
    enum { TOP = 6, OFFICE_LEVEL = 5 };
    int own = posts[h->post].level;
    struct holder *at = NULL;
    size_t n = 0;
    for (int level = own < 0 ? OFFICE_LEVEL : own + 1; !n && level <= TOP + 1; level++) {
        struct holders above;
        TRY(duty_level(cx, h->unit, level > TOP ? OFFICE_LEVEL : level, &above));
        at = NEW_ARRAY(&cx->mem, above.n + 1, struct holder);
        for (size_t i = 0; i < above.n; i++)
            if (above.at[i].person != h->from_person && above.at[i].person != h->to_person)
                at[n++] = above.at[i];
    }
    *to = (struct holders){at, n};
    return OK;
}

static Err tell_one(Cx *cx, int64_t to, const struct handover *h, Text say, const char *key)
{
    return notice_add(
        cx, &(struct notice){.to = to,
                .say = say,
                .about = town_unit_name(cx, h->unit),
                .object = h->id,
                .path = str(arena_printf(&cx->mem, "/handover/%lld", (long long)h->id)),
                .key = key});
}

static Err tell_three(Cx *cx, const struct sql_duty_handover_find_row *row)
{
    struct handover h = read(row);
    struct holders above;
    TRY(tell_one(cx, h.from_person, &h, T("您的岗位将交接，请确认交接清单"), "handover_old"));
    TRY(tell_one(cx, h.to_person, &h, T("您将接任，请核对并确认交接清单"), "handover_new"));
    TRY(duty_handover_witnesses(cx, &h, &above));
    for (size_t i = 0; i < above.n; i++)
        TRY(tell_one(
            cx, above.at[i].person, &h, T("请监交：核对并确认交接清单"), "handover_witness"));
    return OK;
}

/* Inside a transaction; a second node that comes later finds it moved. */
static Err move_now(Cx *cx, const struct sql_duty_handover_find_row *h)
{
    struct handover_lines lines;
    enum post post = duty_post(h->post);

    TRY(lines_now(cx, h->from_person, h->unit, post, &lines));
    TRY(sql_duty_handover_moved(
        cx, &(struct sql_duty_handover_moved){.id = h->id, .n_moved = (int64_t)lines.n}));
    for (size_t i = 0; i < lines.n; i++) /* the three confirm what moved, also days later */
        TRY(sql_duty_line_keep(cx, &(struct sql_duty_line_keep){.handover = h->id,
                                       .no = (int64_t)i + 1,
                                       .text = lines.at[i].text,
                                       .path = lines.at[i].path}));
    TRY(duty_move_work(cx, h->from_person, h->to_person, h->unit, post));
    TRY(event_add(cx, &(struct event){.verb = "handover_move",
                          .unit = h->unit,
                          .object = h->id,
                          .from = S("waits"),
                          .to = S("moved")}));
    struct handover moved = read(h);
    return tell_one(cx, h->to_person, &moved, T("岗位已交接，在办事项已转给您"), "handover");
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
    TRY(sql_duty_handover_find(cx, &(struct sql_duty_handover_find){.id = id}, &made));
    TRY(tell_three(cx, &made));
    return memcmp(is.from_on.at, duty_today(cx).at, 10) > 0 ? OK : move_now(cx, &made);
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

Err duty_handover_witness(Cx *cx, const struct handover *h, bool *may)
{
    struct holders above;

    TRY(duty_handover_witnesses(cx, h, &above));
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

static Err one_of_three(Cx *cx, int64_t id, struct handover *h, bool *witness)
{
    TRY(duty_handover_find(cx, id, h));
    TRY(duty_handover_witness(cx, h, witness));
    return cx->me.person == h->from_person || cx->me.person == h->to_person || *witness
               ? OK
               : fail(cx, ERR_FORBIDDEN, NULL, T("交接由原任、接任和上一级监交人确认"));
}

/* What reminds of it goes: their own; a witness's yes spares the other witnesses; the third yes
 * everybody. */
static Err settle(Cx *cx, const struct handover *before, int64_t me, bool witnessed)
{
    struct holders above = {0};
    int n = before->old_at.set + before->new_at.set + before->witness_at.set;
    if (n == 2)
        return tell_confirmed(cx, before->id, 0);
    TRY(tell_confirmed(cx, before->id, me));
    if (witnessed)
        TRY(duty_handover_witnesses(cx, before, &above));
    for (size_t i = 0; i < above.n; i++)
        TRY(tell_confirmed(cx, before->id, above.at[i].person));
    return OK;
}

static Err confirm_step(Cx *cx, void *arg)
{
    int64_t id = *(int64_t *)arg, me = cx->me.person;
    struct handover h;
    const char *verb = NULL;
    bool witness;

    TRY(one_of_three(cx, id, &h, &witness));
    if (me == h.from_person && !h.old_at.set) {
        TRY(sql_duty_handover_old(cx, &(struct sql_duty_handover_old){.id = id}));
        verb = "handover_old";
    } else if (me == h.to_person && !h.new_at.set) {
        TRY(sql_duty_handover_new_holder(cx, &(struct sql_duty_handover_new_holder){.id = id}));
        verb = "handover_new";
    } else if (witness && !h.witness_at.set) {
        TRY(sql_duty_handover_witness(cx, &(struct sql_duty_handover_witness){.id = id}));
        verb = "handover_witness";
    } else {
        return fail(cx, ERR_CONFLICT, NULL, T("已经确认过"));
    }
    TRY(settle(cx, &h, me, str_eq(str(verb), S("handover_witness"))));
    return event_add(cx, &(struct event){.verb = verb, .unit = h.unit, .object = id});
}

Err duty_handover_confirm(Cx *cx, int64_t id)
{
    return db_transaction(cx, confirm_step, &id);
}

/* --- what does not move by itself, and what is wrong with the list --- */

struct adding_item {
    int64_t handover;
    Str what, body, key;
};

/* OK: this form came before; ERR_NOT_FOUND: it is new, sum is to be kept. */
static Err came_before(Cx *cx, const struct adding_item *a, unsigned char sum[SUM_BYTES])
{
    int64_t same;
    Sum s;
    sum_begin(&s);
    sum_i64(&s, a->handover);
    sum_str(&s, a->what);
    sum_str(&s, a->body);
    sum_end(&s, sum);
    Err e = submit_seen(cx, a->key, sum, &same);
    if (e == ERR_NOT_FOUND)
        memset(&cx->why, 0, sizeof cx->why);
    return e;
}

static Err keep_form(Cx *cx, const struct adding_item *a, const unsigned char *sum, int64_t id)
{
    return a->key.len ? submit_keep(cx, a->key, sum, id) : OK;
}

static Err item_step(Cx *cx, void *arg)
{
    const struct adding_item *a = arg;
    unsigned char sum[SUM_BYTES];
    struct handover h;

    TRY(duty_handover_find(cx, a->handover, &h));
    if (h.from_person != cx->me.person)
        return fail(cx, ERR_FORBIDDEN, NULL, T("清单由原任填写"));
    Err e = came_before(cx, a, sum);
    if (e != ERR_NOT_FOUND)
        return e;
    struct sql_duty_item_new row = {
        .handover = a->handover, .id = new_id(cx), .what = a->what, .body = a->body};
    TRY(sql_duty_item_new(cx, &row));
    TRY(keep_form(cx, a, sum, row.id));
    return event_add(cx, &(struct event){.verb = "handover_item", .unit = h.unit, .object = h.id});
}

Err duty_handover_item(Cx *cx, int64_t id, Str what, Str body, Str key)
{
    if (what.len == 0 || str_n_chars(what) > 40)
        return fail(cx, ERR_INVALID, "what", T("请填写要交接的东西，最多 40 字"));
    return db_transaction(cx, item_step, &(struct adding_item){id, what, body, key});
}

static Err object_step(Cx *cx, void *arg)
{
    const struct adding_item *a = arg;
    unsigned char sum[SUM_BYTES];
    struct holders above, office;
    struct handover h;
    bool witness;

    TRY(one_of_three(cx, a->handover, &h, &witness));
    Err e = came_before(cx, a, sum);
    if (e != ERR_NOT_FOUND)
        return e;
    struct sql_duty_note_new row = {.handover = h.id, .id = new_id(cx), .body = a->body};
    TRY(sql_duty_note_new(cx, &row));
    TRY(keep_form(cx, a, sum, row.id));
    TRY(duty_handover_witnesses(cx, &h, &above));
    TRY(duty_holders(cx, h.unit, OFFICE_POSTS, &office));
    const char *key = arena_printf(&cx->mem, "handover_note %lld", (long long)row.id);
    Text say = T("有人对交接清单有异议");
    if (h.from_person != cx->me.person)
        TRY(tell_one(cx, h.from_person, &h, say, key));
    if (h.to_person != cx->me.person)
        TRY(tell_one(cx, h.to_person, &h, say, key));
    for (size_t i = 0; i < above.n + office.n; i++) {
        int64_t to = (i < above.n ? above.at[i] : office.at[i - above.n]).person;
        if (to != cx->me.person)
            TRY(tell_one(cx, to, &h, say, key));
    }
    return event_add(
        cx, &(struct event){
                .verb = "handover_object", .unit = h.unit, .object = h.id, .said = a->body});
}

Err duty_handover_object(Cx *cx, int64_t id, Str body, Str key)
{
    enum { BODY_MAX = 300 };
    Str said = str_trim(body);
    if (!said.len || str_n_chars(said) > BODY_MAX)
        return fail(cx, ERR_INVALID, "body", T("请写清单哪里不对，最多 300 字"));
    return db_transaction(cx, object_step, &(struct adding_item){id, S("note"), said, key});
}

/* --- asking --- */

enum { SHOWN = 200, MOST_LINES = 1000 };

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
    *out = read(&h);
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

Err duty_handover_work(Cx *cx, const struct handover *h, struct handover_lines *out)
{
    struct sql_duty_lines_kept_rows rows;

    if (!h->moved)
        return lines_now(cx, h->from_person, h->unit, h->post, out);
    TRY(sql_duty_lines_kept(
        cx, &(struct sql_duty_lines_kept){.handover = h->id, .limit = MOST_LINES}, &rows));
    struct handover_line *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct handover_line);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct handover_line){rows.at[i].text, rows.at[i].path};
    *out = (struct handover_lines){at, rows.n};
    return OK;
}

Err duty_handover_notes(Cx *cx, int64_t id, struct handover_notes *out)
{
    struct sql_duty_notes_rows rows;

    TRY(sql_duty_notes(cx, &(struct sql_duty_notes){.handover = id, .limit = SHOWN}, &rows));
    struct handover_note *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct handover_note);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct handover_note){rows.at[i].person, rows.at[i].at, rows.at[i].body};
    *out = (struct handover_notes){at, rows.n};
    return OK;
}
