/* oversee_web.c — /oversee: the sheets, one sheet as a page and as a paper, its receipt and answer.
 */
#include "rooms/oversee/oversee_view.h"

#include "base/day.h"
#include "base/fields.h"
#include "gen/tmpl.h"
#include "paper/paper.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"
#include "rooms/town/town_form_web.h"

#include <inttypes.h>

static Text label_of(Str state)
{
    return str_eq(state, S("issued"))     ? T("待签收")
           : str_eq(state, S("received")) ? T("待答复")
                                          : T("已答复");
}

static bool is_late(Cx *cx, const struct oversee_sheet *s)
{
    return !str_eq(s->state, S("answered")) && memcmp(s->reply_on.at, town_today(cx).at, 10) < 0;
}

static Err oversee_list_get(Cx *cx, const Req *req, Resp *resp)
{
    struct oversee_sheets sheets;
    struct oversee_list_view v = {0};
    TRY(oversee_list(cx, &sheets));
    struct oversee_row *at = NEW_ARRAY(&cx->mem, sheets.n + 1, struct oversee_row);
    for (size_t i = 0; i < sheets.n; i++) {
        const struct oversee_sheet *s = &sheets.at[i];
        at[i] = (struct oversee_row){.id = s->id,
            .n_lines = s->n_lines,
            .number = s->number,
            .unit_name = town_unit_name(cx, s->unit),
            .day = s->day,
            .reply_on = s->reply_on,
            .state = s->state,
            .label = label_of(s->state),
            .late = is_late(cx, s)};
        v.n_open += !str_eq(s->state, S("answered"));
    }
    v.rows = (struct oversee_rows){at, sheets.n};
    v.shell = shell_of(cx, req, "oversee");
    page_oversee_list(resp_page(cx, req, resp), &v);
    return OK;
}

static Err show(Cx *cx, const Req *req, Resp *resp, Str wrong, int status)
{
    struct oversee_sheet s;
    struct oversee_view v = {.s = &s, .say = wrong, .typed = form_text(req, "answer")};
    TRY(oversee_get(cx, path_i64(req, "id"), &s, &v.lines));
    TRY(oversee_may(cx, &s, &v.may));
    v.unit_name = town_unit_name(cx, s.unit);
    v.answer = s.answer.v;
    v.label = label_of(s.state);
    v.late = is_late(cx, &s);
    v.received = s.received_at.set;
    v.answered = s.answered_at.set;
    v.received_at = s.received_at.v;
    v.answered_at = s.answered_at.v;
    v.received_by = v.received ? people_name(cx, s.received_by.v) : (Str){0};
    v.answered_by = v.answered ? people_name(cx, s.answered_by.v) : (Str){0};
    v.shell = shell_of(cx, req, "oversee");
    Out *out = resp_page(cx, req, resp);
    if (status)
        resp->status = status;
    page_oversee(out, &v);
    return OK;
}

static Err oversee_get_page(Cx *cx, const Req *req, Resp *resp)
{
    return show(cx, req, resp, (Str){0}, 0);
}

static Err after(Cx *cx, const Req *req, Resp *resp, Err e)
{
    return verb_answer(cx, req, resp, e, show, "/oversee/", "");
}

static Err oversee_receive_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, oversee_receive(cx, path_i64(req, "id")));
}

static Err oversee_answer_post(Cx *cx, const Req *req, Resp *resp)
{
    return after(cx, req, resp, oversee_answer(cx, path_i64(req, "id"), form_text(req, "answer")));
}

/* ---- the paper */

static Str *rows_of(Cx *cx, const struct oversee_lines *lines, size_t *n)
{
    static const Text heads[OVERSEE_COLUMNS] = {
        T("编号"), T("问题"), T("四级责任链"), T("期限"), T("超期")};
    size_t shown = lines->n < OVERSEE_ROWS - 1 ? lines->n : OVERSEE_ROWS - 1;
    Str *at = NEW_ARRAY(&cx->mem, (shown + 1) * OVERSEE_COLUMNS, Str);
    for (int i = 0; i < OVERSEE_COLUMNS; i++)
        at[i] = say(cx, heads[i]);
    for (size_t i = 0; i < shown; i++) {
        Str *row = &at[(i + 1) * OVERSEE_COLUMNS];
        row[0] = lines->at[i].number;
        row[1] = lines->at[i].title;
        row[2] = lines->at[i].chain;
        row[3] = day_time_text(cx, lines->at[i].due_at);
        row[4] = say_n(cx, T("{n} 天"), lines->at[i].n_late);
    }
    *n = shown + 1;
    return at;
}

static Err paper_of(Cx *cx, const Req *req, const struct oversee_sheet *s,
    const struct oversee_lines *lines, Str *pdf)
{
    Str town = town_unit_name(cx, cx->town_id * 1000000);
    struct oversee_paper p = {.head = say(cx, T("督 办 单")),
        .number = s->number,
        .to = say_s(cx, T("{s}："), town_unit_name(cx, s->unit)),
        .body =
            say_n(cx, T("以下 {n} 件超过时限三个工作日还没有办结，请马上办："), (int64_t)lines->n),
        .foot = say_s(cx, T("请签收，办结后在 {s} 前答复。"), s->reply_on),
        .reply = say(cx, T("答复：")),
        .giver = say_s(cx, T("{s}环境整治工作领导小组办公室"), town),
        .day = s->day,
        .note = say(cx, T("扫码看每件现在办到哪一步")),
        .address = own_address(cx, req, "/oversee/%" PRId64, s->id)};
    p.rows = rows_of(cx, lines, &p.n);
    if (s->answer.set)
        p.reply = say_s(cx, T("答复：{s}"), s->answer.v);
    return paper_oversee(cx, &p, pdf);
}

static Err oversee_pdf_get(Cx *cx, const Req *req, Resp *resp)
{
    struct oversee_sheet s;
    struct oversee_lines lines;
    Lang reader = cx->lang;
    Str pdf;
    TRY(oversee_get(cx, path_i64(req, "id"), &s, &lines));
    cx->lang = LANG_ZH; /* the paper's language, whoever looks */
    Err e = paper_of(cx, req, &s, &lines, &pdf);
    cx->lang = reader;
    TRY(e);
    Out *out = resp_data(cx, resp, "application/pdf",
        str(arena_printf(&cx->mem, "oversee-%s-%" PRId64 ".pdf",
            arena_printf(&cx->mem, "%.*s", (int)s.day.len, s.day.at), s.unit)));
    out_raw(out, pdf.at, pdf.len);
    return OK;
}

/* clang-format off */
const struct route oversee_routes[] = {
    {GET, "/oversee", .who = OVERSEERS, .run = oversee_list_get, .on = ON_READ},
    {GET, "/oversee/{id}", .who = OVERSEERS, .run = oversee_get_page, .on = ON_READ},
    {GET, "/oversee/{id}/paper", .who = OVERSEERS, .run = oversee_pdf_get, .on = ON_WAIT, .rate = RATE_EXPORT},
    {POST, "/oversee/{id}/receive", .who = OVERSEERS, .run = oversee_receive_post, .on = ON_WAIT},
    {POST, "/oversee/{id}/answer", .who = OVERSEERS, .run = oversee_answer_post, .on = ON_WAIT},
    {0}};

const struct menu_item oversee_menu[] = {
    {"/oversee", "oversee", T("督办单"), .who = OVERSEERS, .icon = "i-horn"},
    {0}};
/* clang-format on */
