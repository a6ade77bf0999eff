/* counter.c — 代报与回执单: what stands on a slip. */
#include "rooms/counter/counter.h"

#include "base/day.h"
#include "gen/sql_counter.h"
#include "rooms/category/category.h"
#include "rooms/town/town.h"

enum { MINE_SHOWN = 50 };

/* The unit and a place of the list; typed words may name a house, and a slip can be lost. */
static Str where_of(Cx *cx, int64_t unit, OptI64 place, Str words)
{
    Str name = town_unit_name(cx, unit);
    if (!place.set)
        return name;
    if (!words.len || str_eq(words, name))
        return name;
    if (words.len > name.len && !memcmp(words.at, name.at, name.len))
        return words;
    return str(
        arena_printf(&cx->mem, "%.*s · %.*s", (int)name.len, name.at, (int)words.len, words.at));
}

Err counter_slip(Cx *cx, Str typed, struct counter_slip *to)
{
    struct sql_counter_slip_row r;
    char digits[13];
    int64_t town, id;
    Str kind;
    if (!town_code_sound(typed, digits))
        return ERR_NOT_FOUND;
    TRY(town_code_find(cx, typed, &kind, &town, &id));
    if (!str_eq(kind, S("problem")) || (cx->me.person && town != cx->town_id))
        return ERR_NOT_FOUND;
    cx->town_id = town;
    TRY(sql_counter_slip(cx, &(struct sql_counter_slip){.id = id}, &r));
    *to = (struct counter_slip){.id = r.id,
        .reported_at = r.reported_at,
        .code = str(arena_printf(&cx->mem, "%s", digits)),
        .where = where_of(cx, r.unit, r.place, r.place_text),
        .category = category_code_shown(cx, r.category)};
    return OK;
}

Err counter_mine(Cx *cx, struct counter_slips *to)
{
    struct sql_counter_mine_rows r;
    TRY(sql_counter_mine(cx,
        &(struct sql_counter_mine){.since = day_start(day_of(cx->now)), .limit = MINE_SHOWN}, &r));
    struct counter_slip *at = NEW_ARRAY(&cx->mem, r.n + 1, struct counter_slip);
    for (size_t i = 0; i < r.n; i++)
        at[i] = (struct counter_slip){.id = r.at[i].id,
            .reported_at = r.at[i].reported_at,
            .code = r.at[i].code,
            .where = where_of(cx, r.at[i].unit, r.at[i].place, r.at[i].place_text),
            .category = category_code_shown(cx, r.at[i].category)};
    *to = (struct counter_slips){at, r.n};
    return OK;
}
