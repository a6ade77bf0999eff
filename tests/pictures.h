/* pictures.h — pictures for the tests, good and bad, drawn when they are asked for.
 *
 * The upright picture shows four quarters: red, green / blue, white, each with a little noise.
 * Every function returns an unnamed file with the bytes at offset 0; the caller closes it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct picture {
    uint32_t width, height;
    unsigned
        orientation; /* EXIF 1..8: stored so that the upright picture is as above; 0: no EXIF */
    bool gps, progressive, gray, cmyk, wide; /* gps: with maker and comment; wide: an iPhone's P3 */
};
int picture_jpeg(const struct picture *);
int picture_png(
    uint32_t width, uint32_t height, bool alpha, bool deep); /* deep: 16 bit, interlaced */
int picture_webp(uint32_t width, uint32_t height, bool lossless);
/* A PNG whose header says width × height and whose rows are made of zeros. */
int picture_png_bomb(uint32_t width, uint32_t height);
int picture_bytes(const void *at, size_t n);
/* The first n bytes of it, with `tail` behind. */
int picture_cut(int fd, size_t n, const void *tail, size_t n_tail);
size_t picture_size(int fd);
/* A copy of the bytes, to change as one likes; it lives as long as the program. */
uint8_t *picture_read(int fd, size_t *n);
/* Mean colours of the quarters of a JPEG file; false if it is none. */
struct quarters {
    uint32_t width, height;
    uint8_t rgb[4][3];
};
bool picture_look(int fd, struct quarters *);

/* The helper runs for a group of tests: cmocka_run_group_tests(tests, photos_begin, photos_end). */
int photos_begin(void **state);
int photos_end(void **state);
