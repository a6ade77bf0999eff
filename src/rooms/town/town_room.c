/* town_room.c — what the room town gives to the house. */
#include "rooms.h"
#include "rooms/town/town_import.h"
#include "rooms/town/town_web.h"

const struct room town_room = {
    .name = "town", .routes = town_routes, .menu = town_menu, .ledgers = town_ledgers};
