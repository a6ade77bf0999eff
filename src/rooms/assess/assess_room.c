/* assess_room.c — 红黑旗: what this room gives to the house. */
#include "rooms.h"
#include "rooms/assess/assess_cli.h"
#include "rooms/assess/assess_import.h"

static const struct ledger *const ledgers[] = {
    &score_table_ledger,
    &deduct_lines_ledger,
    NULL,
};

const struct room assess_room = {.name = "assess", .verbs = assess_verbs, .ledgers = ledgers};
