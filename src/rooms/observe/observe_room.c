/* observe_room.c — 逐村观摩与示范点: what the room gives to the house. */
#include "rooms.h"
#include "rooms/attachment/attachment.h"
#include "rooms/observe/demo_site.h"
#include "rooms/observe/observe.h"
#include "rooms/observe/observe_view.h"

static const struct ledger *const ledgers[] = {
    &observe_ledger, &observe_sheet_ledger, &demo_site_ledger, NULL};

static Err open_room(Cx *cx)
{
    (void)cx;
    attachment_seen_by(observe_seen);
    return OK;
}

const struct room observe_room = {.name = "observe",
    .routes = observe_routes,
    .menu = observe_menu,
    .ledgers = ledgers,
    .open = open_room};
