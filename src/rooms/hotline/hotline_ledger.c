/* hotline_ledger.c — 12345 热线 as a table: each line becomes a report through the rule of
 * 问题台账; read back, it has the line's columns and what became of it. */
#include "base/ledger.h"
#include "base/secret.h"
#include "gen/sql_hotline.h"
#include "rooms/category/category.h"
#include "rooms/duty/post.h"
#include "rooms/hotline/hotline.h"
#include "rooms/problem/problem.h"
#include "rooms/town/town.h"

typedef struct sql_hotline_find_row Line;

static Err open_one(Cx *cx, const Line *row, const char *column, OptStr *sealed)
{
    if (!sealed->set)
        return OK;
    if (!row->name_key.set) { /* erased: the key is gone */
        *sealed = (OptStr){0};
        return OK;
    }
    TRY(secret_unseal(cx, row->name_key.v, column, row->id, sealed->v, &sealed->v));
    sealed->set = sealed->v.len > 0;
    return OK;
}

static Err open_row(Cx *cx, void *arg)
{
    Line *row = arg;
    TRY(open_one(cx, row, "problem.reporter", &row->name));
    return open_one(cx, row, "problem.phone", &row->phone);
}

static Err of_ext(Cx *cx, Str ext_no, int64_t *id)
{
    struct sql_hotline_of_ext_row there;
    TRY(sql_hotline_of_ext(cx, &(struct sql_hotline_of_ext){.ext_no = ext_no}, &there));
    *id = there.id;
    return OK;
}

static Err known(Cx *cx, const void *arg, int64_t *id)
{
    const Line *row = arg;
    return of_ext(cx, row->ext_no, id);
}

/* The hotline has categories of its own: a word that is none of ours goes to the office as "other",
 * and stands before what was said. */
static Str category_of(Cx *cx, const struct hotline_line *l, Str *body)
{
    struct category c;
    Str code;
    *body = l->body;
    if (!l->category.len)
        return S("9999");
    if (category_of_tile(cx, l->category, &c) == OK)
        return c.code;
    if (category_codes.find(cx, l->category, &code))
        return code;
    *body = str(arena_printf(&cx->mem, "热线类别：%.*s%s%.*s", (int)l->category.len, l->category.at,
        body->len ? "\n" : "", (int)body->len, body->at));
    return S("9999");
}

Err hotline_take(Cx *cx, const struct hotline_line *l, struct taken *to)
{
    struct problem_receipt receipt;
    struct place p;
    int64_t id;
    Str body;
    Err e = of_ext(cx, l->ext_no, &id);
    if (e == OK) {
        *to = (struct taken){.object = id, .same = true};
        return OK;
    }
    if (e != ERR_NOT_FOUND)
        return e;
    struct problem_new in = {.unit = l->unit,
        .place = l->place,
        .category = category_of(cx, l, &body),
        .name = l->name,
        .phone = l->phone,
        .source = S("hotline"),
        .ext_no = some_str(l->ext_no),
        .ext_due = l->ext_due};
    in.body = body;
    if (in.unit && in.place.len && town_place_named(cx, in.unit, in.place, &p) == OK)
        in.known_place = p.id;
    memset(&cx->why, 0, sizeof cx->why);
    TRY(problem_report(cx, &in, &receipt));
    OptStr category = l->category.len ? some_str(l->category) : (OptStr){0};
    TRY(sql_hotline_insert(cx, &(struct sql_hotline_insert){.problem = receipt.id,
                                   .ext_no = l->ext_no,
                                   .reported_at = l->reported_at,
                                   .category = category}));
    *to = (struct taken){.object = receipt.id};
    return OK;
}

static Err take(Cx *cx, const void *arg, struct taken *to)
{
    const Line *row = arg;
    return hotline_take(cx,
        &(struct hotline_line){.ext_no = row->ext_no,
            .category = row->category.v,
            .place = row->place_text.v,
            .body = row->body.v,
            .name = row->name.v,
            .phone = row->phone.v,
            .unit = row->unit.v,
            .reported_at = row->reported_at,
            .ext_due = row->ext_due},
        to);
}

/* clang-format off */
static const struct option states[] = {
    {"reported", T("待立案")}, {"filed", T("待派遣")}, {"dispatched", T("待接单")},
    {"handling", T("处理中")}, {"handled", T("待核查")}, {"suspended", T("挂账")},
    {"closed", T("已结案")}, {"rejected", T("不予立案")}, {"merged", T("已并案")},
    {"transferred", T("已移交")}, {"withdrawn", T("已撤回")}, {"voided", T("作废")}, {0}};

static const struct field fields[] = {
    FIELD(hotline, ext_no, TEXT, T("热线编号"), .max = 40, .flags = IN_LIST),
    FIELD(hotline, reported_at, TIME, T("来电时间"), .flags = IN_LIST | NOT_FUTURE),
    FIELD(hotline, category, TEXT, T("热线类别"), .max = 40, .flags = IN_LIST),
    FIELD(hotline, unit, UNIT, TC("hotline", "单位"), .names = &town_unit_names, .flags = IN_LIST),
    FIELD(hotline, place_text, TEXT, TC("hotline", "位置"), .max = PLACE_MAX),
    FIELD(hotline, body, LONG, TC("hotline", "反映内容"), .max = BODY_MAX),
    FIELD(hotline, name, TEXT, TC("hotline", "来电人"), .max = REPORTER_NAME_MAX, .flags = MASKED | SEALED),
    FIELD(hotline, phone, PHONE, TC("hotline", "电话"), .flags = MASKED | SEALED),
    FIELD(hotline, ext_due, TIME, T("热线期限"), .flags = IN_LIST),
    FIELD(hotline, state, ENUM, TC("hotline", "状态"), .options = states, .flags = DERIVED | IN_LIST, EQUALS(hotline, state)),
    FIELD(hotline, answer, LONG, T("答复"), .max = BODY_MAX, .flags = DERIVED),
    FIELD(hotline, closed_at, TIME, TC("hotline", "结案时间"), .flags = DERIVED | IN_LIST,
        FROM(hotline, closed_at, closed_from), UNTIL(hotline, closed_at, closed_to)),
    {0}};

static const struct sort sorts[] = {
    SORT(hotline, "latest", SQL_HOTLINE_LIST_BY_LATEST, id, TC("hotline", "导入，新的在前")),
    SORT(hotline, "oldest", SQL_HOTLINE_LIST_BY_OLDEST, id, TC("hotline", "导入，旧的在前")),
    {0}};
/* clang-format on */

LEDGER_GLUE_READ(hotline);

const struct ledger hotline_ledger = {LEDGER_READ(hotline), .label = T("12345 热线"),
    .about = T("热线的单子整批导入，同一编号只算一件；办结的答复按原来的列导出"),
    .at = "/problems/", .see = OFFICE_POSTS | HAS(POST_COMMANDER), .load = OFFICE_POSTS,
    .unmask = OFFICE_POSTS, .fields = fields, .sorts = sorts, .names_head = true, .open = open_row,
    .known = known, .take = take};
