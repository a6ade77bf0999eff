/* town_impl.h — between the files of the little town only. */
#pragma once
#include "base/cx.h"

/* Stops the program with the reason unless e is OK. */
void town_must(Err e, const char *what);
/* Everything the little town has, into a migrated database without towns. */
void town_fill(Cx *cx);
