/* burden.c — 太重了: counting without keeping who. */
#include "rooms/burden/burden.h"

#include "base/day.h"
#include "base/utf8.h"
#include "gen/sql_burden.h"
#include "rooms/town/town.h"

enum { MONTHS = 12, ROWS = 500, PATH_MAX_LEN = 120 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

Str burden_page(Cx *cx, Str path)
{
    char *at = arena_alloc(&cx->mem, path.len * 4 + 8);
    size_t n = 0;
    for (size_t i = 0; i < path.len && path.at[i] != '?' && n < PATH_MAX_LEN; i++) {
        bool begins = i && path.at[i - 1] == '/' && is_digit(path.at[i]);
        if (!begins) {
            at[n++] = path.at[i];
            continue;
        }
        while (i + 1 < path.len && path.at[i + 1] != '/' && path.at[i + 1] != '?')
            i++;
        memcpy(at + n, "{id}", 4);
        n += 4;
    }
    return (Str){at, n};
}

struct adding {
    Str month, page, said;
};

static Err add_step(Cx *cx, void *arg)
{
    struct adding *a = arg;
    struct sql_burden_of_row row = {0};
    Err e = sql_burden_of(cx, &(struct sql_burden_of){.month = a->month, .page = a->page}, &row);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    TRY(sql_burden_count(cx, &(struct sql_burden_count){.month = a->month, .page = a->page}));
    if (!a->said.len)
        return OK;
    return sql_burden_say(
        cx, &(struct sql_burden_say){
                .month = a->month, .page = a->page, .no = row.n + 1, .said = a->said});
}

Err burden_add(Cx *cx, Str path, Str said)
{
    struct adding a = {
        .month = {town_today(cx).at, 7},
          .page = burden_page(cx, path), .said = said
    };
    if (str_n_chars(said) > BURDEN_WORDS)
        return fail(cx, ERR_INVALID, "said", T("最多写 200 个字"));
    return db_transaction(cx, add_step, &a);
}

static Str a_year_ago(Cx *cx)
{
    return (Str){day_text(cx, day_of(cx->now) - 31 * (MONTHS - 1)).at, 7};
}

Err burden_counts(Cx *cx, struct burden_rows *to)
{
    struct sql_burden_counts_rows r;
    TRY(sql_burden_counts(
        cx, &(struct sql_burden_counts){.from_month = a_year_ago(cx), .limit = ROWS}, &r));
    struct burden_row *at = NEW_ARRAY(&cx->mem, r.n + 1, struct burden_row);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct burden_row){.month = r.at[i].month, .page = r.at[i].page, .n = r.at[i].n};
    *to = (struct burden_rows){at, r.n};
    return OK;
}

Err burden_words(Cx *cx, struct burden_rows *to)
{
    struct sql_burden_words_rows r;
    TRY(sql_burden_words(
        cx, &(struct sql_burden_words){.from_month = a_year_ago(cx), .limit = ROWS}, &r));
    struct burden_row *at = NEW_ARRAY(&cx->mem, r.n + 1, struct burden_row);
    for (size_t i = 0; i < r.n; i++)
        at[i] =
            (struct burden_row){.month = r.at[i].month, .page = r.at[i].page, .said = r.at[i].said};
    *to = (struct burden_rows){at, r.n};
    return OK;
}
