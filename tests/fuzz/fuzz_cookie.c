/* fuzz_cookie.c — the Cookie header. */
#include "web/cookie.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    Arena mem = {0};
    struct pairs p = {0};
    cookie_read(&mem, (Str){(const char *)at, len}, &p);
    if (p.n > COOKIES_MAX)
        abort();
    for (size_t i = 0; i < p.n; i++)
        if (!is_token(p.at[i].name)
            || (p.at[i].value.len && memchr(p.at[i].value.at, ';', p.at[i].value.len)))
            abort();
    arena_reset(&mem);
    return 0;
}
