/* assess_certificate_web.c — 荣誉证书: a red flag of a published round on paper, with the hash that
 * was signed and the way to the live page. */
#include "base/day.h"
#include "paper/paper.h"
#include "rooms/assess/assess_correct.h"
#include "rooms/assess/assess_fair_view.h"
#include "rooms/town/town.h"

#include <inttypes.h>

enum { HASH_SHOWN = 16 };

static Str body_of(Cx *cx, const struct assess_kept *k, size_t u, Str month)
{
    Str points = assess_points(cx, k->out[u].score);
    Str head = say_s(cx, T("在 {s}的环境整治考核中，"), month);
    Str mid = say_sn(cx, T("得 {s} 分，列本组第 {n} 名，"), points, k->out[u].rank);
    Str tail = say(cx, T("授予红旗。特发此证，以资鼓励。"));
    return str(arena_printf(&cx->mem, "%.*s%.*s%.*s", (int)head.len, head.at, (int)mid.len, mid.at,
        (int)tail.len, tail.at));
}

static Err paper_of(Cx *cx, const Req *req, const struct assess_round *r,
    const struct assess_kept *k, size_t u, Str *pdf)
{
    Str month = assess_month_text(cx, r->month), town = town_unit_name(cx, cx->town_id * 1000000);
    struct honour h = {.title = say(cx, T("荣誉证书")),
        .unit = say_s(cx, T("{s}："), k->in.unit_name[u]),
        .body = body_of(cx, k, u, month),
        .giver = say_s(cx, T("{s}环境整治工作领导小组"), town),
        .day = day_text(cx, day_of(r->published_at.v)),
        .note = say(cx, T("扫码看公布的结果、规则和签字")),
        .hash = say_s(cx, T("输入摘要 {s}"), (Str){k->input_hash.at, HASH_SHOWN}),
        .address = own_address(cx, req, "/flags?round=%" PRId64, r->id)};
    return paper_honour(cx, &h, pdf);
}

Err assess_certificate_get(Cx *cx, const Req *req, Resp *resp)
{
    struct assess_round r;
    struct assess_kept k;
    Str pdf;
    TRY(assess_round_get(cx, path_i64(req, "id"), &r));
    if (!r.published_at.set)
        return ERR_NOT_FOUND;
    bool corrected;
    int64_t correction;
    TRY(assess_correction_of(cx, &r, &correction, &corrected));
    if (corrected)
        return fail(cx, ERR_NOT_FOUND, NULL, T("这一轮已经更正，请看更正轮的证书"));
    TRY(assess_kept(cx, r.id, 0, &k));
    size_t u = assess_unit_no(&k, path_i64(req, "unit_id"));
    if (u == k.in.n_units || k.out[u].flag != FLAG_RED)
        return fail(cx, ERR_NOT_FOUND, NULL, T("只有公布了的红旗有证书"));
    Lang reader = cx->lang;
    cx->lang = LANG_ZH; /* the paper's language, whoever looks */
    Err e = paper_of(cx, req, &r, &k, u, &pdf);
    cx->lang = reader;
    TRY(e);
    Out *out = resp_data(cx, resp, "application/pdf",
        str(arena_printf(&cx->mem, "honour-%.*s-%" PRId64 ".pdf", (int)r.month.len, r.month.at,
            k.in.unit[u].code)));
    out_raw(out, pdf.at, pdf.len);
    return OK;
}
