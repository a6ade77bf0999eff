/* sink.h — where exports go: collected whole, or handed on in pieces of 16 KB. */
#pragma once
#include "base/arena.h"
#include "base/err.h"
#include "base/html.h"

struct sink {
    Err (*flush)(void *to, Str piece); /* NULL: kept whole in mem */
    void *to;
    Arena *mem;
    char *at;
    size_t len, cap, total;
    Err failed; /* the first error of flush; nothing is sent after it */
};

void sink_put(struct sink *, Str);
void sink_z(struct sink *, const char *);
void sink_i64(struct sink *, int64_t);
Err sink_end(struct sink *) MUST_CHECK;

/* Into a body being written (resp_data()), or into a file. */
struct sink sink_to_out(Out *);
struct sink sink_to_fd(Arena *, int *fd); /* *fd stays the caller's */

/* One cell; a text that a table program would take for a formula gets a ' in front (INP-4). */
void sink_csv(struct sink *, Str, bool is_number);
