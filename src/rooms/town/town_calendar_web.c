/* town_calendar_web.c — /settings/calendar/YEAR: the State Council's notice, typed as it is
 * written. */
#include "gen/tmpl.h"
#include "rooms/town/town_pages.h"
#include "rooms/town/town_web.h"

#include <inttypes.h>

enum { DAYS_MAX = 200, SPAN_MAX = 40 };

/* --- the text areas: "2026-02-15 至 2026-02-23 春节", a line a day or a span --- */

static bool same_run(const struct day_named *a, const struct day_named *b)
{
    int64_t x, y;
    return str_eq(a->kind, b->kind) && str_eq(a->name, b->name) && day_parse(a->day, &x)
           && day_parse(b->day, &y) && y == x + 1;
}

static bool works(Str kind)
{
    return str_eq(kind, S("work")) || str_eq(kind, S("makeup"));
}

/* Neighbours of one name in one line. */
static Str area(Cx *cx, const struct day_named *at, size_t n, bool working)
{
    const char *text = "";
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && same_run(&at[end - 1], &at[end]); end++)
            ;
        if (works(at[i].kind) != working)
            continue;
        const char *span = end - i > 1 ? arena_printf(
                               &cx->mem, " 至 %.*s", (int)at[end - 1].day.len, at[end - 1].day.at)
                                       : "";
        text = arena_printf(&cx->mem, "%s%.*s%s %.*s\n", text, (int)at[i].day.len, at[i].day.at,
            span, (int)at[i].name.len, at[i].name.at);
    }
    return str(text);
}

static Str word(Str *line)
{
    *line = str_trim(*line);
    size_t n = 0;
    while (n < line->len && line->at[n] != ' ' && line->at[n] != '\t')
        n++;
    Str w = {line->at, n};
    *line = str_trim((Str){line->at + n, line->len - n});
    return w;
}

struct days {
    struct day_named at[DAYS_MAX];
    size_t n;
};

static Err read_span(Cx *cx, Str line, Str kind, struct days *to)
{
    Str first = word(&line), rest = line, to_word = word(&rest), last = first, typed = first;
    int64_t from, until;
    if (str_eq(to_word, S("至")) || str_eq(to_word, S("-")) || str_eq(to_word, S("—"))) {
        typed = word(&rest);
        last = typed;
        line = rest;
    }
    if (!day_parse(first, &from) || !day_parse(last, &until))
        return fail_say(cx, ERR_INVALID, "days",
            say_s(cx, T("“{s}”不是日期，应写成 2026-06-12"),
                day_parse(first, &from) ? typed : first));
    if (until < from || until - from >= SPAN_MAX)
        return fail_say(cx, ERR_INVALID, "days", say_s(cx, T("从 {s} 起的一段，止日不对"), first));
    for (int64_t d = from; d <= until; d++) {
        if (to->n == DAYS_MAX)
            return fail(cx, ERR_INVALID, "days", T("一年最多 120 天"));
        to->at[to->n++] = (struct day_named){day_text(cx, d), kind, line};
    }
    return OK;
}

static Err read_area(Cx *cx, Str text, Str kind, struct days *to)
{
    while (text.len) {
        const char *nl = memchr(text.at, '\n', text.len);
        size_t n = nl ? (size_t)(nl - text.at) : text.len;
        Str line = str_trim((Str){text.at, n});
        if (line.len)
            TRY(read_span(cx, line, kind, to));
        n += nl != NULL;
        text = (Str){text.at + n, text.len - n};
    }
    return OK;
}

/* --- the page --- */

static struct day_lines days_of(Cx *cx, const struct day_named *at, size_t n)
{
    struct day_line *to = NEW_ARRAY(&cx->mem, n + 1, struct day_line);
    for (size_t i = 0; i < n; i++)
        to[i] = (struct day_line){.on = at[i].day,
            .name = at[i].name,
            .works = works(at[i].kind),
            .kind = works(at[i].kind) ? T("上班") : T("放假")};
    return (struct day_lines){to, n};
}

static Err view_of(Cx *cx, const Req *req, struct calendar_view *v)
{
    const struct calendar_year *all;
    const struct day_named *days = NULL;
    size_t n, n_days = 0;
    *v = (struct calendar_view){
        .shell = shell_of(cx, req, "settings"), .year = path_i64(req, "id"), .key = new_key(cx)};
    if (v->year < 2000 || v->year > 2099)
        return ERR_NOT_FOUND;
    TRY(town_calendar_history(cx, v->year, &all, &n));
    struct history_line *at = NEW_ARRAY(&cx->mem, n + 1, struct history_line);
    for (size_t i = 0; i < n; i++)
        at[i] = edit_version(cx,
            (struct history_line){.version = all[i].version,
                .at = all[i].at,
                .from_on = all[i].from_on,
                .value = all[i].source},
            all[i].by);
    v->history = (struct history_lines){at, n};
    v->there = n > 0;
    v->version = n ? all[0].version : 0;
    v->source = n ? all[0].source : (Str){0};
    if (n)
        TRY(town_calendar_marks(cx, v->year, v->version, &days, &n_days));
    v->days = days_of(cx, days, n_days);
    v->rest = area(cx, days, n_days, false);
    v->makeup = area(cx, days, n_days, true);
    return OK;
}

Err calendar_get(Cx *cx, const Req *req, Resp *resp)
{
    struct calendar_view v;
    TRY(view_of(cx, req, &v));
    page_calendar(resp_page(cx, req, resp), &v);
    return OK;
}

Err calendar_find_get(Cx *cx, const Req *req, Resp *resp)
{
    int64_t year = query_i64(req, "year");
    if (year < 2000 || year > 2099)
        return redirect(cx, resp, "/settings");
    return redirect(cx, resp, "/settings/calendar/%" PRId64, year);
}

static Err save(Cx *cx, const Req *req, int64_t year)
{
    struct days *days = NEW(&cx->mem, struct days);
    TRY(read_area(cx, form_text(req, "rest"), S("holiday"), days));
    TRY(read_area(cx, form_text(req, "makeup"), S("makeup"), days));
    struct year_new in = {.year = year,
        .version = form_i64(req, "version"),
        .from_on = form_text(req, "from_on"),
        .source = form_text(req, "source"),
        .at = days->at,
        .n = days->n};
    enum put put;
    return town_calendar_put(cx, &in, &put);
}

Err calendar_post(Cx *cx, const Req *req, Resp *resp)
{
    struct calendar_view v;
    int64_t year = path_i64(req, "id");
    Err e = save(cx, req, year);
    if (e == OK)
        return redirect(cx, resp, "/settings?saved=1#calendar");
    if (e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    Str why = cx->why.say;
    TRY(view_of(cx, req, &v));
    resp->status = e == ERR_INVALID ? 422 : 409;
    v.why = why;
    v.source = form_text(req, "source");
    v.rest = form_text(req, "rest");
    v.makeup = form_text(req, "makeup");
    v.from_on = form_text(req, "from_on");
    page_calendar(resp_page(cx, req, resp), &v);
    return OK;
}
