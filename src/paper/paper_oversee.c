/* paper_oversee.c — 督办单 on A4, as GB/T 9704 sets a page: head in red, number, whom it is sent
 * to, a table of the matters, what is required, room for the reply, who gives it. */
#include "paper/paper_lib.h"

enum { HEAD = 1, NUMBER, TO, BODY, FOOT, REPLY, GIVER, DAY, NOTE, ADDRESS, ROWS };
enum { COLUMNS = 5 };
#define LEFT_EDGE (28 * MM)
#define WIDE (156 * MM)
#define BOTTOM (A4_HIGH - 35 * MM)
#define TOP (37 * MM)
static const double widths[COLUMNS] = {28 * MM, 44 * MM, 46 * MM, 24 * MM, 14 * MM};

static void rule(const struct canvas *k, double y, double line)
{
    lib.cairo_set_line_width(k->c, line);
    lib.cairo_move_to(k->c, LEFT_EDGE, y);
    lib.cairo_line_to(k->c, LEFT_EDGE + WIDE, y);
    lib.cairo_stroke(k->c);
}

static double cell(const struct canvas *k, Str text, double x, double y, double wide, bool bold)
{
    const char *font = bold ? "Noto Sans CJK SC Bold 9.5" : "Noto Serif CJK SC 9.5";
    return put(k, &(struct set){font, x + 3, y + 4, wide - 6, LEFT, 0, 1.25f}, text) + 8;
}

/* One row of the table; how high it is. */
static double row(struct canvas *k, const Str *at, double y, bool bold)
{
    double high = 0, x = LEFT_EDGE;
    for (int i = 0; i < COLUMNS; i++, x += widths[i - 1]) {
        double h = cell(k, at[i], x, y, widths[i], bold);
        high = h > high ? h : high;
    }
    return high;
}

static double rows(struct canvas *k, const struct paper_in *in, double y)
{
    rule(k, y, 0.7);
    for (size_t i = ROWS; i + COLUMNS <= in->n; i += COLUMNS) {
        k->measuring = true;
        double high = row(k, &in->at[i], y, i == ROWS);
        k->measuring = false;
        if (y + high > BOTTOM) {
            lib.cairo_show_page(k->c);
            y = TOP;
            rule(k, y, 0.7);
        }
        row(k, &in->at[i], y, i == ROWS);
        y += high;
        rule(k, y, i == ROWS ? 0.7 : 0.35);
    }
    return y;
}

bool oversee_draw(struct canvas *k, const struct paper_in *in)
{
    double y = TOP;
    if (in->n < ROWS + COLUMNS || (in->n - ROWS) % COLUMNS)
        return false;
    red(k);
    y += put(k, &(struct set){"Noto Serif CJK SC Bold 30", LEFT_EDGE, y, WIDE, MIDDLE, 0, 1.2f},
             in->at[HEAD])
         + 18;
    dark(k);
    y += put(k, &(struct set){"Noto Serif CJK SC 14", LEFT_EDGE, y, WIDE, MIDDLE, 0, 1.2f},
             in->at[NUMBER])
         + 6;
    red(k);
    rule(k, y, 1.4);
    dark(k);
    y += 18;
    y +=
        put(k, &(struct set){"Noto Serif CJK SC 14", LEFT_EDGE, y, WIDE, LEFT, 0, 1.3f}, in->at[TO])
        + 4;
    y += put(k, &(struct set){"Noto Serif CJK SC 14", LEFT_EDGE, y, WIDE, LEFT, 28, 1.3f},
             in->at[BODY])
         + 10;
    y = rows(k, in, y) + 10;
    if (y + 190 > BOTTOM) {
        lib.cairo_show_page(k->c);
        y = TOP;
    }
    y += put(k, &(struct set){"Noto Serif CJK SC 14", LEFT_EDGE, y, WIDE, LEFT, 28, 1.3f},
             in->at[FOOT])
         + 8;
    lib.cairo_set_line_width(k->c, 0.5);
    lib.cairo_rectangle(k->c, LEFT_EDGE, y, WIDE, 76);
    lib.cairo_stroke(k->c);
    put(k, &(struct set){"Noto Serif CJK SC 11", LEFT_EDGE + 6, y + 4, WIDE - 12, LEFT, 0, 1.25f},
        in->at[REPLY]);
    y += 92;
    y += put(k, &(struct set){"Noto Serif CJK SC 14", LEFT_EDGE, y, WIDE - 56, RIGHT, 0, 1.2f},
        in->at[GIVER]);
    y += put(k, &(struct set){"Noto Serif CJK SC 14", LEFT_EDGE, y, WIDE - 56, RIGHT, 0, 1.2f},
             in->at[DAY])
         + 4;
    if (!qr(k, in->at[ADDRESS], LEFT_EDGE, y - 40, 48))
        return false;
    put(k, &(struct set){"Noto Sans CJK SC 8.5", LEFT_EDGE, y + 12, WIDE / 2, LEFT, 0, 1.25f},
        in->at[NOTE]);
    return true;
}
