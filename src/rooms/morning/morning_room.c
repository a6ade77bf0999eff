/* morning_room.c — 晨报: what the room gives to the house. */
#include "rooms.h"
#include "rooms/morning/morning.h"
#include "rooms/morning/morning_view.h"

static const struct job jobs[] = {
    {"morning",    60, morning_job},
    {0}
};

const struct room morning_room = {
    .name = "morning", .routes = morning_routes, .menu = morning_menu, .jobs = jobs};
