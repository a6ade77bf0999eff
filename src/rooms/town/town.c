/* town.c — 单元: the tree of units from province to grid, and the towns served here. */
#include "gen/sql_town.h"
#include "rooms/duty/post.h"
#include "rooms/town/town_impl.h"
#include "store/db.h"
#include "store/log.h"

enum { UNITS_MAX = 2000, TOWNS_MAX = 5000, NAME_MAX_CHARS = 40 };

/* How many digits of the 15 name a unit of that kind; its subtree is all codes that begin so. */
static const struct {
    const char *code;
    Text label;
    int64_t span; /* codes in the subtree */
} kinds[] = {
    [UNIT_PROVINCE] = {"province",  T("省"),                INT64_C(10000000000000)},
    [UNIT_CITY] = {"city",      T("市"),                INT64_C(100000000000)  },
    [UNIT_DISTRICT] = {"district",  T("区县"),             INT64_C(1000000000)    },
    [UNIT_TOWN] = {"town",      T("乡镇（街道）"), INT64_C(1000000)       },
    [UNIT_VILLAGE] = {"village",   T("村"),                INT64_C(1000)          },
    [UNIT_COMMUNITY] = {"community", T("社区"),             INT64_C(1000)          },
    [UNIT_GRID] = {"grid",      T("网格"),             1                      },
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

Text town_unit_kind(enum unit_kind kind)
{
    return kinds[kind].label;
}

static bool kind_named(Str code, enum unit_kind *kind)
{
    for (int k = 0; k < N_KINDS; k++)
        if (str_eq(str(kinds[k].code), code)) {
            *kind = (enum unit_kind)k;
            return true;
        }
    return false;
}

/* --- questions --- */

int64_t town_village_of(int64_t code)
{
    int64_t village = code / 1000;
    return village % 1000 ? village * 1000 : 0;
}

Err town_unit(Cx *cx, int64_t code, struct unit *to)
{
    struct sql_town_unit_find_row r;
    enum unit_kind kind = UNIT_GRID;
    TRY(sql_town_unit_find(cx, &(struct sql_town_unit_find){.unit = code}, &r));
    kind_named(r.kind, &kind);
    *to = (struct unit){.code = r.unit,
        .lo = r.lo,
        .hi = r.hi,
        .parent = r.parent,
        .kind = kind,
        .name = r.name,
        .score_group = r.score_group,
        .succeeded_by = r.succeeded_by};
    return OK;
}

Err town_unit_facts(Cx *cx, int64_t code, struct unit_facts *to)
{
    struct sql_town_unit_find_row r;
    TRY(sql_town_unit_find(cx, &(struct sql_town_unit_find){.unit = code}, &r));
    *to = (struct unit_facts){.households = r.households,
        .adults = r.adults,
        .voters = r.voters,
        .reps = r.reps,
        .version = r.version};
    return OK;
}

Err town_units_in(Cx *cx, int64_t parent, struct units *to)
{
    struct sql_town_unit_children in = {.parent = parent, .limit = UNITS_MAX};
    struct sql_town_unit_children_rows rows;
    TRY(sql_town_unit_children(cx, &in, &rows));
    struct unit *at = NEW_ARRAY(&cx->mem, rows.n + 1, struct unit);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_town_unit_children_row *r = &rows.at[i];
        at[i] = (struct unit){.code = r->unit,
            .lo = r->lo,
            .hi = r->hi,
            .parent = r->parent,
            .name = r->name,
            .score_group = r->score_group,
            .succeeded_by = r->succeeded_by};
        kind_named(r->kind, &at[i].kind);
    }
    *to = (struct units){at, rows.n};
    return OK;
}

Err town_villages(Cx *cx, struct units *to)
{
    return town_units_in(cx, cx->town_id * 1000000, to);
}

Err town_grids(Cx *cx, int64_t village, struct units *to)
{
    return town_units_in(cx, village, to);
}

Err town_units_above(Cx *cx, int64_t code, struct units *to)
{
    struct unit *at = NEW_ARRAY(&cx->mem, N_KINDS, struct unit), u;
    size_t n = 0;
    Err e = town_unit(cx, code, &u);
    while (e == OK && u.parent && n < N_KINDS)
        if ((e = town_unit(cx, u.parent, &u)) == OK)
            at[n++] = u;
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    for (size_t i = 0; i < n / 2; i++) {
        struct unit swap = at[i];
        at[i] = at[n - 1 - i];
        at[n - 1 - i] = swap;
    }
    *to = (struct units){at, n};
    return OK;
}

Str town_unit_name(Cx *cx, int64_t code)
{
    struct unit u, village;
    if (town_unit(cx, code, &u) != OK)
        return (Str){0};
    if (u.kind != UNIT_GRID || town_unit(cx, u.parent, &village) != OK)
        return u.name;
    return str(arena_printf(
        &cx->mem, "%.*s%.*s", (int)village.name.len, village.name.at, (int)u.name.len, u.name.at));
}

/* --- changing --- */

Err town_may_edit(Cx *cx)
{
    bool at_machine = cx->me.person <= 0 && cx->door
                      && (str_eq(str(cx->door), S("cli")) || str_eq(str(cx->door), S("import")));
    if (at_machine || (cx->me.posts & OFFICE_POSTS))
        return OK;
    return fail(cx, ERR_FORBIDDEN, NULL, T("只有领导小组办公室可以修改"));
}

static bool is_digits_zero_below(int64_t code, enum unit_kind kind)
{
    return code % kinds[kind].span == 0;
}

static Err check_code(Cx *cx, const struct unit_new *in, enum unit_kind kind)
{
    int64_t town3 = in->code / 1000000 % 1000, here = cx->town_id * 1000000;
    if (in->code < INT64_C(110000000000000) || in->code > INT64_C(999999999999999))
        return fail(cx, ERR_INVALID, "code", T("单元编码应为 15 位数字"));
    if (!is_digits_zero_below(in->code, kind))
        return fail(cx, ERR_INVALID, "code", T("编码与级别不符：本级以下各位应为 0"));
    if (kind >= UNIT_TOWN && in->code / 1000000 != cx->town_id)
        return fail(cx, ERR_INVALID, "code", T("这是别的乡镇的编码"));
    if (kind < UNIT_TOWN && in->code / kinds[kind].span != here / kinds[kind].span)
        return fail(cx, ERR_INVALID, "code", T("本乡镇不在这个单元之内"));
    if (kind == UNIT_TOWN && (town3 < 1 || town3 > 399))
        return fail(cx, ERR_INVALID, "code", T("乡镇一级的三位数应为 001–399"));
    if ((kind == UNIT_VILLAGE || kind == UNIT_COMMUNITY || kind == UNIT_GRID)
        && !town_village_of(in->code))
        return fail(cx, ERR_INVALID, "code", T("编码里没有村（社区）的三位数"));
    if (kind == UNIT_GRID && in->code % 1000 == 0)
        return fail(cx, ERR_INVALID, "code", T("网格的三位数应为 001–999"));
    return OK;
}

static Err check_unit(Cx *cx, const struct unit_new *in, enum unit_kind *kind)
{
    const OptI64 *counts[] = {&in->households, &in->adults, &in->voters, &in->reps};
    static const char *const fields[] = {"households", "adults", "voters", "reps"};
    if (!kind_named(in->kind, kind))
        return fail(cx, ERR_INVALID, "kind",
            T("级别应为 province、city、district、town、village、community 或 grid"));
    TRY(check_code(cx, in, *kind));
    if (!in->name.len || str_n_chars(in->name) > NAME_MAX_CHARS)
        return fail(cx, ERR_INVALID, "name", T("请填写名称，最多 40 字"));
    if (in->score_group.len && !str_eq(in->score_group, S("G")) && !str_eq(in->score_group, S("R"))
        && !str_eq(in->score_group, S("C")))
        return fail(
            cx, ERR_INVALID, "score_group", T("评分组应为 G（一般）、R（沿黄）或 C（社区）"));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i]->set && (counts[i]->v < 0 || counts[i]->v > 10000000))
            return fail(cx, ERR_INVALID, fields[i], T("人数、户数应为 0 以上的整数"));
    if (in->succeeded_by == in->code)
        return fail(cx, ERR_INVALID, "succeeded_by", T("不能由自己接替"));
    return OK;
}

Err town_unit_check(Cx *cx, const struct unit_new *in)
{
    enum unit_kind kind;
    return check_unit(cx, in, &kind);
}

static Err check_heir(Cx *cx, int64_t heir)
{
    struct unit u;
    Err e = heir ? town_unit(cx, heir, &u) : OK;
    if (e == ERR_NOT_FOUND)
        return fail(cx, ERR_INVALID, "succeeded_by", T("接替的单元不存在"));
    return e;
}

/* The nearest level above that has a row: a county-less city has its towns straight below it. */
static Err find_parent(Cx *cx, int64_t code, enum unit_kind kind, int64_t *parent)
{
    int k = kind == UNIT_COMMUNITY ? UNIT_VILLAGE : (int)kind;
    for (k = kind == UNIT_GRID ? UNIT_VILLAGE : k - 1; k >= UNIT_PROVINCE; k--) {
        struct unit u;
        Err e = town_unit(cx, code - code % kinds[k].span, &u);
        if (e == OK && u.code != code) {
            *parent = u.code;
            return OK;
        }
        if (e != OK && e != ERR_NOT_FOUND)
            return e;
    }
    *parent = 0;
    if (kind >= UNIT_VILLAGE)
        return fail(cx, ERR_INVALID, "code", T("上一级单元还没有，请先导入上级"));
    return OK;
}

static bool same_i64(OptI64 a, OptI64 b)
{
    return a.set == b.set && (!a.set || a.v == b.v);
}

static bool same_unit(const struct sql_town_unit_find_row *r, const struct unit_new *in)
{
    return str_eq(r->name, in->name) && str_eq(r->score_group, in->score_group)
           && same_i64(r->households, in->households) && same_i64(r->adults, in->adults)
           && same_i64(r->voters, in->voters) && same_i64(r->reps, in->reps)
           && r->succeeded_by == in->succeeded_by;
}

static Err add_unit(Cx *cx, const struct unit_new *in, enum unit_kind kind)
{
    int64_t parent = 0;
    TRY(find_parent(cx, in->code, kind, &parent));
    TRY(sql_town_unit_add(cx, &(struct sql_town_unit_add){.unit = in->code,
                                  .kind = str(kinds[kind].code),
                                  .name = in->name,
                                  .parent = parent,
                                  .lo = in->code,
                                  .hi = in->code + kinds[kind].span - 1,
                                  .score_group = in->score_group,
                                  .households = in->households,
                                  .adults = in->adults,
                                  .voters = in->voters,
                                  .reps = in->reps,
                                  .succeeded_by = in->succeeded_by}));
    return event_add(
        cx, &(struct event){
                .verb = "unit_add", .unit = in->code, .object = in->code, .said = in->name});
}

static Err change_unit(Cx *cx, const struct unit_new *in, const struct sql_town_unit_find_row *was)
{
    Str said = in->name;
    if (!str_eq(was->name, in->name))
        said = str(arena_printf(&cx->mem, "%.*s → %.*s", (int)was->name.len, was->name.at,
            (int)in->name.len, in->name.at));
    TRY(sql_town_unit_change(cx, &(struct sql_town_unit_change){.unit = in->code,
                                     .name = in->name,
                                     .score_group = in->score_group,
                                     .households = in->households,
                                     .adults = in->adults,
                                     .voters = in->voters,
                                     .reps = in->reps,
                                     .succeeded_by = in->succeeded_by,
                                     .version = was->version}));
    return event_add(cx,
        &(struct event){.verb = "unit_change", .unit = in->code, .object = in->code, .said = said});
}

static Err unit_put_in(Cx *cx, const struct unit_new *in, enum put *put)
{
    struct sql_town_unit_find_row was;
    enum unit_kind kind;
    TRY(town_may_edit(cx));
    TRY(check_unit(cx, in, &kind));
    TRY(check_heir(cx, in->succeeded_by));
    Err e = sql_town_unit_find(cx, &(struct sql_town_unit_find){.unit = in->code}, &was);
    if (e == ERR_NOT_FOUND) {
        TRY(add_unit(cx, in, kind));
        *put = PUT_ADDED;
        return OK;
    }
    TRY(e);
    if (!str_eq(was.kind, in->kind))
        return fail(cx, ERR_INVALID, "kind", T("单元的级别不能改，请停用旧单元，另设新编码"));
    *put = same_unit(&was, in) ? PUT_SAME : PUT_CHANGED;
    return *put == PUT_SAME ? OK : change_unit(cx, in, &was);
}

struct unit_put_step {
    const struct unit_new *in;
    enum put *put;
};

static Err unit_put_step(Cx *cx, void *arg)
{
    const struct unit_put_step *s = arg;
    return unit_put_in(cx, s->in, s->put);
}

Err town_unit_put(Cx *cx, const struct unit_new *in, enum put *put)
{
    struct unit_put_step s = {in, put};
    return db_transaction(cx, unit_put_step, &s);
}

/* --- the towns served here --- */

Err town_info(Cx *cx, struct town_info *to)
{
    struct sql_town_info_find_row r;
    TRY(sql_town_info_find(cx, &r));
    *to = (struct town_info){
        .town_id = cx->town_id, .made_at = r.made_at, .name = r.name, .abbr = r.abbr};
    return OK;
}

Err town_all(Cx *cx, struct towns *to)
{
    struct sql_town_info_all_rows rows;
    TRY(sql_town_info_all(cx, &(struct sql_town_info_all){.limit = TOWNS_MAX}, &rows));
    int64_t *at = NEW_ARRAY(&cx->mem, rows.n + 1, int64_t);
    for (size_t i = 0; i < rows.n; i++)
        at[i] = rows.at[i].town_id;
    *to = (struct towns){at, rows.n};
    return OK;
}

static Err check_town(Cx *cx, int64_t town_id, Str name, Str abbr)
{
    if (town_id < 110000001 || town_id > 999999399 || town_id % 1000 < 1 || town_id % 1000 > 399)
        return fail(
            cx, ERR_INVALID, "town", T("乡镇编码应为 9 位：省 2、市 2、县 2、乡镇 3（001–399）"));
    if (!name.len || str_n_chars(name) > NAME_MAX_CHARS)
        return fail(cx, ERR_INVALID, "name", T("请填写名称，最多 40 字"));
    bool sound = abbr.len >= 1 && abbr.len <= 6;
    for (size_t i = 0; i < abbr.len; i++)
        sound &= abbr.at[i] >= 'A' && abbr.at[i] <= 'Z';
    if (!sound)
        return fail(cx, ERR_INVALID, "abbr", T("简称应为 1–6 个大写字母，用在编号里，例如 GX"));
    return OK;
}

struct making {
    int64_t town_id;
    Str name, abbr;
};

/* Chain 0 tells that the town was made; the town's own chain begins with its name. */
static Err chain_step(Cx *cx, void *arg)
{
    const struct making *m = arg;
    TRY(chain_new(cx, m->town_id));
    return event_add(cx, &(struct event){.verb = "town_new",
                             .unit = m->town_id * 1000000,
                             .object = m->town_id,
                             .said = m->name});
}

static Err info_step(Cx *cx, void *arg)
{
    const struct making *m = arg;
    TRY(sql_town_info_add(cx, &(struct sql_town_info_add){.name = m->name, .abbr = m->abbr}));
    return event_add(cx, &(struct event){.verb = "town_begin",
                             .unit = m->town_id * 1000000,
                             .object = m->town_id * 1000000,
                             .said = m->name});
}

Err town_make(Cx *cx, int64_t town_id, Str name, Str abbr)
{
    struct making m = {town_id, name, abbr};
    struct town_info there;
    int64_t before = cx->town_id;
    TRY(check_town(cx, town_id, name, abbr));
    cx->town_id = town_id;
    Err e = town_info(cx, &there);
    if (e == OK)
        e = fail(cx, ERR_CONFLICT, "town", T("这个乡镇已经有了"));
    if (e == ERR_NOT_FOUND) {
        cx->town_id = 0;
        e = db_transaction(cx, chain_step, &m);
        cx->town_id = town_id;
    }
    if (e == OK)
        e = db_transaction(cx, info_step, &m);
    cx->town_id = before;
    return e;
}
