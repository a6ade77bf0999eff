/* hotline.h — 12345 热线: its list comes in as a table, its answers go out in the same columns.
 *
 * ext_no, reported_at, category, unit, place_text, body, name, phone, ext_due: twice imported is
 * once (ext_no), of the two dues the earlier one rules, names and phones lie sealed. */
#pragma once
#include "base/cx.h"

struct taken;
/* One line of the list.  category: a code or word of ours, or the hotline's own; place, body, name,
 * phone may be empty; unit 0: not said. */
struct hotline_line {
    Str ext_no, category, place, body, name, phone;
    int64_t unit;
    OptI64 reported_at, ext_due;
};
/* It becomes a report, or is the same as one that came before; inside a transaction.  ERR_INVALID
 * as problem_report(). */
Err hotline_take(Cx *, const struct hotline_line *, struct taken *) MUST_CHECK;

struct ledger;
extern const struct ledger hotline_ledger;
extern const struct room hotline_room;
