/* oversee_room.c — 督办单: what the room gives to the house. */
#include "rooms.h"
#include "rooms/duty/duty.h"
#include "rooms/oversee/oversee.h"
#include "rooms/oversee/oversee_view.h"

static const struct job jobs[] = {
    {"oversee",    60, oversee_job},
    {0}
};

static Err open_room(Cx *cx)
{
    (void)cx;
    duty_on_handover(&oversee_handover);
    return OK;
}

const struct room oversee_room = {.name = "oversee",
    .routes = oversee_routes,
    .menu = oversee_menu,
    .jobs = jobs,
    .open = open_room};
