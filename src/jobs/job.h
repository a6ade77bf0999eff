/* job.h — work that the clock starts.  One row `lease` a town and job: whoever holds it runs it. */
#pragma once
#include "base/cx.h"

struct job {
    const char *name;
    int every_s;      /* how often it is looked at */
    Err (*run)(Cx *); /* for cx->town_id, as nobody (cx->me.person 0, door "job") */
};
