/* demo_walk.h — 示范镇的观摩: pictures of the walks, and one finding that waits for its tap. */
#pragma once
#include "base/cx.h"

/* After the tables and the deeds.  A town without walks is left as it is. */
Err demo_walk(Cx *) MUST_CHECK;
