/* town_edit.h — changing what the town is made of: units, places, the calendar, settings.
 *
 * The puts are one transaction each, or join the one that is open; they check first, write after,
 * and add an event.  The same value twice is stored once: *put says what happened.  Who may: the
 * office, and the operator at the command line (town_may_edit). */
#pragma once
#include "base/fields.h"
#include "rooms/town/town.h"

enum put { PUT_SAME, PUT_ADDED, PUT_CHANGED };

/* ERR_FORBIDDEN unless cx->me holds a post of the office, or nobody is signed in at the command
 * line. */
Err town_may_edit(Cx *) MUST_CHECK;

struct unit_new {
    int64_t code;
    Str kind, name, score_group; /* kind "village" …; group "G" "R" "C" or empty */
    OptI64 households, adults, voters, reps;
    int64_t succeeded_by; /* 0: still there */
};
/* A unit of cx->town_id, or one that the town lies in.  ERR_INVALID names the field. */
Err town_unit_put(Cx *, const struct unit_new *, enum put *) MUST_CHECK;
/* What can be said of it alone, before those above it are there (dry runs). */
Err town_unit_check(Cx *, const struct unit_new *) MUST_CHECK;
Text town_unit_kind(enum unit_kind);
struct unit_facts {
    OptI64 households, adults, voters, reps;
    int64_t version;
};
Err town_unit_facts(Cx *, int64_t code, struct unit_facts *) MUST_CHECK;

struct place_new {
    int64_t id, version; /* 0: a new one, or the one of that name in the unit */
    int64_t unit;
    Str kind, name;
    OptStr shape, from_on, to_on; /* shape: "34.89,113.51 34.90,113.53", a line or a ring */
};
/* ERR_CONFLICT: somebody changed it first (version). */
/* All of a place, with its version, as a form begins with it. */
Err town_place_full(Cx *, int64_t id, struct place_new *) MUST_CHECK;
Err town_place_check(Cx *, const struct place_new *) MUST_CHECK;
Err town_place_put(Cx *, const struct place_new *, enum put *, int64_t *id) MUST_CHECK;
extern const struct option place_kinds[]; /* ends with {0} */
Text town_place_kind(Str code);

/* One year of the calendar: all its marks, as a version that begins on a day. */
struct day_named {
    Str day, kind, name; /* "2026-02-14" "makeup" "春节调休" */
};
struct year_new {
    int64_t year, version; /* version: the one looked at; 0: none yet */
    Str from_on, source;   /* source: the notice */
    const struct day_named *at;
    size_t n;
};
Err town_calendar_put(Cx *, const struct year_new *, enum put *) MUST_CHECK;
/* One day of a table file: joins the year's version of the same notice, or begins the next one (of
 * another notice: from nothing). */
Err town_calendar_day_check(Cx *, const struct day_named *, Str source) MUST_CHECK;
Err town_calendar_day_put(
    Cx *, const struct day_named *, Str source, Str from_on, enum put *) MUST_CHECK;
struct calendar_year {
    int64_t year, version, by, at;
    Str from_on, source;
};
Err town_calendar_list(Cx *, const struct calendar_year **, size_t *n) MUST_CHECK; /* in force */
Err town_calendar_history(Cx *, int64_t year, const struct calendar_year **, size_t *n) MUST_CHECK;
Err town_calendar_marks(
    Cx *, int64_t year, int64_t version, const struct day_named **, size_t *n) MUST_CHECK;

/* What can be set; the list is in town_setting.c. */
struct setting_kind {
    const char *name;
    Text label, unit;
    bool text; /* else a number from min to max */
    int64_t dflt, min, max;
};
extern const struct setting_kind setting_kinds[];       /* ends with {0} */
const struct setting_kind *town_setting_kind(Str name); /* NULL: no such */
struct setting_version {
    int64_t version, by, at;
    Str from_on, value;
};
/* version: the newest one looked at, 0: none yet.  ERR_CONFLICT: somebody set it meanwhile. */
Err town_setting_check(Cx *, Str name, Str value) MUST_CHECK;
Err town_setting_put(
    Cx *, Str name, Str value, Str from_on, int64_t version, enum put *) MUST_CHECK;
/* Newest first, also those that begin later. */
Err town_setting_history(Cx *, Str name, const struct setting_version **, size_t *n) MUST_CHECK;
/* The one in force; ERR_NOT_FOUND: never set. */
Err town_setting_now(Cx *, Str name, struct setting_version *) MUST_CHECK;

/* The day a change begins: "" is today; ERR_INVALID "from_on" before today, except at the command
 * line, which may tell what was in force before the system. */
Err town_from_on(Cx *, Str typed, Str *from_on) MUST_CHECK;
enum { FOR_IMPORTS = -1 }; /* a version that nobody looked at: no lost update is possible */
