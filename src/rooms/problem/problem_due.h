/* problem_due.h — the jobs of this room, each for cx->town_id. */
#pragma once
#include "base/cx.h"

Err problem_watch_job(Cx *) MUST_CHECK;  /* reminders, levels told, suspensions that end */
Err problem_rank_job(Cx *) MUST_CHECK;   /* the order of work, once a day for all that is open */
Err problem_screen_job(Cx *) MUST_CHECK; /* problem_screen.c: counts of past days go */
Err problem_erase_job(Cx *) MUST_CHECK;  /* reporters' data a year after the end */
Err problem_position_job(Cx *) MUST_CHECK;
