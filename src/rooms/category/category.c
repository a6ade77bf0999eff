/* category.c — 问题类别: reading and changing the town's categories; codes follow GB/T 30428.2
 * (majors 01–06), 61–69 and 99 are the town's own. */
#include "base/utf8.h"
#include "gen/sql_category.h"
#include "rooms/category/category_edit.h"
#include "rooms/duty/post.h"
#include "store/db.h"
#include "store/log.h"

#include <inttypes.h>

enum { CATEGORIES_MAX = 400, VERSIONS_MAX = 200 };

Text category_focus(Str focus)
{
    static const struct {
        const char *code;
        Text label;
    } rows[] = {
        {"road", T("道路环境卫生")},
        {"look", T("村容村貌")      },
        {"air",  T("大气污染")      }
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_eq(str(rows[i].code), focus))
            return rows[i].label;
    return (Text){0};
}

Str limit_code(Cx *cx, struct time_limit l)
{
    return str(arena_printf(&cx->mem, "%" PRId64 "%c", l.n, (char)l.unit));
}

Str limit_text(Cx *cx, struct time_limit l)
{
    return l.unit == LIMIT_HOURS  ? say_n(cx, T("{n} 工作时"), l.n)
           : l.unit == LIMIT_DAYS ? say_n(cx, T("{n} 工作日"), l.n)
                                  : say_n(cx, T("{n} 小时（不分昼夜）"), l.n);
}

/* --- reading --- */

/* The rows of all three statements have the same columns. */
#define FROM_ROW(r)                                                                                \
    {                                                                                              \
        .code = (r)->category, .name = (r)->name, .focus = (r)->focus, .river = (r)->river != 0,   \
        .automatic = (r)->automatic != 0, .guard_u = (r)->guard_u, .severity = (r)->severity,      \
        .difficulty = (r)->difficulty, .handlers = (r)->handlers,                                  \
        .handler_post = post_named((r)->post.at, (r)->post.len), .stopper = (r)->stopper,          \
        .radius_m = (r)->radius_m, .age_days = (r)->age_days, .hidden = (r)->hidden != 0,          \
        .name_en = (r)->name_en.v, .version = (r)->version                                         \
    }

static Err read_limit(Cx *cx, Str text, struct category *c)
{
    if (!limit_parse(text, &c->limit))
        return fail_log(cx, ERR_INTERNAL, "category %.*s: bad limit", (int)c->code.len, c->code.at);
    return OK;
}

Err category_find(Cx *cx, Str code, struct category *to)
{
    struct sql_category_now_row r;
    TRY(sql_category_now(
        cx, &(struct sql_category_now){.category = code, .today = town_today(cx)}, &r));
    struct category c = FROM_ROW(&r);
    TRY(read_limit(cx, r.time_limit, &c));
    *to = c;
    return OK;
}

Err category_all(Cx *cx, struct categories *to)
{
    struct sql_category_all_now in = {.today = town_today(cx), .limit = CATEGORIES_MAX};
    struct sql_category_all_now_rows rows;
    TRY(sql_category_all_now(cx, &in, &rows));
    struct category *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct category);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = (struct category)FROM_ROW(&rows.at[i]);
        TRY(read_limit(cx, rows.at[i].time_limit, &at[i]));
    }
    *to = (struct categories){at, rows.n};
    return OK;
}

Err category_history(Cx *cx, Str code, const struct category_version **to, size_t *n)
{
    struct sql_category_versions in = {.category = code, .limit = VERSIONS_MAX};
    struct sql_category_versions_rows rows;
    TRY(sql_category_versions(cx, &in, &rows));
    struct category_version *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct category_version);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = (struct category_version){.c = FROM_ROW(&rows.at[i]),
            .from_on = rows.at[i].from_on,
            .post = rows.at[i].post,
            .by = rows.at[i].by,
            .at = rows.at[i].at};
        TRY(read_limit(cx, rows.at[i].time_limit, &at[i].c));
    }
    *to = at;
    *n = rows.n;
    return OK;
}

/* --- changing --- */

static bool code_sound(Str code)
{
    for (size_t i = 0; i < code.len; i++)
        if (code.at[i] < '0' || code.at[i] > '9')
            return false;
    return code.len == 4;
}

bool english_sound(Str en, size_t most)
{
    for (size_t i = 0; i < en.len; i++)
        if ((unsigned char)en.at[i] >= 0xE3) /* U+3000 and on: Chinese and its marks */
            return false;
    return str_n_chars(en) <= most;
}

static Err check_words(Cx *cx, const struct category_new *in)
{
    if (!code_sound(in->code))
        return fail(cx, ERR_INVALID, "code", T("类别代码应为 4 位数字：大类 2 位、小类 2 位"));
    if (!in->name.len || str_n_chars(in->name) > 20)
        return fail(cx, ERR_INVALID, "name", T("请填写类别名称，最多 20 字"));
    if (!english_sound(in->name_en, CATEGORY_EN_MAX))
        return fail(cx, ERR_INVALID, "name_en", T("英文名称最多 40 个字符，不写汉字"));
    if (in->focus.len && !category_focus(in->focus).zh)
        return fail(cx, ERR_INVALID, "focus", T("重点应为 road、look、air，或留空"));
    if (str_n_chars(in->handlers) > 40)
        return fail(cx, ERR_INVALID, "handlers", T("处置单位最多 40 字"));
    if (in->post.len && post_named(in->post.at, in->post.len) == POST_NONE)
        return fail(cx, ERR_INVALID, "post", T("没有这个岗位"));
    if (str_n_chars(in->stopper) > 120)
        return fail(cx, ERR_INVALID, "stopper", T("提示语最多 120 字"));
    return OK;
}

static Err check_numbers(Cx *cx, const struct category_new *in)
{
    struct time_limit limit;
    if (!limit_parse(in->limit, &limit))
        return fail(cx, ERR_INVALID, "limit",
            T("时限应写成 4h（工作时）、3d（工作日）或 2u（小时，不分昼夜）"));
    if (in->severity < 1 || in->severity > 3)
        return fail(cx, ERR_INVALID, "severity", T("程度应为 1、2 或 3"));
    if (in->difficulty < 1 || in->difficulty > 3)
        return fail(cx, ERR_INVALID, "difficulty", T("难度应为 1、2 或 3"));
    if (in->guard_u < 0 || in->guard_u > 240)
        return fail(cx, ERR_INVALID, "guard_u", T("先行防护应为 0–240 小时"));
    if (in->radius_m < 0 || in->radius_m > 5000)
        return fail(cx, ERR_INVALID, "radius_m", T("疑似重复的距离应为 0–5000 米"));
    if (in->age_days < 0 || in->age_days > 365)
        return fail(cx, ERR_INVALID, "age_days", T("疑似重复的天数应为 0–365"));
    if (in->automatic && in->hidden)
        return fail(cx, ERR_INVALID, "automatic", T("不公开的类别不能自动立案"));
    return OK;
}

static bool same(const struct sql_category_versions_row *r, const struct category_new *in)
{
    return str_eq(r->name, in->name) && str_eq(r->focus, in->focus) && r->river == in->river
           && str_eq(r->time_limit, in->limit) && r->guard_u == in->guard_u
           && r->severity == in->severity && r->difficulty == in->difficulty
           && str_eq(r->handlers, in->handlers) && r->automatic == in->automatic
           && str_eq(r->post, in->post) && str_eq(r->stopper, in->stopper)
           && r->radius_m == in->radius_m && r->age_days == in->age_days && r->hidden == in->hidden
           && str_eq(r->name_en.v, in->name_en);
}

OptStr english_kept(Str en)
{
    return en.len ? some_str(en) : (OptStr){0};
}

static Err write_category(Cx *cx, const struct category_new *in, int64_t version, Str from_on)
{
    TRY(sql_category_add(cx, &(struct sql_category_add){.category = in->code,
                                 .version = version,
                                 .from_on = from_on,
                                 .name = in->name,
                                 .focus = in->focus,
                                 .river = in->river,
                                 .time_limit = in->limit,
                                 .guard_u = in->guard_u,
                                 .severity = in->severity,
                                 .difficulty = in->difficulty,
                                 .handlers = in->handlers,
                                 .automatic = in->automatic,
                                 .post = in->post,
                                 .stopper = in->stopper,
                                 .radius_m = in->radius_m,
                                 .age_days = in->age_days,
                                 .hidden = in->hidden,
                                 .name_en = english_kept(in->name_en)}));
    return event_add(cx, &(struct event){.verb = "category_set",
                             .unit = cx->town_id * 1000000,
                             .to = str(arena_printf(&cx->mem, "%.*s v%" PRId64, (int)in->code.len,
                                 in->code.at, version)),
                             .said = in->name});
}

Err category_check(Cx *cx, const struct category_new *in)
{
    TRY(check_words(cx, in));
    return check_numbers(cx, in);
}

static Err category_write_in(Cx *cx, const struct category_new *given, enum put *put)
{
    struct category_new now = *given, *in = &now;
    struct sql_category_versions_rows was;
    Str from_on;
    TRY(town_may_edit(cx));
    TRY(category_check(cx, in));
    TRY(town_from_on(cx, in->from_on, &from_on));
    TRY(sql_category_versions(
        cx, &(struct sql_category_versions){.category = in->code, .limit = 1}, &was));
    int64_t newest = was.n ? was.at[0].version : 0;
    if (was.n && in->version == FOR_IMPORTS && !in->name_en.len)
        in->name_en = was.at[0].name_en.v; /* a table without that column takes nothing away */
    if (was.n && same(&was.at[0], in)) {
        *put = PUT_SAME;
        return OK;
    }
    if (in->version != FOR_IMPORTS && in->version != newest)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚改过，请看新的内容再改"));
    *put = was.n ? PUT_CHANGED : PUT_ADDED;
    return write_category(cx, in, newest + 1, from_on);
}

struct category_write_step {
    const struct category_new *in;
    enum put *put;
};

static Err category_write_step(Cx *cx, void *arg)
{
    const struct category_write_step *s = arg;
    return category_write_in(cx, s->in, s->put);
}

Err category_put(Cx *cx, const struct category_new *in, enum put *put)
{
    struct category_write_step s = {in, put};
    return db_transaction(cx, category_write_step, &s);
}
