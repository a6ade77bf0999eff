/* assess_table_web.c — 评分表: its items and rules in words; a draft edited item by item, published
 * by another person; a new draft as a copy of any. */
#include "base/day.h"
#include "base/fields.h"
#include "gen/tmpl.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_measure.h"
#include "rooms/assess/assess_view.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { NUMBERS = 13 };

static const struct word {
    const char *code;
    Text label;
} kinds[] =
    {
        {"inspected", T("现场检查")},
        {"auto",      T("自动项")   },
        {"bonus",     T("加分项")   },
        {"penalty",   T("扣罚项")   },
},
  focuses[] = {
      {"road", T("道路环境卫生")},
      {"look", T("村容村貌")},
      {"air", T("大气污染")},
      {"people", T("党建引领、群众参与")},
      {"", T("不分")},
};

static struct assess_picks picks_of(Cx *cx, const struct word *w, size_t n, Str chosen)
{
    struct assess_pick *at = NEW_ARRAY(&cx->mem, n + 1, struct assess_pick);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct assess_pick){
            str(w[i].code), say(cx, w[i].label), str_eq(chosen, str(w[i].code)), false};
    return (struct assess_picks){at, n};
}

static struct assess_picks sources_of(Cx *cx, Str chosen)
{
    size_t n = 0;
    while (assess_measures[n].code)
        n++;
    struct assess_pick *at = NEW_ARRAY(&cx->mem, n + 1, struct assess_pick);
    at[0] = (struct assess_pick){.label = say(cx, T("不用（不是自动项）")), .chosen = !chosen.len};
    for (size_t i = 0; i < n; i++)
        at[i + 1] = (struct assess_pick){.value = str(assess_measures[i].code),
            .label = say(cx, assess_measures[i].name),
            .chosen = str_eq(chosen, str(assess_measures[i].code))};
    return (struct assess_picks){at, n + 1};
}

/* "G R"; empty: all. */
static Str groups_text(Cx *cx, const struct score_table *t, uint32_t bits)
{
    const char *all = "";
    for (int g = 0; g < t->n_groups && bits; g++)
        if (bits >> g & 1)
            all = arena_printf(&cx->mem, "%s%s%.*s", all, *all ? " " : "",
                (int)t->group[g].code.len, t->group[g].code.at);
    return str(all);
}

static struct table_item item_of(Cx *cx, const struct score_table *t, size_t i)
{
    const struct score_item *it = &t->item[i];
    const struct assess_measure *how = assess_measure_named(it->source);
    return (struct table_item){
        .code = it->is.code,
        .name = it->name,
        .kind = str(score_kind_code(it->is.kind)),
        .full = assess_points(cx, it->is.full),
        .per = assess_points(cx, it->is.per),
        .groups = groups_text(cx, t, it->is.groups),
        .focus = it->focus,
        .source = it->source,
        .rule = it->rule,
        .definition = how ? say(cx, how->definition) : (Str){0  },
        .kind_label = kinds[it->is.kind].label,
        .no_ledger = it->is.kind == ITEM_AUTO && how && !how->count,
        .measure = how ? how->name : (Text){ "", ""}
    };
}

static void items_of(Cx *cx, const struct score_table *t, struct table_view *v)
{
    struct table_item *at = NEW_ARRAY(&cx->mem, t->n_items + 1, struct table_item);
    struct table_sum *sums = NEW_ARRAY(&cx->mem, (size_t)t->n_groups + 1, struct table_sum);
    for (size_t i = 0; i < t->n_items; i++)
        at[i] = item_of(cx, t, i);
    for (int g = 0; g < t->n_groups; g++) {
        int64_t full = score_table_full(t, g);
        sums[g] = (struct table_sum){t->group[g].name, assess_points(cx, full), full != SCORE_FULL};
    }
    v->items = (struct table_items){at, t->n_items};
    v->sums.at = sums;
    v->sums.n = (size_t)t->n_groups;
}

static void numbers_of(Cx *cx, const struct reckon_rules *r, struct table_view *v)
{
    struct number_row *at = NEW_ARRAY(&cx->mem, NUMBERS, struct number_row);
    size_t n = 0;
    at[n++] = (struct number_row){T("各周平均占"), assess_percent(cx, r->week_share)};
    at[n++] = (struct number_row){T("月末检查占"), assess_percent(cx, r->month_share)};
    at[n++] = (struct number_row){T("加分合计最多"), assess_points(cx, r->bonus_cap)};
    at[n++] = (struct number_row){T("扣罚合计最多"), assess_points(cx, r->penalty_cap)};
    at[n++] = (struct number_row){T("满分封顶"), assess_points(cx, r->top)};
    at[n++] = (struct number_row){T("红旗：组内前"), assess_percent(cx, r->red_percent)};
    at[n++] = (struct number_row){T("红旗：不低于"), assess_points(cx, r->red_min)};
    if (!r->black_in_a_row)
        at[n++] = (struct number_row){T("黑旗：组内末"), assess_percent(cx, r->black_percent)};
    at[n++] = (struct number_row){r->black_in_a_row ? T("黑旗：连续两个月低于") : T("黑旗：低于"),
        assess_points(cx, r->black_max)};
    at[n++] = (struct number_row){T("黑旗：不论名次，低于"), assess_points(cx, r->black_any)};
    if (r->min_den)
        at[n++] = (struct number_row){T("自动项：件数不足不计"), number_text(cx, r->min_den)};
    v->numbers.at = at;
    v->numbers.n = n;
}

static void form_of(Cx *cx, const Req *req, const struct score_table *t, struct table_view *v)
{
    Str code = query_text(req, "item");
    int no = score_table_item(t, code);
    if (req->method == POST && form_has(req, "code"))
        v->edit = (struct table_item){.code = form_text(req, "code"),
            .name = form_text(req, "name"),
            .kind = form_text(req, "kind"),
            .full = form_text(req, "full"),
            .per = form_text(req, "per"),
            .groups = form_text(req, "groups"),
            .focus = form_text(req, "focus"),
            .source = form_text(req, "source"),
            .rule = form_text(req, "rule")};
    else if (no >= 0)
        v->edit = item_of(cx, t, (size_t)no), v->was = code;
    if (req->method == POST)
        v->was = form_text(req, "was");
    v->kinds = picks_of(cx, kinds, sizeof kinds / sizeof *kinds, v->edit.kind);
    v->focuses = picks_of(cx, focuses, sizeof focuses / sizeof *focuses, v->edit.focus);
    v->sources = sources_of(cx, v->edit.source);
    v->copy_edition = form_text(req, "edition");
    v->copy_from = form_text(req, "from_on");
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong, int status)
{
    struct assess_table t;
    TRY(assess_table_get(cx, path_i64(req, "id"), &t));
    struct table_view v = {.id = t.id,
        .version = t.version,
        .code = t.t.code,
        .edition = t.t.version,
        .from_on = t.t.from_on,
        .hash = t.hash,
        .say = wrong,
        .bad = wrong.len ? cx->why.field : NULL,
        .draft = str_eq(t.state, S("draft")),
        .office = cx->me.posts & OFFICE_POSTS,
        .sampled = t.t.drawn};
    bool may = cx->me.posts & (OFFICE_POSTS | HAS(POST_COMMANDER));
    v.may_publish = v.draft && may && t.edited_by != cx->me.person;
    if (v.draft && !may)
        v.why_not = T("公布由领导小组办公室或总指挥办");
    else if (v.draft && !v.may_publish)
        v.why_not = T("这张表最后是您改的，要另一位来公布");
    items_of(cx, &t.t, &v);
    numbers_of(cx, &t.t.rules, &v);
    form_of(cx, req, &t.t, &v);
    v.shell = shell_of(cx, req, "assess");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_assess_table(out, &v);
    return OK;
}

Err assess_table_page_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0);
}

/* Told on the page, with what was typed. */
static Err done(Cx *cx, const Req *req, Resp *resp, Err e)
{
    if (e == ERR_INVALID)
        return show(cx, req, resp, cx->why.say, 422);
    if (e == ERR_FORBIDDEN && cx->why.say.len)
        return show(cx, req, resp, cx->why.say, 403);
    if (e == ERR_CONFLICT)
        return show(cx, req, resp,
            cx->why.say.len ? cx->why.say : say(cx, T("别人刚改过这张表，请看过新的再改")), 409);
    TRY(e);
    return redirect(cx, resp, "/assess/tables/%" PRId64, path_i64(req, "id"));
}

/* "10.00" as 0.01 points. */
static Err points_typed(Cx *cx, const Req *req, const char *name, int64_t *to)
{
    static const struct field full = {.name = "full",
        .type = FIELD_DECIMAL,
        .scale = 2,
        .max = SCORE_FULL,
        .keeps = KEEPS_I64 | KEEPS_OPT};
    struct value val = {0};
    Str why = {0};
    if (!field_read(cx, &full, form_text(req, name), 0, &val, &why))
        return fail_say(cx, ERR_INVALID, name, why);
    *to = val.set ? val.i : 0;
    return OK;
}

static Err item_typed(Cx *cx, const Req *req, const struct score_table *t, struct score_item *it)
{
    int kind = score_kind(form_text(req, "kind"));
    if (kind < 0)
        return fail(cx, ERR_INVALID, "kind", T("请选类型"));
    *it = (struct score_item){
        .is = {.code = form_text(req,         "code"), .kind = (enum item_kind)kind},
        .name = form_text(req, "name"),
        .focus = form_text(req, "focus"),
        .source = kind == ITEM_AUTO ? form_text(req, "source") : (Str){0},
        .rule = form_text(req, "rule")
    };
    TRY(points_typed(cx, req, "full", &it->is.full));
    TRY(points_typed(cx, req, "per", &it->is.per));
    if (!score_table_bits(t, form_text(req, "groups"), &it->is.groups))
        return fail(
            cx, ERR_INVALID, "groups", T("适用分组填表里有的分组编号，用空格隔开；空着是全部"));
    return OK;
}

static Err draft_of(Cx *cx, const Req *req, struct assess_table *t)
{
    TRY(assess_table_get(cx, path_i64(req, "id"), t));
    if (!str_eq(t->state, S("draft")))
        return fail(cx, ERR_CONFLICT, "version", T("这张评分表已经公布，不能再改"));
    return OK;
}

static Err save_item(Cx *cx, const Req *req)
{
    struct assess_table t;
    struct score_item it;
    TRY(draft_of(cx, req, &t));
    TRY(item_typed(cx, req, &t.t, &it));
    int no = score_table_item(&t.t, form_text(req, "was"));
    if (no < 0 && t.t.n_items == RECKON_ITEMS)
        return fail(cx, ERR_INVALID, "code", T("评分项太多，最多 64 项"));
    size_t at = no < 0 ? t.t.n_items++ : (size_t)no;
    t.t.item[at] = it;
    TRY(score_item_check(cx, &t.t, at));
    return assess_table_save(cx, t.id, form_i64(req, "version"), &t.t);
}

Err assess_table_item_post(Cx *cx, const Req *req, Resp *resp)
{
    return done(cx, req, resp, save_item(cx, req));
}

static Err drop_item(Cx *cx, const Req *req)
{
    struct assess_table t;
    TRY(draft_of(cx, req, &t));
    int no = score_table_item(&t.t, form_text(req, "was"));
    if (no < 0)
        return ERR_NOT_FOUND;
    t.t.n_items--;
    for (size_t i = (size_t)no; i < t.t.n_items; i++)
        t.t.item[i] = t.t.item[i + 1];
    return assess_table_save(cx, t.id, form_i64(req, "version"), &t.t);
}

Err assess_table_drop_post(Cx *cx, const Req *req, Resp *resp)
{
    return done(cx, req, resp, drop_item(cx, req));
}

Err assess_table_publish_post(Cx *cx, const Req *req, Resp *resp)
{
    return done(
        cx, req, resp, assess_table_publish(cx, path_i64(req, "id"), form_i64(req, "version")));
}

Err assess_table_copy_post(Cx *cx, const Req *req, Resp *resp)
{
    struct assess_table t;
    int64_t id, day;
    TRY(assess_table_get(cx, path_i64(req, "id"), &t));
    t.t.version = form_text(req, "edition");
    t.t.from_on = form_text(req, "from_on");
    Err e = OK;
    if (!t.t.version.len || str_n_chars(t.t.version) > 8)
        e = fail(cx, ERR_INVALID, "edition", T("请写新版本号，最多 8 个字，如 v3"));
    else if (!day_parse(t.t.from_on, &day))
        e = fail(cx, ERR_INVALID, "from_on", T("日期应写成 2026-06-12 这样"));
    else
        e = assess_table_new(cx, &t.t, &id);
    if (e != OK)
        return done(cx, req, resp, e);
    return redirect(cx, resp, "/assess/tables/%" PRId64, id);
}
