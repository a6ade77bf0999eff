/* town_impl.h — shared by the files of the room town. */
#pragma once
#include "base/utf8.h"
#include "rooms/town/town_edit.h"

static inline bool same_text(OptStr a, OptStr b)
{
    return a.set == b.set && (!a.set || str_eq(a.v, b.v));
}
