/* town_form.h — a page with a form of declared fields: read, shown again with what is wrong, and
 * its history below.  Used by the settings of town and category. */
#pragma once
#include "rooms/town/town_view.h"
#include "web/request.h"

struct editing {
    const struct field *fields;
    void *row;             /* the fields' struct: what stands there, or what was typed */
    const void *theirs;    /* after a conflict: what stands there now */
    struct told *told;     /* set by edit_read */
    struct edit_view view; /* title, lead, back, version, history */
    const char *nav;
};

/* The posted form into row.  ERR_INVALID: edit_show() says where. */
Err edit_read(Cx *, const Req *, struct editing *) MUST_CHECK;
/* The page: e is OK for a first look; after ERR_INVALID or ERR_CONFLICT (422, 409) with what was
 * typed; any other error is given back. */
Err edit_show(Cx *, const Req *, Resp *, struct editing *, Err e) MUST_CHECK;
/* Who wrote a version: a name, or the operator. */
Str edit_by(Cx *, int64_t person);
