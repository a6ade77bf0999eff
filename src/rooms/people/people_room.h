/* people_room.h — what the room's files give to people_room.c. */
#pragma once
#include "rooms.h"

extern const struct route people_routes[];
extern const struct menu_item people_menu[];
extern const struct cli_verb people_verbs[];
extern const struct ledger person_ledger;
