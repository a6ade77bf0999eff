/* campaign_room.c — 专项行动: what the room gives to the house. */
#include "rooms.h"
#include "rooms/campaign/campaign.h"
#include "rooms/campaign/campaign_view.h"

static const struct ledger *const ledgers[] = {&campaign_ledger, NULL};
static const struct job jobs[] = {
    {"campaign",    60, campaign_job},
    {0}
};

const struct room campaign_room = {.name = "campaign",
    .routes = campaign_routes,
    .menu = campaign_menu,
    .jobs = jobs,
    .ledgers = ledgers};
