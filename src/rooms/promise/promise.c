/* promise.c — 承诺: drafts, verbs, and what became of them. */
#include "rooms/promise/promise.h"

#include "base/fields.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/notice/notice.h"
#include "rooms/promise/promise_inner.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

#include <inttypes.h>

enum { SHOWN_MAX = 2000, CHANGES_MAX = 100, HASH = 64 };

/* --- the draft */

Err promise_check(Cx *cx, const Promise *in)
{
    Str today = town_today(cx);
    bool number = str_eq(in->measure, S("number"));
    if (!town_village_of(in->unit) || town_village_of(in->unit) != in->unit)
        return fail(cx, ERR_INVALID, "unit", T("请选到村（社区）"));
    if (str_eq(in->state, S("withdrawn")))
        return fail(cx, ERR_INVALID, "text", T("草稿已经撤回，要做请另写一条"));
    if (in->state.len && !str_eq(in->state, S("draft")))
        return fail(
            cx, ERR_INVALID, "text", T("已经亮出的承诺，请在它的页面用“改承诺”改，旧的会留着"));
    if (number && (!in->goal.set || !in->metric.set))
        return fail(cx, ERR_INVALID, in->goal.set ? "metric" : "goal",
            T("看数字的承诺要写明做到多少、什么数"));
    if (!number && in->goal.set)
        return fail(cx, ERR_INVALID, "goal", T("看办没办成的承诺不填数字"));
    if (memcmp(in->due_on.at, today.at, 10) < 0 && cx->me.person != OPERATOR)
        return fail(cx, ERR_INVALID, "due_on", T("期限已经过了"));
    return promise_words_free(cx, in->unit, in->text, in->id);
}

Err promise_named(Cx *cx, int64_t village, Str text, int64_t *id)
{
    struct sql_promise_named_row r;
    TRY(sql_promise_named(cx, &(struct sql_promise_named){.village = village, .text = text}, &r));
    *id = r.id;
    return OK;
}

Err promise_words_free(Cx *cx, int64_t village, Str text, int64_t id)
{
    int64_t there;
    Err e = promise_named(cx, village, text, &there);
    if (e == OK && there != id)
        return fail(cx, ERR_INVALID, "text", T("这个村已经有这条承诺"));
    return e == ERR_NOT_FOUND ? OK : e;
}

/* It is the secretary's, also where the office writes it down for them. */
static Err maker(Cx *cx, int64_t unit, int64_t *person)
{
    struct holders h;
    TRY(duty_holders(cx, unit, HAS(POST_SECRETARY), &h));
    *person = h.n ? h.at[0].person : cx->me.person;
    for (size_t i = 0; i < h.n; i++)
        if (h.at[i].person == cx->me.person)
            *person = cx->me.person;
    return OK;
}

Err promise_add(Cx *cx, const Promise *in)
{
    int64_t made_by;
    TRY(promise_check(cx, in));
    TRY(maker(cx, in->unit, &made_by));
    TRY(sql_promise_insert(cx, &(struct sql_promise_insert){.id = in->id,
                                   .unit = in->unit,
                                   .village = in->unit,
                                   .text = in->text,
                                   .measure = in->measure,
                                   .metric = in->metric,
                                   .goal = in->goal,
                                   .due_on = in->due_on,
                                   .batch = in->batch,
                                   .made_by = made_by}));
    return promise_tell(cx, in, 4, T("有承诺等您同意亮出"), NULL);
}

Err promise_change(Cx *cx, const Promise *in)
{
    TRY(promise_check(cx, in));
    return sql_promise_update(cx, &(struct sql_promise_update){.id = in->id,
                                      .version = in->version,
                                      .unit = in->unit,
                                      .village = in->unit,
                                      .text = in->text,
                                      .measure = in->measure,
                                      .metric = in->metric,
                                      .goal = in->goal,
                                      .due_on = in->due_on});
}

/* --- verbs */

static bool names(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = list; at && (at = strstr(at, name)); at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    return false;
}

static Err has_needed(Cx *cx, const struct step *s, const struct promise_fields *in)
{
    for (const struct field *f = promise_form; f->name; f++) {
        struct value v = field_get(f, in);
        bool there = v.set && !((f->keeps & KEEPS_STR) && !v.s.len);
        if (names(s->needs, f->name) && !there)
            return fail_say(cx, ERR_INVALID, f->name, say_s(cx, T("请填写{s}"), say(cx, f->label)));
        if (there && !names(s->needs, f->name) && !names(s->may, f->name))
            return fail(cx, ERR_INVALID, f->name, T("这一步不用填这一项"));
        if (there && (f->type == FIELD_TEXT || f->type == FIELD_LONG)
            && (int64_t)str_n_chars(v.s) > f->max)
            return fail_say(cx, ERR_INVALID, f->name,
                say_sn(cx, T("{s}最多 {n} 个字"), say(cx, f->label), f->max));
    }
    return OK;
}

static struct sql_promise_move stays(const Promise *p)
{
    return (struct sql_promise_move){.id = p->id,
        .version = p->version,
        .was = p->state,
        .state = p->state,
        .text = p->text,
        .goal = p->goal,
        .due_on = p->due_on,
        .public_at = p->public_at,
        .claimed_at = p->claimed_at,
        .claimed_by = p->claimed_by,
        .claim_text = p->claim_text,
        .result = p->result,
        .evidence = p->evidence,
        .confirmed_at = p->confirmed_at,
        .confirmed_by = p->confirmed_by,
        .end_text = p->end_text,
        .rung = p->rung,
        .next_at = p->next_at};
}

static Err keep_photos(Cx *cx, const struct promising *a)
{
    int64_t attachment;
    for (Str left = a->in->evidence.set ? a->in->evidence.v : (Str){0}; left.len >= HASH;) {
        TRY(attachment_add(cx, a->p.id, a->p.unit, "after", (Str){left.at, HASH}, &attachment));
        size_t used = left.len > HASH ? HASH + 1 : HASH;
        left = (Str){left.at + used, left.len - used};
    }
    return OK;
}

Err promise_posts(Cx *cx, int64_t unit, uint32_t *mine)
{
    struct holders h;
    TRY(duty_posts_over(cx, unit, mine));
    TRY(duty_holders(cx, unit, HAS(POST_DEPT), &h));
    if (!h.n && *mine & HAS(POST_LEAD))
        *mine |= HAS(POST_DEPT);
    return OK;
}

static Err act_step(Cx *cx, void *arg)
{
    struct promising *a = arg;
    struct standing at = {.me = cx->me.person};
    TRY(sql_promise_find(cx, &(struct sql_promise_find){a->id}, &a->p));
    TRY(promise_posts(cx, a->p.unit, &at.posts));
    at.state = machine_state(&promise_machine, a->p.state);
    TRY(step_for(cx, &promise_machine, &at, a->verb, &a->step));
    if (a->in->version.set && a->in->version.v != a->p.version)
        return fail(cx, ERR_CONFLICT, "version", T("这条承诺刚有人动过，请刷新看看再办"));
    TRY(has_needed(cx, a->step, a->in));
    a->to = stays(&a->p);
    if (a->step->to != SAME)
        a->to.state = str(promise_states[a->step->to].code);
    TRY(a->step->rule(cx, a));
    TRY(sql_promise_move(cx, &a->to));
    TRY(keep_photos(cx, a));
    return event_add(
        cx, &(struct event){.verb = arena_printf(&cx->mem, "promise_%s", a->step->verb),
                .unit = a->p.unit,
                .object = a->p.id,
                .from = a->p.state,
                .to = a->to.state,
                .said = a->in->text.v});
}

Err promise_act(Cx *cx, int64_t id, Str verb, const struct promise_fields *in)
{
    struct promising a = {.id = id, .verb = verb, .in = in};
    return db_transaction(cx, act_step, &a);
}

/* --- reading */

bool promise_was_public(const Promise *p)
{
    return !str_eq(p->state, S("draft")) && !str_eq(p->state, S("withdrawn"));
}

bool promise_late(Cx *cx, const Promise *p)
{
    return str_eq(p->state, S("public")) && promise_over_at(p->due_on) <= cx->now;
}

Err promise_open(Cx *cx, int64_t id, Promise *to)
{
    struct sql_promise_any_row row;
    _Static_assert(sizeof row == sizeof *to, "one row, one struct");
    TRY(sql_promise_any(cx, &(struct sql_promise_any){id}, &row));
    memcpy(to, &row, sizeof row);
    if (!promise_was_public(to))
        return sql_promise_find(cx, &(struct sql_promise_find){id}, to);
    return OK;
}

Err promise_due(Cx *cx, int64_t village, Str from_on, Str to_on, struct promises *to)
{
    size_t n = 0;
    const void *rows;
    if (village) {
        struct sql_promise_of_village_rows r;
        TRY(sql_promise_of_village(
            cx, &(struct sql_promise_of_village){.village = village, .limit = SHOWN_MAX}, &r));
        rows = r.at, n = r.n;
    } else {
        struct sql_promise_board_rows r;
        TRY(sql_promise_board(cx,
            &(struct sql_promise_board){.due_from = from_on, .due_to = to_on, .limit = SHOWN_MAX},
            &r));
        rows = r.at, n = r.n;
    }
    _Static_assert(sizeof(Promise) == sizeof(struct sql_promise_of_village_row)
                       && sizeof(Promise) == sizeof(struct sql_promise_board_row),
        "one row, one struct");
    Promise *at = NEW_ARRAY(&cx->mem, n + 1, Promise);
    *to = (struct promises){.at = at};
    for (size_t i = 0; i < n; i++) {
        memcpy(&at[to->n], (const char *)rows + i * sizeof *at, sizeof *at);
        to->n += memcmp(at[to->n].due_on.at, from_on.at, 10) >= 0
                 && memcmp(at[to->n].due_on.at, to_on.at, 10) <= 0;
    }
    return OK;
}

Err promise_changes(Cx *cx, int64_t id, struct promise_changes *to)
{
    struct sql_promise_changes_rows r;
    TRY(sql_promise_changes(
        cx, &(struct sql_promise_changes){.promise = id, .limit = CHANGES_MAX}, &r));
    *to = (struct promise_changes){r.at, r.n};
    return OK;
}

void promise_count(Cx *cx, const Promise *p, struct promise_score *s)
{
    int state = machine_state(&promise_machine, p->state);
    s->n_public++;
    s->n_due += promise_over_at(p->due_on) <= cx->now || state >= CONFIRMED;
    s->n_confirmed += state == CONFIRMED;
    s->n_claimed += state == DONE_CLAIMED;
    s->n_missed += state == MISSED;
    s->n_late += promise_late(cx, p);
}

Str promise_measure_text(Cx *cx, const Promise *p, OptI64 value)
{
    static const struct field number = {.type = FIELD_DECIMAL, .keeps = KEEPS_I64, .scale = 2};
    if (!value.set)
        return str_eq(p->measure, S("fact")) ? say(cx, T("办成")) : (Str){0};
    Str n = field_text(cx, &number, (struct value){.set = true, .i = value.v}, SHOW_PAGE);
    for (bool point = memchr(n.at, '.', n.len) != NULL; point && n.len; n.len--) {
        if (n.at[n.len - 1] == '.') {
            n.len--;
            break;
        }
        if (n.at[n.len - 1] != '0')
            break;
    }
    Str metric = p->metric.set ? p->metric.v : (Str){0};
    return str(arena_printf(&cx->mem, "%.*s %.*s", (int)n.len, n.at, (int)metric.len, metric.at));
}

/* ---- 交接: a village's commitments stay with the village; its new secretary is to know them */

static Err hand_list(
    Cx *cx, int64_t person, int64_t unit, enum post post, struct handover_lines *to)
{
    struct sql_promise_unkept_rows rows;
    (void)person;
    *to = (struct handover_lines){0};
    if (post != POST_SECRETARY)
        return OK;
    TRY(sql_promise_unkept(cx,
        &(struct sql_promise_unkept){.village = town_village_of(unit), .limit = CHANGES_MAX},
        &rows));
    struct handover_line *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct handover_line);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct handover_line){
            say_ab(cx, T("承诺（{b} 前）：{a}"), rows.at[i].text, rows.at[i].due_on),
            str(arena_printf(&cx->mem, "/promises/%" PRId64, rows.at[i].id))};
    *to = (struct handover_lines){at, rows.n};
    return OK;
}

const struct handover_hook promise_handover = {.what = "promise", .list = hand_list};
