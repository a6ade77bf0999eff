/* observe_paper.c — 纸质观摩表: points from paper, line by line or sheet by sheet. */
#include "base/day.h"
#include "base/utf8.h"
#include "gen/sql_observe.h"
#include "rooms/duty/post.h"
#include "rooms/observe/observe.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"
#include "store/log.h"

static Err make_round(Cx *cx, const struct observe_paper *in, int64_t *round)
{
    bool over = memcmp(in->held_on.at, town_today(cx).at, 10) < 0;
    Str state = over ? S("closed") : S("running");
    *round = new_id(cx);
    TRY(sql_observe_round_add(cx,
        &(struct sql_observe_round_add){
            .id = *round, .name = in->name, .held_on = in->held_on, .state = state, .paper = 1}));
    return event_add(cx, &(struct event){.verb = "observe_plan",
                             .unit = cx->town_id * 1000000,
                             .object = *round,
                             .to = state,
                             .said = in->name});
}

static Err round_of(Cx *cx, const struct observe_paper *in, int64_t *round)
{
    struct sql_observe_round_named_row r;
    Err e = sql_observe_round_named(cx, &(struct sql_observe_round_named){.name = in->name}, &r);
    if (e == ERR_NOT_FOUND)
        return make_round(cx, in, round);
    TRY(e);
    if (!r.paper)
        return fail(cx, ERR_CONFLICT, "round", T("这一轮在手机上打分，不收纸质表"));
    if (!str_eq(r.held_on, in->held_on))
        return fail(cx, ERR_INVALID, "held_on", T("这一轮先前写的是另一天"));
    *round = r.id;
    return OK;
}

/* Its number; a new one is the next. */
static Err item_of(Cx *cx, int64_t round, Str name, int64_t *no)
{
    struct sql_observe_items_rows r;
    TRY(sql_observe_items(cx, &(struct sql_observe_items){.round = round, .limit = ITEMS_MAX}, &r));
    for (size_t i = 0; i < r.n; i++)
        if (str_eq(r.at[i].name, name)) {
            *no = r.at[i].no;
            return OK;
        }
    if (r.n == ITEMS_MAX)
        return fail(cx, ERR_INVALID, "item", T("一轮最多 10 个评议项"));
    *no = (int64_t)r.n + 1;
    return sql_observe_item_add(
        cx, &(struct sql_observe_item_add){.round = round, .no = *no, .name = name});
}

static Err join(Cx *cx, const struct observe_paper *in, int64_t round)
{
    struct sql_observe_stop_of_row stop;
    struct sql_observe_stops_rows stops;
    Err e = sql_observe_stop_of(
        cx, &(struct sql_observe_stop_of){.round = round, .unit = in->unit}, &stop);
    if (e == ERR_NOT_FOUND) {
        TRY(sql_observe_stops(
            cx, &(struct sql_observe_stops){.round = round, .limit = STOPS_MAX}, &stops));
        e = sql_observe_stop_add(cx,
            &(struct sql_observe_stop_add){
                .id = new_id(cx), .round = round, .no = (int64_t)stops.n + 1, .unit = in->unit});
    }
    TRY(e);
    return sql_observe_observer_add(
        cx, &(struct sql_observe_observer_add){.round = round, .person = in->observer});
}

static Err sound(Cx *cx, const struct observe_paper *in)
{
    int64_t day;
    if (!(cx->me.person == OPERATOR || cx->me.posts & OFFICE_POSTS))
        return fail(cx, ERR_FORBIDDEN, NULL, T("观摩由领导小组办公室安排"));
    if (!day_parse(in->held_on, &day) || day > day_of(cx->now))
        return fail(cx, ERR_INVALID, "held_on", T("纸质表的日期不晚于今天"));
    if (!in->n || in->n > ITEMS_MAX)
        return fail(cx, ERR_INVALID, "item", T("一轮最多 10 个评议项"));
    for (size_t i = 0; i < in->n; i++)
        if (in->score[i] < 0 || in->score[i] > POINTS_MAX)
            return fail(cx, ERR_INVALID, "score", T("每一项都要打分，0 到 10 分"));
    if (town_village_of(in->unit) != in->unit)
        return fail(cx, ERR_INVALID, "village", T("请选到村（社区）"));
    return observe_not_own(cx, in->unit, in->observer);
}

struct papering {
    const struct observe_paper *in;
    struct taken to;
};

static Err paper_step(Cx *cx, void *arg)
{
    struct papering *p = arg;
    const struct observe_paper *in = p->in;
    struct observe_mark mark[ITEMS_MAX];
    int64_t was[ITEMS_MAX], day, round = 0;
    bool any = false;
    TRY(sound(cx, in));
    TRY(round_of(cx, in, &round));
    TRY(join(cx, in, round));
    TRY(observe_sheet_get(cx, round, in->unit, in->observer, was));
    p->to = (struct taken){.object = round, .same = true};
    for (size_t i = 0; i < in->n; i++) {
        mark[i] = (struct observe_mark){round, in->unit, in->observer, .score = in->score[i]};
        TRY(item_of(cx, round, in->item[i], &mark[i].item));
        any |= was[mark[i].item - 1] >= 0;
        p->to.same &= was[mark[i].item - 1] == in->score[i];
    }
    p->to.changed = any && !p->to.same;
    if (p->to.same || !day_parse(in->held_on, &day))
        return OK;
    return observe_score_put(cx, mark, in->n, day_start(day));
}

Err observe_paper(Cx *cx, const struct observe_paper *in, struct taken *to)
{
    struct papering p = {.in = in};
    TRY(db_transaction(cx, paper_step, &p));
    *to = p.to;
    return OK;
}

/* ---- a sheet a line: what a clerk types from a stack of paper */
struct sheet_line {
    Str name, items, observer, scores;
    int64_t unit;
    OptStr held_on;
    OptI64 days_ago;
};

#define L(m, TYPE, LABEL, ...) FIELD_OF(struct sheet_line, m, TYPE, LABEL, __VA_ARGS__)
/* clang-format off */
static const struct field fields[] = {
    L(name, TEXT, TC("observe", "轮次"), .max = 40),
    L(held_on, DAY, T("观摩日"), .flags = NOT_FUTURE),
    L(days_ago, INT, T("几天前"), .min = 0, .max = 20000),
    L(items, TEXT, T("评议项（分号隔开）"), .max = 250),
    L(unit, UNIT, T("被观摩村"), .names = &town_unit_names),
    L(observer, TEXT, T("观摩人（姓名或登录名）"), .max = 40),
    L(scores, TEXT, T("得分（空格隔开）"), .max = 60),
    {0}};
/* clang-format on */

/* The next piece up to one of the marks; false at the end. */
static bool piece(Str *rest, const char *marks, Str *one)
{
    size_t i = 0;
    if (!rest->len)
        return false;
    while (i < rest->len && !strchr(marks, rest->at[i]))
        i++;
    *one = str_trim((Str){rest->at, i});
    i += i < rest->len;
    *rest = (Str){rest->at + i, rest->len - i};
    return true;
}

static Err marks_of(Cx *cx, const struct sheet_line *l, Str *item, int64_t *score, size_t *n)
{
    Str rest = l->items, points = str_trim(l->scores), one;
    for (*n = 0; piece(&rest, ";", &one); ++*n) {
        if (*n == ITEMS_MAX || !one.len)
            return fail(cx, ERR_INVALID, "items", T("评议项要 5 到 10 项，用分号隔开"));
        item[*n] = one;
    }
    size_t k = 0;
    for (; k < *n && piece(&points, " ", &one); k++) {
        score[k] = 0;
        for (size_t i = 0; i < one.len; i++)
            score[k] = one.at[i] < '0' || one.at[i] > '9' || score[k] > POINTS_MAX
                           ? POINTS_MAX + 1
                           : score[k] * 10 + one.at[i] - '0';
        if (!one.len)
            score[k] = POINTS_MAX + 1;
    }
    if (k != *n || points.len)
        return fail(cx, ERR_INVALID, "scores", T("每一项一个分，次序和评议项一样"));
    return *n < ITEMS_MIN ? fail(cx, ERR_INVALID, "items", T("评议项要 5 到 10 项，用分号隔开"))
                          : OK;
}

static Err take(Cx *cx, const void *row, struct taken *to)
{
    const struct sheet_line *l = row;
    Str item[ITEMS_MAX];
    int64_t score[ITEMS_MAX];
    struct observe_paper in = {.name = l->name, .item = item, .score = score, .unit = l->unit};
    if (people_of_login(cx, l->observer, &in.observer) != OK
        && people_named(cx, l->observer, &in.observer) != 1)
        return fail(cx, ERR_INVALID, "observer", T("没有这个人，或者有同名的：请写登录名"));
    memset(&cx->why, 0, sizeof cx->why);
    if (l->held_on.set == l->days_ago.set)
        return fail(cx, ERR_INVALID, "held_on", T("观摩日和几天前，填一个"));
    in.held_on = l->held_on.set ? l->held_on.v : day_text(cx, day_of(cx->now) - l->days_ago.v);
    TRY(marks_of(cx, l, item, score, &in.n));
    return observe_paper(cx, &in, to);
}

const struct ledger observe_sheet_ledger = {LEDGER_LINES(struct sheet_line),
    .name = "observe_sheet", .label = T("观摩评分表（纸质）"),
    .about = T("一行一张表：哪一轮、哪个村、谁打的、每项几分"), .load = OFFICE_POSTS,
    .fields = fields, .take = take};
