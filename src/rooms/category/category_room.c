/* category_room.c — what the room category gives to the house. */
#include "rooms.h"
#include "rooms/category/category_import.h"
#include "rooms/category/category_web.h"

const struct room category_room = {
    .name = "category", .routes = category_routes, .ledgers = category_ledgers};
