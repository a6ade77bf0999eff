/* static.h — the files of web/: css, script, icons.  Built in by tools/embed, served from memory.
 */
#pragma once
#include "base/cx.h"

struct asset {
    const char *name, *type;
    const char *hash; /* 16 hex digits of its content */
    Str raw, packed;  /* packed: brotli; empty if that is no gain */
};
extern const struct asset assets[]; /* ends with {0}; made by tools/embed */

/* Some hex digits of the file's hash, so that /static/NAME?v=… may be cached for ever; empty if
 * there is no such file. */
Str static_version(Str name);
