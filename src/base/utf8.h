/* utf8.h — UTF-8 is the only encoding; what may stand in a field. */
#pragma once
#include "base/text.h"

/* The next character; s moves behind it.  False at the end or at bytes that are no UTF-8 (strict:
 * no overlong forms, no surrogates, nothing above U+10FFFF). */
bool utf8_next(Str *s, uint32_t *code);
bool utf8_ok(Str);
size_t str_n_chars(Str);
Str str_trim(Str); /* blanks of every width, at both ends */
Str str_cut(Str, size_t n_chars);
bool str_has(Str, const char *part);
/* Why this text may not be kept, {0}: it may.  Refused: bytes that are no UTF-8, control
 * characters, hidden marks that turn the direction of writing, characters that are not in normal
 * form C. lines: line breaks are fine. */
Text text_wrong(Str, bool lines);
