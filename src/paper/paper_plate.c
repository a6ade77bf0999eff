/* paper_plate.c — 码牌 as stickers of 45 × 62 mm: one to a page, or sixteen to an A4 sheet. */
#include "paper/paper_lib.h"

#define WIDE (45 * MM)
#define HIGH (62 * MM)
#define SQUARE (33 * MM)
enum { HEADS = 3, EACH = 4, ACROSS = 4, DOWN = 4, LONG_NAME = 30 };

static size_t n_of(const struct paper_in *in)
{
    return in->n < HEADS ? 0 : (in->n - HEADS) / EACH;
}

/* The i-th sticker with its upper left corner at x, y. */
static bool sticker(const struct canvas *k, const struct paper_in *in, size_t i, double x, double y)
{
    const Str *f = &in->at[HEADS + EACH * i];
    double inner = WIDE - 12, at = y + 134;
    const char *font =
        f[0].len > LONG_NAME ? "Noto Sans CJK SC Bold 8" : "Noto Sans CJK SC Bold 10.5";
    dark(k);
    put(k, &(struct set){"Noto Sans CJK SC Bold 13", x, y + 4, WIDE, MIDDLE, 0, 1.15f}, in->at[1]);
    if (!qr(k, f[3], x + (WIDE - SQUARE) / 2, y + 24, SQUARE))
        return false;
    put(k, &(struct set){"Noto Sans Mono CJK SC Bold 11", x, y + 118, WIDE, MIDDLE, 0, 1.15f},
        f[2]);
    at += put(k, &(struct set){font, x + 6, at, inner, MIDDLE, 0, 1.15f}, f[0]);
    put(k, &(struct set){"Noto Sans CJK SC 7", x + 6, at, inner, MIDDLE, 0, 1.15f}, f[1]);
    put(k, &(struct set){"Noto Sans CJK SC 7", x + 6, y + HIGH - 13, inner, MIDDLE, 0, 1.15f},
        in->at[2]);
    return true;
}

bool plates_draw(struct canvas *k, const struct paper_in *in)
{
    for (size_t i = 0; i < n_of(in); i++) {
        lib.cairo_pdf_surface_set_size(k->surface, WIDE, HIGH);
        if (!sticker(k, in, i, 0, 0))
            return false;
        lib.cairo_show_page(k->c);
    }
    return n_of(in) > 0;
}

/* Where the scissors go. */
static void cut(const struct canvas *k, double x, double y)
{
    lib.cairo_set_source_rgb(k->c, 0.7, 0.7, 0.7);
    lib.cairo_set_line_width(k->c, 0.4);
    lib.cairo_rectangle(k->c, x, y, WIDE, HIGH);
    lib.cairo_stroke(k->c);
}

bool sheet_draw(struct canvas *k, const struct paper_in *in)
{
    double left = (A4_WIDE - ACROSS * WIDE) / 2, top = (A4_HIGH - DOWN * HIGH) / 2;
    size_t n = n_of(in), page = (size_t)ACROSS * DOWN;
    lib.cairo_pdf_surface_set_size(k->surface, A4_WIDE, A4_HIGH);
    for (size_t i = 0; i < n; i++) {
        size_t row = i % page / ACROSS, column = i % ACROSS;
        double x = left + WIDE * (double)column, y = top + HIGH * (double)row;
        cut(k, x, y);
        if (!sticker(k, in, i, x, y))
            return false;
        if (i % page == page - 1 || i == n - 1)
            lib.cairo_show_page(k->c);
    }
    return n > 0;
}
