/* record.c — 留痕: what this room gives to the house. */
#include "rooms/record/record.h"

#include "rooms.h"
#include "rooms/record/record_web.h"
#include "store/submit.h"

static const struct job jobs[] = {
    {.name = "submissions", .every_s = 86400, .run = submit_tidy},
    {0  },
};

const struct room record_room = {.name = "record",
    .verbs = record_verbs,
    .routes = record_routes,
    .menu = record_menu,
    .jobs = jobs};
