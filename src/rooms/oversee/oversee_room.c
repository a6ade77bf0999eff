/* oversee_room.c — 督办单: what the room gives to the house. */
#include "rooms.h"
#include "rooms/oversee/oversee.h"
#include "rooms/oversee/oversee_view.h"

static const struct job jobs[] = {
    {"oversee",    60, oversee_job},
    {0}
};

const struct room oversee_room = {
    .name = "oversee", .routes = oversee_routes, .menu = oversee_menu, .jobs = jobs};
