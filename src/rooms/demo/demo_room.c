/* demo_room.c — what the room demo gives to the house. */
#include "rooms.h"
#include "rooms/demo/demo_cli.h"

const struct room demo_room = {.name = "demo", .verbs = demo_verbs};
