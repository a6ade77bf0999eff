/* paper_honour.c — 荣誉证书 on A4. */
#include "paper/paper_lib.h"

#define MARGIN 92.0

static void frame(const struct canvas *k, double inset, double line)
{
    lib.cairo_set_line_width(k->c, line);
    lib.cairo_rectangle(k->c, inset, inset, A4_WIDE - 2 * inset, A4_HIGH - 2 * inset);
    lib.cairo_stroke(k->c);
}

static void flag(const struct canvas *k, double x, double y)
{
    dark(k);
    lib.cairo_rectangle(k->c, x, y, 3.5, 92);
    lib.cairo_fill(k->c);
    red(k);
    lib.cairo_move_to(k->c, x + 3.5, y + 3);
    lib.cairo_curve_to(k->c, x + 30, y - 9, x + 52, y + 16, x + 84, y + 3);
    lib.cairo_line_to(k->c, x + 84, y + 53);
    lib.cairo_curve_to(k->c, x + 52, y + 66, x + 30, y + 41, x + 3.5, y + 53);
    lib.cairo_close_path(k->c);
    lib.cairo_fill(k->c);
}

static bool certificate(const struct canvas *k, const struct honour *h)
{
    double y = 268, wide = A4_WIDE - 2 * MARGIN;
    red(k);
    frame(k, 30, 5);
    frame(k, 39, 1);
    flag(k, A4_WIDE / 2 - 42, 88);
    red(k);
    put(k, &(struct set){"Noto Serif CJK SC Bold 44", 0, 186, A4_WIDE, MIDDLE, 0, 0}, h->title);
    dark(k);
    y += 30;
    y += put(k, &(struct set){"Noto Serif CJK SC Bold 26", MARGIN, y, wide, LEFT, 0, 0}, h->unit)
         + 18;
    put(k, &(struct set){"Noto Serif CJK SC 20", MARGIN, y, wide, LEFT, 40, 0}, h->body);
    put(k, &(struct set){"Noto Serif CJK SC 16", MARGIN, 610, wide, RIGHT, 0, 0}, h->giver);
    put(k, &(struct set){"Noto Serif CJK SC 16", MARGIN, 640, wide, RIGHT, 0, 0}, h->day);
    if (!qr(k, h->address, MARGIN, 690, 72))
        return false;
    put(k, &(struct set){"Noto Sans CJK SC 9.5", MARGIN + 86, 696, wide - 86, LEFT, 0, 0}, h->note);
    put(k, &(struct set){"Noto Sans CJK SC 9.5", MARGIN + 86, 728, wide - 86, LEFT, 0, 0}, h->hash);
    return lib.cairo_status(k->c) == 0;
}

bool honour_draw(struct canvas *k, const struct paper_in *in)
{
    const Str *f = in->at + 1;
    const struct honour h = {f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]};
    if (in->n != 9)
        return false;
    lib.cairo_pdf_surface_set_size(k->surface, A4_WIDE, A4_HIGH);
    return certificate(k, &h);
}
