/* paper_draw.c — loads the library, makes the PDF, and draws the paper that was asked for. */
#include "paper/paper_lib.h"

#include <dlfcn.h>
#include <errno.h>
#include <qrencode.h>
#include <unistd.h>

enum { PANGO_UNITS = 1024, CAIRO_RGB24 = 1 };
struct paper_lib lib;

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

void red(const struct canvas *k)
{
    lib.cairo_set_source_rgb(k->c, 0.71, 0.07, 0.11);
}

void dark(const struct canvas *k)
{
    lib.cairo_set_source_rgb(k->c, 0.13, 0.13, 0.13);
}

double put(const struct canvas *k, const struct set *s, Str text)
{
    void *l = lib.pango_cairo_create_layout(k->c);
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
    lib.pango_layout_set_line_spacing(l, s->line > 0 ? s->line : 1.5f);
    lib.pango_layout_set_text(l, text.at, (int)text.len);
    lib.cairo_move_to(k->c, s->x, s->y);
    if (!k->measuring)
        lib.pango_cairo_show_layout(k->c, l);
    lib.pango_layout_get_size(l, &w, &h);
    return (double)h / PANGO_UNITS;
}

bool qr(const struct canvas *k, Str address, double x, double y, double wide)
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
    dark(k);
    for (int i = 0; i < code->width * code->width; i++) {
        int row = i / code->width, column = i % code->width;
        if (code->data[i] & 1)
            lib.cairo_rectangle(k->c, x + one * column, y + one * row, one, one);
    }
    lib.cairo_fill(k->c);
    QRcode_free(code);
    return true;
}

static const struct {
    const char *kind;
    bool (*draw)(struct canvas *, const struct paper_in *);
} papers[] = {
    {"honour",  honour_draw },
    {"plates",  plates_draw },
    {"sheet",   sheet_draw  },
    {"slip58",  slip_draw   },
    {"slip80",  slip_draw   },
    {"oversee", oversee_draw},
    {"picture", picture_draw},
};

enum paper_end paper_draw(const char *library, const struct paper_in *in)
{
    struct canvas k = {0};
    bool fine = false;
    if (!load(library))
        return PAPER_NO_LIBRARY;
    bool picture = str_eq(in->at[0], S("picture")); /* PNG; all else is PDF */
    k.surface = picture
                    ? lib.cairo_image_surface_create(CAIRO_RGB24, PICTURE_WIDE, PICTURE_HIGH)
                    : lib.cairo_pdf_surface_create_for_stream(put_bytes, NULL, A4_WIDE, A4_HIGH);
    if (in->n > 1 && !picture)
        lib.cairo_pdf_surface_set_metadata(k.surface, 0, in->at[1].at); /* NUL behind it */
    k.c = lib.cairo_create(k.surface);
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if (str_eq(in->at[0], str(papers[i].kind)))
            fine = papers[i].draw(&k, in) && lib.cairo_status(k.c) == 0;
    lib.cairo_destroy(k.c);
    if (picture)
        fine &= lib.cairo_surface_write_to_png_stream(k.surface, put_bytes, NULL) == 0;
    lib.cairo_surface_finish(k.surface);
    return fine && lib.cairo_surface_status(k.surface) == 0 ? PAPER_OK : PAPER_FAILED;
}
