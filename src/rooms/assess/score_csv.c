/* score_csv.c — 评分表 from a CSV file (score_table.h says the columns). */
#include "rooms/assess/score_table.h"

#include "base/csv.h"

enum { KIND, CODE, NAME, FOCUS, FULL, PER, GROUPS, SOURCE, RULE, COLUMNS };
static const char *const heads[COLUMNS] = {
    "kind", "code", "name", "focus", "full", "per", "groups", "source", "rule"};

static Err wrong(Cx *cx, const struct csv *csv, Text what)
{
    Str why = say(cx, what);
    return fail_say(
        cx, ERR_INVALID, "file", say_sn(cx, T("第 {n} 行：{s}"), why, (int64_t)csv->line));
}

/* "0.50" → 50; at most two decimals. */
static bool points(Str s, int64_t *to)
{
    int64_t n = 0;
    int decimals = -1;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (s.at[i] < '0' || s.at[i] > '9' || decimals == 2 || n > 100000)
            return false;
        n = n * 10 + (s.at[i] - '0');
        decimals += decimals >= 0;
    }
    for (int d = decimals < 0 ? 0 : decimals; d < 2; d++)
        n *= 10;
    *to = n;
    return true;
}

/* "G R" → bits; empty: all. */
static bool group_bits(const struct score_table *t, Str s, uint32_t *bits)
{
    *bits = 0;
    while (s.len) {
        size_t k = 0;
        while (k < s.len && s.at[k] != ' ')
            k++;
        int g = score_table_group(t, (Str){s.at, k});
        if (g < 0)
            return false;
        *bits |= UINT32_C(1) << g;
        s.at += k, s.len -= k;
        while (s.len && *s.at == ' ')
            s.at++, s.len--;
    }
    return true;
}

static Err take_table(Cx *cx, const struct csv *csv, struct score_table *t)
{
    bool v1 = str_eq(csv->cells[SOURCE], S("v1")), v2 = str_eq(csv->cells[SOURCE], S("v2"));
    if (!v1 && !v2)
        return wrong(cx, csv, T("source 应是 v1 或 v2，说明用哪一套算法"));
    t->code = csv->cells[CODE];
    t->version = csv->cells[NAME];
    t->from_on = csv->cells[FOCUS];
    t->rules = v1 ? reckon_v1 : reckon_v2;
    t->drawn = v2;
    return OK;
}

static Err take_item(Cx *cx, const struct csv *csv, struct score_table *t, int kind)
{
    struct score_item it = {
        .is = {.code = csv->cells[CODE], .kind = (enum item_kind)kind},
        .name = csv->cells[NAME],
        .focus = csv->cells[FOCUS],
        .source = csv->cells[SOURCE],
        .rule = csv->cells[RULE]
    };
    if (t->n_items == RECKON_ITEMS)
        return wrong(cx, csv, T("评分项太多，最多 64 项"));
    if (!points(csv->cells[FULL], &it.is.full) || !points(csv->cells[PER], &it.is.per))
        return wrong(cx, csv, T("分数应是最多两位小数的数，如 0.50"));
    if (!group_bits(t, csv->cells[GROUPS], &it.is.groups))
        return wrong(cx, csv, T("groups 里的分组要先用 group 行写出"));
    t->item[t->n_items++] = it;
    return OK;
}

static Err take_row(Cx *cx, const struct csv *csv, struct score_table *t)
{
    int kind = score_kind(csv->cells[KIND]);
    if (str_eq(csv->cells[KIND], S("table")))
        return take_table(cx, csv, t);
    if (kind >= 0)
        return take_item(cx, csv, t, kind);
    if (!str_eq(csv->cells[KIND], S("group")))
        return wrong(cx, csv, T("kind 应是 table、group、inspected、auto、bonus 或 penalty"));
    if (t->n_groups == SCORE_GROUPS)
        return wrong(cx, csv, T("分组太多，最多 8 个"));
    t->group[t->n_groups++] = (struct score_group){csv->cells[CODE], csv->cells[NAME]};
    return OK;
}

Err score_table_csv(Cx *cx, Str bytes, struct score_table *t)
{
    struct csv csv;
    Text why = csv_open(bytes, &csv);
    if (why.zh)
        return fail(cx, ERR_INVALID, "file", why);
    score_table_room(cx, t);
    bool head = csv_next(cx, &csv, &why) && csv.n == COLUMNS;
    for (int i = 0; head && i < COLUMNS; i++)
        head = str_eq(csv.cells[i], str(heads[i]));
    if (!head)
        return wrong(cx, &csv, T("表头应是 kind,code,name,focus,full,per,groups,source,rule"));
    while (csv_next(cx, &csv, &why)) {
        if (csv.n != COLUMNS)
            return wrong(cx, &csv, T("每行应有 9 列"));
        TRY(take_row(cx, &csv, t));
    }
    return why.zh ? wrong(cx, &csv, why) : score_table_check(cx, t);
}
