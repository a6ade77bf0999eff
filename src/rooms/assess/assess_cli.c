/* assess_cli.c — heqing assess list|open|freeze|rerun|explain: rounds from the command line. */
#include "rooms/assess/assess_cli.h"

#include "base/day.h"
#include "rooms/assess/assess_explain.h"
#include "rooms/assess/assess_rehearse.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"
#include "store/db.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static Err usage(Cx *cx)
{
    return fail(cx, ERR_INVALID, "usage",
        T("用法：assess list | open 月份 | draw 轮次 | score 轮次 | freeze 轮次 | rerun 轮次 | "
          "explain 轮次 "
          "单元"));
}

static bool as_json(const Args *a)
{
    return arg_option(a, "json") != NULL;
}

static struct sink to_stdout(Cx *cx)
{
    static int out = STDOUT_FILENO;
    return sink_to_fd(&cx->mem, &out);
}

/* A round by its number, or by its month. */
static Err round_arg(Cx *cx, const Args *a, int i, int64_t *id)
{
    Str s;
    TRY(arg_text(cx, a, i, "ROUND", &s));
    int64_t first, last;
    if (s.len == 7 && s.at[4] == '-' && assess_month_days(s, &first, &last)) {
        Err e = assess_round_of_month(cx, s, id);
        return e == ERR_NOT_FOUND ? fail_say(cx, e, "ROUND", say_s(cx, T("{s} 的考核还没有开"), s))
                                  : e;
    }
    return arg_i64(cx, a, i, "ROUND", id);
}

static Err list(Cx *cx, const Args *a)
{
    struct assess_rounds r;
    TRY(assess_rounds(cx, &r));
    struct sink o = to_stdout(cx);
    struct json j = {.to = &o};
    if (as_json(a))
        json_open(&j, '[');
    for (size_t i = 0; i < r.n; i++) {
        if (!as_json(a)) {
            sink_i64(&o, r.at[i].id), sink_z(&o, " "), sink_put(&o, r.at[i].month);
            sink_z(&o, " "), sink_put(&o, r.at[i].state), sink_z(&o, " ");
            sink_i64(&o, r.at[i].frozen_no), sink_z(&o, "\n");
            continue;
        }
        json_open(&j, '{');
        json_i64(&j, "round", r.at[i].id);
        json_str(&j, "month", r.at[i].month);
        json_str(&j, "state", r.at[i].state);
        json_i64(&j, "frozen", r.at[i].frozen_no);
        json_i64(&j, "corrects", r.at[i].corrects);
        json_opt_i64(&j, "published_at", r.at[i].published_at);
        json_close(&j, '}');
    }
    if (as_json(a)) {
        json_close(&j, ']');
        sink_z(&o, "\n");
    }
    return sink_end(&o);
}

static Err told(Cx *cx, const Args *a, int64_t round)
{
    struct assess_round r;
    TRY(assess_round_get(cx, round, &r));
    struct sink o = to_stdout(cx);
    struct json j = {.to = &o};
    if (!as_json(a)) {
        sink_i64(&o, r.id), sink_z(&o, " "), sink_put(&o, r.month), sink_z(&o, " ");
        sink_put(&o, r.state), sink_z(&o, "\n");
        return sink_end(&o);
    }
    json_open(&j, '{');
    json_i64(&j, "round", r.id);
    json_str(&j, "month", r.month);
    json_str(&j, "state", r.state);
    json_i64(&j, "frozen", r.frozen_no);
    if (r.frozen_no) {
        struct assess_kept k;
        TRY(assess_kept(cx, round, 0, &k));
        json_str(&j, "input_hash", k.input_hash);
        json_str(&j, "result_hash", k.result_hash);
    }
    json_close(&j, '}');
    sink_z(&o, "\n");
    return sink_end(&o);
}

static Err operator_step(Cx *cx, void *arg)
{
    (void)arg;
    return duty_operator(cx);
}

static Err explain(Cx *cx, const Args *a, int64_t round)
{
    struct assess_kept k;
    int64_t unit;
    TRY(arg_i64(cx, a, 2, "UNIT", &unit));
    TRY(assess_kept(cx, round, 0, &k));
    if (assess_unit_no(&k, unit) == k.in.n_units)
        return fail(cx, ERR_NOT_FOUND, "UNIT", T("这一轮没有这个单元"));
    struct sink o = to_stdout(cx);
    struct json j = {.to = &o};
    if (as_json(a))
        assess_explain_json(cx, &j, &k, unit);
    else
        sink_put(&o, assess_explain_text(cx, &k, unit));
    sink_z(&o, as_json(a) ? "\n" : "");
    return sink_end(&o);
}

/* The draw once more from the printed seed; an error where the sheets do not say the same. */
static Err redraw(Cx *cx, const Args *a, int64_t round)
{
    struct assess_round r;
    struct assess_redrawn d;
    TRY(assess_round_get(cx, round, &r));
    TRY(assess_redraw(cx, &r, &d));
    struct sink o = to_stdout(cx);
    struct json j = {.to = &o};
    if (!as_json(a))
        sink_z(&o, "seed "), sink_put(&o, r.seed), sink_z(&o, "\n");
    else
        json_open(&j, '[');
    for (size_t i = 0; i < d.n; i++) {
        if (as_json(a)) {
            json_open(&j, '{');
            json_str(&j, "week", d.at[i].week);
            json_i64(&j, "unit", d.at[i].unit);
            json_bool(&j, "sheet", d.at[i].there);
            json_close(&j, '}');
            continue;
        }
        sink_put(&o, d.at[i].week), sink_z(&o, " "), sink_i64(&o, d.at[i].unit), sink_z(&o, " ");
        sink_put(&o, town_unit_name(cx, d.at[i].unit));
        sink_z(&o, d.at[i].there ? "\n" : " no sheet\n");
    }
    if (as_json(a)) {
        json_close(&j, ']');
        sink_z(&o, "\n");
    }
    TRY(sink_end(&o));
    return d.n_missing ? fail_say(cx, ERR_CONFLICT, "ROUND",
               say_n(cx, T("照印出的种子重抽，有 {n} 张检查表对不上"), (int64_t)d.n_missing))
                       : OK;
}

static Err assess_verb(Cx *cx, const Args *a)
{
    Str what;
    int64_t round;
    TRY(arg_text(cx, a, 0, "usage", &what));
    if (str_eq(what, S("list")))
        return list(cx, a);
    TRY(db_transaction(cx, operator_step, NULL));
    if (str_eq(what, S("open"))) {
        Str month;
        TRY(arg_text(cx, a, 1, "MONTH", &month));
        TRY(assess_open(cx, month, &round));
        return told(cx, a, round);
    }
    if (str_eq(what, S("draw"))) {
        TRY(round_arg(cx, a, 1, &round));
        return redraw(cx, a, round);
    }
    if (!str_eq(what, S("score")) && !str_eq(what, S("freeze")) && !str_eq(what, S("rerun"))
        && !str_eq(what, S("explain")))
        return usage(cx);
    TRY(round_arg(cx, a, 1, &round));
    if (str_eq(what, S("explain")))
        return explain(cx, a, round);
    if (str_eq(what, S("score")))
        TRY(assess_scored(cx, round));
    else if (str_eq(what, S("freeze")))
        TRY(assess_freeze(cx, round));
    else
        TRY(assess_rerun(cx, round));
    return told(cx, a, round);
}

/* ---- rehearse: the house's own table by its version, or another as CODE/VERSION */
static Err table_arg(Cx *cx, const Args *a, int64_t *id)
{
    Str s;
    TRY(arg_text(cx, a, 0, "RULES", &s));
    const char *slash = memchr(s.at, '/', s.len);
    size_t n = slash ? (size_t)(slash - s.at) : 0;
    Str code = slash ? (Str){s.at, n} : S("GX-RH");
    Err e = assess_table_named(cx, code, slash ? (Str){slash + 1, s.len - n - 1} : s, id);
    return e == ERR_NOT_FOUND ? fail_say(cx, e, "RULES", say_s(cx, T("没有评分表 {s}"), s)) : e;
}

static void rehearsed_json(Cx *cx, struct json *j, const struct rehearsed *r)
{
    json_open(j, '{');
    json_str(j, "month", r->month);
    json_i64(j, "unit", r->unit);
    json_str(j, "name", r->name);
    json_str(j, "was", assess_points(cx, r->was));
    json_str(j, "now", assess_points(cx, r->now));
    json_str(j, "change", assess_points(cx, r->now - r->was));
    json_z(j, "flag_was", assess_flag_code(r->flag_was));
    json_z(j, "flag_now", assess_flag_code(r->flag_now));
    json_z(j, "decided_by", assess_decided_code(r->by));
    json_close(j, '}');
}

static Err rehearse_verb(Cx *cx, const Args *a)
{
    struct rehearsed *r;
    size_t n;
    int64_t table;
    TRY(table_arg(cx, a, &table));
    TRY(assess_rehearse(cx, table, &r, &n));
    struct sink o = to_stdout(cx);
    struct json j = {.to = &o};
    if (as_json(a))
        json_open(&j, '[');
    for (size_t i = 0; i < n; i++) {
        if (as_json(a)) {
            rehearsed_json(cx, &j, &r[i]);
            continue;
        }
        sink_z(&o, arena_printf(&cx->mem, "%.*s %.*s %s -> %s (%s%s) %s -> %s\n",
                       (int)r[i].month.len, r[i].month.at, (int)r[i].name.len, r[i].name.at,
                       assess_points(cx, r[i].was).at, assess_points(cx, r[i].now).at,
                       r[i].now >= r[i].was ? "+" : "", assess_points(cx, r[i].now - r[i].was).at,
                       assess_flag_code(r[i].flag_was), assess_flag_code(r[i].flag_now)));
    }
    if (as_json(a)) {
        json_close(&j, ']');
        sink_z(&o, "\n");
    }
    return sink_end(&o);
}

const struct cli_verb assess_verbs[] = {
    {.name = "rehearse",
     .usage = "RULES [--json]",
     .help = T("用另一张评分表（如 v2）重算最近 12 周，看谁会多、谁会少；不保存"),
     .options = "json",
     .least = 1,
     .most = 1,
     .needs_db = true,
     .needs_town = true,
     .reads_only = true,
     .run = rehearse_verb},
    {.name = "assess",
     .usage = "list | open MONTH | draw ROUND | score ROUND | freeze ROUND | rerun ROUND | "
                 "explain ROUND "
                 "UNIT [--json]", .help = T("红黑旗考核：开一轮、收卷、冻结、按冻结的输入重算、逐项说明"),
     .options = "json",
     .least = 1,
     .most = 3,
     .needs_db = true,
     .needs_town = true,
     .run = assess_verb},
    {0                                                                                              },
};
