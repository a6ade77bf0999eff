/* record.h — 留痕: the one log as people read it, and its proofs. */
#pragma once
#include "cli/verb.h"

extern const struct cli_verb record_verbs[];
