/* meeting.c — 领导小组、调度会: its members, the agenda, what is decided. */
#include "rooms/meeting/meeting.h"

#include "base/day.h"
#include "base/fields.h"
#include "base/utf8.h"
#include "rooms/assess/assess.h"
#include "rooms/climb/climb.h"
#include "rooms/goal/goal.h"
#include "rooms/meeting/meeting_inner.h"
#include "rooms/people/people.h"
#include "rooms/problem/problem_office.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"
#include "store/submit.h"

#include <stdlib.h>

enum { TEXT_MAX = 120, MINUTES_MAX = 4000, PLACE_CHARS = 40, ITEMS_MAX = 300, LATE_LEVEL = 5 };

/* ---- the group */

Err meeting_group_posts(Cx *cx, uint32_t *bits)
{
    struct sql_meeting_posts_rows rows;
    TRY(sql_meeting_posts(cx, &(struct sql_meeting_posts){.limit = N_POSTS}, &rows));
    *bits = rows.n ? 0 : USUAL_MEMBERS;
    for (size_t i = 0; i < rows.n; i++) {
        enum post p = post_named(rows.at[i].post.at, rows.at[i].post.len);
        *bits |= p ? HAS(p) : 0;
    }
    return OK;
}

static int by_post(const void *a, const void *b)
{
    const struct holder *x = a, *y = b;
    return x->post != y->post ? (int)x->post - (int)y->post
                              : (x->person > y->person) - (x->person < y->person);
}

Err meeting_group(Cx *cx, struct holders *to)
{
    struct holders all;
    uint32_t bits;
    size_t n = 0;
    TRY(meeting_group_posts(cx, &bits));
    TRY(duty_all_holders(cx, bits, &all));
    struct holder *at = NEW_ARRAY(&cx->mem, all.n + 1, struct holder);
    for (size_t i = 0; i < all.n; i++)
        at[i] = all.at[i];
    qsort(at, all.n, sizeof *at, by_post);
    for (size_t i = 0; i < all.n; i++) {
        bool there = false;
        for (size_t k = 0; k < n; k++)
            there |= at[k].person == at[i].person;
        if (!there)
            at[n++] = at[i];
    }
    *to = (struct holders){at, n};
    return OK;
}

static Err group_step(Cx *cx, void *arg)
{
    uint32_t bits = *(const uint32_t *)arg;
    TRY(sql_meeting_posts_clear(cx));
    for (int post = POST_NONE + 1; post < N_POSTS; post++)
        if (bits & HAS(post))
            TRY(sql_meeting_post_add(
                cx, &(struct sql_meeting_post_add){.post = str(posts[post].code)}));
    return event_add(cx, &(struct event){.verb = "leading_group", .unit = cx->town_id * 1000000});
}

Err meeting_group_set(Cx *cx, uint32_t bits)
{
    bits &= STAFF_POSTS;
    if (!bits)
        return fail(cx, ERR_INVALID, "post", T("领导小组至少要有一个岗位"));
    return db_transaction(cx, group_step, &bits);
}

/* ---- the agenda */

struct agenda {
    int64_t meeting, no;
    const struct sql_meeting_items_row *had;
    size_t n_had;
};

static Err put(Cx *cx, struct agenda *a, const char *kind, int64_t object, Str body, Str path)
{
    for (size_t i = 0; object && i < a->n_had; i++)
        if (a->had[i].object == object && str_eq(a->had[i].kind, str(kind)))
            return OK;
    if (a->no >= ITEMS_MAX)
        return OK;
    return sql_meeting_item_insert(cx, &(struct sql_meeting_item_insert){.meeting = a->meeting,
                                           .no = ++a->no,
                                           .kind = str(kind),
                                           .object = object,
                                           .body = body,
                                           .path = path});
}

static Str path_to(Cx *cx, const char *room, int64_t id)
{
    return str(arena_printf(&cx->mem, "/%s/%lld", room, (long long)id));
}

/* What was decided before and is not done is read first. */
static Err put_tasks(Cx *cx, struct agenda *a)
{
    struct sql_task_all_open_rows rows;
    TRY(sql_task_all_open(cx, &(struct sql_task_all_open){.limit = ITEMS_MAX}, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(put(
            cx, a, "task", rows.at[i].id, rows.at[i].text, path_to(cx, "tasks", rows.at[i].id)));
    return OK;
}

static Err put_problems(Cx *cx, struct agenda *a)
{
    struct problem_lates lates;
    struct problem_ask_rows asks;
    TRY(problem_late(cx, LATE_LEVEL, &lates));
    for (size_t i = 0; i < lates.n; i++)
        TRY(put(cx, a, "late", lates.at[i].id, lates.at[i].title,
            path_to(cx, "problems", lates.at[i].id)));
    TRY(problem_asks_open(cx, &asks));
    for (size_t i = 0; i < asks.n; i++)
        TRY(put(
            cx, a, "ask", asks.at[i].id, asks.at[i].title, path_to(cx, "problems", asks.at[i].id)));
    return OK;
}

static Err put_others(Cx *cx, struct agenda *a)
{
    struct assess_waiting appeals;
    struct goal_late late;
    TRY(assess_appeals_waiting(cx, &appeals));
    for (size_t i = 0; i < appeals.n; i++)
        TRY(put(cx, a, "appeal", appeals.at[i].id, appeals.at[i].said, S("/assess")));
    TRY(goal_requirements_late(cx, &late));
    for (size_t i = 0; i < late.n; i++)
        TRY(put(cx, a, "requirement", late.at[i].id, late.at[i].text,
            path_to(cx, "ledgers/requirement", late.at[i].id)));
    return OK;
}

static Err draft_items(Cx *cx, int64_t meeting)
{
    struct sql_meeting_items_rows had;
    TRY(sql_meeting_items(
        cx, &(struct sql_meeting_items){.meeting = meeting, .limit = ITEMS_MAX}, &had));
    struct agenda a = {meeting, had.n ? had.at[had.n - 1].no : 0, had.at, had.n};
    TRY(put_tasks(cx, &a));
    TRY(put_problems(cx, &a));
    return put_others(cx, &a);
}

static Err check_maker(Cx *cx)
{
    uint32_t have;
    TRY(duty_posts_over(cx, cx->town_id * 1000000, &have));
    return have & MEETING_MAKERS
               ? OK
               : fail(cx, ERR_FORBIDDEN, NULL, T("由领导小组办公室或者总指挥办理"));
}

static Err check_new(Cx *cx, const struct meeting_new *in)
{
    int64_t day;
    TRY(check_maker(cx));
    if (!day_parse(in->held_on, &day))
        return fail(cx, ERR_INVALID, "held_on", T("日期应写成 2026-06-12 这样"));
    if (str_n_chars(in->place) > PLACE_CHARS)
        return fail(cx, ERR_INVALID, "place", T("地点最多 40 个字"));
    if (!in->presider || !in->recorder)
        return fail(
            cx, ERR_INVALID, in->presider ? "recorder" : "presider", T("请选主持人和记录人"));
    if (in->presider == in->recorder)
        return fail(cx, ERR_INVALID, "recorder", T("记录人和主持人不能是同一个人"));
    return OK;
}

struct drafting {
    const struct meeting_new *in;
    int64_t id;
};

static Err draft_step(Cx *cx, void *arg)
{
    struct drafting *d = arg;
    unsigned char sum[SUM_BYTES];
    Sum s;
    sum_begin(&s);
    sum_str(&s, d->in->held_on);
    sum_str(&s, d->in->place);
    sum_end(&s, sum);
    Err e = submit_seen(cx, d->in->key, sum, &d->id);
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    d->id = new_id(cx);
    TRY(sql_meeting_insert(cx, &(struct sql_meeting_insert){.id = d->id,
                                   .held_on = d->in->held_on,
                                   .begins = d->in->begins,
                                   .place = d->in->place,
                                   .presider = d->in->presider,
                                   .recorder = d->in->recorder}));
    if (d->in->key.len)
        TRY(submit_keep(cx, d->in->key, sum, d->id));
    TRY(draft_items(cx, d->id));
    return event_add(cx, &(struct event){.verb = "meeting",
                             .unit = cx->town_id * 1000000,
                             .object = d->id,
                             .to = S("draft"),
                             .said = d->in->held_on});
}

Err meeting_draft(Cx *cx, const struct meeting_new *in, int64_t *id)
{
    struct drafting d = {.in = in};
    TRY(check_new(cx, in));
    TRY(db_transaction(cx, draft_step, &d));
    *id = d.id;
    return OK;
}

/* The meeting as a draft. */
static Err in_draft(Cx *cx, int64_t id, struct sql_meeting_find_row *m)
{
    TRY(sql_meeting_find(cx, &(struct sql_meeting_find){.id = id}, m));
    return str_eq(m->state, S("draft"))
               ? OK
               : fail(cx, ERR_CONFLICT, NULL, T("这次会已经开过，议程不能再改"));
}

struct adding {
    int64_t id;
    Str text; /* empty: what has come up */
};

static Err add_step(Cx *cx, void *arg)
{
    const struct adding *a = arg;
    struct sql_meeting_find_row m;
    struct sql_meeting_items_rows had;
    TRY(in_draft(cx, a->id, &m));
    if (!a->text.len)
        return draft_items(cx, a->id);
    TRY(sql_meeting_items(
        cx, &(struct sql_meeting_items){.meeting = a->id, .limit = ITEMS_MAX}, &had));
    struct agenda to = {a->id, had.n ? had.at[had.n - 1].no : 0, NULL, 0};
    TRY(put(cx, &to, "other", 0, a->text, S("")));
    return event_add(
        cx, &(struct event){
                .verb = "agenda", .unit = cx->town_id * 1000000, .object = a->id, .said = a->text});
}

Err meeting_redraft(Cx *cx, int64_t id)
{
    TRY(check_maker(cx));
    return db_transaction(cx, add_step, &(struct adding){.id = id});
}

Err meeting_item_add(Cx *cx, int64_t id, Str text)
{
    struct adding a = {id, str_trim(text)};
    TRY(check_maker(cx));
    if (!a.text.len || str_n_chars(a.text) > TEXT_MAX)
        return fail(cx, ERR_INVALID, "text", T("请写议题，最多 120 个字"));
    return db_transaction(cx, add_step, &a);
}

/* ---- decisions */

struct deciding {
    const struct meeting_decision *in;
    Str text;
    int64_t task;
};

static Err check_decision(Cx *cx, const struct meeting_decision *in, Str text, Str held_on)
{
    int64_t day;
    uint32_t have = 0;
    if (!text.len || str_n_chars(text) > TEXT_MAX)
        return fail(cx, ERR_INVALID, "text", T("请写决定了什么，最多 120 个字"));
    if (!day_parse(in->due_on, &day))
        return fail(cx, ERR_INVALID, "due_on", T("期限应写成 2026-06-12 这样"));
    if (memcmp(in->due_on.at, held_on.at, 10) < 0)
        return fail(cx, ERR_INVALID, "due_on", T("期限不能早于开会那天"));
    if (in->owner)
        TRY(duty_posts(cx, in->owner, &have));
    if (!(have & STAFF_POSTS))
        return fail(cx, ERR_INVALID, "owner", T("请选一位现在有岗位的责任人"));
    return OK;
}

static Err decide_step(Cx *cx, void *arg)
{
    struct deciding *d = arg;
    const struct meeting_decision *in = d->in;
    struct sql_meeting_find_row m;
    unsigned char sum[SUM_BYTES];
    Sum s;
    TRY(sql_meeting_find(cx, &(struct sql_meeting_find){.id = in->meeting}, &m));
    TRY(check_decision(cx, in, d->text, m.held_on));
    sum_begin(&s);
    sum_str(&s, d->text);
    sum_i64(&s, in->owner);
    sum_end(&s, sum);
    Err e = submit_seen(cx, in->key, sum, &d->task);
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(task_new(cx,
        &(struct task_new){in->meeting, in->item, in->owner, m.held_on, d->text, in->due_on},
        &d->task));
    if (in->key.len)
        TRY(submit_keep(cx, in->key, sum, d->task));
    return in->item ? sql_meeting_item_decided(cx,
               &(struct sql_meeting_item_decided){
                   .meeting = in->meeting, .no = in->item, .decision = d->text})
                    : OK;
}

Err meeting_decide(Cx *cx, const struct meeting_decision *in, int64_t *task)
{
    struct deciding d = {.in = in, .text = str_trim(in->text)};
    TRY(check_maker(cx));
    TRY(db_transaction(cx, decide_step, &d));
    *task = d.task;
    return OK;
}

/* ---- held */

static Err hold_step(Cx *cx, void *arg)
{
    const struct meeting_held *in = arg;
    struct sql_meeting_find_row m;
    TRY(in_draft(cx, in->id, &m));
    Err e = sql_meeting_held(cx,
        &(struct sql_meeting_held){
            .id = in->id, .version = in->version, .present = in->present, .minutes = in->minutes});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "version", T("刚有人改过，请刷新看看再存"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = "meeting_held",
                             .unit = cx->town_id * 1000000,
                             .object = in->id,
                             .from = S("draft"),
                             .to = S("held"),
                             .said = in->minutes});
}

Err meeting_hold(Cx *cx, const struct meeting_held *in)
{
    struct meeting_held held = *in;
    struct sql_meeting_find_row m;
    held.minutes = str_trim(in->minutes);
    TRY(sql_meeting_find(cx, &(struct sql_meeting_find){.id = in->id}, &m));
    if (cx->me.person != m.recorder)
        TRY(check_maker(cx));
    if (!held.present.len)
        return fail(cx, ERR_INVALID, "present", T("请勾上到会的人"));
    if (!held.minutes.len || str_n_chars(held.minutes) > MINUTES_MAX)
        return fail(cx, ERR_INVALID, "minutes", T("请写会议记录，最多 4000 个字"));
    return db_transaction(cx, hold_step, &held);
}

Err meeting_next(Cx *cx, int64_t *id, Str *held_on)
{
    struct sql_meeting_drafts_rows rows;
    TRY(sql_meeting_drafts(cx, &(struct sql_meeting_drafts){.limit = 1}, &rows));
    *id = rows.n ? rows.at[0].id : 0;
    *held_on = rows.n ? rows.at[0].held_on : (Str){0};
    return OK;
}
