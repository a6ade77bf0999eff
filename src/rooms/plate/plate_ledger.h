/* plate_ledger.h — 码牌台账 as the room gives it. */
#pragma once
struct ledger;
extern const struct ledger plate_ledger;
