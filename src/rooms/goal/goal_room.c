/* goal_room.c — 因村施策: what this room gives to the house. */
#include "rooms.h"
#include "rooms/assess/assess_fair.h"
#include "rooms/attachment/attachment.h"
#include "rooms/goal/goal_pages.h"
#include "rooms/goal/goal_year.h"

static const struct ledger *const ledgers[] = {
    &requirement_ledger,
    &target_ledger,
    &target_template_ledger,
    NULL,
};

static const struct job jobs[] = {
    {"goal_measure",    3600, goal_measure_job},
    {0},
};

/* Evidence is seen by who sees the village's targets. */
static Err seen(Cx *cx, int64_t id)
{
    Progress p;
    return sql_target_progress_find(cx, &(struct sql_target_progress_find){id}, &p);
}

static Err open_room(Cx *cx)
{
    (void)cx;
    attachment_lives_at(seen, "/goals/{unit}");
    assess_year_part(&goal_year);
    return OK;
}

const struct room goal_room = {
    .name = "goal",
    .routes = goal_routes,
    .menu = goal_menu,
    .jobs = jobs,
    .ledgers = ledgers,
    .open = open_room,
};
