/* demo_deed.h — inside the room: one line of deeds.csv, and what doing it needs. */
#pragma once
#include "base/day.h"
#include "rooms/demo/demo.h"
#include "rooms/problem/problem.h"

/* A problem of the file: its name there, its row and receipt here. */
struct demo_object {
    Str name, code;
    int64_t id;
};
struct demo_person {
    Str login;
    int64_t id;
    uint32_t posts;
};
struct demo_photo {
    Str name, hash;
};

enum { DEMO_PHOTOS_MAX = 400 };
struct demo_cast {
    const struct calendar *cal;
    int64_t today; /* the day the demonstration is made: a day's number */
    struct demo_object *objects;
    struct demo_person *people;
    struct demo_photo *photos;
    size_t n_objects, n_people, n_photos;
};

struct deed {
    int64_t at; /* ms UTC */
    size_t line;
    Str login, verb, object, fields;
};

/* Everybody and every picture that the deeds name, before the first transaction. */
Err demo_cast_read(Cx *, const struct deed *, size_t n, struct demo_cast *) MUST_CHECK;
/* Pictures of a list with commas join the cast; then all are taken, several at once (demo_photo.c).
 */
Err demo_photos_named(Cx *, struct demo_cast *, Str list) MUST_CHECK;
Err demo_photos_take(Cx *, struct demo_cast *) MUST_CHECK;
/* "12 17:30": half past five, twelve working days before today; "-3 17:30": three after it. */
Err demo_moment(Cx *, const struct demo_cast *, Str said, int64_t *ms) MUST_CHECK;
/* What the clock does at cx->now; inside a transaction (demo_job.c). */
Err demo_clock_tick(Cx *) MUST_CHECK;
/* At the end everything the clock does, once, through its leases: what is late is late now. */
Err demo_clock_end(Cx *) MUST_CHECK;
/* Everybody of the cast has read what came so far; a step, arg is the cast. */
Err demo_inboxes_read(Cx *, void *arg) MUST_CHECK;
/* "@-60" and "@+30" in a table become the days that many before and after today. */
Str demo_days(Cx *, Str csv);
/* The value of key in "key=value;key=value"; empty: not there. */
Str demo_field(Str fields, const char *key);
/* The hashes of a list of pictures, commas between. */
OptStr demo_hashes(Cx *, const struct demo_cast *, Str list);
/* A deed with a village's goals or promises (demo_goal.c): goal_…, promise_… */
bool demo_goal_is(const struct deed *);
Err demo_goal_do(Cx *, const struct deed *, const struct demo_cast *) MUST_CHECK;
/* Do it; inside a transaction. */
Err demo_deed_do(Cx *, const struct deed *, struct demo_cast *) MUST_CHECK;
