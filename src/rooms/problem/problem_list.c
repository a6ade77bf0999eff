/* problem_list.c — 问题台账的清单: filters, cards, counts, saved views. */
#include "rooms/campaign/campaign.h"
#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_count.h"

enum { PAGE = 50, LOOK = 200, LOOK_MAX = 4000 };

static bool is_open(const struct problem_filter *f)
{
    if (!f->state.len || f->nobody || f->overdue || f->due_today || f->my_asks)
        return true;
    int s = machine_state(&problem_machine, f->state);
    return s >= 0 && state_live((enum problem_state)s);
}

static Str one_state(const struct problem_filter *f)
{
    return str_eq(f->state, S("all")) ? (Str){0} : f->state;
}

static OptStr maybe_state(const struct problem_filter *f)
{
    return (OptStr){one_state(f), one_state(f).len > 0};
}

static int64_t end_of_today(Cx *cx)
{
    return day_start(day_of(cx->now) + 1);
}

/* What is late now was late since the last moment at which something fell due: asked as of that
 * moment, a question stays the same and its answer is kept until something falls due or changes. */
static Err last_due(Cx *cx, int64_t *as_of)
{
    struct sql_problem_last_due_row last;
    Err e = sql_problem_last_due(cx, &last);
    *as_of = e == OK ? last.due_at.v + 1 : 0;
    return e == ERR_NOT_FOUND ? OK : e;
}

static Err filter_as_of(Cx *cx, const struct problem_filter *f, int64_t *as_of)
{
    *as_of = 0;
    return f->overdue || f->due_today ? last_due(cx, as_of) : OK;
}

/* The arguments that the two lists and the two counts have in common. */
#define FILTER_ARGS(f, at)                                                                         \
    .focus = (f)->focus, .category = (f)->category, .source = (f)->source,                         \
    .handler = (f)->handler, .nobody = (f)->nobody, .overdue = (f)->overdue, .as_of = (at),        \
    .due_until = (f)->due_today ? end_of_today(cx) : 0, .asks = (f)->my_asks,                      \
    .reworked = (f)->reworked, .since = (f)->today ? day_start(day_of(cx->now)) : 0,               \
    .campaign = (f)->campaign

static bool has_words(const struct problem_filter *f, const struct problem_card *c, const char *q)
{
    return !f->q.len || str_eq(c->number, f->q) || str_has(c->title, q)
           || str_has(c->category_word, q) || str_has(c->body, q) || str_has(c->number, q);
}

/* A run of rows from the place `at` stands at; moves it on. */
struct walk {
    const struct problem_filter *f;
    struct card_page page;
    struct sql_problem_open open;
    struct sql_problem_any any;
    bool over;
};

static Err walk_open(Cx *cx, struct walk *w, struct problem_card *to, size_t most, size_t *n)
{
    struct sql_problem_open_rows rows;
    w->open.limit = (int64_t)most;
    TRY(sql_problem_open(cx, &w->open, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct card_row r = CARD_ROW(&rows.at[i]);
        to[i] = card_of(cx, &w->page, &r);
        if (rows.at[i].campaigns_n)
            TRY(campaign_said(cx, r.id, &to[i].campaign));
    }
    if (rows.n)
        w->open.after = sql_problem_open_after(&rows.at[rows.n - 1]);
    w->over = rows.n < most;
    *n = rows.n;
    return OK;
}

static Err walk_any(Cx *cx, struct walk *w, struct problem_card *to, size_t most, size_t *n)
{
    struct sql_problem_any_rows rows;
    w->any.limit = (int64_t)most;
    TRY(sql_problem_any(cx, &w->any, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct card_row r = CARD_ROW(&rows.at[i]);
        to[i] = card_of(cx, &w->page, &r);
        if (rows.at[i].campaigns_n)
            TRY(campaign_said(cx, r.id, &to[i].campaign));
    }
    if (rows.n)
        w->any.after = sql_problem_any_after(&rows.at[rows.n - 1]);
    w->over = rows.n < most;
    *n = rows.n;
    return OK;
}

static Err walk_begin(Cx *cx, const struct problem_filter *f, struct walk *w)
{
    int64_t as_of;
    *w = (struct walk){.f = f};
    TRY(card_page(cx, &w->page));
    TRY(filter_as_of(cx, f, &as_of));
    w->open = (struct sql_problem_open){
        .village = f->village ? some_i64(f->village) : (OptI64){0},
        .state = one_state(f),
        .sort = f->order == FIRST_BY_DUE   ? SQL_PROBLEM_OPEN_BY_DUE
                : f->order == FIRST_LATEST ? SQL_PROBLEM_OPEN_BY_LATEST
                                           : SQL_PROBLEM_OPEN_BY_WORK,
        FILTER_ARGS(f, as_of),
    };
    w->any = (struct sql_problem_any){
        .village = w->open.village,
        .state = maybe_state(f),
        FILTER_ARGS(f, as_of),
    };
    if (!f->after)
        return OK;
    /* the next page begins behind that row, where it stands now */
    Case last;
    TRY(case_any(cx, f->after, &last));
    w->open.after.set = w->any.after.set = true;
    w->open.after.id = w->any.after.id = last.id;
    w->open.after.work_order = last.work_order;
    w->open.after.next_at = last.next_at;
    return OK;
}

static Err walk_on(Cx *cx, struct walk *w, struct problem_card *to, size_t most, size_t *n)
{
    return is_open(w->f) ? walk_open(cx, w, to, most, n) : walk_any(cx, w, to, most, n);
}

Err problem_cards(Cx *cx, const struct problem_filter *f, struct problem_cards *to)
{
    size_t limit = f->limit ? (size_t)f->limit : PAGE, n = 0, looked = 0;
    struct problem_card *at = NEW_ARRAY(&cx->mem, limit + 1, struct problem_card);
    const char *q = arena_printf(&cx->mem, "%.*s", (int)f->q.len, f->q.at);
    struct walk w;
    if (f->figure.len)
        return problem_figure_cards(cx, f, to);
    TRY(walk_begin(cx, f, &w));
    size_t step = f->q.len ? LOOK : limit + 1;
    struct problem_card *some = NEW_ARRAY(&cx->mem, step, struct problem_card);
    while (n <= limit && !w.over && looked < LOOK_MAX) {
        size_t got;
        TRY(walk_on(cx, &w, some, step, &got));
        looked += got;
        for (size_t i = 0; i < got && n <= limit; i++)
            if (has_words(f, &some[i], q))
                at[n++] = some[i];
    }
    *to = (struct problem_cards){at, n > limit ? limit : n, n > limit ? at[limit - 1].id : 0};
    return OK;
}

Err problem_n(Cx *cx, const struct problem_filter *f, int64_t *n)
{
    OptI64 village = f->village ? some_i64(f->village) : (OptI64){0};
    *n = 0;
    if (f->figure.len)
        return problem_figure_n(cx, f, n);
    if (f->q.len) {
        struct problem_filter all = *f;
        struct problem_cards cards;
        all.after = 0;
        all.limit = LOOK_MAX;
        TRY(problem_cards(cx, &all, &cards));
        *n = (int64_t)cards.n;
        return OK;
    }
    int64_t as_of;
    TRY(filter_as_of(cx, f, &as_of));
    if (is_open(f)) {
        struct sql_problem_open_n_rows rows;
        TRY(sql_problem_open_n(cx,
            &(struct sql_problem_open_n){
                .village = village, .state = one_state(f), .limit = 1, FILTER_ARGS(f, as_of)},
            &rows));
        *n = rows.n ? rows.at[0].n : 0;
        return OK;
    }
    struct sql_problem_any_n_rows rows;
    TRY(sql_problem_any_n(cx,
        &(struct sql_problem_any_n){
            .village = village,
            .state = maybe_state(f),
            .limit = 1,
            FILTER_ARGS(f, as_of),
        },
        &rows));
    *n = rows.n ? rows.at[0].n : 0;
    return OK;
}

/* One pass over what is open: a row a state, with what the saved views count in it. */
static Err open_counts(Cx *cx, int64_t village, struct sql_problem_open_counts_rows *rows)
{
    int64_t as_of;
    TRY(last_due(cx, &as_of));
    return sql_problem_open_counts(cx,
        &(struct sql_problem_open_counts){
            .village = village, .as_of = as_of, .due_until = end_of_today(cx), .limit = N_STATES},
        rows);
}

static void by_state(Cx *cx, const struct sql_problem_open_counts_rows *rows,
    const struct problem_state_n **to, size_t *n)
{
    struct problem_state_n *at = NEW_ARRAY(&cx->mem, N_STATES, struct problem_state_n);
    size_t kept = 0;
    for (enum problem_state s = REPORTED; s < N_STATES; s++) {
        if (!state_live(s))
            continue;
        at[kept] = (struct problem_state_n){problem_states[s].code, problem_states[s].label, 0};
        for (size_t i = 0; i < rows->n; i++)
            if (str_eq(rows->at[i].state, state_code(s)))
                at[kept].n = rows->at[i].n;
        kept++;
    }
    *to = at;
    *n = kept;
}

Err problem_states_n(Cx *cx, int64_t village, const struct problem_state_n **to, size_t *n)
{
    struct sql_problem_open_counts_rows rows;
    TRY(open_counts(cx, village, &rows));
    by_state(cx, &rows, to, n);
    return OK;
}

enum counted { ALL_OPEN, NOBODY, OVERDUE, DUE_TODAY, MY_ASKS, IN_STATE, REWORKED };

static int64_t count_of(
    const struct sql_problem_open_counts_rows *rows, enum counted what, Str state)
{
    int64_t n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const struct sql_problem_open_counts_row *r = &rows->at[i];
        switch (what) {
        case ALL_OPEN: n += r->n; break;
        case NOBODY: n += r->nobody; break;
        case OVERDUE: n += r->overdue; break;
        case DUE_TODAY: n += r->due_today; break;
        case MY_ASKS: n += r->asks; break;
        case IN_STATE: n += str_eq(r->state, state) ? r->n : 0; break;
        case REWORKED: n += r->reworked; break;
        }
    }
    return n;
}

Err problem_saved_views(Cx *cx, struct problem_saveds *to)
{
    static const struct {
        const char *name;
        Text label;
        struct problem_filter filter;
        enum counted what;
        bool amber;
    } views[] = {
        {.name = "open",                        .label = T("全部未结"), .what = ALL_OPEN},
        { .name = "nobody",
         .label = T("没人承办"),
         .filter = {.nobody = true},
         .what = NOBODY,
         .amber = true},
        {                                                                         .name = "overdue",
         .label = T("超期"),
         .filter = {.overdue = true},
         .what = OVERDUE,
         .amber = true},
        {                                                                       .name = "due_today",
         .label = T("今天到期"),
         .filter = {.due_today = true},
         .what = DUE_TODAY,
         .amber = true},
        {                                                         .name = "my_asks",
         .label = T("等我批"),
         .filter = {.my_asks = true},
         .what = MY_ASKS,
         .amber = true},
        {                                                               .name = "to_verify",
         .label = T("待核查"),
         .filter = {.state = {"handled", 7}},
         .what = IN_STATE},
        {.name = "suspended",
         .label = T("挂账"),
         .filter = {.state = {"suspended", 9}},
         .what = IN_STATE},
        {                                                            .name = "reworked", .label = T("返工过"),                                                  .filter = {.reworked = true},                                                                  .what = REWORKED},
    };
    enum { N = sizeof views / sizeof *views };
    struct problem_saved *at = NEW_ARRAY(&cx->mem, N, struct problem_saved);
    struct sql_problem_open_counts_rows rows;
    TRY(open_counts(cx, 0, &rows));
    for (size_t i = 0; i < N; i++) {
        int64_t n = count_of(&rows, views[i].what, views[i].filter.state);
        at[i] = (struct problem_saved){.name = views[i].name,
            .label = views[i].label,
            .n = n,
            .filter = views[i].filter,
            .query = problem_filter_query(cx, &views[i].filter),
            .amber = views[i].amber && n};
    }
    *to = (struct problem_saveds){.at = at, .n = N};
    by_state(cx, &rows, &to->states, &to->n_states);
    return OK;
}
