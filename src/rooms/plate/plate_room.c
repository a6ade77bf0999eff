/* plate_room.c — 码牌: what the room gives to the house. */
#include "rooms.h"
#include "rooms/plate/plate_ledger.h"
#include "rooms/plate/plate_view.h"

static const struct ledger *const ledgers[] = {&plate_ledger, NULL};

const struct room plate_room = {
    .name = "plate", .routes = plate_routes, .menu = plate_menu, .ledgers = ledgers};
