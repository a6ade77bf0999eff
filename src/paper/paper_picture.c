/* paper_picture.c — 回执图片: 1080 × 1440 points of a screen, to be kept or forwarded.  One point
 * of the drawing is one of the picture. */
#include "paper/paper_lib.h"

enum { HEAD = 1, CODE_LABEL, CODE, ALOUD, WHAT, LINES, NOTE, ADDRESS, N_FIELDS };

#define EDGE 72.0
#define SQUARE 400.0

static void ground(const struct canvas *k)
{
    lib.cairo_set_source_rgb(k->c, 1, 1, 1);
    lib.cairo_rectangle(k->c, 0, 0, PICTURE_WIDE, PICTURE_HIGH);
    lib.cairo_fill(k->c);
    red(k);
    lib.cairo_rectangle(k->c, 0, 0, PICTURE_WIDE, 14);
    lib.cairo_fill(k->c);
    dark(k);
}

bool picture_draw(struct canvas *k, const struct paper_in *in)
{
    double y = 60, wide = PICTURE_WIDE - 2 * EDGE;
    if (in->n != N_FIELDS)
        return false;
    ground(k);
    y += put(k, &(struct set){"Noto Sans CJK SC Bold 46", EDGE, y, wide, LEFT, 0, 1.2f},
             in->at[HEAD])
         + 30;
    y += put(
        k, &(struct set){"Noto Sans CJK SC 36", EDGE, y, wide, LEFT, 0, 1.2f}, in->at[CODE_LABEL]);
    y += put(k, &(struct set){"Noto Sans Mono CJK SC Bold 98", EDGE, y, wide, LEFT, 0, 1.2f},
        in->at[CODE]);
    y += put(k, &(struct set){"Noto Sans CJK SC 38", EDGE, y, wide, LEFT, 0, 1.25f}, in->at[ALOUD])
         + 30;
    y += put(k, &(struct set){"Noto Sans CJK SC Bold 48", EDGE, y, wide, LEFT, 0, 1.25f},
             in->at[WHAT])
         + 12;
    put(k, &(struct set){"Noto Sans CJK SC 38", EDGE, y, wide, LEFT, 0, 1.3f}, in->at[LINES]);
    put(k,
        &(struct set){"Noto Sans CJK SC 34", EDGE + SQUARE + 48, PICTURE_HIGH - EDGE - SQUARE,
            wide - SQUARE - 48, LEFT, 0, 1.35f},
        in->at[NOTE]);
    return qr(k, in->at[ADDRESS], EDGE, PICTURE_HIGH - EDGE - SQUARE, SQUARE);
}
