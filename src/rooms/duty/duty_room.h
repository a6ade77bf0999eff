/* duty_room.h — what the room's files give to duty_room.c. */
#pragma once
#include "rooms.h"

extern const struct route duty_routes[];
extern const struct menu_item duty_menu[];
extern const struct ledger appointment_ledger, duty_ledger;
