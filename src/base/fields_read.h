/* fields_read.h — between fields_read.c and fields_day.c: typed text in half-width form, Chinese
 * signs as one byte. */
#pragma once
#include "base/fields.h"

#define HALF_YEAR "\x81"
#define HALF_MONTH "\x82"
#define HALF_DAY "\x83"
#define HALF_HOUR "\x84"
#define HALF_MINUTE "\x85"
#define HALF_YUAN "\x86"
#define HALF_WAN "\x87"
#define HALF_MONEY "\x88"

struct half {
    char at[64];
    size_t n, i;
};

/* ２０２６年 → 2026\x81; blanks go unless keep_blank.  False: too long, or a sign not known. */
bool half_of(Str, struct half *, bool keep_blank);
char half_next(struct half *); /* 0 at the end */
bool half_int(struct half *, size_t max_digits, int64_t *, size_t *digits);
