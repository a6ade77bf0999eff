/* assess_inspect_web.c — the doors of 检查: my sheets /inspect, one sheet on a phone /inspect/ID.
 */
#include "base/day.h"
#include "gen/tmpl.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"
#include "rooms/attachment/attachment.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { PLACES_SHOWN = 16 };

static const struct {
    const char *focus;
    Text name;
} heads[] = {
    {"road",   T("道路环境卫生")         },
    {"look",   T("村容村貌")               },
    {"air",    T("大气污染")               },
    {"people", T("党建引领、群众参与")},
    {"",       T("其他")                     },
};

static Str head_of(Cx *cx, const struct score_item *it)
{
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (str_eq(it->focus, str(heads[i].focus))) {
            Str name = say(cx, heads[i].name);
            return str(arena_printf(&cx->mem, "%.1s %.*s", it->is.code.at, (int)name.len, name.at));
        }
    return it->is.code;
}

/* ---- the list */
Err inspect_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct assess_sheets mine;
    struct inspect_list_view v = {.office = cx->me.posts & OFFICE_POSTS};
    struct assess_rounds rounds;
    Str today = town_today(cx);

    TRY(assess_sheets_mine(cx, &mine));
    TRY(assess_rounds(cx, &rounds));
    for (size_t i = 0; i < rounds.n && !v.plan_round; i++)
        if (str_eq(rounds.at[i].state, S("open")) && !rounds.at[i].corrects)
            v.plan_round = rounds.at[i].id;
    struct sheet_row *at = NEW_ARRAY(&cx->mem, mine.n + 1, struct sheet_row);
    for (size_t i = 0; i < mine.n; i++)
        at[i] = (struct sheet_row){.id = mine.at[i].id,
            .unit = mine.at[i].unit,
            .unit_name = town_unit_name(cx, mine.at[i].unit),
            .week_no = assess_week_no(mine.at[i].week),
            .planned_on = mine.at[i].planned_on,
            .state = mine.at[i].state,
            .state_label = sheet_state_label(mine.at[i].state),
            .late = memcmp(mine.at[i].planned_on.at, today.at, 10) < 0};
    v.sheets.at = at;
    v.sheets.n = mine.n;
    v.shell = shell_of(cx, req, "inspect");
    page_inspect_list(resp_page(cx, req, resp), &v);
    return OK;
}

/* ---- one sheet */
/* What came back with an error: to which item it belongs, and what was typed. */
struct typed {
    Str item, place, words, count, kept, reason, say;
    int64_t known;
    const char *bad;
    bool no_problem;
};

static int week_of(const struct assess_live *l, Str week)
{
    for (int w = 0; w < l->in.n_weeks; w++)
        if (str_eq(l->in.week[w].code, week))
            return w;
    return l->in.n_weeks;
}

static const struct scored *scored_in(const struct assess_live *l, int w)
{
    return w == l->in.n_weeks ? &l->out.month : &l->out.week[w];
}

static const struct finding *found_in(const struct assess_live *l, int w, size_t i)
{
    const struct reckon_unit *u = &l->in.unit[0];
    return w == l->in.n_weeks ? &u->month.found[i] : &u->week[w].found[i];
}

static bool counts(const struct assess_live *l, size_t i)
{
    uint32_t groups = l->in.item[i].groups;
    return !groups || groups >> l->in.unit[0].group & 1;
}

/* Known places of the village; where this item has lost points this week they cannot be chosen. */
static struct assess_picks known_of(
    Cx *cx, const struct places *all, const struct place_rows *lost, int64_t chosen)
{
    struct assess_pick *at = NEW_ARRAY(&cx->mem, PLACES_SHOWN, struct assess_pick);
    size_t n = 0;
    for (size_t i = 0; i < all->n && n < PLACES_SHOWN; i++) {
        bool taken = false;
        for (size_t k = 0; k < lost->n; k++)
            taken |= str_eq(lost->at[k].place, all->at[i].name);
        at[n++] =
            (struct assess_pick){.value = str(arena_printf(&cx->mem, "%" PRId64, all->at[i].id)),
                .label = all->at[i].name,
                .chosen = !taken && all->at[i].id == chosen,
                .taken = taken};
    }
    return (struct assess_picks){at, n};
}

static Err item_of(Cx *cx, const struct assess_live *l, int w, size_t i, Str week,
    const struct assess_deducts *d, const struct places *places, const struct typed *t,
    struct item_row *to)
{
    const struct score_item *it = &l->table.t.item[i];
    int64_t left = scored_in(l, w)->points[i];
    bool here = str_eq(t->item, it->is.code);
    *to = (struct item_row){.code = it->is.code,
        .name = it->name,
        .rule = it->rule,
        .full = assess_points(cx, it->is.full),
        .per = assess_points(cx, it->is.per),
        .lost = left < it->is.full ? assess_points(cx, it->is.full - left) : (Str){0},
        .left = assess_points(cx, left),
        .n = found_in(l, w, i)->n,
        .open = here,
        .key = new_key(cx)};
    TRY(assess_places(cx, d, week, it->is.code, true, &to->places));
    to->known = known_of(cx, places, &to->places, here ? t->known : 0);
    TRY(assess_reasons(cx, it->is.code, here ? t->reason : (Str){0}, &to->reasons));
    if (here)
        to->say = t->say, to->bad = t->bad, to->place = t->place, to->words = t->words,
        to->count = t->count, to->kept = t->kept, to->no_problem = t->no_problem;
    return OK;
}

static Str sum_text(Cx *cx, int64_t n)
{
    return assess_points(cx, n);
}

static Err groups_of(Cx *cx, const struct assess_live *l, int w, Str week, const struct typed *t,
    struct inspect_view *v)
{
    struct assess_deducts d;
    struct places places;
    int64_t unit = l->in.unit[0].code, got = 0, full = 0;
    TRY(assess_deducts_of_unit(cx, l->round.id, unit, &d));
    TRY(town_places(cx, unit, &places));
    struct item_group *groups = NEW_ARRAY(&cx->mem, l->in.n_items + 1, struct item_group);
    struct item_row *items = NEW_ARRAY(&cx->mem, l->in.n_items + 1, struct item_row);
    size_t n = 0, k = 0;
    Str focus = S("none");
    for (size_t i = 0; i < l->in.n_items; i++) {
        const struct score_item *it = &l->table.t.item[i];
        if (it->is.kind != ITEM_INSPECTED || !counts(l, i))
            continue;
        if (!k || !str_eq(focus, it->focus)) {
            groups[k++] = (struct item_group){.head = head_of(cx, it), .items.at = &items[n]};
            focus = it->focus;
            got = full = 0;
        }
        TRY(item_of(cx, l, w, i, week, &d, &places, t, &items[n++]));
        groups[k - 1].items.n++;
        got += scored_in(l, w)->points[i], full += it->is.full;
        groups[k - 1].left = sum_text(cx, got);
        groups[k - 1].full = sum_text(cx, full);
    }
    v->groups.at = groups;
    v->groups.n = k;
    return OK;
}

static void autos_of(Cx *cx, const struct assess_live *l, int w, struct inspect_view *v)
{
    struct auto_row *at = NEW_ARRAY(&cx->mem, l->in.n_items + 1, struct auto_row);
    size_t n = 0;
    int64_t got[2] = {0}, full[2] = {0};
    for (size_t i = 0; i < l->in.n_items; i++) {
        const struct reckon_item *it = &l->in.item[i];
        if (it->kind > ITEM_AUTO || !counts(l, i))
            continue;
        const struct finding *f = found_in(l, w, i);
        bool is_auto = it->kind == ITEM_AUTO;
        bool out = is_auto && l->in.rules.min_den && f->den < l->in.rules.min_den;
        got[is_auto] += out ? 0 : scored_in(l, w)->points[i];
        full[is_auto] += out ? 0 : it->full;
        if (is_auto)
            at[n++] = (struct auto_row){.code = it->code,
                .name = l->in.item_name[i],
                .points = assess_points(cx, scored_in(l, w)->points[i]),
                .full = assess_points(cx, it->full),
                .num = f->num,
                .den = f->den,
                .out = out,
                .no_ledger = assess_no_ledger(ASSESS_ROWS(&l->in, 0, w, i))};
    }
    v->autos = (struct auto_rows){at, n};
    v->inspected = sum_text(cx, got[0]), v->inspected_full = sum_text(cx, full[0]);
    v->autos_sum = sum_text(cx, got[1]), v->autos_full = sum_text(cx, full[1]);
    v->total = sum_text(cx, scored_in(l, w)->score);
    v->lost = sum_text(cx, full[0] - got[0]);
}

static Err show(Cx *cx, const Req *req, Resp *resp, int64_t id, const struct typed *t)
{
    struct assess_sheet s;
    struct assess_live l;
    TRY(assess_sheet_get(cx, id, &s));
    if (s.inspector != cx->me.person)
        return ERR_NOT_FOUND; /* another's plan is not told */
    TRY(assess_live_of(cx, s.round, s.unit, &l));
    struct inspect_view v = {.id = id,
        .week_no = assess_week_no(s.week),
        .unit_name = town_unit_name(cx, s.unit),
        .day = s.planned_on,
        .table = l.in.table,
        .version = l.in.version,
        .state = s.state,
        .say = t->item.len ? (Str){0} : t->say,
        .started = str_eq(s.state, S("started")),
        .may_start = str_eq(s.state, S("drawn"))};
    if (!v.may_start) {
        int w = week_of(&l, s.week);
        TRY(groups_of(cx, &l, w, s.week, t, &v));
        autos_of(cx, &l, w, &v);
    }
    v.shell = shell_of(cx, req, "inspect");
    Out *out = resp_page(cx, req, resp);
    if (t->say.len)
        resp->status = 422;
    page_inspect(out, &v);
    return OK;
}

Err inspect_get(Cx *cx, const Req *req, Resp *resp)
{
    struct typed t = {.item = query_text(req, "item")};
    return show(cx, req, resp, path_i64(req, "id"), &t);
}

Err inspect_start_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t id = path_i64(req, "id");
    TRY(assess_sheet_start(cx, id));
    return redirect(cx, resp, "/inspect/%" PRId64, id);
}

/* ---- a lost point */
static Err take_photo(Cx *cx, const Req *req, Str *hash)
{
    const struct upload *up = form_upload(req, "photo", 0);
    Str kept = form_text(req, "photo_hash");
    *hash = photo_hash_sound(kept) ? kept : (Str){0};
    return up && up->size ? photo_take(cx, up->fd, up->size, hash) : OK;
}

static Str place_typed(Cx *cx, const Req *req, int64_t *known)
{
    struct place p;
    Str words = form_text(req, "place");
    *known = form_i64(req, "known_place");
    if (words.len)
        *known = 0;
    if (*known && town_place(cx, *known, &p) == OK)
        return p.name;
    *known = 0;
    return words;
}

Err inspect_deduct_post(Cx *cx, const Req *req, Resp *resp)
{
    struct assess_deduct_new in = {.key = form_text(req, "key"),
        .sheet = path_i64(req, "id"),
        .item = form_text(req, "item"),
        .n = form_i64(req, "n"),
        .said = form_text(req, "said"),
        .no_problem = !form_has(req, "problem"),
        .found_at = form_i64(req, "found_at")};
    int64_t id;
    Str count = form_text(req, "n"), reason = form_text(req, "reason");

    in.place = place_typed(cx, req, &in.known_place);
    if (in.found_at > cx->now)
        in.found_at = 0; /* a phone whose clock is fast */
    if (!in.said.len)
        in.said = reason;
    if (count.len && in.n < 1)
        in.n = -1; /* typed and no number: the rule says so */
    Err e = take_photo(cx, req, &in.photo);
    if (e == OK)
        e = assess_deduct_add(cx, &in, &id);
    bool place_taken = e == ERR_CONFLICT && cx->why.field && !strcmp(cx->why.field, "place");
    if (e == ERR_INVALID || place_taken) {
        struct typed t = {.item = in.item,
            .place = form_text(req, "place"),
            .words = form_text(req, "said"),
            .count = count,
            .kept = in.photo,
            .reason = reason,
            .known = in.known_place,
            .say = cx->why.say.len ? cx->why.say : say(cx, T("有一项没有填对")),
            .bad = cx->why.field,
            .no_problem = in.no_problem};
        return show(cx, req, resp, in.sheet, &t);
    }
    TRY(e);
    return redirect(
        cx, resp, "/inspect/%" PRId64 "?item=%.*s", in.sheet, (int)in.item.len, in.item.at);
}

Err inspect_void_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t sheet = path_i64(req, "id");
    Err e = assess_deduct_void(cx, form_i64(req, "deduct"), form_text(req, "reason"));
    if (e == ERR_INVALID) {
        struct typed t = {.say = cx->why.say};
        return show(cx, req, resp, sheet, &t);
    }
    TRY(e);
    Str item = form_text(req, "item");
    return redirect(cx, resp, "/inspect/%" PRId64 "?item=%.*s", sheet, (int)item.len, item.at);
}

Err inspect_done_post(Cx *cx, const Req *req, Resp *resp)
{
    TRY(assess_sheet_done(cx, path_i64(req, "id")));
    return redirect(cx, resp, "/inspect");
}
