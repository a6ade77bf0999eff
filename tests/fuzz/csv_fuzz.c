/* csv_fuzz.c — a table from outside: bounded, every line counted, and what was read is the same
 * after it was written and read again. */
#include "fuzz.h"

#include "base/csv.h"
#include "base/sink.h"

/* What an export writes, an import reads: cell by cell the same. */
static void round_trip(Cx *cx, const struct csv *row)
{
    struct sink out = {.mem = &cx->mem};
    struct csv again = {0};
    sink_z(&out, "a,b\r\n"); /* as in every export; a file may not begin like a .zip */
    for (size_t i = 0; i < row->n; i++) {
        if (i)
            sink_z(&out, ",");
        sink_csv(&out, row->cells[i], false);
    }
    sink_z(&out, "\r\n");
    MUST(sink_end(&out) == OK);
    Text why = csv_open((Str){out.at, out.len}, &again);
    MUST(!why.zh && csv_next(cx, &again, &why));
    MUST(csv_next(cx, &again, &why) && again.n == row->n);
    for (size_t i = 0; i < row->n; i++)
        MUST(str_eq(again.cells[i], row->cells[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    Cx cx = {.lang = LANG_ZH};
    struct csv c = {0};
    Text why = csv_open((Str){(const char *)at, len}, &c);
    size_t lines = 0, cells = 0;
    if (!why.zh) {
        while (csv_next(&cx, &c, &why)) {
            MUST(c.n <= CSV_CELLS_MAX && c.line > lines);
            lines = c.line;
            for (size_t i = 0; i < c.n; i++)
                cells += c.cells[i].len;
            if (c.n > 1)
                round_trip(&cx, &c);
        }
        MUST(cells <= len);
    }
    arena_reset(&cx.mem);
    return 0;
}
