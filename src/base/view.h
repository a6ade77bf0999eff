/* view.h — what a ledger's pages are shown: cells of text, so that one template serves them all. */
#pragma once
#include "base/fields.h"

struct choice {
    Str code, label;
    bool chosen;
};
struct photo {
    Str hash;
    int64_t id; /* of its attachment, /photo/ID/320; 0: not looked up */
};
struct cell {
    Str name, label, value; /* value: what stands there, already masked */
    Str input;              /* text textarea date datetime-local tel select checks images */
    Str hint;               /* how it is filled in; may be empty */
    Str why;                /* what is wrong with it; empty: nothing */
    Str theirs;             /* what somebody else has written meanwhile */
    bool required, wrong, conflict, masked, wide, is_number;
    int64_t max;
    struct {
        struct choice *at;
        size_t n;
    } choices;
    struct {
        struct photo *at; /* images */
        size_t n;
    } photos;
};
struct cells {
    struct cell *at;
    size_t n;
};

/* The editable fields of a form.  told NULL: as in row; else what was typed and what is wrong.
 * theirs: the row as it is now, where somebody was first. */
struct cells form_cells(
    Cx *, const struct field *, const void *row, const struct told *, const void *theirs);
/* The fields somebody may see, in order; only: IN_LIST or 0.  row NULL: the heads. */
struct cells row_cells(Cx *, const struct field *, const void *row, enum sight, unsigned only);
