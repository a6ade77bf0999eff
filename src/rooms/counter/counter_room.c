/* counter_room.c — 代报与回执单: what the room gives to the house. */
#include "rooms.h"
#include "rooms/counter/counter_view.h"

const struct room counter_room = {
    .name = "counter", .routes = counter_routes, .menu = counter_menu};
