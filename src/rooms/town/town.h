/* town.h — 单元与地点: the tree of units, the places that are not units, the calendar, settings.
 *
 * A unit's code is its place: 15 digits, 省2 市2 县2 乡镇3 村3 grid 3; town_id is the 9-digit
 * prefix. A subtree is the range lo…hi, written once when the unit is made, never computed from
 * zeros. */
#pragma once
#include "base/day.h"
#include "base/fields.h"

enum unit_kind {
    UNIT_PROVINCE,
    UNIT_CITY,
    UNIT_DISTRICT,
    UNIT_TOWN,
    UNIT_VILLAGE,
    UNIT_COMMUNITY,
    UNIT_GRID
};

struct unit {
    int64_t code, lo, hi, parent;
    enum unit_kind kind;
    Str name;             /* 南王村 */
    Str score_group;      /* "G" 一般 "R" 沿黄 "C" 社区; empty for others */
    int64_t succeeded_by; /* 0: still there */
};
struct units {
    const struct unit *at;
    size_t n;
};

/* The town itself, its villages, its grids.  ERR_NOT_FOUND. */
Err town_unit(Cx *, int64_t code, struct unit *) MUST_CHECK;
Err town_villages(Cx *, struct units *) MUST_CHECK; /* villages and communities, by code */
Err town_grids(Cx *, int64_t village, struct units *) MUST_CHECK;
Err town_units_in(Cx *, int64_t parent, struct units *) MUST_CHECK; /* one step below */
Err town_units_above(
    Cx *, int64_t code, struct units *) MUST_CHECK; /* province first, without it */
Str town_unit_name(Cx *, int64_t code);             /* "南王村一网格"; empty: unknown */
/* The village or community a code lies in; 0: none (the town itself). */
int64_t town_village_of(int64_t code);
static inline int64_t town_of(int64_t code)
{
    return code / 1000000;
}

/* A place 地点: road section, river section, zone, site, compound …; lies in one unit. */
struct place {
    int64_t id, unit;
    Str name, kind; /* kind: "road" "river_section" … */
    OptStr from_on, to_on;
    int64_t version;
};
struct places {
    const struct place *at;
    size_t n;
};
Err town_place(Cx *, int64_t id, struct place *) MUST_CHECK;
Err town_places(Cx *, int64_t unit, struct places *) MUST_CHECK; /* in the unit's subtree, today */
/* A place by its exact name, in the unit's subtree; ERR_NOT_FOUND. */
Err town_place_named(Cx *, int64_t unit, Str name, struct place *) MUST_CHECK;

static inline Str town_today(Cx *cx)
{
    return day_text(cx, day_of(cx->now));
}
/* The calendar in force, read once a transaction or request. */
Err town_calendar(Cx *, const struct calendar **) MUST_CHECK;
/* A setting's value in force on cx->now; dflt if never set.  Names are listed in town_setting.c. */
int64_t town_setting(Cx *, const char *name, int64_t dflt);
Str town_setting_text(Cx *, const char *name, Str dflt);

/* The front desk: which town a receipt or plate belongs to.  Needs no town_id. */
Err town_code_find(Cx *, Str code, Str *kind, int64_t *town_id, int64_t *id) MUST_CHECK;
/* A new 12-digit receipt code (last digit Damm), kind "problem"; inside a transaction. */
Err town_code_new(Cx *, Str kind, int64_t id, Str *code) MUST_CHECK;
/* A code of a room's own making, of another writing than receipts; inside a transaction.
 * ERR_CONFLICT: some town gave it out already.  And where it leads, exactly as it was given. */
Err town_code_put(Cx *, Str code, Str kind, int64_t id) MUST_CHECK;
Err town_code_at(Cx *, Str code, Str *kind, int64_t *town_id, int64_t *id) MUST_CHECK;
Str town_code_shown(Cx *, Str code); /* "1234-5678-9012" */
bool town_code_sound(
    Str typed, char digits[13]); /* blanks and dashes taken out, check digit right */

/* Units and places by name, for forms and tables: the town, its villages and communities, grids by
 * their whole name; a form offers the villages and communities. */
extern const struct names town_unit_names, town_place_names;
extern const struct names town_whole_names; /* the same units; the form offers the town too */

/* This installation's towns (one for most), and making one: row, chain, unit rows come after. */
struct town_info {
    int64_t town_id, made_at;
    Str name, abbr; /* 古荥镇, GX: the head of numbers */
};
Err town_info(Cx *, struct town_info *) MUST_CHECK; /* cx->town_id's; ERR_NOT_FOUND: no such town */
struct towns {
    const int64_t *at;
    size_t n;
};
Err town_all(Cx *, struct towns *) MUST_CHECK;
Err town_make(Cx *, int64_t town_id, Str name, Str abbr) MUST_CHECK;
