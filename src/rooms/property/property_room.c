/* property_room.c — 红色物业: what the room gives to the house. */
#include "rooms.h"
#include "rooms/property/property.h"
#include "rooms/property/property_view.h"

const struct room property_room = {
    .name = "property", .routes = property_routes, .menu = property_menu};
