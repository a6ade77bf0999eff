/* cookie.h — the Cookie header. */
#pragma once
#include "base/arena.h"
#include "base/pairs.h"

enum { COOKIES_MAX = 30 };

/* "a=1; b=2".  What is no cookie by RFC 6265 (a name that is no token, a value with a control
 * character, quote, comma or backslash) is left out, not repaired: other programs on the same host
 * may set what they like.  At most COOKIES_MAX are read. */
void cookie_read(Arena *, Str header, struct pairs *);
bool is_token(Str); /* RFC 9110: what a header or cookie may be called */
