/* jobs.h — 定时任务: the clock's door.  One row `lease` a town and job: whoever holds it runs it,
 * so that several nodes never do the same twice; each holder has a higher fence. */
#pragma once
#include "jobs/job.h"

struct jobs_opt {
    const char *url, *node;
};
/* Start the thread that looks once a second; once a process, after lanes_open(). */
Err jobs_start(const struct jobs_opt *) MUST_CHECK;
void jobs_stop(void);

/* Run what is due of cx->town_id's jobs (all of them, due or not, if forced), through the leases;
 * for the command line and tests.  n: how many ran. */
Err jobs_run(Cx *, bool forced, size_t *n) MUST_CHECK;
/* One job at cx->now, as nobody and without its lease: for a past that is made anew (heqing demo).
 * ERR_NOT_FOUND: there is none of that name. */
Err jobs_run_named(Cx *, const char *name) MUST_CHECK;
