/* qr.h — 二维码: an address as a square of modules. */
#pragma once
#include "base/cx.h"

/* The dark modules as one path of an SVG with viewBox "0 0 size size"; empty, size 0: too long. */
Str qr_path(Cx *, Str text, int64_t *size);
