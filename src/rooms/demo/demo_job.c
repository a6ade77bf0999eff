/* demo_job.c — what the clock did in those weeks: reminders, climbing, notices, and that people
 * read them. */
#include "jobs/jobs.h"
#include "rooms/demo/demo_deed.h"
#include "rooms/notice/notice.h"

/* The jobs that leave a trace in the past; the others run once, at the end. */
static const char *const jobs_then[] = {"problem_watch", "notice_deliver"};

Err demo_clock_tick(Cx *cx)
{
    for (size_t i = 0; i < sizeof jobs_then / sizeof *jobs_then; i++)
        TRY(jobs_run_named(cx, jobs_then[i]));
    return OK;
}

Err demo_clock_end(Cx *cx)
{
    size_t n;
    return jobs_run(cx, true, &n);
}

Err demo_inboxes_read(Cx *cx, void *arg)
{
    const struct demo_cast *cast = arg;
    Err e = OK;
    for (size_t i = 0; e == OK && i < cast->n_people; i++) {
        struct notice_rows rows;
        cx->me.person = cast->people[i].id;
        e = notice_inbox(cx, 0, &rows);
        if (e == OK && rows.n)
            e = notice_read_all(cx, rows.at[0].id);
    }
    memset(&cx->me, 0, sizeof cx->me);
    return e;
}
