/* morning.h — 晨报: what changed since 17:30 of the day before, what waits for me, decided in one
 * list.
 *
 * The job writes the day's figures at 07:30 and tells the leading group; the page shows them beside
 * what stands now, in the reader's own scope. */
#pragma once
#include "base/cx.h"
#include "gen/sql_morning.h"

/* 17:30 of the day before. */
int64_t morning_since(const Cx *);
/* ERR_NOT_FOUND: none was written that day. */
Err morning_of(Cx *, Str day, struct sql_morning_find_row *) MUST_CHECK;
/* Each minute; writes once a day, from 07:30. */
Err morning_job(Cx *) MUST_CHECK;
extern const struct room morning_room;
