/* assess_year_web.c — 年终述职 as a page that prints: the text, and beside it what the rows said.
 */
#include "gen/tmpl.h"
#include "rooms/assess/assess_fair_view.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"

#include <inttypes.h>

static struct text_lines lines_of(Cx *cx, Str s)
{
    size_t n = 1, k = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.at[i] == '\n';
    struct text_line *at = NEW_ARRAY(&cx->mem, n, struct text_line);
    while (s.len) {
        const char *nl = memchr(s.at, '\n', s.len);
        size_t len = nl ? (size_t)(nl - s.at) : s.len, skip = nl ? len + 1 : len;
        if (len && s.at[len - 1] == '\r')
            len--;
        at[k++].text = (Str){s.at, len};
        s = (Str){s.at + skip, s.len - skip};
    }
    return (struct text_lines){at, k};
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong, int status)
{
    struct year_report y;
    TRY(assess_year(cx, path_i64(req, "unit_id"), path_i64(req, "id"), &y));
    struct year_view v = {.unit = y.unit,
        .year = y.year,
        .edited_at = y.edited_at,
        .unit_name = town_unit_name(cx, y.unit),
        .drafted = y.drafted,
        .body = wrong.len && !y.edited_at ? form_text(req, "body") : y.body,
        .edited_by = y.edited_by ? people_name(cx, y.edited_by) : (Str){0},
        .say = wrong,
        .lines = lines_of(cx, y.body),
        .drafted_lines = lines_of(cx, y.drafted),
        .may_edit = !y.edited_at};
    v.shell = shell_of(cx, req, "assess");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_year(out, &v);
    return OK;
}

Err assess_year_get(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0);
}

Err assess_this_year_get(Cx *cx, const Req *req, Resp *resp)
{
    return redirect(
        cx, resp, "/assess/year/%" PRId64 "/%.4s", path_i64(req, "unit_id"), town_today(cx).at);
}

Err assess_year_post(Cx *cx, const Req *req, Resp *resp)
{
    int64_t unit = path_i64(req, "unit_id"), year = path_i64(req, "id");
    Err e = assess_year_edit(cx, unit, year, form_text(req, "body"));
    if (e == ERR_INVALID || e == ERR_CONFLICT)
        return show(cx, req, resp, cx->why.say, e == ERR_INVALID ? 422 : 409);
    TRY(e);
    return redirect(cx, resp, "/assess/year/%" PRId64 "/%" PRId64, unit, year);
}
