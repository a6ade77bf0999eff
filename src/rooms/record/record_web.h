/* record_web.h — 留痕: its page. */
#pragma once
#include "web/route.h"

extern const struct route record_routes[];
extern const struct menu_item record_menu[];
