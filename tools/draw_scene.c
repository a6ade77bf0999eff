/* draw_scene.c — 整改前后: a village street, a yard, a river bank, as they were found and as they
 * were left.  Plainly drawn, so that nobody takes them for photographs of a real place. */
#include "draw.h"

#include <math.h>

static const struct colour SKY = {150, 190, 225}, HAZE = {222, 232, 238}, DUSK = {38, 44, 74},
                           GLOW = {196, 128, 110}, CONCRETE = {178, 176, 170},
                           GRASS = {124, 156, 84}, LEAF = {72, 116, 62}, EARTH = {150, 116, 82},
                           BRICK = {166, 88, 70}, WALL = {226, 221, 208}, ROOF = {120, 74, 64},
                           WATER = {112, 148, 160}, WOOD = {134, 96, 60}, BLACK = {40, 40, 42},
                           WHITE = {245, 245, 242}, RED = {196, 60, 52}, BLUE = {64, 104, 168},
                           GREEN = {56, 134, 82}, YELLOW = {226, 184, 70}, GREY = {120, 122, 124};

static void tree(struct canvas *c, double x, double y, double size)
{
    draw_rect(c, x - size * 0.06, y - size, size * 0.12, size, WOOD, 1);
    for (int i = 0; i < 9; i++)
        draw_oval(c, x + draw_chance(c, -0.4, 0.4) * size, y - size * draw_chance(c, 0.8, 1.5),
            size * 0.3, size * 0.26, colour_mix(LEAF, GRASS, draw_chance(c, 0, 0.7)), 1);
}

static void house(struct canvas *c, double x, double y, double w, double h)
{
    draw_rect(c, x, y - h, w, h, WALL, 1);
    draw_rect(c, x, y - h * 0.22, w, h * 0.22, BRICK, 1);
    draw_shape(c,
        (struct point[]){
            {x - 14,      y - h       },
            {x + w * 0.1, y - h * 1.42},
            {x + w * 0.9, y - h * 1.42},
            {x + w + 14,  y - h       }
    },
        4, ROOF, 1);
    for (double k = 0; k < 1; k += 0.08)
        draw_line(c, x + w * (0.1 + 0.8 * k), y - h * 1.42, x - 14 + (w + 28) * k, y - h, 1.4,
            colour_mix(ROOF, BLACK, 0.35));
    draw_rect(c, x + w * 0.42, y - h * 0.72, w * 0.18, h * 0.72, colour_mix(WOOD, BLACK, 0.25), 1);
    for (int i = 0; i < 2; i++) {
        double at = x + w * (i ? 0.72 : 0.12);
        draw_rect(c, at, y - h * 0.72, w * 0.18, h * 0.3, WHITE, 1);
        draw_rect(
            c, at + 3, y - h * 0.72 + 3, w * 0.18 - 6, h * 0.3 - 6, colour_mix(BLUE, HAZE, 0.5), 1);
    }
}

/* Sky, trees, two or three houses, grass, and a road that comes towards us. */
static void street(struct canvas *c, int variant, int dusk)
{
    draw_sky(c, 0, 300, dusk ? DUSK : SKY, dusk ? GLOW : HAZE);
    for (int i = 0; i < 9; i++)
        tree(c, i * 100 + draw_chance(c, -30, 30), 300, draw_chance(c, 60, 110));
    draw_rect(c, 0, 290, 800, 310, GRASS, 1);
    if (variant % 2) {
        house(c, 20, 340, 190, 110);
        house(c, 590, 350, 200, 120);
    } else {
        house(c, 30, 345, 240, 125);
        house(c, 560, 335, 170, 100);
    }
    draw_shape(c,
        (struct point[]){
            {350, 300},
            {450, 300},
            {760, 600},
            {40,  600}
    },
        4, CONCRETE, 1);
    for (double y = 310; y < 600; y *= 1.16)
        draw_line(c, 400 - (y - 240) * 1.12, y, 400 + (y - 240) * 1.12, y, 1.2,
            colour_mix(CONCRETE, GREY, 0.5));
    if (dusk)
        draw_rect(c, 0, 0, 800, 600, DUSK, 0.45);
}

static void bag(struct canvas *c, double x, double y, double size)
{
    static const struct colour *const of[] = {&BLACK, &WHITE, &RED, &BLUE, &GREEN, &YELLOW, &GREY};
    struct colour k = *of[(int)draw_chance(c, 0, 7)];
    draw_oval(c, x, y, size, size * 0.75, colour_mix(k, BLACK, 0.25), 1);
    draw_oval(c, x - size * 0.1, y - size * 0.12, size * 0.8, size * 0.55, k, 1);
    draw_shape(c,
        (struct point[]){
            {x - size * 0.2,  y - size * 0.6},
            {x,               y - size * 1.1},
            {x + size * 0.25, y - size * 0.6}
    },
        3, k, 1);
}

static void heap_of_bags(struct canvas *c, double x, double y, double w, int n)
{
    draw_oval(c, x, y + 14, w * 0.62, 22, BLACK, 0.25);
    for (int i = 0; i < n; i++) {
        double up = 1 - i / (double)n;
        bag(c, x + draw_chance(c, -w / 2, w / 2) * (1 - up * 0.6), y - up * w * 0.4,
            draw_chance(c, 12, 24));
    }
}

static void earth_heap(struct canvas *c, double x, double y, double w, double h, struct colour of)
{
    draw_shape(c,
        (struct point[]){
            {x - w / 2,    y           },
            {x - w * 0.28, y - h * 0.62},
            {x - w * 0.05, y - h       },
            {x + w * 0.22, y - h * 0.7 },
            {x + w / 2,    y           }
    },
        5, of, 1);
    for (int i = 0; i < 60; i++) {
        double k = draw_chance(c, -0.45, 0.45), up = draw_chance(c, 0, 1) * (1 - fabs(k) * 2);
        draw_oval(c, x + w * k, y - h * up * 0.9, draw_chance(c, 2, 8), draw_chance(c, 2, 5),
            colour_mix(of, i % 3 ? BLACK : BRICK, draw_chance(c, 0.1, 0.5)), 1);
    }
}

static void bin(struct canvas *c, double x, double y, struct colour k, int open)
{
    draw_shape(c,
        (struct point[]){
            {x,      y - 90},
            {x + 62, y - 90},
            {x + 56, y     },
            {x + 6,  y     }
    },
        4, k, 1);
    draw_rect(c, x - 3, y - (open ? 128 : 100), 68, open ? 40 : 12, colour_mix(k, BLACK, 0.3), 1);
    draw_oval(c, x + 14, y, 8, 8, BLACK, 1);
    draw_oval(c, x + 48, y, 8, 8, BLACK, 1);
    draw_oval(c, x + 31, y - 48, 12, 12, WHITE, 0.8);
}

static void flowers(struct canvas *c, double x, double y, double w)
{
    draw_rect(c, x, y - 8, w, 16, colour_mix(LEAF, BLACK, 0.1), 1);
    for (int i = 0; i < w / 6; i++)
        draw_oval(c, x + draw_chance(c, 4, w - 4), y - draw_chance(c, 4, 18), 5, 5,
            i % 3 == 0   ? RED
            : i % 3 == 1 ? YELLOW
                         : WHITE,
            1);
}

static void rubbish(struct canvas *c, int variant, int after)
{
    street(c, variant, 0);
    double x = variant ? 640 : 190;
    if (after)
        flowers(c, x - 110, 470, 220);
    else
        heap_of_bags(c, x, 480, 230, 46);
}

static void debris(struct canvas *c, int variant, int after)
{
    street(c, variant, 0);
    if (after)
        tree(c, variant ? 660 : 160, 480, 120);
    else
        earth_heap(c, variant ? 640 : 180, 500, 300, 130, colour_mix(GREY, EARTH, 0.4));
}

static void dirty_road(struct canvas *c, int variant, int after)
{
    street(c, variant, 0);
    for (int i = 0; !after && i < 150; i++) {
        double y = draw_chance(c, 320, 595), half = (y - 240) * 1.0,
               x = 400 + draw_chance(c, -half, half);
        draw_oval(c, x, y, (y - 250) * 0.03, (y - 250) * 0.014,
            i % 4 == 0   ? WHITE
            : i % 4 == 1 ? YELLOW
                         : colour_mix(EARTH, LEAF, draw_chance(c, 0, 1)),
            1);
    }
    for (double y = 330; after && y < 590; y *= 1.14)
        draw_shape(c,
            (struct point[]){
                {398, y       },
                {402, y       },
                {404, y * 1.07},
                {396, y * 1.07}
        },
            4, WHITE, 1);
}

static void broken_road(struct canvas *c, int variant, int after)
{
    street(c, variant, 0);
    for (int i = 0; i < 4; i++) {
        double y = 380 + i * 52, x = 400 + (i % 2 ? 1 : -1) * (variant ? 40 + i * 22 : 20 + i * 30),
               w = y * 0.16;
        if (after) {
            draw_shape(c,
                (struct point[]){
                    {x - w,        y - w * 0.3 },
                    {x + w,        y - w * 0.3 },
                    {x + w * 1.15, y + w * 0.35},
                    {x - w * 1.15, y + w * 0.35}
            },
                4, colour_mix(GREY, BLACK, 0.35), 1);
            continue;
        }
        draw_oval(c, x, y, w, w * 0.34, colour_mix(EARTH, GREY, 0.5), 1);
        draw_oval(c, x + 4, y + 3, w * 0.8, w * 0.25, colour_mix(EARTH, BLACK, 0.5), 1);
        draw_oval(c, x - 6, y + 5, w * 0.5, w * 0.12, WATER, 0.8);
        for (int k = 0; k < 12; k++)
            draw_oval(c, x + draw_chance(c, -1.4, 1.4) * w, y + draw_chance(c, -0.5, 0.5) * w, 3, 2,
                GREY, 1);
    }
}

static void ditch(struct canvas *c, int variant, int after)
{
    street(c, variant, 0);
    draw_shape(c,
        (struct point[]){
            {300, 330},
            {330, 330},
            {200, 600},
            {-60, 600}
    },
        4, GREY, 1);
    draw_shape(c,
        (struct point[]){
            {306, 334},
            {324, 334},
            {160, 600},
            {-20, 600}
    },
        4, after ? WATER : colour_mix(EARTH, LEAF, 0.5), 1);
    for (int i = 0; !after && i < 26; i++) {
        double y = draw_chance(c, 380, 590);
        bag(c, 315 - (y - 330) * 0.85 + draw_chance(c, -0.25, 0.25) * (y - 300), y,
            (y - 300) * 0.06);
    }
    for (int i = 0; after && i < 14; i++) {
        double y = 350 + i * 18;
        draw_oval(c, 315 - (y - 330) * 0.86, y, (y - 320) * 0.16, 1.6, WHITE, 0.5);
    }
}

static void lamp(struct canvas *c, int variant, int after)
{
    street(c, variant, 1);
    for (int i = 0; i < 2; i++) {
        double x = i ? 300 : (variant ? 640 : 600), y = i ? 380 : 520, h = i ? 170 : 380;
        draw_line(c, x, y, x, y - h, i ? 5 : 10, GREY);
        draw_line(c, x, y - h, x + (i ? 34 : -74), y - h - 12, i ? 4 : 8, GREY);
        double lx = x + (i ? 34 : -74), ly = y - h - 8;
        for (int k = 12; after && k > 0; k--)
            draw_oval(c, lx, ly + k * 3, (i ? 7 : 15) * k, (i ? 6 : 13) * k,
                (struct colour){255, 226, 150}, 0.07);
        draw_oval(
            c, lx, ly, i ? 9 : 18, i ? 5 : 9, after ? (struct colour){255, 246, 214} : BLACK, 1);
    }
}

static void three_heaps(struct canvas *c, int variant, int after)
{
    draw_sky(c, 0, 260, SKY, HAZE);
    draw_rect(c, 0, 250, 800, 350, colour_mix(CONCRETE, EARTH, 0.25), 1);
    house(c, 90, 420, 620, 230);
    if (after) {
        for (int i = 0; i < 6; i++)
            flowers(c, 110 + i * 105, 470, 60);
        return;
    }
    for (int row = 0; row < 6; row++)
        for (int i = 0; i < 9 - row; i++)
            draw_oval(c, (variant ? 560 : 120) + i * 24 + row * 12, 520 - row * 21, 12, 11,
                colour_mix(WOOD, YELLOW, draw_chance(c, 0, 0.4)), 1);
    earth_heap(c, variant ? 180 : 470, 540, 240, 110, EARTH);
    earth_heap(c, variant ? 400 : 680, 560, 210, 120, colour_mix(YELLOW, EARTH, 0.4));
}

static void bins(struct canvas *c, int variant, int after)
{
    static const struct colour *const of[] = {&GREEN, &BLUE, &RED, &GREY};
    street(c, variant, 0);
    double x = variant ? 430 : 90;
    draw_rect(c, x - 20, 470, 330, 26, CONCRETE, 1);
    for (int i = 0; i < 4; i++)
        bin(c, x + i * 78, 480, *of[i], !after);
    for (int i = 0; !after && i < 4; i++)
        heap_of_bags(c, x + 30 + i * 78, 396, 56, 6);
    if (!after)
        heap_of_bags(c, x + 160, 540, 330, 34);
}

static void bare_soil(struct canvas *c, int variant, int after)
{
    draw_sky(c, 0, 260, SKY, after ? HAZE : colour_mix(HAZE, EARTH, 0.4));
    for (int i = 0; i < 9; i++)
        tree(c, i * 100 + draw_chance(c, -30, 30), 270, draw_chance(c, 50, 90));
    draw_rect(c, 0, 260, 800, 340, EARTH, 1);
    earth_heap(
        c, variant ? 300 : 500, 470, 520, 170, after ? GREEN : colour_mix(EARTH, YELLOW, 0.2));
    for (int i = 0; i < 120; i++)
        draw_oval(c, draw_chance(c, 0, 800), draw_chance(c, 300, 600), draw_chance(c, 3, 18), 3,
            colour_mix(EARTH, BLACK, 0.25), 0.6);
    if (after) {
        draw_rect(c, 0, 300, 800, 300, GREEN, 0.75);
        for (int i = -40; i < 80; i++) {
            draw_line(c, i * 20, 300, i * 20 + 160, 600, 1, colour_mix(GREEN, BLACK, 0.3));
            draw_line(c, i * 20 + 160, 300, i * 20, 600, 1, colour_mix(GREEN, BLACK, 0.3));
        }
    } else {
        for (int i = 0; i < 14; i++)
            draw_oval(c, draw_chance(c, 0, 800), draw_chance(c, 200, 400), draw_chance(c, 60, 160),
                30, colour_mix(YELLOW, HAZE, 0.6), 0.25);
    }
}

static void posters(struct canvas *c, int variant, int after)
{
    draw_sky(c, 0, 120, SKY, HAZE);
    draw_rect(c, 0, 110, 800, 380, WALL, 1);
    draw_rect(c, 0, 400, 800, 90, BRICK, 1);
    draw_rect(c, 0, 488, 800, 112, CONCRETE, 1);
    draw_rect(c, variant ? 70 : 560, 200, 150, 288, colour_mix(WOOD, BLACK, 0.2), 1);
    for (int i = 0; !after && i < 34; i++) {
        static const struct colour *const of[] = {&WHITE, &YELLOW, &RED, &BLUE};
        double x = draw_chance(c, variant ? 240 : 20, variant ? 740 : 500),
               y = draw_chance(c, 140, 350), w = draw_chance(c, 26, 60), h = draw_chance(c, 34, 78);
        draw_rect(c, x, y, w, h, *of[i % 4], 1);
        for (double k = 0.2; k < 0.9; k += 0.16)
            draw_rect(c, x + 5, y + h * k, w * (k < 0.3 ? 0.8 : 0.65), 3, BLACK, 0.7);
    }
    if (after)
        flowers(c, variant ? 250 : 30, 486, 500);
}

static void stall(struct canvas *c, int variant, int after)
{
    street(c, variant, 0);
    if (after)
        return;
    double x = variant ? 470 : 130;
    draw_line(c, x + 110, 520, x + 110, 330, 6, GREY);
    draw_shape(c,
        (struct point[]){
            {x - 20,  372},
            {x + 110, 300},
            {x + 240, 372}
    },
        3, variant ? BLUE : RED, 1);
    draw_rect(c, x, 450, 220, 60, WOOD, 1);
    for (int i = 0; i < 26; i++) {
        int row = i / 13;
        draw_oval(c, x + 12 + (i % 13) * 16, 446 - row * 12, 9, 8,
            i % 3 == 0   ? RED
            : i % 3 == 1 ? YELLOW
                         : GREEN,
            1);
    }
    for (int i = 0; i < 5; i++)
        draw_rect(c, x - 30 + i * 58, 520 + (i % 2) * 16, 46, 34, colour_mix(WOOD, YELLOW, 0.3), 1);
}

static void sewage(struct canvas *c, int variant, int after)
{
    street(c, variant, 0);
    double x = variant ? 600 : 200;
    draw_oval(c, x, 420, 26, 20, GREY, 1);
    draw_oval(c, x, 420, 19, 14, after ? colour_mix(GREY, BLACK, 0.3) : BLACK, 1);
    for (int i = 0; !after && i < 16; i++)
        draw_oval(c, x + (400 - x) * i / 24.0 + draw_chance(c, -14, 14), 436 + i * 9, 28 + i * 7,
            9 + i, colour_mix(LEAF, BLACK, 0.55), 0.55);
}

static void river(struct canvas *c, int variant, int after)
{
    draw_sky(c, 0, 250, SKY, HAZE);
    draw_rect(c, 0, 240, 800, 20, colour_mix(LEAF, HAZE, 0.4), 1);
    draw_sky(c, 258, 460, colour_mix(WATER, HAZE, 0.4), WATER);
    for (int i = 0; i < 40; i++)
        draw_oval(c, draw_chance(c, 0, 800), draw_chance(c, 265, 450), draw_chance(c, 20, 70), 1.2,
            WHITE, 0.35);
    draw_shape(c,
        (struct point[]){
            {0,   430},
            {300, 450},
            {800, 400},
            {800, 600},
            {0,   600}
    },
        5, after ? GRASS : colour_mix(GRASS, EARTH, 0.5), 1);
    tree(c, variant ? 90 : 710, 470, 190);
    if (!after) {
        earth_heap(c, variant ? 520 : 300, 530, 300, 90, colour_mix(GREY, EARTH, 0.6));
        heap_of_bags(c, variant ? 440 : 380, 545, 190, 26);
    } else {
        tree(c, variant ? 620 : 200, 500, 130);
    }
}

static void shed(struct canvas *c, int variant, int after)
{
    street(c, variant, 0);
    double x = variant ? 560 : 60;
    if (after) {
        flowers(c, x, 480, 200);
        return;
    }
    draw_rect(c, x, 380, 200, 120, colour_mix(BLUE, HAZE, 0.3), 1);
    for (int i = 0; i < 12; i++)
        draw_line(c, x + i * 17, 380, x + i * 17, 500, 2, BLUE);
    draw_shape(c,
        (struct point[]){
            {x - 16,  384},
            {x + 30,  348},
            {x + 236, 348},
            {x + 214, 384}
    },
        4, GREY, 1);
    draw_rect(c, x + 120, 410, 56, 90, colour_mix(BLUE, BLACK, 0.5), 1);
}

static void fire(struct canvas *c, int variant, int after)
{
    bare_soil(c, variant, 0);
    draw_rect(c, 0, 290, 800, 310, colour_mix(YELLOW, EARTH, 0.5), 0.8);
    double x = variant ? 300 : 480;
    draw_oval(c, x, 470, 130, 26, after ? colour_mix(EARTH, BLACK, 0.4) : BLACK, 0.7);
    for (int i = 0; !after && i < 22; i++)
        draw_oval(c, x + i * 9 + draw_chance(c, -20, 20), 440 - i * 18, 26 + i * 6, 20 + i * 4,
            GREY, 0.28);
    for (int i = 0; !after && i < 9; i++)
        draw_oval(
            c, x - 70 + i * 17, 458 - draw_chance(c, 0, 16), 9, 22, i % 2 ? YELLOW : RED, 0.9);
}

const struct scene draw_scenes[] = {
    {"0101",       shed}, /* 私搭乱建 */
    {"0102",            rubbish}, /* 暴露垃圾 */
    {"0103",debris}, /* 积存渣土 */
    {"0104",       dirty_road}, /* 道路不洁 */
    {"0201",            posters}, /* 乱贴乱画 */
    {"0501",stall}, /* 占道经营 */
    {"6101",       broken_road}, /* 路面破损 */
    {"6102",            ditch}, /* 排水沟堵塞 */
    {"6103",            lamp}, /* 路灯不亮 */
    {"6111",       three_heaps}, /* 三堆 */
    {"6114",            bins}, /* 垃圾桶满溢 */
    {"6115",sewage}, /* 污水横流 */
    {"6201",       fire}, /* 露天焚烧 */
    {"6202",            bare_soil}, /* 裸土未覆盖 */
    {"6303",river}, /* 乱堆 */
    {0      }
};
