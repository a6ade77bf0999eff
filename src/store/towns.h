/* towns.h — the towns of this database. */
#pragma once
#include "store/db.h"

/* All towns but 0, by id; in cx->mem. */
Err store_towns(Cx *, const int64_t **, size_t *n) MUST_CHECK;
