/* demo.h — 示范镇: the demonstration town, made of the same files and rules as a real one. */
#pragma once
#include "base/cx.h"

/* Replay deeds.csv of cx->town_id: every report, dispatch, photo and answer of the last twelve
 * weeks goes through the rules as who did it, at the hour it was done, so that each problem has its
 * real events, clocks and chain.
 *
 * Columns: days_ago (working days before today; 0: today, left out while its hour has not come),
 * time (HH:MM), login (empty: a resident), verb, object (a name for the problem within the file),
 * fields (key=value;key=value).  ERR_INVALID names the line that a rule refuses. */
Err demo_deeds(Cx *, Str csv, int64_t *n) MUST_CHECK;
