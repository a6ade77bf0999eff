/* publicity.h — 宣传台账: banners, boards, wall paintings, leaflets, broadcasts (M18).
 *
 * The smallest whole ledger of the house; docs/new-room.md builds it step by step. */
#pragma once
#include "gen/sql_publicity.h"

typedef struct sql_publicity_find_row Publicity; /* its columns stand in publicity.sql */

/* What the columns cannot say.  ERR_INVALID names the field. */
Err publicity_check(Cx *, const Publicity *) MUST_CHECK;
/* Inside a transaction.  ERR_CONFLICT of change: in->version is not the row's any more. */
Err publicity_add(Cx *, const Publicity *) MUST_CHECK;
Err publicity_change(Cx *, const Publicity *) MUST_CHECK;

extern const struct ledger publicity_ledger;
extern const struct room publicity_room;
