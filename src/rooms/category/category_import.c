/* category_import.c — 导入: categories, tiles and ready words from table files, one rule a line. */
#include "rooms/category/category_import.h"
#include "base/ledger.h"
#include "rooms/duty/post.h"

static void told(enum put put, struct taken *to)
{
    *to = (struct taken){.changed = put == PUT_CHANGED, .same = put == PUT_SAME};
}

static Str or_empty(OptStr s)
{
    return s.set ? s.v : (Str){0};
}
static int64_t or_zero(OptI64 n)
{
    return n.set ? n.v : 0;
}

/* --- categories --- */

static const struct option focuses[] = {
    {"road",             T("道路环境卫生")},
    {"look",                  T("村容村貌")},
    {"air",T("大气污染")},
    {0             },
};

/* The posts that handle problems; their codes are those of rooms/duty/post.c. */
static const struct option handler_posts[] = {
    {"cadre",         T("两委干部")},
    {"grid_keeper",               T("网格员")},
    {"contractor",T("处置单位")},
    {"secretary",    T("书记")},
    {"dept",               T("包村部门负责人")},
    {"lead", T("包村科级干部")},
    {"office",          T("领导小组办公室")},
    {0              },
};

#define C(m, TYPE, LABEL, ...) FIELD_OF(struct category_line, m, TYPE, LABEL, __VA_ARGS__)
const struct field category_fields[] = {
    C(code, TEXT, T("类别代码"), .max = 4),
    C(name, TEXT, T("类别名称"), .max = 20),
    C(focus, ENUM, T("重点"), .options = focuses),
    C(river, BOOL, T("涉河"), .max = 1),
    C(limit, TEXT, T("时限"), .max = 8),
    C(guard_u, INT, T("先行防护（小时）"), .max = 240),
    C(severity, INT, T("程度"), .min = 1, .max = 3),
    C(difficulty, INT, T("难度"), .min = 1, .max = 3),
    C(handlers, TEXT, T("处置单位"), .max = 40),
    C(automatic, BOOL, T("自动立案派遣"), .max = 1),
    C(post, ENUM, T("自动派给的岗位"), .options = handler_posts),
    C(stopper, TEXT, T("不归我们管时的提示"), .max = 120),
    C(radius_m, INT, T("疑似重复（米）"), .max = 5000),
    C(age_days, INT, T("疑似重复（天）"), .max = 365),
    C(hidden, BOOL, T("不公开"), .max = 1),
    C(from_on, DAY, T("生效日"), .max = 10),
    C(name_en, TEXT, T("英文名称"), .max = CATEGORY_EN_MAX),
    {0},
};

struct category_new category_of_line(const struct category_line *l)
{
    return (struct category_new){.code = l->code,
        .name = l->name,
        .name_en = or_empty(l->name_en),
        .focus = or_empty(l->focus),
        .limit = l->limit,
        .guard_u = or_zero(l->guard_u),
        .severity = l->severity,
        .difficulty = l->difficulty,
        .radius_m = or_zero(l->radius_m),
        .age_days = or_zero(l->age_days),
        .version = FOR_IMPORTS,
        .river = or_zero(l->river),
        .automatic = or_zero(l->automatic),
        .hidden = or_zero(l->hidden),
        .handlers = or_empty(l->handlers),
        .post = or_empty(l->post),
        .stopper = or_empty(l->stopper),
        .from_on = or_empty(l->from_on)};
}

static Err line_check(Cx *cx, const void *row)
{
    struct category_new in = category_of_line(row);
    return category_check(cx, &in);
}

static Err line_take(Cx *cx, const void *row, struct taken *to)
{
    struct category_new in = category_of_line(row);
    enum put put;
    TRY(category_put(cx, &in, &put));
    told(put, to);
    return OK;
}

static const struct ledger category_ledger = {
    LEDGER_LINES(struct category_line),
    .name = "category",
    .label = T("问题类别"),
    .about = T("类别、时限、程度、难度、提示语"),
    .load = OFFICE_POSTS,
    .fields = category_fields,
    .check = line_check,
    .take = line_take,
};

/* --- tiles --- */

#define L(m, TYPE, LABEL, ...) FIELD_OF(struct tile_line, m, TYPE, LABEL, __VA_ARGS__)
const struct field tile_fields[] = {
    L(word, TEXT, T("图标上的字"), .max = 8),
    L(code, TEXT, T("类别代码"), .max = 4),
    L(icon, TEXT, T("图形"), .max = 30),
    L(under, TEXT, T("上一级图标"), .max = 8),
    L(position, INT, T("顺序"), .max = 999),
    L(shown, BOOL, T("显示"), .max = 1),
    L(from_on, DAY, T("生效日"), .max = 10),
    L(word_en, TEXT, T("图标上的英文"), .max = TILE_EN_MAX),
    {0},
};

struct tile_new tile_of_line(const struct tile_line *l)
{
    return (struct tile_new){.word = l->word,
        .word_en = or_empty(l->word_en),
        .code = l->code,
        .icon = or_empty(l->icon),
        .under = or_empty(l->under),
        .position = or_zero(l->position),
        .version = FOR_IMPORTS,
        .shown = !l->shown.set || l->shown.v,
        .from_on = or_empty(l->from_on)};
}

static Err tile_take(Cx *cx, const void *row, struct taken *to)
{
    struct tile_new in = tile_of_line(row);
    enum put put;
    TRY(category_tile_put(cx, &in, &put));
    told(put, to);
    return OK;
}

static const struct ledger tile_ledger = {
    LEDGER_LINES(struct tile_line),
    .name = "tile",
    .label = T("上报图标"),
    .about = T("随手拍页面上的图标和它的细分"),
    .load = OFFICE_POSTS,
    .fields = tile_fields,
    .take = tile_take,
};

/* --- 常用语 --- */

#define P(m, TYPE, LABEL, ...) FIELD_OF(struct phrase_line, m, TYPE, LABEL, __VA_ARGS__)
const struct field phrase_fields[] = {
    P(verb, ENUM, T("步骤"), .options = phrase_verbs),
    P(code, TEXT, T("类别代码"), .max = 4),
    P(words, TEXT, T("常用语"), .max = 60),
    P(position, INT, T("顺序"), .max = 999),
    P(shown, BOOL, T("显示"), .max = 1),
    P(from_on, DAY, T("生效日"), .max = 10),
    {0},
};

struct phrase_new phrase_of_line(const struct phrase_line *l)
{
    return (struct phrase_new){.verb = l->verb,
        .code = or_empty(l->code),
        .words = l->words,
        .position = or_zero(l->position),
        .version = FOR_IMPORTS,
        .shown = !l->shown.set || l->shown.v,
        .from_on = or_empty(l->from_on)};
}

static Err phrase_take(Cx *cx, const void *row, struct taken *to)
{
    struct phrase_new in = phrase_of_line(row);
    enum put put;
    TRY(category_phrase_put(cx, &in, &put));
    told(put, to);
    return OK;
}

static const struct ledger phrase_ledger = {
    LEDGER_LINES(struct phrase_line),
    .name = "phrase",
    .label = T("常用语"),
    .about = T("各步骤点一下就填好的话"),
    .load = OFFICE_POSTS,
    .fields = phrase_fields,
    .take = phrase_take,
};

const struct ledger *const category_ledgers[] = {
    &category_ledger, &tile_ledger, &phrase_ledger, NULL};
