/* query.h — names and values as browsers write them: "a=1&b=%E4%BD%A0". */
#pragma once
#include "base/arena.h"
#include "base/pairs.h"

/* UTF-8, and of the control characters only tab and line ends: what may come in from outside. */
bool text_sound(Str);
/* %XX undone, once; with plus, '+' is a space.  false: a broken escape. */
bool percent_decode(Arena *, Str raw, bool plus, Str *out);
/* A query or an urlencoded body; line ends become \n.  0, or the HTTP status: 400 (escape, not
 * UTF-8, control character), 413 (more than most fields). */
int query_read(Arena *, Str raw, size_t most, struct pairs *);
/* CR LF and CR become LF. */
Str line_ends(Arena *, Str);
