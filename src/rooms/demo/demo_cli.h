/* demo_cli.h — the verbs of the room demo. */
#pragma once
#include "cli/verb.h"

extern const struct cli_verb demo_verbs[]; /* init demo */
