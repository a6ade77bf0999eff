/* assess_import.c — 导入: scoring tables and lost points from table files, one rule a line. */
#include "rooms/assess/assess_import.h"

#include "base/ledger.h"
#include "gen/sql_assess.h"
#include "rooms/assess/assess_inner.h"
#include "store/log.h"

/* ---- 评分表: groups and items of a draft; it is checked as a whole when it is published */
struct score_line {
    Str table, edition, from_on, rules, kind, code, name;
    OptStr focus, groups, source, rule;
    OptI64 full, per;
};

static const struct option rule_sets[] = {
    {"v1",                  T("v1 周查计分")},
    {"v2",                     T("v2 抽查计分")},
    {0}
};
static const struct option line_kinds[] = {
    {"group",               T("分组")},
    {"inspected",                     T("现场检查项")},
    {"auto",T("自动项")},
    {"bonus",                T("加分项")},
    {"penalty",                     T("扣罚项")},
    {0}
};
static const struct option line_focuses[] = {
    {"road",             T("道路环境卫生")},
    {"look",                  T("村容村貌")},
    {"air",T("大气污染")},
    {"people",              T("党建引领、群众参与")},
    {0                 }
};

#define L(m, TYPE, LABEL, ...) FIELD_OF(struct score_line, m, TYPE, LABEL, __VA_ARGS__)
static const struct field score_fields[] = {
    L(table, TEXT, T("评分表"), .max = 16),
    L(edition, TEXT, T("版本"), .max = 8),
    L(from_on, DAY, T("启用日"), .max = 10),
    L(rules, ENUM, T("算法"), .options = rule_sets),
    L(kind, ENUM, T("类型"), .options = line_kinds),
    L(code, TEXT, T("编号"), .max = 4),
    L(name, TEXT, T("名称"), .max = 40),
    L(focus, ENUM, T("重点"), .options = line_focuses),
    L(full, DECIMAL, T("满分"), .scale = 2, .max = SCORE_FULL),
    L(per, DECIMAL, T("每处"), .scale = 2, .max = SCORE_FULL),
    L(groups, TEXT, T("适用分组"), .max = 40),
    L(source, TEXT, T("数据来源"), .max = 20),
    L(rule, TEXT, T("扣分依据"), .max = 120),
    {0},
};

static Str or_empty(OptStr s)
{
    return s.set ? s.v : (Str){0};
}

/* The draft this line belongs to; a new one begins empty. */
static Err draft_of(Cx *cx, const struct score_line *l, struct assess_table *to)
{
    struct sql_assess_table_named_row there;
    Err e = sql_assess_table_named(
        cx, &(struct sql_assess_table_named){.code = l->table, .edition = l->edition}, &there);
    if (e == OK)
        return assess_table_get(cx, there.id, to);
    if (e != ERR_NOT_FOUND)
        return e;
    bool v2 = str_eq(l->rules, S("v2"));
    score_table_room(cx, &to->t);
    to->t.code = l->table, to->t.version = l->edition, to->t.from_on = l->from_on;
    to->t.rules = v2 ? reckon_v2 : reckon_v1;
    to->t.drawn = v2;
    TRY(assess_table_new(cx, &to->t, &to->id));
    return assess_table_get(cx, to->id, to);
}

static bool group_same(const struct score_group *a, const struct score_group *b)
{
    return str_eq(a->code, b->code) && str_eq(a->name, b->name);
}

static bool item_same(const struct score_item *a, const struct score_item *b)
{
    return a->is.kind == b->is.kind && a->is.full == b->is.full && a->is.per == b->is.per
           && a->is.groups == b->is.groups && str_eq(a->name, b->name) && str_eq(a->focus, b->focus)
           && str_eq(a->source, b->source) && str_eq(a->rule, b->rule);
}

static Err put_group(Cx *cx, struct score_table *t, const struct score_line *l, struct taken *to)
{
    int no = score_table_group(t, l->code);
    const struct score_group g = {l->code, l->name};
    if (no < 0 && t->n_groups == SCORE_GROUPS)
        return fail(cx, ERR_INVALID, "code", T("分组太多，最多 8 个"));
    to->changed = no >= 0;
    to->same = no >= 0 && group_same(&t->group[no], &g);
    t->group[no < 0 ? t->n_groups++ : no] = g;
    return OK;
}

static Err put_item(Cx *cx, struct score_table *t, const struct score_line *l, struct taken *to)
{
    int no = score_table_item(t, l->code);
    struct score_item it = {
        .is = {.code = l->code,
               .kind = (enum item_kind)score_kind(l->kind),
               .full = l->full.v,
               .per = l->per.v},
        .name = l->name,
        .focus = or_empty(l->focus),
        .source = or_empty(l->source),
        .rule = or_empty(l->rule)
    };
    if (!score_table_bits(t, or_empty(l->groups), &it.is.groups))
        return fail(cx, ERR_INVALID, "groups", T("适用分组要先有它的分组行"));
    if (no < 0 && t->n_items == RECKON_ITEMS)
        return fail(cx, ERR_INVALID, "code", T("评分项太多，最多 64 项"));
    to->changed = no >= 0;
    to->same = no >= 0 && item_same(&t->item[no], &it);
    t->item[no < 0 ? t->n_items++ : (size_t)no] = it;
    return score_item_check(cx, t, no < 0 ? t->n_items - 1 : (size_t)no);
}

static Err score_take(Cx *cx, const void *row, struct taken *to)
{
    const struct score_line *l = row;
    struct assess_table draft = {0};
    TRY(draft_of(cx, l, &draft));
    if (str_eq(l->kind, S("group")))
        TRY(put_group(cx, &draft.t, l, to));
    else
        TRY(put_item(cx, &draft.t, l, to));
    to->object = draft.id;
    if (to->same)
        return OK;
    if (!str_eq(draft.state, S("draft")))
        return fail(cx, ERR_CONFLICT, "edition", T("这张评分表已经公布，不能再改"));
    return assess_table_save(cx, draft.id, draft.version, &draft.t);
}

const struct ledger score_table_ledger = {LEDGER_LINES(struct score_line), .name = "score_table",
    .label = T("评分表"), .load = OFFICE_POSTS, .fields = score_fields, .take = score_take};
