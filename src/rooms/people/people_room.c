/* people_room.c — 人员: what this room gives to the house. */
#include "rooms/people/people_room.h"

#include "rooms/people/people.h"

static const struct job jobs[] = {
    {.name = "people_tidy", .every_s = 3600, .run = people_job},
    {0   },
};

static const struct ledger *const ledgers[] = {&person_ledger, NULL};

const struct room people_room = {.name = "people",
    .routes = people_routes,
    .menu = people_menu,
    .verbs = people_verbs,
    .jobs = jobs,
    .ledgers = ledgers};
