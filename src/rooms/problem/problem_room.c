/* problem_room.c — 问题台账: what the room gives to the house. */
#include "rooms.h"
#include "rooms/attachment/attachment.h"
#include "rooms/problem/problem_cli.h"
#include "rooms/problem/problem_due.h"
#include "rooms/problem/problem_inner.h"
#include "rooms/problem/problem_pages.h"
#include "rooms/problem/problem_receipt.h"

static const struct ledger *const ledgers[] = {&problem_ledger, NULL};
static const struct machine *const machines[] = {&problem_machine, NULL};

static const struct job jobs[] = {
    {"problem_watch",     60, problem_watch_job},
    {"problem_rank",  600, problem_rank_job},
    {"problem_erase",      3600, problem_erase_job},
    {"problem_positions",   3600, problem_position_job},
    {"problem_screen",     3600, problem_screen_job},
    {"problem_tails",  3600, problem_tail_job},
    {0},
};

/* The table is sound, or the house does not open. */
static Err open_room(Cx *cx)
{
    attachment_lives_at(problem_seen, "/problems/{object}");
    duty_on_handover(&problem_handover);
    return machine_sound(cx, &problem_machine);
}

const struct room problem_room = {
    .name = "problem",
    .routes = problem_routes,
    .menu = problem_menu,
    .verbs = problem_cli,
    .jobs = jobs,
    .ledgers = ledgers,
    .machines = machines,
    .open = open_room,
};
