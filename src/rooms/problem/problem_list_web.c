/* problem_list_web.c — the list 问题台账: GET /problems, and this filter as CSV and JSON. */
#include "base/json.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "gen/tmpl.h"
#include "rooms/problem/problem_pages.h"

#include <inttypes.h>

static const struct choice_row focuses[] = {
    {"",     T("全部")    },
    {"road", T("● 道路")},
    {"look", T("■ 村容")},
    {"air",  T("▲ 大气")},
};
static const struct choice_row states[] = {
    {"",            T("未结")      },
    {"reported",    T("待立案")   },
    {"filed",       T("待派遣")   },
    {"dispatched",  T("待接单")   },
    {"handling",    T("处理中")   },
    {"handled",     T("待核查")   },
    {"suspended",   T("挂账")      },
    {"closed",      T("已结案")   },
    {"rejected",    T("不予立案")},
    {"merged",      T("已并案")   },
    {"transferred", T("已移交")   },
    {"withdrawn",   T("已撤回")   },
    {"voided",      T("作废")      },
    {"all",         T("全部")      },
};
static const struct choice_row sources[] = {
    {"",           T("全部")         },
    {"resident",   T("群众上报")   },
    {"hotline",    T("12345 热线")   },
    {"patrol",     T("巡查")         },
    {"survey",     T("大会诊")      },
    {"inspection", T("考核检查")   },
    {"contact",    T("联系户")      },
    {"zone_qr",    T("责任区扫码")},
    {"superior",   T("上级交办")   },
    {"media",      T("媒体")         },
    {"opinion",    T("征集意见")   },
    {"self",       T("村自查")      },
    {"observe",    T("逐村观摩")   },
};
static const struct choice_row holders[] = {
    {"",       T("任何人")   },
    {"me",     T("我")         },
    {"nobody", T("没人承办")},
    {"asks",   T("等我批")   },
};
static const struct choice_row orders[] = {
    {"work",   T("先易后难")   },
    {"due",    T("期限近的先")},
    {"latest", T("最近上报先")},
};
#define N(rows) (sizeof(rows) / sizeof *(rows))

/* "holder" is this page's word for three of the room's filters. */
static Err filter_of(Cx *cx, const Req *req, struct problem_filter *f)
{
    struct pair *at = NEW_ARRAY(&cx->mem, req->query.n + 1, struct pair);
    struct pairs rest = {at, 0};
    Str holder = query_text(req, "holder");

    for (size_t i = 0; i < req->query.n; i++)
        if (!str_eq(req->query.at[i].name, S("holder")))
            at[rest.n++] = req->query.at[i];
    TRY(problem_filter_read(cx, rest, f));
    if (str_eq(holder, S("me")))
        f->handler = cx->me.person;
    f->nobody |= str_eq(holder, S("nobody"));
    f->my_asks |= str_eq(holder, S("asks"));
    return OK;
}

static Str holder_of(const Cx *cx, const struct problem_filter *f)
{
    if (f->handler && f->handler == cx->me.person)
        return S("me");
    return f->nobody ? S("nobody") : f->my_asks ? S("asks") : S("");
}

static Str address(Cx *cx, const char *path, const struct problem_filter *f)
{
    Str q = problem_filter_query(cx, f);
    return str(
        arena_printf(&cx->mem, "%s%s%.*s", path, q.len ? "?" : "", (int)q.len, q.at ? q.at : ""));
}

static bool same_rows(Cx *cx, struct problem_filter a, struct problem_filter b)
{
    a.order = b.order = FIRST_BY_WORK;
    a.after = b.after = a.limit = b.limit = 0;
    return str_eq(problem_filter_query(cx, &a), problem_filter_query(cx, &b));
}

/* The views, the states in the header and the list's own count; a count that a view has made
 * already is not made again. */
static Err counts(Cx *cx, const struct problem_filter *f, struct list_view *v)
{
    struct problem_saveds saved;
    const struct problem_state_n *by_state;
    bool known = false;
    size_t n;
    TRY(problem_saved_views(cx, &saved));
    struct saved_view *at = NEW_ARRAY(&cx->mem, saved.n + 1, struct saved_view);
    for (size_t i = 0; i < saved.n; i++) {
        at[i] = (struct saved_view){.path = address(cx, "/problems", &saved.at[i].filter),
            .label = saved.at[i].label,
            .n = saved.at[i].n,
            .amber = saved.at[i].amber && saved.at[i].n > 0,
            .chosen = same_rows(cx, *f, saved.at[i].filter)};
        if (at[i].chosen)
            known = true, v->n = at[i].n;
    }
    v->saved.at = at;
    v->saved.n = saved.n;
    by_state = saved.states, n = saved.n_states;
    if (f->village)
        TRY(problem_states_n(cx, f->village, &by_state, &n));
    v->states.at = by_state;
    v->states.n = n;
    for (size_t i = 0; i < n; i++)
        v->n_open += by_state[i].n;
    return known ? OK : problem_n(cx, f, &v->n);
}

/* Empty where the town has none. */
static struct picks campaign_picks(Cx *cx, int64_t chosen)
{
    const struct name_row *rows;
    size_t n = campaign_names_of.all(cx, &rows);
    struct pick *at = NEW_ARRAY(&cx->mem, n + 1, struct pick);
    at[0] = (struct pick){.label = say(cx, T("全部")), .chosen = !chosen};
    for (size_t i = 0; i < n; i++)
        at[i + 1] = (struct pick){.value = str(arena_printf(&cx->mem, "%" PRId64, rows[i].id)),
            .label = rows[i].name,
            .chosen = rows[i].id == chosen};
    return (struct picks){at, n ? n + 1 : 0};
}

static void filters(Cx *cx, const struct problem_filter *f, struct list_view *v)
{
    Str village = f->village ? str(arena_printf(&cx->mem, "%" PRId64, f->village)) : (Str){0};
    v->villages = village_picks(cx, village, T("全部"));
    v->focuses = picks_of(cx, focuses, N(focuses), f->focus);
    v->state_picks = picks_of(cx, states, N(states), f->state);
    v->sources = picks_of(cx, sources, N(sources), f->source);
    v->holders = picks_of(cx, holders, N(holders), holder_of(cx, f));
    v->campaigns = campaign_picks(cx, f->campaign);
    v->orders = picks_of(cx, orders, N(orders), str(orders[f->order].value));
    v->order = orders[f->order].label;
    v->q = f->q;
    v->figure = f->figure;
    v->from_on = f->from_on;
    v->until_on = f->until_on;
    v->since = f->since;
    v->filtered = !same_rows(cx, *f, (struct problem_filter){0});
}

static Err own_views(Cx *cx, const Req *req, struct list_view *v)
{
    struct problem_owns own;
    TRY(problem_own_views(cx, &own));
    struct own_view *at = NEW_ARRAY(&cx->mem, own.n + 1, struct own_view);
    for (size_t i = 0; i < own.n; i++)
        at[i] = (struct own_view){own.at[i].id, own.at[i].name,
            str(arena_printf(&cx->mem, "/problems%s%.*s", own.at[i].query.len ? "?" : "",
                (int)own.at[i].query.len, own.at[i].query.len ? own.at[i].query.at : ""))};
    v->own.at = at;
    v->own.n = own.n;
    struct pair *kept = NEW_ARRAY(&cx->mem, req->query.n + 1, struct pair);
    size_t n = 0;
    for (size_t i = 0; i < req->query.n; i++)
        if (req->query.at[i].value.len && !str_eq(req->query.at[i].name, S("after")))
            kept[n++] =
                (struct pair){str(arena_printf(&cx->mem, "f-%.*s", (int)req->query.at[i].name.len,
                                  req->query.at[i].name.at)),
                    req->query.at[i].value};
    v->kept = (struct pairs_shown){kept, n};
    return OK;
}

Err problem_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_filter f;
    struct list_view v = {0};

    if (req->wants_json)
        return problem_json_get(cx, req, resp);
    TRY(filter_of(cx, req, &f));
    TRY(problem_cards(cx, &f, &v.cards));
    TRY(counts(cx, &f, &v));
    filters(cx, &f, &v);

    struct problem_filter other = f;
    other.after = 0;
    v.csv = address(cx, "/problems.csv", &other);
    v.json = address(cx, "/problems.json", &other);
    if (f.after)
        v.first = address(cx, "/problems", &other);
    other.after = v.cards.after;
    if (v.cards.after)
        v.next = address(cx, "/problems", &other);
    TRY(own_views(cx, req, &v));
    v.may_dispatch = problem_has_step(cx, "dispatch");
    v.may_pass = problem_has_step(cx, "pass");
    v.may_accept = problem_has_step(cx, "accept");
    v.may_urge = problem_has_step(cx, "urge");
    v.may_batch = v.may_dispatch || v.may_pass || v.may_accept || v.may_urge;
    v.shell = shell_of(cx, req, "problems");
    page_problems(resp_page(cx, req, resp), &v);
    return OK;
}

/* The filter comes as it stood in the address. */
Err problem_view_post(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_filter f;
    struct pair *at = NEW_ARRAY(&cx->mem, req->form.n + 1, struct pair);
    struct pairs filter = {at, 0};
    for (size_t i = 0; i < req->form.n; i++)
        if (req->form.at[i].name.len > 2 && !memcmp(req->form.at[i].name.at, "f-", 2)
            && !str_eq(req->form.at[i].name, S("f-holder")))
            at[filter.n++] = (struct pair){
                {req->form.at[i].name.at + 2, req->form.at[i].name.len - 2},
                req->form.at[i].value
            };
    TRY(problem_filter_read(cx, filter, &f));
    Str holder = form_text(req, "f-holder");
    if (str_eq(holder, S("me")))
        f.handler = cx->me.person;
    f.nobody |= str_eq(holder, S("nobody"));
    f.my_asks |= str_eq(holder, S("asks"));
    TRY(problem_own_keep(cx, form_text(req, "name"), &f));
    Str to = address(cx, "/problems", &f);
    return redirect(cx, resp, "%.*s", (int)to.len, to.at);
}

Err problem_view_drop_post(Cx *cx, const Req *req, Resp *resp)
{
    TRY(problem_own_drop(cx, path_i64(req, "id")));
    return redirect(cx, resp, "/problems");
}

/* ---- exports: this filter, page by page, until EXPORT_MAX rows; nothing of the reporter */
enum { EXPORT_MAX = 5000, EXPORT_PAGE = 200 };

static Err each_card(Cx *cx, struct problem_filter f,
    void (*put)(Cx *, void *, const struct problem_card *), void *arg)
{
    struct problem_cards cards;
    f.limit = EXPORT_PAGE;
    for (size_t n = 0; n < EXPORT_MAX; n += cards.n) {
        TRY(problem_cards(cx, &f, &cards));
        for (size_t i = 0; i < cards.n; i++)
            put(cx, arg, &cards.at[i]);
        f.after = cards.after;
        if (!cards.after || !cards.n)
            break;
    }
    return OK;
}

static Str day_time(Cx *cx, int64_t ms)
{
    return ms ? day_time_text(cx, ms) : (Str){0};
}

static void csv_row(Cx *cx, void *arg, const struct problem_card *c)
{
    struct sink *to = arg;
    const Str cells[] = {c->number, c->category, c->category_name, c->focus, c->village_name,
        c->where, c->body, say(cx, c->state_label), c->handler_name, day_time(cx, c->reported_at),
        day_time(cx, c->due_at), c->overdue ? say(cx, T("是")) : S(""), c->campaign};
    for (size_t i = 0; i < N(cells); i++) {
        sink_csv(to, cells[i], false);
        sink_z(to, ",");
    }
    sink_i64(to, c->work_order);
    sink_z(to, ",");
    sink_csv(to, c->why, false);
    sink_z(to, "\r\n");
}

Err problem_csv_get(Cx *cx, const Req *req, Resp *resp)
{
    static const Text heads[] = {T("编号"), T("类别"), T("类别名称"), T("重点"), T("村（社区）"),
        T("位置"), T("说明"), T("状态"), T("承办"), T("上报时间"), T("期限"), T("超期"),
        TC("problem table", "专项行动"), T("排序分"), T("原因")};
    struct problem_filter f;

    TRY(filter_of(cx, req, &f));
    f.after = 0;
    Str name = str(arena_printf(&cx->mem, "problems-%s.csv", day_text(cx, day_of(cx->now)).at));
    struct sink to = sink_to_out(resp_data(cx, resp, "text/csv; charset=utf-8", name));
    sink_z(&to, "\xEF\xBB\xBF"); /* or table programs take it for GBK */
    for (size_t i = 0; i < N(heads); i++) {
        sink_z(&to, i ? "," : "");
        sink_csv(&to, say(cx, heads[i]), false);
    }
    sink_z(&to, "\r\n");
    TRY(each_card(cx, f, csv_row, &to));
    return sink_end(&to);
}

static void json_row(Cx *cx, void *arg, const struct problem_card *c)
{
    struct json *j = arg;
    (void)cx;
    json_open(j, '{');
    json_i64(j, "id", c->id);
    json_i64(j, "version", c->version);
    json_str(j, "number", c->number);
    json_str(j, "title", c->title);
    json_i64(j, "village", c->village);
    json_str(j, "village_name", c->village_name);
    json_str(j, "where", c->where);
    json_str(j, "body", c->body);
    json_str(j, "category", c->category);
    json_str(j, "focus", c->focus);
    json_z(j, "state", c->state_code);
    json_i64(j, "severity", c->severity);
    json_i64(j, "difficulty", c->difficulty);
    json_str(j, "handler", c->handler_name);
    json_str(j, "campaign", c->campaign);
    json_i64(j, "reported_at", c->reported_at);
    if (c->due_at)
        json_i64(j, "due_at", c->due_at);
    json_bool(j, "overdue", c->overdue);
    json_i64(j, "work_order", c->work_order);
    json_str(j, "why", c->why);
    json_close(j, '}');
}

Err problem_json_get(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_filter f;
    struct problem_cards cards;
    int64_t n;

    TRY(filter_of(cx, req, &f));
    TRY(problem_n(cx, &f, &n));
    TRY(problem_cards(cx, &f, &cards));
    struct sink to = sink_to_out(resp_data(cx, resp, "application/json; charset=utf-8", (Str){0}));
    struct json j = {.to = &to};
    json_open(&j, '{');
    json_i64(&j, "n", n);
    json_list(&j, "rows");
    for (size_t i = 0; i < cards.n; i++)
        json_row(cx, &j, &cards.at[i]);
    json_close(&j, ']');
    if (cards.after) {
        f.after = cards.after;
        json_str(&j, "next", address(cx, "/problems.json", &f));
    }
    json_close(&j, '}');
    return sink_end(&to);
}
