/* problem_cli.h — the room's verbs on the command line. */
#pragma once
#include "cli/verb.h"

extern const struct cli_verb problem_cli[]; /* ends with {0} */
