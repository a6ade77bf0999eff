/* csv.h — reading CSV: RFC 4180 and what table programs make of it.  Writing: sink_csv(). */
#pragma once
#include "base/cx.h"

struct csv {
    Str rest;
    size_t line, next_line; /* line where the last record began */
    Str *cells;
    size_t n;
};
enum { CSV_CELLS_MAX = 100, CSV_BYTES_MAX = 64 << 20 };

/* Why these bytes are no CSV in UTF-8; {0}: start reading at *csv. */
Text csv_open(Str bytes, struct csv *);
/* The next record; false at the end or with *why (else {0}).  Cells live in cx->mem or in the
 * bytes; the ' that sink_csv put before a formula is taken off. */
bool csv_next(Cx *, struct csv *, Text *why);
