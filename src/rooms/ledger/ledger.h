/* ledger.h — 台账: what every ledger can do, over a room's fields, statements and rules
 * (base/ledger.h says how a room declares one). */
#pragma once
#include "base/ledger.h"
#include "base/sink.h"
#include "rooms/ledger/ledger_view.h"

/* The ledgers of all rooms, in their order. */
const struct ledger *const *ledger_all(Cx *, size_t *n);
/* The ledger of that name, among those of all rooms; NULL: no such. */
const struct ledger *ledger_named(Str name);
/* Whether cx->me may see it, change rows of it, import into it. */
bool ledger_sees(const Cx *, const struct ledger *);
bool ledger_writes(const Cx *, const struct ledger *);
bool ledger_loads(const Cx *, const struct ledger *);
/* Whether cx->me may ask for the whole of its masked columns. */
bool ledger_unmasks(const Cx *, const struct ledger *);
/* At the start: what the compiler cannot see.  ERR_INTERNAL: the house does not open. */
Err ledger_sound(Cx *, const struct ledger *) MUST_CHECK;

/* ---- reading */
Err ledger_find(Cx *, const struct ledger *, int64_t id, void *row) MUST_CHECK; /* opened */
/* An URL's query → the arguments of X_list; a name or value not known is ERR_INVALID. */
Err ledger_args(Cx *, const struct ledger *, struct pairs, void *args) MUST_CHECK;
Err ledger_list(
    Cx *, const struct ledger *, struct pairs, enum sight, struct ledger_list_view *) MUST_CHECK;
Err ledger_detail(
    Cx *, const struct ledger *, int64_t id, enum sight, struct ledger_detail_view *) MUST_CHECK;
/* All of a row's columns, because of reason: an event, and one of the day's UNMASKS_A_DAY.
 * ERR_INVALID reason; ERR_FORBIDDEN: the day's are used up. */
enum { UNMASKS_A_DAY = 50, REASON_MAX = 200 };
Err ledger_unmask(
    Cx *, const struct ledger *, int64_t id, Str reason, struct ledger_detail_view *) MUST_CHECK;

/* ---- writing: form → check → rule, key and log in one transaction */
struct saving {
    struct pairs form;
    Str key;         /* of the submission */
    int64_t id;      /* 0: a new row; out: its id */
    int64_t version; /* that was on the screen */
    unsigned how;    /* READ_… */
    /* out */
    struct ledger_form_view view; /* after any error: the form again */
};
/* ERR_INVALID: messages in view.  ERR_FORBIDDEN: the unit is not theirs.  ERR_CONFLICT: somebody
 * was first, both values in view; or the same key with other content. */
Err ledger_save(Cx *, const struct ledger *, struct saving *) MUST_CHECK;
/* The form as it was typed, with what cx->why says, where the door itself refused a part of it (a
 * photo that is none).  Gives the error that the person is told: ERR_INVALID. */
Err ledger_form_again(Cx *, const struct ledger *, struct saving *) MUST_CHECK;
/* The form before anything was typed: of a new row (id 0), or of that one. */
Err ledger_form(Cx *, const struct ledger *, int64_t id, struct ledger_form_view *) MUST_CHECK;

/* ---- tables */
enum { BAD_MAX = 200, SLICE = 80, IMPORT_ROWS_MAX = 20000 };
struct import {
    bool dry;
    Str file;                                  /* its name, for the list of imports */
    Str batch;                                 /* out: names it for undo */
    size_t added, changed, same, again, wrong; /* rows */
    struct bad_cell *bad;                      /* the first BAD_MAX */
    size_t n_bad;
};
/* ERR_INVALID "file": no such table at all.  Else OK, with what was wrong line by line: wrong lines
 * are left out, all others are stored. */
Err ledger_import(Cx *, const struct ledger *, Str bytes, struct import *) MUST_CHECK;
/* Takes an import's new rows away again; rows that somebody has changed since stay. */
Err ledger_undo(Cx *, const struct ledger *, Str batch, size_t *removed) MUST_CHECK;
/* What was imported last, latest first. */
Err ledger_batches(Cx *, const struct ledger *, struct ledger_batches *) MUST_CHECK;
/* The batch of an import, by its id.  ERR_NOT_FOUND. */
Err ledger_batch_of(Cx *, const struct ledger *, int64_t id, Str *batch) MUST_CHECK;

enum format { FORMAT_CSV, FORMAT_JSON };
/* Page by page in constant memory. */
Err ledger_export(Cx *, const struct ledger *, struct pairs filter, enum sight, enum format,
    struct sink *, size_t *n) MUST_CHECK;
/* The log keeps that rows went out: which ledger, in what format, how many. */
Err ledger_exported(Cx *, const struct ledger *, enum format, size_t n, Str reason) MUST_CHECK;
/* The head line alone: a table to fill in. */
Err ledger_blank(Cx *, const struct ledger *, struct sink *) MUST_CHECK;
/* {"name":…,"fields":[…],"filters":[…],"sorts":[…]} */
void ledger_describe(struct sink *, const struct ledger *);

/* ---- a table file between its dry run and its confirmation (kept a day, sealed) */
Err ledger_file_keep(Cx *, const struct ledger *, Str name, Str bytes, int64_t *id) MUST_CHECK;
Err ledger_file_find(Cx *, const struct ledger *, int64_t id, Str *name, Str *bytes) MUST_CHECK;
Err ledger_file_drop(Cx *, int64_t id) MUST_CHECK;
