/* problem_reporter.c — 上报人: what they left is sealed under a key of their report alone; their
 * receipt is found again by the last four digits of the phone; they are told; they thank. */
#include "rooms/notice/notice.h"
#include "rooms/problem/problem_card.h"
#include "rooms/problem/problem_receipt.h"

enum { TAIL = 4, TAIL_BITS_KEPT = 2, FOUND_MAX = 200, TAILLESS = 200, THANKS_SHOWN = 5 };
static const int64_t DAY_MS = 86400000;

/* The digits of a phone, without blanks and signs. */
static Str last_digits(Cx *cx, Str phone)
{
    char *at = arena_raw(&cx->mem, TAIL);
    size_t n = 0;
    for (size_t i = phone.len; i > 0 && n < TAIL; i--)
        if (phone.at[i - 1] >= '0' && phone.at[i - 1] <= '9')
            at[TAIL - ++n] = phone.at[i - 1];
    return (Str){at + TAIL - n, n};
}

/* Twelve bits of a keyed hash: ten thousand tails share four thousand values, so that even who has
 * the key and the table cannot tell from it which of two or three tails a row has. */
static Str tail_blind(Cx *cx, Str tail)
{
    char *z = arena_printf(&cx->mem, "%lld %.*s", (long long)cx->town_id, (int)tail.len, tail.at);
    Str whole = secret_blind(cx, "problem.tail", str(z));
    char *two = arena_copy(&cx->mem, whole.at, TAIL_BITS_KEPT);
    two[1] = (char)((unsigned char)two[1] & 0xf0);
    return (Str){two, TAIL_BITS_KEPT};
}

Err reporter_keep(Cx *cx, int64_t id, const struct problem_new *in, Str code)
{
    struct sql_problem_trail_reporter_new row = {.problem = id, .code = code};
    Str key, sealed;
    if (in->name.len || in->phone.len) {
        key = secret_key_new(cx);
        row.key = some_str(key);
    }
    if (in->name.len) {
        TRY(secret_seal(cx, key, "problem.reporter", id, in->name, &sealed));
        row.name = some_str(sealed);
    }
    if (in->phone.len) {
        TRY(secret_seal(cx, key, "problem.phone", id, in->phone, &sealed));
        row.phone = some_str(sealed);
        row.phone_find = some_str(secret_blind(cx, "problem.phone", in->phone));
        row.tail_find = some_str(tail_blind(cx, last_digits(cx, in->phone)));
    }
    return sql_problem_trail_reporter_new(cx, &row);
}

static Err tail_of(Cx *cx, int64_t id, OptStr key, OptStr phone, Str *tail)
{
    Str plain;
    *tail = (Str){0};
    if (!phone.set || !key.set)
        return OK;
    TRY(secret_unseal(cx, key.v, "problem.phone", id, phone.v, &plain));
    *tail = last_digits(cx, plain);
    return OK;
}

Err reporter_tail(Cx *cx, const struct sql_problem_trail_reporter_row *r, Str *tail)
{
    return tail_of(cx, r->problem, r->key, r->phone, tail);
}

/* ---- rows from before there was such an index get it */

struct tailing {
    const struct sql_problem_trail_tailless_rows *rows;
};

static Err tail_step(Cx *cx, void *arg)
{
    const struct sql_problem_trail_tailless_rows *rows = ((struct tailing *)arg)->rows;
    for (size_t i = 0; i < rows->n; i++) {
        Str tail;
        TRY(tail_of(cx, rows->at[i].problem, rows->at[i].key, rows->at[i].phone, &tail));
        TRY(sql_problem_trail_tail_set(
            cx, &(struct sql_problem_trail_tail_set){
                    .problem = rows->at[i].problem, .tail_find = tail_blind(cx, tail)}));
    }
    return OK;
}

Err problem_tail_job(Cx *cx)
{
    struct sql_problem_trail_tailless_rows rows;
    TRY(sql_problem_trail_tailless(
        cx, &(struct sql_problem_trail_tailless){.above = 0, .limit = TAILLESS}, &rows));
    return rows.n ? db_transaction(cx, tail_step, &(struct tailing){&rows}) : OK;
}

/* ---- found again by the office */

struct searching {
    Str reason;
};

/* The day's share is taken, and the log says who looked and why; never the digits. */
static Err search_step(Cx *cx, void *arg)
{
    const struct searching *s = arg;
    int64_t today = day_of(cx->now);
    TRY(sql_problem_trail_search_first(cx, &(struct sql_problem_trail_search_first){.day = today}));
    Err e = sql_problem_trail_search_take(
        cx, &(struct sql_problem_trail_search_take){.day = today, .most = SEARCHES_A_DAY});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_FORBIDDEN, "tail",
            T("今天查得太多了（一天最多 50 次），请明天再查，或问安全管理员"));
    TRY(e);
    return event_add(
        cx, &(struct event){
                .verb = "receipt_search", .unit = cx->town_id * 1000000, .said = s->reason});
}

static bool four_digits(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len == TAIL;
}

Err problem_receipts_by_tail(Cx *cx, Str tail, Str reason, struct receipts *to)
{
    struct sql_problem_trail_by_tail_rows rows;
    struct card_page page;
    size_t n = 0;
    if (!four_digits(tail))
        return fail(cx, ERR_INVALID, "tail", T("请填手机号的后四位数字"));
    if (!str_trim(reason).len)
        return fail(cx, ERR_INVALID, "reason", T("请写为什么查，例如：本人来电忘了回执号"));
    if (str_n_chars(reason) > 100)
        return fail(cx, ERR_INVALID, "reason", T("原因最多 100 个字"));
    TRY(db_transaction(cx, search_step, &(struct searching){reason}));
    TRY(sql_problem_trail_by_tail(cx,
        &(struct sql_problem_trail_by_tail){.tail_find = tail_blind(cx, tail), .limit = FOUND_MAX},
        &rows));
    TRY(card_page(cx, &page));
    struct receipt *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct receipt);
    for (size_t i = 0; i < rows.n; i++) {
        Str its;
        TRY(tail_of(cx, rows.at[i].problem, rows.at[i].key, rows.at[i].phone, &its));
        if (!str_eq(its, tail) || problem_seen(cx, rows.at[i].problem) != OK)
            continue;
        TRY(card_find(cx, &page, rows.at[i].problem, &at[n].card));
        at[n++].code = rows.at[i].code;
    }
    memset(&cx->why, 0, sizeof cx->why);
    *to = (struct receipts){at, n};
    return OK;
}

/* ---- told */

Err reporters_told(Cx *cx, int64_t root)
{
    struct case_ids ids;
    TRY(case_branch(cx, root, &ids));
    for (size_t i = 0; i < ids.n; i++)
        TRY(sql_problem_trail_reporter_told(
            cx, &(struct sql_problem_trail_reporter_told){.problem = ids.at[i]}));
    return OK;
}

/* Who follows under another one's matter is told on their own row. */
static Err told_own_step(Cx *cx, void *arg)
{
    int64_t own = *(const int64_t *)arg;
    struct sql_problem_trail_reporter_row r;
    Case root;
    TRY(case_root(cx, own, &root));
    if (root.id == own)
        return problem_told(cx, own, "page");
    TRY(sql_problem_trail_reporter(cx, &(struct sql_problem_trail_reporter){.problem = own}, &r));
    if (r.told_at.set || !str_eq(root.state, S("closed")))
        return OK;
    TRY(sql_problem_trail_reporter_told(
        cx, &(struct sql_problem_trail_reporter_told){.problem = own}));
    return event_add(cx, &(struct event){.verb = "told",
                             .unit = root.village,
                             .object = own,
                             .from = S("merged"),
                             .to = S("merged"),
                             .said = S("page")});
}

Err problem_told_own(Cx *cx, int64_t own)
{
    return db_transaction(cx, told_own_step, &own);
}

Err problem_reporters(Cx *cx, int64_t id, struct problem_reporters *to)
{
    struct case_ids ids;
    *to = (struct problem_reporters){0};
    TRY(case_branch(cx, id, &ids));
    for (size_t i = 0; i < ids.n; i++) {
        struct sql_problem_trail_reporter_row r;
        Err e = sql_problem_trail_reporter(
            cx, &(struct sql_problem_trail_reporter){.problem = ids.at[i]}, &r);
        if (e == ERR_NOT_FOUND)
            continue;
        TRY(e);
        to->n++;
        to->n_told += r.told_at.set;
        to->n_phone += r.phone.set;
    }
    memset(&cx->why, 0, sizeof cx->why);
    return OK;
}

/* ---- thanks */

Err rule_thank(Cx *cx, void *arg)
{
    struct acting *a = arg;
    int64_t own = a->own ? a->own : a->p.id;
    if (!a->p.handler.set)
        return fail(cx, ERR_CONFLICT, "verb", T("还没有人承办"));
    if (str_n_chars(a->in->text.v) > THANK_MAX)
        return fail(cx, ERR_INVALID, "text", T("感谢的话最多 100 个字"));
    Err e = sql_problem_trail_thank(
        cx, &(struct sql_problem_trail_thank){
                .own = own, .problem = a->p.id, .person = a->p.handler.v, .words = a->in->text.v});
    if (e == ERR_CONFLICT)
        return fail(cx, ERR_CONFLICT, "verb", T("您已经谢过了，他看得到"));
    TRY(e);
    return tell(cx, a->p.handler.v, &a->p, T("群众谢谢您"), NULL);
}

Err problem_thanked(Cx *cx, int64_t own, Str *words)
{
    struct sql_problem_trail_thanked_row r;
    Err e = sql_problem_trail_thanked(cx, &(struct sql_problem_trail_thanked){.own = own}, &r);
    *words = e == OK ? r.words : (Str){0};
    if (e != ERR_NOT_FOUND)
        return e;
    memset(&cx->why, 0, sizeof cx->why);
    return OK;
}

Err problem_thanks(Cx *cx, struct problem_thanks *to)
{
    struct sql_problem_trail_thanks_rows rows;
    struct card_page page;
    TRY(sql_problem_trail_thanks(cx,
        &(struct sql_problem_trail_thanks){.since = cx->now - 60 * DAY_MS, .limit = THANKS_SHOWN},
        &rows));
    *to = (struct problem_thanks){0};
    if (!rows.n)
        return OK;
    TRY(card_page(cx, &page));
    struct problem_thank *at = NEW_ARRAY(&cx->mem, rows.n, struct problem_thank);
    for (size_t i = 0; i < rows.n; i++) {
        struct problem_card c;
        if (card_find(cx, &page, rows.at[i].problem, &c) != OK)
            continue;
        at[to->n++] = (struct problem_thank){
            rows.at[i].problem, rows.at[i].at, rows.at[i].words, c.title, c.where};
    }
    memset(&cx->why, 0, sizeof cx->why);
    to->at = at;
    return OK;
}
