/* ledger_job.h — this room's job. */
#pragma once
#include "base/cx.h"

/* Table files that nobody confirmed go after a day. */
Err ledger_tidy_job(Cx *) MUST_CHECK;
