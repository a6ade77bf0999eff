/* survey_room.c — 大会诊: what the room gives to the house. */
#include "rooms.h"
#include "rooms/attachment/attachment.h"
#include "rooms/survey/survey.h"
#include "rooms/survey/survey_view.h"

static const struct ledger *const ledgers[] = {&survey_ledger, NULL};

static Err open_room(Cx *cx)
{
    (void)cx;
    attachment_seen_by(survey_seen);
    return OK;
}

const struct room survey_room = {.name = "survey",
    .routes = survey_routes,
    .menu = survey_menu,
    .ledgers = ledgers,
    .open = open_room};
