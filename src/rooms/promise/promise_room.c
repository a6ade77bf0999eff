/* promise_room.c — 承诺: what this room gives to the house. */
#include "rooms.h"
#include "rooms/attachment/attachment.h"
#include "rooms/duty/duty.h"
#include "rooms/promise/promise_pages.h"

static const struct ledger *const ledgers[] = {&promise_ledger, NULL};
static const struct machine *const machines[] = {&promise_machine, NULL};

static const struct job jobs[] = {
    {"promise_watch",    600, promise_watch_job},
    {0},
};

static Err seen(Cx *cx, int64_t id)
{
    Promise p;
    return promise_open(cx, id, &p);
}

static Err open_room(Cx *cx)
{
    duty_on_handover(&promise_handover);
    attachment_lives_at(seen, "/promises/{object}");
    return machine_sound(cx, &promise_machine);
}

const struct room promise_room = {
    .name = "promise",
    .routes = promise_routes,
    .menu = promise_menu,
    .jobs = jobs,
    .ledgers = ledgers,
    .machines = machines,
    .open = open_room,
};
