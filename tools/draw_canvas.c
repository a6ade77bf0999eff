/* draw_canvas.c — shapes on a canvas twice as fine as the picture. */
#include "draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

enum { W = DRAW_W * DRAW_FINE, H = DRAW_H * DRAW_FINE, QUALITY = 80 };

struct canvas *canvas_new(uint32_t seed)
{
    struct canvas *c = calloc(1, sizeof *c);
    if (c == NULL || (c->at = calloc((size_t)W * H, sizeof *c->at)) == NULL)
        abort();
    c->chance = seed * 2654435761u + 97;
    return c;
}

void canvas_free(struct canvas *c)
{
    free(c->at);
    free(c);
}

double draw_chance(struct canvas *c, double from, double to)
{
    c->chance ^= c->chance << 13;
    c->chance ^= c->chance >> 17;
    c->chance ^= c->chance << 5;
    return from + (to - from) * (c->chance >> 8) / (double)(1 << 24);
}

struct colour colour_mix(struct colour a, struct colour b, double part)
{
    return (struct colour){(uint8_t)(a.r + (b.r - a.r) * part), (uint8_t)(a.g + (b.g - a.g) * part),
        (uint8_t)(a.b + (b.b - a.b) * part)};
}

static void dot(struct canvas *c, int x, int y, struct colour with, double alpha)
{
    if (x >= 0 && x < W && y >= 0 && y < H)
        c->at[y * W + x] = colour_mix(c->at[y * W + x], with, alpha);
}

static int fine(double v)
{
    return (int)floor(v * DRAW_FINE + 0.5);
}

void draw_rect(
    struct canvas *c, double x, double y, double w, double h, struct colour with, double alpha)
{
    for (int j = fine(y); j < fine(y + h); j++)
        for (int i = fine(x); i < fine(x + w); i++)
            dot(c, i, j, with, alpha);
}

void draw_sky(struct canvas *c, double y0, double y1, struct colour above, struct colour below)
{
    for (int j = fine(y0); j < fine(y1); j++)
        for (int i = 0; i < W; i++)
            dot(c, i, j, colour_mix(above, below, (j - fine(y0)) / (double)(fine(y1) - fine(y0))),
                1);
}

void draw_oval(
    struct canvas *c, double x, double y, double rx, double ry, struct colour with, double alpha)
{
    for (int j = fine(y - ry); j <= fine(y + ry); j++)
        for (int i = fine(x - rx); i <= fine(x + rx); i++) {
            double dx = (i / (double)DRAW_FINE - x) / rx, dy = (j / (double)DRAW_FINE - y) / ry;
            if (dx * dx + dy * dy <= 1)
                dot(c, i, j, with, alpha);
        }
}

/* Even-odd, one line of the canvas after the other. */
void draw_shape(struct canvas *c, const struct point *p, size_t n, struct colour with, double alpha)
{
    for (int j = 0; j < H; j++) {
        double y = (j + 0.5) / DRAW_FINE, cut[32];
        size_t cuts = 0;
        for (size_t i = 0; i < n && cuts < 32; i++) {
            const struct point *a = &p[i], *b = &p[(i + 1) % n];
            if ((a->y <= y) != (b->y <= y))
                cut[cuts++] = a->x + (y - a->y) / (b->y - a->y) * (b->x - a->x);
        }
        for (size_t i = 1; i < cuts; i++)
            for (size_t k = i; k > 0 && cut[k] < cut[k - 1]; k--) {
                double t = cut[k];
                cut[k] = cut[k - 1];
                cut[k - 1] = t;
            }
        for (size_t i = 0; i + 1 < cuts; i += 2)
            for (int x = fine(cut[i]); x < fine(cut[i + 1]); x++)
                dot(c, x, j, with, alpha);
    }
}

void draw_line(
    struct canvas *c, double x0, double y0, double x1, double y1, double width, struct colour with)
{
    double dx = x1 - x0, dy = y1 - y0, len = sqrt(dx * dx + dy * dy), nx = -dy / len * width / 2,
           ny = dx / len * width / 2;
    draw_shape(c,
        (struct point[]){
            {x0 + nx, y0 + ny},
            {x1 + nx, y1 + ny},
            {x1 - nx, y1 - ny},
            {x0 - nx, y0 - ny}
    },
        4, with, 1);
}

static uint8_t lighter(uint8_t v, int by)
{
    int sum = v + by;
    return (uint8_t)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
}

void draw_grain(struct canvas *c, int most)
{
    for (int i = 0; i < W * H; i++) {
        int by = (int)draw_chance(c, -most, most + 1);
        c->at[i] = (struct colour){
            lighter(c->at[i].r, by), lighter(c->at[i].g, by), lighter(c->at[i].b, by)};
    }
}

unsigned char *canvas_jpeg(const struct canvas *c, unsigned long *n)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *at = NULL, line[DRAW_W * 3];
    JSAMPROW row = line;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    *n = 0;
    jpeg_mem_dest(&jpeg, &at, n);
    jpeg.image_width = DRAW_W;
    jpeg.image_height = DRAW_H;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, QUALITY, TRUE);
    jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < DRAW_H; y++) {
        for (int x = 0; x < DRAW_W; x++) {
            int sum[3] = {0};
            for (int k = 0; k < DRAW_FINE * DRAW_FINE; k++) {
                const struct colour *p =
                    &c->at[(y * DRAW_FINE + k / DRAW_FINE) * W + x * DRAW_FINE + k % DRAW_FINE];
                sum[0] += p->r;
                sum[1] += p->g;
                sum[2] += p->b;
            }
            for (int k = 0; k < 3; k++)
                line[3 * x + k] = (unsigned char)(sum[k] / (DRAW_FINE * DRAW_FINE));
        }
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return at;
}
