/* town_import.h — the table files that the room town takes. */
#pragma once
#include "base/ledger.h"
#include "rooms/town/town_edit.h"

extern const struct ledger *const town_ledgers[]; /* unit place calendar setting */
