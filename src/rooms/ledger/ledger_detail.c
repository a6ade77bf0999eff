/* ledger_detail.c — one row with its history; behind the masks for who says why (PII-3). */
#include "rooms/ledger/ledger_inner.h"

#include "base/day.h"
#include "gen/sql_ledger.h"
#include "rooms/attachment/attachment.h"
#include "rooms/people/people.h"
#include "store/log.h"

/* Photos are shown by the id of their attachment. */
Err ledger_photos(Cx *cx, int64_t object, struct cells *cells)
{
    struct attachments all = {0};
    bool any = false;
    for (size_t i = 0; i < cells->n; i++)
        any |= cells->at[i].photos.n > 0;
    if (any)
        TRY(attachment_of(cx, object, &all));
    for (size_t i = 0; i < cells->n; i++)
        for (size_t k = 0; k < cells->at[i].photos.n; k++)
            for (size_t j = 0; j < all.n; j++)
                if (str_eq(all.at[j].hash, cells->at[i].photos.at[k].hash))
                    cells->at[i].photos.at[k].id = all.at[j].id;
    return OK;
}

static Str actor_name(Cx *cx, int64_t actor)
{
    if (actor == OPERATOR)
        return say(cx, T("命令行"));
    return actor ? people_name(cx, actor) : say(cx, T("系统"));
}

static Str verb_name(Cx *cx, Str verb)
{
    static const struct option verbs[] = {
        {"add",        T("新增")},
        {"change",            T("修改")},
        {"unmask",T("看全")},
        {"import",     T("导入")},
        {"undo",            T("撤销导入")},
        {0}
    };
    for (const struct option *o = verbs; o->code; o++)
        if (str_eq(verb, str(o->code)))
            return say(cx, o->label);
    return verb;
}

static Err history(Cx *cx, int64_t id, struct ledger_detail_view *v)
{
    const struct event_row *rows;
    size_t n;
    TRY(events_of(cx, id, &rows, &n));
    v->events.at = NEW_ARRAY(&cx->mem, n, struct ledger_event);
    for (size_t i = n; i-- > 0;) /* latest first */
        v->events.at[v->events.n++] = (struct ledger_event){.at = day_time_text(cx, rows[i].at),
            .who = actor_name(cx, rows[i].actor),
            .verb = verb_name(cx, rows[i].verb),
            .said = rows[i].erased ? say(cx, T("（内容已删除）")) : rows[i].said};
    return OK;
}

static Err detail(Cx *cx, const struct ledger *l, int64_t id, const void *row, enum sight sight,
    struct ledger_detail_view *v)
{
    *v = (struct ledger_detail_view){.name = str(l->name),
        .label = say(cx, l->label),
        .id = id,
        .version = ledger_i64(row, l->version_at),
        .unmasked = sight == SIGHT_FULL,
        .writes = ledger_writes(cx, l)};
    v->cells = row_cells(cx, l->fields, row, sight, 0);
    for (size_t i = 0; i < v->cells.n; i++)
        v->some_masked |= v->cells.at[i].masked && ledger_unmasks(cx, l);
    for (const struct field *f = l->fields; f->name && !v->title.len; f++)
        if (f->type == FIELD_TEXT && f->flags & IN_LIST)
            v->title = field_shown(cx, f, field_get(f, row), SHOW_PAGE, SIGHT_STAFF);
    if (!v->title.len)
        v->title = v->label;
    TRY(ledger_photos(cx, id, &v->cells));
    return history(cx, id, v);
}

/* Ids are unique over all kinds: at most one ledger has the row, and finds it only in scope. */
Err ledger_photo_seen(Cx *cx, int64_t object)
{
    size_t n;
    const struct ledger *const *all = ledger_all(cx, &n);
    for (size_t i = 0; i < n; i++) {
        bool shows = false;
        for (const struct field *f = all[i]->fields; f->name; f++)
            shows |= f->type == FIELD_IMAGES;
        if (!shows || !ledger_sees(cx, all[i]) || !all[i]->find)
            continue;
        Err e = all[i]->find(cx, object, arena_alloc(&cx->mem, all[i]->row_size));
        if (e != ERR_NOT_FOUND)
            return e;
    }
    return ERR_NOT_FOUND;
}

Err ledger_detail(
    Cx *cx, const struct ledger *l, int64_t id, enum sight sight, struct ledger_detail_view *v)
{
    char *row = arena_alloc(&cx->mem, l->row_size);
    TRY(ledger_find(cx, l, id, row));
    return detail(cx, l, id, row, sight, v);
}

struct unmasking {
    const struct ledger *l;
    const void *row;
    int64_t id;
    Str reason;
};

static Err unmask_step(Cx *cx, void *arg)
{
    const struct unmasking *u = arg;
    Str today = day_text(cx, day_of(cx->now));
    TRY(sql_ledger_unmask_first(cx, &(struct sql_ledger_unmask_first){.day = today}));
    Err e = sql_ledger_unmask_take(
        cx, &(struct sql_ledger_unmask_take){.day = today, .most = UNMASKS_A_DAY});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_FORBIDDEN, "reason", T("今天看全的次数用完了，请明天再看"));
    TRY(e);
    return event_add(cx, &(struct event){.verb = "unmask",
                             .unit = ledger_i64(u->row, u->l->unit_at),
                             .object = u->id,
                             .to = str(u->l->name),
                             .said = u->reason});
}

Err ledger_unmask(
    Cx *cx, const struct ledger *l, int64_t id, Str reason, struct ledger_detail_view *v)
{
    static const struct field text = {.name = "reason",
        .label = T("理由"),
        .type = FIELD_TEXT,
        .keeps = KEEPS_STR,
        .max = REASON_MAX};
    char *row = arena_alloc(&cx->mem, l->row_size);
    struct value said;
    Str why;
    TRY(ledger_find(cx, l, id, row));
    if (!ledger_unmasks(cx, l))
        return fail(cx, ERR_FORBIDDEN, "reason", T("姓名和电话由办公室保管，您看不到全部"));
    if (!field_read(cx, &text, reason, 0, &said, &why))
        return fail_say(cx, ERR_INVALID, "reason", why);
    struct unmasking u = {.l = l, .row = row, .id = id, .reason = said.s};
    TRY(db_transaction(cx, unmask_step, &u));
    return detail(cx, l, id, row, SIGHT_FULL, v);
}
