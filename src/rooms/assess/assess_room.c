/* assess_room.c — 红黑旗: what this room gives to the house. */
#include "rooms.h"
#include "rooms/assess/assess_cli.h"
#include "rooms/assess/assess_import.h"
#include "rooms/assess/assess_view.h"
#include "rooms/attachment/attachment.h"

static const struct ledger *const ledgers[] = {
    &score_table_ledger,
    &deduct_ledger,
    &flag_ledger,
    NULL,
};

static Err open_room(Cx *cx)
{
    (void)cx;
    attachment_seen_by(assess_seen);
    return OK;
}

const struct room assess_room = {.name = "assess",
    .routes = assess_routes,
    .menu = assess_menu,
    .verbs = assess_verbs,
    .ledgers = ledgers,
    .open = open_room};
