/* roster_words.h — inside the room: the words of 班次 and 层级. */
#pragma once
#include "base/fields.h"

extern const struct option roster_shifts[], roster_levels[];
extern const struct roster_level_word {
    const char *code; /* a post's */
    int level;
} roster_level_words[];
int roster_level(Str code); /* 1…6; 0: none */
