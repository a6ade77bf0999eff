/* category_web.h — the doors of the room category. */
#pragma once
#include "web/route.h"

extern const struct route category_routes[];
