/* ledger_cli.h — this room on the command line. */
#pragma once
#include "cli/verb.h"

extern const struct cli_verb ledger_verbs[];
