/* ledger_web.h — this room in the browser. */
#pragma once
#include "rooms/ledger/ledger_inner.h"
#include "web/route.h"

extern const struct route ledger_routes[];
extern const struct menu_item ledger_menu[];

/* The path's {name}.  ERR_NOT_FOUND: no such ledger, or not theirs to know of. */
Err ledger_of(Cx *, const Req *, const struct ledger **) MUST_CHECK;
/* The same, and there is a list of it that cx->me sees. */
Err ledger_listed(Cx *, const Req *, const struct ledger **) MUST_CHECK;

Err ledger_csv_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err ledger_json_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err ledger_blank_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err ledger_import_get(Cx *, const Req *, Resp *) MUST_CHECK;
Err ledger_import_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err ledger_confirm_post(Cx *, const Req *, Resp *) MUST_CHECK;
Err ledger_undo_post(Cx *, const Req *, Resp *) MUST_CHECK;
