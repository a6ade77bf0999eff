/* score_table.c — 评分表 as text: written, read, checked. */
#include "rooms/assess/score_table.h"

#include "base/day.h"
#include "base/utf8.h"
#include "rooms/assess/assess_measure.h"
#include "rooms/assess/lines.h"

enum { NAME_MAX = 40, RULE_MAX = 120, CODE_MAX = 4 };
static const char *const kinds[] = {"inspected", "auto", "bonus", "penalty"};
static const char *const focuses[] = {"road", "look", "air", "people", "", NULL};

int score_kind(Str code)
{
    for (int k = 0; k < 4; k++)
        if (str_eq(code, str(kinds[k])))
            return k;
    return -1;
}

const char *score_kind_code(enum item_kind k)
{
    return kinds[k];
}

Str score_table_text(Cx *cx, const struct score_table *t)
{
    Out o = {.mem = &cx->mem};
    struct reckon_rules rules = t->rules;
    line_begin(&o, "heqing-score-table\t1\ntable");
    line_s(&o, t->code), line_s(&o, t->version), line_s(&o, t->from_on), line_n(&o, t->drawn);
    line_end(&o);
    line_begin(&o, "rules");
    for (size_t i = 0; i < RECKON_NUMBERS; i++)
        line_n(&o, *reckon_number(&rules, i));
    line_end(&o);
    for (int g = 0; g < t->n_groups; g++) {
        line_begin(&o, "group");
        line_s(&o, t->group[g].code), line_s(&o, t->group[g].name), line_end(&o);
    }
    for (size_t i = 0; i < t->n_items; i++) {
        const struct score_item *it = &t->item[i];
        line_begin(&o, "item");
        line_s(&o, it->is.code), line_s(&o, str(kinds[it->is.kind]));
        line_n(&o, it->is.full), line_n(&o, it->is.per), line_n(&o, it->is.groups);
        line_s(&o, it->name), line_s(&o, it->focus), line_s(&o, it->source);
        line_s(&o, it->rule), line_end(&o);
    }
    return (Str){o.at, o.len};
}

static bool read_line(const struct line *l, struct score_table *t)
{
    if (line_is(l, "table", 4)) {
        t->code = l->f[1], t->version = l->f[2], t->from_on = l->f[3];
        t->drawn = line_number(l->f[4]);
        return true;
    }
    if (line_is(l, "rules", RECKON_NUMBERS)) {
        for (size_t i = 0; i < RECKON_NUMBERS; i++)
            *reckon_number(&t->rules, i) = line_number(l->f[i + 1]);
        return true;
    }
    if (line_is(l, "group", 2) && t->n_groups < SCORE_GROUPS) {
        t->group[t->n_groups++] = (struct score_group){l->f[1], l->f[2]};
        return true;
    }
    int kind = score_kind(l->f[2]);
    if (!line_is(l, "item", 9) || kind < 0 || t->n_items == RECKON_ITEMS)
        return false;
    t->item[t->n_items++] = (struct score_item){
        .is = {.code = l->f[1],
               .kind = (enum item_kind)kind,
               .full = line_number(l->f[3]),
               .per = line_number(l->f[4]),
               .groups = (uint32_t)line_number(l->f[5])},
        .name = l->f[6],
        .focus = l->f[7],
        .source = l->f[8],
        .rule = l->f[9]
    };
    return true;
}

void score_table_room(Cx *cx, struct score_table *t)
{
    *t = (struct score_table){.group = NEW_ARRAY(&cx->mem, SCORE_GROUPS, struct score_group),
        .item = NEW_ARRAY(&cx->mem, RECKON_ITEMS, struct score_item)};
}

Err score_table_read(Cx *cx, Str text, struct score_table *t)
{
    struct line l = {.no = 0};
    score_table_room(cx, t);
    bool fine =
        line_next(&text, &l) && line_is(&l, "heqing-score-table", 1) && str_eq(l.f[1], S("1"));
    while (fine && line_next(&text, &l))
        fine = read_line(&l, t);
    return fine ? OK : fail_log(cx, ERR_INTERNAL, "score table: line %d cannot be read", l.no);
}

int score_table_item(const struct score_table *t, Str code)
{
    for (size_t i = 0; i < t->n_items; i++)
        if (str_eq(t->item[i].is.code, code))
            return (int)i;
    return -1;
}

int score_table_group(const struct score_table *t, Str code)
{
    for (int g = 0; g < t->n_groups; g++)
        if (str_eq(t->group[g].code, code))
            return g;
    return -1;
}

bool score_table_bits(const struct score_table *t, Str codes, uint32_t *bits)
{
    *bits = 0;
    while (codes.len) {
        size_t k = 0;
        while (k < codes.len && codes.at[k] != ' ')
            k++;
        int g = score_table_group(t, (Str){codes.at, k});
        if (g < 0)
            return false;
        *bits |= UINT32_C(1) << g;
        while (k < codes.len && codes.at[k] == ' ')
            k++;
        codes.at += k, codes.len -= k;
    }
    return true;
}

int64_t score_table_full(const struct score_table *t, int group)
{
    int64_t sum = 0;
    for (size_t i = 0; i < t->n_items; i++) {
        const struct reckon_item *it = &t->item[i].is;
        if (it->kind <= ITEM_AUTO && (!it->groups || it->groups >> group & 1))
            sum += it->full;
    }
    return sum;
}

static bool focus_known(Str focus)
{
    for (const char *const *f = focuses; *f; f++)
        if (str_eq(focus, str(*f)))
            return true;
    return false;
}

Err score_item_check(Cx *cx, const struct score_table *t, size_t no)
{
    const struct score_item *it = &t->item[no];
    Str code = it->is.code;
    if (!code.len || str_n_chars(code) > CODE_MAX)
        return fail(cx, ERR_INVALID, "code", T("评分项要有编号，最多 4 个字，如 A1"));
    if (score_table_item(t, code) != (int)no)
        return fail_say(cx, ERR_INVALID, "code", say_s(cx, T("编号 {s} 用了两次"), code));
    if (!it->name.len || str_n_chars(it->name) > NAME_MAX)
        return fail_say(cx, ERR_INVALID, "name", say_s(cx, T("{s} 要有名称，最多 40 个字"), code));
    if (str_n_chars(it->rule) > RULE_MAX)
        return fail_say(cx, ERR_INVALID, "rule", say_s(cx, T("{s} 的扣分依据过长"), code));
    if (!focus_known(it->focus))
        return fail_say(cx, ERR_INVALID, "focus",
            say_s(cx, T("{s} 的重点应是 road、look、air 或 people"), code));
    if (it->is.full < 0 || it->is.full > SCORE_FULL || it->is.per < 0 || it->is.per > SCORE_FULL)
        return fail_say(
            cx, ERR_INVALID, "full", say_s(cx, T("{s} 的分数应在 0 到 100 之间"), code));
    if (it->is.kind == ITEM_AUTO && !assess_measure_named(it->source))
        return fail_say(
            cx, ERR_INVALID, "source", say_s(cx, T("{s} 的数据来源不在测算清单里"), code));
    if (it->is.kind != ITEM_AUTO && !it->is.per)
        return fail_say(cx, ERR_INVALID, "per", say_s(cx, T("{s} 要写明每处几分"), code));
    return OK;
}

Err score_table_check(Cx *cx, const struct score_table *t)
{
    int64_t day;
    if (!t->code.len || !t->version.len || !day_parse(t->from_on, &day))
        return fail(cx, ERR_INVALID, "table", T("评分表要有编号、版本和启用日期"));
    if (!t->n_groups || !t->n_items)
        return fail(cx, ERR_INVALID, "group", T("评分表至少要有一个分组和一个评分项"));
    for (size_t i = 0; i < t->n_items; i++)
        TRY(score_item_check(cx, t, i));
    for (int g = 0; g < t->n_groups; g++) {
        int64_t sum = score_table_full(t, g);
        if (sum != SCORE_FULL)
            return fail_say(cx, ERR_INVALID, "group",
                say_s(cx, T("{s}的满分加起来不是 100.00 分"),
                    str(arena_printf(&cx->mem, "%.*s（%lld.%02lld）", (int)t->group[g].name.len,
                        t->group[g].name.at, (long long)(sum / 100), (long long)(sum % 100)))));
    }
    return OK;
}
