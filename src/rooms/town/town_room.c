/* town_room.c — what the room town gives to the house. */
#include "rooms.h"
#include "rooms/town/town_import.h"

const struct room town_room = {.name = "town", .ledgers = town_ledgers};
