/* sum.c — sums over fields. */
#include "base/sum.h"

void sum_begin(Sum *s)
{
    crypto_generichash_init(&s->state, NULL, 0, SUM_BYTES);
}

void sum_raw(Sum *s, const void *at, size_t n)
{
    if (n)
        crypto_generichash_update(&s->state, at, n);
}

void sum_i64(Sum *s, int64_t v)
{
    unsigned char b[8];
    for (int i = 0; i < 8; i++)
        b[i] = (unsigned char)((uint64_t)v >> (56 - 8 * i));
    sum_raw(s, b, sizeof b);
}

void sum_str(Sum *s, Str v)
{
    sum_i64(s, (int64_t)v.len);
    sum_raw(s, v.at, v.len);
}

void sum_opt_str(Sum *s, OptStr v)
{
    if (v.set)
        sum_str(s, v.v);
    else
        sum_i64(s, -1);
}

void sum_opt_i64(Sum *s, OptI64 v)
{
    sum_i64(s, v.set);
    sum_i64(s, v.set ? v.v : 0);
}

void sum_end(Sum *s, unsigned char to[SUM_BYTES])
{
    crypto_generichash_final(&s->state, to, SUM_BYTES);
}
