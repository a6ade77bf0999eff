/* demo_make.h — making a town from table files, as a real one is made (heqing init, heqing demo).
 */
#pragma once
#include "rooms/demo/demo_files.h"
#include "rooms/ledger/ledger.h"

/* All the tables of a folder of demo/, by `import`, in the order in which they rest on each other.
 * ERR_INVALID with file and line if one is wrong. */
Err demo_load(Cx *, const char *folder) MUST_CHECK;
/* The carried file, NULL: there is none. */
const struct carried *demo_file(const char *folder, const char *name);
/* A new town for the operator: its row, its chain, and what every town begins with. */
Err demo_town(Cx *, int64_t town_id, Str name, Str abbr) MUST_CHECK;
/* Fresh passwords for everybody of the folder's people.csv; one line a person and post to out. */
Err demo_accounts(Cx *, const char *folder, struct sink *out) MUST_CHECK;
/* All tables of the folder whose name begins so, as one; empty: none. */
Str demo_joined(Cx *, const char *folder, const char *name);
