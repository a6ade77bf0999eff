/* paper_child.h — what the two ends of the helper agree on. */
#pragma once
#include "paper/paper.h"

enum paper_end { PAPER_OK, PAPER_NO_LIBRARY = 3, PAPER_BAD_INPUT, PAPER_FAILED };
enum { PAPER_FIELDS = 8, PAPER_INPUT = 8192, PAPER_BYTES = 4 << 20, PAPER_WAIT_MS = 15000 };

#define PAPER_VERB "-paper"

/* Draws it and writes the PDF to standard output. */
enum paper_end paper_draw(const char *library, const struct honour *);
