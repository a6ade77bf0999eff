/* category_import.h — the table files that the room category takes. */
#pragma once
#include "base/ledger.h"

extern const struct ledger *const category_ledgers[]; /* category tile phrase */
