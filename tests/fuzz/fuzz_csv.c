/* fuzz_csv.c — bytes as a table file: no crash, and every line that is taken is written so that it
 * is read back the same. */
#include "base/csv.h"
#include "base/sink.h"

#include <stdlib.h>

static void need(bool ok)
{
    if (!ok)
        abort();
}

static bool begins(Str s, const char *with)
{
    return s.len >= strlen(with) && !memcmp(s.at, with, strlen(with));
}

static void read_back(Cx *cx, Str line, const Str *cells, size_t n)
{
    struct csv again;
    Text why = csv_open(line, &again);
    /* a first cell that looks like another kind of file is refused as one */
    if (begins(line, "PK") || begins(line, "\xEF\xBB\xBF"))
        return;
    need(!why.zh && csv_next(cx, &again, &why) && again.n == n);
    for (size_t i = 0; i < n; i++)
        need(str_eq(again.cells[i], cells[i]));
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t len);
int LLVMFuzzerTestOneInput(const unsigned char *at, size_t len)
{
    static Cx cx;
    struct csv c;
    Text why = csv_open((Str){(const char *)at, len}, &c);
    while (!why.zh && csv_next(&cx, &c, &why)) {
        struct sink o = {.mem = &cx.mem};
        for (size_t i = 0; i < c.n; i++) {
            sink_z(&o, i ? "," : "");
            sink_csv(&o, c.cells[i], false);
        }
        sink_z(&o, "\r\n");
        read_back(&cx, (Str){o.at, o.len}, c.cells, c.n);
    }
    arena_again(&cx.mem);
    return 0;
}
