/* problem_screen.c — 防滥用与保护: counting, waiting, letting through, hiding. */
#include "rooms/problem/problem_screen.h"

#include "base/utf8.h"
#include "rooms/problem/problem_due.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/town/town.h"

enum { WAITING_SHOWN = 200, STUBS_SHOWN = 200, WORDS_LEAST = 12 };

/* ---- weighing */

struct limit_of {
    const char *kind, *setting;
    int64_t usual;
    Str key;
};

static Err over(Cx *cx, const struct limit_of *l, Str day, bool *is)
{
    struct sql_problem_screen_counted_row row;
    Str who = secret_blind(cx, l->kind, l->key);
    Str kind = str(l->kind);
    *is = false;
    if (!l->key.len)
        return OK;
    TRY(sql_problem_screen_count(
        cx, &(struct sql_problem_screen_count){.day = day, .kind = kind, .who = who}));
    TRY(sql_problem_screen_counted(
        cx, &(struct sql_problem_screen_counted){.day = day, .kind = kind, .who = who}, &row));
    *is = row.n > town_setting(cx, l->setting, l->usual);
    return OK;
}

static bool has_link(Str s)
{
    return str_has(s, "http://") || str_has(s, "https://") || str_has(s, "www.");
}

Err screen_weigh(Cx *cx, const struct problem_new *in, Str *why)
{
    const struct limit_of limits[] = {
        {"source", "screen_source", 20, in->from                                              },
        {"phone",  "screen_phone",  10, in->phone                                             },
        {"plate",  "screen_plate",  30, in->plate                                             },
        {"words",  "screen_words",  3,  str_n_chars(in->body) < WORDS_LEAST ? S("") : in->body},
    };
    Str day = town_today(cx);
    *why = has_link(in->body) ? S("link") : S("");
    if (cx->me.person)
        return OK; /* staff answer by name for what they enter */
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        bool is;
        TRY(over(cx, &limits[i], day, &is));
        if (is && !why->len)
            *why = str(limits[i].kind);
    }
    return OK;
}

Text screen_why_label(Str why)
{
    return str_eq(why, S("source"))  ? T("同一来源今天报得很多")
           : str_eq(why, S("phone")) ? T("同一电话今天报得很多")
           : str_eq(why, S("plate")) ? T("同一块码牌今天报得很多")
           : str_eq(why, S("words")) ? T("同样的话今天报了好几遍")
                                     : T("说明里有网址");
}

Err screen_keep(Cx *cx, int64_t problem, Str why, bool alone, int64_t same_as)
{
    TRY(sql_problem_screen_add(
        cx, &(struct sql_problem_screen_add){
                .problem = problem, .why = why, .alone = alone, .same_as = same_as}));
    return event_add(
        cx, &(struct event){.verb = "screen", .object = problem, .to = S("reported"), .said = why});
}

/* Called by a job of its own: two days are enough to count one. */
static Err forget_step(Cx *cx, void *arg)
{
    (void)arg;
    Str before = day_text(cx, day_of(cx->now) - 1);
    return sql_problem_screen_forget(cx, &(struct sql_problem_screen_forget){.before = before});
}

Err problem_screen_job(Cx *cx)
{
    return db_transaction(cx, forget_step, NULL);
}

/* ---- the queue */

Err screen_waiting(Cx *cx, struct screen_rows *to)
{
    struct sql_problem_screen_waiting_rows r;
    TRY(sql_problem_screen_waiting(
        cx, &(struct sql_problem_screen_waiting){.limit = WAITING_SHOWN}, &r));
    struct screen_row *at = NEW_ARRAY(&cx->mem, r.n + 1, struct screen_row);
    for (size_t i = 0; i < r.n; i++) {
        at[i] = (struct screen_row){.id = r.at[i].id,
            .unit = r.at[i].unit,
            .at = r.at[i].at,
            .why = say(cx, screen_why_label(r.at[i].why)),
            .where = case_where(cx, r.at[i].unit, (OptI64){0}, r.at[i].place_text),
            .category = category_code_shown(cx, r.at[i].category),
            .body = r.at[i].body};
    }
    *to = (struct screen_rows){at, r.n};
    return OK;
}

struct screening {
    int64_t id;
    Str why;
};

static Err office_opens(Cx *cx, int64_t id, Case *p)
{
    uint32_t mine;
    TRY(case_open(cx, id, p));
    TRY(duty_posts_over(cx, p->unit, &mine));
    return mine & OFFICE_POSTS
               ? OK
               : fail(cx, ERR_FORBIDDEN, NULL, T("放行、隐藏和恢复由领导小组办公室办"));
}

static Err logged(Cx *cx, const char *verb, const Case *p, Str said)
{
    return event_add(
        cx, &(struct event){
                .verb = verb, .unit = p->village, .object = p->id, .to = p->state, .said = said});
}

static Err release_step(Cx *cx, void *arg)
{
    const struct screening *s = arg;
    struct acting a = {.id = s->id, .new_clock = true}; /* the village's time to file begins */
    struct sql_problem_screen_find_row row;
    TRY(office_opens(cx, s->id, &a.p));
    Err e = sql_problem_screen_find(cx, &(struct sql_problem_screen_find){.problem = s->id}, &row);
    if (e == ERR_NOT_FOUND || (e == OK && row.released_at.set))
        return fail(cx, ERR_CONFLICT, NULL, T("这一件不在待甄别里"));
    TRY(e);
    TRY(sql_problem_screen_release(cx, &(struct sql_problem_screen_release){.problem = s->id}));
    TRY(town_calendar(cx, &a.cal));
    TRY(category_find(cx, a.p.category, &a.category));
    a.in = &(struct problem_fields){0};
    a.to = case_move(&a.p);
    if (!row.alone)
        a.to.office_only = 0;
    TRY(case_settle(cx, &a));
    TRY(sql_problem_move(cx, &a.to));
    TRY(logged(cx, "release", &a.p, (Str){0}));
    return report_goes_on(cx, s->id, row.same_as);
}

Err screen_release(Cx *cx, int64_t problem)
{
    struct screening s = {.id = problem};
    return db_transaction(cx, release_step, &s);
}

/* ---- hiding */

static Err hide_step(Cx *cx, void *arg)
{
    const struct screening *s = arg;
    struct sql_problem_screen_hidden_n_row row;
    Case p;
    TRY(office_opens(cx, s->id, &p));
    if (screen_is_hidden(cx, s->id))
        return fail(cx, ERR_CONFLICT, NULL, T("已经隐藏了"));
    TRY(sql_problem_screen_hidden_n(
        cx, &(struct sql_problem_screen_hidden_n){.problem = s->id}, &row));
    TRY(sql_problem_screen_hide(
        cx, &(struct sql_problem_screen_hide){
                .problem = s->id, .no = row.n + 1, .unit = p.unit, .why = s->why}));
    return logged(cx, "hide", &p, s->why);
}

static Err show_step(Cx *cx, void *arg)
{
    const struct screening *s = arg;
    Case p;
    TRY(office_opens(cx, s->id, &p));
    Err e = sql_problem_screen_show(
        cx, &(struct sql_problem_screen_show){.problem = s->id, .why = s->why});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, NULL, T("现在没有隐藏"));
    TRY(e);
    return logged(cx, "unhide", &p, s->why);
}

static Err why_sound(Cx *cx, Str why)
{
    if (!why.len || text_wrong(why, false).zh || str_n_chars(why) > SCREEN_WHY_MAX)
        return fail(
            cx, ERR_INVALID, "why", T("请写明理由，最多 200 个字；理由是公开的，不要写人名"));
    return OK;
}

Err screen_hide(Cx *cx, int64_t problem, Str why)
{
    struct screening s = {problem, str_trim(why)};
    TRY(why_sound(cx, s.why));
    return db_transaction(cx, hide_step, &s);
}

Err screen_show(Cx *cx, int64_t problem, Str why)
{
    struct screening s = {problem, str_trim(why)};
    TRY(why_sound(cx, s.why));
    return db_transaction(cx, show_step, &s);
}

bool screen_is_hidden(Cx *cx, int64_t problem)
{
    struct sql_problem_screen_hidden_row row;
    return sql_problem_screen_hidden(
               cx, &(struct sql_problem_screen_hidden){.problem = problem}, &row)
           == OK;
}

Err screen_stubs(Cx *cx, struct screen_stubs *to)
{
    struct sql_problem_screen_stubs_rows r;
    TRY(sql_problem_screen_stubs(cx, &(struct sql_problem_screen_stubs){.limit = STUBS_SHOWN}, &r));
    struct screen_stub *at = NEW_ARRAY(&cx->mem, r.n + 1, struct screen_stub);
    for (size_t i = 0; i < r.n; i++) {
        int64_t village = town_village_of(r.at[i].unit);
        at[i] = (struct screen_stub){.hidden_at = r.at[i].hidden_at,
            .shown_at = r.at[i].shown_at.v,
            .village = town_unit_name(cx, village ? village : cx->town_id * 1000000),
            .why = r.at[i].why,
            .shown_why = r.at[i].shown_why.v};
    }
    *to = (struct screen_stubs){at, r.n};
    return OK;
}

Err screen_state(Cx *cx, int64_t problem, struct screen_state *to)
{
    struct sql_problem_screen_find_row wait;
    struct sql_problem_screen_hidden_row hidden;
    *to = (struct screen_state){0};
    Err e =
        sql_problem_screen_find(cx, &(struct sql_problem_screen_find){.problem = problem}, &wait);
    if (e == OK && !wait.released_at.set)
        to->why = say(cx, screen_why_label(wait.why));
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    e = sql_problem_screen_hidden(
        cx, &(struct sql_problem_screen_hidden){.problem = problem}, &hidden);
    if (e == OK)
        to->hidden = hidden.why;
    return e == ERR_NOT_FOUND ? OK : e;
}
