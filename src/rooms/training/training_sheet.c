/* training_sheet.c — 培训签到表（纸质）: a training a line, with who came, on leave, absent. */
#include "base/day.h"
#include "base/ledger.h"
#include "base/utf8.h"
#include "rooms/duty/post.h"
#include "rooms/people/people.h"
#include "rooms/town/town.h"
#include "rooms/training/training.h"
#include "rooms/training/training_posts.h"
#include "store/log.h"

struct sheet_line {
    Str kind, title, place, host;
    int64_t unit;
    OptStr held_on, begins, ends, teacher, posts, material, learned, present, leave, absent;
    OptI64 days_ago, cost, opening, times, approx;
};

#define L(m, TYPE, LABEL, ...) FIELD_OF(struct sheet_line, m, TYPE, LABEL, __VA_ARGS__)
/* clang-format off */
static const struct field fields[] = {
    L(kind, ENUM, T("类型"), .options = training_kinds),
    L(title, TEXT, T("主题"), .max = 80),
    L(held_on, DAY, T("日期"), .max = 10),
    L(days_ago, INT, T("几天前"), .min = -366, .max = 20000),
    L(begins, TEXT, T("开始时间"), .max = 5),
    L(ends, TEXT, T("结束时间"), .max = 5),
    L(place, TEXT, T("地点"), .max = 80),
    L(unit, UNIT, T("主办单位"), .names = &town_unit_names),
    L(host, TEXT, T("主持或接待"), .max = 40),
    L(teacher, TEXT, T("主讲"), .max = 40),
    L(posts, ENUMS, T("应到岗位"), .options = training_posts),
    L(material, LONG, T("材料"), .max = 1000),
    L(cost, MONEY, T("费用（元）"), .min = 0, .max = INT64_C(100000000)),
    L(learned, LONG, T("学到的三条"), .max = 1000),
    L(opening, BOOL, T("期初数")),
    L(times, INT, T("次数"), .min = 1, .max = 1000),
    L(approx, BOOL, T("约数（余）")),
    L(present, TEXT, T("实到的人（空格隔开，全部写“全部”）"), .max = 4000),
    L(leave, TEXT, T("请假的人（空格隔开）"), .max = 1000),
    L(absent, TEXT, T("缺席的人（空格隔开）"), .max = 1000),
    {0}};
/* clang-format on */

static Err person_of(Cx *cx, Str who, const char *field, int64_t *id)
{
    if (people_of_login(cx, who, id) != OK && people_named(cx, who, id) != 1)
        return fail(cx, ERR_INVALID, field, T("没有这个人，或者有同名的：请写登录名"));
    memset(&cx->why, 0, sizeof cx->why);
    return OK;
}

/* Everybody who is due and nothing else is said of. */
static Err all_came(Cx *cx, int64_t id)
{
    struct sql_training_attends_rows r;
    TRY(sql_training_attends(
        cx, &(struct sql_training_attends){.training = id, .limit = DUE_MAX}, &r));
    for (size_t i = 0; i < r.n; i++)
        if (str_eq(r.at[i].state, S("due")))
            TRY(sql_training_attend_mark(
                cx, &(struct sql_training_attend_mark){
                        .id = r.at[i].id, .was = S("due"), .state = S("present")}));
    return OK;
}

static Err list_put(Cx *cx, int64_t id, OptStr list, const char *field, Str state)
{
    Str rest = list.set ? str_trim(list.v) : (Str){0};
    if (str_eq(rest, S("全部")) && str_eq(state, S("present")))
        return all_came(cx, id);
    while (rest.len) {
        const char *end = memchr(rest.at, ' ', rest.len);
        size_t n = end ? (size_t)(end - rest.at) : rest.len;
        int64_t person;
        if (n) {
            TRY(person_of(cx, (Str){rest.at, n}, field, &person));
            TRY(training_put(cx, id, person, state, (OptStr){0}));
        }
        n += end != NULL;
        rest = (Str){rest.at + n, rest.len - n};
    }
    return OK;
}

static Training training_of(const struct sheet_line *l, Str held_on)
{
    return (Training){.unit = l->unit,
        .kind = l->kind,
        .title = l->title,
        .held_on = held_on,
        .begins = l->begins,
        .ends = l->ends,
        .place = l->place,
        .host = l->host,
        .teacher = l->teacher,
        .posts = l->posts,
        .material = l->material,
        .cost = l->cost,
        .learned = l->learned,
        .opening = l->opening,
        .times = l->times,
        .approx = l->approx};
}

static Err take(Cx *cx, const void *row, struct taken *to)
{
    const struct sheet_line *l = row;
    struct sql_training_named_row was;
    if (l->held_on.set == l->days_ago.set)
        return fail(cx, ERR_INVALID, "held_on", T("日期和几天前，填一个"));
    Training t = training_of(
        l, l->held_on.set ? l->held_on.v : day_text(cx, day_of(cx->now) - l->days_ago.v));
    Err e = sql_training_named(
        cx, &(struct sql_training_named){.title = t.title, .held_on = t.held_on}, &was);
    if (e != ERR_NOT_FOUND) {
        *to = (struct taken){.object = was.id, .same = true};
        return e;
    }
    t.id = new_id(cx);
    *to = (struct taken){.object = t.id};
    TRY(training_add(cx, &t));
    TRY(event_add(
        cx, &(struct event){.verb = "add", .unit = t.unit, .object = t.id, .to = S("training")}));
    TRY(list_put(cx, t.id, l->leave, "leave", S("leave")));
    TRY(list_put(cx, t.id, l->absent, "absent", S("absent")));
    return list_put(cx, t.id, l->present, "present", S("present"));
}

const struct ledger training_sheet_ledger = {LEDGER_LINES(struct sheet_line),
    .name = "training_sheet", .label = T("培训签到表（纸质）"),
    .about = T("一行一场：讲什么、应到哪些岗位、谁到了、谁请假"), .load = OFFICE_POSTS,
    .fields = fields, .take = take};
