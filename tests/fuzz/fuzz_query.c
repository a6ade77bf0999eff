/* fuzz_query.c — urlencoded names and values. */
#include "base/utf8.h"
#include "web/query.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    Arena mem = {0};
    struct pairs p = {0};
    if (query_read(&mem, (Str){(const char *)at, len}, 50, &p) == 0)
        for (size_t i = 0; i < p.n; i++)
            if (!text_sound(p.at[i].name) || !text_sound(p.at[i].value)
                || (p.at[i].value.len && memchr(p.at[i].value.at, '\r', p.at[i].value.len)))
                abort();
    arena_reset(&mem);
    return 0;
}
