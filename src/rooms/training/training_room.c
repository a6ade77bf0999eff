/* training_room.c — 培训·观摩学习: what the room gives to the house. */
#include "rooms.h"
#include "rooms/attachment/attachment.h"
#include "rooms/training/training.h"
#include "rooms/training/training_view.h"

static const struct ledger *const ledgers[] = {&training_ledger, &training_sheet_ledger, NULL};

static const struct job jobs[] = {
    {"training_erase",    24 * 3600, training_erase_job},
    {0}
};

static Err open_room(Cx *cx)
{
    (void)cx;
    attachment_seen_by(training_seen);
    return OK;
}

const struct room training_room = {.name = "training",
    .routes = training_routes,
    .menu = training_menu,
    .jobs = jobs,
    .ledgers = ledgers,
    .open = open_room};
