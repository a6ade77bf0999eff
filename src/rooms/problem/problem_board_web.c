/* problem_board_web.c — 作战图 /board: five numbers, focuses, villages, trend.  Each number is a
 * link to the rows it counts; problem_board_test.c holds that they agree. */
#include "gen/tmpl.h"
#include "rooms/problem/problem_pages.h"

#include <inttypes.h>

static Str rows_path(Cx *cx, const struct problem_filter *f)
{
    Str q = problem_filter_query(cx, f);
    return str(
        arena_printf(&cx->mem, "/problems%s%.*s", q.len ? "?" : "", (int)q.len, q.at ? q.at : ""));
}

static int64_t width_of(int64_t part, int64_t whole)
{
    return whole > 0 ? part * 100 / whole : 0;
}

static void five(Cx *cx, const struct problem_board *b, struct board_view *v)
{
    struct kpi *at = NEW_ARRAY(&cx->mem, 5, struct kpi);
    Str none = say(cx, T("点开看每一件"));

    for (size_t i = 0; i < 5; i++) {
        const struct problem_figure *f = &b->five[i];
        at[i] = (struct kpi){.label = f->label,
            .path = rows_path(cx, &f->num),
            .shown = str(arena_printf(&cx->mem, "%" PRId64, f->n)),
            .note = none,
            .warn = !strcmp(f->name, "overdue") && f->n > 0};
        if (!strcmp(f->name, "mended"))
            at[i].note = say_s(cx, T("整改率 {s}"), b->mended_rate.shown);
    }
    v->five.at = at;
    v->five.n = 5;
}

static void focuses(Cx *cx, const struct problem_board *b, struct board_view *v)
{
    struct focus_row *at = NEW_ARRAY(&cx->mem, 3, struct focus_row);
    for (size_t i = 0; i < 3; i++)
        at[i] = (struct focus_row){.focus = b->focus[i].num.focus,
            .label = b->focus[i].label,
            .path = rows_path(cx, &b->focus[i].den),
            .n = b->focus[i].n,
            .of = b->focus[i].of,
            .width = width_of(b->focus[i].n, b->focus[i].of)};
    v->focus.at = at;
    v->focus.n = 3;
}

/* The ramp of five: its lowest step is sand, so that it reads without hue. */
static Str shade(int64_t percent, int64_t of)
{
    if (of <= 0)
        return S("c1");
    return percent < 70   ? S("c0")
           : percent < 80 ? S("c1")
           : percent < 90 ? S("c2")
           : percent < 95 ? S("c3")
                          : S("c4");
}

static void villages(Cx *cx, const struct problem_board *b, struct board_view *v)
{
    struct rank_row *at = NEW_ARRAY(&cx->mem, b->n_villages + 1, struct rank_row);
    for (size_t i = 0; i < b->n_villages; i++) {
        const struct problem_ranked *r = &b->villages[i];
        struct problem_filter open = {.village = r->village};
        struct problem_filter late = {.village = r->village, .overdue = true};
        int64_t w = width_of(r->closing.n, r->closing.of);
        at[i] = (struct rank_row){.rank = r->rank,
            .n_open = r->n_open,
            .n_overdue = r->n_overdue,
            .name = r->name,
            .path = str(arena_printf(&cx->mem, "/units/%" PRId64, r->village)),
            .open_path = rows_path(cx, &open),
            .late_path = rows_path(cx, &late),
            .num_path = rows_path(cx, &r->closing.num),
            .den_path = rows_path(cx, &r->closing.den),
            .num = r->closing.n,
            .den = r->closing.of,
            .closing = r->closing.shown,
            .on_time = r->on_time.shown,
            .shade = shade(w, r->closing.of)};
    }
    size_t half = (b->n_villages + 1) / 2;
    v->villages = (struct rank_rows){at, b->n_villages};
    v->upper = (struct rank_rows){at, half};
    v->lower = (struct rank_rows){at + half, b->n_villages - half};
}

static void weeks(Cx *cx, const struct problem_board *b, struct board_view *v)
{
    enum { N = 8, TOP = 12, FOOT = 118 };
    struct week_bar *at = NEW_ARRAY(&cx->mem, N, struct week_bar);
    int64_t most = 1, today = day_of(cx->now), year, week;

    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < 2; k++)
            most = b->weeks[i][k] > most ? b->weeks[i][k] : most;
    for (int64_t i = 0; i < N; i++) {
        int64_t x = 5 + i * 31, h = b->weeks[i][0] * (FOOT - TOP) / most;
        int64_t h2 = b->weeks[i][1] * (FOOT - TOP) / most;
        day_iso_week(today - 7 * (N - 1 - i), &year, &week);
        at[i] = (struct week_bar){.x = x,
            .x2 = x + 11,
            .mid = x + 10,
            .y = FOOT - h,
            .h = h,
            .y2 = FOOT - h2,
            .h2 = h2,
            .reported = b->weeks[i][0],
            .closed = b->weeks[i][1],
            .label = str(arena_printf(&cx->mem, "%" PRId64, week))};
    }
    v->weeks.at = at;
    v->weeks.n = N;
    v->max = most;
}

enum { NEWS = 5 };

Err problem_board_get(Cx *cx, const Req *req, Resp *resp)
{
    struct problem_board b;
    struct board_view v = {.b = &b};

    TRY(problem_board(cx, &b));
    five(cx, &b, &v);
    focuses(cx, &b, &v);
    villages(cx, &b, &v);
    weeks(cx, &b, &v);
    v.news = (struct problem_events){b.news.at, b.news.n < NEWS ? b.news.n : NEWS};
    for (size_t i = 0; i < b.press.n; i++)
        v.n_late += b.press.at[i].overdue;
    v.rates.at = b.rates.at;
    v.rates.n = sizeof b.rates.at / sizeof *b.rates.at;
    v.shell = shell_of(cx, req, "board");
    page_board(resp_page(cx, req, resp), &v);
    return OK;
}
