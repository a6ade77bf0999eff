/* cli.h — the command line's door. */
#pragma once
#include "cli/verb.h"

/* Finds the verb, reads options, opens what the verb needs, runs it.  Exit code: 0 well, 1 refused
 * or found something wrong, 2 usage. */
int cli_main(int argc, char **argv);

/* Where the data folder's database is: --db, else DIR/heqing.db. */
const char *cli_db_url(Cx *, const Args *);
/* Open cx->db (reading, or migrated with lanes running) by hand: verbs that make the folder first.
 */
Err cli_open(Cx *, const Args *, bool reads_only) MUST_CHECK;
void cli_close(Cx *);
