/* hotline.h — 12345 热线: its list comes in as a table, its answers go out in the same columns.
 *
 * ext_no, reported_at, category, unit, place_text, body, name, phone, ext_due: twice imported is
 * once (ext_no), of the two dues the earlier one rules, names and phones lie sealed. */
#pragma once
#include "base/cx.h"

struct ledger;
extern const struct ledger hotline_ledger;
extern const struct room hotline_room;
