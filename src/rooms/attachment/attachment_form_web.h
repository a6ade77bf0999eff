/* attachment_form_web.h — 表单里的照片: the pictures a form sends, before its transaction. */
#pragma once
#include "rooms/attachment/attachment.h"
#include "web/request.h"

/* Pictures sent as field, after those of an earlier try named by the form's kept fields (NULL:
 * none).  ERR_INVALID field, or "photo" for what is no picture: to has those before the wrong one,
 * for the next try. */
Err photos_typed(
    Cx *, const Req *, const char *field, const char *kept, struct photo_hashes *to) MUST_CHECK;
/* The names with commas, as rows keep them; absent: none. */
OptStr photos_joined(Cx *, const struct photo_hashes *);
