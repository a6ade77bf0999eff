/* look.h — how somebody wants to see pages: cookie "lang" (zh, en), cookie "elder" (1: 长辈版).
 *
 * GET /look?lang=zh|en or ?size=usual|elder, &back=/path — sets the cookie and goes back.  It
 * changes nothing but the reader's own cookie, so it needs no form. */
#pragma once
#include "web/respond.h"

Err look_get(Cx *, const Req *, Resp *) MUST_CHECK;
