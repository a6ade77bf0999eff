/* rooms.h — what a room gives to the house; rooms.c lists them, one line each. */
#pragma once
#include "cli/verb.h"
#include "jobs/job.h"
#include "web/route.h"

struct ledger;
struct machine;

struct room {
    const char *name;
    const struct route *routes;            /* ends with {0}; NULL: none */
    const struct menu_item *menu;          /* ends with {0} */
    const struct cli_verb *verbs;          /* ends with {0} */
    const struct job *jobs;                /* ends with {0} */
    const struct ledger *const *ledgers;   /* ends with NULL */
    const struct machine *const *machines; /* ends with NULL */
    /* Checks its tables and reads what never changes; once, before the first request. */
    Err (*open)(Cx *);
};
extern const struct room *const rooms[]; /* ends with NULL */
