/* attachment_web.h — pictures that come with a form. */
#pragma once
#include "rooms/attachment/attachment.h"
#include "web/request.h"

enum { FORM_PHOTOS_MAX = 6 };
/* All that came under that name, taken before the transaction: their hashes, commas between; unset:
 * none came.  ERR_INVALID names the form's field: too many, or no picture. */
Err photos_of_form(Cx *, const Req *, const char *name, OptStr *hashes) MUST_CHECK;
