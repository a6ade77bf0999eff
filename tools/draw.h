/* draw.h — the demonstration's pictures: a canvas, shapes, and the scenes made of them. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { DRAW_W = 800, DRAW_H = 600, DRAW_FINE = 2 }; /* pixels; each is the mean of FINE × FINE */

struct colour {
    uint8_t r, g, b;
};
struct point {
    double x, y; /* 0…800, 0…600, from the upper left */
};
struct canvas {
    struct colour *at; /* DRAW_W × FINE wide */
    uint32_t chance;   /* state of draw_chance() */
};

struct canvas *canvas_new(uint32_t seed);
void canvas_free(struct canvas *);
/* A number in [from, to), always the same ones for a seed. */
double draw_chance(struct canvas *, double from, double to);

/* alpha 0…1 */
void draw_rect(
    struct canvas *, double x, double y, double w, double h, struct colour, double alpha);
void draw_sky(struct canvas *, double y0, double y1, struct colour above, struct colour below);
void draw_oval(
    struct canvas *, double x, double y, double rx, double ry, struct colour, double alpha);
void draw_shape(struct canvas *, const struct point *, size_t n, struct colour, double alpha);
void draw_line(
    struct canvas *, double x0, double y0, double x1, double y1, double width, struct colour);
/* Every pixel a little lighter or darker, as a camera has it. */
void draw_grain(struct canvas *, int most);
struct colour colour_mix(struct colour, struct colour, double part);

/* What is seen at a place of that category (its four digits) before or after the work; variant 0, 1
 * … is another place of the kind. */
struct scene {
    const char *code;
    void (*draw)(struct canvas *, int variant, int after);
};
extern const struct scene draw_scenes[]; /* ends with {0} */
enum { DRAW_VARIANTS = 2 };

/* The canvas as a JPEG file in memory; the caller frees it. */
unsigned char *canvas_jpeg(const struct canvas *, unsigned long *n);
