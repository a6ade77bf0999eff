/* duty_web.h — between the web files of the room duty. */
#pragma once
#include "rooms/duty/duty_view.h"
#include "web/route.h"

#define DUTY_ASK (OFFICE_POSTS | HAS(POST_COMMANDER) | HAS(POST_SYSADMIN) | HAS(POST_SECADMIN))
#define DUTY_SEE (STAFF_POSTS | HAS(POST_SYSADMIN) | HAS(POST_SECADMIN))

Str duty_where(Cx *, int64_t unit, int64_t place); /* the place's name, else the unit's */
Text duty_kind(Str kind);

Err duty_new_get(Cx *, const Req *, Resp *);
Err duty_new_post(Cx *, const Req *, Resp *);
Err duty_gaps_get(Cx *, const Req *, Resp *);
Err duty_handovers_get(Cx *, const Req *, Resp *);
Err duty_handover_get(Cx *, const Req *, Resp *);
Err duty_handover_confirm_post(Cx *, const Req *, Resp *);
Err duty_handover_item_post(Cx *, const Req *, Resp *);
Err duty_handover_object_post(Cx *, const Req *, Resp *);
Err duty_posts_get(Cx *, const Req *, Resp *);
