/* hotline_room.c — 12345 热线: what the room gives to the house. */
#include "rooms.h"
#include "rooms/hotline/hotline.h"

static const struct ledger *const ledgers[] = {&hotline_ledger, NULL};

static const struct menu_item menu[] = {
    {.path = "/ledgers/hotline",
     .id = "hotline",
     .label = T("12345 热线"),
     .who = OFFICE_POSTS,
     .icon = "i-phone"},
    {0}
};

const struct room hotline_room = {.name = "hotline", .menu = menu, .ledgers = ledgers};
