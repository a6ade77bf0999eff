/* category_tile.c — 图标 and 常用语: the report page's big words, and the ready words of each verb.
 */
#include "base/utf8.h"
#include "gen/sql_category.h"
#include "rooms/category/category_edit.h"
#include "store/db.h"
#include "store/log.h"

#include <inttypes.h>

enum { TILES_MAX = 100, PHRASES_MAX = 40, PHRASE_LIST_MAX = 2000 };

const struct option phrase_verbs[] = {
    {"feed_back",           T("反馈整改")},
    {"fail",                     T("核查不通过")},
    {"return",T("退回")},
    {"reject",              T("不予立案")},
    {"extend_ask",                     T("申请延期")},
    {"suspend_ask",T("申请挂账")},
    {"transfer",          T("移交")},
    {"void_ask",                     T("申请作废")},
    {"comment",              T("留言")},
    {"deduct",            T("检查扣分")},
    {0                    },
};

/* --- tiles --- */

static Err tiles_now(Cx *cx, struct sql_category_tiles_now_rows *rows)
{
    struct sql_category_tiles_now in = {.today = town_today(cx), .limit = TILES_MAX};
    return sql_category_tiles_now(cx, &in, rows);
}

static Err tiles_under(Cx *cx, Str under, const struct tile **to, size_t *n)
{
    struct sql_category_tiles_now_rows rows;
    TRY(tiles_now(cx, &rows));
    struct tile *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct tile);
    *n = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.at[i].under, under))
            at[(*n)++] = (struct tile){
                rows.at[i].word, rows.at[i].category, rows.at[i].icon, rows.at[i].word_en.v};
    *to = at;
    return OK;
}

Err category_tiles(Cx *cx, const struct tile **to, size_t *n)
{
    return tiles_under(cx, (Str){0}, to, n);
}

Err category_chips(Cx *cx, Str tile, const struct tile **to, size_t *n)
{
    if (!tile.len) {
        *n = 0;
        return OK;
    }
    return tiles_under(cx, tile, to, n);
}

Err category_tile_list(Cx *cx, const struct tile_row **to, size_t *n)
{
    struct sql_category_tiles_now_rows rows;
    TRY(tiles_now(cx, &rows));
    struct tile_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct tile_row);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct tile_row){.word = rows.at[i].word,
            .word_en = rows.at[i].word_en.v,
            .code = rows.at[i].category,
            .icon = rows.at[i].icon,
            .under = rows.at[i].under,
            .position = rows.at[i].position,
            .version = rows.at[i].version};
    *to = at;
    *n = rows.n;
    return OK;
}

Err category_of_tile(Cx *cx, Str word, struct category *to)
{
    struct sql_category_tiles_now_rows rows;
    Err e = category_find(cx, word, to);
    if (e != ERR_NOT_FOUND)
        return e;
    TRY(tiles_now(cx, &rows));
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.at[i].word, word))
            return category_find(cx, rows.at[i].category, to);
    return ERR_NOT_FOUND;
}

/* A category that may be offered. */
static Err check_category(Cx *cx, Str code)
{
    struct category c;
    Err e = category_find(cx, code, &c);
    if (e == ERR_NOT_FOUND || (e == OK && c.hidden))
        return fail(cx, ERR_INVALID, "code", T("没有这个类别，或它不公开"));
    return e;
}

static Err check_tile(Cx *cx, const struct tile_new *in)
{
    if (!in->word.len || str_n_chars(in->word) > 8)
        return fail(cx, ERR_INVALID, "word", T("图标上的字应为 1–8 字"));
    if (!english_sound(in->word_en, TILE_EN_MAX))
        return fail(cx, ERR_INVALID, "word_en", T("英文最多 24 个字符，不写汉字"));
    TRY(check_category(cx, in->code));
    for (size_t i = 0; i < in->icon.len; i++)
        if (!((in->icon.at[i] >= 'a' && in->icon.at[i] <= 'z') || in->icon.at[i] == '-'))
            return fail(cx, ERR_INVALID, "icon", T("图形名只用小写字母和“-”"));
    if (in->icon.len > 30)
        return fail(cx, ERR_INVALID, "icon", T("图形名只用小写字母和“-”"));
    if (in->position < 0 || in->position > 999)
        return fail(cx, ERR_INVALID, "position", T("顺序应为 0–999"));
    if (in->under.len) {
        struct sql_category_tile_versions_rows above;
        TRY(sql_category_tile_versions(
            cx, &(struct sql_category_tile_versions){.word = in->under, .limit = 1}, &above));
        if (!above.n || above.at[0].under.len)
            return fail(cx, ERR_INVALID, "under", T("上一级图标不存在"));
    }
    return OK;
}

static Err tile_put_in(Cx *cx, const struct tile_new *given, enum put *put)
{
    struct tile_new now = *given, *in = &now;
    struct sql_category_tile_versions_rows was;
    Str from_on;
    TRY(town_may_edit(cx));
    TRY(check_tile(cx, in));
    TRY(town_from_on(cx, in->from_on, &from_on));
    TRY(sql_category_tile_versions(
        cx, &(struct sql_category_tile_versions){.word = in->word, .limit = 1}, &was));
    int64_t newest = was.n ? was.at[0].version : 0;
    const struct sql_category_tile_versions_row *w = was.n ? &was.at[0] : NULL;
    if (w && in->version == FOR_IMPORTS && !in->word_en.len)
        in->word_en = w->word_en.v; /* a table without that column takes nothing away */
    if (w && str_eq(w->word_en.v, in->word_en) && str_eq(w->category, in->code)
        && str_eq(w->icon, in->icon) && str_eq(w->under, in->under) && w->position == in->position
        && w->shown == in->shown) {
        *put = PUT_SAME;
        return OK;
    }
    if (in->version != FOR_IMPORTS && in->version != newest)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚改过，请看新的内容再改"));
    *put = w ? PUT_CHANGED : PUT_ADDED;
    TRY(sql_category_tile_add(cx, &(struct sql_category_tile_add){.word = in->word,
                                      .version = newest + 1,
                                      .from_on = from_on,
                                      .category = in->code,
                                      .icon = in->icon,
                                      .under = in->under,
                                      .position = in->position,
                                      .shown = in->shown,
                                      .word_en = english_kept(in->word_en)}));
    return event_add(
        cx, &(struct event){.verb = "tile_set",
                .unit = cx->town_id * 1000000,
                .to = str(arena_printf(&cx->mem, "%.*s v%" PRId64 "%s", (int)in->word.len,
                    in->word.at, newest + 1, in->shown ? "" : " -"))});
}

struct tile_put_step {
    const struct tile_new *in;
    enum put *put;
};

static Err tile_put_step(Cx *cx, void *arg)
{
    const struct tile_put_step *s = arg;
    return tile_put_in(cx, s->in, s->put);
}

Err category_tile_put(Cx *cx, const struct tile_new *in, enum put *put)
{
    struct tile_put_step s = {in, put};
    return db_transaction(cx, tile_put_step, &s);
}

/* --- 常用语 --- */

static Err phrases_now(Cx *cx, Str verb, Str code, struct sql_category_phrases_now_rows *rows)
{
    struct sql_category_phrases_now in = {
        .verb = verb, .category = code, .today = town_today(cx), .limit = PHRASES_MAX};
    return sql_category_phrases_now(cx, &in, rows);
}

Err category_phrases(Cx *cx, Str code, Str verb, struct phrases *to)
{
    struct sql_category_phrases_now_rows own = {0}, all;
    if (code.len)
        TRY(phrases_now(cx, verb, code, &own));
    TRY(phrases_now(cx, verb, (Str){0}, &all));
    Str *at = NEW_ARRAY(&cx->mem, own.n + all.n + 1, Str);
    size_t n = 0;
    for (size_t i = 0; i < own.n; i++)
        at[n++] = own.at[i].words;
    for (size_t i = 0; i < all.n; i++)
        at[n++] = all.at[i].words;
    *to = (struct phrases){at, n};
    return OK;
}

Err category_phrase_list(Cx *cx, const struct phrase_row **to, size_t *n)
{
    struct sql_category_phrases_all in = {.today = town_today(cx), .limit = PHRASE_LIST_MAX};
    struct sql_category_phrases_all_rows rows;
    TRY(sql_category_phrases_all(cx, &in, &rows));
    struct phrase_row *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct phrase_row);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = (struct phrase_row){.verb = rows.at[i].verb,
            .code = rows.at[i].category,
            .words = rows.at[i].words,
            .position = rows.at[i].position,
            .version = rows.at[i].version};
    *to = at;
    *n = rows.n;
    return OK;
}

static Err check_phrase(Cx *cx, const struct phrase_new *in)
{
    bool known = false;
    for (const struct option *v = phrase_verbs; v->code; v++)
        known |= str_eq(str(v->code), in->verb);
    if (!known)
        return fail(cx, ERR_INVALID, "verb", T("这个步骤没有常用语"));
    if (in->code.len)
        TRY(check_category(cx, in->code));
    if (!in->words.len || str_n_chars(in->words) > 60)
        return fail(cx, ERR_INVALID, "words", T("常用语应为 1–60 字"));
    if (in->position < 0 || in->position > 999)
        return fail(cx, ERR_INVALID, "position", T("顺序应为 0–999"));
    return OK;
}

static Err phrase_put_in(Cx *cx, const struct phrase_new *in, enum put *put)
{
    struct sql_category_phrase_versions_rows was;
    struct sql_category_phrase_versions ask = {
        .verb = in->verb, .category = in->code, .words = in->words, .limit = 1};
    Str from_on;
    TRY(town_may_edit(cx));
    TRY(check_phrase(cx, in));
    TRY(town_from_on(cx, in->from_on, &from_on));
    TRY(sql_category_phrase_versions(cx, &ask, &was));
    int64_t newest = was.n ? was.at[0].version : 0;
    if (was.n && was.at[0].position == in->position && was.at[0].shown == in->shown) {
        *put = PUT_SAME;
        return OK;
    }
    if (in->version != FOR_IMPORTS && in->version != newest)
        return fail(cx, ERR_CONFLICT, NULL, T("别人刚改过，请看新的内容再改"));
    *put = was.n ? PUT_CHANGED : PUT_ADDED;
    TRY(sql_category_phrase_add(cx, &(struct sql_category_phrase_add){.verb = in->verb,
                                        .category = in->code,
                                        .words = in->words,
                                        .version = newest + 1,
                                        .from_on = from_on,
                                        .position = in->position,
                                        .shown = in->shown}));
    return event_add(
        cx, &(struct event){.verb = "phrase_set",
                .unit = cx->town_id * 1000000,
                .to = str(arena_printf(&cx->mem, "%.*s %.*s%s", (int)in->verb.len, in->verb.at,
                    (int)in->code.len, in->code.at, in->shown ? "" : " -")),
                .said = in->words});
}

struct phrase_put_step {
    const struct phrase_new *in;
    enum put *put;
};

static Err phrase_put_step(Cx *cx, void *arg)
{
    const struct phrase_put_step *s = arg;
    return phrase_put_in(cx, s->in, s->put);
}

Err category_phrase_put(Cx *cx, const struct phrase_new *in, enum put *put)
{
    struct phrase_put_step s = {in, put};
    return db_transaction(cx, phrase_put_step, &s);
}
