/* campaign_inner.h — between the files of the room campaign only. */
#pragma once
#include "rooms/campaign/campaign.h"

struct campaign_scope {
    int64_t id;
    Str from_on, to_on, categories; /* categories: empty: all */
};
/* Whether a record lies in it. */
Err campaign_covers(
    Cx *, const struct campaign_scope *, const struct campaign_record *, bool *covered) MUST_CHECK;
