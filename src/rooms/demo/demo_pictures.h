/* demo_pictures.h — the demonstration's pictures, drawn by tools/draw while the house is built and
 * carried in the program. */
#pragma once
#include <stddef.h>

struct demo_picture {
    const char *name; /* "0102-0-before": category, variant, "before" "after" "check" */
    const unsigned char *from, *to;
};
extern const struct demo_picture demo_pictures[]; /* ends with {0}; by name */
