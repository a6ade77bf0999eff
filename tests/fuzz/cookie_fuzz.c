/* cookie_fuzz.c — the Cookie header: only what RFC 6265 calls a cookie comes out. */
#include "fuzz.h"

#include "web/cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    Arena mem = {0};
    struct pairs p = {0};
    cookie_read(&mem, (Str){(const char *)at, len}, &p);
    MUST(p.n <= COOKIES_MAX);
    for (size_t i = 0; i < p.n; i++) {
        MUST(is_token(p.at[i].name));
        for (size_t k = 0; k < p.at[i].value.len; k++)
            MUST((unsigned char)p.at[i].value.at[k] > 32
                 && !strchr("\",;\\\x7f", p.at[i].value.at[k]));
    }
    arena_reset(&mem);
    return 0;
}
