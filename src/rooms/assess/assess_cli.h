/* assess_cli.h — heqing assess …. */
#pragma once
#include "cli/verb.h"

extern const struct cli_verb assess_verbs[];
