/* duty_chart.c — 责任人台账 (domain: §11): each village, grid and place with the names that answer
 * for it, as a ledger over the board of seats.  It is read, filtered and exported; names change by
 * appointments. */
#include "base/ledger.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"

struct chart_row {
    int64_t id, unit, village, version; /* id: the unit's code, or the place's id */
    Str place, place_kind;
    OptStr l4, l3, l2, l1, grid_keeper, holding, vacant_since;
    Str office_phone;
};
struct chart_args {
    OptI64 village;
    OptStr place_kind, holding;
    int64_t limit;
    int sort;
    struct {
        int64_t unit, id;
        bool set;
    } after;
};

extern const struct ledger duty_ledger; /* duty_room.h is the doors' */

static OptStr name_of(const struct seat *s)
{
    return s->name.len ? some_str(s->name) : (OptStr){0};
}

/* What is worth a look: somebody acts, or nobody is there and since when. */
static void holding_of(const struct seats *s, struct chart_row *row)
{
    row->holding = some_str(S("formal"));
    for (int level = s->grid ? 0 : 1; level <= 4; level++) {
        const struct seat *seat = &s->level[level];
        if (seat->state == SEAT_ACTING && !str_eq(row->holding.v, S("vacant")))
            row->holding = some_str(S("acting"));
        if (seat->state != SEAT_VACANT && seat->state != SEAT_EXPIRED)
            continue;
        row->holding = some_str(S("vacant"));
        if (seat->since_on.len)
            row->vacant_since = some_str(seat->since_on);
    }
}

static struct chart_row row_of(const struct seats *s, Str office_phone)
{
    struct chart_row row = {.id = s->place ? s->place : s->unit,
        .unit = s->unit,
        .village = town_village_of(s->unit),
        .version = 1,
        .place = s->name,
        .place_kind = s->place  ? S("place")
                      : s->grid ? S("grid")
                                : S("village"),
        .l4 = name_of(&s->level[4]),
        .l3 = name_of(&s->level[3]),
        .l2 = name_of(&s->level[2]),
        .l1 = name_of(&s->level[1]),
        .office_phone = office_phone};
    if (s->grid)
        row.grid_keeper = name_of(&s->level[0]);
    holding_of(s, &row);
    return row;
}

static bool fits(const struct chart_args *in, const struct chart_row *row)
{
    return (!in->village.set || in->village.v == row->village)
           && (!in->place_kind.set || str_eq(in->place_kind.v, row->place_kind))
           && (!in->holding.set || str_eq(in->holding.v, row->holding.v));
}

static Err list(Cx *cx, const void *args, struct ledger_rows *to)
{
    const struct chart_args *in = args;
    struct gap_board board;
    Str phone = town_setting_text(cx, "office_phone", (Str){0});
    bool begun = !in->after.set;
    TRY(duty_gaps(cx, &board));
    struct chart_row *at = NEW_ARRAY(&cx->mem, board.n, struct chart_row);
    size_t n = 0;
    for (size_t i = 0; i < board.n && (int64_t)n < in->limit; i++) {
        struct chart_row row = row_of(&board.at[i], phone);
        if (begun && fits(in, &row))
            at[n++] = row;
        begun |= row.unit == in->after.unit && row.id == in->after.id;
    }
    *to = (struct ledger_rows){at, n};
    return OK;
}

static Err find(Cx *cx, int64_t id, void *to)
{
    struct gap_board board;
    TRY(duty_gaps(cx, &board));
    for (size_t i = 0; i < board.n; i++) {
        struct chart_row row =
            row_of(&board.at[i], town_setting_text(cx, "office_phone", (Str){0}));
        if (row.id == id) {
            memcpy(to, &row, sizeof row);
            return OK;
        }
    }
    return ERR_NOT_FOUND;
}

/* clang-format off */
static const struct option kinds[] = {
    {"village", TC("duty table", "村、社区")}, {"grid", TC("duty table", "网格")},
    {"place", TC("duty table", "地点")}, {0}};
static const struct option holdings[] = {
    {"formal", TC("duty table", "都在任")}, {"acting", TC("duty table", "有人代理")},
    {"vacant", TC("duty table", "有空岗")}, {0}};

#define A(m) {true, KEEPS(struct chart_args, m), offsetof(struct chart_args, m)}
#define F(m, TYPE, LABEL, ...) FIELD_OF(struct chart_row, m, TYPE, LABEL, __VA_ARGS__)
static const struct field fields[] = {
    F(place, TEXT, TC("duty table", "管理对象"), .max = 80, .flags = PUBLIC | DERIVED | IN_LIST),
    F(place_kind, ENUM, TC("duty table", "类型"), .options = kinds, .flags = PUBLIC | DERIVED | IN_LIST, .equals = A(place_kind)),
    F(village, UNIT, TC("duty table", "所在村"), .names = &town_unit_names, .flags = PUBLIC | DERIVED, .equals = A(village)),
    F(l4, TEXT, TC("duty table", "包村科级干部"), .max = 80, .flags = DERIVED | IN_LIST),
    F(l3, TEXT, TC("duty table", "包村部门负责人"), .max = 80, .flags = DERIVED | IN_LIST),
    F(l2, TEXT, TC("duty table", "书记"), .max = 80, .flags = DERIVED | IN_LIST),
    F(l1, TEXT, TC("duty table", "两委干部"), .max = 80, .flags = DERIVED | IN_LIST),
    F(grid_keeper, TEXT, TC("duty table", "网格员"), .max = 80, .flags = DERIVED | IN_LIST),
    F(holding, ENUM, TC("duty table", "任职方式"), .options = holdings, .flags = DERIVED | IN_LIST, .equals = A(holding)),
    F(vacant_since, DAY, TC("duty table", "空岗自"), .flags = DERIVED | IN_LIST),
    F(office_phone, TEXT, TC("duty table", "办公电话"), .max = 40, .flags = PUBLIC | DERIVED),
    {0}};
#undef F
#undef A

static const struct sort sorts[] = {
    {.name = "unit", .label = TC("duty table", "按单位"), .keeps = KEEPS_I64,
        .row_at = offsetof(struct chart_row, unit), .after_at = offsetof(struct chart_args, after.unit) - offsetof(struct chart_args, after)},
    {0}};
/* clang-format on */

const struct ledger duty_ledger = {.name = "duty",
    .label = T("责任人台账"),
    .about = T("每个村、网格、地点由谁负责，哪里有空岗"),
    .see = STAFF_POSTS,
    .fields = fields,
    .sorts = sorts,
    .row_size = sizeof(struct chart_row),
    .id_at = offsetof(struct chart_row, id),
    .version_at = offsetof(struct chart_row, version),
    .unit_at = offsetof(struct chart_row, unit),
    .batch_at = NOWHERE,
    .args_size = sizeof(struct chart_args),
    .limit_at = offsetof(struct chart_args, limit),
    .sort_at = offsetof(struct chart_args, sort),
    .after_at = offsetof(struct chart_args, after),
    .after_set_at = offsetof(struct chart_args, after.set) - offsetof(struct chart_args, after),
    .after_id_at = offsetof(struct chart_args, after.id) - offsetof(struct chart_args, after),
    .find = find,
    .list = list};
