/* demo_office.h — 示范镇办公室的一天: who is on duty this week, last week's meeting and its tasks.
 */
#pragma once
#include "base/cx.h"

/* After the deeds.  A town without these people is left as it is. */
Err demo_office(Cx *) MUST_CHECK;
