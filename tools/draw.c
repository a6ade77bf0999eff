/* draw.c — draws the demonstration's pictures while the house is built.
 *
 *   draw DIR NAMES
 *
 * writes DIR/CODE-VARIANT-before.jpg, …-after.jpg and …-check.jpg for each scene, then their names,
 * one a line, to the file NAMES.  The same every time. */
#include "draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { GRAIN = 3 };

static int keep(const char *path, const unsigned char *at, size_t n)
{
    FILE *file = fopen(path, "wb");
    int good = file != NULL && fwrite(at, 1, n, file) == n;
    good = (file == NULL || fclose(file) == 0) && good;
    if (!good)
        perror(path);
    return good;
}

/* before; after; and after once more, later in the day, by who checks it */
static const char *const whens[] = {"after", "before", "check"};
enum { BEFORE = 1, CHECK, WHENS };

static int draw(const char *path, const struct scene *s, int variant, int when)
{
    static const struct colour evening = {236, 170, 96};
    unsigned long n;
    /* they share the seed: the same houses, the same trees */
    struct canvas *c = canvas_new((uint32_t)strtoul(s->code, NULL, 10) * 8 + (uint32_t)variant + 1);
    s->draw(c, variant, when != BEFORE);
    if (when == CHECK)
        draw_rect(c, 0, 0, DRAW_W, DRAW_H, evening, 0.16);
    draw_grain(c, GRAIN);
    unsigned char *jpeg = canvas_jpeg(c, &n);
    int good = keep(path, jpeg, n);
    free(jpeg);
    canvas_free(c);
    return good;
}

/* All pictures, and a table of them whose bytes the assembler takes from the files. */
static int draw_all(const char *dir, FILE *table)
{
    char path[512], name[32];
    int n = 0;
    fprintf(table, "/* made by tools/draw */\n#include \"rooms/demo/demo_pictures.h\"\n");
    for (const struct scene *s = draw_scenes; s->code; s++)
        for (int i = 0; i < DRAW_VARIANTS * WHENS; i++, n++) {
            snprintf(
                path, sizeof path, "%s/%s-%d-%s.jpg", dir, s->code, i / WHENS, whens[i % WHENS]);
            if (!draw(path, s, i / WHENS, i % WHENS))
                return 0;
            fprintf(table,
                "__asm__(\".pushsection .rodata\\np%d: .incbin "
                "\\\"%s\\\"\\np%dend:\\n.popsection\");\n"
                "extern const unsigned char p%d[], p%dend[];\n",
                n, path, n, n, n);
        }
    fprintf(table, "const struct demo_picture demo_pictures[] = {\n");
    for (int i = 0; i < n; i++) {
        const struct scene *s = &draw_scenes[i / (DRAW_VARIANTS * WHENS)];
        int k = i % (DRAW_VARIANTS * WHENS);
        snprintf(name, sizeof name, "%s-%d-%s", s->code, k / WHENS, whens[k % WHENS]);
        fprintf(table, "    {\"%s\", p%d, p%dend},\n", name, i, i);
    }
    fprintf(table, "    {0}};\n");
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 3 || argv[1][0] != '/') {
        fprintf(stderr, "usage: draw /DIR TABLE.c\n");
        return 2;
    }
    mkdir(argv[1], 0755); /* there already is as good */
    FILE *table = fopen(argv[2], "w");
    int good = table != NULL && draw_all(argv[1], table);
    return (table == NULL || fclose(table) == 0) && good ? 0 : 1;
}
