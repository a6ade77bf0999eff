/* town_import.c — 导入: units, places, the calendar and settings from table files, one rule a line.
 * `heqing import unit FILE`; columns by their names or their labels. */
#include "rooms/town/town_import.h"
#include "base/ledger.h"
#include "rooms/duty/post.h"
#include "rooms/town/town_near.h"

static void told(enum put put, int64_t object, struct taken *to)
{
    *to = (struct taken){.object = object, .changed = put == PUT_CHANGED, .same = put == PUT_SAME};
}

static Str or_empty(OptStr s)
{
    return s.set ? s.v : (Str){0};
}

/* --- units --- */

struct unit_line {
    int64_t code;
    Str kind, name;
    OptStr score_group;
    OptI64 households, adults, voters, reps, succeeded_by;
};

static const struct option unit_kinds[] = {
    {"province",               T("省")},
    {"city",                        T("市")},
    {"district",T("区县")},
    {"town",               T("乡镇（街道）")},
    {"village",                        T("村")},
    {"community",T("社区")},
    {"grid",                T("网格")},
    {0                       },
};

#define CODE_MIN INT64_C(110000000000000)
#define CODE_MAX INT64_C(999999999999999)

static const struct field unit_fields[] = {
    FIELD_OF(struct unit_line, code, INT, T("单元编码"), .min = CODE_MIN, .max = CODE_MAX),
    FIELD_OF(struct unit_line, kind, ENUM, T("级别"), .options = unit_kinds),
    FIELD_OF(struct unit_line, name, TEXT, T("名称"), .max = 40),
    FIELD_OF(struct unit_line, score_group, TEXT, T("评分组"), .max = 1),
    FIELD_OF(struct unit_line, households, INT, T("户数"), .max = 10000000),
    FIELD_OF(struct unit_line, adults, INT, T("十八周岁以上人数"), .max = 10000000),
    FIELD_OF(struct unit_line, voters, INT, T("有表决权党员数"), .max = 10000000),
    FIELD_OF(struct unit_line, reps, INT, T("村民代表数"), .max = 10000000),
    FIELD_OF(struct unit_line, succeeded_by, INT, T("由谁接替"), .min = CODE_MIN, .max = CODE_MAX),
    {0},
};

static struct unit_new unit_of(const void *row)
{
    const struct unit_line *l = row;
    return (struct unit_new){.code = l->code,
        .kind = l->kind,
        .name = l->name,
        .score_group = or_empty(l->score_group),
        .households = l->households,
        .adults = l->adults,
        .voters = l->voters,
        .reps = l->reps,
        .succeeded_by = l->succeeded_by.set ? l->succeeded_by.v : 0};
}

static Err unit_check(Cx *cx, const void *row)
{
    struct unit_new in = unit_of(row);
    return town_unit_check(cx, &in);
}

static Err unit_take(Cx *cx, const void *row, struct taken *to)
{
    struct unit_new in = unit_of(row);
    enum put put;
    TRY(town_unit_put(cx, &in, &put));
    told(put, in.code, to);
    return OK;
}

static const struct ledger unit_ledger = {
    LEDGER_LINES(struct unit_line),
    .name = "unit",
    .label = T("单元"),
    .about = T("本乡镇、上级和各村、社区、网格，15 位编码"),
    .load = OFFICE_POSTS,
    .fields = unit_fields,
    .check = unit_check,
    .take = unit_take,
};

/* --- places --- */

const struct field place_fields[] = {
    FIELD_OF(struct place_line, unit, INT, T("单元编码"), .min = CODE_MIN, .max = CODE_MAX),
    FIELD_OF(struct place_line, kind, ENUM, T("类型"), .options = place_kinds),
    FIELD_OF(struct place_line, name, TEXT, T("名称"), .max = 40),
    FIELD_OF(struct place_line, shape, TEXT, T("坐标"), .max = 12000),
    FIELD_OF(struct place_line, from_on, DAY, T("起日")),
    FIELD_OF(struct place_line, to_on, DAY, T("止日")),
    {0},
};

struct place_new place_of_line(const struct place_line *l)
{
    return (struct place_new){.unit = l->unit,
        .kind = l->kind,
        .name = l->name,
        .shape = l->shape,
        .from_on = l->from_on,
        .to_on = l->to_on};
}

static Err place_check(Cx *cx, const void *row)
{
    struct place_new in = place_of_line(row);
    return town_place_check(cx, &in);
}

static Err place_take(Cx *cx, const void *row, struct taken *to)
{
    struct place_new in = place_of_line(row);
    enum put put;
    int64_t id;
    TRY(town_place_put(cx, &in, &put, &id));
    told(put, id, to);
    return OK;
}

static const struct ledger place_ledger = {
    LEDGER_LINES(struct place_line),
    .name = "place",
    .label = T("地点"),
    .about = T("道路、河段、责任区等，各在一个单元内"),
    .load = OFFICE_POSTS,
    .fields = place_fields,
    .check = place_check,
    .take = place_take,
};

/* --- neighbours --- */

const struct field neighbour_fields[] = {
    FIELD_OF(struct neighbour, name, TEXT, T("名称"), .max = 40),
    FIELD_OF(struct neighbour, tel, TEXT, T("电话"), .max = 40),
    FIELD_OF(struct neighbour, shape, TEXT, T("坐标"), .max = 12000),
    {0},
};

static Err neighbour_check(Cx *cx, const void *row)
{
    return town_neighbour_check(cx, row);
}

static Err neighbour_take(Cx *cx, const void *row, struct taken *to)
{
    bool was, changed;
    TRY(town_neighbour_put(cx, row, &was, &changed));
    told(!was ? PUT_ADDED : changed ? PUT_CHANGED : PUT_SAME, 0, to);
    return OK;
}

static const struct ledger neighbour_ledger = {
    LEDGER_LINES(struct neighbour),
    .name = "neighbour",
    .label = T("相邻乡镇"),
    .about = T("四周的乡镇、街道和该打的电话，位置在镇外的上报用"),
    .load = OFFICE_POSTS,
    .fields = neighbour_fields,
    .check = neighbour_check,
    .take = neighbour_take,
};

/* --- the calendar --- */

struct calendar_line {
    Str day, kind, source;
    OptStr name, from_on;
};

static const struct option mark_options[] = {
    {"rest",       T("休息")},
    {"holiday",            T("放假")},
    {"work",T("上班")},
    {"makeup",       T("调休上班")},
    {0           },
};

static const struct field calendar_fields[] = {
    FIELD_OF(struct calendar_line, day, DAY, T("日期")),
    FIELD_OF(struct calendar_line, kind, ENUM, T("类型"), .options = mark_options),
    FIELD_OF(struct calendar_line, name, TEXT, T("名称"), .max = 20),
    FIELD_OF(struct calendar_line, source, TEXT, T("依据"), .max = 80),
    FIELD_OF(struct calendar_line, from_on, DAY, T("生效日")),
    {0},
};

static struct day_named day_of_line(const struct calendar_line *l)
{
    return (struct day_named){l->day, l->kind, or_empty(l->name)};
}

static Err calendar_check(Cx *cx, const void *row)
{
    const struct calendar_line *l = row;
    struct day_named day = day_of_line(l);
    return town_calendar_day_check(cx, &day, l->source);
}

static Err calendar_take(Cx *cx, const void *row, struct taken *to)
{
    const struct calendar_line *l = row;
    struct day_named day = day_of_line(l);
    enum put put;
    TRY(town_calendar_day_put(cx, &day, l->source, or_empty(l->from_on), &put));
    told(put, 0, to);
    return OK;
}

static const struct ledger calendar_ledger = {
    LEDGER_LINES(struct calendar_line),
    .name = "calendar",
    .label = T("日历"),
    .about = T("国务院办公厅每年的放假调休通知，一天一行"),
    .load = OFFICE_POSTS,
    .fields = calendar_fields,
    .check = calendar_check,
    .take = calendar_take,
};

/* --- settings --- */

struct setting_line {
    Str name, value;
    OptStr from_on;
};

static const struct field setting_fields[] = {
    FIELD_OF(struct setting_line, name, TEXT, T("设置项"), .max = 40),
    FIELD_OF(struct setting_line, value, TEXT, T("值"), .max = 120),
    FIELD_OF(struct setting_line, from_on, DAY, T("生效日")),
    {0},
};

static Err setting_check(Cx *cx, const void *row)
{
    const struct setting_line *l = row;
    return town_setting_check(cx, l->name, l->value);
}

static Err setting_take(Cx *cx, const void *row, struct taken *to)
{
    const struct setting_line *l = row;
    enum put put;
    TRY(town_setting_put(cx, l->name, l->value, or_empty(l->from_on), FOR_IMPORTS, &put));
    told(put, 0, to);
    return OK;
}

static const struct ledger setting_ledger = {
    LEDGER_LINES(struct setting_line),
    .name = "setting",
    .label = T("设置"),
    .about = T("本乡镇的时限、次数、电话等"),
    .load = OFFICE_POSTS,
    .fields = setting_fields,
    .check = setting_check,
    .take = setting_take,
};

const struct ledger *const town_ledgers[] = {
    &unit_ledger, &place_ledger, &neighbour_ledger, &calendar_ledger, &setting_ledger, NULL};
