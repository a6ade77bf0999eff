/* roster_room.c — 值班: what the room gives to the house. */
#include "rooms.h"
#include "rooms/roster/roster.h"
#include "rooms/roster/roster_view.h"

static const struct ledger *const ledgers[] = {&roster_ledger, NULL};
static const struct job jobs[] = {
    {"roster_seal",    60, roster_seal_job},
    {0}
};

const struct room roster_room = {.name = "roster",
    .routes = roster_routes,
    .menu = roster_menu,
    .jobs = jobs,
    .ledgers = ledgers};
