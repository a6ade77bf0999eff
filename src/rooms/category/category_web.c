/* category_web.c — /settings/categories, tiles, phrases: each change a version with its first day.
 */
#include "rooms/category/category_web.h"

#include "gen/tmpl.h"
#include "rooms/category/category_import.h"
#include "rooms/category/category_pages.h"
#include "rooms/town/town_form_web.h"

#include <inttypes.h>

static OptStr some(Str s)
{
    return s.len ? some_str(s) : (OptStr){0};
}

/* --- categories --- */

static Err category_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct category_list_view v = {
        .shell = shell_of(cx, req, "settings"), .saved = query_text(req, "saved").len > 0};
    struct categories all;
    TRY(category_all(cx, &all));
    struct category_card *at = NEW_ARRAY(&cx->mem, all.n + 1, struct category_card);
    for (size_t i = 0; i < all.n; i++)
        at[i] = (struct category_card){.code = all.at[i].code,
            .name = category_shown(cx, &all.at[i]),
            .focus = all.at[i].focus,
            .limit = limit_text(cx, all.at[i].limit),
            .handlers = all.at[i].handlers,
            .severity = all.at[i].severity,
            .difficulty = all.at[i].difficulty,
            .version = all.at[i].version,
            .automatic = all.at[i].automatic,
            .hidden = all.at[i].hidden};
    v.rows = (struct category_cards){at, all.n};
    page_category_list(resp_page(cx, req, resp), &v);
    return OK;
}

static struct category_line line_of(Cx *cx, const struct category_version *w)
{
    const struct category *c = &w->c;
    return (struct category_line){.code = c->code,
        .name = c->name,
        .name_en = some(c->name_en),
        .limit = limit_code(cx, c->limit),
        .severity = c->severity,
        .difficulty = c->difficulty,
        .focus = some(c->focus),
        .handlers = some(c->handlers),
        .post = some(w->post),
        .stopper = some(c->stopper),
        .river = some_i64(c->river),
        .guard_u = some_i64(c->guard_u),
        .automatic = some_i64(c->automatic),
        .radius_m = some_i64(c->radius_m),
        .age_days = some_i64(c->age_days),
        .hidden = some_i64(c->hidden)};
}

/* What a version said, in one line. */
static Str said_of(Cx *cx, const struct category_version *w)
{
    Str limit = limit_text(cx, w->c.limit);
    Str name = category_shown(cx, &w->c);
    return str(arena_printf(&cx->mem, "%.*s · %.*s · %" PRId64 "/%" PRId64, (int)name.len, name.at,
        (int)limit.len, limit.at, w->c.severity, w->c.difficulty));
}

static Err category_form(Cx *cx, Str code, struct editing *e, struct category_line *newest)
{
    const struct category_version *all;
    size_t n = 0;
    *e = (struct editing){.fields = category_fields, .nav = "settings"};
    e->view.title = say(cx, T("新增类别"));
    e->view.lead = say(cx, T("时限：4h 是 4 工作时，3d 是 3 工作日，2u 是 2 小时不分昼夜。"));
    e->view.back = S("/settings/categories");
    *newest = (struct category_line){0};
    if (!code.len)
        return OK;
    TRY(category_history(cx, code, &all, &n));
    if (!n)
        return ERR_NOT_FOUND;
    *newest = line_of(cx, &all[0]);
    Str shown = category_shown(cx, &all[0].c);
    e->view.title =
        str(arena_printf(&cx->mem, "%.*s %.*s", (int)code.len, code.at, (int)shown.len, shown.at));
    struct history_line *at = NEW_ARRAY(&cx->mem, n, struct history_line);
    for (size_t i = 0; i < n; i++)
        at[i] = edit_version(cx,
            (struct history_line){.version = all[i].c.version,
                .at = all[i].at,
                .from_on = all[i].from_on,
                .value = said_of(cx, &all[i])},
            all[i].by);
    e->view.history = (struct history_lines){at, n};
    e->view.has_history = true;
    e->view.version = all[0].c.version;
    return OK;
}

static Str code_of(const Req *req)
{
    Str code = path_text(req, "code");
    return str_eq(code, S("new")) ? (Str){0} : code;
}

static Err category_get(Cx *cx, const Req *req, Resp *resp)
{
    struct category_line row;
    struct editing e;
    TRY(category_form(cx, code_of(req), &e, &row));
    e.row = &row;
    return edit_show(cx, req, resp, &e, OK);
}

static Err category_post(Cx *cx, const Req *req, Resp *resp)
{
    struct category_line row = {0}, now;
    struct editing e;
    Str code = code_of(req);
    TRY(category_form(cx, code, &e, &now));
    e.row = &row;
    Err err = edit_read(cx, req, &e);
    enum put put;
    struct category_new in = category_of_line(&row);
    in.version = form_i64(req, "version");
    if (err == OK && code.len && !str_eq(code, in.code))
        err = fail(cx, ERR_INVALID, "code", T("代码不能改：请新增一个类别"));
    if (err == OK)
        err = category_put(cx, &in, &put);
    if (err == OK)
        return redirect(cx, resp, "/settings/categories?saved=1");
    if (err == ERR_CONFLICT && code.len)
        e.theirs = &now;
    return edit_show(cx, req, resp, &e, err);
}

/* --- tiles --- */

static Err tile_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct tile_list_view v = {
        .shell = shell_of(cx, req, "settings"), .saved = query_text(req, "saved").len > 0};
    const struct tile_row *all;
    size_t n;
    TRY(category_tile_list(cx, &all, &n));
    struct tile_card *at = NEW_ARRAY(&cx->mem, n + 1, struct tile_card);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct tile_card){.word = all[i].word,
            .word_en = all[i].word_en,
            .code = all[i].code,
            .category = category_code_shown(cx, all[i].code),
            .under = all[i].under,
            .icon = all[i].icon,
            .position = all[i].position};
    v.rows = (struct tile_cards){at, n};
    page_tile_list(resp_page(cx, req, resp), &v);
    return OK;
}

/* The tile of ?word=, or an empty form for a new one. */
static Err tile_form(Cx *cx, Str word, struct editing *e, struct tile_line *newest)
{
    const struct tile_row *all;
    size_t n;
    *e = (struct editing){.fields = tile_fields, .nav = "settings"};
    e->view.title = say(cx, word.len ? T("修改图标") : T("新增图标"));
    e->view.lead = say(cx, T("要停用一个图标，把“显示”改为否。"));
    e->view.back = S("/settings/tiles");
    *newest = (struct tile_line){.shown = some_i64(1)};
    if (!word.len)
        return OK;
    TRY(category_tile_list(cx, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].word, word)) {
            *newest = (struct tile_line){.word = all[i].word,
                .word_en = some(all[i].word_en),
                .code = all[i].code,
                .icon = some(all[i].icon),
                .under = some(all[i].under),
                .position = some_i64(all[i].position),
                .shown = some_i64(1)};
            e->view.version = all[i].version;
            return OK;
        }
    return ERR_NOT_FOUND;
}

static Err tile_get(Cx *cx, const Req *req, Resp *resp)
{
    struct tile_line row;
    struct editing e;
    TRY(tile_form(cx, query_text(req, "word"), &e, &row));
    e.row = &row;
    return edit_show(cx, req, resp, &e, OK);
}

static Err tile_post(Cx *cx, const Req *req, Resp *resp)
{
    struct tile_line row = {0}, now;
    struct editing e;
    Str word = query_text(req, "word");
    TRY(tile_form(cx, word, &e, &now));
    e.row = &row;
    Err err = edit_read(cx, req, &e);
    enum put put;
    struct tile_new in = tile_of_line(&row);
    in.version = form_i64(req, "version");
    if (err == OK && word.len && !str_eq(word, in.word))
        err = fail(cx, ERR_INVALID, "word", T("字不能改：请停用它，再新增一个"));
    if (err == OK)
        err = category_tile_put(cx, &in, &put);
    if (err == OK)
        return redirect(cx, resp, "/settings/tiles?saved=1");
    if (err == ERR_CONFLICT && word.len)
        e.theirs = &now;
    return edit_show(cx, req, resp, &e, err);
}

/* --- ready words --- */

static Text verb_label(Str verb)
{
    for (const struct option *v = phrase_verbs; v->code; v++)
        if (str_eq(str(v->code), verb))
            return v->label;
    return (Text){0};
}

static Err phrase_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct phrase_list_view v = {.shell = shell_of(cx, req, "settings"),
        .saved = query_text(req, "saved").len > 0,
        .key = new_key(cx)};
    const struct phrase_row *all;
    size_t n;
    TRY(category_phrase_list(cx, &all, &n));
    struct phrase_card *at = NEW_ARRAY(&cx->mem, n + 1, struct phrase_card);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct phrase_card){.verb = verb_label(all[i].verb),
            .verb_code = all[i].verb,
            .code = all[i].code,
            .category = all[i].code.len ? category_code_shown(cx, all[i].code) : (Str){0},
            .words = all[i].words,
            .position = all[i].position,
            .version = all[i].version};
    v.rows = (struct phrase_cards){at, n};
    page_phrase_list(resp_page(cx, req, resp), &v);
    return OK;
}

static struct editing phrase_form(Cx *cx, struct phrase_line *row)
{
    struct editing e = {.fields = phrase_fields, .row = row, .nav = "settings"};
    e.view.title = say(cx, T("新增常用语"));
    e.view.lead = say(cx, T("类别代码留空：各类别都用。"));
    e.view.back = S("/settings/phrases");
    return e;
}

static Err phrase_get(Cx *cx, const Req *req, Resp *resp)
{
    struct phrase_line row = {.shown = some_i64(1)};
    struct editing e = phrase_form(cx, &row);
    return edit_show(cx, req, resp, &e, OK);
}

static Err phrase_post(Cx *cx, const Req *req, Resp *resp)
{
    struct phrase_line row = {0};
    struct editing e = phrase_form(cx, &row);
    Err err = edit_read(cx, req, &e);
    enum put put;
    struct phrase_new in = phrase_of_line(&row);
    if (err == OK) /* a new sentence: nothing of it was on the screen that could be lost */
        err = category_phrase_put(cx, &in, &put);
    if (err == OK)
        return redirect(cx, resp, "/settings/phrases?saved=1");
    return edit_show(cx, req, resp, &e, err);
}

static Err phrase_hide_post(Cx *cx, const Req *req, Resp *resp)
{
    enum put put;
    struct phrase_new in = {.verb = form_text(req, "verb"),
        .code = form_text(req, "code"),
        .words = form_text(req, "words"),
        .position = form_i64(req, "position"),
        .version = form_i64(req, "version")};
    TRY(category_phrase_put(cx, &in, &put));
    return redirect(cx, resp, "/settings/phrases?saved=1");
}

const struct route category_routes[] = {
    {GET,                  "/settings/categories", .who = OFFICE_POSTS, .run = category_list_get, .on = ON_READ},
    {GET, "/settings/categories/{code}", .who = OFFICE_POSTS, .run = category_get, .on = ON_READ},
    {POST,       "/settings/categories/{code}", .who = OFFICE_POSTS, .run = category_post, .on = ON_WAIT},
    {GET,                  "/settings/tiles", .who = OFFICE_POSTS, .run = tile_list_get, .on = ON_READ},
    {GET, "/settings/tiles/edit", .who = OFFICE_POSTS, .run = tile_get, .on = ON_READ},
    {POST,       "/settings/tiles/edit", .who = OFFICE_POSTS, .run = tile_post, .on = ON_WAIT},
    {GET,                 "/settings/phrases", .who = OFFICE_POSTS, .run = phrase_list_get, .on = ON_READ},
    {GET, "/settings/phrases/new", .who = OFFICE_POSTS, .run = phrase_get, .on = ON_READ},
    {POST,       "/settings/phrases/new", .who = OFFICE_POSTS, .run = phrase_post, .on = ON_WAIT},
    {POST,                  "/settings/phrases/hide", .who = OFFICE_POSTS, .run = phrase_hide_post, .on = ON_WAIT},
    {0},
};
