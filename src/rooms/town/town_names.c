/* town_names.c — units and places by name, for forms and tables (base/fields.h). */
#include "rooms/town/town.h"

static void each_unit(Cx *cx, const struct units *in, Str name, size_t *n, int64_t *code)
{
    for (size_t i = 0; i < in->n; i++)
        if (str_eq(in->at[i].name, name) || str_eq(town_unit_name(cx, in->at[i].code), name))
            if (!(*n)++)
                *code = in->at[i].code;
}

/* The town, its villages and communities; a grid by its whole name, 南王村一网格. */
static size_t find_unit(Cx *cx, Str name, int64_t *code)
{
    struct units villages, grids;
    struct unit town;
    size_t n = 0;
    if (town_unit(cx, cx->town_id * 1000000, &town) == OK && str_eq(town.name, name))
        return *code = town.code, 1;
    if (town_villages(cx, &villages) != OK)
        return 0;
    each_unit(cx, &villages, name, &n, code);
    for (size_t i = 0; i < villages.n && !n; i++) {
        Str of = villages.at[i].name;
        if (name.len <= of.len || memcmp(name.at, of.at, of.len) != 0)
            continue;
        if (town_grids(cx, villages.at[i].code, &grids) != OK)
            return 0;
        each_unit(cx, &grids, name, &n, code);
    }
    return n;
}

static size_t all_units(Cx *cx, const struct name_row **rows)
{
    struct units villages;
    if (town_villages(cx, &villages) != OK)
        return 0;
    struct name_row *at = NEW_ARRAY(&cx->mem, villages.n, struct name_row);
    for (size_t i = 0; i < villages.n; i++)
        at[i] = (struct name_row){villages.at[i].code, villages.at[i].name};
    *rows = at;
    return villages.n;
}

const struct names town_unit_names = {find_unit, town_unit_name, all_units};

/* What is for the town as a whole or for one village. */
static size_t all_and_town(Cx *cx, const struct name_row **to)
{
    const struct name_row *villages;
    size_t n = all_units(cx, &villages);
    struct name_row *at = NEW_ARRAY(&cx->mem, n + 1, struct name_row);
    int64_t town = cx->town_id * 1000000;
    at[0] = (struct name_row){town, town_unit_name(cx, town)};
    if (n)
        memcpy(at + 1, villages, n * sizeof *at);
    *to = at;
    return n + 1;
}

const struct names town_whole_names = {find_unit, town_unit_name, all_and_town};

static size_t find_place(Cx *cx, Str name, int64_t *id)
{
    struct places all;
    size_t n = 0;
    if (town_places(cx, cx->town_id * 1000000, &all) != OK)
        return 0;
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.at[i].name, name) && !n++)
            *id = all.at[i].id;
    return n;
}

static Str place_name(Cx *cx, int64_t id)
{
    struct place p;
    return town_place(cx, id, &p) == OK ? p.name : (Str){0};
}

const struct names town_place_names = {find_place, place_name, NULL};
