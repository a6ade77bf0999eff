/* patrol_room.c — 巡查: what the room gives to the house. */
#include "rooms.h"
#include "rooms/attachment/attachment.h"
#include "rooms/patrol/patrol.h"
#include "rooms/patrol/patrol_view.h"

static const struct ledger *const ledgers[] = {&patrol_ledger, NULL};

static Err open_room(Cx *cx)
{
    (void)cx;
    attachment_seen_by(patrol_seen);
    return OK;
}

const struct room patrol_room = {.name = "patrol",
    .routes = patrol_routes,
    .menu = patrol_menu,
    .ledgers = ledgers,
    .open = open_room};
