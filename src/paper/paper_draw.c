/* paper_draw.c — 荣誉证书 on A4: Pango and Cairo through the names that are used, loaded by dlopen.
 * Lengths are points, 72 an inch. */
#include "paper/paper_child.h"

#include <dlfcn.h>
#include <errno.h>
#include <qrencode.h>
#include <stdio.h>
#include <unistd.h>

#define A4_WIDE 595.28
#define A4_HIGH 841.89
#define MARGIN 92.0
enum { LEFT, MIDDLE, RIGHT, PANGO_UNITS = 1024 };

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
    X(void, pango_layout_get_size, (void *, int *, int *))

#define FIELD(ret, name, args) ret(*name) args;
static struct library {
    LIBRARY(FIELD)
} lib;

static bool load(const char *library)
{
    void *so = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!so)
        return false;
#define LOOK_UP(ret, name, args)                                                                   \
    if (!(lib.name = (ret(*) args)dlsym(so, #name)))                                               \
        return false;
    LIBRARY(LOOK_UP)
    return true;
}

static int put_bytes(void *to, const unsigned char *at, unsigned n)
{
    (void)to;
    while (n) {
        ssize_t done = write(STDOUT_FILENO, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return 11; /* CAIRO_STATUS_WRITE_ERROR */
        at += done;
        n -= (unsigned)done;
    }
    return 0;
}

static void red(void *c)
{
    lib.cairo_set_source_rgb(c, 0.71, 0.07, 0.11);
}

static void dark(void *c)
{
    lib.cairo_set_source_rgb(c, 0.13, 0.13, 0.13);
}

/* A text set between x and x + wide; how high it became. */
struct set {
    const char *font;
    double x, y, wide;
    int align, indent;
};

static double put(void *c, const struct set *s, Str text)
{
    void *l = lib.pango_cairo_create_layout(c);
    void *context = lib.pango_layout_get_context(l);
    int w, h;
    lib.pango_cairo_context_set_resolution(context, 72.0);
    lib.pango_context_set_language(context, lib.pango_language_from_string("zh-cn"));
    lib.pango_layout_context_changed(l);
    lib.pango_layout_set_font_description(l, lib.pango_font_description_from_string(s->font));
    lib.pango_layout_set_width(l, (int)(s->wide * PANGO_UNITS));
    lib.pango_layout_set_wrap(l, 2); /* at words, else at characters */
    lib.pango_layout_set_alignment(l, s->align);
    lib.pango_layout_set_indent(l, s->indent * PANGO_UNITS);
    lib.pango_layout_set_line_spacing(l, 1.5f);
    lib.pango_layout_set_text(l, text.at, (int)text.len);
    lib.cairo_move_to(c, s->x, s->y);
    lib.pango_cairo_show_layout(c, l);
    lib.pango_layout_get_size(l, &w, &h);
    return (double)h / PANGO_UNITS;
}

static void frame(void *c, double inset, double line)
{
    lib.cairo_set_line_width(c, line);
    lib.cairo_rectangle(c, inset, inset, A4_WIDE - 2 * inset, A4_HIGH - 2 * inset);
    lib.cairo_stroke(c);
}

static void flag(void *c, double x, double y)
{
    dark(c);
    lib.cairo_rectangle(c, x, y, 3.5, 92);
    lib.cairo_fill(c);
    red(c);
    lib.cairo_move_to(c, x + 3.5, y + 3);
    lib.cairo_curve_to(c, x + 30, y - 9, x + 52, y + 16, x + 84, y + 3);
    lib.cairo_line_to(c, x + 84, y + 53);
    lib.cairo_curve_to(c, x + 52, y + 66, x + 30, y + 41, x + 3.5, y + 53);
    lib.cairo_close_path(c);
    lib.cairo_fill(c);
}

static bool qr(void *c, Str address, double x, double y, double wide)
{
    char z[512];
    if (address.len >= sizeof z)
        return false;
    memcpy(z, address.at, address.len);
    z[address.len] = 0;
    QRcode *code = QRcode_encodeString8bit(z, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    double one = wide / code->width;
    dark(c);
    for (int i = 0; i < code->width * code->width; i++)
        if (code->data[i] & 1)
            lib.cairo_rectangle(
                c, x + one * (i % code->width), y + one * (i / code->width), one, one);
    lib.cairo_fill(c);
    return true;
}

static bool sheet(void *c, const struct honour *h)
{
    double y = 268, wide = A4_WIDE - 2 * MARGIN;
    red(c);
    frame(c, 30, 5);
    frame(c, 39, 1);
    flag(c, A4_WIDE / 2 - 42, 88);
    red(c);
    put(c, &(struct set){"Noto Serif CJK SC Bold 44", 0, 186, A4_WIDE, MIDDLE, 0}, h->title);
    dark(c);
    y += 30;
    y += put(c, &(struct set){"Noto Serif CJK SC Bold 26", MARGIN, y, wide, LEFT, 0}, h->unit) + 18;
    put(c, &(struct set){"Noto Serif CJK SC 20", MARGIN, y, wide, LEFT, 40}, h->body);
    put(c, &(struct set){"Noto Serif CJK SC 16", MARGIN, 610, wide, RIGHT, 0}, h->giver);
    put(c, &(struct set){"Noto Serif CJK SC 16", MARGIN, 640, wide, RIGHT, 0}, h->day);
    if (!qr(c, h->address, MARGIN, 690, 72))
        return false;
    put(c, &(struct set){"Noto Sans CJK SC 9.5", MARGIN + 86, 696, wide - 86, LEFT, 0}, h->note);
    put(c, &(struct set){"Noto Sans CJK SC 9.5", MARGIN + 86, 728, wide - 86, LEFT, 0}, h->hash);
    return lib.cairo_status(c) == 0;
}

enum paper_end paper_draw(const char *library, const struct honour *h)
{
    if (!load(library))
        return PAPER_NO_LIBRARY;
    void *s = lib.cairo_pdf_surface_create_for_stream(put_bytes, NULL, A4_WIDE, A4_HIGH);
    char title[256];
    snprintf(title, sizeof title, "%.*s %.*s", (int)h->title.len, h->title.at, (int)h->unit.len,
        h->unit.at);
    lib.cairo_pdf_surface_set_metadata(s, 0, title);
    void *c = lib.cairo_create(s);
    bool fine = sheet(c, h);
    lib.cairo_destroy(c);
    lib.cairo_surface_finish(s);
    return fine && lib.cairo_surface_status(s) == 0 ? PAPER_OK : PAPER_FAILED;
}
