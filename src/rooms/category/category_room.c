/* category_room.c — what the room category gives to the house. */
#include "rooms.h"
#include "rooms/category/category_import.h"

const struct room category_room = {.name = "category", .ledgers = category_ledgers};
