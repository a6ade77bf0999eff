/* shrink.h — a picture's bytes to two JPEG files in memory. */
#pragma once
#include "photo/look.h"
#include "photo/photo.h"

struct shrunk {
    const uint8_t *at;
    size_t n;
};

/* In the photo parent, once, before the first fork.  Leaves a single thread. */
bool shrink_start(void);

/* In the child, inside the sandbox.  Does not return on an error: calls refuse(). */
void shrink(const uint8_t *at, size_t n, const struct look *seen, const struct photo_veils *,
    struct shrunk *large, struct shrunk *small);
