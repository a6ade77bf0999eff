/* roster_room.c — 值班: what the room gives to the house. */
#include "rooms.h"
#include "rooms/roster/roster.h"
#include "rooms/roster/roster_view.h"

static const struct ledger *const ledgers[] = {&roster_ledger, NULL};

const struct room roster_room = {
    .name = "roster", .routes = roster_routes, .menu = roster_menu, .ledgers = ledgers};
