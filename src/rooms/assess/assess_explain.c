/* assess_explain.c — 逐项说明: how a unit's points came about, from the frozen input alone. */
#include "rooms/assess/assess_explain.h"

#include "rooms/town/town.h"

#include <inttypes.h>
#include <stdio.h>

size_t assess_unit_no(const struct assess_kept *k, int64_t unit)
{
    size_t i = 0;
    while (i < k->in.n_units && k->in.unit[i].code != unit)
        i++;
    return i;
}

static Str week_code(const struct assess_input *in, int w)
{
    return w == in->n_weeks ? S("K") : in->week[w].code;
}

static const struct sheet *sheet_of(const struct assess_kept *k, size_t u, int w)
{
    return w == k->in.n_weeks ? &k->in.unit[u].month : &k->in.unit[u].week[w];
}

static const struct scored *scored_of(const struct assess_kept *k, size_t u, int w)
{
    return w == k->in.n_weeks ? &k->out[u].month : &k->out[u].week[w];
}

static bool counts(const struct assess_kept *k, size_t u, size_t i)
{
    uint32_t groups = k->in.item[i].groups;
    return !groups || groups >> k->in.unit[u].group & 1;
}

static bool is_out(
    const struct assess_kept *k, const struct reckon_item *it, const struct finding *f)
{
    return it->kind == ITEM_AUTO && k->in.rules.min_den && f->den < k->in.rules.min_den && !f->zero;
}

/* ---- text */
#define P(n) assess_points(cx, n).at /* arena_printf ends it with a NUL */

static void item_text(Cx *cx, Out *o, const struct assess_kept *k, size_t u, int w, size_t i)
{
    const struct reckon_item *it = &k->in.item[i];
    const struct finding *f = &sheet_of(k, u, w)->found[i];
    int64_t points = scored_of(k, u, w)->points[i];
    int n = (int)it->code.len;
    const char *code = it->code.at;
    bool none = assess_no_ledger(ASSESS_ROWS(&k->in, u, w, i));
    if (none)
        out_printf(o, "  %.*s %s (no ledger yet: %s by rule)\n", n, code,
            is_out(k, it, f) ? "-" : P(points), is_out(k, it, f) ? "out" : "full");
    else if (it->kind == ITEM_INSPECTED && f->n)
        out_printf(o, "  %.*s %s - %s x %" PRId64 " = %s\n", n, code, P(it->full), P(it->per), f->n,
            P(points));
    else if (it->kind == ITEM_AUTO && is_out(k, it, f))
        out_printf(o, "  %.*s %" PRId64 "/%" PRId64 " out (fewer than %" PRId64 ")\n", n, code,
            f->num, f->den, k->in.rules.min_den);
    else if (it->kind == ITEM_AUTO && f->den)
        out_printf(o, "  %.*s %s x %" PRId64 "/%" PRId64 " = %s\n", n, code, P(it->full), f->num,
            f->den, P(points));
    else if (it->kind <= ITEM_AUTO)
        out_printf(o, "  %.*s %s\n", n, code, P(points));
    else if (f->n)
        out_printf(o, "  %.*s %s%s x %" PRId64 "\n", n, code, it->kind == ITEM_BONUS ? "+" : "-",
            P(it->per), f->n);
}

static void week_text(Cx *cx, Out *o, const struct assess_kept *k, size_t u, int w)
{
    Str code = week_code(&k->in, w);
    const struct scored *s = scored_of(k, u, w);
    if (!sheet_of(k, u, w)->inspected) {
        out_printf(o, "%.*s -\n", (int)code.len, code.at);
        return;
    }
    out_printf(o, "%.*s %s\n", (int)code.len, code.at, P(s->score));
    for (size_t i = 0; i < k->in.n_items; i++)
        if (counts(k, u, i))
            item_text(cx, o, k, u, w, i);
    if (s->out)
        out_printf(o, "  out %s: inspected items x (their full + %s) / their full\n", P(s->out),
            P(s->out));
    out_printf(o, "  sum %s\n", P(s->sum));
}

Str assess_explain_text(Cx *cx, const struct assess_kept *k, int64_t unit)
{
    Out o = {.mem = &cx->mem};
    size_t u = assess_unit_no(k, unit);
    if (u == k->in.n_units)
        return S("");
    const struct reckoned *r = &k->out[u];
    const struct assess_label *g = &k->in.group[k->in.unit[u].group];
    out_printf(&o, "%.*s %.*s, %.*s %.*s, %.*s\n", (int)k->in.unit_name[u].len,
        k->in.unit_name[u].at, (int)k->in.month.len, k->in.month.at, (int)k->in.table.len,
        k->in.table.at, (int)k->in.version.len, k->in.version.at, (int)g->name.len, g->name.at);
    out_printf(&o, "input %.*s\n", (int)k->input_hash.len, k->input_hash.at);
    for (int w = 0; w <= k->in.n_weeks; w++)
        week_text(cx, &o, k, u, w);
    out_printf(
        &o, "M = %" PRId64 "/%" PRId64 " = %s\n", r->num, r->den, P(half_up(r->num, r->den)));
    if (k->in.rules.extras_on_month)
        out_printf(&o, "M + %s - %s = %s\n", P(r->bonus), P(r->penalty), P(r->score));
    out_printf(&o, "rank %d in group, %d in town\n", r->rank, r->town_rank);
    Str why = say(cx, assess_decided_text(r->by));
    out_printf(&o, "flag %s (%s) %.*s\n", assess_flag_code(r->flag), assess_decided_code(r->by),
        (int)why.len, why.at);
    return (Str){o.at, o.len};
}

/* ---- JSON */
static void item_json(
    Cx *cx, struct json *j, const struct assess_kept *k, size_t u, int w, size_t i)
{
    const struct reckon_item *it = &k->in.item[i];
    const struct finding *f = &sheet_of(k, u, w)->found[i];
    Str rows = ASSESS_ROWS(&k->in, u, w, i);
    json_open(j, '{');
    json_str(j, "item", it->code);
    json_str(j, "name", k->in.item_name[i]);
    json_z(j, "kind", score_kind_code(it->kind));
    if (it->kind <= ITEM_AUTO)
        json_str(j, "full", assess_points(cx, it->full));
    if (it->kind == ITEM_AUTO) {
        json_i64(j, "numerator", f->num);
        json_i64(j, "denominator", f->den);
        json_bool(j, "out", is_out(k, it, f));
        if (assess_no_ledger(rows))
            json_z(j, "why",
                is_out(k, it, f) ? "no ledger yet: out by rule" : "no ledger yet: full by rule");
    } else {
        json_str(j, "per", assess_points(cx, it->per));
        json_i64(j, "count", f->n);
    }
    if (it->kind <= ITEM_AUTO)
        json_str(j, "points", assess_points(cx, scored_of(k, u, w)->points[i]));
    json_str(j, "rows", assess_no_ledger(rows) ? S("") : rows);
    json_close(j, '}');
}

static void week_json(Cx *cx, struct json *j, const struct assess_kept *k, size_t u, int w)
{
    const struct scored *s = scored_of(k, u, w);
    json_open(j, '{');
    json_str(j, "week", week_code(&k->in, w));
    json_bool(j, "inspected", sheet_of(k, u, w)->inspected);
    json_str(j, w == k->in.n_weeks ? "K" : "W", assess_points(cx, s->score));
    json_str(j, "sum", assess_points(cx, s->sum));
    json_str(j, "out", assess_points(cx, s->out));
    json_str(j, "bonus", assess_points(cx, s->bonus));
    json_str(j, "penalty", assess_points(cx, s->penalty));
    json_list(j, "items");
    for (size_t i = 0; i < k->in.n_items; i++)
        if (counts(k, u, i))
            item_json(cx, j, k, u, w, i);
    json_close(j, ']');
    json_close(j, '}');
}

void assess_explain_json(Cx *cx, struct json *j, const struct assess_kept *k, int64_t unit)
{
    size_t u = assess_unit_no(k, unit);
    json_open(j, '{');
    if (u < k->in.n_units) {
        const struct reckoned *r = &k->out[u];
        json_i64(j, "unit", unit);
        json_str(j, "name", k->in.unit_name[u]);
        json_str(j, "month", k->in.month);
        json_str(j, "table", k->in.table);
        json_str(j, "version", k->in.version);
        json_str(j, "group", k->in.group[k->in.unit[u].group].code);
        json_str(j, "input_hash", k->input_hash);
        json_list(j, "weeks");
        for (int w = 0; w <= k->in.n_weeks; w++)
            week_json(cx, j, k, u, w);
        json_close(j, ']');
        json_i64(j, "M_numerator", r->num);
        json_i64(j, "M_denominator", r->den);
        json_str(j, "bonus", assess_points(cx, r->bonus));
        json_str(j, "penalty", assess_points(cx, r->penalty));
        json_str(j, "M", assess_points(cx, r->score));
        json_i64(j, "rank", r->rank);
        json_i64(j, "town_rank", r->town_rank);
        json_z(j, "flag", assess_flag_code(r->flag));
        json_z(j, "decided_by", assess_decided_code(r->by));
        json_bool(j, "in_public", r->in_public);
    }
    json_close(j, '}');
}
