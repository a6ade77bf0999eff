/* paper_lib.h — Pango and Cairo through the names that are used, loaded by dlopen; what every paper
 * is drawn with.  Lengths are points, 72 an inch. */
#pragma once
#include "paper/paper_child.h"

#define A4_WIDE 595.28
#define A4_HIGH 841.89
#define MM (72.0 / 25.4)
#define PICTURE_WIDE 1080
#define PICTURE_HIGH 1440

/* What is used of the two libraries, by their own signatures. */
#define LIBRARY(X)                                                                                 \
    X(void *, cairo_pdf_surface_create_for_stream,                                                 \
        (int (*)(void *, const unsigned char *, unsigned), void *, double, double))                \
    X(void, cairo_pdf_surface_set_metadata, (void *, int, const char *))                           \
    X(void *, cairo_create, (void *))                                                              \
    X(int, cairo_status, (void *))                                                                 \
    X(int, cairo_surface_status, (void *))                                                         \
    X(void, cairo_surface_finish, (void *))                                                        \
    X(void, cairo_destroy, (void *))                                                               \
    X(void, cairo_set_source_rgb, (void *, double, double, double))                                \
    X(void, cairo_set_line_width, (void *, double))                                                \
    X(void, cairo_rectangle, (void *, double, double, double, double))                             \
    X(void, cairo_move_to, (void *, double, double))                                               \
    X(void, cairo_line_to, (void *, double, double))                                               \
    X(void, cairo_curve_to, (void *, double, double, double, double, double, double))              \
    X(void, cairo_close_path, (void *))                                                            \
    X(void, cairo_fill, (void *))                                                                  \
    X(void, cairo_stroke, (void *))                                                                \
    X(void *, pango_cairo_create_layout, (void *))                                                 \
    X(void, pango_cairo_context_set_resolution, (void *, double))                                  \
    X(void, pango_cairo_show_layout, (void *, void *))                                             \
    X(void *, pango_layout_get_context, (void *))                                                  \
    X(void, pango_layout_context_changed, (void *))                                                \
    X(void *, pango_language_from_string, (const char *))                                          \
    X(void, pango_context_set_language, (void *, void *))                                          \
    X(void *, pango_font_description_from_string, (const char *))                                  \
    X(void, pango_layout_set_font_description, (void *, const void *))                             \
    X(void, pango_layout_set_text, (void *, const char *, int))                                    \
    X(void, pango_layout_set_width, (void *, int))                                                 \
    X(void, pango_layout_set_indent, (void *, int))                                                \
    X(void, pango_layout_set_line_spacing, (void *, float))                                        \
    X(void, pango_layout_set_wrap, (void *, int))                                                  \
    X(void, pango_layout_set_alignment, (void *, int))                                             \
    X(void, pango_layout_get_size, (void *, int *, int *))                                         \
    X(void, cairo_pdf_surface_set_size, (void *, double, double))                                  \
    X(void, cairo_show_page, (void *))                                                             \
    X(void *, cairo_image_surface_create, (int, int, int))                                         \
    X(int, cairo_surface_write_to_png_stream,                                                      \
        (void *, int (*)(void *, const unsigned char *, unsigned), void *))

#define PAPER_MEMBER(ret, name, args) ret(*name) args;
struct paper_lib {
    LIBRARY(PAPER_MEMBER)
};
extern struct paper_lib lib;

/* A drawing: a page at a time. */
struct canvas {
    void *surface, *c;
    bool measuring; /* nothing is drawn: how high it will be */
};

enum { LEFT, MIDDLE, RIGHT };
/* A text set between x and x + wide; how high it became. */
struct set {
    const char *font;
    double x, y, wide;
    int align, indent;
    float line; /* its pitch in heights of the font; 0: 1.5 */
};
double put(const struct canvas *, const struct set *, Str text);
void red(const struct canvas *);
void dark(const struct canvas *);
/* The address as a square of that width.  False: too long. */
bool qr(const struct canvas *, Str address, double x, double y, double wide);

/* The papers: a page's size and what stands on it.  False: the input is not theirs. */
bool honour_draw(struct canvas *, const struct paper_in *);
bool plates_draw(struct canvas *, const struct paper_in *);
bool sheet_draw(struct canvas *, const struct paper_in *);
bool slip_draw(struct canvas *, const struct paper_in *);
bool picture_draw(struct canvas *, const struct paper_in *);
bool oversee_draw(struct canvas *, const struct paper_in *);
