/* plate.c — 码牌: codes, making, losing, counting. */
#include "rooms/plate/plate.h"

#include "base/day.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "gen/sql_plate.h"
#include "rooms/duty/duty.h"
#include "rooms/town/town.h"
#include "store/db.h"
#include "store/log.h"

enum { SIGNS = 23, HANGING_MAX = 2000, TRIES = 20, HOPS = 50 };

/* No 0 O, 1 I L, 2 Z, 5 S, 8 B, U V; a prime number of them makes the check letter find every
 * single slip and every swap of neighbours. */
static const char signs[SIGNS + 1] = "34679ACDEFGHJKMNPQRTWXY";

static int sign_no(char c)
{
    const char *at = c ? strchr(signs, c >= 'a' && c <= 'z' ? c - 32 : c) : NULL;
    return at ? (int)(at - signs) : -1;
}

/* The weighted sum of the first six; the seventh makes the whole 0. */
static int check_of(const char *code)
{
    int sum = 0;
    for (int i = 0; i < PLATE_CODE - 1; i++)
        sum += (i + 2) * sign_no(code[i]);
    return (SIGNS - sum % SIGNS) % SIGNS;
}

bool plate_code_sound(Str typed, char code[PLATE_CODE + 1])
{
    size_t n = 0;
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] == ' ' || typed.at[i] == '-')
            continue;
        int no = sign_no(typed.at[i]);
        if (no < 0 || n == PLATE_CODE)
            return false;
        code[n++] = signs[no];
    }
    code[n] = 0;
    return n == PLATE_CODE && check_of(code) == sign_no(code[PLATE_CODE - 1]);
}

Str plate_code_shown(Cx *cx, Str code)
{
    if (code.len != PLATE_CODE)
        return code;
    return str(arena_printf(&cx->mem, "%.3s-%.4s", code.at, code.at + 3));
}

static Err new_code(Cx *cx, int64_t id, Str *to)
{
    for (int k = 0; k < TRIES; k++) {
        char *at = arena_alloc(&cx->mem, PLATE_CODE + 1);
        for (int i = 0; i < PLATE_CODE - 1; i++) {
            uint64_t chance;
            secret_random(&chance, sizeof chance);
            at[i] = signs[chance % SIGNS];
        }
        at[PLATE_CODE - 1] = signs[check_of(at)];
        Err e = town_code_put(cx, str(at), S("plate"), id);
        if (e == ERR_CONFLICT)
            continue; /* it is given out already */
        TRY(e);
        *to = str(at);
        return OK;
    }
    return fail_log(cx, ERR_INTERNAL, "no free plate code in %d tries", TRIES);
}

static Str or_empty(OptStr s)
{
    return s.set ? s.v : (Str){0};
}

Err plate_named(Cx *cx, Str typed, struct plate *to)
{
    char code[PLATE_CODE + 1];
    struct sql_plate_by_code_row r;
    Str kind;
    int64_t town, id;
    if (!plate_code_sound(typed, code))
        return ERR_NOT_FOUND;
    Str sound = str(arena_printf(&cx->mem, "%s", code));
    TRY(town_code_at(cx, sound, &kind, &town, &id));
    if (!str_eq(kind, S("plate")) || (cx->me.person && town != cx->town_id))
        return ERR_NOT_FOUND;
    cx->town_id = town;
    TRY(sql_plate_by_code(cx, &(struct sql_plate_by_code){.code = sound}, &r));
    *to = (struct plate){.id = r.id,
        .unit = r.unit,
        .village = r.village,
        .place = r.place.set ? r.place.v : 0,
        .version = r.version,
        .code = r.code,
        .name = r.name,
        .from_on = r.from_on,
        .replaced_by = or_empty(r.replaced_by)};
    return OK;
}

Err plate_now(Cx *cx, const struct plate *p, struct plate *to)
{
    *to = *p;
    for (int i = 0; i < HOPS && to->replaced_by.len; i++)
        TRY(plate_named(cx, to->replaced_by, to));
    return OK;
}

struct scanning {
    int64_t plate;
    Str day;
};

static Err scan_step(Cx *cx, void *arg)
{
    const struct scanning *s = arg;
    return sql_plate_scan_count(
        cx, &(struct sql_plate_scan_count){.plate = s->plate, .day = s->day});
}

/* No event: the log would be a list of when somebody stood where. */
Err plate_scanned(Cx *cx, const struct plate *p)
{
    struct scanning s = {p->id, town_today(cx)};
    return db_transaction(cx, scan_step, &s);
}

Err plate_hanging(Cx *cx, int64_t unit, struct plates *to)
{
    struct sql_plate_hanging_rows r;
    struct unit u;
    TRY(town_unit(cx, unit, &u));
    TRY(sql_plate_hanging(
        cx, &(struct sql_plate_hanging){.lo = u.lo, .hi = u.hi, .limit = HANGING_MAX}, &r));
    struct plate *at = NEW_ARRAY(&cx->mem, r.n + 1, struct plate);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct plate){.id = r.at[i].id,
            .unit = r.at[i].unit,
            .village = r.at[i].village,
            .place = r.at[i].place.set ? r.at[i].place.v : 0,
            .version = r.at[i].version,
            .code = r.at[i].code,
            .name = r.at[i].name,
            .from_on = r.at[i].from_on};
    *to = (struct plates){at, r.n};
    return OK;
}

/* ---- making */

struct making {
    int64_t unit;
    struct plates there;
    size_t n;
};

static bool hangs(const struct plates *there, int64_t unit, int64_t place)
{
    for (size_t i = 0; i < there->n; i++)
        if (there->at[i].place == place && (place || there->at[i].unit == unit))
            return true;
    return false;
}

static Err add_plate(Cx *cx, int64_t unit, int64_t place, Str name, Str *code)
{
    int64_t id = new_id(cx);
    TRY(new_code(cx, id, code));
    TRY(sql_plate_insert(cx, &(struct sql_plate_insert){.id = id,
                                 .unit = unit,
                                 .village = town_village_of(unit),
                                 .place = place ? some_i64(place) : (OptI64){0},
                                 .target = place ? place : unit,
                                 .code = *code,
                                 .name = name,
                                 .from_on = town_today(cx)}));
    return event_add(
        cx, &(struct event){
                .verb = "plate_add", .unit = unit, .object = id, .to = *code, .said = name});
}

static Err make_one(Cx *cx, struct making *m, int64_t unit, int64_t place, Str name)
{
    Str code;
    if (hangs(&m->there, unit, place))
        return OK;
    TRY(add_plate(cx, unit, place, name, &code));
    m->n++;
    return OK;
}

static Err make_step(Cx *cx, void *arg)
{
    struct making *m = arg;
    struct units below;
    struct places places;
    m->n = 0;
    TRY(plate_hanging(cx, m->unit, &m->there));
    TRY(make_one(cx, m, m->unit, 0, town_unit_name(cx, m->unit)));
    TRY(town_units_in(cx, m->unit, &below));
    for (size_t i = 0; i < below.n && town_village_of(m->unit); i++)
        TRY(make_one(cx, m, below.at[i].code, 0, town_unit_name(cx, below.at[i].code)));
    if (!town_village_of(m->unit))
        return OK;
    TRY(town_places(cx, m->unit, &places));
    for (size_t i = 0; i < places.n; i++)
        TRY(make_one(cx, m, places.at[i].unit, places.at[i].id, places.at[i].name));
    return OK;
}

Err plate_make_all(Cx *cx, int64_t unit, size_t *n)
{
    struct making m = {.unit = unit};
    TRY(db_transaction(cx, make_step, &m));
    *n = m.n;
    return OK;
}

static Err may_make(Cx *cx, int64_t unit)
{
    uint32_t mine;
    TRY(duty_posts_over(cx, unit, &mine));
    return mine & PLATE_MAKERS ? OK
                               : fail(cx, ERR_FORBIDDEN, "unit",
                                   T("码牌由办公室、村书记和两委干部在自己管的地方制作"));
}

Err plate_make(Cx *cx, int64_t unit, size_t *n)
{
    struct unit u;
    if (town_of(unit) != cx->town_id || town_unit(cx, unit, &u) != OK)
        return fail(cx, ERR_INVALID, "unit", T("请选本镇的村或网格"));
    TRY(may_make(cx, unit));
    return plate_make_all(cx, unit, n);
}

/* ---- losing */

struct losing {
    Str code, why, fresh;
};

static Err lost_step(Cx *cx, void *arg)
{
    struct losing *l = arg;
    struct plate p;
    TRY(plate_named(cx, l->code, &p));
    TRY(may_make(cx, p.unit));
    if (p.replaced_by.len)
        return fail(cx, ERR_CONFLICT, "code", T("这块牌已经换过新牌"));
    int64_t id = new_id(cx);
    TRY(new_code(cx, id, &l->fresh));
    TRY(sql_plate_replace(
        cx, &(struct sql_plate_replace){
                .id = p.id, .version = p.version, .code = l->fresh, .why = l->why}));
    TRY(sql_plate_insert(cx, &(struct sql_plate_insert){.id = id,
                                 .unit = p.unit,
                                 .village = p.village,
                                 .place = p.place ? some_i64(p.place) : (OptI64){0},
                                 .target = p.place ? p.place : p.unit,
                                 .code = l->fresh,
                                 .name = p.name,
                                 .from_on = town_today(cx)}));
    return event_add(cx, &(struct event){.verb = "plate_lost",
                             .unit = p.unit,
                             .object = p.id,
                             .from = p.code,
                             .to = l->fresh,
                             .said = l->why});
}

Err plate_lost(Cx *cx, Str code, Str why, Str *fresh)
{
    struct losing l = {.code = code, .why = str_trim(why)};
    if (!l.why.len || text_wrong(l.why, false).zh || str_n_chars(l.why) > PLATE_WHY_MAX)
        return fail(cx, ERR_INVALID, "why", T("请写明原因，最多 80 个字，例如 掉了、看不清"));
    TRY(db_transaction(cx, lost_step, &l));
    *fresh = l.fresh;
    return OK;
}
