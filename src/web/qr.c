/* qr.c — 二维码: an address as a square of modules, drawn as one path. */
#include "web/qr.h"

#include "base/html.h"

#include <qrencode.h>
#include <stdio.h>

enum { QUIET = 2 }; /* light modules around; the card is white as well */

Str qr_path(Cx *cx, Str text, int64_t *size)
{
    const char *z = arena_printf(&cx->mem, "%.*s", (int)text.len, text.at);
    QRcode *code = QRcode_encodeString8bit(z, 0, QR_ECLEVEL_M);
    Out o = {.mem = &cx->mem};

    *size = 0;
    if (!code)
        return (Str){0};
    for (int y = 0; y < code->width; y++)
        for (int x = 0, n; x < code->width; x += n) {
            char run[48];
            bool dark = code->data[y * code->width + x] & 1;
            for (n = 1; x + n < code->width && (code->data[y * code->width + x + n] & 1) == dark;)
                n++;
            if (!dark)
                continue;
            int len = snprintf(run, sizeof run, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, n, n);
            out_raw(&o, run, (size_t)len);
        }
    *size = code->width + 2 * QUIET;
    QRcode_free(code);
    return (Str){o.at, o.len};
}
