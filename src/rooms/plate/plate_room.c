/* plate_room.c — 码牌: what the room gives to the house. */
#include "rooms.h"
#include "rooms/plate/plate_ledger.h"
#include "rooms/plate/plate_view.h"

static const struct ledger *const ledgers[] = {&plate_ledger, NULL};
static const struct job jobs[] = {
    {"plate_scans",    3600, plate_scans_job},
    {0}
};

const struct room plate_room = {
    .name = "plate", .routes = plate_routes, .menu = plate_menu, .jobs = jobs, .ledgers = ledgers};
