/* assess_text.c — 冻结的输入: a round as canonical text, and back. */
#include "rooms/assess/assess_text.h"

#include "rooms/assess/lines.h"

#include <stdlib.h>

static const char *const kind_codes[] = {"inspected", "auto", "bonus", "penalty"};

bool assess_no_ledger(Str rows)
{
    return str_eq(rows, S("-"));
}

/* ---- writing */
static int by_code(const void *a, const void *b, void *arg)
{
    const struct reckon_unit *unit = arg;
    int64_t x = unit[*(const size_t *)a].code, y = unit[*(const size_t *)b].code;
    return (x > y) - (x < y);
}

size_t *assess_by_code(Cx *cx, const struct assess_input *in)
{
    size_t *at = NEW_ARRAY(&cx->mem, in->n_units + 1, size_t);
    for (size_t i = 0; i < in->n_units; i++)
        at[i] = i;
    qsort_r(at, in->n_units, sizeof *at, by_code, in->unit);
    return at;
}

static void put_rules(Out *o, const struct reckon_rules *r)
{
    struct reckon_rules copy = *r;
    line_begin(o, "rules");
    for (size_t i = 0; i < RECKON_NUMBERS; i++)
        line_n(o, *reckon_number(&copy, i));
    line_end(o);
}

static void put_head(Out *o, const struct assess_input *in)
{
    line_begin(o, "heqing-assess\t1\ntable");
    line_s(o, in->table), line_s(o, in->version), line_s(o, in->table_hash), line_end(o);
    put_rules(o, &in->rules);
    line_begin(o, "round"), line_s(o, in->month), line_n(o, in->no), line_end(o);
    line_begin(o, "program"), line_s(o, in->program), line_end(o);
    line_begin(o, "calendar"), line_s(o, in->calendar_hash), line_end(o);
    for (int g = 0; g < in->n_groups; g++)
        line_begin(o, "group"), line_s(o, in->group[g].code), line_s(o, in->group[g].name),
            line_end(o);
    for (int w = 0; w < in->n_weeks; w++) {
        line_begin(o, "week"), line_s(o, in->week[w].code), line_s(o, in->week[w].from_on);
        line_s(o, in->week[w].to_on), line_end(o);
    }
    for (size_t i = 0; i < in->n_items; i++) {
        const struct reckon_item *it = &in->item[i];
        line_begin(o, "item"), line_s(o, it->code), line_s(o, str(kind_codes[it->kind]));
        line_n(o, it->full), line_n(o, it->per), line_n(o, it->groups);
        line_s(o, in->item_name[i]), line_end(o);
    }
}

static void put_unit(Out *o, const struct assess_input *in, const struct reckon_unit *u, Str name)
{
    line_begin(o, "unit"), line_n(o, u->code), line_s(o, in->group[u->group].code);
    line_n(o, u->before), line_n(o, u->n_black_before);
    line_n(o, u->bar_red), line_n(o, u->falsified), line_n(o, u->open_late);
    line_n(o, u->on_time_num), line_n(o, u->on_time_den);
    line_n(o, u->pleased_num), line_n(o, u->pleased_den);
    line_s(o, name), line_end(o);
}

static Str week_code(const struct assess_input *in, int w)
{
    return w == in->n_weeks ? S("K") : in->week[w].code;
}

static const struct sheet *sheet_of(
    const struct assess_input *in, const struct reckon_unit *u, int w)
{
    return w == in->n_weeks ? &u->month : &u->week[w];
}

static void put_sheets(Out *o, const struct assess_input *in, size_t no)
{
    const struct reckon_unit *u = &in->unit[no];
    for (int w = 0; w <= in->n_weeks; w++)
        if (sheet_of(in, u, w)->inspected)
            line_begin(o, "seen"), line_n(o, u->code), line_s(o, week_code(in, w)), line_end(o);
    for (int w = 0; w <= in->n_weeks; w++)
        for (size_t i = 0; i < in->n_items; i++) {
            const struct finding *f = &sheet_of(in, u, w)->found[i];
            Str rows = ASSESS_ROWS(in, no, w, i);
            if (!f->n && !f->num && !f->den && !f->zero && !rows.len)
                continue;
            line_begin(o, "find"), line_n(o, u->code), line_s(o, week_code(in, w));
            line_s(o, in->item[i].code), line_n(o, f->n), line_n(o, f->num), line_n(o, f->den);
            line_n(o, f->zero), line_s(o, rows), line_end(o);
        }
}

Str assess_input_text(Cx *cx, const struct assess_input *in)
{
    Out o = {.mem = &cx->mem};
    const size_t *at = assess_by_code(cx, in);
    put_head(&o, in);
    for (size_t i = 0; i < in->n_units; i++)
        put_unit(&o, in, &in->unit[at[i]], in->unit_name[at[i]]);
    for (size_t i = 0; i < in->n_units; i++)
        put_sheets(&o, in, at[i]);
    return (Str){o.at, o.len};
}

/* ---- reading */
static bool begins(const struct line *l, const char *word)
{
    return str_eq(l->f[0], str(word));
}

/* First pass: how many of each, so that the tables are made once. */
static void count(Str text, struct assess_input *in)
{
    struct line l = {.no = 0};
    while (line_next(&text, &l)) {
        in->n_groups += begins(&l, "group");
        in->n_weeks += begins(&l, "week");
        in->n_items += begins(&l, "item");
        in->n_units += begins(&l, "unit");
    }
}

void assess_input_room(Cx *cx, struct assess_input *in)
{
    in->group = NEW_ARRAY(&cx->mem, (size_t)in->n_groups + 1, struct assess_label);
    in->week = NEW_ARRAY(&cx->mem, (size_t)in->n_weeks + 1, struct assess_week);
    in->item = NEW_ARRAY(&cx->mem, in->n_items + 1, struct reckon_item);
    in->item_name = NEW_ARRAY(&cx->mem, in->n_items + 1, Str);
    in->unit = NEW_ARRAY(&cx->mem, in->n_units + 1, struct reckon_unit);
    in->unit_name = NEW_ARRAY(&cx->mem, in->n_units + 1, Str);
    in->rows = NEW_ARRAY(&cx->mem, in->n_units * (size_t)(in->n_weeks + 1) * in->n_items + 1, Str);
}

static Err odd(Cx *cx, const struct line *l)
{
    return fail_log(cx, ERR_INTERNAL, "frozen round: line %d cannot be read", l->no);
}

static void read_rules(const struct line *l, struct reckon_rules *r)
{
    for (size_t i = 0; i < RECKON_NUMBERS; i++)
        *reckon_number(r, i) = line_number(l->f[i + 1]);
}

static int group_no(const struct assess_input *in, int n, Str code)
{
    for (int g = 0; g < n; g++)
        if (str_eq(in->group[g].code, code))
            return g;
    return -1;
}

static bool read_unit(const struct line *l, struct assess_input *in, size_t no)
{
    int g = group_no(in, in->n_groups, l->f[2]);
    in->unit[no] = (struct reckon_unit){.code = line_number(l->f[1]),
        .group = g,
        .before = line_number(l->f[3]),
        .n_black_before = (int)line_number(l->f[4]),
        .bar_red = line_number(l->f[5]),
        .falsified = line_number(l->f[6]),
        .open_late = line_number(l->f[7]),
        .on_time_num = line_number(l->f[8]),
        .on_time_den = line_number(l->f[9]),
        .pleased_num = line_number(l->f[10]),
        .pleased_den = line_number(l->f[11])};
    in->unit_name[no] = l->f[12];
    return l->n == 13 && g >= 0;
}

/* Units stand by code, and their sheets follow in the same order: u only moves on. */
static bool find_sheet(
    struct assess_input *in, const struct line *l, size_t *u, struct sheet **s, int *w)
{
    int64_t code = line_number(l->f[1]);
    for (size_t k = 0; k < in->n_units && in->unit[*u].code != code; k++)
        *u = (*u + 1) % in->n_units;
    for (*w = 0; *w < in->n_weeks && !str_eq(in->week[*w].code, l->f[2]); ++*w)
        ;
    if (!in->n_units || in->unit[*u].code != code
        || (*w == in->n_weeks && !str_eq(l->f[2], S("K"))))
        return false;
    *s = *w == in->n_weeks ? &in->unit[*u].month : &in->unit[*u].week[*w];
    return true;
}

static bool read_find(struct assess_input *in, const struct line *l, size_t *u)
{
    struct sheet *s;
    int w;
    size_t i = 0;
    if (l->n != 9 || !find_sheet(in, l, u, &s, &w))
        return false;
    while (i < in->n_items && !str_eq(in->item[i].code, l->f[3]))
        i++;
    if (i == in->n_items)
        return false;
    s->found[i] = (struct finding){
        line_number(l->f[4]), line_number(l->f[5]), line_number(l->f[6]), line_number(l->f[7])};
    ASSESS_ROWS(in, *u, w, i) = l->f[8];
    return true;
}

static bool read_item(const struct line *l, struct assess_input *in, size_t no)
{
    int kind = 0;
    while (kind < 4 && !str_eq(l->f[2], str(kind_codes[kind])))
        kind++;
    in->item[no] = (struct reckon_item){.code = l->f[1],
        .kind = (enum item_kind)kind,
        .full = line_number(l->f[3]),
        .per = line_number(l->f[4]),
        .groups = (uint32_t)line_number(l->f[5])};
    in->item_name[no] = l->f[6];
    return l->n == 7 && kind < 4;
}

/* How far each table is filled. */
struct filled {
    size_t items, units, u;
    int groups, weeks;
};

static bool read_one(const struct line *l, struct assess_input *in, struct filled *k)
{
    struct sheet *s;
    int w;
    if (begins(l, "table") && l->n == 4) {
        in->table = l->f[1], in->version = l->f[2], in->table_hash = l->f[3];
        return true;
    }
    if (begins(l, "rules") && l->n == 1 + RECKON_NUMBERS)
        return read_rules(l, &in->rules), true;
    if (begins(l, "round") && l->n == 3)
        return in->month = l->f[1], in->no = line_number(l->f[2]), true;
    if (begins(l, "program") && l->n == 2)
        return in->program = l->f[1], true;
    if (begins(l, "calendar") && l->n == 2)
        return in->calendar_hash = l->f[1], true;
    if (begins(l, "group") && l->n == 3)
        return in->group[k->groups++] = (struct assess_label){l->f[1], l->f[2]}, true;
    if (begins(l, "week") && l->n == 4)
        return in->week[k->weeks++] = (struct assess_week){l->f[1], l->f[2], l->f[3]}, true;
    if (begins(l, "item"))
        return read_item(l, in, k->items++);
    if (begins(l, "unit"))
        return read_unit(l, in, k->units++);
    if (begins(l, "seen"))
        return l->n == 3 && find_sheet(in, l, &k->u, &s, &w) && (s->inspected = true);
    return begins(l, "find") && read_find(in, l, &k->u);
}

Err assess_input_read(Cx *cx, Str text, struct assess_input *in)
{
    struct line l = {.no = 0};
    struct filled k = {.u = 0};
    *in = (struct assess_input){.no = 0};
    count(text, in);
    if (in->n_weeks > RECKON_WEEKS || in->n_items > RECKON_ITEMS || in->n_units > RECKON_UNITS)
        return odd(cx, &l);
    assess_input_room(cx, in);
    if (!line_next(&text, &l) || !begins(&l, "heqing-assess") || !str_eq(l.f[1], S("1")))
        return odd(cx, &l);
    while (line_next(&text, &l))
        if (!read_one(&l, in, &k))
            return odd(cx, &l);
    return OK;
}

struct reckon_in assess_reckon_in(const struct assess_input *in)
{
    return (struct reckon_in){.rules = &in->rules,
        .item = in->item,
        .n_items = in->n_items,
        .n_weeks = in->n_weeks,
        .n_groups = in->n_groups,
        .unit = in->unit,
        .n_units = in->n_units};
}
