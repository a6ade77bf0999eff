/* meeting_room.c — 领导小组、调度会、交办: what the room gives to the house. */
#include "rooms.h"
#include "rooms/meeting/meeting.h"
#include "rooms/meeting/meeting_view.h"

static const struct ledger *const ledgers[] = {&task_ledger, NULL};

static Err open_room(Cx *cx)
{
    (void)cx;
    duty_on_handover(&task_handover);
    return OK;
}

const struct room meeting_room = {.name = "meeting",
    .routes = meeting_routes,
    .menu = meeting_menu,
    .ledgers = ledgers,
    .open = open_room};
