/* config.h — settings of a start: an option of the command line, else the environment, else
 * DIR/heqing.conf.
 *
 * "public-url" is --public-url, HEQING_PUBLIC_URL, HEQING_PUBLIC_URL_FILE (the file's first line:
 * for secrets), or "public-url = …" in the file.  Read once, before threads. */
#pragma once
#include "base/cx.h"

/* DIR/heqing.conf may be missing.  ERR_INVALID: a line in it is wrong. */
Err config_open(Cx *, const char *data) MUST_CHECK;
/* NULL: said nowhere. */
const char *config_text(const char *name);
bool config_is_on(const char *name); /* "1" "yes" "true" "on" */
