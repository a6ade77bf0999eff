/* record.c — 留痕: what this room gives to the house. */
#include "rooms/record/record.h"

#include "rooms.h"

const struct room record_room = {.name = "record", .verbs = record_verbs};
