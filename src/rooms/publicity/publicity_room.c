/* publicity_room.c — 宣传台账: what this room gives to the house. */
#include "rooms.h"
#include "rooms/publicity/publicity.h"

static const struct ledger *const ledgers[] = {&publicity_ledger, NULL};

const struct room publicity_room = {.name = "publicity", .ledgers = ledgers};
