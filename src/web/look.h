/* look.h — how somebody wants to see pages: cookie "lang" (zh, en), cookie "elder" (长辈版; 1, 2,
 * 3: type of 125, 150, 170 %).
 *
 * GET /look?lang=zh|en or ?size=usual|elder|large|huge, &back=/path — sets the cookie and goes
 * back.  It changes nothing but the reader's own cookie, so it needs no form. */
#pragma once
#include "web/respond.h"

Err look_get(Cx *, const Req *, Resp *) MUST_CHECK;
/* The Set-Cookie line that takes it back: the browser, or the account, decides again. */
Str look_forget(Cx *, const Req *, const char *name);
