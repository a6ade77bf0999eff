/* duty_room.c — 责任: what this room gives to the house. */
#include "rooms/duty/duty_room.h"

#include "rooms/duty/duty_inner.h"

/* Every minute, so that a term that begins or ends at 00:00 does so at 00:00. */
static const struct job jobs[] = {
    {.name = "duty_terms",   .every_s = 60, .run = duty_job},
    {.name = "duty_chase",       .every_s = 3600, .run = duty_chase_job},
    {.name = "duty_gaps",   .every_s = 3600, .run = duty_gap_job},
    {0},
};

static const struct ledger *const ledgers[] = {&duty_ledger, &appointment_ledger, NULL};

const struct room duty_room = {
    .name = "duty", .routes = duty_routes, .menu = duty_menu, .jobs = jobs, .ledgers = ledgers};
