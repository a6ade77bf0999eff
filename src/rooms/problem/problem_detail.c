/* problem_detail.c — 问题台账: one matter with all that a page shows of it. */
#include "rooms/people/people.h"
#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_like.h"
#include "rooms/problem/problem_sum.h"

enum { MERGED_SHOWN = 50 };

/* "包村科级干部 王五 · …" as rows: behind the last blank of each piece stands the name. */
static struct problem_options chain_rows(Cx *cx, Str chain)
{
    static const char between[] = " · ";
    struct problem_option *at = NEW_ARRAY(&cx->mem, 8, struct problem_option);
    size_t n = 0;
    while (chain.len && n < 8) {
        const char *end = memmem(chain.at, chain.len, between, sizeof between - 1);
        size_t len = end ? (size_t)(end - chain.at) : chain.len, cut = len;
        while (cut > 0 && chain.at[cut - 1] != ' ')
            cut--;
        if (cut)
            at[n++] = (struct problem_option){
                duty_title_said(cx, (Str){chain.at,       cut - 1  }
                 ), {chain.at + cut, len - cut}
            };
        else
            at[n++] = (struct problem_option){
                {chain.at, len},
                {0       }
            };
        if (!end)
            break;
        chain = (Str){end + sizeof between - 1, chain.len - len - (sizeof between - 1)};
    }
    return (struct problem_options){at, n};
}

static Err asked_view(
    Cx *cx, const Case *p, const struct problem_verbs *verbs, struct problem_asked *to)
{
    struct sql_problem_trail_asks_rows rows;
    if (!p->ask.set)
        return OK;
    TRY(sql_problem_trail_asks(
        cx, &(struct sql_problem_trail_asks){.problem = p->id, .limit = 200}, &rows));
    if (!rows.n)
        return OK;
    const struct sql_problem_trail_asks_row *r = &rows.at[rows.n - 1];
    const char *about = arena_printf(&cx->mem, "%.*s", (int)r->about.len, r->about.at);
    const char *ask = arena_printf(&cx->mem, "%s_ask", about);
    *to = (struct problem_asked){
        .about = about,
        .label = problem_verb_label(str(ask)),
        .by = r->asked_by,
        .at = r->asked_at,
        .by_name = people_name(cx, r->asked_by),
        .text = r->text,
        .plan = r->plan,
        .until = r->until_at.v,
        .review_on = r->review_on.v,
        .no = 1,
    };
    for (const struct problem_reason *w = problem_reasons(ask); w && w->code; w++)
        if (str_eq(r->reason, str(w->code)))
            to->reason = say(cx, w->label);
    for (size_t i = 0; i + 1 < rows.n; i++)
        to->no += str_eq(rows.at[i].about, r->about);
    for (size_t i = 0; i < verbs->n; i++)
        to->mine |= !strcmp(verbs->at[i].button.verb, arena_printf(&cx->mem, "%s_grant", about));
    return OK;
}

static Err likes_view(Cx *cx, const Case *p, const struct card_page *page, struct problem_likes *to)
{
    struct like likes[LIKES_MAX];
    size_t n, kept = 0;
    if (!str_eq(p->state, S("reported")) && !str_eq(p->state, S("filed")))
        return OK;
    TRY(problem_likes_of(cx, p->id, likes, &n));
    struct problem_like *at = NEW_ARRAY(&cx->mem, n, struct problem_like);
    for (size_t i = 0; i < n; i++) {
        if (problem_seen(cx, likes[i].id) != OK)
            continue;
        TRY(card_find(cx, page, likes[i].id, &at[kept].card));
        at[kept].metres = likes[i].metres;
        at[kept++].same_place = likes[i].same_place;
    }
    memset(&cx->why, 0, sizeof cx->why);
    *to = (struct problem_likes){at, kept};
    return OK;
}

static Err merged_view(
    Cx *cx, const Case *p, const struct card_page *page, struct problem_cards *to)
{
    struct case_ids ids;
    if (!p->n_merged)
        return OK;
    TRY(case_branch(cx, p->id, &ids));
    size_t n = ids.n - 1 < MERGED_SHOWN ? ids.n - 1 : MERGED_SHOWN;
    struct problem_card *at = NEW_ARRAY(&cx->mem, n + 1, struct problem_card);
    for (size_t i = 0; i < n; i++)
        TRY(card_find(cx, page, ids.at[i + 1], &at[i]));
    *to = (struct problem_cards){at, n, 0};
    return OK;
}

/* Never the name: contact goes through the system or the office. */
static Err reporter_view(Cx *cx, const Case *p, uint32_t have, struct problem_detail *to)
{
    struct sql_problem_trail_reporter_row r;
    Err e =
        sql_problem_trail_reporter(cx, &(struct sql_problem_trail_reporter){.problem = p->id}, &r);
    if (e == ERR_NOT_FOUND)
        return memset(&cx->why, 0, sizeof cx->why), OK;
    TRY(e);
    to->reporter_reachable = p->reachable;
    if (p->created_by && !p->entered_for)
        to->reporter = people_name(cx, p->created_by);
    else
        to->reporter = say(cx, r.phone.set ? T("上报人（留了电话）") : T("匿名，可用回执回话"));
    Str tail;
    TRY(reporter_tail(cx, &r, &tail));
    if (have & OFFICE_POSTS && tail.len)
        to->reporter_phone = str(arena_printf(&cx->mem, "*******%.*s", (int)tail.len, tail.at));
    return OK;
}

/* The numbers as the phone said them are where somebody stood: for the office alone. */
static Err given_view(Cx *cx, const Case *p, uint32_t have, struct problem_detail *to)
{
    struct sql_problem_given_row r;
    TRY(sql_problem_given(cx, &(struct sql_problem_given){.id = p->id}, &r));
    to->located = str_eq(r.located, S("plate"))   ? T("扫码牌知道的地点")
                  : str_eq(r.located, S("near"))  ? T("按手机位置选的地点")
                  : str_eq(r.located, S("list"))  ? T("从列表里选的地点")
                  : str_eq(r.located, S("typed")) ? T("手写的地点")
                                                  : (Text){0};
    if (!(have & OFFICE_POSTS) || !r.given_lat.set || !r.given_lng.set)
        return OK;
    int64_t y = r.given_lat.v, x = r.given_lng.v;
    to->given = str(arena_printf(&cx->mem, "%lld.%06lld,%lld.%06lld %s", (long long)(y / 1000000),
        (long long)(y % 1000000), (long long)(x / 1000000), (long long)(x % 1000000),
        str_eq(r.given_datum.v, S("gcj02")) ? "GCJ-02" : "WGS-84"));
    to->given_m = r.given_m.v;
    return OK;
}

/* Why the expected verb is not among one's own. */
static Str expected_words(Cx *cx, const Case *p, const struct problem_verbs *verbs)
{
    if (verbs->n && verbs->at[0].button.big)
        return (Str){0};
    switch (machine_state(&problem_machine, p->state)) {
    case REPORTED: return say(cx, T("等待立案"));
    case FILED: return say(cx, T("等待派遣"));
    case DISPATCHED: return say_s(cx, T("等{s}接单"), duty_title_said(cx, p->handler_name.v));
    case HANDLING:
        return p->ask.set ? say(cx, T("有一项申请还没有批"))
                          : say_s(cx, T("现在不能核查：{s}还没有传整改照片"),
                              duty_title_said(cx, p->handler_name.v));
    case HANDLED: return say(cx, T("等待核查；办理的人不能核查自己办的事"));
    case SUSPENDED: return say(cx, T("挂账中，到日子自动恢复"));
    default: return (Str){0};
    }
}

static Err fill_times(Cx *cx, const Case *p, struct problem_detail *to)
{
    to->filed_at = p->filed_at.v;
    to->dispatched_at = p->dispatched_at.v;
    to->accepted_at = p->accepted_at.v;
    to->handled_at = p->handled_at.v;
    to->closed_at = p->closed_at.v;
    to->told_at = p->told_at.v;
    to->source = p->source;
    to->source_label = problem_source_label(p->source);
    to->entered_for = p->entered_for;
    to->chain = p->chain.v;
    to->chain_rows = chain_rows(cx, p->chain.v);
    to->result = p->result.v;
    to->verifier = p->verifier.set ? people_name(cx, p->verifier.v) : (Str){0};
    to->evaluation = p->evaluation.v;
    to->answer = p->answer.v;
    to->outcome = p->outcome.v;
    to->outcome_text = p->outcome_text.v;
    to->merged_into = p->master.v;
    to->lat = p->lat;
    to->lng = p->lng;
    to->ext_no = p->ext_no.v;
    return attachment_of(cx, p->id, &to->photos);
}

Err problem_detail(Cx *cx, int64_t id, struct problem_detail *to)
{
    Case p;
    uint32_t have;
    struct card_page page;
    *to = (struct problem_detail){0};
    TRY(case_open(cx, id, &p));
    TRY(case_posts(cx, &p, &have));
    TRY(card_page(cx, &page));
    struct card_row row = CARD_ROW(&p);
    to->card = card_of(cx, &page, &row);
    TRY(fill_times(cx, &p, to));
    TRY(reporter_view(cx, &p, have, to));
    TRY(given_view(cx, &p, have, to));
    TRY(verbs_view(cx, &p, have, &to->verbs));
    TRY(card_buttons(cx, &p, have, &to->card.buttons));
    TRY(asked_view(cx, &p, &to->verbs, &to->asked));
    TRY(clock_view(cx, &p, true, &to->clock));
    TRY(order_view(cx, &p, &to->order));
    TRY(likes_view(cx, &p, &page, &to->likes));
    TRY(merged_view(cx, &p, &page, &to->merged));
    TRY(events_view(
        cx, &p, sees_persons(cx) ? READS_ALL : READS_NO_PERSONS, &to->events, &to->last_hash));
    if (!sees_persons(cx)) {
        to->chain = to->verifier = to->reporter = (Str){0};
        to->chain_rows = (struct problem_options){0};
        to->clock.rungs = (struct clock_rungs){0};
    }
    to->expected = expected_words(cx, &p, &to->verbs);
    return OK;
}
