/* static.h — the files of web/: css, script, icons.  Read once, served from memory. */
#pragma once
#include "base/str.h"

/* Some hex digits of the file's hash, so that /static/NAME?v=… may be cached for ever; empty if
 * there is no such file. */
Str static_version(Str name);
