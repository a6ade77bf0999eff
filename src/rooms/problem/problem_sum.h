/* problem_sum.h — between the pages' functions: a deadline's sum, a history, a verb's form. */
#pragma once
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_view.h"

Err clock_view(Cx *, const Case *, bool for_staff, struct problem_clock_view *) MUST_CHECK;
Err order_view(Cx *, const Case *, struct problem_addends *) MUST_CHECK;
Str limit_say(Cx *, struct time_limit);
/* Who reads a history: all of it; posts with 姓 and nothing that staff say among themselves; and to
 * one who follows another's report also not that one's words. */
enum reader { READS_ALL, READS_NO_PERSONS, READS_AS_FOLLOWER };
Err events_view(
    Cx *, const Case *, enum reader, struct problem_events *, Str *last_hash) MUST_CHECK;
/* The verbs of a standing, each with its form. */
Err verbs_view(Cx *, const Case *, uint32_t posts, struct problem_verbs *) MUST_CHECK;
/* Latest of all problems that cx->me sees. */
Err problem_news(Cx *, struct problem_events *) MUST_CHECK;
