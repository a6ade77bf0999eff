/* paper_child.h — what the two ends of the helper agree on: a kind and its texts, in order. */
#pragma once
#include "paper/paper.h"

enum paper_end { PAPER_OK, PAPER_NO_LIBRARY = 3, PAPER_BAD_INPUT, PAPER_FAILED };
/* The input fits into a pipe, so that it can be written before anything is read. */
enum { PAPER_FIELDS = 1000, PAPER_INPUT = 60000, PAPER_BYTES = 8 << 20, PAPER_WAIT_MS = 15000 };

#define PAPER_VERB "-paper"

/* The texts of one paper; the first one names its kind. */
struct paper_in {
    Str at[PAPER_FIELDS];
    size_t n;
};

/* For the test alone: what a hijacked helper would do, inside its walls; NULL in the house. */
extern void (*paper_hijacked)(const struct paper_in *);

/* Draws it and writes the PDF to standard output. */
enum paper_end paper_draw(const char *library, const struct paper_in *);
