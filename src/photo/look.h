/* look.h — what a picture file says about itself, read without decoding it. */
#pragma once
#include "photo/photo.h"

struct look {
    enum { LOOK_NONE, LOOK_JPEG, LOOK_PNG, LOOK_WEBP, LOOK_HEIC } kind;
    uint32_t width, height;
    unsigned orientation; /* EXIF 1..8, 1 when not told */
    bool whole;           /* the file's own structure runs to its end mark */
    bool moves;           /* animated */
    unsigned apps;      /* JPEG: bit n for a marker APPn before the picture, bit 16 for a comment */
    size_t end;         /* bytes up to and with the end mark */
    const uint8_t *icc; /* WebP: colour profile, inside the file */
    size_t icc_n;
};

/* Never reads outside at[0..n).  Unknown or senseless input gives LOOK_NONE or whole == false. */
struct look look(const uint8_t *at, size_t n);
