/* problem_batch_web.c — several problems at once: GET says which can be done and why the others
 * cannot; POST does them, each in its own transaction, and says what came of each. */
#include "gen/tmpl.h"
#include "rooms/problem/problem_pages.h"

enum { BATCH_MAX = 50 };

static const struct choice_row verbs[] = {
    {"urge",     T("催办")      },
    {"dispatch", T("派遣")      },
    {"accept",   T("接单")      },
    {"pass",     T("核查通过")},
};

static const struct choice_row *verb_of(Str verb)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_eq(verb, str(verbs[i].value)))
            return &verbs[i];
    return NULL;
}

static int64_t number(Str s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9' || s.len > 15)
            return 0;
        n = n * 10 + (s.at[i] - '0');
    }
    return n;
}

static size_t ids_of(const struct pairs *from, int64_t ids[BATCH_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < from->n && n < BATCH_MAX; i++)
        if (str_eq(from->at[i].name, S("id")) && number(from->at[i].value))
            ids[n++] = number(from->at[i].value);
    return n;
}

static bool may(const struct problem_detail *d, const char *verb)
{
    for (size_t i = 0; i < d->verbs.n; i++)
        if (!strcmp(d->verbs.at[i].button.verb, verb))
            return true;
    return false;
}

static void forget(Cx *cx)
{
    memset(&cx->why, 0, sizeof cx->why);
}

/* Who can be given every one of them; and who is nearest to this one. */
static Err handlers_of_all(
    Cx *cx, int64_t id, bool first, struct problem_options *all, Str *nearest)
{
    struct problem_options his;
    size_t n = 0;
    TRY(problem_handlers(cx, id, &his));
    *nearest = his.n ? his.at[0].label : (Str){0};
    if (first)
        return *all = his, OK;
    struct problem_option *at = NEW_ARRAY(&cx->mem, all->n + 1, struct problem_option);
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < his.n; k++)
            if (str_eq(all->at[i].value, his.at[k].value)) {
                at[n++] = all->at[i];
                break;
            }
    *all = (struct problem_options){at, n};
    return OK;
}

Err problem_batch_get(Cx *cx, const Req *req, Resp *resp)
{
    int64_t ids[BATCH_MAX];
    size_t n = ids_of(&req->query, ids);
    const struct choice_row *verb = verb_of(query_text(req, "verb"));
    struct batch_row *at = NEW_ARRAY(&cx->mem, BATCH_MAX, struct batch_row);
    struct batch_view v = {
        .rows = {at, 0}
    };

    if (!verb)
        return fail(cx, ERR_INVALID, "verb", T("请选择要办的事"));
    v.verb = verb->value;
    v.label = verb->label;
    for (size_t i = 0; i < n; i++) {
        struct problem_detail d;
        Err e = problem_detail(cx, ids[i], &d);
        if (e == ERR_NOT_FOUND) {
            forget(cx);
            continue;
        }
        TRY(e);
        struct batch_row *r = &at[v.rows.n++];
        *r = (struct batch_row){
            .id = ids[i], .title = d.card.title, .may = may(&d, v.verb), .key = new_key(cx)};
        if (!r->may)
            r->why = d.expected.len
                         ? d.expected
                         : say_s(cx, T("现在是{s}，不能这样办"), say(cx, d.card.state_label));
        if (r->may && !strcmp(v.verb, "pass") && d.card.severity >= 2) {
            r->may = false; /* domain §2, pass */
            r->why = say(cx, T("较重的问题，要逐件拍照核查"));
        }
        if (r->may && !strcmp(v.verb, "dispatch"))
            TRY(handlers_of_all(cx, ids[i], v.n_may == 0, &v.handlers, &r->nearest));
        v.n_may += r->may;
        v.n_not += !r->may;
    }
    v.shell = shell_of(cx, req, "problems");
    page_batch(resp_page(cx, req, resp), &v);
    return OK;
}

/* "each": whoever is nearest to the matter, as the page before has said. */
static Err handler_of(Cx *cx, const Req *req, int64_t id, OptI64 *to)
{
    struct problem_options his;
    *to = (OptI64){0};
    if (!str_eq(form_text(req, "handler"), S("each"))) {
        if (form_i64(req, "handler"))
            *to = some_i64(form_i64(req, "handler"));
        return OK;
    }
    Err e = problem_handlers(cx, id, &his);
    if (e == OK && his.n)
        *to = some_i64(number(his.at[0].value));
    return e == ERR_NOT_FOUND ? OK : e;
}

/* The key of the row's own form, so that a second tap does nothing twice. */
static OptStr key_of(Cx *cx, const Req *req, int64_t id)
{
    Str key = form_text(req, arena_printf(&cx->mem, "key-%lld", (long long)id));
    return key.len ? some_str(key) : (OptStr){0};
}

Err problem_batch_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t ids[BATCH_MAX];
    size_t n = ids_of(&req->form, ids);
    const struct choice_row *verb = verb_of(form_text(req, "verb"));
    struct batch_row *at = NEW_ARRAY(&cx->mem, BATCH_MAX, struct batch_row);
    struct batch_view v = {
        .rows = {at, n},
          .done = true
    };
    Str text = form_text(req, "text");

    if (!verb)
        return fail(cx, ERR_INVALID, "verb", T("请选择要办的事"));
    v.verb = verb->value;
    v.label = verb->label;
    for (size_t i = 0; i < n; i++) {
        struct problem_fields in = {.key = key_of(cx, req, ids[i])};
        struct problem_detail d = {0};
        if (text.len)
            in.text = some_str(text);
        TRY(handler_of(cx, req, ids[i], &in.handler));
        Err e = problem_act(cx, ids[i], str(verb->value), &in);
        if (e == ERR_BUSY || e == ERR_INTERNAL)
            return e;
        at[i] = (struct batch_row){.id = ids[i], .may = e == OK};
        if (e != OK)
            at[i].why = cx->why.say.len ? cx->why.say : say(cx, T("现在不能这样办"));
        forget(cx);
        if (problem_detail(cx, ids[i], &d) == OK)
            at[i].title = d.card.title;
        forget(cx);
        v.n_may += e == OK;
        v.n_not += e != OK;
    }
    v.shell = shell_of(cx, req, "problems");
    page_batch(resp_page(cx, req, resp), &v);
    return OK;
}
