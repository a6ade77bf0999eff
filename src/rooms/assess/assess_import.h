/* assess_import.h — heqing import score_table FILE, heqing import deduct FILE. */
#pragma once

struct ledger;
extern const struct ledger score_table_ledger, deduct_ledger, flag_ledger;
