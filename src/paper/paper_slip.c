/* paper_slip.c — 回执单 for a roll of 58 or 80 mm: the receipt's code large enough to be read
 * aloud, its square, and what was reported.  The page is as long as its words. */
#include "paper/paper_lib.h"

enum { HEAD = 1, CODE_LABEL, CODE, LINES, NOTE, ADDRESS, N_FIELDS };

static double down(const struct canvas *k, const struct paper_in *in, double wide)
{
    double edge = 3 * MM, inner = wide - 2 * edge, square = 28 * MM, y = 4 * MM;
    bool broad = wide > 60 * MM;
    dark(k);
    y += put(k, &(struct set){"Noto Sans CJK SC Bold 11", edge, y, inner, MIDDLE, 0, 1.15f},
             in->at[HEAD])
         + 4;
    y += put(k, &(struct set){"Noto Sans CJK SC 9", edge, y, inner, MIDDLE, 0, 1.15f},
        in->at[CODE_LABEL]);
    y +=
        put(k,
            &(struct set){broad ? "Noto Sans Mono CJK SC Bold 22" : "Noto Sans Mono CJK SC Bold 16",
                0, y, wide, MIDDLE, 0, 1.15f},
            in->at[CODE])
        + 4;
    if (!k->measuring && !qr(k, in->at[ADDRESS], (wide - square) / 2, y, square))
        return 0;
    y += square + 6;
    y += put(k, &(struct set){"Noto Sans CJK SC 9", edge, y, inner, LEFT, 0, 1.2f}, in->at[LINES])
         + 4;
    y += put(k, &(struct set){"Noto Sans CJK SC 8", edge, y, inner, LEFT, 0, 1.2f}, in->at[NOTE]);
    return y + 6 * MM;
}

bool slip_draw(struct canvas *k, const struct paper_in *in)
{
    double wide = (str_eq(in->at[0], S("slip80")) ? 80 : 58) * MM;
    if (in->n != N_FIELDS)
        return false;
    k->measuring = true;
    double high = down(k, in, wide);
    k->measuring = false;
    lib.cairo_pdf_surface_set_size(k->surface, wide, high);
    return down(k, in, wide) > 0;
}
