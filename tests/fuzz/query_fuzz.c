/* query_fuzz.c — queries and urlencoded bodies: what comes out is UTF-8 without control characters,
 * within the bounds, or a status. */
#include "fuzz.h"

#include "web/query.h"

enum { MOST = 32 };

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    Arena mem = {0};
    struct pairs p = {0};
    Str raw = {(const char *)at, len}, one;
    int status = query_read(&mem, raw, MOST, &p);
    MUST(status == 0 || status == 400 || status == 413);
    size_t total = 0;
    for (size_t i = 0; status == 0 && i < p.n; i++) {
        MUST(text_sound(p.at[i].name) && text_sound(p.at[i].value));
        MUST(!memchr(p.at[i].value.at ? p.at[i].value.at : "", '\r', p.at[i].value.len));
        total += p.at[i].name.len + p.at[i].value.len;
    }
    MUST(p.n <= MOST && total <= len);
    if (percent_decode(&mem, raw, false, &one))
        MUST(one.len <= len);
    arena_reset(&mem);
    return 0;
}
