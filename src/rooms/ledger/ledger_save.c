/* ledger_save.c — one row: form → check → rule, submission key, photos and log in one transaction.
 */
#include "rooms/ledger/ledger_inner.h"

#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "store/log.h"
#include "store/submit.h"

void ledger_sum(Cx *cx, const struct ledger *l, const void *row, unsigned char to[SUM_BYTES])
{
    Sum sum;
    sum_begin(&sum);
    sum_str(&sum, str(l->name));
    for (const struct field *f = l->fields; f->name; f++)
        if (!(f->flags & DERIVED))
            sum_str(&sum, field_text(cx, f, field_get(f, row), SHOW_FILE));
    sum_end(&sum, to);
}

Err ledger_may_write(Cx *cx, const struct ledger *l, const void *row, uint32_t any_of)
{
    uint32_t mine = 0;
    if (cx->me.person == OPERATOR || l->unit_at == NOWHERE)
        return OK;
    int64_t unit = ledger_i64(row, l->unit_at); /* 0: not said, then the town's */
    TRY(duty_posts_over(cx, unit ? unit : cx->town_id * 1000000, &mine));
    return mine & any_of ? OK : fail(cx, ERR_FORBIDDEN, "unit", T("这个单位不归您管"));
}

/* The photos that the row names are the row's: who sees it sees them. */
static Err keep_photos(Cx *cx, const struct ledger *l, const void *row, int64_t id)
{
    int64_t unit = ledger_i64(row, l->unit_at), attachment;
    for (const struct field *f = l->fields; f->name; f++) {
        if (f->type != FIELD_IMAGES || f->flags & DERIVED)
            continue;
        Str codes = field_get(f, row).s;
        while (codes.len >= 64) {
            TRY(attachment_add(cx, id, unit, "add", (Str){codes.at, 64}, &attachment));
            size_t used = codes.len > 64 ? 65 : 64;
            codes = (Str){codes.at + used, codes.len - used};
        }
    }
    return OK;
}

static Err log_it(Cx *cx, const struct ledger *l, const char *verb, const void *row, Str said)
{
    return event_add(cx, &(struct event){.verb = verb,
                             .unit = ledger_i64(row, l->unit_at),
                             .object = ledger_i64(row, l->id_at),
                             .to = str(l->name),
                             .said = said});
}

Err ledger_keep(Cx *cx, const struct ledger *l, void *row, Str key, struct taken *to, bool *again)
{
    unsigned char sum[SUM_BYTES];
    ledger_sum(cx, l, row, sum);
    *to = (struct taken){0};
    Err e = submit_seen(cx, key, sum, &to->object);
    *again = e == OK;
    if (e != ERR_NOT_FOUND)
        return e;
    if (l->take) {
        TRY(l->take(cx, row, to));
    } else {
        to->object = new_id(cx);
        memcpy((char *)row + l->id_at, &to->object, sizeof to->object);
        TRY(l->add(cx, row));
        TRY(keep_photos(cx, l, row, to->object));
        TRY(log_it(cx, l, "add", row, (Str){0}));
    }
    return key.len ? submit_keep(cx, key, sum, to->object) : OK;
}

Err ledger_keep_changed(Cx *cx, const struct ledger *l, const void *was, const void *row)
{
    TRY(l->change(cx, row));
    TRY(keep_photos(cx, l, row, ledger_i64(row, l->id_at)));
    return log_it(cx, l, "change", row, fields_diff(cx, l->fields, was, row));
}

struct keeping {
    const struct ledger *l;
    const char *was;
    char *row;
    Str key;
    struct taken to;
};

static Err add_step(Cx *cx, void *arg)
{
    struct keeping *k = arg;
    bool again;
    return ledger_keep(cx, k->l, k->row, k->key, &k->to, &again);
}

static Err change_step(Cx *cx, void *arg)
{
    const struct keeping *k = arg;
    return ledger_keep_changed(cx, k->l, k->was, k->row);
}

/* What lies sealed is not sent back to a browser whole: the form says it in part, and an empty
 * field keeps what was there. */
static Err cover_sealed(
    Cx *cx, const struct ledger *l, int64_t id, const void *theirs, struct cells *cells)
{
    char *was = NULL;
    for (size_t i = 0; id && i < cells->n; i++) {
        struct cell *c = &cells->at[i];
        const struct field *f = field_named(l->fields, c->name);
        if (!f || !(f->flags & SEALED))
            continue;
        if (!was) {
            was = arena_alloc(&cx->mem, l->row_size);
            TRY(ledger_find(cx, l, id, was));
        }
        Str shown = field_shown(cx, f, field_get(f, was), SHOW_PAGE, SIGHT_STAFF);
        if (!shown.len)
            continue;
        if (str_eq(c->value, field_text(cx, f, field_get(f, was), SHOW_FILE)))
            c->value = (Str){0};
        if (c->conflict && theirs)
            c->theirs = shown;
        c->required = false;
        c->hint = say_s(cx, T("现在是 {s}，空着就不改"), shown);
    }
    return OK;
}

static struct pairs sealed_kept(Cx *cx, const struct ledger *l, const void *was, struct pairs typed)
{
    struct pair *at = NEW_ARRAY(&cx->mem, typed.n + 1, struct pair);
    for (size_t i = 0; i < typed.n; i++) {
        const struct field *f = field_named(l->fields, typed.at[i].name);
        at[i] = typed.at[i];
        if (f && f->flags & SEALED && !str_trim(at[i].value).len)
            at[i].value = field_text(cx, f, field_get(f, was), SHOW_FILE);
    }
    return (struct pairs){at, typed.n};
}

static void form_view(Cx *cx, const struct ledger *l, int64_t id, int64_t version, Str key,
    struct cells cells, struct ledger_form_view *v)
{
    *v = (struct ledger_form_view){.name = str(l->name),
        .label = say(cx, l->label),
        .id = id,
        .version = version,
        .key = key,
        .cells = cells};
    for (size_t i = 0; i < cells.n; i++)
        v->n_wrong += cells.at[i].wrong;
}

static Err form_again(Cx *cx, const struct ledger *l, struct saving *s, Err e, const void *row,
    struct told *told, const void *theirs)
{
    const char *field = cx->why.field ? cx->why.field : "";
    const struct field *f = field_named(l->fields, str(field));
    if (e != ERR_CONFLICT && f && !told[f - l->fields].why.len)
        told[f - l->fields].why = cx->why.say; /* the rule's own refusal */
    struct cells cells = form_cells(cx, l->fields, row, told, theirs);
    TRY(cover_sealed(cx, l, s->id, theirs, &cells));
    form_view(cx, l, s->id, theirs ? ledger_i64(theirs, l->version_at) : s->version, s->key, cells,
        &s->view);
    if (!f || e == ERR_CONFLICT)
        s->view.why = cx->why.say;
    return e;
}

static Err conflict(
    Cx *cx, const struct ledger *l, struct saving *s, const void *row, struct told *told)
{
    char *theirs = arena_alloc(&cx->mem, l->row_size);
    TRY(ledger_find(cx, l, s->id, theirs));
    Err e = fail(cx, ERR_CONFLICT, "version", T("您看着的时候别人改过，两边的都在这里"));
    return form_again(cx, l, s, e, row, told, theirs);
}

/* A row that changes its unit must be theirs before and after. */
static Err checked(Cx *cx, const struct ledger *l, int64_t id, const void *was, const void *row)
{
    if (id)
        TRY(ledger_may_write(cx, l, was, l->write));
    TRY(ledger_may_write(cx, l, row, l->write));
    return l->check ? l->check(cx, row) : OK;
}

Err ledger_save(Cx *cx, const struct ledger *l, struct saving *s)
{
    struct told *told = NEW_ARRAY(&cx->mem, fields_n(l->fields), struct told);
    char *was = arena_alloc(&cx->mem, l->row_size), *row = arena_alloc(&cx->mem, l->row_size);
    struct keeping k = {.l = l, .was = was, .row = row, .key = s->key};
    if (!ledger_writes(cx, l))
        return ERR_FORBIDDEN;
    if (s->id) {
        TRY(ledger_find(cx, l, s->id, was));
        memcpy(row, was, l->row_size);
        s->form = sealed_kept(cx, l, was, s->form);
    }
    Err e = form_read(cx, l->fields, s->form, "csrf key version", s->how, row, told);
    if (e == OK)
        e = checked(cx, l, s->id, was, row);
    if (e != OK)
        return form_again(cx, l, s, e, row, told, NULL);
    if (!s->id) {
        e = db_transaction(cx, add_step, &k);
        if (e == OK)
            s->id = k.to.object;
        return e == OK ? OK : form_again(cx, l, s, e, row, told, NULL);
    }
    if (ledger_i64(was, l->version_at) != s->version)
        return conflict(cx, l, s, row, told);
    if (!fields_diff(cx, l->fields, was, row).len)
        return OK; /* nothing to do, nothing to log */
    e = db_transaction(cx, change_step, &k);
    return e == ERR_CONFLICT ? conflict(cx, l, s, row, told) : e;
}

Err ledger_form_again(Cx *cx, const struct ledger *l, struct saving *s)
{
    struct told *told = NEW_ARRAY(&cx->mem, fields_n(l->fields), struct told);
    char *row = arena_alloc(&cx->mem, l->row_size);
    const char *field = cx->why.field;
    Str why = cx->why.say;
    if (!ledger_writes(cx, l))
        return ERR_FORBIDDEN;
    if (s->id)
        TRY(ledger_find(cx, l, s->id, row));
    Err e = form_read(cx, l->fields, s->form, "csrf key version", s->how, row, told);
    if (e != OK && e != ERR_INVALID)
        return e;
    return form_again(cx, l, s, fail_say(cx, ERR_INVALID, field, why), row, told, NULL);
}

Err ledger_form(Cx *cx, const struct ledger *l, int64_t id, struct ledger_form_view *v)
{
    char *row = arena_alloc(&cx->mem, l->row_size);
    if (!ledger_writes(cx, l))
        return ERR_FORBIDDEN;
    if (id) {
        TRY(ledger_find(cx, l, id, row));
        TRY(ledger_may_write(cx, l, row, l->write));
    }
    struct cells cells = form_cells(cx, l->fields, row, NULL, NULL);
    TRY(cover_sealed(cx, l, id, NULL, &cells));
    form_view(cx, l, id, ledger_i64(row, l->version_at), (Str){0}, cells, v);
    return OK;
}
