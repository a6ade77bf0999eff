/* town_web.h — the doors of the room town, in four files. */
#pragma once
#include "web/route.h"

extern const struct route town_routes[];
extern const struct menu_item town_menu[];

Err neighbour_edit_get(Cx *, const Req *, Resp *);
Err neighbour_edit_post(Cx *, const Req *, Resp *);
Err neighbour_drop_post(Cx *, const Req *, Resp *);
Err neighbours_csv_get(Cx *, const Req *, Resp *);
Err settings_get(Cx *, const Req *, Resp *);
Err setting_get(Cx *, const Req *, Resp *);
Err setting_post(Cx *, const Req *, Resp *);
Err calendar_find_get(Cx *, const Req *, Resp *);
Err calendar_get(Cx *, const Req *, Resp *);
Err calendar_post(Cx *, const Req *, Resp *);
