/* goal_inner.h — within the room. */
#pragma once
#include "rooms/goal/goal.h"

OptStr goal_tier_code(int tier); /* not set: none */
/* Put the newest reading and what is verified into the target's row. */
Err goal_take_reading(Cx *, const Target *, const Progress *, bool verified) MUST_CHECK;
/* A new reading of the house itself, if the ledger says something new; inside a transaction. */
Err goal_fill(Cx *, const Target *) MUST_CHECK;
