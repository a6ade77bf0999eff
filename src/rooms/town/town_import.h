/* town_import.h — the table files that the room town takes. */
#pragma once
#include "base/ledger.h"
#include "rooms/town/town_edit.h"

extern const struct ledger *const town_ledgers[]; /* unit place calendar setting */

/* A place as its table file and its form have it. */
struct place_line {
    int64_t unit;
    Str kind, name;
    OptStr shape, from_on, to_on;
};
extern const struct field place_fields[];     /* ends with {0} */
extern const struct field neighbour_fields[]; /* of struct neighbour */
struct place_new place_of_line(const struct place_line *);
