/* sum.h — BLAKE2b-256 over fields, each with its length in front: no two different rows give the
 * same bytes, and NULL is not the empty text. */
#pragma once
#include "base/opt.h"

#include <sodium/crypto_generichash.h>

enum { SUM_BYTES = 32 };
typedef struct Sum {
    crypto_generichash_state state;
} Sum;

void sum_begin(Sum *);
void sum_raw(Sum *, const void *at, size_t n); /* bytes of a known length, as they are */
void sum_i64(Sum *, int64_t);
void sum_str(Sum *, Str);
void sum_opt_str(Sum *, OptStr);
void sum_opt_i64(Sum *, OptI64);
void sum_end(Sum *, unsigned char to[SUM_BYTES]);
