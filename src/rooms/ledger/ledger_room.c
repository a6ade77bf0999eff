/* ledger_room.c — the room of all ledgers: it reads the list of rooms. */
#include "rooms.h"
#include "rooms/attachment/attachment.h"
#include "rooms/ledger/ledger_cli.h"
#include "rooms/ledger/ledger_job.h"
#include "rooms/ledger/ledger_web.h"

const struct ledger *const *ledger_all(Cx *cx, size_t *n)
{
    size_t most = 0;
    *n = 0;
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct ledger *const *l = (*r)->ledgers; l && *l; l++)
            most++;
    const struct ledger **all = NEW_ARRAY(&cx->mem, most + 1, const struct ledger *);
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct ledger *const *l = (*r)->ledgers; l && *l; l++)
            all[(*n)++] = *l;
    return all;
}

const struct ledger *ledger_named(Str name)
{
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct ledger *const *l = (*r)->ledgers; l && *l; l++)
            if (str_eq(name, str((*l)->name)))
                return *l;
    return NULL;
}

static Err open_room(Cx *cx)
{
    size_t n;
    const struct ledger *const *all = ledger_all(cx, &n);
    for (size_t i = 0; i < n; i++)
        TRY(ledger_sound(cx, all[i]));
    attachment_seen_by(ledger_photo_seen);
    return OK;
}

static const struct job jobs[] = {
    {.name = "ledger_tidy",   .every_s = 3600, .run = ledger_tidy_job},
    {0}
};

const struct room ledger_room = {.name = "ledger",
    .routes = ledger_routes,
    .menu = ledger_menu,
    .verbs = ledger_verbs,
    .jobs = jobs,
    .open = open_room};
