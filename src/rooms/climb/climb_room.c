/* climb_room.c — 逐级提醒: what the room gives to the house. */
#include "rooms.h"
#include "rooms/climb/climb.h"
#include "rooms/duty/duty.h"

static const struct job jobs[] = {
    {"climb_due",    60, climb_due_job},
    {"climb_unread", 60, climb_unread_job},
    {0}
};

static Err open_room(Cx *cx)
{
    (void)cx;
    duty_on_handover(&climb_handover);
    return OK;
}

const struct room climb_room = {.name = "climb", .jobs = jobs, .open = open_room};
